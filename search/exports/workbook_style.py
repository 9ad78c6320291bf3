"""How the workbook of results looks, and the words that explain its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from align.document import Language
from align.writers.words import CHINESE_FONTS, LEGEND
from search.exports.rows import LANGUAGES, Side, languages
from search.hits import Results

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles import NamedStyle
    from openpyxl.worksheet.worksheet import Worksheet

TEXTS: Final[dict[str, Language]] = {"zh": "zh", "en": "en"}
_READ = {
    "symbol": "Symbol",
    "paragraph": "Paragraph",
    "date": "Date",
    "body": "Body",
    "status": "Status",
    "reliability": "Reliability",
    "confidence": "Confidence",
    "score": "Score",
}
_MORE = {
    "why": "Why",
    "type": "Type",
    "kind": "Kind",
    "zh_spans": "zh_spans",
    "en_spans": "en_spans",
    "pair_id": "Pair",
}
_WIDTHS = {"rank": 5, "zh": 58, "en": 68, "symbol": 17, "paragraph": 11, "date": 12, "body": 20, "status": 11}
_WIDTHS |= {"reliability": 12, "confidence": 12, "score": 8, "why": 30, "zh_spans": 14, "en_spans": 14}
_INK, _PAPER_RULE, _HEADER_FILL, _LINK = "1E1E1C", "D9D6CE", "F0EDE6", "1F5FA8"
_FILLS = {"checked": "CFE8D5", "good": "CFE8D5", "fair": "FFE9A8", "doubtful": "F8D3CC"}
# Letters cannot be highlighted one by one in a cell: the colours of the highlighters, dark enough to read.
_HIT, _PARTNER = "8A5A00", "1F6B3A"
_EXPLANATIONS = {
    "#": "rank: the best answer first",
    "Paragraph": "the English original's paragraph number; the Chinese one where there is no English",
    "Status": "automatic, or checked once a person has confirmed the pair",
    "Reliability": "checked, good, fair or doubtful, as below",
    "Confidence": "calibrated probability that the pair is right: of those at 0.9, nine in ten are",
    "Score": "what orders the hits; Why says what it is made of, each part from 0 to 1",
    "Type": "of the document, by its symbol or title",
    "Kind": "link, moved (stands elsewhere in the other language), list (sorted differently), zh-only, en-only",
    "zh_spans, en_spans": "the marked parts: code points of the text from 0, the end not included",
    "Pair": "the pair's number in the corpus, which stays the same and is never given to another",
}


def headings(results: Results) -> dict[str, str]:
    """Field → heading, in the order of the columns: the query's language stands first."""
    first, second = languages(results)
    return {"rank": "#", first: LANGUAGES[first], second: LANGUAGES[second], **_READ, **_MORE}


def about_rows(results: Results) -> list[tuple[str, str]]:
    """The words that explain the sheet."""
    first, second = (LANGUAGES[language] for language in languages(results))
    marks = {
        first: "the language of the query; what answers it is bold and brown",
        second: "the other language; the partner of what answers it is bold and green, where it could be found",
        f"{first} (2), {second} (2)": "the rest of a text that is too long for one cell",
    }
    return [(f"{name}:", text) for name, text in {**marks, **_EXPLANATIONS, **LEGEND}.items()]


def text_style(side: Side) -> str:
    """The named style of a text's cells."""
    return f"{side.language} traditional" if side.traditional else side.language


def inline_font(side: Side, is_query: bool) -> InlineFont:
    """The font of the marked parts of a text."""
    from openpyxl.cell.text import InlineFont
    from openpyxl.styles.colors import Color

    colour = Color(rgb=f"FF{_HIT if is_query else _PARTNER}")
    return InlineFont(rFont=_text_font(side.language, side.traditional), sz=11, b=True, color=colour)


def style_names(workbook: Workbook) -> None:
    """Register one named style for each kind of cell, so that all of them share it."""
    from openpyxl.styles import Alignment, Font, PatternFill

    named = {name: _style(name) for name in ("heading", "key", "value", "rank", *_READ, *_MORE, "symbol link")}
    for language in TEXTS.values():
        for traditional in (False, True) if language == "zh" else (False,):
            name = f"{language} traditional" if traditional else language
            named[name] = _style(name)
            named[name].font = Font(name=_text_font(language, traditional), size=11, color=_INK)
    for name in ("heading", "key"):
        named[name].font = Font(name="Calibri", size=10, bold=True, color=_INK)
    named["heading"].fill = PatternFill("solid", fgColor=_HEADER_FILL)
    named["heading"].alignment = Alignment(vertical="center", wrap_text=True)
    named["symbol link"].font = Font(name="Calibri", size=10, color=_LINK, underline="single")
    named["rank"].alignment = Alignment(vertical="top", horizontal="center")
    named["score"].number_format = "0.000"
    for word, colour in _FILLS.items():
        for name in ("reliability", "confidence"):
            style = named[f"{name} {word}"] = _style(f"{name} {word}")
            style.fill = PatternFill("solid", fgColor=colour)
            style.number_format = "0.00" if name == "confidence" else "General"
    for style in named.values():
        workbook.add_named_style(style)


def _style(name: str) -> NamedStyle:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side

    style = NamedStyle(name)
    style.font = Font(name="Calibri", size=10, color=_INK)
    style.alignment = Alignment(vertical="top", wrap_text=name not in {"zh_spans", "en_spans", "pair_id"})
    style.border = Border(bottom=Side(style="hair", color=_PAPER_RULE))
    return style


def _text_font(language: Language, traditional: bool) -> str:
    return CHINESE_FONTS[traditional] if language == "zh" else "Cambria"


def dress_hits(sheet: Worksheet, rows: int, columns: list[tuple[str, int]]) -> None:
    """Freeze the header, set widths and filter, and how it prints."""
    from openpyxl.utils import get_column_letter

    for at, (name, _) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(at)].width = _WIDTHS.get(name, 10)
    last = max(rows, 1) + 1
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"
    sheet.row_dimensions[1].height = 30
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True  # type: ignore[union-attr]
    sheet.print_title_rows = "1:1"
    read = get_column_letter(3 + len(_READ))
    sheet.print_area = f"A1:{read}{last}"  # what people read; the other columns are for programs
