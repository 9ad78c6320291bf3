"""One language of a segment: its vectors, compared one by one where they are few, and by cells where they are many."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from models.encoder import Vectors
from search.index.coarse import Coarse, Made, candidates, exact, threads_for
from search.index.contract import Ids
from search.index.rows import Rows, VectorFile

FLAT_UP_TO = 50_000  # vectors that are all compared, in two or three milliseconds
READ_UP_TO = 20_000  # chosen vectors that are read and compared rather than looked for in the cells
SPARE = 6  # more than is asked for, to see whether the last one has equals
MOST_TIES = 4096  # of the same line, in a large corpus, that are put in order by their ids
DECIMALS = 6  # of cosines that are told apart: sums of the same numbers differ by less


@dataclass(frozen=True)
class Part:
    """The vectors (n, d) of one language; ``made`` where there is a compressed index of them in ``file``."""

    vectors: VectorFile
    made: Made | None
    file: Path

    def search(self, queries: Vectors, count: int, only: Ids | None = None) -> list[tuple[Ids, Vectors]]:
        """For each query (q, d) the nearest pairs and their cosines, at least ``count`` where there are so many.

        Where there may be more with the same cosine as the last one these are found too, up to ``MOST_TIES``.
        """
        rows = None if only is None else np.sort(self.vectors.rows_of(only))
        available = len(self.vectors) if rows is None else len(rows)
        if not min(count, available):
            return [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)) for _ in queries]
        fetched = count + SPARE
        while True:
            found = self._nearest(queries, min(fetched, available), rows)
            if fetched >= min(available, MOST_TIES) or not any(_tied(near, count) for _, near in found):
                return found
            fetched *= 4

    def _nearest(self, queries: Vectors, count: int, rows: Rows | None) -> list[tuple[Ids, Vectors]]:
        available = len(self.vectors) if rows is None else len(rows)
        if self.made is None or (rows is not None and available <= READ_UP_TO):
            found, similarities = self._compare_all(queries, count, rows)
            return [(self.vectors.ids[row], near) for row, near in zip(found, similarities, strict=True)]
        near = self._cells.nearest(queries, min(candidates(count), available), rows)
        if (np.count_nonzero(near >= 0, axis=1) < count).any():  # the chosen ones lie in other cells
            return Part(self.vectors, None, self.file)._nearest(queries, count, rows)
        return [self._compare(row[row >= 0], query) for row, query in zip(near, queries, strict=True)]

    def _compare(self, rows: Rows, query: Vectors) -> tuple[Ids, Vectors]:
        return self.vectors.ids[rows], self.vectors.take(rows) @ query

    def _compare_all(self, queries: Vectors, count: int, rows: Rows | None) -> tuple[Rows, Vectors]:
        if rows is not None or len(self.vectors) > FLAT_UP_TO:
            return exact(self.vectors, queries, count, rows)
        with threads_for(queries):
            similarities, found = self._flat.search(np.ascontiguousarray(queries, dtype=np.float32), count)
        return np.asarray(found, dtype=np.int64), np.asarray(similarities, dtype=np.float32)

    @cached_property
    def _cells(self) -> Coarse:
        assert self.made is not None
        return Coarse.read(self.file, self.made, len(self.vectors))

    @cached_property
    def _flat(self) -> Any:
        """All vectors in memory as they are stored; FAISS compares half-precision numbers without unpacking them."""
        import faiss

        index = faiss.IndexScalarQuantizer(
            self.vectors.dimensions, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
        )
        faiss.copy_array_to_vector(self.vectors.block(0, len(self.vectors)).view(np.uint8).reshape(-1), index.codes)
        index.ntotal, index.is_trained = len(self.vectors), True
        return index


def _tied(similarities: Vectors, count: int) -> bool:
    """Whether what was not fetched may have the same cosine as the last one that is asked for."""
    if len(similarities) <= count:
        return len(similarities) == count
    near = np.round(np.sort(similarities)[::-1], DECIMALS)
    return bool(near[count - 1] == near[-1])
