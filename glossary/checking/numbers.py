"""Numbers, dates and document symbols that the two sides of a bead do not share.

Both texts are read with ``align.anchors``, which gives 2018 年 12 月 17 日 and "17 December 2018" one key. What is
written in figures must be in the other text: with the same key, or as a value that is written there in any way (III,
七, "both", a month's name, part of a longer date). Number words alone are too often idiom (第一线, 两级, "one of")
to be missed by themselves; they count where each side has a number that the other lacks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import regex

from align.anchor_rules import MONTHS
from align.anchors import Anchor, anchors
from align.document import Language
from align.numerals import chinese_value, english_value, roman_value
from glossary.checking.draft import Bead, Draft, Span
from glossary.checking.findings import Finding, Kind, Level

_FIGURE = regex.compile(r"\d")
_FIGURES = regex.compile(r"\d+(?:[.,]\d+)*")
_ROMAN = regex.compile(r"(?<![\p{L}\d])(?=[IVXivx])(X{0,3}(?:IX|IV|V?I{0,3})|x{0,3}(?:ix|iv|v?i{0,3}))(?![\p{L}\d])")
_HAN_NUMBER = regex.compile(r"[〇零○一二两兩三四五六七八九十百千万萬亿億廿卅]+")
_EN_NUMBER = regex.compile(r"\p{L}+(?:-\p{L}+)?")
_IDIOMS: dict[str, int] = {
    "both": 2, "bilateral": 2, "bilaterally": 2, "biennial": 2, "biennium": 2, "dual": 2, "twice": 2, "double": 2,
    "doubled": 2, "pair": 2, "either": 2, "two-thirds": 3, "trilateral": 3, "tripartite": 3, "triangular": 3,
    "triennial": 3, "triple": 3, "threefold": 3, "twofold": 2, "quadrennial": 4, "quarter": 4, "quarterly": 4,
    "quinquennial": 5, "dozen": 12, "half": 2, "once": 1, "one": 1, "first": 1, "second": 2, "secondly": 2,
    "firstly": 1, "decade": 10, "decades": 10, "centenary": 100, "hundred": 100, "thousand": 1000, "million": 10**6,
}  # fmt: skip
_KINDS = {"d": Kind.DATE, "t": Kind.DATE, "n": Kind.NUMBER, "s": Kind.SYMBOL}
_MONTH_NAMES = {number: name for name, number in MONTHS.items() if len(name) > 3 or name == "may"}


@dataclass(frozen=True, slots=True)
class _Text:
    """One side: its anchors but for words, their keys, and every value that may be meant anywhere in it."""

    text: str
    anchors: tuple[Anchor, ...]
    keys: frozenset[str]
    values: frozenset[str]


def number_findings(draft: Draft) -> Iterator[Finding]:
    """What differs in numbers, dates and symbols, in every bead that has both sides."""
    alone = {language: _alone(draft, language) for language in ("zh", "en")}
    for bead in draft.beads:
        if bead.whole:
            yield from _of_bead(bead, draft, alone)


def _of_bead(bead: Bead, draft: Draft, alone: dict[str, Callable[[int], frozenset[str]]]) -> Iterator[Finding]:
    own, other = draft.translation, draft.original
    if bead.side(other).text.split() == bead.side(own).text.split():
        return  # left as it is, a date in English among them
    there, here = _read(bead.side(other).text, other), _read(bead.side(own).text, own)
    # What stands beside a bead in one language only may belong to it: aligners err there.
    missing = [a for a in there.anchors if not _same(a, here) and not _values(a) <= alone[own](bead.number)]
    added = [a for a in here.anchors if not _same(a, there) and not _values(a) <= alone[other](bead.number)]
    for first, second in _partners(missing, added, there, here):
        if _excused(first, here) and _excused(second, there) and not _both_figures(first, second, there, here):
            continue
        chosen = first or second
        assert chosen is not None
        sure = all(a is None or _FIGURE.search(t.text[a.start : a.end]) for a, t in ((first, there), (second, here)))
        if not sure and (first is None or second is None):
            continue
        about = there.text[first.start : first.end] if first else ""
        found = here.text[second.start : second.end] if second else ""
        yield Finding(
            _KINDS[chosen.key[0]],
            Level.NOTE if bead.doubtful else Level.ERROR,
            bead.number,
            _span(first),
            _span(second),
            about,
            (about,) if about else (),
            found,
        )


def _partners(
    missing: Sequence[Anchor], added: Sequence[Anchor], there: _Text, here: _Text
) -> Iterator[tuple[Anchor | None, Anchor | None]]:
    """Each number that is missing with the one that stands instead: of the same kind, in their order."""
    waiting = list(added)
    for one in missing:
        best = min(
            (a for a in waiting if a.key[0] == one.key[0] or {a.key[0], one.key[0]} <= {"d", "n"}),
            key=lambda a: (a.key[0] != one.key[0], abs(a.start / len(here.text) - one.start / len(there.text))),
            default=None,
        )
        if best is not None:
            waiting.remove(best)
        yield one, best
    yield from ((None, one) for one in waiting)


def _same(anchor: Anchor, other: _Text) -> bool:
    """Whether the other text has it too; a date, so far as both say it (the year may be left out in one)."""
    return anchor.key in other.keys or (
        anchor.key[0] == "d" and any(a.key[0] == "d" and _agree(anchor.key, a.key) for a in other.anchors)
    )


def _agree(one: str, two: str) -> bool:
    return all(
        a == b or not a.strip("-") or not b.strip("-") for a, b in zip_longest(_fields(one), _fields(two), fillvalue="")
    )


def _fields(key: str) -> list[str]:
    """Year, month and day of a date; "" for a year that is not given."""
    return ["", *key[4:].split("-")] if key.startswith("d:--") else key[2:].split("-")


def _excused(anchor: Anchor | None, other: _Text) -> bool:
    """Whether its values stand in the other text in some form."""
    return anchor is None or (anchor.key[0] != "s" and _values(anchor) <= other.values)


def _both_figures(first: Anchor | None, second: Anchor | None, there: _Text, here: _Text) -> bool:
    """Whether two of the same kind stand for each other, both in figures, and differ."""
    return bool(
        first
        and second
        and first.key[0] == second.key[0]
        and _FIGURE.search(there.text[first.start : first.end])
        and _FIGURE.search(here.text[second.start : second.end])
    )


def _values(anchor: Anchor) -> frozenset[str]:
    """The plain numbers that a key is made of: "d:2018-12-17" is 2018, 12 and 17."""
    if anchor.key[0] == "s":
        return frozenset((anchor.key,))
    body = anchor.key[2:]
    if anchor.key[0] == "n":
        return frozenset(body.split("/"))
    parts = [part for part in regex.split(r"[-:]", body) if part]
    found = {str(int(part)) for part in parts if part.isdecimal()}
    if anchor.key[0] == "t":
        hour, minute = (int(part) for part in parts[:2])
        return frozenset({str(hour)} | ({str(minute)} if minute else set()))
    return frozenset(found)


def _read(text: str, language: Language) -> _Text:
    found = tuple(a for a in anchors(text, language) if a.key[0] in _KINDS)
    values: set[str] = set()
    for one in found:
        values |= _values(one)
    values |= {_plain(figures) for figures in _FIGURES.findall(text)}
    values |= {str(roman_value(numeral[1])) for numeral in _ROMAN.finditer(text) if numeral[1]}
    values |= set(_spelled(text, language))
    hours = {str(int(v) - 12) for v in values if len(v) == 2 and v.isdecimal() and 12 < int(v) < 24}
    return _Text(text, found, frozenset(a.key for a in found), frozenset(values | hours))


def _spelled(text: str, language: Language) -> Iterator[str]:
    """Values written in words, idioms included; a Chinese numeral's characters one by one too (第一、二条, 三四)."""
    if language == "zh":
        for found in _HAN_NUMBER.finditer(text):
            for part in {found[0], *found[0]}:
                value = chinese_value(part)
                if value is not None:
                    yield str(value)
        return
    for found in _EN_NUMBER.finditer(text.lower()):
        word = found[0]
        value = _IDIOMS.get(word) or MONTHS.get(word) or english_value(word)
        if value:
            yield str(value)


def _plain(figures: str) -> str:
    text = figures.replace(",", "")
    return text.lstrip("0") or "0"


def _alone(draft: Draft, language: Language) -> Callable[[int], frozenset[str]]:
    """For a bead's number: the values in the beads beside it that have this language only."""
    held = {
        bead.number: _read(bead.side(language).text, language)
        for bead in draft.beads
        if not bead.whole and bead.side(language).paragraphs
    }

    def beside(number: int) -> frozenset[str]:
        found: set[str] = set()
        for step in (-1, 1):
            at = number + step
            while at in held:
                found |= held[at].values | held[at].keys
                at += step
        return frozenset(found)

    return beside


def _span(anchor: Anchor | None) -> tuple[Span, ...]:
    return ((anchor.start, anchor.end),) if anchor else ()
