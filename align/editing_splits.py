"""Where a row is best divided: the place at which both halves fit by length and by what they share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from align.anchors import anchors
from align.document import Language
from align.editing import Split
from align.editing_rows import Row, Unit
from align.errors import InputError
from align.sentences import split as sentence_spans

_SHARED = 0.5  # what all shared anchors in the right half weigh against lengths that fit exactly
_CUT = 0.02  # against cutting a paragraph where two whole ones do as well


def cuts_of(unit: Unit) -> tuple[int, ...]:
    """The places between the sentences of a Chinese unit, in code points."""
    return tuple(span.start for span in sentence_spans(unit.text, "zh")[1:])


def split_at(row: Row, number: int, *, zh: int | None = None, en: int | None = None, cut: int = 0) -> Split:
    """The split of row ``number`` with one side divided there, the other where it fits best; with neither, both.

    Raises InputError where there is nothing to divide.
    """
    places = [
        (left, where, right)
        for left, where in ([(zh, cut)] if zh is not None else _chinese(row))
        for right in ([en] if en is not None else range(len(row.en) + 1))
        if _both(row, left, where, right)
    ]
    if zh is None and en is None and row.two_sided:
        # By itself, no half is left without a partner where that can be helped.
        places = [place for place in places if _whole(row, *place)] or [place for place in places if not place[1]]
    if not places:
        raise InputError("there is nothing to divide in this row.")
    best = min(places, key=lambda place: _cost(row, *place))
    return Split(number, best[0], best[2], best[1])


def _chinese(row: Row) -> Iterator[tuple[int, int]]:
    for k in range(len(row.zh) + 1):
        yield k, 0
        if k < len(row.zh) and row.en:
            yield from ((k, place) for place in cuts_of(row.zh[k]))


def _both(row: Row, zh: int, cut: int, en: int) -> bool:
    """Whether both halves have something, and not just one language each, which is no division."""
    apart = not cut and zh in (0, len(row.zh)) and en in (0, len(row.en)) and row.two_sided
    return (zh > 0 or cut > 0 or en > 0) and (zh < len(row.zh) or en < len(row.en)) and not apart


def _whole(row: Row, zh: int, cut: int, en: int) -> bool:
    """Whether both halves have both languages."""
    return (zh > 0 or cut > 0) and zh < len(row.zh) and 0 < en < len(row.en)


def _cost(row: Row, zh: int, cut: int, en: int) -> float:
    first, second = _halves([unit.text for unit in row.zh], zh, cut)
    left, right = _halves([unit.text for unit in row.en], en, 0)
    lengths = abs(_share(first, second) - _share(left, right))
    together = _keys(first, "zh") & _keys(left, "en"), _keys(second, "zh") & _keys(right, "en")
    everything = _keys(first + second, "zh") & _keys(left + right, "en")
    shared = len(together[0] | together[1]) / len(everything) if everything else 0.0
    return lengths - _SHARED * shared + (_CUT if cut else 0.0)


def _halves(texts: Sequence[str], at: int, cut: int) -> tuple[list[str], list[str]]:
    if not cut:
        return list(texts[:at]), list(texts[at:])
    return [*texts[:at], texts[at][:cut]], [texts[at][cut:], *texts[at + 1 :]]


def _share(first: Sequence[str], second: Sequence[str]) -> float:
    one, two = sum(map(len, first)), sum(map(len, second))
    return one / max(one + two, 1)


def _keys(texts: Sequence[str], language: Language) -> set[str]:
    return {anchor.key for text in texts for anchor in anchors(text, language)}
