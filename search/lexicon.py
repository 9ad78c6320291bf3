"""Which words translate which: IBM model 1 over a corpus of pairs, both ways, with the embedding as its prior.

Brown et al. 1993, "The mathematics of statistical machine translation", model 1; the prior keeps rare words, on
which a small corpus says little, near the words whose vectors are near.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors

Numbers = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
ROUNDS = 5
SHARPNESS = 10.0  # of the prior exp(sharpness × cosine)
PRIOR_WEIGHT = 2.0  # occurrences that the prior counts for
_BLOCK = 1 << 16


@dataclass(frozen=True)
class Lexicon:
    """Probabilities of the word pairs that occur together: sorted codes ``zh × size + en``, and p both ways."""

    size: int
    codes: Numbers
    en_given_zh: Floats
    zh_given_en: Floats

    def look_up(self, zh: Numbers, en: Numbers) -> tuple[Floats, Floats]:
        """p(en | zh) and p(zh | en), each (len(zh), len(en)); 0 for words never seen together."""
        if not len(self.codes):
            return np.zeros((len(zh), len(en))), np.zeros((len(zh), len(en)))
        wanted = zh[:, None] * self.size + en[None, :]
        at = np.minimum(np.searchsorted(self.codes, wanted), len(self.codes) - 1)
        seen = self.codes[at] == wanted
        return np.where(seen, self.en_given_zh[at], 0.0), np.where(seen, self.zh_given_en[at], 0.0)


def learn_lexicon(pairs: Sequence[tuple[Numbers, Numbers]], vectors: Vectors) -> Lexicon:
    """The lexicon of a corpus whose pairs are given as rows of words, ``vectors`` (rows, d) being the words'."""
    size = len(vectors)
    pairs = [(zh, en) for zh, en in pairs if len(zh) and len(en)]
    if not pairs:
        return Lexicon(size, np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))
    zh_all = np.concatenate([np.repeat(zh, len(en)) for zh, en in pairs])
    en_all = np.concatenate([np.tile(en, len(zh)) for zh, en in pairs])
    codes, entry = np.unique(zh_all * size + en_all, return_inverse=True)
    prior = np.exp(SHARPNESS * _cosines(codes // size, codes % size, vectors))
    # Each token of one side is explained by the tokens of the other: its group of entries must sum to one.
    zh_token = np.concatenate([_tokens(zh, en) for zh, en in _offsets(pairs, 0)])
    en_token = np.concatenate([_tokens_across(zh, en) for zh, en in _offsets(pairs, 1)])
    en_given_zh = _expect(entry, en_token, codes // size, prior)
    zh_given_en = _expect(entry, zh_token, codes % size, prior)
    return Lexicon(size, codes, en_given_zh, zh_given_en)


def _offsets(pairs: Sequence[tuple[Numbers, Numbers]], side: int) -> list[tuple[Numbers, Numbers]]:
    """Of each pair the running numbers of its tokens on one side, and its tokens on the other."""
    lengths = np.cumsum([0, *(len(pair[side]) for pair in pairs)])
    return [(np.arange(lengths[k], lengths[k + 1]), pair[1 - side]) for k, pair in enumerate(pairs)]


def _tokens(own: Numbers, other: Numbers) -> Numbers:
    return np.repeat(own, len(other))


def _tokens_across(own: Numbers, other: Numbers) -> Numbers:
    return np.tile(own, len(other))


def _expect(entry: Numbers, explained: Numbers, given: Numbers, prior: Floats) -> Floats:
    """p(explained word | given word) per code, by expectation maximisation with the prior as pseudo-counts."""
    normal = np.bincount(given, prior)
    pseudo = PRIOR_WEIGHT * prior / normal[given]
    p = prior / normal[given]
    for _ in range(ROUNDS):
        weight = p[entry]
        weight /= np.bincount(explained, weight)[explained]
        counts = np.bincount(entry, weight, minlength=len(p)) + pseudo
        p = counts / np.bincount(given, counts)[given]
    return p


def _cosines(first: Numbers, second: Numbers, vectors: Vectors) -> Floats:
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    found = np.empty(len(first))
    for begin in range(0, len(first), _BLOCK):
        part = slice(begin, begin + _BLOCK)
        found[part] = np.einsum("ij,ij->i", unit[first[part]], unit[second[part]])
    return found
