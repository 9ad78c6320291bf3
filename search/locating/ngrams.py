"""How often each run of units occurs in a corpus, in a fixed amount of memory, and how a term keeps company with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from align.document import Language
from search.locating.words import Stream

Hashes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]
LONGEST_COUNTED = 4
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


@lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """An English word without the plural's ending, as far as that can be told from the letters."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def unit_hashes(keys: Sequence[str], language: Language) -> Hashes:
    """A number for each unit, the same for singular and plural."""
    words = keys if language == "zh" else [plain(key) for key in keys]
    return np.array([crc32(word.encode("utf8", "surrogatepass")) + 1 for word in words], dtype=np.uint64)


def run_hashes(hashes: Hashes, longest: int) -> list[Hashes]:
    """For a length of 1 … longest the numbers of all runs of that length."""
    runs = [hashes * _FACTOR]
    for length in range(2, longest + 1):
        if length > len(hashes):
            break
        shorter = runs[-1][: len(hashes) - length + 1]
        runs.append((shorter ^ (shorter >> np.uint64(29))) * _FACTOR + hashes[length - 1 :])
    return runs


@dataclass(frozen=True)
class RunCounts:
    """How often runs of up to four units occur, ascending by number; a longer run is at most as frequent as its parts.

    Of the runs' numbers the higher half is kept.
    """

    runs: npt.NDArray[np.uint32]
    counts: npt.NDArray[np.int32]
    units: int  # in the whole corpus

    def of(self, runs: list[Hashes]) -> list[Floats]:
        """Occurrences of all runs of a text, by length as in ``runs``; those of long ones from above."""
        found: list[Floats] = []
        for k, run in enumerate(runs):
            found.append(self._count(run) if k < LONGEST_COUNTED else np.minimum(found[-1][:-1], found[-1][1:]))
        return found

    def _count(self, run: Hashes) -> Floats:
        if not len(self.runs):
            return np.zeros(len(run))
        wanted = _half(run)
        at = np.minimum(np.searchsorted(self.runs, wanted), len(self.runs) - 1)
        return np.where(self.runs[at] == wanted, self.counts[at], 0).astype(np.float64)


def count_runs(stream: Stream, language: Language) -> RunCounts:
    """Count the runs of a corpus."""
    parts = [np.zeros(0, dtype=np.uint32)]
    if len(stream.ids):
        left = stream.until() - np.arange(len(stream.ids))
        runs = run_hashes(unit_hashes(stream.keys, language)[stream.ids], LONGEST_COUNTED)
        parts += [_half(run[left[: len(run)] > k]) for k, run in enumerate(runs)]
    numbers, counts = np.unique(np.concatenate(parts), return_counts=True)
    return RunCounts(numbers, counts.astype(np.int32), len(stream.ids))


def _half(run: Hashes) -> npt.NDArray[np.uint32]:
    return (run >> np.uint64(32)).astype(np.uint32)


def log_likelihood_ratio(both: Floats, term: float, run: Floats, pairs: float) -> Floats:
    """Dunning's G² (1993) of a run and a term, from the pairs that hold both, either, and all; 0 if apart."""
    run = np.maximum(run, both)
    pairs = max(pairs, float(term))
    cells = (both, term - both, run - both, np.maximum(pairs - term - run + both, 0.0))
    total = sum(_xlogx(cell) for cell in cells) + _xlogx(np.full_like(run, pairs))
    edges = _xlogx(np.full_like(run, term)) + _xlogx(np.full_like(run, pairs - term))
    edges = edges + _xlogx(run) + _xlogx(np.maximum(pairs - run, 0.0))
    ratio = np.maximum(2.0 * (total - edges), 0.0)
    return np.where(both * pairs >= run * term, ratio, 0.0)


def _xlogx(values: Floats) -> Floats:
    return np.asarray(values * np.log(np.maximum(values, 1e-12)))
