"""From evidence to log weights: a linear score with learned weights."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log
from pathlib import Path

import numpy as np
import numpy.typing as npt

from align.corridor import Corridor, Region
from align.evidence import ALONE_FEATURES, FEATURES, SHAPES, Evidence
from align.lattice import Weights
from align.side import Floats

LEARNED = Path(__file__).parent / "learned_weights.json"
# (from, to) of the moves with a weight of their own; link to link is the reference, en alone to zh alone never occurs.
MOVES = ((0, 1), (0, 2), (1, 1), (1, 2), (2, 2), (1, 0), (2, 0))
_GAPS = ALONE_FEATURES.index("gaps")
_USUAL_GAPS = 0.08  # share of units without partner
_MOST_GAPS = 0.25
_USUAL_UNITS = 20  # units that the usual share counts for
_BLOCK_NODES = 20_000
NOT_THERE = -1e9  # the weight of a bead that reaches over the end

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scorer:
    """Learned weights: of a bead's features, of a lone unit's features, of the moves."""

    bead: Array
    alone: Array
    moves: Array
    name: str = ""

    def weigh(self, evidence: Evidence, region: Region) -> Weights:
        """The log weights of the lattice over a region, block by block."""
        corridor = region.corridor
        beads = np.empty((len(corridor), len(SHAPES)), dtype=np.float32)
        for nodes, features in blocks(evidence, region):
            beads[nodes] = features @ self.bead.astype(np.float32)
        beads[~fitting(corridor)] = NOT_THERE
        zh, en = evidence.alone
        n, m = len(corridor.lows) - 1, int(corridor.highs[-1])
        return Weights(
            beads=beads,
            zh_alone=zh[region.zh : region.zh + n] @ self.alone,
            en_alone=en[region.en : region.en + m] @ self.alone,
            moves=move_table(self.moves),
            shapes=np.array(SHAPES, dtype=np.int64),
            corridor=corridor,
        )

    def adapt(self, weights: Weights, share_alone: float) -> Weights:
        """The same weights once a first pass has told how large a share of the units is alone in this pair."""
        shift = gap_odds(share_alone, len(weights.zh_alone) + len(weights.en_alone)) * self.alone[_GAPS]
        return replace(weights, zh_alone=weights.zh_alone + shift, en_alone=weights.en_alone + shift)


def gap_odds(share_alone: float, units: int) -> float:
    """Log-odds of a unit being alone against the usual ones, drawn to the usual where there are few units.

    From a quarter on more gaps say that one text is a part of the other, and nothing against what it does contain.
    """
    share = (share_alone * units + _USUAL_GAPS * _USUAL_UNITS) / (units + _USUAL_UNITS)
    share = min(share, _MOST_GAPS)
    return log(share / (1 - share)) - log(_USUAL_GAPS / (1 - _USUAL_GAPS))


def move_table(moves: Array) -> Array:
    """The (3, 3) table of move weights from the learned ones in the order of ``MOVES``."""
    table = np.zeros((3, 3))
    for (before, after), weight in zip(MOVES, moves, strict=True):
        table[before, after] = weight
    return table


def blocks(evidence: Evidence, region: Region) -> Iterator[tuple[slice, Floats]]:
    """Features (nodes, shapes, features) of the region's nodes, some rows at a time."""
    corridor = region.corridor
    i = 0
    while i < len(corridor.lows):
        rows = 1
        while i + rows < len(corridor.lows) and (rows + 1) * _columns(corridor, i, rows + 1) <= _BLOCK_NODES:
            rows += 1
        first, columns = int(corridor.lows[i]), _columns(corridor, i, rows)
        block = evidence.block(region.zh + i, rows, region.en + first, columns)
        inside = np.arange(first, first + columns)
        held = (inside >= corridor.lows[i : i + rows, None]) & (inside <= corridor.highs[i : i + rows, None])
        yield slice(int(corridor.offsets[i]), int(corridor.offsets[i + rows])), block[held]
        i += rows


def fitting(corridor: Corridor) -> npt.NDArray[np.bool_]:
    """Whether a bead of each shape that starts at each node stays within the texts, (nodes, shapes)."""
    widths = corridor.highs - corridor.lows + 1
    i = np.repeat(np.arange(len(widths)), widths)
    j = np.arange(len(corridor)) - np.repeat(corridor.offsets[:-1] - corridor.lows, widths)
    shapes = np.array(SHAPES)
    below = i[:, None] + shapes[:, 0] < len(widths)
    return np.asarray(below & (j[:, None] + shapes[:, 1] <= corridor.highs[-1]))


@lru_cache(maxsize=1)
def learned() -> Scorer:
    """The scorer that comes with duizhao; ``python -m align.fitting`` makes it."""
    stored = json.loads(LEARNED.read_text(encoding="utf8"))
    return Scorer(
        bead=np.array([stored["bead"][name] for name in FEATURES]),
        alone=np.array([stored["alone"][name] for name in ALONE_FEATURES]),
        moves=np.array([stored["moves"][f"{before}>{after}"] for before, after in MOVES]),
        name=stored["name"],
    )


def _columns(corridor: Corridor, i: int, rows: int) -> int:
    return int(corridor.highs[i + rows - 1] - corridor.lows[i] + 1)
