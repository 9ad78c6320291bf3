"""The table of the Word document, written as WordprocessingML because thousands of rows are too slow cell by cell."""

from __future__ import annotations

from typing import Any

from align.table import AlignmentTable, BeadKind, BeadRecord
from align.writers.summary import Verdict, verdict
from align.writers.word_run import GREY, NAMESPACES, run

# Fill of the first column and the sign in it: the sign says the same without the colour.
_MARKS = {
    Verdict.CHECKED: ("CFE8D5", "✓ checked"),
    Verdict.GOOD: ("CFE8D5", "good"),
    Verdict.FAIR: ("FFE9A8", "fair"),
    Verdict.DOUBTFUL: ("F8D3CC", "? doubtful"),
}
_KINDS = {BeadKind.MOVED: "↕ moved", BeadKind.LIST: "≡ list"}
_MISSING = {BeadKind.ZH_ONLY: "not in English", BeadKind.EN_ONLY: "not in Chinese"}
_WIDTHS = (1080, 760, 6180, 7110)  # twentieths of a point; together the 267 mm between the margins


def facing_table(table: AlignmentTable) -> Any:
    """The <w:tbl> element: reliability, number, Chinese, English; its header row is repeated on each page."""
    from docx.oxml import parse_xml

    hant = table.provenance.zh_script == "Hant"
    rows = "".join(_row(record, hant) for record in table.records)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in _WIDTHS)
    # One parse of the whole; everything in it is escaped and its size is that of the texts.
    return parse_xml(
        f"<w:tbl {NAMESPACES}><w:tblPr>"
        f'<w:tblW w:w="{sum(_WIDTHS)}" w:type="dxa"/>'
        '<w:tblBorders><w:insideH w:val="single" w:sz="4" w:space="0" w:color="D9D6CE"/>'
        '<w:bottom w:val="single" w:sz="4" w:space="0" w:color="D9D6CE"/></w:tblBorders>'
        '<w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="70" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>'
        '<w:bottom w:w="70" w:type="dxa"/><w:right w:w="100" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{_header(hant)}{rows}</w:tbl>"
    )


def _header(hant: bool) -> str:
    cells = [_cell(at, run(word, hant, bold=True, size=16)) for at, word in enumerate(("", "No.", "中文", "English"))]
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def _row(record: BeadRecord, hant: bool) -> str:
    fill, sign = _MARKS[verdict(record)]
    notes = [sign, f"{record.confidence:.2f}"]
    notes += [_KINDS[record.kind]] if record.kind in _KINDS else []
    missing = run(_MISSING.get(record.kind, ""), hant, size=16, colour=GREY)
    no_zh = record.kind is BeadKind.EN_ONLY and not record.zh_text
    no_en = record.kind is BeadKind.ZH_ONLY and not record.en_text
    cells = (
        _cell(0, run("\n".join(notes), hant, size=14), fill),
        _cell(1, run(record.number, hant, size=16, colour=GREY)),
        _cell(2, missing if no_zh else run(record.zh_text, hant, chinese=True, size=21)),
        _cell(3, missing if no_en else run(record.en_text, hant, size=21)),
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(column: int, content: str, fill: str = "") -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    spacing = '<w:spacing w:line="276" w:lineRule="auto"/>' if column > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_WIDTHS[column]}" w:type="dxa"/>{shade}</w:tcPr>'
        f"<w:p><w:pPr>{spacing}</w:pPr>{content}</w:p></w:tc>"
    )
