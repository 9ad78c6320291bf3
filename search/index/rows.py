"""Vectors in a file: half precision, a checksum each, read a few at a time or all at once."""

from __future__ import annotations

import mmap
import os
import weakref
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors
from search.errors import DamagedIndexError
from search.index.contract import Ids

Rows = npt.NDArray[np.int64]
Number = TypeVar("Number", np.int64, np.uint32)
_CHECKSUM = 4  # bytes
_HALF = np.dtype("<f2")
BLOCK = 20_000  # rows read at a time: 40 MB as float32 of 512 dimensions
ONE_BY_ONE = 2_000  # rows up to which each is read by itself


@dataclass(frozen=True)
class VectorFile:
    """The vectors (n, d) of one language in a segment, and whose they are; ``STEM.rows`` and two files beside it."""

    stem: Path
    ids: Ids
    checksums: npt.NDArray[np.uint32]
    dimensions: int

    @classmethod
    def open(cls, stem: Path, dimensions: int) -> VectorFile:
        """Open by memory map; raises DamagedIndexError where the files are not there or do not fit together."""
        ids, checksums = load(_beside(stem, ".ids"), np.int64), load(_beside(stem, ".sums"), np.uint32)
        try:
            size = _beside(stem, ".rows").stat().st_size
        except OSError as error:
            raise DamagedIndexError(f"the vectors {stem} cannot be read ({error}).") from error
        if len(ids) != len(checksums) or size != len(ids) * dimensions * _HALF.itemsize:
            raise DamagedIndexError(f"the vectors {stem} are not whole.")
        return cls(stem, ids, checksums, dimensions)

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def _descriptor(self) -> int:
        """The open file, for as long as this is there."""
        found = os.open(_beside(self.stem, ".rows"), os.O_RDONLY | getattr(os, "O_BINARY", 0))
        weakref.finalize(self, os.close, found)
        return found

    @cached_property
    def _mapped(self) -> npt.NDArray[np.float16]:
        shape = (len(self), self.dimensions)
        if not len(self):  # an empty file cannot be mapped
            return np.zeros(shape, dtype=np.float16)
        found = np.memmap(_beside(self.stem, ".rows"), _HALF, "r", shape=shape)
        if hasattr(mmap, "MADV_RANDOM"):  # not where the system is Windows
            found._mmap.madvise(mmap.MADV_RANDOM)  # type: ignore[attr-defined]  # few rows here and there
        return found

    @cached_property
    def _order(self) -> Rows | None:
        """How to sort the ids; None where they are sorted."""
        return None if np.all(self.ids[1:] > self.ids[:-1]) else np.argsort(self.ids, kind="stable")

    def rows_of(self, ids: Ids) -> Rows:
        """The rows of those of these ids that are here."""
        if not len(self):
            return np.zeros(0, dtype=np.int64)
        place = np.minimum(np.searchsorted(self.ids, ids, sorter=self._order), len(self) - 1)
        rows = place if self._order is None else self._order[place]
        return np.asarray(rows[self.ids[rows] == ids], dtype=np.int64)

    def take(self, rows: Rows) -> Vectors:
        """Some vectors (k, d); raises DamagedIndexError where one is not as it was written."""
        found = self._few(rows) if len(rows) <= ONE_BY_ONE and hasattr(os, "pread") else self._mapped[rows]
        self._check(found, rows)
        return found.astype(np.float32)

    def _few(self, rows: Rows) -> npt.NDArray[np.float16]:
        """Without the map, of which Linux puts megabytes into the process for a row: slow at first, and looks large."""
        width = self.dimensions * _HALF.itemsize
        content = b"".join([os.pread(self._descriptor, width, row * width) for row in rows.tolist()])
        if len(content) != len(rows) * width:
            raise DamagedIndexError(f"the vectors {self.stem} have become shorter.")
        return np.frombuffer(content, _HALF).reshape(len(rows), self.dimensions)

    def block(self, start: int, end: int) -> npt.NDArray[np.float16]:
        """The vectors from row ``start`` up to ``end``, as stored; raises DamagedIndexError."""
        end = max(start, min(end, len(self)))
        shape = (end - start, self.dimensions)
        offset = start * self.dimensions * _HALF.itemsize
        found = np.fromfile(_beside(self.stem, ".rows"), _HALF, shape[0] * shape[1], offset=offset)
        if found.size != shape[0] * shape[1]:
            raise DamagedIndexError(f"the vectors {self.stem} have become shorter.")
        self._check(found.reshape(shape), np.arange(start, end))
        return found.reshape(shape)

    def _check(self, found: npt.NDArray[np.float16], rows: Rows) -> None:
        sums = np.fromiter(map(zlib.crc32, found), dtype=np.uint32, count=len(found))
        if not np.array_equal(sums, self.checksums[rows]):
            raise DamagedIndexError(f"the vectors {self.stem} have changed since they were written.")


class VectorWriter:
    """Writes a VectorFile piece by piece."""

    def __init__(self, stem: Path, dimensions: int) -> None:
        self._stem = stem
        self._dimensions = dimensions
        self._file = _beside(stem, ".rows").open("wb")
        self._ids: list[Ids] = []
        self._checksums: list[npt.NDArray[np.uint32]] = []

    def add(self, ids: Ids, vectors: npt.NDArray[np.floating]) -> None:
        """Add vectors (n, d); zero ones are left out."""
        rows = np.ascontiguousarray(vectors, dtype=_HALF)
        kept = np.flatnonzero(rows.any(axis=1))
        rows = rows[kept]
        self._file.write(rows.tobytes())
        self._ids.append(np.asarray(ids, dtype=np.int64)[kept])
        self._checksums.append(np.fromiter(map(zlib.crc32, rows), dtype=np.uint32, count=len(rows)))

    def close(self) -> VectorFile:
        """Bring all of it to the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        save(_beside(self._stem, ".ids"), np.concatenate([np.zeros(0, dtype=np.int64), *self._ids]))
        save(_beside(self._stem, ".sums"), np.concatenate([np.zeros(0, dtype=np.uint32), *self._checksums]))
        return VectorFile.open(self._stem, self._dimensions)

    def drop(self) -> None:
        """Let go of the file."""
        self._file.close()


def save(file: Path, array: npt.NDArray[np.int64] | npt.NDArray[np.uint32]) -> None:
    """Write an array (n,) with its checksum, and see that it has reached the disk."""
    content = array.astype(array.dtype.newbyteorder("<")).tobytes()
    with file.open("wb") as opened:
        opened.write(content + zlib.crc32(content).to_bytes(_CHECKSUM, "little"))
        opened.flush()
        os.fsync(opened.fileno())


def load(file: Path, kind: type[Number]) -> npt.NDArray[Number]:
    """Read an array (n,) that was written so; raises DamagedIndexError."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise DamagedIndexError(f"{file} cannot be read ({error.strerror}).") from error
    body, checksum = content[:-_CHECKSUM], content[-_CHECKSUM:]
    if zlib.crc32(body).to_bytes(_CHECKSUM, "little") != checksum or len(body) % np.dtype(kind).itemsize:
        raise DamagedIndexError(f"{file} has changed since it was written.")
    return np.frombuffer(body, dtype=np.dtype(kind).newbyteorder("<")).astype(kind)


def _beside(stem: Path, ending: str) -> Path:
    return stem.with_name(stem.name + ending)
