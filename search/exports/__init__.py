"""A page of search results as a file to work with: one module a format, found by the file's extension.

Every format carries the query and the signature. A result without hits gives a file that says so in plain words.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from align.writers.atomic import check_destination, write_atomic
from align.writers.formats import OFFICE, Format, find_format
from search.hits import Results

__all__ = ["FORMATS", "check", "dump_results", "format_of", "write_results"]

_ALL = (
    Format("xlsx", "Excel workbook, the hits marked", (".xlsx",), f"{OFFICE}.spreadsheetml.sheet", True, "workbook"),
    Format("csv", "comma-separated values, for programs", (".csv",), "text/csv", False, "delimited"),
    Format("docx", "citation cards to print", (".docx",), f"{OFFICE}.wordprocessingml.document", True, "cards"),
    Format("tmx", "translation memory, TMX 1.4b", (".tmx",), "application/x-tmx+xml", False, "memory"),
)
FORMATS: dict[str, Format] = {format_.name: format_ for format_ in _ALL}


class _Exporter(Protocol):
    def dump(self, results: Results) -> bytes: ...


def format_of(path: Path, name: str | None = None) -> Format:
    """The format called ``name``, or the one of the path's extension; raises OutputError saying which there are."""
    return find_format(FORMATS, path, name)


def check(path: Path, name: str | None = None) -> Format:
    """Find out before a search that its results can be written; raises OutputError where not."""
    found = format_of(path, name)
    check_destination(path)
    return found


def dump_results(results: Results, format: str) -> bytes:  # noqa: A002 - the public name of the argument
    """The results in a format of ``FORMATS``, as bytes: the same results always give the same bytes.

    Raises OutputError for an unknown format, a score that is no finite number, or more hits than a sheet has rows.
    """
    exporter = cast(_Exporter, import_module(f"search.exports.{format_of(Path(), format).module}"))
    return exporter.dump(results)


def write_results(results: Results, path: Path, format: str | None = None) -> None:  # noqa: A002
    """Write the results to ``path``, whole or not at all; raises OutputError in one sentence."""
    found = check(path, format)
    write_atomic(path, dump_results(results, found.name))
