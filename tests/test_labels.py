"""The number that a paragraph opens with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.document import Language
from align.labels import label

PAIRS = [
    ("3. 确认", "3. Acknowledges"),
    ("三、 概况", "III. Overview"),
    ("(a) 甲", "(a) First"),
    ("（一） 甲", "(i) First"),
    ("（二）甲", "(b) Second"),
    ("第五条 权利", "Article 5"),
    ("第十二章 总则", "Chapter XII General"),
    ("第12條", "Article 12"),
    ("A. 导言", "A. Introduction"),
    ("12．文", "12. Text"),
    ("(aa) 文", "(aa) Text"),
]


@pytest.mark.parametrize(("zh", "en"), PAIRS)
def test_the_same_label_agrees_across_the_languages(zh: str, en: str) -> None:
    left, right = label(zh, "zh"), label(en, "en")
    assert left is not None
    assert right is not None
    assert left.agrees(right)


@pytest.mark.parametrize(
    ("zh", "en"), [("3. 文", "4. Text"), ("三、 文", "IV. Text"), ("(a) 文", "(b) Text"), ("第五条", "Article 15")]
)
def test_another_label_does_not_agree(zh: str, en: str) -> None:
    left, right = label(zh, "zh"), label(en, "en")
    assert left is not None
    assert right is not None
    assert not left.agrees(right)


@pytest.mark.parametrize(
    ("text", "language", "values", "bracketed"),
    [
        ("(i) text", "en", {1, 9}, True),
        ("(v) text", "en", {5, 22}, True),
        ("(b) text", "en", {2}, True),
        ("XIV. text", "en", {14}, False),
        ("（十二）文", "zh", {12}, True),
        ("7．文", "zh", {7}, False),
    ],
)
def test_a_label_stands_for_every_value_it_may_have(
    text: str, language: Language, values: set[int], bracketed: bool
) -> None:
    found = label(text, language)
    assert found is not None
    assert (set(found.values), found.bracketed) == (values, bracketed)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("3.5 per cent of", "en"),
        ("2018 was a year", "en"),
        ("Article of faith", "en"),
        ("(see below) and", "en"),
        ("", "en"),
        ("一些国家", "zh"),
        ("3.5%的人口", "zh"),
        ("第五届会议", "zh"),
        ("（见附件）", "zh"),
        ("", "zh"),
    ],
)
def test_what_only_looks_like_a_label_is_none(text: str, language: Language) -> None:
    assert label(text, language) is None


@given(
    st.text(alphabet="()（）.、．IVXLCivxabz第条章一二十0123456789 \n\0文t", max_size=12), st.sampled_from(["zh", "en"])
)
def test_any_opening_has_a_label_with_values_or_none(text: str, language: Language) -> None:
    found = label(text, language)
    assert found is None or min(found.values) >= 0
