"""A segment: vectors of some pairs that were written together and never change."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from align.document import Language
from models.encoder import Vectors
from search.errors import DamagedIndexError
from search.index.coarse import Made, make_coarse
from search.index.contract import LANGUAGES, Batch, Ids
from search.index.part import Part
from search.index.rows import BLOCK, VectorFile, VectorWriter, load, save

_NOT_THERE = (0, 0)


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """A segment as the manifest names it: its folder, how many ids, the compressed indexes of its languages.

    ``dead`` is the file of the ids that have gone since; "" where there are none.
    """

    name: str
    count: int
    cells: Mapping[Language, Made] = field(default_factory=dict)
    dead: str = ""


@dataclass(frozen=True, eq=False)
class Segment:
    """An open segment: all its ids, ascending, those that have gone since, and the vectors of both languages."""

    entry: SegmentEntry
    ids: Ids
    dead: Ids
    parts: Mapping[Language, Part]
    written: tuple[int, int]  # the file of its ids, by number and time: a folder's name may come again

    @classmethod
    def open(cls, folder: Path, entry: SegmentEntry, dimensions: int) -> Segment:
        """Open a segment of the index in ``folder``; raises DamagedIndexError."""
        own = folder / entry.name
        written = _written(own)
        ids = load(own / "all.ids", np.int64)
        dead = load(folder / entry.dead, np.int64) if entry.dead else np.zeros(0, dtype=np.int64)
        if len(ids) != entry.count:
            raise DamagedIndexError(f"the vectors in {own} are not whole.")
        parts = {
            language: Part(
                VectorFile.open(own / language, dimensions), entry.cells.get(language), _index(own, language)
            )
            for language in LANGUAGES
        }
        return cls(entry, ids, dead, parts, written)

    def is_still_in(self, folder: Path) -> bool:
        """Whether what is there now is what was opened."""
        return self.written == _written(folder / self.entry.name) != _NOT_THERE

    @property
    def alive(self) -> Ids:
        """The ids that are still in it, ascending."""
        return np.setdiff1d(self.ids, self.dead, assume_unique=True) if len(self.dead) else self.ids

    def search(
        self, queries: Vectors, language: Language, count: int, only: Ids | None = None
    ) -> list[tuple[Ids, Vectors]]:
        """For each query (q, d) the nearest pairs that are alive and their cosines, ``count`` or more if there are."""
        if only is not None and len(self.dead):
            only = np.setdiff1d(only, self.dead, assume_unique=True)
        found = self.parts[language].search(queries, count + (len(self.dead) if only is None else 0), only)
        return [self._alive(*each) for each in found] if len(self.dead) else found

    def _alive(self, ids: Ids, similarities: Vectors) -> tuple[Ids, Vectors]:
        kept = np.isin(ids, self.dead, invert=True)
        return ids[kept], similarities[kept]


class SegmentWriter:
    """Writes the segment ``name`` of the index in ``folder``, under another name until it is whole."""

    def __init__(self, folder: Path, name: str, dimensions: int) -> None:
        self._folder, self._name, self._dimensions = folder, name, dimensions
        self._own = folder / f"{name}.part"
        self._own.mkdir()
        self._ids: list[Ids] = []
        self._writers = {language: VectorWriter(self._own / language, dimensions) for language in LANGUAGES}

    def ids(self) -> Ids:
        """What was added so far, ascending."""
        return np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *self._ids]))

    def add(self, batch: Batch) -> None:
        """Add the vectors of some pairs."""
        self._ids.append(np.asarray(batch.ids, dtype=np.int64))
        for language, writer in self._writers.items():
            writer.add(batch.ids, batch.of(language))

    def add_segment(self, segment: Segment, without: Ids) -> None:
        """Add all that is alive in another segment, but for some ids."""
        gone = np.union1d(segment.dead, without)
        self._ids.append(np.setdiff1d(segment.ids, gone, assume_unique=True))
        for language, writer in self._writers.items():
            vectors = segment.parts[language].vectors
            for start in range(0, len(vectors), BLOCK):
                ids = vectors.ids[start : start + BLOCK]
                kept = np.isin(ids, gone, invert=True)
                writer.add(ids[kept], vectors.block(start, start + BLOCK)[kept])

    def finish(self, flat_up_to: int) -> SegmentEntry:
        """Make compressed indexes of more than so many vectors, bring all to the disk, and give it its name."""
        ids = self.ids()
        if (ids[1:] == ids[:-1]).any():
            raise ValueError("the ids of what is added must be distinct.")
        save(self._own / "all.ids", ids)
        files = {language: writer.close() for language, writer in self._writers.items()}
        cells: dict[Language, Made] = {}
        for language in LANGUAGES:
            if len(files[language]) > flat_up_to:
                other = files["en" if language == "zh" else "zh"]
                cells[language] = make_coarse(files[language], other, _index(self._own, language))
        self._own.rename(self._folder / self._name)
        return SegmentEntry(self._name, len(ids), cells)

    def drop(self) -> None:
        """Close and remove what was written; after ``finish`` nothing is left to do."""
        for writer in self._writers.values():
            writer.drop()
        shutil.rmtree(self._own, ignore_errors=True)


def _written(own: Path) -> tuple[int, int]:
    try:
        found = (own / "all.ids").stat()
    except OSError:
        return _NOT_THERE
    return found.st_ino, found.st_mtime_ns


def _index(folder: Path, language: Language) -> Path:
    return folder / f"{language}.faiss"
