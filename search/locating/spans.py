"""All spans of texts that could be a rendering, and the vectors of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors
from search.locating.term_view import Views
from search.locating.word_vectors import LONGEST_PIECE, WordTable
from search.locating.words import Numbers

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Spans:
    """Candidate spans (k,) of units, first to end, numbered as in ``Views``; ``view`` is non-decreasing."""

    first: Numbers
    end: Numbers
    view: Numbers

    def __len__(self) -> int:
        return len(self.first)

    def total(self, values: Floats) -> Floats:
        """Of values per unit the sum over each span."""
        prefix = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
        return np.asarray(prefix[self.end] - prefix[self.first])

    def take(self, chosen: Numbers) -> Spans:
        """Some of them, in the same order."""
        return Spans(self.first[chosen], self.end[chosen], self.view[chosen])

    def of_view(self, number: int) -> slice:
        """Where the spans of a view are."""
        begin, end = np.searchsorted(self.view, [number, number + 1])
        return slice(int(begin), int(end))


def all_spans(views: Views, longest: int) -> Spans:
    """Spans of up to ``longest`` units that begin and end at a word and reach across no stop.

    Brackets and quotation marks may be inside in pairs, the opening one first or the closing one last too (《公约》
    缔约国), but not so that they enclose the whole.
    """
    edges, n = views.edges, views.size
    every = np.repeat(np.arange(n), longest)
    until = every + np.tile(np.arange(1, longest + 1), n)
    fits = until <= n
    first, end = every[fits], until[fits]
    word = (~edges.mark | edges.hyphen) & ~views.gap
    walls = np.concatenate(([0], np.cumsum(views.gap | (edges.hard & (edges.pair == 0)))))
    depth = np.concatenate(([0], np.cumsum(edges.pair)))
    keep = (word | (edges.pair > 0))[first] & (word | (edges.pair < 0))[end - 1] & (word[first] | word[end - 1])
    keep &= (walls[end] == walls[first]) & (depth[end] == depth[first])
    first, end = first[keep], end[keep]
    # The depth never falls below the one it began with: ")a(" is no pair. Few spans hold a mark, so look at those.
    marks = np.concatenate(([0], np.cumsum(edges.pair != 0)))
    sound = np.ones(len(first), dtype=bool)
    for k in np.flatnonzero(marks[end] != marks[first]).tolist():
        sound[k] = depth[first[k] : end[k] + 1].min() >= depth[first[k]]
    first, end = first[sound], end[sound]
    return Spans(first, end, views.view_of[first])


@dataclass(frozen=True)
class Products:
    """Of the sum of each span's word vectors: its square (k,), and its products with c vectors of its view (c, k)."""

    square: Floats
    dots: Floats


def span_products(views: Views, spans: Spans, table: WordTable, costs: Floats, others: Vectors) -> Products:
    """See ``Products``; ``others`` (c, views, d). A Chinese span is cut into words as if it stood alone.

    Goes through the spans by length, so that their vectors are never all in memory.
    """
    found = Products(np.zeros(len(spans)), np.zeros((len(others), len(spans))))
    if not len(spans):
        return found
    english = views.views[0].target.units.language == "en"
    lengths = spans.end - spans.first
    sums = _sums_in_order(views, table) if english else _sums_cut_alone(views, table, costs)
    for length, total in zip(range(1, int(lengths.max()) + 1), sums, strict=False):
        here = np.flatnonzero(lengths == length)
        vectors = total[spans.first[here]]
        found.square[here] = np.einsum("kd,kd->k", vectors, vectors)
        if not english:
            for k, other in enumerate(others):
                found.dots[k, here] = np.einsum("kd,kd->k", vectors, other[spans.view[here]])
    if english:  # the words are the same in all spans, and so are their products
        words = _words_in_order(views, table)
        for k, other in enumerate(others):
            found.dots[k] = spans.total(np.einsum("ud,ud->u", words, other[views.view_of]))
    return found


def _pieces(views: Views) -> Numbers:
    pieces = np.full((views.size, LONGEST_PIECE), -1, dtype=np.int64)
    pieces[~views.gap] = np.concatenate([view.target.pieces for view in views.views])
    return pieces


def _words_in_order(views: Views, table: WordTable) -> Vectors:
    words = np.zeros((views.size, table.width), dtype=np.float32)
    words[~views.gap] = table.take(_pieces(views)[~views.gap, 0])
    return words


def _sums_in_order(views: Views, table: WordTable) -> Iterator[Vectors]:
    """For a length of 1, 2, … the sums of that many words from each unit on."""
    words = _words_in_order(views, table)
    total = words.copy()
    yield total
    for length in range(1, views.size):
        total = total[:-1] + words[length:]
        yield total


def _sums_cut_alone(views: Views, table: WordTable, costs: Floats) -> Iterator[Vectors]:
    """For a length of 1, 2, … the sums of the cheapest words that cover that many units from each on."""
    pieces = _pieces(views)
    used, inverse = np.unique(pieces, return_inverse=True)
    vectors = table.take(np.maximum(used, 0))
    own = np.where(used >= 0, costs[used], np.inf)
    local = np.where(pieces >= 0, inverse.reshape(pieces.shape), -1)
    sums = [np.zeros((len(pieces) + 1, vectors.shape[1]), dtype=np.float32)]
    cost = [np.zeros(len(pieces) + 1)]
    for length in range(1, len(pieces) + 1):
        best, total = _extend(local, length, sums, cost, vectors, own)
        sums.append(total)
        cost.append(best)
        yield total
        if length > LONGEST_PIECE:
            sums[length - LONGEST_PIECE] = sums[0]  # no longer needed: free it


def _extend(
    pieces: Numbers, length: int, sums: list[Vectors], cost: list[Floats], vectors: Vectors, costs: Floats
) -> tuple[Floats, Vectors]:
    """Cheapest cover of the ``length`` units from each unit on, by its last word, and the sum of its vectors."""
    n = len(pieces)
    begin = np.arange(max(0, n - length + 1))
    options = np.full((LONGEST_PIECE, len(begin)), np.inf)
    rows = np.full((LONGEST_PIECE, len(begin)), -1, dtype=np.int64)
    for word in range(1, min(LONGEST_PIECE, length) + 1):
        rows[word - 1] = pieces[begin + length - word, word - 1]
        known = rows[word - 1] >= 0
        options[word - 1, known] = cost[length - word][begin[known]] + costs[rows[word - 1, known]]
    choice = options.argmin(axis=0) if len(begin) else np.zeros(0, dtype=np.int64)
    best = np.full(n + 1, np.inf)
    total = np.zeros((n + 1, vectors.shape[1]), dtype=np.float32)
    best[begin] = options[choice, begin] if len(begin) else 0.0
    for word in range(1, min(LONGEST_PIECE, length) + 1):
        here = begin[(choice == word - 1) & np.isfinite(best[begin])]
        total[here] = sums[length - word][here] + vectors[rows[word - 1, here]]
    return best, total


def beside(values: Floats, at: Numbers) -> Floats:
    """The value at a unit beside the span; gaps hold nothing."""
    return values[at]
