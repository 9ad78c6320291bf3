"""The number that a paragraph opens with, as a value that is the same in both languages: 三、 = III. = 3."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from align.document import Language
from align.numerals import CHINESE_NUMERAL, chinese_value

_CHINESE = regex.compile(
    rf"\s*(?:[(（](?P<bracket>[{CHINESE_NUMERAL}]+|[A-Za-z]{{1,4}}|[ivx]{{5,7}}|\d{{1,3}})[)）]"
    rf"|第(?P<article>[{CHINESE_NUMERAL}]+|\d+)[条條章节節款]"
    rf"|(?P<stop>[{CHINESE_NUMERAL}]+|\d{{1,3}}|[A-Z]|[IVX]+)(?:[、．]|[.](?!\d)))"
)
_ENGLISH = regex.compile(
    r"\s*(?:\((?P<bracket>[a-z]{1,4}|[ivx]{5,7}|[A-Z]{1,3}|\d{1,3})\)"
    r"|(?i:article|chapter|section|part)\s+(?P<article>\d+|[IVXLC]+)\b"
    r"|(?P<stop>\d{1,3}|[A-Z]|[IVXLC]+)[.](?!\d))"
)
_ROMAN = regex.compile(r"(?i)x{0,3}(?:ix|iv|v?i{0,3})")


@dataclass(frozen=True, slots=True)
class Label:
    """What a paragraph opens with: the values it may stand for ("(i)" is 9 as a letter and 1 as a Roman numeral)."""

    values: frozenset[int]
    bracketed: bool

    def agrees(self, other: Label) -> bool:
        """Whether both may be the same number; brackets are not compared, languages use them differently."""
        return not self.values.isdisjoint(other.values)


def label(text: str, language: Language) -> Label | None:
    """The label at the start of ``text``, or None."""
    match = (_CHINESE if language == "zh" else _ENGLISH).match(text)
    if not match:
        return None
    printed = match["bracket"] or match["article"] or match["stop"]
    values = frozenset(_values(printed))
    return Label(values, bool(match["bracket"])) if values else None


def _values(printed: str) -> list[int]:
    if printed.isdecimal():
        return [int(printed)]
    if printed.isascii():
        values = [_roman(printed)] if _ROMAN.fullmatch(printed) else []
        if len(set(printed.lower())) == 1:  # (a) … (z), (aa), (bb)
            values.append(ord(printed[0].lower()) - ord("a") + 1 + 26 * (len(printed) - 1))
        return values
    value = chinese_value(printed)
    return [] if value is None else [value]


def _roman(printed: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[c] for c in printed.lower()]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))
