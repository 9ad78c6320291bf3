"""Words of a pair aligned: a hidden Markov model each way (Vogel et al. 1996) over the lexicon and the embedding.

The two directions' posteriors are multiplied and cut at a threshold (Liang et al. 2006, "Alignment by agreement").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors, WordEncoder
from search.locating.lexicon import SHARPNESS, learn_lexicon

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
NULL = 0.15  # probability of a step to no word
FARTHEST = 12  # jumps beyond this count as this far
ROUNDS = 4
THRESHOLD = 0.25
_SMOOTH = 2.0


@dataclass(frozen=True)
class _Pair:
    """A pair's cells: entries of the table of word pairs, (zh, en), and the embedding's say in each."""

    entry: Numbers
    prior: Floats


def align_words(
    zh: Sequence[Sequence[str]], en: Sequence[Sequence[str]], encoder: WordEncoder
) -> list[frozenset[tuple[int, int]]]:
    """Links (zh word, en word) of each pair of tokenised sentences, learnt from these pairs alone."""
    words = sorted({word.casefold() for side in (*zh, *en) for word in side})
    row = {word: k for k, word in enumerate(words)}
    vectors = _vectors(words, encoder)
    pairs = [
        (
            np.array([row[word.casefold()] for word in a], dtype=np.int64),
            np.array([row[word.casefold()] for word in b], dtype=np.int64),
        )
        for a, b in zip(zh, en, strict=True)
    ]
    lexicon = learn_lexicon(pairs, vectors)
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    forward, backward = [], []
    for a, b in pairs:
        en_given_zh, zh_given_en = lexicon.look_up(a, b)
        prior = np.exp(SHARPNESS * (np.asarray(unit[a] @ unit[b].T, dtype=np.float64) - 1.0))
        same = (a[:, None] == b[None, :]).astype(np.float64)
        forward.append(np.maximum(en_given_zh, prior * 0.3) + same)
        backward.append((np.maximum(zh_given_en, prior * 0.3) + same).T)
    one, other = _posteriors(forward), _posteriors(backward)
    return [_links(a, b.T) for a, b in zip(one, other, strict=True)]


def _vectors(words: list[str], encoder: WordEncoder) -> Vectors:
    table = encoder.token_vectors()
    ids, starts = encoder.tokens(words)
    sums = np.zeros((len(words), table.shape[1]), dtype=np.float32)
    np.add.at(sums, np.repeat(np.arange(len(words)), np.diff(starts)), table[ids])
    return sums


def _posteriors(emissions: list[Floats]) -> list[Floats]:
    """Of each pair the probability that a column's word comes from a row's, jumps learnt from all pairs."""
    jumps = np.exp(-np.abs(np.arange(-FARTHEST, FARTHEST + 1) - 1) / 2.0)
    for _ in range(ROUNDS):
        counts = np.full(len(jumps), _SMOOTH)
        found = []
        for emission in emissions:
            posterior, moves = _forward_backward(emission, jumps / jumps.sum())
            found.append(posterior)
            counts += moves
        jumps = counts
    return found


def _forward_backward(emission: Floats, jumps: Floats) -> tuple[Floats, Floats]:
    """Posterior (rows, columns) and expected jumps of a pair; states are the rows, and a null that remembers each."""
    n, m = emission.shape
    if not n or not m:
        return np.zeros((n, m)), np.zeros(len(jumps))
    distance = np.clip(np.arange(n)[None, :] - np.arange(n)[:, None], -FARTHEST, FARTHEST) + FARTHEST
    step = jumps[distance]
    step /= step.sum(axis=1, keepdims=True)
    nothing = 0.02 * np.median(emission.max(axis=0)) + 1e-6
    alpha, null_alpha = np.zeros((m, n)), np.zeros((m, n))
    start = np.full(n, 1.0 / n)
    for k in range(m):
        before = start if k == 0 else alpha[k - 1] + null_alpha[k - 1]
        moved = before if k == 0 else before @ step
        alpha[k] = (1 - NULL) * moved * emission[:, k]
        null_alpha[k] = NULL * before * nothing
        scale = alpha[k].sum() + null_alpha[k].sum()
        alpha[k] /= scale
        null_alpha[k] /= scale
    beta = np.ones((m, n))
    moves = np.zeros(len(jumps))
    posterior = np.zeros((n, m))
    for k in range(m - 1, -1, -1):
        both = alpha[k] * beta[k]
        total = (both + null_alpha[k] * beta[k]).sum()
        posterior[:, k] = both / total
        if k:
            ahead = (1 - NULL) * emission[:, k] * beta[k]
            before = alpha[k - 1] + null_alpha[k - 1]
            joint = before[:, None] * step * ahead[None, :]
            here = joint.sum() + (before * NULL * nothing * beta[k]).sum()
            np.add.at(moves, distance.ravel(), (joint / here).ravel())
            beta[k - 1] = step @ ahead + NULL * nothing * beta[k]
            beta[k - 1] /= beta[k - 1].max()
    return posterior, moves


def _links(one: Floats, other: Floats) -> frozenset[tuple[int, int]]:
    agreed = np.sqrt(one * other)
    return frozenset((int(i), int(j)) for i, j in zip(*np.nonzero(agreed > THRESHOLD), strict=True))
