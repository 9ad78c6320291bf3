"""A question that is nothing but the number of a paragraph, which says so differently in the other language."""

from __future__ import annotations

import regex

from align.document import Language
from align.labels import Label, label

_WORD = regex.compile(r"[\p{L}\p{N}]")
_TENS, _ONES = ("", "x", "xx", "xxx"), ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_CHINESE = "零一二三四五六七八九"
_HIGHEST = 39


def only_label(text: str, language: Language) -> Label | None:
    """The label that a text consists of; None where there is more in it, as in 第三条, or no label."""
    found = label(text, language) or label(f"{text.strip()}.", language)
    if found is None or len(_WORD.findall(text)) > 5 or text.lstrip().startswith("第"):
        return None
    rest = regex.sub(r"^\s*[(（]?[\p{L}\p{N}]{1,5}[)）、．.]?\s*$", "", text)
    return None if rest else found


def place(text: str) -> tuple[int, int]:
    """Where the label stands in a text that consists of it."""
    return len(text) - len(text.lstrip()), len(text.rstrip())


def forms(found: Label) -> tuple[str, ...]:
    """How the number is written: 11, xi, k, 十一; for looking up, without brackets and stops."""
    written: list[str] = []
    for value in sorted(found.values):
        written.append(str(value))
        if 0 < value <= _HIGHEST:
            written += [_TENS[value // 10] + _ONES[value % 10], _chinese(value)]
        if 0 < value <= 26:
            written.append(chr(ord("a") + value - 1))
    return tuple(dict.fromkeys(written))


def _chinese(value: int) -> str:
    tens, ones = divmod(value, 10)
    ten = "" if not tens else "十" if tens == 1 else f"{_CHINESE[tens]}十"
    return ten + (_CHINESE[ones] if ones else "")
