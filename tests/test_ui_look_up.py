"""The page “Look up” without a browser: its HTML, what it proposes, how it keeps choices in the address."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from commands import ROOT
from glossary_made_up import concept, term
from lookup_made_up import ADVICE, HEADING, OTHERS, add, water
from streamlit.testing.v1 import AppTest

from align.table import BeadKind, BeadRecord
from glossary.concepts import Concept, Usage, Workflow
from glossary.duplicates import Likeness, Similar
from glossary.entries import Entries, approved_terms, entries_for
from glossary.glossary import Glossary
from search.corpus import Corpus
from search.database import Database
from search.hits import Hit, Places, Results
from search.precedents.evidence import Evidence, Missing, Rendering, TermResult
from search.precedents.longer_terms import LongerTerm
from search.precedents.timeline import TurningPoint
from search.precedents.timeline_chart import draw, picture
from search.precedents.timeline_look import DARK, LIGHT, Look
from search.quotations.tracing import Quotation, QuotedPassage
from search.records import StoredPair
from ui.look_up.answers import all_evidence, as_results, better_marked
from ui.look_up.asking import Asked, chips_html, year_span
from ui.look_up.concordance import View, copied, hit_html, once, reasons
from ui.look_up.excerpts import LONGEST, excerpt
from ui.look_up.proposal import Draft, place_of, prefilled, warnings_html
from ui.look_up.quoted import quoted_html
from ui.look_up.starting import welcome_html
from ui.look_up.summary import (
    doubtful_pair,
    entries_html,
    meant_html,
    notes_html,
    renderings_html,
    table_html,
    turning_html,
)
from ui.look_up.timeline import has_timeline, look, picture_html
from ui.look_up.words import WORDS
from ui.words import Words, words_of

EN, ZH = words_of(WORDS, "en"), words_of(WORDS, "zh")
EVIL = "<script>alert(1)</script>"


def pair(
    zh: str = "请设立水文站。", en: str = "Calls for a river gauge.", identifier: int = 7, **record: object
) -> StoredPair:
    bead = BeadRecord((0,), (0,), zh, en, 0.8, 0.95, BeadKind.LINK)
    symbol = str(record.pop("symbol", "A/RES/70/1"))
    date = str(record.pop("date", "2015-12-01"))
    return StoredPair(identifier, 3, 4, replace(bead, **record), symbol, "RES", date, "Council", 1)  # type: ignore[arg-type]


def hit(one: StoredPair | None = None, **values: object) -> Hit:
    given = {"zh_spans": ((3, 6),), "en_spans": ((12, 23),), "why": {"exact": 1.0}, **values}
    return Hit(one or pair(), 0.9, **given)  # type: ignore[arg-type]


def shown(
    text: str, year: int, identifier: int = 1, confidence: float = 0.95, location: float = 0.9, **record: object
) -> Evidence:
    one = pair(text, "river gauge", identifier, confidence=confidence, date=f"{year}-01-01", **record)
    return Evidence(one, "en", (0, 11), (0, len(text)), text, location, confidence)


def result(*renderings: Rendering, **values: object) -> TermResult:
    return TermResult("river gauge", "en", renderings, **values)  # type: ignore[arg-type]


def view(words: Words = EN, **values: object) -> View:
    return View(words, "zh", **values)  # type: ignore[arg-type]


# the concordance


def test_a_hit_shows_both_texts_the_question_s_language_first_with_what_is_marked() -> None:
    html = hit_html(hit(), view())
    assert 'lang="zh-Hans">请设立<mark class="dz-hit">水文站</mark>。' in html
    assert 'lang="en">Calls for a <mark class="dz-partner">river gauge</mark>.' in html
    assert html.index("水文站") < html.index("river gauge")
    assert '<a href="/corpus?document=3" target="_self">A/RES/70/1</a>' in html
    assert html.index("river gauge") < hit_html(hit(), View(EN, "en")).index("水文站")


def test_whatever_stands_in_a_pair_is_shown_as_text() -> None:
    one = pair(EVIL, f"\"{EVIL}' onload=x", symbol=EVIL)
    html = hit_html(hit(one, zh_spans=((0, 8),), en_spans=()), view(proposed={7: EVIL}))
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert 'onload=x"' not in html
    assert '" onload' not in html


def test_traditional_texts_are_in_their_own_type() -> None:
    assert 'lang="zh-Hant"' in hit_html(hit(pair("觀測網絡的費用由各國承擔")), view())


def test_an_open_pair_has_its_neighbours_and_all_of_its_text() -> None:
    long = pair("水" * 400)
    before, after = replace(pair("前段", "before", 6), position=3), replace(pair("后段", "after", 8), position=5)
    closed = hit_html(hit(long), view())
    opened = hit_html(hit(long), view(opened=7, neighbours=(before, after)))
    assert closed.count("水" * 400) == 1  # in what is copied
    assert closed.count("…") == 1
    assert opened.count("水" * 394) == 2
    assert opened.index("前段") < opened.index("水水水") < opened.index("后段")
    assert 'aria-expanded="true"' in opened


def test_a_missing_side_is_said_and_nothing_is_proposed_from_it() -> None:
    html = hit_html(hit(pair(en=""), en_spans=()), view())
    assert "(no English text yet)" in html
    assert "propose as term" not in html


def test_what_is_copied_has_both_texts_and_their_source() -> None:
    assert copied(pair(status="checked"), "en") == (
        "Calls for a river gauge.\n请设立水文站。\nA/RES/70/1 · 2015-12-01 · Council · checked"
    )


def test_why_a_pair_is_a_hit_is_said_where_it_does_not_hold_the_words() -> None:
    assert reasons(hit(), EN) == []
    assert reasons(hit(why={"fuzzy": 0.834, "meaning": 0.9}), EN) == ["83 % alike"]
    assert reasons(hit(why={"meaning": 0.62}), ZH) == ["语义 62%"]


def test_a_text_that_is_marked_nearly_whole_for_its_meaning_is_not_marked() -> None:
    one = pair("各国应当交换其水文站每小时测得的水位数据，并公布结果。")
    html = hit_html(hit(one, zh_spans=((0, 27),), en_spans=(), why={"meaning": 0.7}), view())
    assert "<mark" not in html


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_excerpt_keeps_what_is_marked_and_says_what_is_left_out(language: str) -> None:
    text = "word " * 300 if language == "en" else "字" * 900
    start = 700
    spans = ((start, start + 4), (start + 10, start + 14))
    part = excerpt(text, spans, language)  # type: ignore[arg-type]
    assert part.more_before
    assert part.more_behind
    assert len(part.text) <= LONGEST[language] + 20  # type: ignore[index]
    assert [part.text[a:b] for a, b in part.spans] == [text[a:b] for a, b in spans]


def test_a_short_text_is_shown_whole() -> None:
    part = excerpt("短", ((0, 1),), "zh")
    assert (part.text, part.spans, part.more_before, part.more_behind) == ("短", ((0, 1),), False, False)


def test_an_excerpt_of_a_long_text_without_marks_is_its_beginning() -> None:
    part = excerpt("字" * 500, (), "zh")
    assert part.text == "字" * LONGEST["zh"]
    assert part.more_behind


# the summary


def test_renderings_are_bars_with_counts_years_and_types() -> None:
    many = Rendering("水文站", (), tuple(shown("水文站", 2010 + k, k) for k in range(4)))
    few = Rendering("水位站", (("水位監測站", 1),), (shown("水位站", 2019, 9, confidence=0.3),))
    html = renderings_html(result(many, few), "水位站", EN)
    assert "width:100.0%" in html
    assert "width:25.0%" in html
    assert "2010–2013" in html
    assert "resolution 4" in html
    assert "also 水位監測站 1" in html
    assert 'data-r="水位站" aria-pressed="true"' in html
    assert "⚠ rests on a doubtful alignment" in html
    assert 'data-act="doubt" data-r="水位站" data-id="9"' in html
    assert "5 times in one document" in html
    assert "⚠ 所据对齐存疑" in renderings_html(result(few), "", ZH)


def test_rare_renderings_are_folded_unless_one_of_them_is_chosen() -> None:
    some = [Rendering(f"站{k}", (), (shown(f"站{k}", 2010, k),)) for k in range(9)]
    assert '<details class="la-more"><summary>3 more</summary>' in renderings_html(result(*some), "", EN)
    assert '<details class="la-more" open>' in renderings_html(result(*some), "站8", EN)


@pytest.mark.parametrize(
    ("evidence", "said"),
    [
        ([0.3, 0.4], "all 2 rest on doubtful alignments"),
        ([0.3, 0.9, 0.3], "2 of 3 rest on doubtful alignments"),
        ([0.95, 0.95], "where it begins and ends is unsure"),
    ],
)
def test_a_doubt_is_said_in_words(evidence: list[float], said: str) -> None:
    sure = [shown("站", 2010, k, confidence=value, location=0.4) for k, value in enumerate(evidence)]
    one = Rendering("站", (), tuple(sure))
    assert said in renderings_html(result(one), "", EN)
    assert said == one.doubt
    assert doubtful_pair(one).alignment == min(evidence)


def test_what_is_in_no_count_is_said() -> None:
    found = result(
        missing=Missing(2, 1, 1), unrendered=(shown("站", 2010),), longer=(LongerTerm('river gauge "A"', 3),)
    )
    html = notes_html(found, inside=False, words=EN)
    assert "No rendering was found yet." in html
    assert "2 paragraphs in one document with no Chinese text beside it" in html
    assert "No rendering was found in one paragraph." in html
    assert "one paragraph of lists" in html
    assert 'data-q="river gauge &quot;A&quot;"' in html
    assert 'data-act="inside" data-on="1"' in html
    assert 'data-act="inside" data-on=""' in notes_html(found, inside=True, words=EN)
    assert notes_html(result(), inside=False, words=ZH) == ""  # the head of the concordance says it


def test_what_may_have_been_meant_is_asked_with_a_click() -> None:
    html = meant_html(('river "gauge"', "<i>"), "en", EN)
    assert html.count('data-act="ask"') == 2
    assert 'data-q="river &quot;gauge&quot;"' in html
    assert "<i>" not in html
    assert "Did you mean" in html
    assert meant_html((), "en", EN) == ""


def test_what_a_document_repeats_is_shown_once_with_how_often() -> None:
    pairs = [pair(identifier=1), pair(identifier=2), pair("另一段。", identifier=3), pair(identifier=4)]
    hits = list(map(hit, pairs))
    shown, repeats = once(hits)
    assert ([one.pair.id for one in shown], repeats) == ([1, 3], {1: 2})
    assert "the same 2× more in this document" in hit_html(shown[0], view(repeats=repeats))
    assert "more in this document" not in hit_html(shown[1], view(repeats=repeats))
    assert [one.pair.id for one in once(hits, keep=(4,))[0]] == [1, 3, 4]


def test_a_document_without_symbol_is_called_by_its_title() -> None:
    one = hit(pair(symbol=""))
    html = hit_html(one, view(titles={one.pair.document: "Rules <of> the river"}))
    assert ">Rules &lt;of&gt; the river</a>" in html
    assert "Rules &lt;of&gt; the river · " in re.findall(r'data-copy="([^"]*)"', html, re.DOTALL)[0]


def test_a_turning_point_is_a_sentence_in_the_language_of_the_interface() -> None:
    point = TurningPoint("外国作战人员", "外国战斗人员", 2016, "2016-07-01", 5, "A/RES/71/1", 0.1, 0.9, 0.01)
    assert "战斗 overtakes 作战 in 2016" in turning_html([point], EN)
    assert "2016 年起“战斗”取代“作战”" in turning_html([point], ZH)
    assert 'href="/corpus?document=5"' in turning_html([point], EN)


def timed() -> TermResult:
    from search.precedents.timeline import DatedUse, by_year

    first = Rendering("水文站", (), (shown("水文站", 2010), shown("水文站", 2012, 2)))
    second = Rendering("水位站", (), (shown("水位站", 2012, 3),))
    uses = [DatedUse("水文站", 1, "a", "2010"), DatedUse("水文站", 2, "b", "2012"), DatedUse("水位站", 3, "c", "2012")]
    return result(first, second, timeline=by_year(uses))


def test_the_years_are_a_table_too() -> None:
    html = table_html(timed(), EN)
    assert '<th scope="row">2010</th><td>1</td><td>0</td>' in html
    assert '<th scope="row">2012</th><td>1</td><td>1</td>' in html


def test_there_is_a_timeline_of_several_renderings_over_several_years_only() -> None:
    assert has_timeline(timed())
    assert not has_timeline(replace(timed(), renderings=timed().renderings[:1]))
    assert not has_timeline(replace(timed(), timeline=timed().timeline[-2:]))


def test_the_picture_has_the_colours_of_the_page_and_the_words_of_the_interface() -> None:
    light, dark = (picture(timed(), "svg", look(dark, ZH)).decode() for dark in (False, True))
    assert LIGHT.paper.lower() in light.lower()
    assert DARK.paper.lower() in dark.lower()
    assert "占比" in light
    assert "水文站" in light
    assert "<script" not in picture_html(EVIL.encode(), EVIL)


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_lines_and_writing_of_the_picture_can_be_read(palette: object) -> None:
    def light(colour: str) -> float:
        parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    assert isinstance(palette, type(LIGHT))
    for colour in (palette.ink, palette.grey, *palette.colours):
        low, high = sorted((light(colour), light(palette.paper)))
        assert (high + 0.05) / (low + 0.05) >= 4.5, colour


def test_a_bare_picture_has_no_title_and_no_small_pictures() -> None:
    chart = draw(timed(), Look(titled=False, bodies=False)).to_dict()
    assert "title" not in chart
    assert len(chart["vconcat"]) == 2


# the glossary


@pytest.fixture
def glossary(tmp_path: Path) -> Glossary:
    return Glossary(Database.open(tmp_path / "corpus.sqlite"), "anna")


def approved(glossary: Glossary, *texts: str) -> Concept:
    stored = glossary.propose(concept(*texts))
    glossary.approve(stored)
    return glossary.find(stored.id)


def test_entries_are_those_with_the_term_in_either_number_the_approved_one_first(glossary: Glossary) -> None:
    proposed = glossary.propose(concept("水位计", "river gauge"))
    decided = approved(glossary, "水文站", "River gauges")
    longer = approved(glossary, "国际水文站", "international river gauge")
    glossary.propose(concept("国内水文站", "domestic river gauge"))
    rejected = glossary.propose(concept("河表", "river gauge"))
    glossary.reject(rejected)
    found = entries_for(glossary, "river gauge", "en")
    assert [one.id for one in found.own] == [decided.id, proposed.id]
    assert [one.id for one in found.longer] == [longer.id]
    assert entries_for(glossary, "水文站", "zh").own == (decided,)
    assert entries_for(glossary, "下雪", "zh") == Entries()


def test_approved_terms_are_found_in_a_text(glossary: Glossary) -> None:
    decided = approved(glossary, "水文站", "river gauge")
    glossary.propose(concept("水位", "water level"))
    matcher, concepts = approved_terms(glossary, "en")
    found = [match.concept for match in matcher.find("A river gauge measures the water level.")]
    assert found == [decided.id]
    html = quoted_html("A river gauge.", "en", [], EN, [concepts[decided.id]])
    assert f'/glossary?concept={decided.id}">river gauge – 水文站</a>' in html


def test_an_entry_shows_what_to_use_and_what_not() -> None:
    one = Concept(
        "c3",
        EVIL,
        terms=(
            term("river gauge"),
            term("河表", usage=Usage.DEPRECATED),
            term("水文站", usage=Usage.PREFERRED),
        ),
        workflow={"zh": Workflow.APPROVED, "en": Workflow.APPROVED},
    )
    html = entries_html(Entries((one,)), "en", EN)
    assert html.index("水文站") < html.index("河表")
    assert "la-not" in html[html.index("水文站") :]
    assert 'data-copy="水文站"' in html
    assert 'data-copy="河表"' not in html
    assert "approved" in html
    assert "/glossary?concept=c3" in html
    assert "<script" not in html
    assert entries_html(Entries(), "en", EN) == ""
    assert "use instead" not in entries_html(Entries((one,)), "zh", EN, "水文站")
    forbidden = entries_html(Entries((one,)), "zh", EN, "河表")
    assert forbidden.index("河表") < forbidden.index("use instead:") < forbidden.index("水文站")


# proposing


def test_a_proposal_has_the_pair_as_evidence_of_both_terms() -> None:
    draft = Draft("水文站", "River gauge", "hydrology", pair(), ((3, 6),), ((12, 23),))
    zh, en = draft.terms()
    assert (zh.language, zh.text, en.language, en.text) == ("zh", "水文站", "en", "River gauge")
    assert zh.evidence == en.evidence
    (evidence,) = en.evidence
    assert (evidence.pair, evidence.symbol) == (7, "A/RES/70/1")
    assert evidence.zh[slice(*evidence.zh_span)] == "水文站"
    assert evidence.en[slice(*evidence.en_span)] == "river gauge"
    assert draft.concept().subject == "hydrology"


def test_a_term_of_a_traditional_text_is_a_traditional_one() -> None:
    assert Draft("觀測站", "station", "", pair("觀測站報告"), (), ()).terms()[0].language == "zh-Hant"


@pytest.mark.parametrize(
    ("wanted", "spans", "place"),
    [
        ("Gauge", ((12, 23),), (18, 23)),
        ("gauge", (), (0, 5)),
        ("absent", ((6, 9),), (6, 9)),
        ("absent", (), (0, 0)),
        ("", ((6, 9),), (6, 9)),
    ],
)
def test_evidence_marks_the_term_where_it_stands(wanted: str, spans: Places, place: object) -> None:
    assert place_of(wanted, "gauge and a river gauge", spans) == place


def test_the_form_is_filled_with_what_is_marked() -> None:
    assert prefilled(hit()) == ("水文站", "river gauge")
    assert prefilled(hit(pair(en="a river\n  gauge"), en_spans=((2, 15),))) == ("水文站", "river gauge")
    assert prefilled(hit(zh_spans=(), en_spans=())) == ("", "")


def test_similar_terms_are_links_and_text() -> None:
    html = warnings_html([Similar("c4", "t1", "en", EVIL, Likeness.PLURAL)], ZH)
    assert "单复数或冠词不同" in html
    assert "/glossary?concept=c4" in html
    assert "<script" not in html


def test_every_likeness_has_its_word() -> None:
    assert all(f"l_{one}" in WORDS for one in Likeness)


# quotations, exports, filters


def test_quoted_places_are_marked_and_numbered_with_the_official_wording() -> None:
    text = "Recalls <b> that States exchange data."
    place = (12, 38)
    one = pair("各国交换数据。", "that States exchange data.", symbol="A/RES/1/1")
    quotation = Quotation(place, "en", one, (0, 26), (0, 6), 1.0, 9.0, True, (), 0.9)
    html = quoted_html(text, "en", [QuotedPassage(place, (quotation,) * 5)], EN)
    assert "Recalls &lt;b&gt; <mark" in html
    assert '<sup class="la-number">1</sup>' in html
    assert html.count("各国交换数据</mark>") == 3
    assert "further sources: 2" in html
    assert "verbatim" in html
    assert "adopted text" in html
    nothing = quoted_html(text, "en", [], EN)
    assert "Nothing in it is quoted" in nothing
    assert "Recalls" not in nothing  # the hits follow at once


def test_evidence_becomes_hits_that_are_exported_with_their_marks() -> None:
    from search.exports import dump_results

    one = Rendering("水文站", (), (shown("水文站", 2010), shown("水文站", 2011, 2)))
    results = as_results(all_evidence(result(one)), result(one), "水文站")
    assert [(found.zh_spans, found.en_spans) for found in results.hits] == [(((0, 3),), ((0, 11),))] * 2
    assert "rendering:水文站" in results.signature
    assert "水文站" in dump_results(results, "csv").decode("utf-8-sig")


def test_a_hit_whose_rendering_was_marked_elsewhere_has_the_counted_place() -> None:
    counted = result(Rendering("水文站", (), (shown("水文站", 2010, 7),)))
    wrong = Results("river gauge", "en", (hit(pair("水文站。"), zh_spans=((3, 4),)),), "")
    assert better_marked(wrong, counted).hits[0].zh_spans == ((0, 3),)
    right = Results("river gauge", "en", (hit(pair("水文站。"), zh_spans=((0, 2),)),), "")
    assert better_marked(right, counted) == right
    assert better_marked(wrong, None) == wrong


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [(0, 0, None), (2015, 0, (2015, 9999)), (0, 2015, (1, 2015)), (2020, 2015, (2015, 2020))],
)
def test_years_may_be_given_either_way_round(first: int, last: int, span: object) -> None:
    assert year_span(first, last) == span


def test_filters_that_are_on_are_named_and_can_be_taken_away() -> None:
    html = chips_html({"la_body": EVIL, "la_type": "RES", "la_from": 2015, "checked": True}, ZH)
    assert "<script" not in html
    assert "决议" in html
    assert "2015–" in html
    assert "仅人工核对" in html
    assert html.count('data-act="drop"') == 5
    assert "取消全部筛选" in html


@pytest.mark.parametrize(
    ("query", "mode", "is_term"),
    [
        ("水文站", "all", True),
        ("river gauge", "exact", True),
        ("river gauge", "meaning", False),
        ("gaug*", "all", False),
        ("!?", "all", False),
        ("请各会员国交换其水文站每小时测得的数据", "all", False),
    ],
)
def test_a_term_has_a_summary_where_its_words_are_asked(query: str, mode: str, is_term: bool) -> None:
    from search.lookup.question import How

    assert (Asked(query, How(mode=mode)).term is not None) is is_term  # type: ignore[arg-type]


def test_what_was_asked_before_is_text(tmp_path: Path) -> None:
    with Corpus.open(tmp_path / "corpus.sqlite") as corpus:
        stats = water(corpus).stats()
    html = welcome_html(stats, [EVIL, "y" * 99], EN)
    assert "<script" not in html
    assert "y" * 61 not in html[html.rindex("data-q") :].partition(">")[2]
    assert f"{stats.pairs} pairs from 5 documents of 2015–2022" in html


# the page, without a browser


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("DUIZHAO_DB", str(tmp_path / "corpus.sqlite"))
    monkeypatch.setenv("DUIZHAO_USER", "anna")
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def test_an_empty_corpus_says_what_to_do(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert "The corpus is empty." in app.info[0].value


def test_the_address_sets_the_box_and_the_filters(app: AppTest, tmp_path: Path) -> None:
    with Corpus.open(tmp_path / "corpus.sqlite") as corpus:
        add(corpus, [ADVICE, HEADING], "A/RES/70/1", "2015-12-01")
        add(corpus, OTHERS, "A/77/1", "2022-01-01")
    for name, value in {"q": "水文", "mode": "exact", "type": "RES", "from": "2015", "order": "nonsense"}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert app.text_input(key="q").value == "水文"
    assert app.session_state["la_mode"] == "exact"
    assert app.selectbox(key="la_type").value == "RES"
    assert app.selectbox(key="la_from").value == 2015
    assert app.selectbox(key="la_order").value == "meaning"
    app.selectbox(key="la_type").set_value("")
    app.selectbox(key="la_order").set_value("recent")
    app.run()
    assert "type" not in app.query_params
    assert app.query_params["order"] == "recent"


def test_every_word_is_in_both_languages_with_the_same_places() -> None:
    import re

    for key, (english, chinese) in WORDS.items():
        assert english
        assert chinese
        assert sorted(re.findall(r"{(\w+)}", english)) == sorted(re.findall(r"{(\w+)}", chinese)), key
