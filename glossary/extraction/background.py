"""How often words come in texts of any kind: what a corpus has more of is its own vocabulary.

Counted over the training texts of duizhao, half of them of the United Nations, so that their everyday words are no
corpus's own. Numbers of words, not words, are kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Hashes = npt.NDArray[np.uint64]
LEARNED = Path(__file__).parent / "background.safetensors"


@dataclass(frozen=True)
class Background:
    """``words`` (w,) ascending, and how often each came among ``total`` words."""

    words: Hashes
    counts: Floats
    total: float

    def count(self, words: Hashes) -> Floats:
        """How often words came; 0 for those that never did."""
        at = np.minimum(np.searchsorted(self.words, words), len(self.words) - 1)
        return np.where(self.words[at] == words, self.counts[at], 0.0)


@cache
def learned_background() -> Background:
    """What duizhao comes with (made by ``python -m glossary.extraction.fitting``)."""
    from safetensors.numpy import load_file

    table = load_file(LEARNED)
    counts = table["counts"].astype(np.float64)
    return Background(table["words"].astype(np.uint64), counts, float(table["total"][0]))


@dataclass(frozen=True)
class Own:
    """Of each unit (n,) how much more often it comes here than elsewhere.

    ``ratio``: of the relative frequencies, as a logarithm ("weirdness"; Ahmad et al. 1999). ``surprise``: ln(1 + G²) of
    the two counts where it comes more often here, else 0 (Rayson & Garside 2000).
    """

    ratio: Floats
    surprise: Floats


def own_words(words: Hashes, telling: npt.NDArray[np.bool_], background: Background) -> Own:
    """``words`` (n,): all units of a corpus; ``telling``: which of them are words."""
    distinct, which, counts = np.unique(words, return_inverse=True, return_counts=True)
    here, there = counts + 0.5, background.count(distinct) + 0.5
    size, other = float(telling.sum()) + 1.0, background.total
    expected = (here + there) / (size + other)
    ratio = np.log(here / size) - np.log(there / other)
    llr = 2.0 * (here * np.log(here / (size * expected)) + there * np.log(there / (other * expected)))
    surprise = np.where(ratio > 0, np.log1p(np.maximum(llr, 0.0)), 0.0)
    return Own(ratio[which], surprise[which])
