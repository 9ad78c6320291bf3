"""The workbook and the Word document: what people see in them, and what a spreadsheet must not run."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from openpyxl import load_workbook
from writers_made_up import BEADS, TABLE

from align import writers
from align.errors import UnreadableFileError
from align.table import AlignmentTable, BeadKind, BeadRecord


def _sheets(table: AlignmentTable):
    return load_workbook(BytesIO(writers.dumps(table, "xlsx")))


def _document(table: AlignmentTable):
    return docx.Document(BytesIO(writers.dumps(table, "docx")))


def test_the_workbook_shows_a_bead_a_row_under_readable_headings() -> None:
    rows = list(_sheets(TABLE)["Alignment"].iter_rows(values_only=True))
    assert rows[0] == (
        "No.",
        "Reliability",
        "Chinese",
        "English",
        "Confidence",
        "Similarity",
        "Kind",
        "Status",
        "Chinese units",
        "English units",
        "Chinese paragraphs",
        "English paragraphs",
    )
    assert rows[4] == (None, "fair", BEADS[3].zh_text, None, 0.88, None, "zh-only", "automatic", "3", None, "3", None)
    assert rows[9][:6] == ("(b)", "doubtful", BEADS[8].zh_text, BEADS[8].en_text, 0.31, 0.38)
    assert len(rows) == 16


def test_the_workbook_has_a_frozen_header_a_filter_wrapped_texts_and_colours_by_confidence() -> None:
    sheet = _sheets(TABLE)["Alignment"]
    assert sheet.freeze_panes == "C2"
    assert sheet.auto_filter.ref == "A1:L16"
    assert sheet["C3"].alignment.wrap_text
    assert sheet["C3"].font.name == "SimSun"
    assert {str(cells.sqref): [rule.formula for rule in rules] for cells, rules in _rules(sheet)} == {
        "B2:B16": [['$H2="checked"'], ["$E2>=0.9"], ["$E2>=0.6"], ["$E2<0.6"]],
        "E2:E16": [['$H2="checked"'], ["$E2>=0.9"], ["$E2>=0.6"], ["$E2<0.6"]],
    }


def _rules(sheet):
    return [(cells, cells.rules) for cells in sheet.conditional_formatting]


def test_the_about_sheet_carries_signature_and_provenance_and_explains_the_columns() -> None:
    about = {row[0]: row[1] for row in _sheets(TABLE)["About"].iter_rows(values_only=True) if row[0]}
    assert about["signature"] == TABLE.signature
    assert about["symbol"] == "A/RES/79/901"
    assert about["Confidence:"].startswith("calibrated probability")
    assert about["doubtful:"].startswith("automatic, confidence below 0.60")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "#N/A", "=cmd|' /C calc'!A0", "2024-01-01", "007"])
def test_no_cell_of_the_workbook_is_a_formula_or_taken_for_something_else(text: str) -> None:
    bead = BeadRecord((0,), (0,), text, text, None, 0.5, BeadKind.LINK, text, text)
    sheet = _sheets(replace(TABLE, records=(bead,), signature=text))
    for cell in ("A2", "C2", "D2", "H2"):
        assert (sheet["Alignment"][cell].data_type, sheet["Alignment"][cell].value) == ("s", text)
        assert sheet["Alignment"][cell].quotePrefix
    assert (sheet["About"]["B1"].data_type, sheet["About"]["B1"].value) == ("s", text)


def test_a_text_too_long_for_a_cell_goes_on_in_columns_at_the_right() -> None:
    long = "国" * 30_000 + "\U00020000" * 20_000 + "\x01" * 9_000
    bead = replace(BEADS[1], zh_text=long)
    table = replace(TABLE, records=(BEADS[0], bead, BEADS[2]))
    sheet = _sheets(table)["Alignment"]
    assert sheet["M1"].value == "Chinese (2)"
    cells = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert max(len(cell.encode("utf-16-le")) // 2 for cell in cells) <= 32_767
    assert writers.loads(writers.dumps(table, "xlsx"), "xlsx") == table


def test_what_a_person_edits_in_the_workbook_is_read_back() -> None:
    book = _sheets(TABLE)
    book["Alignment"]["D10"].value = "The training of technicians;"
    book["Alignment"]["H10"].value = "checked"
    stream = BytesIO()
    book.save(stream)
    edited = replace(BEADS[8], en_text="The training of technicians;", status="checked")
    assert writers.loads(stream.getvalue(), "xlsx").records == (*BEADS[:8], edited, *BEADS[9:])


def test_the_word_table_faces_the_texts_and_says_how_sure_without_colour() -> None:
    table = _document(TABLE).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["", "No.", "中文", "English"]
    assert rows[1] == ["✓ checked\n0.99", "", "大会，", "The General Assembly,"]
    assert rows[4] == ["fair\n0.88", "", BEADS[3].zh_text, "not in English"]
    assert rows[9] == ["? doubtful\n0.31", "(b)", BEADS[8].zh_text, BEADS[8].en_text]
    assert rows[11] == ["good\n0.91", "3", "not in Chinese", BEADS[10].en_text]
    assert rows[13] == ["good\n0.90\n↕ moved", "", BEADS[12].zh_text, BEADS[12].en_text]
    assert rows[14][0] == "fair\n0.87\n≡ list"
    assert len(rows) == 16


def test_the_word_page_is_landscape_a4_with_symbol_above_and_signature_below() -> None:
    document = _document(TABLE)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    title = "A/RES/79/901 · Strengthening the international exchange of hydrological observations"
    assert section.header.paragraphs[0].text == title
    assert section.footer.paragraphs[0].text.split("\t")[0] == TABLE.signature
    assert document.tables[0].rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


@pytest.mark.parametrize(("script", "font", "language"), [("Hans", "SimSun", "zh-CN"), ("Hant", "PMingLiU", "zh-TW")])
def test_the_word_runs_name_an_east_asian_font_and_language(script: str, font: str, language: str) -> None:
    table = replace(TABLE, provenance=replace(TABLE.provenance, zh_script=script))
    run = _document(table).tables[0].rows[1].cells[2].paragraphs[0].runs[0]._r
    assert run.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == font
    assert run.rPr.find(qn("w:lang")).get(qn("w:eastAsia")) == language


def test_control_characters_are_shown_by_their_pictures_in_word() -> None:
    bead = replace(BEADS[0], zh_text="甲\x00乙\x07\n丙\t丁 ", en_text="<b>&\ufffe")
    row = _document(replace(TABLE, records=(bead,))).tables[0].rows[1]
    assert [cell.text for cell in row.cells][2:] == ["甲␀乙␇\n丙\t丁 ", "<b>&\ufffd"]


def test_a_zip_bomb_and_a_document_type_are_refused() -> None:
    for name in ("xlsx", "docx"):
        with pytest.raises(UnreadableFileError, match=r"as a zip bomb does"):
            writers.loads(_with_member(writers.dumps(TABLE, name), "bomb.xml", b" " * 60_000_000), name, "x")
        entity = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        with pytest.raises(UnreadableFileError, match=r"declares XML entities"):
            writers.loads(_with_member(writers.dumps(TABLE, name), "customXml/item9.xml", entity), name, "x")


def _with_member(data: bytes, name: str, content: bytes) -> bytes:
    stream = BytesIO(data)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return stream.getvalue()


def test_a_document_that_duizhao_did_not_write_is_refused() -> None:
    stream = BytesIO()
    docx.Document().save(stream)
    with pytest.raises(UnreadableFileError, match=r"^x\.docx carries no alignment data of duizhao"):
        writers.loads(stream.getvalue(), "docx", "x.docx")
