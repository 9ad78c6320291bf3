"""How often each run of units occurs in a corpus, in a fixed amount of memory, and how a term keeps company with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from search.words import Units

Hashes = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]
LONGEST_COUNTED = 4
_BITS = 24
_FACTOR = np.uint64(0x9E3779B97F4A7C15)


def plain(word: str) -> str:
    """An English word without the plural's ending, as far as that can be told from the letters."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def unit_hashes(units: Units) -> Hashes:
    """A number for each unit, the same for singular and plural."""
    keys = units.keys if units.language == "zh" else tuple(plain(key) for key in units.keys)
    return np.array([crc32(key.encode("utf8", "surrogatepass")) + 1 for key in keys], dtype=np.uint64)


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
    """Counts of runs of up to four units in buckets; a longer run is at most as frequent as its parts."""

    counts: npt.NDArray[np.int32]
    units: int  # in the whole corpus

    def of(self, runs: list[Hashes]) -> list[Floats]:
        """Occurrences of all runs of a text, by length as in ``runs``; those of long ones from above."""
        found: list[Floats] = []
        for k, run in enumerate(runs):
            if k < LONGEST_COUNTED:
                found.append(self.counts[_bucket(run)].astype(np.float64))
            else:
                found.append(np.minimum(found[-1][:-1], found[-1][1:]))
        return found


def count_runs(texts: Iterable[Units]) -> RunCounts:
    """Count the runs of a corpus."""
    counts = np.zeros(1 << _BITS, dtype=np.int32)
    total = 0
    waiting: list[npt.NDArray[np.int64]] = []
    for units in texts:
        if not len(units):
            continue
        total += len(units)
        waiting.extend(_bucket(run) for run in run_hashes(unit_hashes(units), LONGEST_COUNTED))
        if len(waiting) > 1 << 14:
            counts += np.bincount(np.concatenate(waiting), minlength=len(counts)).astype(np.int32)
            waiting = []
    if waiting:
        counts += np.bincount(np.concatenate(waiting), minlength=len(counts)).astype(np.int32)
    return RunCounts(counts, total)


def _bucket(run: Hashes) -> npt.NDArray[np.int64]:
    return (run >> np.uint64(64 - _BITS)).astype(np.int64)


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
