"""XLSX (Office Open XML, ECMA-376): the concordance, one row a hit with the marks on both sides, and what it all means.

No cell is a formula (``align.writers.cells``). Marks are bold and coloured in the texts, and offsets of code points in
columns of their own. A text of more than 32,767 UTF-16 units goes on in columns at the right, "Chinese (2)" and so on.
"""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from align.errors import OutputError
from align.writers.cells import MAX_ROWS, cuts, pieces, put_number, put_text
from align.writers.escapes import escape_stretch
from align.writers.summary import verdict
from align.writers.workbook_style import dress_about, row_height
from align.writers.zipped import repack
from search.exports.marks import as_json, stretches
from search.exports.rows import LANGUAGES, NOTHING, Side, digits, languages, link_of, side, why_words
from search.exports.workbook_style import (
    TEXTS,
    about_rows,
    dress_hits,
    headings,
    inline_font,
    style_names,
    text_style,
)
from search.hits import Hit, Results

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.rich_text import CellRichText
    from openpyxl.worksheet.worksheet import Worksheet

HITS_SHEET = "Results"
ABOUT_SHEET = "About"
_MAX_LINKS = 65_530  # of a sheet, by Excel's specifications and limits
_NUMBERS = frozenset({"rank", "confidence", "score", "pair_id"})
Row = dict[str, "list[str | CellRichText]"]


def dump(results: Results) -> bytes:
    """The results as a workbook; raises OutputError for more hits than a sheet has rows."""
    from openpyxl import Workbook

    if len(results.hits) > MAX_ROWS:
        message = f"a sheet holds {MAX_ROWS:,} rows and there are {len(results.hits):,} hits; write CSV or TMX."
        raise OutputError(message)
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    style_names(workbook)
    _write_hits(workbook, results)
    _write_about(workbook, results)
    stream = BytesIO()
    workbook.save(stream)
    return repack(stream.getvalue(), results.query[:200])


def _write_hits(workbook: Workbook, results: Results) -> None:
    sheet = workbook.create_sheet(HITS_SHEET)
    rows = [_row(hit, rank, results) for rank, hit in enumerate(results.hits, 1)]
    columns = _columns(results, rows)
    names = headings(results)
    for at, (name, part) in enumerate(columns, 1):
        put_text(sheet, 1, at, f"{names[name]} ({part + 1})" if part else names[name], "heading")
    for at, (hit, row) in enumerate(zip(results.hits, rows, strict=True), 2):
        _write_row(sheet, at, hit, row, columns)
    if not rows:
        put_text(sheet, 2, 2, NOTHING, "value")
    if len(rows) <= _MAX_LINKS:
        _write_links(sheet, results, columns.index(("symbol", 0)) + 1)
    dress_hits(sheet, len(rows), columns)


def _columns(results: Results, rows: list[Row]) -> list[tuple[str, int]]:
    """Field and part of each column: the first parts in their order, then what did not fit in one cell."""
    names = headings(results)
    most = {name: max((len(row[name]) for row in rows), default=1) for name in names}
    return [(name, 0) for name in names] + [(name, part) for name in names for part in range(1, most[name])]


def _write_row(sheet: Worksheet, at: int, hit: Hit, row: Row, columns: list[tuple[str, int]]) -> None:
    how_sure = verdict(hit.pair.record).value
    for column, (name, part) in enumerate(columns, 1):
        if part >= len(row[name]):
            continue
        value = row[name][part]
        if name in _NUMBERS:
            put_number(sheet, at, column, str(value), f"{name} {how_sure}" if name == "confidence" else name)
        elif name in TEXTS:
            put_text(sheet, at, column, value, text_style(side(hit, TEXTS[name])))
        else:
            put_text(sheet, at, column, value, f"{name} {how_sure}" if name == "reliability" else name)
    sheet.row_dimensions[at].height = row_height(hit.pair.record.zh_text, hit.pair.record.en_text)


def _row(hit: Hit, rank: int, results: Results) -> Row:
    pair, record = hit.pair, hit.pair.record
    sides = {language: side(hit, language) for language in LANGUAGES}
    plain = {
        "symbol": pair.symbol,
        "paragraph": record.number,
        "date": pair.date,
        "body": pair.body,
        "status": record.status,
        "reliability": verdict(record).value,
        "why": why_words(hit),
        "type": pair.type,
        "kind": record.kind.value,
        "zh_spans": as_json(sides["zh"].spans),
        "en_spans": as_json(sides["en"].spans),
    }
    row: Row = {name: [*pieces(value)] for name, value in plain.items()}
    row |= {language: _marked(sides[language], language == results.language) for language in LANGUAGES}
    numbers = {"confidence": digits(record.confidence), "score": digits(hit.score)}
    numbers |= {"rank": str(rank), "pair_id": str(pair.id)}
    return row | {name: [value] for name, value in numbers.items()}


def _marked(text: Side, is_query: bool) -> list[str | CellRichText]:
    """The text in stretches that fit a cell each, with its marks; plain where a cell has none."""
    from openpyxl.cell.rich_text import CellRichText, TextBlock

    font = inline_font(text, is_query)
    cells: list[str | CellRichText] = []
    for first, last in cuts(text.text):
        piece = text.text[first:last]
        parts = stretches(text.spans, first, last)
        written = [escape_stretch(piece, part.start - first, part.end - first) for part in parts]
        if any(part.marked for part in parts):
            blocks = zip(parts, written, strict=True)
            cells.append(CellRichText([TextBlock(font, words) if part.marked else words for part, words in blocks]))
        else:
            cells.append("".join(written))
    return cells


def _write_links(sheet: Worksheet, results: Results, column: int) -> None:
    for at, hit in enumerate(results.hits, 2):
        link = link_of(hit.pair.symbol)
        if link:
            sheet.cell(at, column).hyperlink = link
            sheet.cell(at, column).style = "symbol link"


def _write_about(workbook: Workbook, results: Results) -> None:
    sheet = workbook.create_sheet(ABOUT_SHEET)
    at = 1
    notes = results.notes if results.hits else (NOTHING, *results.notes)
    said = [("query", results.query), ("language", LANGUAGES[languages(results)[0]]), ("hits", str(len(results.hits)))]
    said += [("signature", results.signature), *(("note", note) for note in notes), ("", "")]
    for key, value in [*said, *about_rows(results)]:
        put_text(sheet, at, 1, key, "key")
        for column, piece in enumerate(pieces(value), 2):
            put_text(sheet, at, column, piece, "value")
        at += 1
    dress_about(sheet)
