"""Products of a few vectors with some thousand, on one processor.

BLAS divides a product of this size among all processors, and those that have nothing to do wait at full speed: ten
times the work and, where other programs run, ten times as long. A piece this small it does alone.
"""

from __future__ import annotations

import numpy as np

from models.encoder import Vectors

_ALONE = 262_144  # multiplications up to which OpenBLAS takes no second thread (interface/gemm.c)


def products(few: Vectors, many: Vectors) -> Vectors:
    """All products (n, m) of two sets of vectors (n, d) and (m, d), which may be empty."""
    if len(few) == 1:
        return np.asarray(np.einsum("jk,k->j", many, few[0])[None, :], dtype=np.float32)
    size = max(1, _ALONE // max(1, few.size))
    found = np.empty((len(few), len(many)), dtype=np.float32)
    for start in range(0, len(many), size):
        found[:, start : start + size] = few @ many[start : start + size].T
    return found
