"""The objective: symmetric InfoNCE over batches in which neighbouring paragraphs are each other's negatives."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
from torch import Tensor

Rows = npt.NDArray[np.int64]

_SMALLEST_NORM = 1e-6


def contrast(left: Tensor, right: Tensor, same: tuple[Tensor, Tensor], scale: float) -> tuple[float, Tensor, Tensor]:
    """Symmetric InfoNCE (van den Oord et al. 2018) of two (n, d) batches whose rows belong together, and its gradients.

    ``same`` are the rows and columns of pairs off the diagonal that share a text, which are no negatives. Worked out
    by hand: cosines are bounded, so one exponential in place serves both directions, and products in bfloat16 take a
    third of the time. The gradients are float32, (n, d) each.
    """
    n = len(left)
    left_norms, right_norms = _norms(left), _norms(right)
    left_units, right_units = left / left_norms, right / right_norms
    left_half, right_half = left_units.bfloat16(), right_units.bfloat16()
    odds = (left_half @ right_half.T).float().sub_(1).mul_(scale)
    own = odds.diagonal().clone()
    odds.exp_()
    odds[same] = 0
    by_row, by_column = odds.sum(1), odds.sum(0)
    loss = float(((by_row.log() - own).mean() + (by_column.log() - own).mean()) / 2)
    slope = odds.mul_((1 / by_row)[:, None] + (1 / by_column)[None, :])
    slope.diagonal().sub_(2)
    slope_half = slope.mul_(scale / (2 * n)).bfloat16()
    return (
        loss,
        _through_norm((slope_half @ right_half).float(), left_units, left_norms),
        _through_norm((slope_half.T @ left_half).float(), right_units, right_norms),
    )


def same_texts(groups: npt.NDArray[np.int64]) -> tuple[Rows, Rows]:
    """Rows and columns of all pairs of different rows of ``groups`` (n, k) that agree in one of their k numbers."""
    rows, columns = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for numbers in groups.T:
        order = np.argsort(numbers, kind="stable")
        bounds = np.flatnonzero(np.diff(numbers[order], prepend=-1, append=-1))
        for first, last in pairwise(bounds):
            if last - first > 1:
                row, column = (grid.ravel() for grid in np.meshgrid(order[first:last], order[first:last]))
                rows.append(row[row != column])
                columns.append(column[row != column])
    return np.concatenate(rows), np.concatenate(columns)


def _norms(vectors: Tensor) -> Tensor:
    norms: Tensor = vectors.norm(dim=1, keepdim=True).clamp_min(_SMALLEST_NORM)
    return norms


def _through_norm(gradient: Tensor, units: Tensor, norms: Tensor) -> Tensor:
    """The gradient of vectors from that of their directions: what points along a vector changes nothing."""
    through: Tensor = (gradient - units * (units * gradient).sum(1, keepdim=True)) / norms
    return through
