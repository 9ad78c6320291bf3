"""The HTML page: safe, complete without its script, readable, and in colours that can be read."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from importlib.resources import files
from itertools import product

import lxml.html
import pytest
from contrast import contrast
from writers_made_up import BEADS, TABLE

from align import writers
from align.table import AlignmentTable, BeadKind, BeadRecord, Provenance
from align.writers.words import PAGE_WORDS

ASSETS = files("align.writers")
CSS = ASSETS.joinpath("page.css").read_text("utf-8")
JS = ASSETS.joinpath("page.js").read_text("utf-8")
HOSTILE = "<img src=x onerror=alert(1)>\"'</script><script>alert(1)</script><!-- &lt; \x00"


def _html(table: AlignmentTable) -> str:
    return writers.dumps(table, "html").decode()


def _tree(table: AlignmentTable) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(writers.dumps(table, "html"))


def _text(element: lxml.html.HtmlElement) -> str:
    return element.text_content()


def test_the_page_shows_every_bead_in_its_columns() -> None:
    rows = _rows(TABLE)
    shown = [[_text(cell) for cell in row] for row in rows]
    assert shown[0] == ["", "大会，", "The General Assembly,", "0.99checked"]
    assert shown[3] == ["", BEADS[3].zh_text, "Not in the English text", "0.88automatic"]
    assert shown[8] == ["(b)", BEADS[8].zh_text, BEADS[8].en_text, "0.31doubtful"]
    assert shown[12] == ["", BEADS[12].zh_text, BEADS[12].en_text, "0.90automaticmoved"]
    assert [row[1] for row in shown if row[1] != "Not in the Chinese text"] == [b.zh_text for b in BEADS if b.zh_text]
    assert [row[2] for row in shown if row[2] != "Not in the English text"] == [b.en_text for b in BEADS if b.en_text]


def _rows(table: AlignmentTable) -> list[lxml.html.HtmlElement]:
    return _tree(table).xpath("//div[contains(concat(' ', @class, ' '), ' bead ')]")


def test_the_summary_stands_on_top_in_words() -> None:
    summary = _tree(TABLE).find_class("summary")[0]
    assert _text(summary) == "15 paragraphs·13 linked·1 only in Chinese·1 only in English·2 doubtful"
    one = replace(TABLE, records=BEADS[:1], level="sentence")
    assert _text(_tree(one).find_class("summary")[0]).startswith("1 sentence·1 linked")


def test_bars_and_filters_follow_the_beads() -> None:
    rows = _rows(TABLE)
    assert [row.get("class") for row in rows[:5]] == [
        "grid bead good checked",
        "grid bead good automatic",
        "grid bead good automatic",
        "grid bead fair automatic",
        "grid bead fair automatic",
    ]
    assert [row.get("id") for row in rows if row.get("data-doubtful") is not None] == ["b9", "b15"]
    assert [row.get("id") for row in rows if row.get("data-one-sided") is not None] == ["b4", "b11"]


def test_shared_anchors_are_marked_on_both_sides_with_one_number() -> None:
    marks = [
        (mark.getparent().get("class"), mark.get("data-k"), _text(mark)) for mark in _rows(TABLE)[1].find_class("a")
    ]
    assert marks == [
        ("zh", "0", "2018年12月17日"),
        ("zh", "1", "73/901"),
        ("zh", "2", "2021年12月9日"),
        ("zh", "3", "76/902"),
        ("en", "1", "73/901"),
        ("en", "0", "17 December 2018"),
        ("en", "3", "76/902"),
        ("en", "2", "9 December 2021"),
    ]


def test_what_only_one_side_has_is_not_marked_as_shared() -> None:
    assert [_text(mark) for mark in _rows(TABLE)[14].find_class("a")] == []


def test_hostile_text_stays_text_everywhere() -> None:
    bead = BeadRecord((0,), (0,), HOSTILE, HOSTILE, 0.5, 0.5, BeadKind.LINK, HOSTILE, HOSTILE)
    table = AlignmentTable(HOSTILE, (bead,), Provenance(*[HOSTILE] * 10), HOSTILE)
    tree = _tree(table)
    assert tree.xpath("//img") == []
    assert [script.get("id") for script in tree.xpath("//script")] == ["words", None, "alignment"]
    row = _rows(table)[0]
    shown = HOSTILE.replace("\x00", "␀")
    assert [_text(cell) for cell in row][:3] == [shown, shown, shown]
    assert writers.loads(_html(table).encode(), "html") == table


def test_the_policy_allows_the_page_s_own_style_and_script_and_nothing_else() -> None:
    tree = _tree(TABLE)
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style, script = tree.xpath("//style")[0].text, tree.xpath("//script[not(@type)]")[0].text
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def test_nothing_on_the_page_is_fetched_and_no_handler_stands_in_an_attribute() -> None:
    tree = _tree(TABLE)
    assert tree.xpath("//@src | //link | //iframe | //object | //*[@style]") == []
    assert [name for element in tree.iter() for name in element.attrib if name.startswith("on")] == []
    assert {link.split("#")[0] for link in tree.xpath("//use/@href")} == {""}
    assert "url(" not in CSS
    assert "@import" not in CSS


@pytest.mark.parametrize("symbol", ["javascript:alert(1)", 'A/RES/1"onclick=', "http://x", "中/1"])
def test_only_what_is_a_document_symbol_becomes_a_link(symbol: str) -> None:
    table = replace(TABLE, provenance=replace(TABLE.provenance, symbol=symbol))
    assert _tree(table).xpath("//a") == []


def test_a_symbol_links_to_the_document() -> None:
    links = {link.get("href") for link in _tree(TABLE).xpath("//a")}
    assert links == {"https://undocs.org/en/A/RES/79/901"}


def test_the_texts_name_their_language() -> None:
    tree = _tree(TABLE)
    assert set(tree.xpath("//div[contains(@class, 'bead')]/div[@class='zh']/@lang")) == {"zh-Hans"}
    assert set(tree.xpath("//div[contains(@class, 'bead')]/div[@class='en']/@lang")) == {"en"}


def test_every_word_that_the_page_and_its_script_use_exists_in_both_languages() -> None:
    tree = _tree(TABLE)
    used = {key for name in ("w", "wt", "wp", "wa") for key in tree.xpath(f"//@data-{name}")}
    used |= set(re.findall(r'word\("(\w+)"', JS)) | set(re.findall(r'\? "(\w+)" : "dark"', JS))
    assert used <= set(PAGE_WORDS)
    counted = {key: ["{n}" in text for text in pair] for key, pair in PAGE_WORDS.items()}
    assert [key for key, (english, chinese) in counted.items() if english != chinese] == []


def test_an_empty_table_says_so() -> None:
    tree = _tree(AlignmentTable("s", ()))
    nothing = tree.get_element_by_id("nothing")
    assert _text(nothing) == "Neither document has any text to align."
    assert "hidden" not in nothing.attrib


def test_signature_and_provenance_stand_at_the_foot() -> None:
    foot = _tree(TABLE).xpath("//footer//dl")[0]
    facts = dict(
        zip([_text(term) for term in foot.findall("dt")], [_text(fact) for fact in foot.findall("dd")], strict=True)
    )
    assert facts == {
        "Symbol": "A/RES/79/901",
        "Date": "2024-12-19",
        "Body": "General Assembly",
        "Session": "79",
        "Agenda item": "21",
        "Chinese file": "resolution.zh.docx",
        "English file": "resolution.en.docx",
        "Signature": TABLE.signature,
    }


# Colours. A rule that sets a text colour alone may stand on any surface; one that sets a background sets its text too.
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#[0-9A-F]{6}), (#[0-9A-F]{6})\)", CSS)
}
RULES = re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", CSS, flags=re.DOTALL))
SURFACES = ("paper", "raised")
BARS = (".bead.checked::before", ".bead.automatic::before", ".bar.checked", ".bar.automatic")


def _variable(body: str, prop: str) -> str | None:
    found = re.search(rf"(?:^|[;\s]){prop}:\s*var\(--([\w-]+)\)", body)
    return found[1] if found else None


def _pairs() -> set[tuple[str, str]]:
    pairs: set[tuple[str, str]] = set()
    for _, body in RULES:
        text, ground = _variable(body, "color"), _variable(body, "background(?:-color)?")
        if text:
            pairs |= {(text, surface) for surface in ((ground,) if ground else SURFACES)}
    return pairs


def test_every_text_colour_contrasts_with_its_background_by_4_5_in_light_and_dark() -> None:
    pairs = _pairs()
    assert {("ink", "paper"), ("muted", "raised"), ("ink", "hit"), ("ink", "partner"), ("paper", "accent")} <= pairs
    poor = {
        (text, ground, scheme): round(contrast(COLOURS[text][at], COLOURS[ground][at]), 2)
        for (text, ground), (at, scheme) in product(pairs, enumerate(("light", "dark")))
        if contrast(COLOURS[text][at], COLOURS[ground][at]) < 4.5
    }
    assert poor == {}


def test_a_rule_that_sets_a_background_sets_the_colour_of_its_text_too() -> None:
    without = [
        selector.strip()
        for selector, body in RULES
        if re.search(r"(?:^|[;\s])background(?:-color)?:", body) and not _variable(body, "color")
    ]
    parts = {part.strip() for selector in without for part in selector.split(",")}
    assert parts == {*BARS}


def test_bars_and_outlines_contrast_with_the_page_by_3() -> None:
    names = ("good", "fair", "doubtful", "outline", "accent")
    assert [name for name in names if min(contrast(COLOURS[name][at], COLOURS["paper"][at]) for at in (0, 1)) < 3] == []


def test_the_design_s_colours_are_used() -> None:
    expected = {
        "paper": ("#FBFAF7", "#16181A"),
        "ink": ("#1E1E1C", "#E8E6E1"),
        "accent": ("#1F5FA8", "#7DB3F0"),
        "hit": ("#FFE9A8", "#5A4A12"),
        "partner": ("#CFE8D5", "#1F4A2E"),
    }
    assert {name: COLOURS[name] for name in expected} == expected
