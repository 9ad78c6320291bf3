"""How the workbook looks: widths, fonts, colours, panes, and the words that explain its columns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from align.table import DOUBTFUL_BELOW, Provenance
from align.writers.summary import GOOD_FROM
from align.writers.words import CHINESE_FONTS

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# Field → heading, in the order of the columns. The heading is what is looked for on reading.
HEADINGS = {
    "number": "No.",
    "verdict": "Reliability",
    "zh": "Chinese",
    "en": "English",
    "confidence": "Confidence",
    "similarity": "Similarity",
    "kind": "Kind",
    "status": "Status",
    "zh_indices": "Chinese units",
    "en_indices": "English units",
    "zh_paragraphs": "Chinese paragraphs",
    "en_paragraphs": "English paragraphs",
}
_WIDTHS = {"number": 8, "verdict": 12, "zh": 58, "en": 68, "confidence": 12, "similarity": 11, "kind": 10, "status": 11}
_LINE_HEIGHT, _MAX_HEIGHT = 15.5, 409.0  # points
_INK, _PAPER_RULE, _HEADER_FILL = "1E1E1C", "D9D6CE", "F0EDE6"
_GOOD, _FAIR, _DOUBTFUL = "CFE8D5", "FFE9A8", "F8D3CC"

EXPLANATIONS = {
    "No.": "the English original's paragraph number; the Chinese one where there is no English",
    "Reliability": "checked, good, fair or doubtful, as below; written by duizhao and not read back",
    "Confidence": "calibrated probability that the pair is right: of those at 0.9, nine in ten are",
    "Similarity": "cosine of the two texts' vectors, from -1 to 1; empty where one side is missing",
    "Kind": "link, moved (stands elsewhere in the other language), list (sorted differently), zh-only, en-only",
    "Status": "automatic, or checked once a person has confirmed it; edit it here to mark a pair as checked",
    "Chinese units, English units": "places of the aligned paragraphs or sentences in their document, from 0",
    "Chinese paragraphs, English paragraphs": "paragraphs that the units belong to, where these are sentences",
    "Chinese (2), English (2)": "the rest of a text that is too long for one cell",
}


def style_names(workbook: Workbook, provenance: Provenance) -> None:
    """Register one named style for each field, so that ten thousand cells share it."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    rule = Border(bottom=Side(style="hair", color=_PAPER_RULE))
    named = {name: NamedStyle(name) for name in (*HEADINGS, "heading", "key", "value")}
    for name, style in named.items():
        style.font = Font(name="Calibri", size=10, color=_INK)
        style.alignment = Alignment(vertical="top", wrap_text=name in {"zh", "en", "value"})
        style.border = rule
    named["zh"].font = Font(name=CHINESE_FONTS[provenance.zh_script == "Hant"], size=11, color=_INK)
    named["en"].font = Font(name="Cambria", size=11, color=_INK)
    for name in ("heading", "key"):
        named[name].font = Font(name="Calibri", size=10, bold=True, color=_INK)
    named["heading"].fill = PatternFill("solid", fgColor=_HEADER_FILL)
    named["heading"].alignment = Alignment(vertical="center", wrap_text=True)
    named["number"].alignment = Alignment(vertical="top", horizontal="right")
    for name in ("kind", "status", "verdict"):
        named[name].alignment = Alignment(vertical="top", horizontal="left", indent=1)
    for name in ("confidence", "similarity"):
        named[name].number_format = "0.00"
    for style in named.values():
        workbook.add_named_style(style)


def dress_beads(sheet: Worksheet, rows: int, columns: list[tuple[str, int]]) -> None:
    """Freeze the header, set widths, filter, colours by confidence, and how it prints."""
    from openpyxl.utils import get_column_letter

    names = [name for name, _ in columns]
    for at, name in enumerate(names, 1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(name, 12)
    last = f"{get_column_letter(len(names))}{rows + 1}"
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{last}"
    sheet.row_dimensions[1].height = 30
    _colour(sheet, rows)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_title_rows = "1:1"
    sheet.print_area = f"A1:E{rows + 1}"  # what people read; the other columns are for programs


def row_height(chinese: str, english: str) -> float:
    """The height in points that shows both texts whole, up to Excel's limit: not every program fits rows by itself."""
    # A Han character of 11 points takes two units of column width and a bit, a Latin one somewhat less than one.
    lines = max(_lines(chinese, _WIDTHS["zh"] / 2.15), _lines(english, _WIDTHS["en"] / 0.95))
    return min(_LINE_HEIGHT * lines + 4, _MAX_HEIGHT)


def _lines(text: str, per_line: float) -> int:
    return sum(max(math.ceil(len(line) / per_line), 1) for line in text.split("\n"))


def _colour(sheet: Worksheet, rows: int) -> None:
    from openpyxl.formatting.rule import FormulaRule, Rule
    from openpyxl.styles import PatternFill

    # Reliability and Confidence take their colour from the confidence and the status as they now stand.
    score, status = "$E2", "$H2"
    rules = (
        (f'{status}="checked"', _GOOD),
        (f"{score}>={GOOD_FROM}", _GOOD),
        (f"{score}>={DOUBTFUL_BELOW}", _FAIR),
        (f"{score}<{DOUBTFUL_BELOW}", _DOUBTFUL),
    )
    for cells in (f"B2:B{rows + 1}", f"E2:E{rows + 1}"):
        for formula, colour in rules if rows else ():
            fill = PatternFill("solid", bgColor=colour, fgColor=colour)
            rule: Rule = FormulaRule(formula=[formula], fill=fill, stopIfTrue=True)  # type: ignore[no-untyped-call]
            sheet.conditional_formatting.add(cells, rule)


def dress_about(sheet: Worksheet) -> None:
    """Two readable columns."""
    sheet.column_dimensions["A"].width = 34
    sheet.column_dimensions["B"].width = 100
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
