"""Cells that no spreadsheet runs as a formula, takes for something else or cuts.

Texts are stored as strings with the quote prefix, so that a spreadsheet keeps them as text when a person edits the
cell; characters that XML cannot hold are escaped as ``align.writers.escapes`` says. In delimited text, where there
are no types, a text that could run gets an apostrophe in front.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from align.writers.escapes import escape

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.cell.rich_text import CellRichText
    from openpyxl.worksheet.worksheet import Worksheet

MAX_ROWS = 1_048_575  # Excel's limit less the header
CELL_LIMIT = 32_767  # UTF-16 code units
_RISKY = re.compile("[\\s\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]*[=+\\-@＝＋－＠'\"]")


def guard(cell: str) -> str:
    """Put an apostrophe before what could run, or is quoted, in a cell of delimited text.

    That is a text whose first character, after spaces and invisible marks, is one of ``= + - @``, their full-width
    forms, a double quote or an apostrophe. On reading, one leading apostrophe is taken off.
    """
    return f"'{cell}" if _RISKY.match(cell) else cell


def put_text(sheet: Worksheet, row: int, column: int, value: str | CellRichText, style: str) -> Cell | None:
    """Set a cell to escaped text in a named style; an empty text makes no cell."""
    return _put(sheet, row, column, value, style, "s") if value else None


def put_number(sheet: Worksheet, row: int, column: int, value: str, style: str) -> Cell | None:
    """Set a cell to a number that is given by its digits, all of which are kept; an empty text makes no cell."""
    return _put(sheet, row, column, value, style, "n") if value else None


def _put(sheet: Worksheet, row: int, column: int, value: str | CellRichText, style: str, kind: str) -> Cell:
    cell: Cell = sheet.cell(row, column)  # type: ignore[assignment]
    cell.value = value
    # Set afterwards: openpyxl takes "=…" for a formula and "#N/A" for an error, and cuts floats to 16 digits.
    cell.data_type = kind
    cell.style = style
    if kind == "s":
        cell.quotePrefix = True
    return cell


def pieces(text: str) -> list[str]:
    """Escaped stretches of ``text`` that each fit a cell and are unescaped one by one."""
    return [escape(text[start:end]) for start, end in cuts(text)]


def cuts(text: str) -> list[tuple[int, int]]:
    """Where to cut ``text`` so that each stretch, escaped, fits a cell: at least one stretch, in order."""
    # Half the limit holds even if every character is a pair of UTF-16 units; escapes are longer, hence the halving.
    return list(_cuts(text, 0, len(text), CELL_LIMIT // 2))


def _cuts(text: str, first: int, last: int, size: int) -> Iterator[tuple[int, int]]:
    for start in range(first, max(last, first + 1), size):
        end = min(start + size, last)
        if len(escape(text[start:end])) > CELL_LIMIT:
            yield from _cuts(text, start, end, size // 8)
        else:
            yield start, end
