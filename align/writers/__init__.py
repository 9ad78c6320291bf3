"""Alignments to files and back: one module a format, found by the file's extension.

Every format carries the signature and the provenance, and what is written reads back to the same table.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from align.errors import OutputError, UnreadableFileError
from align.readers.limits import read_bytes
from align.table import AlignmentTable
from align.writers.atomic import check_destination, write_atomic
from align.writers.formats import OFFICE, Format, find_format

MAX_READ = 500_000_000  # bytes: a 40,000-bead book is some 60 MB in the wordiest format


class _Codec(Protocol):
    def dump(self, table: AlignmentTable) -> bytes: ...

    def load(self, data: bytes, source: str) -> AlignmentTable: ...


_ALL = (
    Format("tsv", "tab-separated values, safe in spreadsheets", (".tsv",), "text/tab-separated-values", False, "tsv"),
    Format("jsonl", "JSON Lines, for programs", (".jsonl",), "application/jsonl", False, "jsonl"),
    Format("tmx", "translation memory, TMX 1.4b", (".tmx",), "application/x-tmx+xml", False, "tmx"),
    Format("xliff", "XLIFF 2.1, for CAT tools", (".xlf", ".xliff"), "application/xliff+xml", False, "xliff"),
    Format("xlsx", "Excel workbook", (".xlsx",), f"{OFFICE}.spreadsheetml.sheet", True, "workbook"),
    Format("docx", "Word document with facing texts", (".docx",), f"{OFFICE}.wordprocessingml.document", True, "word"),
    Format("html", "page with facing texts for any browser", (".html", ".htm"), "text/html", False, "page"),
)
FORMATS: dict[str, Format] = {format_.name: format_ for format_ in _ALL}


def format_of(path: Path, name: str | None = None) -> Format:
    """The format called ``name``, or the one of the path's extension; raises OutputError saying which there are."""
    return find_format(FORMATS, path, name)


def check(path: Path, name: str | None = None) -> Format:
    """Find out before a long alignment that its result can be written; raises OutputError where not."""
    found = format_of(path, name)
    check_destination(path)
    return found


def dumps(table: AlignmentTable, format: str) -> bytes:  # noqa: A002 - the public name of the argument
    """The table in a format of ``FORMATS``, as bytes: the same table always gives the same bytes."""
    return _codec(format_of(Path(), format)).dump(table)


def loads(data: bytes, format: str, source: str = "the data") -> AlignmentTable:  # noqa: A002
    """Undo ``dumps``; ``source`` names the data in errors. Raises UnreadableFileError."""
    return _codec(format_of(Path(), format)).load(data, source)


def write(table: AlignmentTable, path: Path, format: str | None = None) -> None:  # noqa: A002
    """Write the table to ``path``, whole or not at all; raises OutputError in one sentence."""
    found = check(path, format)
    write_atomic(path, dumps(table, found.name))


def read_table(path: Path, format: str | None = None) -> AlignmentTable:  # noqa: A002
    """Read what ``write`` wrote; raises UnreadableFileError in one sentence."""
    try:
        found = format_of(path, format)
    except OutputError as error:
        raise UnreadableFileError(str(error)) from error
    return loads(read_bytes(path, MAX_READ), found.name, path.name)


def _codec(format_: Format) -> _Codec:
    return cast(_Codec, import_module(f"align.writers.{format_.module}"))
