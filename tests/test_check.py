"""What a check finds in a translation, and what it leaves alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from check_made_up import STATION, checked, draft, entry, noted, simple, told
from fakes import AdditiveEncoder
from test_quotations import ADOPTED_EN, ADOPTED_ZH, BREAD, REST_EN, WHALES

from glossary.checking.checker import Checker
from glossary.checking.draft import Draft
from glossary.checking.findings import Kind
from glossary.checking.footnotes import footnote_findings
from glossary.checking.numbers import number_findings
from glossary.concepts import Usage, Workflow
from models import load_embedded
from search.quotations.sources import MemorySource
from search.quotations.tracing import Tracer
from search.quotations.wording import Wording

OBSERVING = simple(1, "观测站", "observing station", "监察站")


def numbers(zh: str, en: str) -> list[tuple[str, str, int, str, str]]:
    of = draft((zh, en))
    return told(list(number_findings(of)), of)


def of_kind(of: Draft, kind: Kind, *concepts: object) -> list[tuple[str, str, int, str, str]]:
    report = checked(of, *concepts)  # type: ignore[arg-type]
    return told([one for one in report.findings if one.kind is kind], of)


# numbers


@pytest.mark.parametrize(
    ("zh", "en", "expected"),
    [
        ("共有150人。", "There were 250 people.", ("number", "250", "150")),
        ("1.5亿人参加。", "150 million people took part; 3 stayed.", ("number", "3", "")),
        ("1.6亿人参加。", "150 million people took part.", ("number", "150 million", "1.6亿")),
        ("于2018年12月18日通过。", "Adopted on 17 December 2018.", ("date", "17 December 2018", "2018年12月18日")),
        ("第七十七届会议开幕。", "The seventy-eighth session opened.", ("number", "seventy-eighth", "七十七")),
        ("见A/RES/78/2。", "See A/RES/78/1.", ("symbol", "A/RES/78/1", "A/RES/78/2")),
        ("回顾第60/1号决议。", "Recalling resolution 61/1.", ("symbol", "61/1", "60/1")),
        ("百分之十二的人。", "Some 13 per cent of them.", ("number", "13", "百分之十二")),
        ("2025年4月4日。", "On 5 April 2025.", ("date", "5 April 2025", "2025年4月4日")),
    ],
)
def test_a_number_that_differs_is_told(zh: str, en: str, expected: tuple[str, str, str]) -> None:
    kind, original, translation = expected
    assert numbers(zh, en) == [(kind, "error", 0, original, translation)]


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("1.5亿人参加。", "150 million people took part."),
        ("2018年12月17日。", "17 December 2018."),
        ("第三章和附件二", "chap. III and annex II"),
        ("在国家和国际两级", "at both the national and international levels"),
        ("第一线工作人员", "front-line workers"),
        ("《条约》第一、第二和第四条", "articles I, II and IV of the Treaty"),
        ("上午10时", "at 10 a.m."),
        ("下午3时", "at 3 p.m."),
        ("三分之二多数", "a two-thirds majority"),
        ("７月，委员会开会。", "In July, the Committee met."),
        ("占１２％。", "It was 12 per cent."),
        ("20世纪90年代", "the 1990s"),
    ],
)
def test_one_number_in_two_ways_is_no_difference(zh: str, en: str) -> None:
    assert numbers(zh, en) == []


def test_a_number_that_stands_in_a_neighbour_without_counterpart_is_left_to_the_aligner() -> None:
    of = draft(("共有7人。", "There were people."), ("", "Of these, 7 stayed."))
    assert list(number_findings(of)) == []


def test_what_differs_in_a_doubtful_pair_is_only_to_be_looked_at() -> None:
    of = draft(("共有150人。", "There were 250 people."))
    of = replace(of, beads=(replace(of.beads[0], doubtful=True),))
    assert [str(one.level) for one in number_findings(of)] == ["note"]


# notes


def test_a_reference_to_another_note_or_none_is_told() -> None:
    of = noted(["1", "2", "4", "", "5"], ["1", "2", "3", "4", "5"])
    found = [(one.bead, one.about, one.found) for one in footnote_findings(of)]
    assert found == [(2, "3", "4"), (3, "4", "")]


def test_notes_that_are_numbered_otherwise_throughout_are_only_counted() -> None:
    assert list(footnote_findings(noted(["1", "1", "2", "1"], ["1", "2", "3", "4"]))) == []
    of = noted(["1", "1", "2", ""], ["3", "4", "5", "6"])
    assert [(one.bead, one.about) for one in footnote_findings(of)] == [(3, "6")]


# terms


def test_an_approved_term_that_is_not_used_is_told_with_what_stands_there() -> None:
    of = draft(*STATION[:4], ("委员会每年访问监测站。", STATION[4][1]))
    report = checked(of, OBSERVING)
    assert told(report.findings, of) == [("term-not-used", "error", 4, "observing station", "监测站")]
    finding = report.findings[0]
    assert (finding.expected, finding.concept, finding.found) == (("观测站",), "c1", "监测站")


@pytest.mark.parametrize(
    ("zh", "en"),
    [
        ("兩個觀測站", "two observing stations"),
        ("观测 站的费用", "the Observing-Station’s costs"),
        ("观测站", "the observing station"),
    ],
)
def test_script_inflection_and_spacing_raise_no_alarm(zh: str, en: str) -> None:
    assert checked(draft(*STATION, (zh, en)), OBSERVING).findings == ()


def test_the_order_of_words_raises_no_alarm() -> None:
    concept = simple(2, "预防和打击犯罪", "crime prevention and control")
    of = draft(("各国应加强打击和预防犯罪。", "States shall strengthen crime prevention and control."))
    assert of_kind(of, Kind.TERM, concept) == []


def test_an_admitted_term_is_as_good_and_a_longer_term_hides_what_is_inside_it() -> None:
    concept = entry(
        1,
        ("zh", "观测站", Usage.PREFERRED),
        ("zh", "测站", Usage.ADMITTED),
        ("en", "observing station", Usage.PREFERRED),
    )
    longer = simple(2, "海洋哨", "ocean observing station")
    of = draft(
        *STATION, ("测站和海洋哨已经关闭。", "The observing station and the ocean observing station are closed.")
    )
    assert checked(of, concept, longer).findings == ()


def test_another_approved_concept_of_the_same_words_is_as_good() -> None:
    other = simple(2, "监测站", "observing station")
    of = draft(*STATION[:4], ("委员会每年访问监测站。", STATION[4][1]))
    assert of_kind(of, Kind.TERM, OBSERVING, other) == []


def test_a_short_form_that_the_text_defines_is_as_good() -> None:
    concept = simple(1, "国际刑事警察组织", "International Criminal Police Organization")
    of = draft(
        ("国际刑事警察组织(国际刑警组织)提供支持。", "The International Criminal Police Organization gives support."),
        ("国际刑警组织每年提交报告。", "The International Criminal Police Organization reports every year."),
    )
    assert of_kind(of, Kind.TERM, concept) == []


def test_what_is_not_approved_is_not_asked_for() -> None:
    of = draft(*STATION[:4], ("委员会每年访问监测站。", STATION[4][1]))
    proposed = replace(OBSERVING, workflow={"zh": Workflow.PROPOSED, "en": Workflow.PROPOSED})
    assert of_kind(of, Kind.TERM, proposed) == []


def test_the_other_direction_is_checked_as_well() -> None:
    of = draft(
        *STATION[:4], (STATION[4][0], "The commission visits the monitoring station every year."), translation="en"
    )
    assert of_kind(of, Kind.TERM, OBSERVING) == [("term-not-used", "warning", 4, "观测站", "monitoring station")]


def test_a_verb_in_another_form_is_the_same_term() -> None:
    concept = simple(1, "交流信息", "exchange information")
    of = draft(("各国应交流信息。", "States, exchanging their information, shall agree."), translation="en")
    assert checked(of, concept).findings == ()


def test_a_forbidden_term_is_told_once() -> None:
    of = draft(*STATION[:4], ("委员会每年访问监察站。", STATION[4][1]))
    report = checked(of, OBSERVING)
    assert told(report.findings, of) == [("forbidden-term", "error", 4, "observing station", "监察站")]
    assert report.findings[0].expected == ("观测站",)


def test_a_forbidden_word_is_fine_as_another_concepts_term() -> None:
    of = draft(*STATION, ("监察站已经关闭。", "The inspection post is closed."))
    assert of_kind(of, Kind.FORBIDDEN, OBSERVING, simple(2, "监察站", "inspection post")) == []


# consistency


def test_a_term_that_is_rendered_otherwise_once_is_told() -> None:
    of = draft(*STATION[:4], ("委员会每年访问监测站。", STATION[4][1]))
    assert told(checked(of).findings, of) == [("inconsistent-term", "warning", 4, "observing station", "监测站")]


def test_a_term_that_is_rendered_the_same_is_left_alone() -> None:
    assert checked(draft(*STATION)).findings == ()


# quotations


def quoted(zh: str, en: str, symbol: str = "") -> list[tuple[str, str, str]]:
    of = draft((zh, en), symbol=symbol)
    tracer = Tracer(MemorySource((WHALES, BREAD), AdditiveEncoder()), Wording(load_embedded()).of)
    return [(one.source, one.found, told([one], of)[0][4]) for one in Checker(tracer=tracer).check(of).findings]


def test_a_quotation_that_is_not_in_its_official_wording_is_told() -> None:
    changed = ADOPTED_ZH.replace("奋力营救", "努力拯救")
    assert quoted(changed + "。", ADOPTED_EN + ".") == [("A/RES/1 3", "努力拯", "努力拯")]


def test_the_official_wording_raises_no_alarm_nor_does_its_own_text_nor_another_original() -> None:
    changed = ADOPTED_ZH.replace("奋力营救", "努力拯救")
    assert quoted(ADOPTED_ZH + "。", ADOPTED_EN + ".") == []
    assert quoted(changed + "。", ADOPTED_EN + ".", symbol="A/RES/1") == []
    assert quoted("面包师在广场上唱歌。", "The bakers sing in the square." + REST_EN[:1]) == []


# keys


def test_a_key_stays_when_other_paragraphs_change_and_goes_when_its_own_does() -> None:
    wrong = ("共有150人。", "There were 250 people.")
    first = checked(draft(wrong)).findings[0]
    later = checked(draft(("又一段。", "Another paragraph."), wrong)).findings[0]
    other = checked(draft(("共有 150 人！", "There were 250 people here."))).findings[0]
    assert first.key == later.key
    assert first.key != other.key


def test_the_same_thing_twice_in_a_paragraph_has_two_keys() -> None:
    of = draft(("150人和150人。", "There were people and people."))
    found = checked(of).findings
    assert [one.found for one in found] == ["150", "150"]
    assert len({one.key for one in found}) == 2


def test_what_differs_inside_web_addresses_is_no_difference() -> None:
    of = draft(("见https://example.org/zh/2019/4。", "See https://example.org/en/2021/7."))
    assert checked(of).findings == ()
    assert [one.found for one in checked(draft(("有5人。", "6 people came."))).findings] == ["5"]


def test_what_is_left_in_the_original_s_language_has_the_same_date() -> None:
    assert list(number_findings(draft(("4 November 2044", "4  November 2044")))) == []


def test_a_note_that_the_translation_alone_has_is_told_by_its_mark() -> None:
    of = noted(["1", "2", "3", "4"], ["5", "6", "", "7"])
    assert [(one.about, one.found) for one in footnote_findings(of)] == [("", "3")]


def test_a_number_of_thousands_of_digits_is_compared_like_any_other() -> None:
    of = draft(("编号" + "1" * 5000, "Number " + "1" * 5000))
    assert list(number_findings(of)) == []
