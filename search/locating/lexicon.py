"""Which words translate which: IBM model 1 over a corpus of pairs, both ways, with the embedding as its prior.

Brown et al. 1993, "The mathematics of statistical machine translation", model 1; the prior keeps rare words, on
which a small corpus says little, near the words whose vectors are near.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from tempfile import mkdtemp
from types import ModuleType

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Shares = npt.NDArray[np.float32]
ROUNDS = 5
SHARPNESS = 10.0  # of the prior exp(sharpness × cosine)
PRIOR_WEIGHT = 2.0  # occurrences that the prior counts for
MOST_CELLS = 1 << 24  # words × words of all pairs; more than that says little more, and takes long


@dataclass(frozen=True)
class Lexicon:
    """Probabilities of the word pairs that occur together: sorted codes ``zh × size + en``, and p both ways."""

    size: int
    codes: Numbers
    en_given_zh: Shares
    zh_given_en: Shares

    def look_up(self, zh: Numbers, en: Numbers) -> tuple[Floats, Floats]:
        """p(en | zh) and p(zh | en), each (len(zh), len(en)); 0 for words never seen together."""
        if not len(self.codes):
            return np.zeros((len(zh), len(en))), np.zeros((len(zh), len(en)))
        wanted = zh[:, None] * self.size + en[None, :]
        at = np.minimum(np.searchsorted(self.codes, wanted), len(self.codes) - 1)
        seen = self.codes[at] == wanted
        return np.where(seen, self.en_given_zh[at], 0.0), np.where(seen, self.zh_given_en[at], 0.0)

    def table(self, zh: Numbers, en: Numbers) -> tuple[Floats, Floats]:
        """The same as ``look_up`` for many words, which are distinct."""
        column = np.full(self.size + 1, -1, dtype=np.int64)
        column[np.minimum(en, self.size)] = np.arange(len(en))  # words learnt since have no entries
        column[self.size] = -1
        begins, ends = np.searchsorted(self.codes, zh * self.size), np.searchsorted(self.codes, (zh + 1) * self.size)
        begins, ends = np.where(zh < self.size, begins, 0), np.where(zh < self.size, ends, 0)
        counts = ends - begins
        row = np.repeat(np.arange(len(zh)), counts)
        at = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(begins, counts)
        there = column[self.codes[at] - zh[row] * self.size]
        known = there >= 0
        found = np.zeros((2, len(zh), len(en)))
        found[0, row[known], there[known]] = self.en_given_zh[at[known]]
        found[1, row[known], there[known]] = self.zh_given_en[at[known]]
        return found[0], found[1]


@cache
def _kernels() -> ModuleType:
    """The compiled loops, kept on disk between runs; where no folder takes them, compiled for this process alone."""
    try:
        from search.locating import kernels
    except RuntimeError:  # numba's "no locator available"
        import numba

        numba.config.CACHE_DIR = mkdtemp(prefix="duizhao-")
        from search.locating import kernels
    return kernels


def learn_lexicon(pairs: Sequence[tuple[Numbers, Numbers]], vectors: Vectors) -> Lexicon:
    """The lexicon of a corpus whose pairs are given as rows of words, ``vectors`` (rows, d) being the words'.

    Of a large corpus an even part of the pairs is looked at, of ``MOST_CELLS`` at most.
    """
    size = len(vectors)
    pairs = _part([(zh, en) for zh, en in pairs if len(zh) and len(en)])
    if not pairs:
        return Lexicon(size, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32), np.zeros(0, dtype=np.float32))
    kernels = _kernels()
    zh_counts, en_counts = (np.array([len(pair[side]) for pair in pairs]) for side in (0, 1))
    cells = _offsets(zh_counts * en_counts)
    zh, en = (np.concatenate([pair[side] for pair in pairs]) for side in (0, 1))
    order = np.argsort(zh, kind="stable")
    codes, entry = kernels.entries(zh, en, _offsets(zh_counts), _offsets(en_counts), cells, order, size)
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    prior = np.exp(SHARPNESS * kernels.cosines(codes // size, codes % size, unit))
    shape = (entry, cells, en_counts)
    en_given_zh = kernels.expect(*shape, codes // size, prior, PRIOR_WEIGHT, ROUNDS, True)
    zh_given_en = kernels.expect(*shape, codes % size, prior, PRIOR_WEIGHT, ROUNDS, False)
    return Lexicon(size, codes, en_given_zh.astype(np.float32), zh_given_en.astype(np.float32))


def _part(pairs: Sequence[tuple[Numbers, Numbers]]) -> Sequence[tuple[Numbers, Numbers]]:
    cells = sum(len(zh) * len(en) for zh, en in pairs)
    return pairs[:: max(1, -(-cells // MOST_CELLS))]


def _offsets(counts: Numbers) -> Numbers:
    return np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts)))
