"""CSV (RFC 4180) and TSV glossaries of any layout, in any encoding; duizhao writes UTF-8 with a byte order mark.

A text that a spreadsheet could run gets an apostrophe in front (``align.writers.cells.guard``), which reading takes
off; characters that a table cannot hold are escaped as ``align.writers.escapes`` says.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from align.readers.encoding import decode
from align.readers.limits import MAX_PAIRS_BYTES, read_bytes
from align.readers.pairs_table import Row, delimited_rows
from align.writers.cells import guard
from align.writers.escapes import escape
from glossary.concepts import Concept
from glossary.errors import ExchangeError
from glossary.exchange.contracts import GlossaryFile, Notes, Written
from glossary.exchange.headings import OWN
from glossary.exchange.languages import NONE
from glossary.exchange.table_reading import find_layout, read_rows, refuse_empty
from glossary.exchange.table_rows import table_of

_BOM = "\ufeff"


def read(path: Path, languages: Mapping[str, str] = NONE) -> GlossaryFile:
    """The concepts of a delimited text; raises ExchangeError or UnreadableFileError in one sentence."""
    text, _ = decode(read_bytes(path, MAX_PAIRS_BYTES), path.name)
    if text.lstrip().startswith(("<", "{", "[")) and "\t" not in text[:2000]:
        raise ExchangeError(f"{path.name}: this is no table but mark-up or data; name its format, such as tbx or json.")
    notes = Notes(path.name, languages)
    rows = _own_rows(text) or delimited_rows(text, path.name)
    layout = find_layout(rows, notes)
    if layout is None:
        raise ExchangeError(no_columns(path.name, rows[0][1] if rows else ()))
    concepts = read_rows(rows, layout, notes)
    refuse_empty(concepts, path.name)
    return GlossaryFile(tuple(concepts), path.name, "tsv" if "\t" in text[:2000] else "csv", notes.sentences())


def _own_rows(text: str) -> list[Row]:
    """The rows of a table that duizhao wrote, whose delimiter needs no guess; none of another."""
    first = text.split("\n", 1)[0]
    delimiter = next((one for one in ",\t" if first.startswith(one.join(OWN.values()))), "")
    if not delimiter:
        return []
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [(number, tuple(cells)) for number, cells in enumerate(rows, 1) if any(cells)]
    except csv.Error:
        return []  # edited by hand since: read as any other table, which names the row that is wrong


def no_columns(source: str, first: tuple[str, ...]) -> str:
    """Say that no column of terms was found, and what the headings are."""
    headings = " | ".join(cell.strip()[:30] for cell in first[:10] if cell.strip())
    seen = f"; its first row is: {headings}" if headings else ""
    return f"{source}: it has no column of terms{seen}. Name the columns by their language, such as “zh” and “en”."


def dump(concepts: tuple[Concept, ...]) -> Written:
    """The concepts as comma-separated values, one row a term."""
    return _dump(concepts, ",", "\r\n")


def dump_tabbed(concepts: tuple[Concept, ...]) -> Written:
    """The same, separated by tabs."""
    return _dump(concepts, "\t", "\n")


def guarded(texts: tuple[tuple[str, ...], ...]) -> tuple[list[list[str]], tuple[str, ...]]:
    """Rows of cells that nothing runs, and a sentence that says how many were neutralised."""
    rows = [[guard(escape(text)) for text in row] for row in texts]
    changed = sum(
        new[:1] == "'" and old[:1] != "'"
        for a, b in zip(rows, texts, strict=True)
        for new, old in zip(a, b, strict=True)
    )
    if not changed:
        return rows, ()
    cells = "1 cell that a spreadsheet could run got" if changed == 1 else f"{changed:,} cells that … could run got"
    cells = cells.replace("…", "a spreadsheet")
    return rows, (f"{cells} an apostrophe in front; reading takes it off.",)


def _dump(concepts: tuple[Concept, ...], delimiter: str, end: str) -> Written:
    table = table_of(concepts)
    rows, notes = guarded(table.rows)
    written = io.StringIO()
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end)
    writer.writerow([guard(escape(heading)) if heading not in OWN.values() else heading for heading in table.headings])
    writer.writerows(rows)
    return Written(f"{_BOM}{written.getvalue()}".encode(), (*table.notes, *notes))
