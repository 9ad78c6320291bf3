"""XLSX (Office Open XML, ECMA-376): one row a term with the concept's id, and a sheet that explains the columns.

Every cell is text, never a formula (``align.writers.cells``). A text of more than 32,767 UTF-16 units goes on in
columns at the right, "Definition (2)" and so on. Workbooks of other layouts are read as other tables are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from align.errors import OutputError
from align.readers.archive import check_archive
from align.readers.limits import MAX_PAIRS_BYTES, read_bytes
from align.readers.pairs_table import Row, sheet_rows
from align.writers.cells import MAX_ROWS, guard, pieces, put_text
from align.writers.escapes import escape
from align.writers.workbook_style import dress_about
from align.writers.zipped import repack
from glossary.concepts import Concept
from glossary.errors import ExchangeError
from glossary.exchange.contracts import GlossaryFile, Notes, Written
from glossary.exchange.delimited import no_columns
from glossary.exchange.headings import OWN, Role
from glossary.exchange.languages import NONE
from glossary.exchange.table_reading import find_layout, read_rows, refuse_empty
from glossary.exchange.table_rows import Table, table_of
from glossary.exchange.workbook_style import EXPLANATIONS, dress, style_names

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

TERMS_SHEET, ABOUT_SHEET = "Terms", "About"
_CONTINUED = re.compile(r"(.+) \((\d+)\)")


def read(path: Path, languages: Mapping[str, str] = NONE) -> GlossaryFile:
    """The concepts of all sheets that have a column of terms; raises ExchangeError or UnreadableFileError."""
    sheets = read_sheets(path)
    notes = Notes(path.name, languages)
    concepts: list[Concept] = []
    first: tuple[str, ...] = ()
    for name, rows in sheets.items():
        if name == ABOUT_SHEET and TERMS_SHEET in sheets:
            continue
        layout = find_layout(rows, notes) if rows else None
        if layout is None:
            first = first or (rows[0][1] if rows else ())
            continue
        concepts += read_rows(rows, replace(layout, guarded=False), notes, f"{name}, row" if len(sheets) > 1 else "row")
    if not concepts and first:
        raise ExchangeError(no_columns(path.name, first))
    refuse_empty(concepts, path.name)
    return GlossaryFile(tuple(concepts), path.name, "xlsx", notes.sentences())


def read_sheets(path: Path) -> dict[str, list[Row]]:
    """The rows with text of each sheet, long texts joined again; formulas count with the value last computed."""
    data = read_bytes(path, MAX_PAIRS_BYTES)
    check_archive(data, path.name)
    if b"vnd.oasis.opendocument" in data[:100]:
        raise ExchangeError(f"{path.name}: this is an OpenDocument file; save it as .xlsx.")
    return {name: _joined(rows) for name, rows in sheet_rows(data, path.name, values=True).items()}


def dump(concepts: tuple[Concept, ...]) -> Written:
    """The concepts as a workbook; raises OutputError for more terms than a sheet has rows."""
    from openpyxl import Workbook

    table = table_of(concepts)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    style_names(workbook)
    write_table(workbook, TERMS_SHEET, table)
    write_about(workbook, EXPLANATIONS)
    return Written(packed(workbook, "Glossary"), (*table.notes, *neutralised(table)))


def neutralised(table: Table) -> tuple[str, ...]:
    """A sentence that says how many cells a spreadsheet could have run, had they not been written as text."""
    count = sum(guard(cell)[:1] == "'" and cell[:1] not in "'\"" for row in table.rows for cell in row if cell)
    if not count:
        return ()
    cells = "1 cell that looks" if count == 1 else f"{count:,} cells that look"
    return (f"{cells} like a formula {'was' if count == 1 else 'were'} written as text, so that nothing runs.",)


def write_table(workbook: Workbook, name: str, table: Table, to_fill_in: frozenset[str] = frozenset()) -> None:
    """Write a sheet; columns ``to_fill_in`` are tinted. Raises OutputError for more rows than a sheet has."""
    if len(table.rows) > MAX_ROWS:
        raise OutputError(f"a sheet holds {MAX_ROWS:,} rows and there are {len(table.rows):,}; write TBX or CSV.")
    sheet: Worksheet = workbook.create_sheet(name)
    cells = [[pieces(text) for text in row] for row in table.rows]
    most = [max((len(row[k]) for row in cells), default=1) for k in range(len(table.headings))]
    columns = [(k, 0) for k in range(len(most))]
    columns += [(k, part) for k, count in enumerate(most) for part in range(1, count)]
    headings = [f"{table.headings[k]} ({part + 1})" if part else table.headings[k] for k, part in columns]
    for at, heading in enumerate(headings, 1):
        put_text(sheet, 1, at, escape(heading), "heading")
    language = table.headings.index(OWN[Role.LANGUAGE])
    for number, row in enumerate(cells, 2):
        for at, (k, part) in enumerate(columns, 1):
            fill = table.headings[k] in to_fill_in
            if part < len(row[k]) and (row[k][part] or fill):
                style = "to fill in" if fill else _style(table.headings[k], row[language][0])
                if put_text(sheet, number, at, row[k][part], style) is None:
                    sheet.cell(number, at).style = style
    dress(sheet, headings, len(cells))


def write_about(workbook: Workbook, explanations: dict[str, str]) -> None:
    """Write the sheet that explains the columns."""
    sheet: Worksheet = workbook.create_sheet(ABOUT_SHEET)
    for row, (heading, text) in enumerate(explanations.items(), 1):
        put_text(sheet, row, 1, heading, "key")
        put_text(sheet, row, 2, text, "value")
    dress_about(sheet)


def packed(workbook: Workbook, title: str) -> bytes:
    """The workbook's bytes, the same for the same content."""
    stream = BytesIO()
    workbook.save(stream)
    return repack(stream.getvalue(), title)


def _style(heading: str, language: str) -> str:
    if heading in (OWN[Role.TERM], OWN[Role.DEFINITION]):
        return "chinese" if language.startswith("zh") else "term"
    return "plain"


def _joined(rows: list[Row]) -> list[Row]:
    """Rows with texts that were too long for one cell put together again."""
    if not rows:
        return rows
    headings = rows[0][1]
    parts = {}
    for at, heading in enumerate(headings):
        found = _CONTINUED.fullmatch(heading)
        if found and found[1] in headings:
            parts[at] = headings.index(found[1])
    if not parts:
        return rows
    blanked = tuple("" if at in parts else heading for at, heading in enumerate(headings))
    return [(rows[0][0], blanked), *((number, _join(cells, parts)) for number, cells in rows[1:])]


def _join(cells: tuple[str, ...], parts: dict[int, int]) -> tuple[str, ...]:
    whole = list(cells)
    for at, first in parts.items():
        if at < len(cells):
            whole[first] += cells[at]
            whole[at] = ""
    return tuple(whole)
