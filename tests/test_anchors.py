"""What a text shares with its translation: keys, spans, and traps."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.anchors import Anchor, anchors
from align.document import Language

SHARED = Path(__file__).parents[1].parent / "shared"
LEAST_SHARE_WITH_PARTNER = 0.93  # of numbers, dates, times and symbols; 0.95 when this was written


def keys(text: str, language: Language) -> list[str]:
    """Keys in order, Latin words left out."""
    return [anchor.key for anchor in anchors(text, language) if not anchor.key.startswith("w:")]


BOTH = [
    # dates
    ("2018年12月17日", "17 December 2018", ["d:2018-12-17"]),
    ("2018 年 12 月 17 日", "December 17, 2018", ["d:2018-12-17"]),
    ("二〇一八年十二月十七日", "17th of December, 2018", ["d:2018-12-17"]),
    ("2018年5月", "May 2018", ["d:2018-05"]),
    ("2018-12-17", "2018-12-17", ["d:2018-12-17"]),
    ("2018/1/7", "7 Jan. 2018", ["d:2018-01-07"]),
    ("12月1日", "1 December", ["d:--12-01"]),
    ("在3月", "in March", ["d:--03"]),
    ("2015年4月13日至17日", "13-17 April 2015", ["d:2015-04-13", "d:2015-04-17"]),
    ("2011年11月21至22日", "21 to 22 November 2011", ["d:2011-11-21", "d:2011-11-22"]),
    ("2014年12月8日和9日", "8 and 9 December 2014", ["d:2014-12-08", "d:2014-12-09"]),
    ("2015年4月27日至5月8日", "27 April to 8 May 2015", ["d:2015-04-27", "d:2015-05-08"]),
    ("2014年10月和11月", "October and November 2014", ["d:2014-10", "d:2014-11"]),
    ("1月7日和8日", "7 and 8 January", ["d:--01-07", "d:--01-08"]),
    ("中華民國九十四年四月十三日", "13 April 2005", ["d:2005-04-13"]),
    ("民国94年", "2005", ["n:2005"]),
    # times
    ("上午9时30分", "9.30 a.m.", ["t:9:30"]),
    ("下午3时", "3 p.m.", ["t:15:00"]),
    # numbers
    ("1 350万", "13.5 million", ["n:13500000"]),
    ("三百二十一万", "3,210,000", ["n:3210000"]),
    ("三百二十一萬", "3.21 million", ["n:3210000"]),
    ("200多万人", "2 million people", ["n:2000000"]),
    ("201.9千克", "201.9 kg", ["n:201.9"]),
    ("12 345.6", "12,345.6", ["n:12345.6"]),
    ("第六十七届会议", "sixty-seventh session", ["n:67"]),
    ("第67届会议", "67th session", ["n:67"]),
    ("七十周年", "seventieth anniversary", ["n:70"]),
    ("过去二十年", "the past two decades", ["n:20"]),
    ("三名专家", "three experts", ["n:3"]),
    ("第二次会议", "the second meeting", ["n:2"]),
    ("第六章", "Chapter VI", ["n:6"]),
    ("附件二", "annex II", ["n:2"]),
    ("百分之七十五", "75 per cent", ["n:75"]),
    ("75%", "seventy-five per cent", ["n:75"]),
    ("三分之二", "two thirds", ["n:2/3"]),
    ("2018-2021年", "2018-2021", ["n:2018", "n:2021"]),
    ("2015年后", "post-2015", ["n:2015"]),
    ("二十世纪九十年代", "1990s", ["n:1990"]),
    # symbols
    ("A/RES/67/189号文件", "document A/RES/67/189", ["s:A/RES/67/189"]),
    ("A/CONF.192/15", "A/CONF.192/15.", ["s:A/CONF.192/15"]),
    ("第67/189号决议", "resolution 67/189", ["s:67/189"]),
    ("第57/300 A号", "57/300 A", ["s:57/300A"]),
    ("S/2016/1061", "S/2016/1061", ["s:S/2016/1061"]),
]


@pytest.mark.parametrize(("zh", "en", "expected"), BOTH)
def test_both_languages_have_the_same_keys(zh: str, en: str, expected: list[str]) -> None:
    assert (keys(zh, "zh"), keys(en, "en")) == (expected, expected)


@pytest.mark.parametrize(
    "text",
    [
        "一些",
        "十分重要",
        "万一",
        "千万不要",
        "一一列举",
        "几十年来",
        "数百名",
        "两三百",
        "千百万人",
        "统一",
        "三五成群",
    ],
)
def test_chinese_that_only_looks_like_a_number_has_no_anchor(text: str) -> None:
    assert anchors(text, "zh") == ()


@pytest.mark.parametrize(
    "text", ["one of the", "First of all", "may march", "tens of thousands", "a second-hand coat", "decades"]
)
def test_english_that_only_looks_like_a_number_has_no_anchor(text: str) -> None:
    assert keys(text, "en") == []


def test_spans_are_exactly_what_is_written() -> None:
    text = "回顾其2012年12月20日第67/189号决议、COVID-19和1 350万人"
    assert [(text[a.start : a.end], a.key) for a in anchors(text, "zh")] == [
        ("2012年12月20日", "d:2012-12-20"),
        ("67/189", "s:67/189"),
        ("COVID-19", "w:covid-19"),
        ("1 350万", "n:13500000"),
    ]


def test_spans_of_english_are_exactly_what_is_written() -> None:
    text = "Its resolution 67/189 of 20 December 2012, 13.5 million, sixty-seventh"
    found = [(text[a.start : a.end], a.key) for a in anchors(text, "en") if not a.key.startswith("w:")]
    assert found == [
        ("67/189", "s:67/189"),
        ("20 December 2012", "d:2012-12-20"),
        ("13.5 million", "n:13500000"),
        ("sixty-seventh", "n:67"),
    ]


def test_a_rare_character_and_a_curly_quote_do_not_shift_the_spans() -> None:
    assert anchors("\U00020000“67/189”", "zh") == (Anchor(2, 8, "s:67/189"),)


def test_a_number_too_long_for_any_text_is_left_alone() -> None:
    assert [keys("9" * 400, "zh"), keys("一" * 6000, "zh"), keys("9" * 5000, "en")] == [[], [], []]


TEXTS = st.one_of(
    st.text(max_size=80),
    st.text(alphabet="0123456789 年月日至万亿零一二三十百千第届分之.,/-%时AESRabc几多", max_size=60),
    st.lists(
        st.sampled_from("12 May 2015 and to the second A/RES/1 first hundred million decades one third -".split())
    ).map(" ".join),
)


@given(TEXTS, st.sampled_from(["zh", "en"]))
def test_anchors_of_any_text_are_in_bounds_in_order_and_apart(text: str, language: Language) -> None:
    end = 0
    for anchor in anchors(text, language):
        assert end <= anchor.start < anchor.end <= len(text)
        assert anchor.key[:2] in {"d:", "t:", "n:", "s:", "w:"}
        end = anchor.end


@pytest.mark.shared
def test_most_numbers_of_real_sentences_find_their_partner() -> None:
    folder = SHARED / "bench" / "unpc_dev"
    zh, en = ((folder / f"{side}.txt").read_text(encoding="utf8").split("\n") for side in ("zh", "en"))
    found = every = 0
    for left, right in zip(zh, en, strict=True):
        counts = Counter(keys(left, "zh")), Counter(keys(right, "en"))
        found += 2 * (counts[0] & counts[1]).total()
        every += counts[0].total() + counts[1].total()
    assert found / every >= LEAST_SHARE_WITH_PARTNER
