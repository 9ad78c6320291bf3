"""The part of the lattice that is worth looking at: everything for short texts, else around sure neighbours."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

FULL_UP_TO = 60_000  # nodes
PADDING = 20  # units on each side of what lies between two sure neighbours
LARGEST_BOX = 200_000  # nodes; above it only a band along the box's diagonal is looked at
BAND = 100  # units on each side of that diagonal


@dataclass(frozen=True)
class Corridor:
    """Row i of the lattice holds the columns ``lows[i]`` … ``highs[i]``; both (n + 1,), neither ever falls.

    The nodes are numbered row by row: node (i, j) is number ``offsets[i] + j - lows[i]``.
    """

    lows: Ints
    highs: Ints

    @cached_property
    def offsets(self) -> Ints:
        """Number of the first node of each row, and of all nodes: (n + 2,)."""
        return np.concatenate(([0], np.cumsum(self.highs - self.lows + 1)))

    def __len__(self) -> int:
        return int(self.offsets[-1])


@dataclass(frozen=True, slots=True)
class Region:
    """A corridor whose node (0, 0) stands before zh unit ``zh`` and en unit ``en`` of the pair."""

    corridor: Corridor
    zh: int = 0
    en: int = 0


def full(n: int, m: int) -> Corridor:
    """The whole lattice."""
    return Corridor(np.zeros(n + 1, dtype=np.int64), np.full(n + 1, m, dtype=np.int64))


def along(points: Ints, n: int, m: int) -> Corridor:
    """The boxes between neighbouring ``points`` (k, 2), which rise in both columns, with some space around them."""
    corners = np.concatenate(([[0, 0]], points, [[n, m]]))
    lows, highs = np.full(n + 1, m), np.zeros(n + 1, dtype=np.int64)
    for (i, j), (p, q) in pairwise(corners):
        rows = np.arange(max(i - PADDING, 0), min(p + PADDING, n) + 1)
        left, right = np.full(len(rows), j - PADDING), np.full(len(rows), q + PADDING)
        if (p - i) * (q - j) > LARGEST_BOX:
            middle = np.interp(rows, (i, p), (j, q)).astype(np.int64)
            steep = BAND + (q - j) // max(p - i, 1)  # the whole of a row's share, however flat the box
            left, right = np.maximum(left, middle - steep), np.minimum(right, middle + steep)
        lows[rows] = np.minimum(lows[rows], left)
        highs[rows] = np.maximum(highs[rows], right)
    lows, highs = np.clip(lows, 0, m), np.clip(highs, 0, m)
    lows = np.minimum.accumulate(lows[::-1])[::-1]
    return Corridor(lows, np.maximum.accumulate(highs))


def chain(points: Ints) -> Ints:
    """The longest run of points (rows i, j, one a row) that rises in both: patience sorting (Fredman 1975)."""
    tails: list[int] = []
    tops: list[int] = []
    before = np.full(len(points), -1)
    for k, column in enumerate(points[:, 1].tolist()):
        at = bisect_left(tails, column)
        if at == len(tails):
            tails.append(column)
            tops.append(k)
        else:
            tails[at], tops[at] = column, k
        before[k] = tops[at - 1] if at else -1
    found: list[int] = []
    k = tops[-1] if tops else -1
    while k >= 0:
        found.append(k)
        k = int(before[k])
    return points[found[::-1]]
