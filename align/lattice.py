"""The lattice of all alignments of two streams: the best one, and the probability of every bead in it.

A semi-Markov conditional random field (Sarawagi & Cohen 2004): an alignment's log weight is the sum of its beads'
and its lone units' weights and of the moves between them; probabilities come from the sum over all alignments.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from tempfile import mkdtemp
from types import ModuleType

import numpy as np
import numpy.typing as npt

from align.corridor import Corridor

Array = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Weights:
    """Log weights of everything an alignment is made of, for n zh and m en units.

    ``beads`` (nodes, shapes): of a bead that starts at a node of the corridor. ``zh_alone`` (n,) and ``en_alone``
    (m,): of a unit without partner. ``moves`` (3, 3): of one state (link, zh alone, en alone) after another.
    ``shapes`` (shapes, 2) in units.
    """

    beads: Floats
    zh_alone: Array
    en_alone: Array
    moves: Array
    shapes: Ints
    corridor: Corridor


@dataclass(frozen=True, slots=True)
class Path:
    """Rows (i, j, a, b) in order: a zh units from i against b en units from j; one of a and b is 0 in a gap."""

    steps: Ints

    def __len__(self) -> int:
        return len(self.steps)


@dataclass(frozen=True, slots=True)
class Marginals:
    """Probabilities under all alignments: of each bead (same shape as ``Weights.beads``) and of each unit being alone.

    ``log_weight`` is the log of the total weight of all alignments; ``moves`` (3, 3) the expected count of each move.
    """

    beads: Floats
    zh_alone: Array
    en_alone: Array
    moves: Array
    log_weight: float

    @property
    def share_alone(self) -> float:
        """The expected share of units without partner, both sides together."""
        return float(self.zh_alone.sum() + self.en_alone.sum()) / (len(self.zh_alone) + len(self.en_alone))


@cache
def _kernels() -> ModuleType:
    """The compiled loops, kept on disk between runs; where no folder takes them, compiled for this process alone."""
    try:
        from align import lattice_kernels
    except RuntimeError:  # numba's "no locator available"
        import numba

        numba.config.CACHE_DIR = mkdtemp(prefix="duizhao-")
        from align import lattice_kernels
    return lattice_kernels


def best_path(weights: Weights) -> Path:
    """The alignment of the highest weight."""
    kernels, given = _kernels(), _given(weights)
    reached, ready = kernels.forward(*given, True)
    return Path(kernels.trace(*given, reached, ready)[::-1])


def marginals(weights: Weights) -> Marginals:
    """Forward–backward over the corridor."""
    kernels, given = _kernels(), _given(weights)
    reached, ready = kernels.forward(*given, False)
    ahead = kernels.backward(*given)
    beads, zh_alone, en_alone, moves = kernels.expect(*given, reached, ready, ahead)
    return Marginals(beads, zh_alone, en_alone, moves, float(ahead[0, 0]))


def _given(w: Weights) -> tuple[Floats, Array, Array, Array, Ints, Ints, Ints, Ints]:
    c = w.corridor
    return w.beads, w.zh_alone, w.en_alone, w.moves, w.shapes, c.lows, c.highs, c.offsets
