"""The index in a folder beside the database, with FAISS: segments that never change, and a manifest that names them.

An update writes new segments and then replaces the manifest, so that whoever searches meanwhile, and whoever comes
after the program was killed, finds the former index whole. Small segments are joined as they become many (O'Neil et
al. 1996, "The log-structured merge-tree"): what is written takes in all that are at most twice as large.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import count as counting
from pathlib import Path

import numpy as np

from align.document import Language
from models.encoder import Vectors
from search.errors import DamagedIndexError, VectorIndexError
from search.index.contract import NOBODY, Batch, Covered, Ids, Neighbours
from search.index.manifest import NAME, Manifest, read_manifest, write_manifest
from search.index.part import DECIMALS, FLAT_UP_TO
from search.index.rows import save
from search.index.segment import Segment, SegmentEntry, SegmentWriter

PATIENCE = 600.0  # seconds that one who updates waits for another
_AS_LARGE = 2
_MOSTLY_GONE = 0.2  # share of a segment from which on it is written anew
_RETRIES = 5
_OURS = re.compile(r"\d{6,}(?:\.part|\.dead)?")


@dataclass(frozen=True)
class _Opened:
    """The segments of one manifest; ``stamp`` tells whether the file has been replaced since."""

    manifest: Manifest
    segments: tuple[Segment, ...]
    stamp: tuple[int, int, int]


@dataclass
class FaissIndex:
    """A ``VectorIndex`` in a folder, which is made by the first update.

    ``flat_up_to``: vectors of a segment and language that are compared one by one.
    """

    folder: Path
    flat_up_to: int = FLAT_UP_TO
    _opened: _Opened | None = field(default=None, repr=False)

    @property
    def place(self) -> str:
        """The folder."""
        return str(self.folder)

    def covered(self) -> Covered | None:
        """What it was made from; None where there is none, or it is damaged and must be made anew."""
        try:
            opened = self._fresh()
        except DamagedIndexError:
            return None
        return opened.manifest.covered if opened else None

    def ids(self) -> Ids:
        """The ids of all pairs that it holds, ascending."""
        opened = self._fresh()
        return _joined([segment.alive for segment in opened.segments] if opened else [])

    def search(self, queries: Vectors, language: Language, count: int, only: Ids | None = None) -> Neighbours:
        """The ``count`` pairs whose text in ``language`` is nearest to each query (q, d), by cosine."""
        opened = self._fresh()
        ids = np.full((len(queries), count), NOBODY, dtype=np.int64)
        similarities = np.zeros((len(queries), count), dtype=np.float32)
        if opened is None or not len(queries) or not count:
            return Neighbours(ids, similarities)
        if queries.shape[1] != opened.manifest.covered.dimensions:
            raise VectorIndexError(
                f"the query has {queries.shape[1]} dimensions, and the index {self.place} "
                f"{opened.manifest.covered.dimensions}; search with the model that it was made with."
            )
        found = [segment.search(queries, language, count, only) for segment in opened.segments]
        for row in range(len(queries)):
            some = np.concatenate([np.zeros(0, dtype=np.int64), *(each[row][0] for each in found)])
            near = np.concatenate([np.zeros(0, dtype=np.float32), *(each[row][1] for each in found)])
            best = np.lexsort((some, -np.round(near, DECIMALS)))[:count]
            ids[row, : len(best)], similarities[row, : len(best)] = some[best], near[best]
        return Neighbours(ids, similarities)

    def update(self, covered: Covered, removed: Ids, added: Iterable[Batch]) -> None:
        """Take pairs out and put pairs in, all of it or nothing; see ``VectorIndex.update``."""
        try:
            with self._alone():
                self._update(covered, removed, added)
        except OSError as error:
            raise self._unwritable(error) from error

    def clear(self) -> None:
        """Drop all of it."""
        try:
            with self._alone():
                (self.folder / NAME).unlink(missing_ok=True)
                self._sweep()
        except OSError as error:
            raise self._unwritable(error) from error

    def close(self) -> None:
        """Let go of the files."""
        self._opened = None

    def _unwritable(self, error: OSError) -> VectorIndexError:
        return VectorIndexError(
            f"the vectors of the corpus cannot be written to {self.folder} ({error.strerror or error}); "
            "make room, or set DUIZHAO_VECTORS to another folder."
        )

    def _update(self, covered: Covered, removed: Ids, added: Iterable[Batch]) -> None:
        former = self._base(covered)
        segments = former.segments if former else ()
        numbers = counting(max(former.manifest.following if former else 1, _unused(self.folder)))
        writer = SegmentWriter(self.folder, _name(numbers), covered.dimensions)
        try:
            for batch in added:
                writer.add(batch)
            gone = np.union1d(removed, writer.ids())
            joined = _to_join(segments, gone, len(writer.ids()))
            for segment in joined:
                writer.add_segment(segment, without=gone)
            kept = [segment for segment in segments if not any(segment is each for each in joined)]
            entries = [self._bury(segment, gone, numbers) for segment in kept]
            if len(writer.ids()):
                entries.append(writer.finish(self.flat_up_to))
        finally:
            writer.drop()
        write_manifest(self.folder, Manifest(covered, tuple(entries), next(numbers)))
        self._sweep()

    def _base(self, covered: Covered) -> _Opened | None:
        """What there is, if it can be built upon."""
        try:
            opened = self._fresh()
        except DamagedIndexError:
            return None
        if opened is None or replace(opened.manifest.covered, state=covered.state) != covered:
            return None
        return opened

    def _bury(self, segment: Segment, gone: Ids, numbers: Iterator[int]) -> SegmentEntry:
        """The segment without the ids that are gone."""
        dead = np.union1d(segment.dead, np.intersect1d(segment.ids, gone, assume_unique=True))
        if len(dead) == len(segment.dead):
            return segment.entry
        name = f"{_name(numbers)}.dead"
        save(self.folder / name, dead)
        return replace(segment.entry, dead=name)

    def _fresh(self) -> _Opened | None:
        """The index as it is now; None where there is none. Raises DamagedIndexError."""
        for attempt in range(_RETRIES):
            stamp = _stamp(self.folder / NAME)
            if self._opened is not None and self._opened.stamp == stamp:
                return self._opened
            try:
                manifest = read_manifest(self.folder)
                if manifest is None:
                    return None
                segments = tuple(self._segment(entry, manifest.covered) for entry in manifest.segments)
                self._opened = _Opened(manifest, segments, stamp)
                return self._opened
            except DamagedIndexError:
                # Another process may have replaced the manifest meanwhile, and removed what the former one named.
                if attempt == _RETRIES - 1 or _stamp(self.folder / NAME) == stamp:
                    raise
        return None

    def _segment(self, entry: SegmentEntry, covered: Covered) -> Segment:
        """An open segment: the one of before where it is the same, since opening a large one takes a while."""
        if self._opened is not None and replace(self._opened.manifest.covered, state=covered.state) == covered:
            for segment in self._opened.segments:
                if segment.entry == entry and segment.is_still_in(self.folder):
                    return segment
        return Segment.open(self.folder, entry, covered.dimensions)

    def _sweep(self) -> None:
        """Remove what no longer belongs to the index; what cannot be removed now is removed the next time."""
        manifest = read_manifest(self.folder)
        files = manifest.files if manifest else set()
        for path in self.folder.iterdir():
            if _OURS.fullmatch(path.name) and path.name not in files:
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One at a time updates."""
        from filelock import FileLock, Timeout

        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / "lock", timeout=PATIENCE):
                yield
        except Timeout as error:
            raise VectorIndexError(f"another duizhao is still writing to {self.folder}; try again later.") from error


def _to_join(segments: Sequence[Segment], gone: Ids, size: int) -> list[Segment]:
    """The segments that are written anew together with what is added: small ones, and those with much that is gone."""
    joined: list[Segment] = []
    for segment in sorted(segments, key=lambda each: len(each.alive)):
        dying = len(segment.ids) - len(np.setdiff1d(segment.alive, gone, assume_unique=True))
        if len(segment.alive) <= _AS_LARGE * size or dying > _MOSTLY_GONE * len(segment.ids):
            joined.append(segment)
            size += len(segment.alive)
    return joined


def _stamp(file: Path) -> tuple[int, int, int]:
    """What changes when the file is replaced."""
    try:
        found = file.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_ino, found.st_mtime_ns, found.st_size)


def _unused(folder: Path) -> int:
    """A number that nothing in the folder bears, no remains of a damaged index or of an update that was killed."""
    return 1 + max(
        (int(path.name.partition(".")[0]) for path in folder.iterdir() if _OURS.fullmatch(path.name)), default=0
    )


def _name(numbers: Iterator[int]) -> str:
    return f"{next(numbers):06d}"


def _joined(ids: Sequence[Ids]) -> Ids:
    return np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *ids]))
