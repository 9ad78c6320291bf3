"""What the four charts show: rows for a picture and a table, and a title that says the finding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.measured import Measured
from align.table import DOUBTFUL_BELOW
from align.writers.summary import GOOD_FROM
from ui.corpus.listing import UNKNOWN

if TYPE_CHECKING:
    from search.quality import Share
    from search.records import Stats
    from ui.words import Words

MOST_BODIES = 5
Row = Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart: what it is called in the address and in files, its title, and its rows."""

    name: str
    title: str
    rows: tuple[Row, ...]


def by_year(stats: Stats, words: Words) -> Figure:
    """Documents by year; the years between that have none too, so that the axis does not lie."""
    known = {int(year): n for year, n in stats.by_year.items() if year.isdecimal()}
    years = range(min(known), max(known) + 1) if known else range(0)
    rows: list[Row] = [{"year": str(year), "documents": known.get(year, 0)} for year in years]
    title = words("by_year")
    if known:
        title = words("by_year_even", first=str(min(known)), last=str(max(known)))
        first, *others = sorted(known, key=lambda year: -known[year])
        if all(known[year] < known[first] for year in others):
            title = words("by_year_most", year=str(first), n=known[first], all=stats.documents)
    return Figure("years", title, tuple(rows))


def by_body(stats: Stats, words: Words) -> Figure:
    """Documents by body, those with the most first, the rest together."""
    known = {body: n for body, n in stats.by_body.items() if body != UNKNOWN}
    ranked = sorted(known.items(), key=lambda one: (-one[1], one[0]))
    rows: list[Row] = [{"body": body, "documents": n} for body, n in ranked[:MOST_BODIES]]
    others = sum(n for _, n in ranked[MOST_BODIES:])
    if others:
        rows.append({"body": words("others"), "documents": others})
    if stats.by_body.get(UNKNOWN):
        rows.append({"body": words("unknown"), "documents": stats.by_body[UNKNOWN]})
    title = (
        words("by_body_most", body=ranked[0][0], n=ranked[0][1], all=stats.documents) if ranked else words("by_body")
    )
    return Figure("bodies", title, tuple(rows))


def by_confidence(shares: Sequence[Share], words: Words) -> Figure:
    """Pairs by confidence; each bin with the word for how far it may be relied on."""
    total = sum(one.count for one in shares)
    good = sum(one.count for one in shares if one.low >= GOOD_FROM - 1e-9)
    rows: tuple[Row, ...] = tuple(
        {"low": one.low, "high": one.high, "pairs": one.count, "checked": one.checked, "level": level(one.low)}
        for one in shares
    )
    return Figure("confidence", words("by_confidence", share=percent(good, total)), rows)


def calibration(measured: Measured, words: Words) -> Figure:
    """How far confidences kept their word on texts aligned by hand."""
    rows: tuple[Row, ...] = tuple(
        {
            "low": one.low,
            "high": round(one.low + 0.1, 1),
            "pairs": one.count,
            "confidence": one.confidence,
            "right": one.right,
        }
        for one in measured.bins
    )
    title = words("calibration", error=f"{measured.error:.1%}", n=measured.pairs)
    return Figure("calibration", title, rows)


def level(confidence: float) -> str:
    """The word for pairs of this confidence that nobody has checked: "good", "fair", "doubtful"."""
    if confidence < DOUBTFUL_BELOW - 1e-9:
        return "doubtful"
    return "good" if confidence >= GOOD_FROM - 1e-9 else "fair"


def percent(part: int, whole: int) -> str:
    """A share that is 100 % only where it is all, and 0 % only where it is nothing."""
    if not whole:
        return "–"
    share = min(max(round(100 * part / whole), 1 if part else 0), 100 if part == whole else 99)
    return f"{share}%"
