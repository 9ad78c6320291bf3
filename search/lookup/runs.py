"""How well a part of a text says a term: a long paragraph that holds its rendering, though its subject is another.

Of every text the run of the model's tokens whose vector is nearest to the term's. Which runs are worth comparing is
seen from the products of the term with their tokens one by one, as if these were at right angles to each other.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from models.encoder import Vectors, WordEncoder
from search.lookup.products import products

# What counts of the nearest run, and of the whole text beside it, against the cosine and coverage of the whole. Chosen
# on headings of UN documents, whose translation must stay before longer texts that hold their words, and on one term.
WEIGHT, REST = 0.65, 0.15
LONGEST = 8  # tokens of a run
_COMPARED = 3  # runs of a text


def nearest_runs(vector: Vectors, texts: Sequence[str], encoder: WordEncoder) -> Vectors:
    """Of each text the cosine (n,), 0 at least, of a term's vector (d,) of unit length and the run nearest to it."""
    table = encoder.token_vectors()
    ids, starts = encoder.tokens(texts)
    if not len(ids):
        return np.zeros(len(texts), dtype=np.float32)
    distinct, where = np.unique(ids, return_inverse=True)
    dots = products(vector[None, :], table[distinct])[0][where]
    squares = np.einsum("kd,kd->k", table[distinct], table[distinct])[where]
    text_of = np.repeat(np.arange(len(texts)), np.diff(starts))
    begins, lengths = _worth_comparing(dots, squares, text_of, len(texts))
    sums = np.zeros((len(begins), table.shape[1]), dtype=np.float32)
    for k in range(int(lengths.max(initial=0))):
        longer = np.flatnonzero(lengths > k)
        sums[longer] += table[ids[begins[longer] + k]]
    norms = np.sqrt(np.einsum("kd,kd->k", sums, sums))
    cosines = products(vector[None, :], sums)[0] / np.maximum(norms, 1e-9)
    found = np.zeros(len(texts), dtype=np.float32)
    np.maximum.at(found, text_of[begins], cosines)
    return np.minimum(found, 1)


def _worth_comparing(
    dots: Vectors, squares: Vectors, text_of: np.ndarray[tuple[int], np.dtype[np.int64]], count: int
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """First token and length of the few runs of each text that promise most."""
    n = len(dots)
    dot_sums, square_sums = (np.concatenate(([0.0], np.cumsum(values, dtype=np.float64))) for values in (dots, squares))
    promise = np.full((LONGEST, n), -np.inf)
    for length in range(1, min(LONGEST, n) + 1):
        here = np.flatnonzero(text_of[length - 1 :] == text_of[: n - length + 1])
        ends = here + length
        square = np.maximum(square_sums[ends] - square_sums[here], 1e-9)
        promise[length - 1, here] = (dot_sums[ends] - dot_sums[here]) / np.sqrt(square)
    best_length = promise.argmax(axis=0)  # of the runs that begin at a token
    best = promise[best_length, np.arange(n)]
    order = np.lexsort((-best, text_of))
    counts = np.bincount(text_of, minlength=count)
    rank = np.arange(n) - np.repeat(np.cumsum(counts) - counts, counts)
    chosen = order[rank < _COMPARED]
    return chosen, best_length[chosen] + 1
