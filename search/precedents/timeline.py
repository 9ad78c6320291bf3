"""Renderings over time: shares by year and body, and the document where usage switched from one to another.

A turning point is a change of multinomial proportions along the documents in order of date (Hinkley & Hinkley 1970,
"Inference about the change-point in a sequence of binomial variables", Biometrika 57, 477-488). Where changes may lie
is what the most likely division into stretches says, with a penalty for each (Yao 1988, "Estimating the number of
change-points via Schwarz' criterion", Statistics & Probability Letters 6, 181-189; by dynamic programming, Jackson et
al. 2005, "An algorithm for optimal partitioning of data on an interval", IEEE Signal Processing Letters 12). Each must
then be clearer than those of the same documents in random order: a permutation test of the likelihood ratio over the
two stretches beside it. Occurrences in one document are no independent witnesses: whole documents are shuffled, and
none counts for more than ``HEARD`` occurrences.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
HEARD = 2.0  # a report that says a term forty times is one decision of one translator
LEAST_DOCUMENTS = 3  # on either side of a turning point
LEAST_SHARE = 0.5  # of what comes after, for the rendering that is said to have overtaken
SIGNIFICANT = 0.05
SHUFFLES = 199
EDGES = 400  # dates at which a change may lie; of more, an even choice
COMPARED = 4  # renderings that are told apart; all others are one more


@dataclass(frozen=True, slots=True)
class DatedUse:
    """One occurrence: its rendering, document (number and label), ISO date ("2016-07-01" or "2016") and body."""

    rendering: str
    document: int
    label: str
    date: str
    body: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """How often a rendering was used in a year, in one body or (``body`` is "") in all of them together.

    ``share`` is that of all occurrences of the year, in [0, 1].
    """

    year: int
    body: str
    rendering: str
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class TurningPoint:
    """Where usage went over from ``before`` to ``after``: the first document that has the new one, and its date.

    ``share_before`` and ``share_after``: of the new rendering in the documents up to there, and from there on, until
    the next change; ``p`` is the chance of so clear a change where there is none.
    """

    before: str
    after: str
    year: int
    date: str
    document: int
    label: str
    share_before: float
    share_after: float
    p: float

    @property
    def sentence(self) -> str:
        """“战斗 overtakes 作战 in 2016 (A/RES/71/151)”: what the two differ in, the year, the document."""
        new, old = telling_parts(self.after, self.before)
        return f"{new} overtakes {old} in {self.year} ({self.label})"


def telling_parts(first: str, second: str) -> tuple[str, str]:
    """What two renderings differ in; both whole where one holds the other or they share nothing at their ends.

    English is cut between words, Chinese anywhere.
    """
    glue = " " if " " in first + second or (first + second).isascii() else ""
    a, b = (first.split(), second.split()) if glue else (list(first), list(second))
    left = _shared(a, b)
    right = min(_shared(a[::-1], b[::-1]), len(a) - left, len(b) - left)
    parts = glue.join(a[left : len(a) - right]), glue.join(b[left : len(b) - right])
    return parts if all(parts) else (first, second)


def _shared(a: Sequence[str], b: Sequence[str]) -> int:
    """How many first items two lists share."""
    return next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))


def year_of_use(date: str) -> int | None:
    """The year of an ISO date, None without one."""
    return int(date[:4]) if date[:4].isdecimal() and len(date) >= 4 else None


def by_year(uses: Iterable[DatedUse]) -> tuple[Point, ...]:
    """Counts and shares by year and rendering: of all bodies, then of each that is named, in order."""
    counts: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for use in uses:
        year = year_of_use(use.date)
        if year is not None:
            for body in {"", use.body}:
                counts[body, year][use.rendering] += 1
    return tuple(
        Point(year, body, rendering, count, count / found.total())
        for (body, year), found in sorted(counts.items())
        for rendering, count in sorted(found.items(), key=lambda item: (-item[1], item[0]))
    )


def by_body(uses: Iterable[DatedUse]) -> Mapping[str, Mapping[str, int]]:
    """Counts by body and rendering, the body with most uses first; what names no body is under ""."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for use in uses:
        counts[use.body][use.rendering] += 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
    return {body: dict(found.most_common()) for body, found in ordered}


def turning_points(uses: Sequence[DatedUse], seed: int = 0) -> tuple[TurningPoint, ...]:
    """Where usage switched, in order of date; empty where nothing shows or there is too little to tell.

    The same uses and seed have the same answer, whatever order they come in.
    """
    named = [name for name, _ in Counter(use.rendering for use in uses).most_common(COMPARED)]
    dated = sorted((use for use in uses if year_of_use(use.date) is not None), key=lambda use: (use.date, use.document))
    if len(named) < 2:
        return ()
    history = _History([list(group) for _, group in groupby(dated, key=lambda use: (use.date, use.document))], named)
    changes = _significant(history, seed)
    bounds = [0, *(change.place for change in changes), len(history.documents)]
    points = (_named_point(history, bounds[k], change, bounds[k + 2]) for k, change in enumerate(changes))
    return tuple(point for point in points if point is not None)


@dataclass(frozen=True, slots=True)
class _Change:
    """A change before document ``place``, and how likely one so clear is by chance."""

    place: int
    p: float


@dataclass(frozen=True)
class _History:
    """Documents in order of date, and the renderings that are told apart."""

    documents: Sequence[Sequence[DatedUse]]
    named: Sequence[str]

    def counts(self) -> Floats:
        """(documents, renderings + 1): how often each was used, the last column for all others; capped."""
        place = {name: k for k, name in enumerate(self.named)}
        counts = np.zeros((len(self.documents), len(self.named) + 1))
        for row, document in zip(counts, self.documents, strict=True):
            for use in document:
                row[place.get(use.rendering, len(self.named))] += 1
        capped = counts * np.minimum(1.0, HEARD / np.maximum(counts.sum(axis=1, keepdims=True), 1.0))
        return np.asarray(capped[:, counts.any(axis=0)] if len(counts) else capped)

    def edges(self) -> list[int]:
        """Before which documents a change may lie, with both ends; documents of one date have no order."""
        dates = [document[0].date for document in self.documents]
        inner = [k + 1 for k, (a, b) in enumerate(pairwise(dates)) if a != b]
        return [0, *inner[:: max(1, -(-len(inner) // EDGES))], len(dates)]


def _significant(history: _History, seed: int) -> list[_Change]:
    """The changes that are clearer than chance; one that is not is given up, and those beside it are looked at anew."""
    counts, edges = history.counts(), history.edges()
    places = _division(counts, edges)
    while places:
        rng = np.random.default_rng(seed)
        bounds = [0, *places, len(counts)]
        changes = [
            _Change(place, _by_chance(counts, edges, (first, place, end), rng))
            for first, place, end in zip(bounds, places, bounds[2:], strict=False)
        ]
        weakest = max(changes, key=lambda change: change.p)
        if weakest.p <= SIGNIFICANT:
            return changes
        places.remove(weakest.place)
    return []


def _division(counts: Floats, edges: Sequence[int]) -> list[int]:
    """Where the most likely stretches of even usage begin, the first left out."""
    sums = np.concatenate([np.zeros((1, counts.shape[1])), np.cumsum(counts, axis=0)])[list(edges)]
    sizes = np.array(edges)
    penalty = counts.shape[1] * np.log(max(len(counts), 2))
    best = np.full(len(edges), -np.inf)
    best[0] = penalty
    before = np.zeros(len(edges), dtype=np.int64)
    for k in range(1, len(edges)):
        long_enough = sizes[k] - sizes[:k] >= LEAST_DOCUMENTS
        value = np.where(long_enough, best[:k] + 2 * _likelihood(sums[k] - sums[:k]) - penalty, -np.inf)
        before[k] = int(value.argmax())
        best[k] = value[before[k]]
    places: list[int] = []
    k = len(edges) - 1
    while np.isfinite(best[k]) and before[k] > 0:
        k = int(before[k])
        places.append(edges[k])
    return places[::-1]


def _by_chance(counts: Floats, edges: Sequence[int], where: tuple[int, int, int], rng: np.random.Generator) -> float:
    """How often the documents of two stretches, in random order, show so clear a change anywhere."""
    first, place, end = where
    own = counts[first:end]
    allowed = [k - first - 1 for k in edges if first + LEAST_DOCUMENTS <= k <= end - LEAST_DOCUMENTS]
    observed = float(_ratios(own)[place - first - 1])
    as_clear = sum(
        bool(_ratios(own[rng.permutation(len(own))])[allowed].max() >= observed - 1e-9) for _ in range(SHUFFLES)
    )
    return (as_clear + 1) / (SHUFFLES + 1)


def _ratios(counts: Floats) -> Floats:
    """Twice the log-likelihood ratio of a change behind each document but the last."""
    before = np.cumsum(counts, axis=0)
    whole, before = before[-1], before[:-1]
    return np.asarray(2 * (_likelihood(before) + _likelihood(whole - before) - _likelihood(whole[None])))


def _likelihood(counts: Floats) -> Floats:
    """The log likelihood of counts under their own proportions."""
    total = counts.sum(axis=-1, keepdims=True)
    shares = np.divide(counts, total, out=np.ones_like(counts), where=counts > 1e-9)
    return np.asarray((counts * np.log(shares)).sum(axis=-1))


def _named_point(history: _History, first: int, change: _Change, end: int) -> TurningPoint | None:
    """The change as a translator puts it, None where the usual rendering stays the usual one."""
    past, present = (_usage(history, *stretch) for stretch in ((first, change.place), (change.place, end)))
    old, new = (max(history.named, key=lambda name: usage.get(name, 0.0)) for usage in (past, present))
    if old == new or present[new] < LEAST_SHARE:
        return None
    use = next(use for document in history.documents[change.place : end] for use in document if use.rendering == new)
    return TurningPoint(
        before=old,
        after=new,
        year=int(use.date[:4]),
        date=use.date,
        document=use.document,
        label=use.label,
        share_before=past.get(new, 0.0),
        share_after=present[new],
        p=change.p,
    )


def _usage(history: _History, first: int, end: int) -> dict[str, float]:
    """The share of each rendering in some documents, none of them counting for more than ``HEARD`` occurrences."""
    usage: dict[str, float] = defaultdict(float)
    for document in history.documents[first:end]:
        weight = min(1.0, HEARD / len(document))
        for use in document:
            usage[use.rendering] += weight
    total = sum(usage.values())
    return {name: weight / total for name, weight in usage.items()}
