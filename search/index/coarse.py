"""The compressed index over a large file of vectors: cells around centres, and half a byte for four dimensions.

Jégou et al. 2011, "Product quantization for nearest neighbor search" (IVF), with four-bit codes that are compared in
registers (André et al. 2015; FAISS calls them "fast scan"). What it finds is compared anew with the stored vectors.
How many cells are looked into is measured on the vectors themselves when the index is made.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors
from search.errors import DamagedIndexError
from search.index.rows import BLOCK, Rows, VectorFile

WANTED_RECALL = 0.99  # of the ten nearest, when it is made; other questions than were measured find less
CANDIDATES = (5, 150)  # of the cells, compared anew with the stored vectors: for each that is wanted, and besides
CODES = 128  # half bytes for a vector; of more than 512 dimensions one for four of them
TRAINED_ON = 32  # vectors for each cell
_ROUNDS = 6  # of k-means
_CHUNK = 1 << 20  # bytes read at a time
_FIRST_PROBES, _MORE = 8, 1.4
_PROBED = 200  # vectors that the recall is measured with
_NEAREST = 10


@dataclass(frozen=True, slots=True)
class Made:
    """What was made: how many cells are looked into, what share of the ten nearest that finds, the file's checksum."""

    probes: int
    recall: float
    checksum: int


@dataclass(frozen=True)
class Coarse:
    """An index in memory."""

    index: Any  # faiss.IndexIVFPQFastScan; faiss has no type stubs
    probes: int

    @classmethod
    def read(cls, file: Path, made: Made, count: int) -> Coarse:
        """Read an index of ``count`` vectors; raises DamagedIndexError."""
        import faiss

        try:
            with file.open("rb") as opened:
                if _checksum(opened) != made.checksum:  # first of all: FAISS believes what it reads
                    raise DamagedIndexError(f"the index {file} has changed since it was written.")
                opened.seek(0)
                # By this reader, since FAISS opens no names but those of the system's own code page.
                index = faiss.read_index(faiss.PyCallbackIOReader(opened.read, _CHUNK))  # type: ignore[attr-defined]
        except (OSError, RuntimeError) as error:
            raise DamagedIndexError(f"the index {file} cannot be read ({error}).") from error
        if index.ntotal != count:
            raise DamagedIndexError(f"the index {file} has {index.ntotal} vectors, and should have {count}.")
        return cls(index, made.probes)

    def nearest(self, queries: Vectors, count: int, only: Rows | None = None) -> Rows:
        """Rows (q, count) that are probably the nearest, in no order that counts; -1 where there are no more."""
        import faiss

        selector = faiss.IDSelectorBatch(only) if only is not None else None
        how = faiss.SearchParametersIVF()
        how.nprobe, how.sel = self.probes, selector  # the selector lives as long as the search
        with threads_for(queries):
            _, rows = self.index.search(_padded(queries, self.index.d), count, params=how)
        return np.asarray(rows, dtype=np.int64)


def make_coarse(vectors: VectorFile, probes_with: VectorFile, file: Path) -> Made:
    """Make the index of a file of vectors and write it; the other language's vectors say how far one must look."""
    import faiss

    cells = 1 << max(4, round(np.log2(2 * len(vectors) ** 0.5)))
    codes = min(max(CODES, vectors.dimensions // 4), vectors.dimensions // 2)
    width = -(-vectors.dimensions // codes) * codes
    centres = faiss.IndexFlatIP(width)
    index = faiss.IndexIVFPQFastScan(centres, width, cells, codes, 4, faiss.METRIC_INNER_PRODUCT)
    index.cp.niter = _ROUNDS
    for settings in (index.cp, index.pq.cp):
        settings.min_points_per_centroid = 1  # fewer only give a warning, on standard error
    sample = np.linspace(0, len(vectors) - 1, min(len(vectors), cells * TRAINED_ON)).astype(np.int64)
    index.train(_padded(vectors.take(sample), width))
    for start in range(0, len(vectors), BLOCK):
        index.add(_padded(vectors.block(start, start + BLOCK).astype(np.float32), width))
    probes, recall = _enough(index, vectors, probes_with if len(probes_with) else vectors)
    content = faiss.serialize_index(index)
    content.tofile(file)
    return Made(probes, recall, zlib.crc32(content.data))


def candidates(count: int) -> int:
    """How many the cells must give, so that of those all but a hundredth of the ``count`` nearest are found."""
    return CANDIDATES[0] * count + CANDIDATES[1]


def _enough(index: Any, vectors: VectorFile, others: VectorFile) -> tuple[int, float]:
    """How many cells give the wanted recall for vectors of the other language, and the recall that they give."""
    chosen = np.linspace(0, len(others) - 1, min(len(others), _PROBED)).astype(np.int64)
    queries = others.take(chosen)
    truth = exact(vectors, queries, _NEAREST)[1][:, -1:]
    probes = min(_FIRST_PROBES, index.nlist)
    while True:
        found = Coarse(index, probes).nearest(queries, candidates(_NEAREST))
        recall = float(np.mean([_hits(vectors, *each) for each in zip(found, queries, truth, strict=True)]))
        if recall >= WANTED_RECALL or probes >= index.nlist:
            return probes, recall
        probes = min(round(_MORE * probes), index.nlist)


def _hits(vectors: VectorFile, rows: Rows, query: Vectors, least: Vectors) -> float:
    similarities = vectors.take(rows[rows >= 0]) @ query
    return min(float((similarities >= least - 1e-6).sum()) / _NEAREST, 1.0)


def exact(vectors: VectorFile, queries: Vectors, count: int, only: Rows | None = None) -> tuple[Rows, Vectors]:
    """The nearest rows by comparing all, or ``only`` some, block by block: rows and cosines (q, ≤ count)."""
    rows = np.zeros((len(queries), 0), dtype=np.int64)
    best = np.zeros((len(queries), 0), dtype=np.float32)
    total = len(vectors) if only is None else len(only)
    for start in range(0, total, BLOCK):
        end = min(start + BLOCK, total)
        if only is None:
            here, block = np.arange(start, end), vectors.block(start, end).astype(np.float32)
        else:
            here, block = only[start:end], vectors.take(only[start:end])
        rows = np.hstack([rows, np.broadcast_to(here, (len(queries), len(here)))])
        best = np.hstack([best, queries @ block.T])
        order = _best(best, count)
        rows, best = np.take_along_axis(rows, order, 1), np.take_along_axis(best, order, 1)
    return rows, best


def _best(similarities: Vectors, count: int) -> Rows:
    """The places of the ``count`` largest in each row (q, ≤ count), the largest first, of equal ones the first."""
    if similarities.shape[1] <= count:
        return np.argsort(-similarities, axis=1, kind="stable")
    least = np.partition(similarities, -count, axis=1)[:, -count]
    order = np.empty((len(similarities), count), dtype=np.int64)
    for row, own in enumerate(similarities):  # the few that are large enough: sorting all would take most of the time
        places = np.flatnonzero(own >= least[row])
        order[row] = places[np.argsort(-own[places], kind="stable")][:count]
    return order


def _checksum(opened: BinaryIO) -> int:
    found = 0
    while some := opened.read(_CHUNK):
        found = zlib.crc32(some, found)
    return found


@contextmanager
def threads_for(queries: Vectors) -> Iterator[None]:
    """FAISS with one thread where there is one query: it divides work by queries, and idle threads wait in a loop."""
    import faiss

    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1 if len(queries) == 1 else before)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(before)


def _padded(vectors: Vectors, width: int) -> npt.NDArray[np.float32]:
    missing = width - vectors.shape[1]
    return np.ascontiguousarray(np.pad(vectors, ((0, 0), (0, missing))) if missing else vectors, dtype=np.float32)
