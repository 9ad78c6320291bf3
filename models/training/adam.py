"""Adam that moves only the rows that a batch has touched, a third of all."""

from __future__ import annotations

import numba
import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

_MOMENTUM, _SPREAD, _SMALLEST = 0.9, 0.999, 1e-8  # β₁, β₂ and ε of Kingma & Ba (2015)


class LazyAdam:
    """Adam over ``table`` (n, d), in place; rows that are not given keep their place and their moments."""

    def __init__(self, table: Tensor) -> None:
        self.table = table
        self._mean, self._square = torch.zeros_like(table), torch.zeros_like(table)
        self._steps = 0

    def step(self, rows: Tensor, gradient: Tensor, rate: float) -> None:
        """Move ``table[rows]``, each row once, against ``gradient`` (rows, d)."""
        self._steps += 1
        size = rate * (1 - _SPREAD**self._steps) ** 0.5 / (1 - _MOMENTUM**self._steps)
        if self.table.device.type == "cpu":  # one pass over memory instead of ten
            arrays = (one.numpy() for one in (self.table, self._mean, self._square, rows, gradient))
            _move(*arrays, np.float32(size))
            return
        mean = self._mean[rows].mul_(_MOMENTUM).add_(gradient, alpha=1 - _MOMENTUM)
        square = self._square[rows].mul_(_SPREAD).addcmul_(gradient, gradient, value=1 - _SPREAD)
        self._mean[rows], self._square[rows] = mean, square
        self.table[rows] = self.table[rows].addcdiv_(mean, square.sqrt_().add_(_SMALLEST), value=-size)

    def forget_untouched(self) -> None:
        """Zero the rows that no batch had: they still hold the noise that they began with."""
        self.table[self._square.sum(1) == 0] = 0


_KEPT, _NEW = np.float32(_MOMENTUM), np.float32(1 - _MOMENTUM)
_KEPT_SQUARE, _NEW_SQUARE = np.float32(_SPREAD), np.float32(1 - _SPREAD)
_EPSILON = np.float32(_SMALLEST)


@numba.njit(parallel=True, fastmath=True)  # type: ignore[untyped-decorator]
def _move(
    table: npt.NDArray[np.float32],
    mean: npt.NDArray[np.float32],
    square: npt.NDArray[np.float32],
    rows: npt.NDArray[np.int64],
    gradient: npt.NDArray[np.float32],
    size: np.float32,
) -> None:
    for k in numba.prange(len(rows)):
        row = rows[k]
        for d in range(table.shape[1]):
            slope = gradient[k, d]
            mean[row, d] = mean[row, d] * _KEPT + slope * _NEW
            square[row, d] = square[row, d] * _KEPT_SQUARE + slope * slope * _NEW_SQUARE
            table[row, d] -= size * mean[row, d] / (np.sqrt(square[row, d]) + _EPSILON)
