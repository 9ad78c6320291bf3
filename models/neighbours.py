"""The nearest of many vectors, by cosine and by ratio margin, without ever holding all cosines at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors

Rows = npt.NDArray[np.intp]

BLOCK_CELLS = 1 << 24  # cosines held at once: 64 MB
NEIGHBOURS = 4  # k of the margin criterion
_SMALLEST = 1e-6  # of what a cosine is divided by


@dataclass(frozen=True, slots=True)
class Nearest:
    """For each text the row of the nearest one of the other language, (n,) each; the first one where several are."""

    zh_en: Rows
    en_zh: Rows
    margin_zh_en: Rows
    margin_en_zh: Rows


def nearest(zh: Vectors, en: Vectors) -> Nearest:
    """Look up every row of ``zh`` (n, d) among those of ``en`` (m, d) and the other way; rows are of unit length.

    The margin of two rows is their cosine over the mean cosine of either with its four nearest (Artetxe & Schwenk
    2019, "ratio"). Neither side may be empty.
    """
    zh_en, zh_reach = _by_cosine(zh, en)
    en_zh, en_reach = _by_cosine(en, zh)
    margin_zh_en = _by_margin(zh, en, zh_reach, en_reach)
    margin_en_zh = _by_margin(en, zh, en_reach, zh_reach)
    return Nearest(zh_en, en_zh, margin_zh_en, margin_en_zh)


def _by_cosine(queries: Vectors, units: Vectors) -> tuple[Rows, Vectors]:
    """The nearest unit of each query, and the mean cosine of its four nearest: (n,) each."""
    best, reach = [], []
    for _, cosines in _blocks(queries, units):
        best.append(cosines.argmax(axis=1))
        reach.append(_mean_of_largest(cosines, min(NEIGHBOURS, len(units))))
    return np.concatenate(best), np.concatenate(reach)


def _mean_of_largest(cosines: Vectors, count: int) -> Vectors:
    """The mean of the ``count`` largest of each row, which are crossed out; (n,). Eight times as fast as partition."""
    rows = np.arange(len(cosines))
    total = np.zeros(len(cosines), dtype=np.float32)
    for _ in range(count):
        largest = cosines.argmax(axis=1)
        total += cosines[rows, largest]
        cosines[rows, largest] = -np.inf
    total /= count
    return total


def _by_margin(queries: Vectors, units: Vectors, query_reach: Vectors, unit_reach: Vectors) -> Rows:
    best = []
    for rows, cosines in _blocks(queries, units):
        mean = query_reach[rows, None] + unit_reach[None, :]
        mean /= 2
        np.maximum(mean, _SMALLEST, out=mean)
        best.append(np.divide(cosines, mean, out=mean).argmax(axis=1))
    return np.concatenate(best)


def _blocks(queries: Vectors, units: Vectors) -> Iterator[tuple[slice, Vectors]]:
    """Cosines of some queries with all units, and which queries these are."""
    size = max(1, BLOCK_CELLS // len(units))
    for start in range(0, len(queries), size):
        rows = slice(start, start + size)
        yield rows, queries[rows] @ units.T
