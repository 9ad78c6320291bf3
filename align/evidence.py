"""What speaks for a bead: the features of every candidate bead in a corridor of the lattice.

A candidate is a shape (a, b), a zh units against b en units, at a node (i, j). Features are computed in blocks of
rows, so that memory grows with the corridor's width and not with its length.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from align.side import MAX_SPAN, Floats, Side

# By size; what is rarer than these in hand-made alignments is left to neighbouring beads.
SHAPES: tuple[tuple[int, int], ...] = (
    (1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2), (1, 4), (4, 1), (2, 3), (3, 2), (1, 5), (5, 1), (2, 4), (4, 2)
)  # fmt: skip

FEATURES = (
    "cosine",  # of the two spans, in standard deviations (a quarter of one) above this pair's background
    "cosine squared",
    "relative cosine",  # cosine above the background, 1 where units of this pair that belong together usually are
    "margin",  # cosine less what the units reach with others, in the measure of the first
    "coverage zh",  # how well the en words explain the zh words
    "coverage en",
    "worse coverage",
    "explained zh",  # share of the zh words, by weight, that have a fair match
    "explained en",
    "worse explained",
    "relative coverage",  # worse coverage, 1 where units of this pair that belong together usually are
    "below usual cosine",  # how far the relative cosine falls short of 1
    "below usual coverage",
    "shared numbers",  # log1p of the weight of shared numbers, dates, symbols
    "missing numbers",  # log1p of the weight of those that stand on one side only
    "numbers at odds",  # share of the weight of numbers that stands on one side only
    "shared names",  # log1p of the weight of shared Latin words
    "labels agree",
    "labels differ",
    "label one-sided",
    "label against text",  # 1 where one side is nothing but a label and the other is more
    "length",  # squared deviation from the usual ratio, in standard deviations, capped
    "short",  # 1 / (1 + length of the shorter side in tens of characters): short texts prove less
    "short and alike",  # the same times cosine
    "link",  # 1
    "m-n",  # 1 for more than one unit on a side
    "units",  # a + b - 2
    "weakest part",  # coverage of the unit of an m-n bead that the other side explains least, in that of usual pairs
    "runs on",  # breaks inside an m-n bead before which no sentence ends
    "both m-n",  # 1 for more than one unit on both sides
    "looseness",  # how close to the background units that belong together usually are: free translation
)
ALONE_FEATURES = ("alone", "has a double", "label only", "long", "relative double", "gaps")


_NUMBER = {name: k for k, name in enumerate(FEATURES)}
FAIR_MATCH = 0.45  # cosine of two words at which they are as likely translations as not
Cover = tuple[list[Floats], list[Floats]]  # zh words and en words, by number of units on the other side


@dataclass(frozen=True, slots=True)
class Background:
    """What cosines of unrelated units are in this pair of documents."""

    mean: float
    deviation: float
    usual: float  # lower quartile of the cosines of units that are each other's nearest

    def standardise(self, cosines: Floats) -> Floats:
        """Cosines as quarters of standard deviations above the mean, so that models can be exchanged."""
        return np.asarray((cosines - self.mean) / (4 * self.deviation), dtype=np.float32)

    def relate(self, cosines: Floats) -> Floats:
        """Cosines so that 0 is the mean of unrelated units and 1 that of units of this pair that belong together."""
        return np.asarray((cosines - self.mean) / max(self.usual - self.mean, 0.1), dtype=np.float32)


@dataclass(frozen=True)
class Evidence:
    """The two sides and what was found out of the pair as a whole.

    ``zh_reach`` (n,) and ``en_reach`` (m,): mean cosine of a unit's four nearest units on the other side;
    ``ratio``: usual length of the English in that of the Chinese, both in characters of their own.
    """

    zh: Side
    en: Side
    background: Background
    zh_reach: Floats
    en_reach: Floats
    zh_best: Floats
    en_best: Floats
    ratio: float
    usual_coverage: float = 0.5  # lower quartile over units that are each other's nearest
    gaps: float = 0.0  # log-odds of a unit being alone, against the usual, once a first pass has told

    def block(self, i: int, rows: int, j: int, columns: int) -> Floats:
        """Features (rows, columns, shapes, features) of the beads that start at nodes (i + r, j + c)."""
        out = np.zeros((rows, columns, len(SHAPES), len(FEATURES)), dtype=np.float32)
        plain, fair = self._coverage(i, rows, j, columns)
        numbers, names = self._shared(i, rows, j, columns)
        for s, (a, b) in enumerate(SHAPES):
            r = min(rows, len(self.zh) - a + 1 - i)
            c = min(columns, len(self.en) - b + 1 - j)
            if r <= 0 or c <= 0:
                continue
            at = _Columns(out[:r, :c, s])
            self._meaning(at, i, j, a, b)
            at["coverage zh"], at["coverage en"], at["worse coverage"] = self._words(at, i, j, a, b, *plain)
            at["explained zh"], at["explained en"], at["worse explained"] = self._words(at, i, j, a, b, *fair)
            at["relative coverage"] = at["worse coverage"] / self.usual_coverage
            at["below usual cosine"] = np.maximum(1 - at["relative cosine"], 0)
            at["below usual coverage"] = np.maximum(1 - at["relative coverage"], 0)
            self._anchors(at, i, j, a, b, numbers, names)
            self._labels(at, i, j, a, b)
            self._lengths(at, i, j, a, b)
            at["link"] = 1
            at["m-n"] = a + b > 2
            at["units"] = a + b - 2
            at["both m-n"] = min(a, b) > 1
            if a + b > 2:
                at["weakest part"] = self._weakest(at, i, j, a, b, *plain) / self.usual_coverage
                at["runs on"] = self._runs_on(at, i, j, a, b)
            at["looseness"] = self.looseness
        return out

    @property
    def looseness(self) -> float:
        """4 less the usual cosine in standard deviations above the background, scaled like the cosine feature."""
        return 1 - (self.background.usual - self.background.mean) / (4 * self.background.deviation)

    @cached_property
    def alone(self) -> tuple[Floats, Floats]:
        """Features (n, 4) and (m, 4) of the units as units without partner."""
        return self._alone(self.zh, self.zh_best), self._alone(self.en, self.en_best)

    def _alone(self, side: Side, best: Floats) -> Floats:
        out = np.empty((len(side), len(ALONE_FEATURES)), dtype=np.float32)
        out[:, 0] = 1
        out[:, 1] = self.background.standardise(best)
        out[:, 2] = side.only_label
        out[:, 3] = np.log1p(np.diff(side.characters) / 20)
        out[:, 4] = self.background.relate(best)
        out[:, 5] = self.gaps
        return out

    def _meaning(self, at: _Columns, i: int, j: int, a: int, b: int) -> None:
        r, c = at.shape
        cosines = self.zh.spans[a - 1][i : i + r] @ self.en.spans[b - 1][j : j + c].T
        reach = _window_mean(self.zh_reach, i, r, a)[:, None] + _window_mean(self.en_reach, j, c, b)[None, :]
        at["cosine"] = self.background.standardise(cosines)
        at["cosine squared"] = np.maximum(at["cosine"], 0) ** 2
        at["relative cosine"] = self.background.relate(cosines)
        at["margin"] = (cosines - reach / 2) / (4 * self.background.deviation)

    def _words(
        self, at: _Columns, i: int, j: int, a: int, b: int, zh: list[Floats], en: list[Floats]
    ) -> tuple[Floats, Floats, Floats]:
        """Share of the words, by weight, that is matched: of the zh words, of the en words, the smaller of the two."""
        r, c = at.shape
        left = _window_sum(zh[b - 1], a, axis=0)[:r, :c] / _total(self.zh.words.weight, i, r, a)[:, None]
        right = _window_sum(en[a - 1], b, axis=1)[:r, :c] / _total(self.en.words.weight, j, c, b)[None, :]
        return left, right, np.minimum(left, right)

    def _weakest(self, at: _Columns, i: int, j: int, a: int, b: int, zh: list[Floats], en: list[Floats]) -> Floats:
        """The least coverage of a unit of a side with several."""
        r, c = at.shape
        lowest = np.full((r, c), np.inf, dtype=np.float32)
        for p in range(a if a > 1 else 0):
            weight = np.maximum(_total(self.zh.words.weight, i + p, r, 1), 1e-3)[:, None]
            lowest = np.minimum(lowest, zh[b - 1][p : p + r, :c] / weight)
        for q in range(b if b > 1 else 0):
            weight = np.maximum(_total(self.en.words.weight, j + q, c, 1), 1e-3)[None, :]
            lowest = np.minimum(lowest, en[a - 1][:r, q : q + c] / weight)
        return lowest

    def _runs_on(self, at: _Columns, i: int, j: int, a: int, b: int) -> Floats:
        r, c = at.shape
        zh, en = self.zh.open_ends, self.en.open_ends
        left = np.sum([zh[i + p : i + p + r] for p in range(a - 1)], axis=0) if a > 1 else np.zeros(r)
        right = np.sum([en[j + q : j + q + c] for q in range(b - 1)], axis=0) if b > 1 else np.zeros(c)
        return np.asarray(left[:, None] + right[None, :], dtype=np.float32)

    def _anchors(self, at: _Columns, i: int, j: int, a: int, b: int, numbers: Floats, names: Floats) -> None:
        r, c = at.shape
        zh = _total(self.zh.numbers, i, r, a)[:, None]
        en = _total(self.en.numbers, j, c, b)[None, :]
        # Two units that share a number with one and the same unit count it twice.
        common = np.minimum(_window_sum(_window_sum(numbers, a, axis=0), b, axis=1)[:r, :c], np.minimum(zh, en))
        at["shared numbers"] = np.log1p(common)
        missing = np.maximum(zh + en - 2 * common, 0)
        at["missing numbers"] = np.log1p(missing)
        at["numbers at odds"] = missing / np.maximum(zh + en, 1e-6)
        at["shared names"] = np.log1p(_window_sum(_window_sum(names, a, axis=0), b, axis=1)[:r, :c])

    def _labels(self, at: _Columns, i: int, j: int, a: int, b: int) -> None:
        r, c = at.shape
        zh, en = self.zh.labels[i : i + r], self.en.labels[j : j + c]
        zh_has, en_has = np.any(zh, axis=1, keepdims=True), np.any(en, axis=1, keepdims=True).T
        agree = (zh.astype(np.float32) @ en.astype(np.float32).T) > 0
        at["labels agree"] = agree
        at["labels differ"] = zh_has & en_has & ~agree
        at["label one-sided"] = zh_has ^ en_has
        zh_lone = _window_min(self.zh.only_label, i, r, a)[:, None] > 0
        en_lone = _window_min(self.en.only_label, j, c, b)[None, :] > 0
        at["label against text"] = zh_lone ^ en_lone

    def _lengths(self, at: _Columns, i: int, j: int, a: int, b: int) -> None:
        r, c = at.shape
        zh = _total(self.zh.characters, i, r, a)[:, None]
        en = _total(self.en.characters, j, c, b)[None, :] / self.ratio
        deviation = np.log((en + 2) / (zh + 2)) ** 2 / (0.06 + 2 / (zh + en + 2))
        at["length"] = np.minimum(deviation, 9)
        at["short"] = 1 / (1 + np.minimum(zh, en) / 10)
        at["short and alike"] = at["short"] * at["cosine"]

    def _coverage(self, i: int, rows: int, j: int, columns: int) -> tuple[Cover, Cover]:
        """Weighted best word matches, per number of units on the other side: plain, and as fair matches or none."""
        top = slice(i, min(i + rows + MAX_SPAN, len(self.zh)))
        left = slice(j, min(j + columns + MAX_SPAN, len(self.en)))
        zh, en = self.zh.words.slice(top), self.en.words.slice(left)
        alike = self.zh.words.vectors[zh.types] @ self.en.words.vectors[en.types].T
        best_en, best_zh = en.maxima(alike), zh.maxima(np.ascontiguousarray(alike.T))
        by_en = [_window_max(best_en, b) for b in range(1, MAX_SPAN + 1)]  # (zh types, en units)
        by_zh = [_window_max(best_zh, a) for a in range(1, MAX_SPAN + 1)]
        plain = [zh.bag @ x for x in by_en], [(en.bag @ x).T for x in by_zh]
        fair = [zh.bag @ _fair(x) for x in by_en], [(en.bag @ _fair(x)).T for x in by_zh]
        return plain, fair

    def _shared(self, i: int, rows: int, j: int, columns: int) -> tuple[Floats, Floats]:
        """Weights of shared numbers and of shared names, unit by unit."""
        top, left = slice(i, i + rows + MAX_SPAN), slice(j, j + columns + MAX_SPAN)
        return (
            _product(self.zh.number_keys[top], self.en.number_keys[left]),
            _product(self.zh.name_keys[top], self.en.name_keys[left]),
        )


@dataclass(frozen=True, slots=True)
class _Columns:
    """Features of one shape by name; the array is (rows, columns, features)."""

    values: Floats

    @property
    def shape(self) -> tuple[int, int]:
        return self.values.shape[0], self.values.shape[1]

    def __setitem__(self, name: str, values: npt.ArrayLike) -> None:
        self.values[..., _NUMBER[name]] = values

    def __getitem__(self, name: str) -> Floats:
        return self.values[..., _NUMBER[name]]


def _fair(matches: Floats) -> Floats:
    """Near 1 for the cosines of words that translate each other, near 0 for others."""
    return np.asarray(1 / (1 + np.exp((FAIR_MATCH - matches) * 14)), dtype=np.float32)


def _product(zh: sparse.csr_matrix, en: sparse.csr_matrix) -> Floats:
    return np.asarray((zh @ en.T).todense(), dtype=np.float32)


def _total(cumulative: Floats, start: int, count: int, span: int) -> Floats:
    return np.asarray(cumulative[start + span : start + span + count] - cumulative[start : start + count])


def _window_mean(values: Floats, start: int, count: int, span: int) -> Floats:
    return np.asarray(sum(values[start + p : start + p + count] for p in range(span)) / span, dtype=np.float32)


def _window_min(values: Floats, start: int, count: int, span: int) -> Floats:
    lowest: Floats = np.min([values[start + p : start + p + count] for p in range(span)], axis=0)
    return lowest


def _window_sum(values: Floats, span: int, axis: int) -> Floats:
    if span == 1:
        return values
    size = values.shape[axis] - span + 1
    parts = (values[p : p + size] if axis == 0 else values[:, p : p + size] for p in range(span))
    return np.asarray(sum(parts), dtype=np.float32)


def _window_max(values: Floats, span: int) -> Floats:
    """Running maximum over ``span`` columns; the last columns run short."""
    out = values.copy()
    for p in range(1, min(span, values.shape[1])):
        out[:, : values.shape[1] - p] = np.maximum(out[:, : values.shape[1] - p], values[:, p:])
    return out
