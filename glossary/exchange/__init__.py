"""Glossaries from and to the files of other programs: one module a format.

A format is found by a file's content where that says it, else by its extension. What is read is concepts; what the
glossary has no field for is kept beside them (``Extra``) and written back to the same kind of file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from typing import cast

from align.writers.atomic import check_destination, write_atomic
from align.writers.formats import OFFICE, Format, find_format
from glossary.concepts import Concept
from glossary.exchange.contracts import GlossaryFile, Reader, Writer, Written
from glossary.exchange.languages import NONE
from glossary.exchange.sniffing import sniff_format

__all__ = [
    "FORMATS",
    "GlossaryFile",
    "Written",
    "check",
    "dump_glossary",
    "format_of",
    "read_glossary",
    "write_glossary",
]

_TBX = "application/x-tbx+xml"
_SHEET = f"{OFFICE}.spreadsheetml.sheet"
_ALL = (
    Format("tbx", "TBX v3 (ISO 30042:2019), TBX-Basic, style DCA", (".tbx",), _TBX, False, "tbx_dca"),
    Format("tbx-dct", "the same in style DCT", (), _TBX, False, "tbx_dct"),
    Format("tbx-v2", "TBX v2 (martif), TBX-Basic, for older CAT tools", (".martif",), _TBX, False, "tbx_v2"),
    Format("csv", "comma-separated values, one row a term", (".csv",), "text/csv", False, "delimited"),
    Format(
        "tsv", "tab-separated values, one row a term", (".tsv", ".tab"), "text/tab-separated-values", False, "tabbed"
    ),
    Format("xlsx", "Excel workbook, one row a term", (".xlsx",), _SHEET, True, "workbook"),
    Format("utx", "UTX 1.11, pairs for machine translation", (".utx",), "text/plain", False, "utx"),
    Format("omegat", "OmegaT's three columns", (".txt", ".utf8"), "text/plain", False, "omegat"),
    Format("json", "JSON, everything", (".json",), "application/json", False, "json_file"),
)
FORMATS: dict[str, Format] = {format_.name: format_ for format_ in _ALL}


def format_of(path: Path, name: str | None = None) -> Format:
    """The format called ``name``, or the one of the path's extension; raises OutputError saying which there are."""
    return find_format(FORMATS, path, name)


def check(path: Path, name: str | None = None) -> Format:
    """Find out before any work that a glossary can be written; raises OutputError where not."""
    found = format_of(path, name)
    check_destination(path)
    return found


def read_glossary(
    path: Path,
    format: str | None = None,  # noqa: A002 - the public name
    languages: Mapping[str, str] = NONE,
) -> GlossaryFile:
    """The concepts of a file of any format, at least one.

    ``languages`` says which language a code, heading or name in the file stands for: ``languages.language_map``.

    Raises ExchangeError or UnreadableFileError in one sentence: no glossary, damaged, unsafe, or without one term;
    OutputError for a ``format`` that there is not.
    """
    found = format_of(path, format) if format is not None else FORMATS[sniff_format(path)]
    return cast(Reader, _module(found)).read(path, languages)


def dump_glossary(concepts: Iterable[Concept], format: str) -> Written:  # noqa: A002
    """The concepts in a format of ``FORMATS``: the same concepts always give the same bytes.

    Raises OutputError for an unknown format, ExchangeError if there is nothing that it can hold.
    """
    return cast(Writer, _module(format_of(Path(), format))).dump(tuple(concepts))


def write_glossary(
    concepts: Iterable[Concept],
    path: Path,
    format: str | None = None,  # noqa: A002
) -> tuple[str, ...]:
    """Write the concepts whole or not at all; return what the format could not hold or what was neutralised.

    Raises OutputError or ExchangeError in one sentence.
    """
    found = check(path, format)
    written = dump_glossary(concepts, found.name)
    write_atomic(path, written.data)
    return written.notes


def _module(format_: Format) -> object:
    return import_module(f"glossary.exchange.{format_.module}")
