"""Vectors on disk, shared by all commands and processes, so that a second run encodes nothing.

One SQLite file. A vector is found by its model (name, whole revision, precision, back end) and by a hash of prompt and
text; it carries a checksum, so that a damaged one is never taken for right. A rollback journal, not WAL, because home
folders may lie on a network.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import TypeVar

import numpy as np

from models.encoder import Vectors
from models.errors import ModelMismatchError, require_same_model

FILE = "vectors-1.sqlite"  # the number is that of the schema
_PATIENCE = 30.0  # seconds that one process waits for another's writing
_AT_ONCE = 500  # keys in a query; SQLite before 3.32 takes at most 999
_DAY = 86_400  # seconds; how exactly it is kept when a vector was last used
_KEPT = 0.9  # of the largest size, after the oldest have gone
_SCHEMA = """
CREATE TABLE IF NOT EXISTS models (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, dimensions INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS vectors (
  model INTEGER NOT NULL, text BLOB NOT NULL, vector BLOB NOT NULL, checksum INTEGER NOT NULL, used INTEGER NOT NULL,
  PRIMARY KEY (model, text)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_age ON vectors (used);
"""
_Result = TypeVar("_Result")


@dataclass
class VectorCache:
    """What is kept of one model in ``folder``. Never raises: what goes wrong is noted and the cache left out."""

    folder: Path
    model: str
    prompt: str
    dimensions: int
    megabytes: int  # 0 switches it off
    note: Callable[[str], None]
    _off: bool = field(default=False, repr=False)

    def get(self, texts: Iterable[str]) -> dict[str, Vectors]:
        """The vectors (d,) of those texts that are known."""
        keys = {self._key(text): text for text in texts}
        found = self._tried(lambda database: self._read(database, list(keys)))
        return {keys[key]: vector for key, vector in (found or {}).items()}

    def put(self, vectors: Mapping[str, Vectors]) -> None:
        """Keep the vectors of some texts, and let go of the oldest where the file grows too large."""
        self._tried(lambda database: self._write(database, vectors))

    def _tried(self, work: Callable[[sqlite3.Connection], _Result]) -> _Result | None:
        for _ in range(2):
            if self._off or not self.megabytes:
                break
            try:
                with closing(self._open()) as database, database:
                    return work(database)
            except (sqlite3.DatabaseError, OSError, OverflowError) as error:
                if _is_damage(error):
                    self._set_aside()
                else:
                    self._leave_out(str(error))
        return None

    def _open(self) -> sqlite3.Connection:
        self.folder.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(self.folder / FILE, timeout=_PATIENCE)
        try:
            database.executescript(_SCHEMA)
        except sqlite3.Error:
            database.close()
            raise
        return database

    def _number(self, database: sqlite3.Connection) -> int:
        """The model's number in the file, given to it where it has none yet."""
        database.execute("INSERT OR IGNORE INTO models (name, dimensions) VALUES (?, ?)", (self.model, self.dimensions))
        number, dimensions = database.execute(
            "SELECT id, dimensions FROM models WHERE name = ?", (self.model,)
        ).fetchone()
        try:
            require_same_model(
                f"{self.model} with {dimensions} dimensions",
                f"{self.model} with {self.dimensions} dimensions",
                "the cache of vectors",
            )
        except ModelMismatchError as error:
            self.note(f"{str(error).partition(':')[0]}: what it held of that model is made again.")
            database.execute("DELETE FROM vectors WHERE model = ?", (number,))
            database.execute("UPDATE models SET dimensions = ? WHERE id = ?", (self.dimensions, number))
        return int(number)

    def _read(self, database: sqlite3.Connection, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
        known = database.execute(
            "SELECT id FROM models WHERE name = ? AND dimensions = ?", (self.model, self.dimensions)
        ).fetchone()
        found: dict[bytes, Vectors] = {}
        now = int(time.time())
        for some in _batches(keys, _AT_ONCE) if known else ():
            chosen = f"model = ? AND text IN ({','.join('?' * len(some))})"
            rows = database.execute(
                f"SELECT text, vector, checksum, used FROM vectors WHERE {chosen}",  # noqa: S608 -- question marks only
                (*known, *some),
            ).fetchall()
            for key, blob, checksum, _ in rows:
                if len(blob) == 4 * self.dimensions and zlib.crc32(blob) == checksum:
                    found[key] = np.frombuffer(blob, dtype="<f4").astype(np.float32)
            if any(used < now - _DAY for *_, used in rows):
                database.execute(
                    f"UPDATE vectors SET used = ? WHERE {chosen}",  # noqa: S608 -- question marks only
                    (now, *known, *some),
                )
        return found

    def _write(self, database: sqlite3.Connection, vectors: Mapping[str, Vectors]) -> None:
        database.execute("BEGIN IMMEDIATE")  # waits for its turn; a later upgrade from reading would fail at once
        number, now = self._number(database), int(time.time())
        blobs = ((self._key(text), np.asarray(vector, dtype="<f4").tobytes()) for text, vector in vectors.items())
        database.executemany(
            "INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?, ?)",
            ((number, key, blob, zlib.crc32(blob), now) for key, blob in blobs),
        )
        self._let_go(database)

    def _let_go(self, database: sqlite3.Connection) -> None:
        """Drop the vectors that were not used for longest where there are too many; their place is used again."""
        pages, free, page = (
            database.execute(f"PRAGMA {what}").fetchone()[0] for what in ("page_count", "freelist_count", "page_size")
        )
        size, most = (pages - free) * page, self.megabytes * 2**20
        if size > most:
            rows = database.execute("SELECT count(*) FROM vectors").fetchone()[0]
            database.execute(
                "DELETE FROM vectors WHERE (model, text) IN (SELECT model, text FROM vectors ORDER BY used LIMIT ?)",
                (int(rows * (1 - _KEPT * most / size)) + 1,),
            )

    def _key(self, text: str) -> bytes:
        content = f"{self.prompt}\0{text}".encode("utf8", "surrogatepass")
        return hashlib.blake2b(content, digest_size=16).digest()

    def _set_aside(self) -> None:
        file = self.folder / FILE
        aside = file.with_suffix(".damaged")
        try:
            if not _is_sound(file):  # another process may have put it right in the meantime
                file.with_name(f"{FILE}-journal").unlink(missing_ok=True)
                file.replace(aside)
                self.note(f"the cache of vectors was damaged: it is now {aside} and a new one is begun.")
        except OSError as error:
            self._leave_out(str(error))

    def _leave_out(self, reason: str) -> None:
        self._off = True
        self.note(f"vectors are not kept for the next time, because {self.folder / FILE} cannot be used ({reason}).")


def _is_damage(error: Exception) -> bool:
    """Whether the file itself is at fault, and not the disk, a lock or a permission."""
    if isinstance(error, sqlite3.OperationalError):
        return str(error).startswith(("no such", "table"))
    return isinstance(error, sqlite3.DatabaseError)


def _is_sound(file: Path) -> bool:
    try:
        with closing(sqlite3.connect(file, timeout=_PATIENCE)) as database:
            database.executescript(_SCHEMA)
            database.execute("SELECT id, name, dimensions FROM models LIMIT 1")
            database.execute("SELECT model, text, vector, checksum, used FROM vectors LIMIT 1")
            return bool(database.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok")
    except sqlite3.DatabaseError:
        return False


@dataclass
class RecentVectors:
    """The vectors used last, in memory, by text; at most ``megabytes`` of them. Threads may share it."""

    megabytes: int
    _known: OrderedDict[str, Vectors] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def get(self, texts: Iterable[str]) -> dict[str, Vectors]:
        """The vectors (d,) of those texts that are known."""
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
            for text in found:
                self._known.move_to_end(text)
        return found

    def put(self, vectors: Mapping[str, Vectors]) -> None:
        """Remember some, and forget those that were not asked for longest."""
        row = max((4 * len(vector) for vector in vectors.values()), default=0)
        with self._lock:
            for text, vector in vectors.items():
                self._known[text] = vector
                self._known.move_to_end(text)
            while len(self._known) * row > self.megabytes * 2**20:
                self._known.popitem(last=False)


def _batches(keys: Sequence[bytes], size: int) -> Iterable[Sequence[bytes]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))
