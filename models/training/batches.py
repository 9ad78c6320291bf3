"""Which pairs meet in a batch, and the batch as sparse matrices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token ids of many texts laid end to end; text k is ``ids[starts[k]:starts[k + 1]]``."""

    ids: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]

    def counts(self, rows: Rows, vocabulary: int) -> csr_array:
        """How often each token stands in these texts, (rows, vocabulary), float32."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        offsets = np.concatenate(([0], np.cumsum(lengths)))
        positions = np.arange(offsets[-1]) - np.repeat(offsets[:-1] - self.starts[rows], lengths)
        ones = np.ones(len(positions), dtype=np.float32)
        matrix = csr_array((ones, self.ids[positions], offsets.astype(np.int32)), shape=(len(rows), vocabulary))
        matrix.sum_duplicates()
        return matrix


def batches(
    weights: npt.NDArray[np.int64], size: int, neighbours: int, rng: np.random.Generator
) -> Iterator[npt.NDArray[np.int64]]:
    """Row numbers of one epoch, ``size`` at a time; what does not fill a batch is left to another epoch.

    Runs of ``neighbours`` consecutive rows stay together in shuffled order; a row of weight w comes w times.
    """
    chunks: list[npt.NDArray[np.int64]] = []
    for times in range(1, int(weights.max()) + 1):
        rows = np.flatnonzero(weights >= times)
        first = int(rng.integers(neighbours))  # another phase each epoch, so that other rows become neighbours
        chunks.extend(np.split(rows, range(first, len(rows), neighbours)))
    shuffled = np.concatenate([chunks[k] for k in rng.permutation(len(chunks))])
    for start in range(0, len(shuffled) - size + 1, size):
        yield shuffled[start : start + size]


def used(matrix: csr_array) -> tuple[Rows, csr_array]:
    """The columns that have an entry, and the matrix with these columns only."""
    mentioned = np.zeros(matrix.shape[1], dtype=bool)
    mentioned[matrix.indices] = True
    columns = np.flatnonzero(mentioned)
    places = np.zeros(matrix.shape[1], dtype=np.int32)
    places[columns] = np.arange(len(columns))
    shape = (matrix.shape[0], len(columns))
    return columns, csr_array((matrix.data, places[matrix.indices], matrix.indptr.astype(np.int32)), shape=shape)
