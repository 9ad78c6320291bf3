"""XLSX (Office Open XML, ECMA-376): one row a bead, and a sheet that says where it all comes from.

Every cell is text or a plain number, never a formula (``align.writers.cells``). A cell holds at most 32,767 UTF-16
units; a longer text goes on in continuation columns at the right, headed "Chinese (2)" and so on. What a person edits
in the cells is what is read back.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from align.errors import OutputError, UnreadableFileError
from align.readers.archive import check_archive
from align.table import AlignmentTable, BeadRecord
from align.writers.cells import MAX_ROWS, pieces, put_number, put_text
from align.writers.escapes import unescape
from align.writers.fields import ADVICE, FLAT_BEAD_FIELDS, bead_from_flat, flat_bead, flat_head, table_from_flat
from align.writers.summary import verdict
from align.writers.words import LEGEND
from align.writers.workbook_style import EXPLANATIONS, HEADINGS, dress_about, dress_beads, row_height, style_names
from align.writers.zipped import repack

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

BEADS_SHEET = "Alignment"
ABOUT_SHEET = "About"
_NUMERIC = frozenset({"confidence", "similarity"})


def dump(table: AlignmentTable) -> bytes:
    """The table as a workbook; raises OutputError for more beads than a sheet has rows."""
    from openpyxl import Workbook

    if len(table.records) > MAX_ROWS:
        message = f"a sheet holds {MAX_ROWS:,} rows and there are {len(table.records):,} beads; write TMX or JSONL."
        raise OutputError(message)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    style_names(workbook, table.provenance)
    _write_beads(workbook, table)
    _write_about(workbook, table)
    stream = BytesIO()
    workbook.save(stream)
    return repack(stream.getvalue(), table.provenance.symbol or "Alignment")


def load(data: bytes, source: str) -> AlignmentTable:
    """Read what ``dump`` wrote, edited or not; raises UnreadableFileError naming the row."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    check_archive(data, source)
    try:
        workbook = load_workbook(BytesIO(data), data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, OSError) as error:
        raise UnreadableFileError(f"{source} is no workbook that can be read; {ADVICE}.") from error
    if not {BEADS_SHEET, ABOUT_SHEET} <= set(workbook.sheetnames):
        raise UnreadableFileError(f"{source} has no sheets {BEADS_SHEET} and {ABOUT_SHEET}; {ADVICE}.")
    head = {row[0]: "".join(row[1:]) for row in _rows(workbook[ABOUT_SHEET]) if row}
    rows = list(_rows(workbook[BEADS_SHEET]))
    records = tuple(_record(rows[0], row, f"{source}, row {at}") for at, row in enumerate(rows[1:], 2) if any(row))
    return table_from_flat(head, records, source)


def _write_beads(workbook: Workbook, table: AlignmentTable) -> None:
    sheet = workbook.create_sheet(BEADS_SHEET)
    rows = [_cells(record) for record in table.records]
    extra = {name: max((len(row[name]) for row in rows), default=1) - 1 for name in ("zh", "en")}
    columns = [(name, 0) for name in HEADINGS]
    columns += [(name, part) for name in ("zh", "en") for part in range(1, extra[name] + 1)]
    for at, (name, part) in enumerate(columns, 1):
        put_text(sheet, 1, at, f"{HEADINGS[name]} ({part + 1})" if part else HEADINGS[name], "heading")
    for row, values in enumerate(rows, 2):
        for at, (name, part) in enumerate(columns, 1):
            if part < len(values[name]):
                put = put_number if name in _NUMERIC else put_text
                put(sheet, row, at, values[name][part], name)
        sheet.row_dimensions[row].height = row_height(values["zh"][0], values["en"][0])
    dress_beads(sheet, len(rows), columns)


def _cells(record: BeadRecord) -> dict[str, list[str]]:
    single = {**flat_bead(record), "verdict": verdict(record).value}
    return {
        **{name: [value] for name, value in single.items()},
        "zh": pieces(record.zh_text),
        "en": pieces(record.en_text),
        "number": pieces(record.number),
        "status": pieces(record.status),
    }


def _write_about(workbook: Workbook, table: AlignmentTable) -> None:
    sheet = workbook.create_sheet(ABOUT_SHEET)
    head = flat_head(table)
    for row, (name, value) in enumerate(head.items(), 1):
        put_text(sheet, row, 1, name, "key")
        for at, piece in enumerate(pieces(value), 2):
            put_text(sheet, row, at, piece, "value")
    # Left of the colon is no name of a field, so none of this is read back.
    for row, (heading, text) in enumerate([*EXPLANATIONS.items(), *LEGEND.items()], len(head) + 2):
        put_text(sheet, row, 1, f"{heading}:", "key")
        put_text(sheet, row, 2, text, "value")
    dress_about(sheet)


def _rows(sheet: Worksheet) -> Iterator[list[str]]:
    for row in sheet.iter_rows(values_only=True):
        yield ["" if value is None else unescape(str(value)) for value in row]


def _record(header: list[str], row: list[str], place: str) -> BeadRecord:
    names = {heading: name for name, heading in HEADINGS.items()}
    values: dict[str, str] = {}
    for heading, value in zip(header, row, strict=False):
        name = names.get(heading.split(" (")[0], "")
        values[name] = values.get(name, "") + value
    fields = {name: values.get(name, "") for name in FLAT_BEAD_FIELDS}
    return bead_from_flat(fields, values.get("zh", ""), values.get("en", ""), place)
