"""What long work has found so far, kept in a file, so that work that was interrupted goes on where it was.

One line of JSON a result, after a first line that says what they are the results of. A file of something else starts
anew; a line that a crash has torn is passed over. What is kept here can be made anew: where it cannot be written,
work goes on without it.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self
from zlib import crc32

from align.signature import VERSION
from search.corpus import Corpus
from search.derived import folder_of, name_of
from search.records import Filters

KEPT = 8  # journals of a corpus and model, of different extractions
_FORMAT = 1
log = logging.getLogger(__name__)


class Journal(Protocol):
    """Keeps results by key; what it gives back is equal to what it was given, as JSON has it."""

    def get(self, key: str) -> Any:
        """What is kept under a key; None of nothing."""

    def put(self, key: str, value: Any) -> None:
        """Keep a value that JSON can hold, other than None."""


class FileJournal:
    """A journal in a file; a context manager. Two programs may write the same one."""

    def __init__(self, path: Path, signature: str) -> None:
        """Open the file, or make it, for results of exactly what the signature says."""
        self.path = path
        self._head = {"journal": _FORMAT, "signature": signature}
        self._known: dict[str, Any] = {}
        self._file: int | None = None
        try:
            self._open()
        except OSError as error:
            self._give_up(error)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        """How many results are kept."""
        return len(self._known)

    def get(self, key: str) -> Any:
        """What is kept under a key; None of nothing."""
        return self._known.get(key)

    def put(self, key: str, value: Any) -> None:
        """Keep a value; at once, so that it is there whenever the program ends."""
        self._known[key] = value
        self._write({"key": key, "value": value})

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _open(self) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        lines = self.path.read_bytes().split(b"\n") if self.path.exists() else []
        if not lines or _read(lines[0]) != self._head:
            fresh = self.path.with_name(f"{self.path.name}.{os.getpid()}")
            fresh.write_bytes(_line(self._head))
            fresh.replace(self.path)  # whoever still writes the old one is left alone
            lines = []
        self._file = os.open(self.path, os.O_WRONLY | os.O_APPEND)
        for line in lines[1:]:
            row = _read(line)
            if row is not None and "key" in row and "value" in row:
                self._known[str(row["key"])] = row["value"]
        if lines and lines[-1]:  # torn: what comes next begins a line of its own
            os.write(self._file, b"\n")

    def _write(self, row: dict[str, Any]) -> None:
        if self._file is None:
            return
        try:
            os.write(self._file, _line(row))  # one call, so that two programs do not write into each other's lines
        except OSError as error:
            self._give_up(error)

    def _give_up(self, error: OSError) -> None:
        log.info("%s cannot be written (%s): work that is interrupted will begin anew.", self.path, error.strerror)
        self.close()


def journal_of(corpus: Corpus, model: str, wanted: Filters, *inputs: str) -> FileJournal:
    """The journal of an extraction from part of a corpus, in the state that it has now.

    ``inputs``: whatever else its results depend on, such as how much of the corpus the words were learnt from.
    """
    folder = folder_of(corpus) / name_of(model) / "extraction"
    path = folder / f"{hashlib.sha256(repr(wanted).encode('utf8', 'surrogatepass')).hexdigest()[:16]}.jsonl"
    signature = "|".join((VERSION, corpus.name, str(corpus.state), model, repr(wanted), *inputs))
    journal = FileJournal(path, signature)
    _forget_old(folder)
    return journal


def _forget_old(folder: Path) -> None:
    with suppress(OSError):  # someone else tidies up too, or may not
        found = sorted(folder.glob("*.jsonl"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in found[KEPT:]:
            path.unlink()


def _line(row: dict[str, Any]) -> bytes:
    body = json.dumps(row, separators=(",", ":"))  # ASCII: a lone surrogate is written as its escape
    return f"{crc32(body.encode('ascii')):08x} {body}\n".encode("ascii")


def _read(line: bytes) -> dict[str, Any] | None:
    """A line as it was written; None of one that is torn or is none."""
    check, _, body = line.partition(b" ")
    if check != f"{crc32(body):08x}".encode("ascii"):
        return None
    try:
        row = json.loads(body)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None
