"""HTML and Markdown: blocks, numbers, tables, notes; and that nothing is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html as lxml_html
from readers_made_up import characters, kept_characters, texts, written

from align.document import FootnoteReference, SetAside
from align.readers import read_raw
from align.readers.html import read_html
from align.readers.markdown import read_markdown
from align.readers.raw import RawBlock, RawDocument, Role

SHARED = Path(__file__).parents[1].parent / "shared"


def page(body: str, head: str = "") -> RawDocument:
    return read_html(f"<!DOCTYPE html>\n<html><head>{head}</head><body>\n{body}</body></html>".encode(), "a.html")


def test_block_elements_become_blocks_with_their_lines_and_the_page_its_title() -> None:
    document = page(
        "<h1>Title</h1>\n<div>Loose <b>bold</b> text\n<p>A paragraph\nof two lines.</p>tail</div>\n"
        '<center>Middle</center><p style="text-align: center">Centred</p>',
        "<title>The page</title><style>p {}</style><script>x = '<p>no</p>'</script>",
    )
    assert document == RawDocument(
        blocks=(
            RawBlock("Title", "line 3", Role.HEADING, 1),
            RawBlock("Loose bold text", "line 4"),
            RawBlock("A paragraph of two lines.", "line 5"),
            RawBlock("tail", "line 5"),
            RawBlock("Middle", "line 7", centred=True),
            RawBlock("Centred", "line 7", centred=True),
        ),
        source="a.html",
        title="The page",
    )


def test_ordered_lists_give_labels_by_type_start_and_value() -> None:
    document = page(
        "<ol start=3><li>three<ol type=a><li>a</li><li>b</li></ol></li><li><p>four</p><p>more</p></li>"
        "<li value=9>nine</li></ol><ul><li>bullet</li></ul><ol type=I><li>one</li></ol>"
    )
    assert [(block.label, block.text, block.level) for block in document.blocks] == [
        ("3.", "three", 1),
        ("a.", "a", 2),
        ("b.", "b", 2),
        ("4.", "four", 1),
        ("", "more", 1),
        ("9.", "nine", 1),
        ("", "bullet", 1),
        ("I.", "one", 1),
    ]


def test_tables_of_data_give_cells_and_those_of_a_letterhead_or_a_layout_give_text() -> None:
    document = page(
        "<table><tr><td>Organ<td>Symbol</table>"
        "<table><caption>Figures</caption><tr><th>A</th><th>B</th></tr><tbody><tr><td>1</td><td>2<p>3</p></td></tr></tbody></table>"
        "<table><tr><td>One</td></tr><tr><td>Two</td></tr></table>"
    )
    assert [(block.text, block.role, block.place) for block in document.blocks] == [
        ("Organ", Role.TEXT, "line 3"),
        ("Symbol", Role.TEXT, "line 3"),
        ("Figures", Role.TEXT, "line 3"),
        ("A", Role.CELL, "table 1, row 1, cell 1"),
        ("B", Role.CELL, "table 1, row 1, cell 2"),
        ("1", Role.CELL, "table 1, row 2, cell 1"),
        ("2", Role.CELL, "table 1, row 2, cell 2"),
        ("3", Role.CELL, "table 1, row 2, cell 2"),
        ("One", Role.TEXT, "line 3"),
        ("Two", Role.TEXT, "line 3"),
    ]


@pytest.mark.parametrize(
    ("reference", "note"),
    [
        ('<sup><a href="#n1" id="r1">1</a></sup>', '<p id="n1">1. The note. <a href="#r1">↩</a></p>'),
        ('<a href="#n1" id="r1"><sup>1</sup></a>', '<ol><li id="n1"><p>The note.</p></li></ol>'),
        ('<a href="#_n" name="_r">[1]</a>', '<div><p><a href="#_r" name="_n">[1]</a> The note.</p></div>'),
        ('<a href="#n" role="doc-noteref">1</a>', '<aside id="n">¹ The note.</aside>'),
    ],
)
def test_a_linked_reference_finds_its_note(reference: str, note: str) -> None:
    document = page(f"<p>Text{reference} goes on.</p>{note}")
    assert [(block.text, block.role, block.mark, block.footnotes) for block in document.blocks] == [
        ("Text goes on.", Role.TEXT, "", (FootnoteReference("1", 4),)),
        ("The note.", Role.NOTE, "1", ()),
    ]


def test_a_raised_number_without_a_note_stays_in_the_text_and_a_table_of_contents_is_no_list_of_notes() -> None:
    document = page('<p>5 m<sup>2</sup> and<sup>3</sup></p><p><a href="#c1">1</a> Chapter</p><h2 id="c1">Chapter</h2>')
    assert texts(document) == ["5 m² and³", "1 Chapter", "Chapter"]


def test_two_breaks_end_a_paragraph_and_one_does_not_unless_an_indent_follows() -> None:
    assert texts(page("<div>第一<br>行<br><br>The second<br>line<br>　　第三段</div>")) == [
        "第一行",
        "The second line",
        "第三段",
    ]


def test_navigation_forms_and_hidden_text_are_set_aside() -> None:
    document = page(
        "<nav>Home</nav>\n<p hidden>No</p><button>Go</button><p>Yes <del>old</del><ruby>字<rt>zì</rt></ruby></p>"
    )
    assert texts(document) == ["Yes 字"]
    assert document.set_aside == (
        SetAside("Home", "navigation", "line 3"),
        SetAside("No", "hidden", "line 4"),
        SetAside("Go", "form", "line 4"),
        SetAside("old", "deleted text", "line 4"),
        SetAside("zì", "ruby", "line 4"),
    )


@pytest.mark.parametrize(
    "meta", ['<meta charset="gb2312">', '<meta http-equiv="Content-Type" content="text/html; charset=GBK">', ""]
)
def test_the_encoding_is_the_declared_one_or_found(meta: str) -> None:
    text = f"<html><head>{meta}</head><body><p>大会决定继续审议这一问题。</p></body></html>"
    assert texts(read_html(text.encode("gb18030"), "a.html")) == ["大会决定继续审议这一问题。"]


def test_a_wrong_declaration_of_the_encoding_does_not_win_over_utf8() -> None:
    text = '<html><head><meta charset="us-ascii"></head><body><p>大会决定</p></body></html>'
    assert texts(read_html(text.encode(), "a.html")) == ["大会决定"]


def test_an_entity_in_a_page_is_not_expanded() -> None:
    text = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><body><p>a &x; b</p></body></html>'
    assert "root:" not in "".join(texts(read_html(text.encode(), "a.html")))


def test_markdown_is_read_without_its_marks() -> None:
    text = (
        "# 大 会\n\n**重申**其[决议](http://x.example/1)\n`A/RES/1`，\nand more\n\n    indented\n\n"
        "3. three\n4. four\n   - nested\n\n"
        "***\n\n| a | b |\n|---|---|\n| 1 | *2* |\n"
    )
    document = read_markdown(text, "a.md")
    assert document.blocks == (
        RawBlock("大 会", "line 1", Role.HEADING, 1),
        RawBlock("重申其决议A/RES/1，and more", "line 3"),
        RawBlock("indented", "line 7"),
        RawBlock("three", "line 9", Role.LIST_ITEM, 1, "3."),
        RawBlock("four", "line 10", Role.LIST_ITEM, 1, "4."),
        RawBlock("nested", "line 11", Role.LIST_ITEM, 2),
        RawBlock("a", "table 1, row 1, cell 1", Role.CELL),
        RawBlock("b", "table 1, row 1, cell 2", Role.CELL),
        RawBlock("1", "table 1, row 2, cell 1", Role.CELL),
        RawBlock("2", "table 1, row 2, cell 2", Role.CELL),
    )
    assert document.set_aside == (
        SetAside("http://x.example/1", "link address", "line 3"),
        SetAside("***", "rule", "line 13"),
    )


def test_markdown_footnotes_become_references_and_notes() -> None:
    text = "One[^1] and two[^b], not [^c].\n\n[^1]: First\n    goes on.\n[^b]: *Second*.\n\nLast.\n"
    assert read_markdown(text, "a.md").blocks == (
        RawBlock("One and two, not [^c].", "line 1", footnotes=(FootnoteReference("1", 3), FootnoteReference("b", 11))),
        RawBlock("Last.", "line 7"),
        RawBlock("First goes on.", "line 3", Role.NOTE, mark="1"),
        RawBlock("Second.", "line 5", Role.NOTE, mark="b"),
    )


def test_raised_text_in_markdown_is_kept_for_the_structure_and_blocks_of_html_are_read() -> None:
    text = (
        "Text<sup>1</sup> on<br>\n\n<sup>1</sup> Note.\n\n<table><tr><td>x</td><td>y</td></tr></table>\n\n"
        "<!-- page 2 -->\n"
    )
    document = read_markdown(text, "a.md")
    assert texts(document) == ["Text<sup>1</sup> on", "<sup>1</sup> Note.", "x", "y"]
    assert document.set_aside == (SetAside("<!-- page 2 -->", "markup", "line 7"),)


def test_front_matter_is_set_aside_and_gives_the_title() -> None:
    document = read_markdown('---\ntitle: "Report"\nlang: en\n---\n\nText.\n', "a.md")
    assert (document.title, texts(document)) == ("Report", ["Text."])
    assert document.set_aside == (SetAside('title: "Report"\nlang: en', "front matter", "line 1"),)


def test_markdown_that_a_page_break_cuts_is_soft() -> None:
    document = read_markdown("1. 请各国加强边\n\n\n\n境管制。\n\n2.\n\n决定。\n", "a.md")
    assert [(block.label, block.text, block.soft) for block in document.blocks] == [
        ("1.", "请各国加强边", True),
        ("", "境管制。", False),
        ("2.", "决定。", False),
    ]


def test_no_character_of_a_page_is_lost(tmp_path: Path) -> None:
    text = (
        "<html><head><title>题</title></head><body>散<nav>航</nav>"
        "<p>段<a href='#n'><sup>1</sup></a>落<br>行</p><ol><li>项</li></ol>"
        "<table><tr><td>甲</td><td>乙</td></tr></table><pre>码\n行</pre>"
        "<p id='n'>1 注</p><dl><dt>词<dd>义</dl></body></html>"
    )
    kept = kept_characters(read_raw(written(tmp_path, "a.html", text)))
    assert not characters(re.sub(r"<[^>]*>", "", text)) - kept


def test_no_character_of_a_markdown_text_is_lost_but_its_marks(tmp_path: Path) -> None:
    text = (
        "# 题\n\n段[^1]**粗**[链](http://x)\n\n- 项\n\n1. 一\n2.\n3. 三\n\n> 引\n\n```\n码\n```\n\n"
        "|甲|乙|\n|-|-|\n|1|2|\n\n---\n\n[^1]: 注\n"
    )
    kept = kept_characters(read_raw(written(tmp_path, "a.md", text)))
    assert set(characters(text) - kept) <= set("#*[]()^:->`|1")


@pytest.mark.shared
def test_the_real_pages_lose_nothing_and_show_the_thirty_articles() -> None:
    paths = sorted((SHARED / "exchange/docs").glob("*.html"))
    assert paths
    for path in paths:
        document = read_raw(path)
        whole = "".join(lxml_html.fromstring(path.read_bytes().decode().partition("<head>")[2]).itertext())
        assert not characters(whole) - kept_characters(document), path
        assert sum(block.role is Role.HEADING for block in document.blocks) == 32
