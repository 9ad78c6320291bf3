"""Word documents: order, numbering, notes, fields, tracked changes, boxes; and that nothing is lost."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from readers_made_up import (
    characters,
    kept_characters,
    numbered,
    paragraph,
    texts,
    word_package,
    written,
    zipped,
)

from align.document import FootnoteReference, SetAside
from align.readers import read_raw
from align.readers.docx import read_docx
from align.readers.raw import RawBlock, RawDocument, Role

SHARED = Path(__file__).parents[1].parent / "shared"


def level(index: int, style: str, text: str, more: str = "") -> str:
    start = f'<w:start w:val="1"/><w:numFmt w:val="{style}"/>'
    return f'<w:lvl w:ilvl="{index}">{start}{more}<w:lvlText w:val="{text}"/></w:lvl>'


def one_list(*levels: str, more: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{more}'
    )


def labels(body: str, numbering: str, **parts: str) -> list[str]:
    return [block.label for block in read(body, numbering=numbering, **parts).blocks]


def read(body: str, **parts: str) -> RawDocument:
    return read_docx(word_package(body, **parts), "a.docx")


def test_paragraphs_and_tables_come_in_true_order_with_their_places() -> None:
    table = (
        f"<w:tbl><w:tr><w:tc>{paragraph('a')}</w:tc><w:tc>{paragraph('b')}"
        f"<w:tbl><w:tr><w:tc>{paragraph('c')}</w:tc><w:tc>{paragraph('d')}</w:tc></w:tr></w:tbl>{paragraph('')}</w:tc></w:tr></w:tbl>"
    )
    document = read(paragraph("one") + paragraph("") + table + paragraph("two"))
    assert [(block.text, block.place, block.role) for block in document.blocks] == [
        ("one", "paragraph 1", Role.TEXT),
        ("a", "table 1, row 1, cell 1", Role.CELL),
        ("b", "table 1, row 1, cell 2", Role.CELL),
        ("c", "table 1, row 1, cell 2, table 1, row 1, cell 1", Role.CELL),
        ("d", "table 1, row 1, cell 2, table 1, row 1, cell 2", Role.CELL),
        ("two", "paragraph 2", Role.TEXT),
    ]


def test_a_table_of_one_column_is_a_frame_around_running_text() -> None:
    document = read(f"<w:tbl><w:tr><w:tc>{paragraph('Summary')}{paragraph('Text.')}</w:tc></w:tr></w:tbl>")
    assert [(block.text, block.role) for block in document.blocks] == [("Summary", Role.TEXT), ("Text.", Role.TEXT)]


def test_a_table_above_all_text_is_a_letterhead_unless_it_draws_columns() -> None:
    rows = f"<w:tr><w:tc>{paragraph('United Nations')}</w:tc><w:tc>{paragraph('A/99/1')}</w:tc></w:tr>"
    borders = '<w:tblPr><w:tblBorders><w:insideV w:val="single"/></w:tblBorders></w:tblPr>'
    document = read(f"<w:tbl>{rows}</w:tbl>{paragraph('x')}<w:tbl>{rows}</w:tbl>")
    assert [block.role for block in document.blocks] == [Role.TEXT] * 3 + [Role.CELL] * 2
    assert [block.role for block in read(f"<w:tbl>{rows}</w:tbl>").blocks] == [Role.CELL] * 2
    assert [block.role for block in read(f"<w:tbl>{borders}{rows}</w:tbl>{paragraph('x')}").blocks[:2]] == [
        Role.CELL
    ] * 2


def test_automatic_numbers_are_counted_by_level_and_restart_below() -> None:
    numbering = one_list(level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)"), level(2, "lowerRoman", "(%3)"))
    body = "".join(numbered("x", level=index) for index in (0, 1, 1, 2, 2, 0, 1, 2))
    assert labels(body, numbering) == ["1.", "(a)", "(b)", "(i)", "(ii)", "2.", "(a)", "(i)"]
    blocks = read(body, numbering=numbering).blocks
    assert (blocks[3].role, blocks[3].level) == (Role.LIST_ITEM, 3)


@pytest.mark.parametrize(
    ("style", "text", "third", "twelfth"),
    [
        ("decimal", "%1.", "3.", "12."),
        ("decimalZero", "%1", "03", "12"),
        ("lowerLetter", "(%1)", "(c)", "(l)"),
        ("upperLetter", "%1.", "C.", "L."),
        ("upperRoman", "%1.", "III.", "XII."),
        ("chineseCounting", "%1、", "三、", "十二、"),
        ("chineseCountingThousand", "第%1条", "第三条", "第十二条"),
        ("ideographDigital", "（%1）", "（三）", "（一二）"),
        ("ideographTraditional", "%1", "丙", "乙"),
        ("decimalEnclosedCircle", "%1", "③", "⑫"),
        ("bullet", "\uf0b7", "", ""),
        ("none", "", "", ""),
    ],
)
def test_numbers_print_in_the_style_of_their_level(style: str, text: str, third: str, twelfth: str) -> None:
    found = labels("".join(numbered("x") for _ in range(12)), one_list(level(0, style, text)))
    assert (found[2], found[11]) == (third, twelfth)


def test_a_number_of_several_levels_and_a_legal_one_print_whole() -> None:
    numbering = one_list(
        level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2"), level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
    )
    body = "".join(numbered("x", level=index) for index in (0, 1, 2, 1))
    assert labels(body, numbering) == ["I.", "I.1", "1.1.1", "I.2"]


def test_an_override_restarts_a_list_once_and_a_shared_one_goes_on() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    numbering = one_list(level(0, "decimal", "%1."), more=more)
    body = "".join(numbered("x", number=number) for number in (1, 1, 2, 3, 3))
    assert labels(body, numbering) == ["1.", "2.", "3.", "1.", "2."]


def test_numbering_comes_from_a_style_and_zero_switches_it_off() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Op"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Op"/></w:style>'
    )
    numbering = one_list(level(0, "decimal", "%1."), level(1, "lowerLetter", "(%2)", '<w:pStyle w:val="Sub"/>'))
    body = (
        paragraph("x", '<w:pStyle w:val="Op"/>')
        + paragraph("x", '<w:pStyle w:val="Sub"/>')
        + paragraph("x", '<w:pStyle w:val="Op"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + paragraph("x", '<w:pStyle w:val="Op"/>')
    )
    assert labels(body, numbering, styles=styles) == ["1.", "(a)", "", "2."]


def test_headings_are_known_by_outline_level_by_name_and_by_the_templates_of_the_united_nations() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'
        for key, name, more in [
            ("a", "heading 2", ""),
            ("b", "_ H _Ch_G", ""),
            ("c", "_ H_2/3", ""),
            ("d", "Mine", '<w:pPr><w:outlineLvl w:val="3"/><w:jc w:val="center"/></w:pPr>'),
            ("e", "Other", '<w:basedOn w:val="a"/>'),
            ("f", "Normal", ""),
        ]
    )
    body = "".join(paragraph("x", f'<w:pStyle w:val="{key}"/>') for key in "abcdef")
    found = [(block.role, block.level, block.centred) for block in read(body, styles=styles).blocks]
    assert found == [
        (Role.HEADING, 2, False),
        (Role.HEADING, 1, False),
        (Role.HEADING, 2, False),
        (Role.HEADING, 4, True),
        (Role.HEADING, 2, False),
        (Role.TEXT, 0, False),
    ]


def reference(kind: str, note: int, more: str = "", text: str = "") -> str:
    return f'<w:r><w:{kind}Reference w:id="{note}"{more}/>{text}</w:r>'


def note(kind: str, number: int, text: str) -> str:
    return f'<w:{kind} w:id="{number}"><w:p><w:r><w:{kind}Ref/></w:r><w:r><w:t> {text}</w:t></w:r></w:p></w:{kind}>'


def test_notes_are_numbered_in_order_of_reference_and_stand_at_the_end() -> None:
    custom = reference("footnote", 7, ' w:customMarkFollows="1"', "<w:t>*</w:t>")
    body = (
        f"<w:p><w:r><w:t>Title</w:t></w:r>{custom}</w:p>"
        f"<w:p><w:r><w:t>One</w:t></w:r>{reference('footnote', 5)}<w:r><w:t>, two</w:t></w:r>{reference('endnote', 2)}"
        f"{reference('footnote', 3)}</w:p>"
    )
    separator = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    footnotes = (
        separator + note("footnote", 3, "Third.") + note("footnote", 5, "First.") + note("footnote", 7, "* Star.")
    )
    document = read(body, footnotes=footnotes, endnotes=note("endnote", 2, "End."))
    assert document.blocks == (
        RawBlock("Title", "paragraph 1", footnotes=(FootnoteReference("*", 5),)),
        RawBlock(
            "One, two",
            "paragraph 2",
            footnotes=(FootnoteReference("1", 3), FootnoteReference("i", 8), FootnoteReference("2", 8)),
        ),
        RawBlock("Star.", "footnote *", Role.NOTE, mark="*"),
        RawBlock("First.", "footnote 1", Role.NOTE, mark="1"),
        RawBlock("Third.", "footnote 2", Role.NOTE, mark="2"),
        RawBlock("End.", "endnote i", Role.NOTE, mark="i"),
    )


def test_notes_restart_with_a_section_that_says_so_and_print_in_its_style() -> None:
    style = '<w:numFmt w:val="decimalEnclosedCircle"/><w:numRestart w:val="eachSect"/>'
    section = f"<w:sectPr><w:footnotePr>{style}</w:footnotePr></w:sectPr>"
    body = (
        f"<w:p><w:pPr>{section}</w:pPr>{reference('footnote', 1)}</w:p><w:p>{reference('footnote', 2)}</w:p>{section}"
    )
    document = read(body, footnotes=note("footnote", 1, "a") + note("footnote", 2, "b"))
    assert [block.mark for block in document.blocks if block.role is Role.NOTE] == ["①", "①"]


def test_a_note_that_nothing_refers_to_is_set_aside() -> None:
    document = read(paragraph("x"), footnotes=note("footnote", 4, "Orphan."))
    assert document.set_aside == (SetAside("Orphan.", "footnote without a reference", "footnote"),)


def test_field_codes_are_no_text_and_their_results_are() -> None:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText> HYPERLINK http://x </w:instrText></w:r>"
    code_of_page = "<w:r><w:instrText>PAGE</w:instrText></w:r>"
    inner = f"{char('begin')}{code_of_page}{char('separate')}<w:r><w:t>9</w:t></w:r>{char('end')}"
    body = (
        f"<w:p><w:r><w:t>See </w:t></w:r>{char('begin')}{code}{inner}{char('separate')}<w:r><w:t>the</w:t></w:r></w:p>"
        f"<w:p><w:r><w:t>page</w:t></w:r>{char('end')}<w:r><w:t>.</w:t></w:r>"
        '<w:fldSimple w:instr=" PAGE "><w:r><w:t>3</w:t></w:r></w:fldSimple></w:p>'
    )
    assert texts(read(body)) == ["See the", "page.3"]


def test_tracked_changes_are_taken_as_accepted_and_what_they_drop_is_set_aside() -> None:
    body = (
        '<w:p><w:r><w:t>The </w:t></w:r><w:del w:id="1"><w:r><w:delText>old </w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>new </w:t></w:r></w:ins><w:r><w:t>text</w:t></w:r>'
        '<w:moveFrom w:id="3"><w:r><w:t> moved</w:t></w:r></w:moveFrom></w:p>'
        '<w:p><w:pPr><w:rPr><w:del w:id="4"/></w:rPr></w:pPr><w:r><w:t>Joined </w:t></w:r></w:p>'
        '<w:p><w:moveTo w:id="5"><w:r><w:t>moved</w:t></w:r></w:moveTo></w:p>'
    )
    document = read(body)
    assert texts(document) == ["The new text", "Joined moved"]
    assert document.set_aside == (
        SetAside("old", "tracked deletion", "paragraph 1"),
        SetAside("moved", "tracked move", "paragraph 1"),
    )


def test_text_boxes_are_read_once_after_their_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('Boxed')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Before</w:t></w:r><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t> after</w:t></w:r></w:p>"
    )
    assert [(block.text, block.place) for block in read(body).blocks] == [
        ("Before after", "paragraph 1"),
        ("Boxed", "paragraph 1, text box"),
    ]


def test_breaks_tabs_hyphens_and_content_controls_read_as_they_look() -> None:
    body = (
        "<w:p><w:r><w:t>1.</w:t><w:tab/><w:t>follow</w:t><w:noBreakHyphen/><w:t>up co</w:t><w:softHyphen/>"
        "<w:t>op\u00aderation</w:t><w:br/><w:t>on</w:t></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:sdt><w:sdtContent><w:r><w:t>control </w:t></w:r></w:sdtContent></w:sdt>"
        '<w:hyperlink r:id="x"><w:r><w:t>link</w:t></w:r></w:hyperlink>'
        "<m:oMath><m:r><m:t> x+1</m:t></m:r></m:oMath></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>第一</w:t><w:br/><w:t>行</w:t></w:r>"
        "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r></w:p>"
    )
    assert texts(read(body)) == ["1. follow-up cooperation on", "control link x+1", "第一行²"]


def test_headers_footers_comments_and_hidden_text_are_set_aside_once() -> None:
    section = '<w:headerReference w:type="{}" r:id="{}"/>'
    body = (
        "<w:p><w:r><w:t>Seen</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Unseen</w:t></w:r></w:p>"
        f"<w:sectPr>{section.format('first', 'header1')}{section.format('default', 'header2')}"
        f"{section.format('even', 'header3')}<w:footerReference r:id='footer1'/></w:sectPr>"
    )
    document = read(
        body,
        header1=paragraph("A/99/1"),
        header2=paragraph("Other"),
        header3=paragraph("A/99/1"),
        footer1=paragraph("2/3"),
        comments=f'<w:comment w:id="1">{paragraph("Check.")}</w:comment>',
    )
    assert texts(document) == ["Seen"]
    assert document.set_aside == (
        SetAside("Unseen", "hidden text", "paragraph 1"),
        SetAside("A/99/1", "running header", "header 1"),
        SetAside("Other", "running header", "header 2"),
        SetAside("2/3", "running footer", "footer 1"),
        SetAside("Check.", "comment", "comment 1"),
    )


def test_the_strict_variant_of_the_format_is_read_too() -> None:
    data = word_package(paragraph("Strict."))
    members: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            members[name] = (
                archive.read(name)
                .replace(
                    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                    b"http://purl.oclc.org/ooxml/wordprocessingml/main",
                )
                .replace(
                    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
                )
            )
    assert texts(read_docx(zipped(members), "a.docx")) == ["Strict."]


def test_a_document_of_python_docx_is_read_whole(tmp_path: Path) -> None:
    import docx

    made = docx.Document()
    made.core_properties.title = "Made"
    made.add_heading("Heading", 1)
    made.add_paragraph("Item", style="List Number")
    made.add_table(1, 2).cell(0, 1).text = "Cell"
    made.save(str(tmp_path / "a.docx"))
    document = read_raw(tmp_path / "a.docx")
    assert document.title == "Made"
    assert [(block.text, block.role, block.label) for block in document.blocks] == [
        ("Heading", Role.HEADING, ""),
        ("Item", Role.LIST_ITEM, "1."),
        ("Cell", Role.TEXT, ""),
    ]


def all_text(path: Path) -> str:
    """Return every w:t and w:delText of a package's stories, by a way of its own."""
    pieces = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"word/(?:document|footnotes|endnotes|header\d*|footer\d*|comments)\.xml", name):
                xml = archive.read(name).decode()
                pieces += re.findall(r"<w:(?:t|delText)(?: [^>]*)?>([^<]*)</w:", xml)
    return "".join(pieces)


def test_no_character_of_a_word_document_is_lost(tmp_path: Path) -> None:
    body = (
        paragraph("标题") + numbered("项目") + "<w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del></w:p>"
        f"<w:tbl><w:tr><w:tc>{paragraph('甲')}</w:tc><w:tc>{paragraph('乙')}</w:tc></w:tr></w:tbl>"
        f"<w:p><w:r><w:t>文</w:t></w:r>{reference('footnote', 1)}</w:p>"
    )
    path = written(
        tmp_path,
        "a.docx",
        word_package(body, footnotes=note("footnote", 1, "注") + note("footnote", 2, "无")),
    )
    assert not characters(all_text(path)) - kept_characters(read_raw(path))


@pytest.mark.shared
def test_no_character_of_the_real_word_documents_is_lost() -> None:
    paths = sorted((SHARED / "exchange/docs").glob("*.docx"))
    assert paths
    for path in paths:
        assert not characters(all_text(path)) - kept_characters(read_raw(path)), path


@pytest.mark.shared
def test_a_real_law_keeps_its_circled_footnote_and_its_table() -> None:
    law = read_raw(next((SHARED / "exchange/docs").glob("*刑法.docx")))
    assert [(block.mark, block.place) for block in law.blocks if block.role is Role.NOTE] == [("①", "footnote ①")]
    assert [item.mark for block in law.blocks for item in block.footnotes] == ["①"]
    decision = read_raw(next((SHARED / "exchange/docs").glob("*种子法*.docx")))
    assert [block.place for block in decision.blocks if block.role is Role.CELL] == [
        "table 1, row 1, cell 1",
        "table 1, row 1, cell 2",
        "table 1, row 2, cell 1",
        "table 1, row 2, cell 2",
    ]
