"""A page of results as a workbook, as CSV, as citation cards and as a translation memory: all of it, read back."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook
from translate.storage.tmx import tmxfile
from writers_made_up import BEADS

from align import writers
from align.errors import OutputError
from align.readers import read_pairs
from align.table import BeadKind, BeadRecord
from align.writers.escapes import escape, escape_stretch, unescape
from search.exports import FORMATS, dump_results, write_results
from search.exports.marks import stretches, tidy
from search.exports.rows import NOTHING, citation, link_of
from search.hits import Hit, Places, Results
from search.records import StoredPair
from search.submission import from_pairs

SCHEMAS = Path(__file__).parents[1].parent / "shared" / "exchange" / "schemas"
SIGNATURE = "duizhao:0.1.0|model:static-zh-en:r8|search:1|rank:balanced"
HOSTILE = "=1+1|'\x00 _x0041_ \r\n مرحبا\u202e \ud800😀𠀀\t\x9f\ufffe end "


def pair_of(number: int, record: BeadRecord, symbol: str = "A/RES/79/901", **more: object) -> StoredPair:
    properties = more.get("properties", ())
    date, body = ("2024-12-19", "General Assembly") if symbol else ("", "")
    return StoredPair(number, 1, number, record, symbol, "RES", date, body, 1, properties)  # type: ignore[arg-type]


def places(text: str, *words: str) -> Places:
    return tuple((text.index(word), text.index(word) + len(word)) for word in words)


NETWORKS, FOCAL, DOUBTFUL, ENGLISH_ONLY, CHINESE_ONLY = BEADS[2], BEADS[5], BEADS[8], BEADS[10], BEADS[3]
HITS = (
    Hit(
        pair_of(2, NETWORKS),
        0.0325,
        places(NETWORKS.zh_text, "观测网络"),
        places(NETWORKS.en_text, "observing networks", "network for"),
        {"exact": 1.0, "meaning": 0.834},
    ),
    Hit(pair_of(5, FOCAL), 0.03, (), places(FOCAL.en_text, "observations"), {"meaning": 0.5}),
    Hit(pair_of(8, DOUBTFUL, ""), 0.02),
    Hit(pair_of(10, ENGLISH_ONLY), 0.01),
    Hit(pair_of(3, CHINESE_ONLY), 0.005, places(CHINESE_ONLY.zh_text, "中心")),
)
RESULTS = Results("observing networks", "en", HITS, SIGNATURE, ("Only documents of 2024.",))
NONE = replace(RESULTS, hits=())


def results_of(zh: str, en: str, zh_spans: Places = (), en_spans: Places = (), query: str = "q") -> Results:
    record = BeadRecord((0,), (0,), zh, en, 0.5, 0.7, BeadKind.LINK)
    return Results(query, "zh", (Hit(pair_of(1, record, ""), 0.5, zh_spans, en_spans),), SIGNATURE)


def sheets(results: Results, rich: bool = False):
    return load_workbook(BytesIO(dump_results(results, "xlsx")), rich_text=rich)


def csv_rows(results: Results) -> list[dict[str, str]]:
    text = dump_results(results, "csv").decode("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text[1:], newline="")))
    return [{name: unescape(value.removeprefix("'")) for name, value in row.items()} for row in rows]


def cards(results: Results) -> list[list[tuple[str, str | None]]]:
    """The paragraphs of the document as runs: what is written, and the fill behind it."""
    body = docx.Document(BytesIO(dump_results(results, "docx"))).element.body
    return [[(_written(run), _fill(run)) for run in paragraph.iter(qn("w:r"))] for paragraph in body.iter(qn("w:p"))]


def _written(run) -> str:
    signs = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    return "".join(signs.get(part.tag, part.text or "") for part in run if part.tag != qn("w:rPr"))


def _fill(run) -> str | None:
    shade = run.find(f"{qn('w:rPr')}/{qn('w:shd')}")
    return None if shade is None else shade.get(qn("w:fill"))


def memory(results: Results) -> etree._Element:
    return etree.fromstring(dump_results(results, "tmx"))


def test_the_sheet_is_a_concordance_with_the_language_of_the_query_first() -> None:
    rows = list(sheets(RESULTS)["Results"].iter_rows(values_only=True))
    assert rows[0] == (
        *("#", "English", "Chinese", "Symbol", "Paragraph", "Date", "Body", "Status", "Reliability", "Confidence"),
        *("Score", "Why", "Type", "Kind", "zh_spans", "en_spans", "Pair"),
    )
    place = ("2024-12-19", "General Assembly")
    assert rows[1] == (
        *(1, NETWORKS.en_text, NETWORKS.zh_text, "A/RES/79/901", None, *place, "automatic", "good", 0.96, 0.0325),
        *("exact 1.00 · meaning 0.83", "RES", "link", "[[2, 6]]", "[[35, 53], [157, 168]]", 2),
    )
    assert rows[2][:11] == (
        *(2, FOCAL.en_text, FOCAL.zh_text, "A/RES/79/901", "1", *place, "checked", "checked", 0.97, 0.03),
    )
    assert rows[3][3:11] == (None, "(b)", None, None, "automatic", "doubtful", 0.31, 0.02)
    assert rows[4][1:3] == (ENGLISH_ONLY.en_text, None)
    assert rows[5][1:3] == (None, CHINESE_ONLY.zh_text)
    assert len(rows) == 6
    assert [cell.value for cell in sheets(replace(RESULTS, language="zh"))["Results"][1]][1:3] == ["Chinese", "English"]


def test_the_marks_of_the_sheet_are_bold_and_of_another_colour_on_each_side() -> None:
    row = sheets(RESULTS, rich=True)["Results"][2]
    english, chinese = row[1].value, row[2].value
    assert [str(part) for part in english] == [
        *("Reaffirming that the continuity of ", "observing networks"),
        " is essential to early warning of floods, and convinced that no State can by itself maintain a complete ",
        *("network for", " a whole river basin,"),
    ]
    assert [(part.font.b, part.font.color.rgb, part.font.rFont) for part in (english[1], chinese[1])] == [
        (True, "FF8A5A00", "Cambria"),
        (True, "FF1F6B3A", "SimSun"),
    ]
    assert str(chinese[1]) == "观测网络"
    assert not isinstance(english[0], type(english[1]))


def test_the_sheet_has_a_frozen_header_a_filter_wrapped_texts_and_links() -> None:
    sheet = sheets(RESULTS)["Results"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:Q6")
    assert (sheet["B2"].alignment.wrap_text, sheet["B2"].font.name, sheet["C2"].font.name) == (
        True,
        "Cambria",
        "SimSun",
    )
    assert [sheet.column_dimensions[name].width for name in "ABC"] == [5, 68, 58]
    assert (sheet["D2"].hyperlink.target, sheet["D4"].hyperlink) == ("https://undocs.org/A/RES/79/901", None)
    assert [sheet[f"J{row}"].fill.fgColor.rgb[2:] for row in (2, 3, 4, 6)] == ["CFE8D5", "CFE8D5", "F8D3CC", "FFE9A8"]


def test_the_second_sheet_says_how_the_results_came_about_and_what_the_columns_mean() -> None:
    rows = [row[:2] for row in sheets(RESULTS)["About"].iter_rows(values_only=True)]
    assert rows[:6] == [
        ("query", "observing networks"),
        ("language", "English"),
        ("hits", "5"),
        ("signature", SIGNATURE),
        ("note", "Only documents of 2024."),
        (None, None),
    ]
    told = {str(key).rstrip(":") for key, _ in rows}
    assert {"#", "Paragraph", "Status", "Reliability", "Confidence", "Score", "Type", "Kind", "Pair"} <= told
    assert ("zh_spans, en_spans:", "the marked parts: code points of the text from 0, the end not included") in rows


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "#N/A", "=cmd|' /C calc'!A0", "2024-01-01", "007"])
def test_no_cell_of_the_workbook_is_a_formula_whether_it_is_marked_or_not(text: str) -> None:
    record = BeadRecord((0,), (0,), text, text, None, 0.5, BeadKind.LINK, text, text)
    pair = replace(pair_of(1, record), symbol=text, date=text, body=text, type=text)
    book = sheets(Results(text, "zh", (Hit(pair, 0.5, ((0, 1),)),), text, (text,)))
    for name in ("B2", "C2", "D2", "E2", "F2", "G2", "H2", "M2"):
        cell = book["Results"][name]
        assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", text, True)
    for name in ("B1", "B4", "B5"):
        assert (book["About"][name].data_type, book["About"][name].value) == ("s", text)


def test_a_text_too_long_for_a_cell_goes_on_at_the_right_with_its_marks() -> None:
    text = "国" * 16_380 + "战斗人员" + "\U00020000" * 9_000 + "\x01" * 9_000
    results = results_of(text, "short", ((16_380, 16_384), (20_000, 20_001)))
    sheet = sheets(results, rich=True)["Results"]
    head = [cell.value for cell in sheet[1]]
    at = [head.index("Chinese"), *(k for k, name in enumerate(head) if name.startswith("Chinese ("))]
    cells = [sheet[2][k].value for k in at]
    assert head[-1] == f"Chinese ({len(at)})"
    assert unescape("".join(map(str, cells))) == text
    assert max(len(str(cell).encode("utf-16-le")) // 2 for cell in cells) <= 32_767
    marked = [str(part) for cell in cells if not isinstance(cell, str) for part in cell if not isinstance(part, str)]
    assert marked == ["战斗人", "员", "\U00020000"]


def test_the_csv_has_the_names_of_the_json_and_says_the_same() -> None:
    assert csv_rows(RESULTS)[0] == {
        "rank": "1",
        "en": NETWORKS.en_text,
        "zh": NETWORKS.zh_text,
        "symbol": "A/RES/79/901",
        "paragraph": "",
        "date": "2024-12-19",
        "body": "General Assembly",
        "status": "automatic",
        "reliability": "good",
        "confidence": "0.96",
        "score": "0.0325",
        "en_spans": "[[35, 53], [157, 168]]",
        "zh_spans": "[[2, 6]]",
        "type": "RES",
        "kind": "link",
        "why": '{"exact": 1.0, "meaning": 0.834}',
        "pair_id": "2",
        "query": "observing networks",
        "note": "Only documents of 2024.",
        "signature": SIGNATURE,
    }
    assert [(row["en"], row["zh"]) for row in csv_rows(RESULTS)] == [
        (hit.pair.record.en_text, hit.pair.record.zh_text) for hit in HITS
    ]


def test_the_offsets_of_the_csv_cut_the_marked_parts_out_of_hostile_text() -> None:
    row = csv_rows(results_of(HOSTILE, HOSTILE, ((0, 4), (HOSTILE.index("😀"), HOSTILE.index("😀") + 2))))[0]
    assert (row["zh"], row["en"]) == (HOSTILE, HOSTILE)
    assert [row["zh"][start:end] for start, end in json.loads(row["zh_spans"])] == ["=1+1", "😀𠀀"]


@pytest.mark.parametrize("text", ["=1+1", " +1", "-1", "\u200b@A1", "＝1", '"x"', "'x"])
def test_no_text_of_the_csv_begins_as_a_formula(text: str) -> None:
    results = replace(results_of(text, text, query=text), signature=text, notes=(text,))
    raw = dump_results(results, "csv").decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(raw, newline="")))
    assert [row[name] for name in ("zh", "en", "query", "note", "signature")] == [f"'{text}"] * 5
    assert csv_rows(results)[0]["zh"] == text


def test_a_negative_score_stays_a_number() -> None:
    results = replace(RESULTS, hits=(replace(HITS[0], score=-0.25),))
    assert ",-0.25," in dump_results(results, "csv").decode("utf-8-sig")
    assert sheets(results)["Results"]["K2"].value == -0.25


def test_a_card_has_both_texts_with_their_marks_and_says_where_they_stand() -> None:
    paragraphs = cards(RESULTS)
    assert paragraphs[0] == [("observing networks", None)]
    assert paragraphs[1] == [("5 pairs · Only documents of 2024.", None)]
    assert paragraphs[2] == [
        ("Reaffirming that the continuity of ", None),
        ("observing networks", "FFE9A8"),
        (
            " is essential to early warning of floods, and convinced that no State can by itself maintain a complete ",
            None,
        ),
        ("network for", "FFE9A8"),
        (" a whole river basin,", None),
    ]
    assert [run for run in paragraphs[3] if run[1]] == [("观测网络", "CFE8D5")]
    assert ["".join(text for text, _ in runs) for runs in paragraphs[4:]] == [
        "A/RES/79/901 · 2024-12-19 · General Assembly · automatic, confidence 0.96",
        *(FOCAL.en_text, FOCAL.zh_text),
        "A/RES/79/901 · para. 1 · 2024-12-19 · General Assembly · checked",
        *(DOUBTFUL.en_text, DOUBTFUL.zh_text, "para. (b) · automatic, doubtful, confidence 0.31"),
        *(ENGLISH_ONLY.en_text, "not in Chinese"),
        "A/RES/79/901 · para. 3 · 2024-12-19 · General Assembly · automatic, confidence 0.91",
        *("not in English", CHINESE_ONLY.zh_text),
        "A/RES/79/901 · 2024-12-19 · General Assembly · automatic, confidence 0.88",
    ]


def test_the_cards_are_upright_a4_kept_whole_with_the_signature_below() -> None:
    document = docx.Document(BytesIO(dump_results(RESULTS, "docx")))
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.footer.paragraphs[0].text.split("\t")[0] == SIGNATURE
    card = document.paragraphs[2:5]
    assert [paragraph.paragraph_format.keep_with_next for paragraph in card] == [True, True, None]
    assert [paragraph.paragraph_format.keep_together for paragraph in card] == [True, True, True]
    assert document.part.rels[card[2]._p.find(qn("w:hyperlink")).get(qn("r:id"))].target_ref == (
        "https://undocs.org/A/RES/79/901"
    )


def test_the_bar_of_a_card_is_solid_when_checked_and_says_by_its_colour_how_sure_it_is() -> None:
    document = docx.Document(BytesIO(dump_results(RESULTS, "docx")))
    bars = [
        paragraph._p.find(f"{qn('w:pPr')}/{qn('w:pBdr')}/{qn('w:left')}") for paragraph in document.paragraphs[2::3]
    ]
    assert [(bar.get(qn("w:val")), bar.get(qn("w:color"))) for bar in bars] == [
        ("dashed", "3E8E58"),
        ("single", "3E8E58"),
        ("dashed", "B3402E"),
        ("dashed", "3E8E58"),
        ("dashed", "C79A1B"),
    ]


@pytest.mark.parametrize(
    ("text", "font", "tag"), [("国际观测网络", "SimSun", "zh-CN"), ("國際觀測網絡", "PMingLiU", "zh-TW")]
)
def test_chinese_is_set_in_a_font_of_its_script_and_tagged_so(text: str, font: str, tag: str) -> None:
    document = docx.Document(BytesIO(dump_results(results_of(text, "x"), "docx")))
    properties = document.paragraphs[2].runs[0]._r.rPr
    assert properties.find(qn("w:rFonts")).get(qn("w:eastAsia")) == font
    assert properties.find(qn("w:lang")).get(qn("w:eastAsia")) == tag
    script = "zh-Hans" if tag == "zh-CN" else "zh-Hant"
    languages = [
        variant.get("{http://www.w3.org/XML/1998/namespace}lang")
        for variant in memory(results_of(text, "x")).iter("tuv")
    ]
    assert languages == ["en", script]


def test_a_card_shows_its_neighbours_around_each_text_where_they_were_asked_for() -> None:
    hit = replace(HITS[0], neighbours=(pair_of(1, BEADS[1]), pair_of(3, CHINESE_ONLY)))
    shown = ["".join(text for text, _ in runs) for runs in cards(replace(RESULTS, hits=(hit,)))[2:]]
    assert shown == [
        *(BEADS[1].en_text, NETWORKS.en_text),
        *(BEADS[1].zh_text, NETWORKS.zh_text, CHINESE_ONLY.zh_text),
        "A/RES/79/901 · 2024-12-19 · General Assembly · automatic, confidence 0.96",
    ]


def test_control_characters_are_shown_by_their_pictures_on_a_card() -> None:
    runs = cards(results_of("甲\x00乙\ud800丙\n丁😀", "<b>&\u202eمرحبا", ((1, 2),), ((0, 3),)))[2:4]
    assert runs == [
        [("甲", None), ("␀", "FFE9A8"), ("乙\ufffd丙\n丁😀", None)],
        [("<b>", "CFE8D5"), ("&\u202eمرحبا", None)],
    ]


def test_a_long_query_is_cut_at_the_head_of_the_cards_which_says_so() -> None:
    paragraphs = cards(replace(RESULTS, query="水" * 100_000, language="zh"))
    assert paragraphs[0] == [("水" * 1_000 + "…", None)]
    assert (
        paragraphs[1][0][0] == "5 pairs · the first 1,000 of the query's 100,000 characters · Only documents of 2024."
    )


def test_the_memory_reads_back_as_the_pairs_that_were_found() -> None:
    table = writers.loads(dump_results(RESULTS, "tmx"), "tmx")
    assert table.records == tuple(hit.pair.record for hit in HITS)
    assert table.signature == SIGNATURE


def test_a_unit_of_the_memory_says_where_it_comes_from_how_sure_it_is_and_why_it_was_found() -> None:
    root = memory(RESULTS)
    assert [(note.tag, note.text) for note in root.find("header")] == [
        ("note", "Only documents of 2024."),
        ("prop", SIGNATURE),
        ("prop", "paragraph"),
        ("prop", "observing networks"),
    ]
    unit = root.findall("body/tu")[1]
    assert unit.get("tuid") == "A/RES/79/901#pair-5"
    assert {prop.get("type"): prop.text for prop in unit.iterfind("prop")} == {
        "x-symbol": "A/RES/79/901",
        "x-body": "General Assembly",
        "x-date": "2024-12-19",
        "x-paragraph": "1",
        "x-align-similarity": "0.81",
        "x-align-score": "0.97",
        "x-align-kind": "link",
        "x-align-status": "checked",
        "x-zh-indices": "5",
        "x-en-indices": "5",
        "x-zh-paragraphs": "5",
        "x-en-paragraphs": "5",
        "x-type": "RES",
        "x-score": "0.03",
        "x-why": '{"meaning": 0.5}',
        "x-zh-spans": "[]",
        "x-en-spans": "[[106, 118]]",
    }


@pytest.mark.parametrize("name", ["tmx", "xlsx", "csv"])
def test_our_own_reader_of_pairs_reads_the_same_texts_symbols_and_marks_of_trust(name: str, tmp_path: Path) -> None:
    both = tuple(hit for hit in HITS if hit.pair.record.zh_text and hit.pair.record.en_text)
    path = tmp_path / f"found.{name}"
    write_results(replace(RESULTS, hits=both), path)
    file = read_pairs(path)
    assert [(pair.zh, pair.en) for pair in file.pairs] == [
        (hit.pair.record.zh_text, hit.pair.record.en_text) for hit in both
    ]
    first, second = from_pairs(file)
    assert (first.table.provenance.symbol, second.table.provenance.symbol) == ("A/RES/79/901", "")
    assert [(record.status, record.confidence, record.number) for record in first.table.records] == [
        ("automatic", 0.96, ""),
        ("checked", 0.97, "1"),
    ]


def test_an_independent_reader_opens_the_memory() -> None:
    store = tmxfile.parsestring(dump_results(RESULTS, "tmx"))
    read = [(str(unit.source), str(unit.target)) for unit in store.units if unit.source and unit.target]
    assert read == [(hit.pair.record.en_text, hit.pair.record.zh_text) for hit in HITS[:3]]
    assert len(store.units) == len(HITS)


def test_what_a_file_of_pairs_said_of_a_pair_stands_in_the_memory_again_and_once(tmp_path: Path) -> None:
    said = (("tuid", "old"), ("creationid", "anna"), ("x-client", "ministry"), ("Symbol", "A/RES/79/901"))
    hit = replace(HITS[1], pair=pair_of(5, FOCAL, properties=(*said, ("zh.lang", "zh-CN"), ("note", "as agreed"))))
    path = tmp_path / "found.tmx"
    write_results(replace(RESULTS, hits=(hit,)), path)
    unit = etree.parse(path).find("body/tu")
    assert dict(unit.attrib) == {"tuid": "A/RES/79/901#pair-5", "creationid": "anna"}
    assert [(prop.get("type"), prop.text) for prop in unit.iterfind("prop")][17:] == [
        ("x-client", "ministry"),
        ("note", "as agreed"),
    ]
    again = replace(hit, pair=replace(hit.pair, properties=read_pairs(path).pairs[0].properties))
    assert dump_results(replace(RESULTS, hits=(again,)), "tmx") == path.read_bytes()


@pytest.mark.shared
@pytest.mark.parametrize(
    "results", [RESULTS, NONE, results_of(HOSTILE, HOSTILE, ((0, 2),))], ids=["made up", "none", "hostile"]
)
def test_the_memory_is_valid_by_the_dtd_of_version_1_4(results: Results) -> None:
    with (SCHEMAS / "mozilla__pontoon__tmx14.dtd").open("rb") as file:
        dtd = etree.DTD(file)
    assert dtd.validate(memory(results)), dtd.error_log


def test_hostile_text_comes_back_whole_from_the_workbook_and_the_memory() -> None:
    results = results_of(HOSTILE, HOSTILE, ((3, 12),), ((9, 14), (16, 30)), HOSTILE)
    results = replace(results, signature=HOSTILE, notes=(HOSTILE,))
    book = sheets(results, rich=True)
    assert [unescape(str(book["Results"][name].value)) for name in ("B2", "C2")] == [HOSTILE, HOSTILE]
    assert [unescape(book["About"][name].value) for name in ("B1", "B4", "B5")] == [HOSTILE] * 3
    table = writers.loads(dump_results(results, "tmx"), "tmx")
    assert (table.records, table.signature) == ((results.hits[0].pair.record,), HOSTILE)


@pytest.mark.parametrize("name", FORMATS)
def test_no_hits_give_a_file_that_says_so_with_query_and_signature(name: str) -> None:
    data = dump_results(NONE, name)
    if name == "xlsx":
        sheet, about = (sheets(NONE)[title] for title in ("Results", "About"))
        assert [[cell.value for cell in row][:3] for row in sheet.iter_rows()] == [
            ["#", "English", "Chinese"],
            [None, NOTHING, None],
        ]
        assert [about[f"B{row}"].value for row in range(1, 7)] == [
            *("observing networks", "English", "0", SIGNATURE, NOTHING, "Only documents of 2024."),
        ]
    elif name == "csv":
        assert [{key: value for key, value in row.items() if value} for row in csv_rows(NONE)] == [
            {"query": "observing networks", "note": f"{NOTHING} Only documents of 2024.", "signature": SIGNATURE}
        ]
    elif name == "docx":
        assert [[text for text, _ in runs] for runs in cards(NONE)] == [
            ["observing networks"],
            [f"{NOTHING} · Only documents of 2024."],
        ]
        assert docx.Document(BytesIO(data)).sections[0].footer.paragraphs[0].text.startswith(SIGNATURE)
    else:
        root = etree.fromstring(data)
        assert [note.text for note in root.iterfind("header/note")] == [NOTHING, "Only documents of 2024."]
        assert root.findall("body/tu") == []


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_results_give_the_same_bytes(name: str) -> None:
    assert dump_results(RESULTS, name) == dump_results(RESULTS, name)


@pytest.mark.parametrize("name", FORMATS)
def test_a_score_that_is_no_number_is_one_sentence_and_leaves_the_old_file_alone(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"found.{name}"
    path.write_text("old")
    bad = replace(HITS[0], why={"meaning": float("nan")}, score=float("inf"))
    if name == "docx":  # which shows no scores
        write_results(replace(RESULTS, hits=(bad,)), path)
        assert path.read_bytes() == dump_results(replace(RESULTS, hits=HITS[:1]), name)
        return
    with pytest.raises(OutputError, match=r"^a hit's score is (nan|inf), which no format can hold; search again\.$"):
        write_results(replace(RESULTS, hits=(bad,)), path)
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_the_format_is_found_by_the_extension_or_by_name(tmp_path: Path) -> None:
    write_results(RESULTS, tmp_path / "found.txt", "csv")
    assert (tmp_path / "found.txt").read_bytes() == dump_results(RESULTS, "csv")
    with pytest.raises(
        OutputError, match=r"^found\.pdf has no extension .*; end it in one of \.xlsx, \.csv, \.docx, \.tmx"
    ):
        write_results(RESULTS, tmp_path / "found.pdf")
    with pytest.raises(OutputError, match=r"^there is no format “pdf”; choose one of xlsx, csv, docx, tmx\.$"):
        dump_results(RESULTS, "pdf")


@pytest.mark.parametrize(
    ("spans", "tidied"),
    [
        ((), ()),
        (((3, 3), (5, 2), (-4, -1), (12, 15)), ()),
        (((-2, 2), (8, 99)), ((0, 2), (8, 10))),
        (((6, 8), (1, 3), (2, 5)), ((1, 5), (6, 8))),
        (((1, 3), (3, 5)), ((1, 3), (3, 5))),
        (((0, 10), (2, 3)), ((0, 10),)),
    ],
)
def test_spans_are_put_in_order_inside_the_text(spans: Places, tidied: Places) -> None:
    assert tidy(spans, 10) == tidied


@given(
    text=st.text(st.sampled_from("_x0041ab\x00\r国\ud800"), max_size=30),
    spans=st.lists(st.tuples(st.integers(-2, 32), st.integers(-2, 32)), max_size=5),
)
def test_stretches_of_a_text_joined_again_are_the_text_escaped_or_not(text: str, spans: list[tuple[int, int]]) -> None:
    parts = stretches(tidy(spans, len(text)), 0, len(text))
    assert "".join(text[part.start : part.end] for part in parts) == text
    assert "".join(escape_stretch(text, part.start, part.end) for part in parts) == escape(text)
    marked = {at for part in parts if part.marked for at in range(part.start, part.end)}
    assert marked == {at for start, end in spans for at in range(max(start, 0), min(end, len(text)))}


@pytest.mark.parametrize(
    ("symbol", "link"),
    [
        ("A/RES/67/189", "https://undocs.org/A/RES/67/189"),
        ("S/RES/1373 (2001)", "https://undocs.org/S/RES/1373%20(2001)"),
        ("", ""),
        ("javascript:alert(1)", ""),
        ("A/RES/67/189?x=<y>", ""),
        ("../A/RES/1", ""),
    ],
)
def test_only_symbols_of_the_united_nations_are_links(symbol: str, link: str) -> None:
    assert link_of(symbol) == link


def test_a_citation_leaves_out_what_is_not_known() -> None:
    record = replace(FOCAL, number="3")
    full = StoredPair(1, 1, 1, record, "A/RES/75/10", "RES", "2020-11-23", "General Assembly", 1)
    assert citation(full) == "A/RES/75/10 · para. 3 · 2020-11-23 · General Assembly · checked"
    assert (
        citation(replace(full, symbol="", date="", record=replace(record, number=""))) == "General Assembly · checked"
    )
