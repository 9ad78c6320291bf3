"""All spans of a text that could be a rendering, and the vectors of each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors
from search.boundaries import Edges
from search.pair_words import SideWords
from search.word_vectors import LONGEST_PIECE, Numbers, WordTable

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Spans:
    """Candidate spans (k,) of units, first to end."""

    first: Numbers
    end: Numbers

    def __len__(self) -> int:
        return len(self.first)

    def total(self, values: Floats) -> Floats:
        """Of values per unit the sum over each span."""
        prefix = np.concatenate(([0.0], np.cumsum(values)))
        return np.asarray(prefix[self.end] - prefix[self.first])

    def take(self, chosen: Numbers) -> Spans:
        """Some of them."""
        return Spans(self.first[chosen], self.end[chosen])


def all_spans(edges: Edges, longest: int) -> Spans:
    """Spans of up to ``longest`` units that begin and end at a word and reach across no stop.

    Brackets and quotation marks may be inside in pairs, the opening one first or the closing one last too (《公约》
    缔约国), but not so that they enclose the whole.
    """
    n = len(edges.mark)
    every = np.repeat(np.arange(n), longest)
    until = every + np.tile(np.arange(1, longest + 1), n)
    fits = until <= n
    first, end = every[fits], until[fits]
    word = ~edges.mark | edges.hyphen
    walls = np.concatenate(([0], np.cumsum(edges.hard & (edges.pair == 0))))
    depth = np.concatenate(([0], np.cumsum(edges.pair)))
    keep = (word | (edges.pair > 0))[first] & (word | (edges.pair < 0))[end - 1] & (word[first] | word[end - 1])
    keep &= (walls[end] == walls[first]) & (depth[end] == depth[first])
    first, end = first[keep], end[keep]
    # The depth never falls below the one it began with: ")a(" is no pair. Few spans hold a mark, so look at those.
    marks = np.concatenate(([0], np.cumsum(edges.pair != 0)))
    sound = np.array(
        [marks[b] == marks[a] or depth[a : b + 1].min() >= depth[a] for a, b in zip(first, end, strict=True)],
        dtype=bool,
    )
    return Spans(first[sound], end[sound])


def span_vectors(side: SideWords, spans: Spans, table: WordTable, costs: Floats) -> Vectors:
    """The sum (k, d) of the words of each span, a Chinese one cut into words as if it stood alone."""
    n = len(side.units)
    if not len(spans):
        return np.zeros((0, table.vectors.shape[1]), dtype=np.float32)
    if side.units.language == "en":
        rows = np.cumsum(table.vectors[side.rows].astype(np.float64), axis=0)
        prefix = np.vstack([np.zeros((1, rows.shape[1])), rows])
        return (prefix[spans.end] - prefix[spans.first]).astype(np.float32)
    longest = int((spans.end - spans.first).max())
    found = np.zeros((len(spans), table.vectors.shape[1]), dtype=np.float32)
    sums, cost = [np.zeros((n + 1, found.shape[1]), dtype=np.float32)], [np.zeros(n + 1)]
    lengths = spans.end - spans.first
    for length in range(1, longest + 1):
        best, total = _extend(side.pieces, length, sums, cost, table, costs)
        sums.append(total)
        cost.append(best)
        here = lengths == length
        found[here] = total[spans.first[here]]
        if length > LONGEST_PIECE:
            sums[length - LONGEST_PIECE] = sums[0]  # no longer needed: free it
    return found


def _extend(
    pieces: Numbers, length: int, sums: list[Vectors], cost: list[Floats], table: WordTable, costs: Floats
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
    total = np.zeros((n + 1, table.vectors.shape[1]), dtype=np.float32)
    best[begin] = options[choice, begin] if len(begin) else 0.0
    for word in range(1, min(LONGEST_PIECE, length) + 1):
        here = begin[choice == word - 1]
        total[here] = sums[length - word][here] + table.vectors[rows[word - 1, here]]
    return best, total


def beside(values: Floats, at: npt.NDArray[np.int64]) -> Floats:
    """The value at a unit beside the span; 0 past the text's ends."""
    if not len(values):
        return np.zeros(len(at))
    inside = (at >= 0) & (at < len(values))
    return np.where(inside, values[np.clip(at, 0, len(values) - 1)], 0.0)
