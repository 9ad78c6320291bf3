"""Values of numbers as they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.numerals import CHINESE_NUMERAL, chinese_value, digits_value, english_value, roman_value, scaled


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("六十七", 67),
        ("一百零五", 105),
        ("三百二十一万", 3_210_000),
        ("两千五百", 2500),
        ("一万二千三百四十五", 12_345),
        ("一亿二千三百万", 123_000_000),
        ("一万亿", 10**12),
        ("兩億", 200_000_000),
        ("三萬", 30_000),
        ("一九八九", 1989),
        ("二〇一五", 2015),
        ("廿三", 23),
        ("卅一", 31),
    ],
)
def test_a_chinese_numeral_has_its_value(text: str, value: int) -> None:
    assert chinese_value(text) == value


@pytest.mark.parametrize("text", ["", "两三百", "十五六", "百千", "千百万", "三山", "abc", "一" * 5000, "万" * 5000])
def test_what_is_no_single_chinese_number_has_no_value(text: str) -> None:
    assert chinese_value(text) is None


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_a_number_written_in_chinese_reads_back(number: int) -> None:
    assert chinese_value(written(number)) == number


def written(number: int) -> str:
    """A number in Chinese with units, as they teach it at school."""
    if not number:
        return "零"
    groups = []
    for unit in ("", "万", "亿"):
        number, group = divmod(number, 10_000)
        groups.append((group, unit))
    text = ""
    for group, unit in reversed(groups):
        if group and text and group < 1000:
            text += "零"
        text += thousands(group) + unit if group else ""
    return text


def thousands(number: int) -> str:
    text = ""
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, value)
        if digit:
            text += "一二三四五六七八九"[digit - 1] + unit
        elif text and number and not text.endswith("零"):
            text += "零"
    return text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("two", 2),
        ("Twelve", 12),
        ("sixty-seventh", 67),
        ("twentieth", 20),
        ("one hundred", 100),
        ("two hundred and fifty", 250),
        ("three hundred and twenty-one thousand five hundred", 321_500),
        ("two million three hundred thousand", 2_300_000),
        ("one hundredth", 100),
    ],
)
def test_an_english_numeral_has_its_value(text: str, value: int) -> None:
    assert english_value(text) == value


def test_a_word_that_is_no_number_has_no_value() -> None:
    assert english_value("twenty houses") is None


@pytest.mark.parametrize(("text", "value"), [("1 350.5", 1350.5), ("12,000", 12000), ("7", 7)])
def test_figures_are_read_with_and_without_separators(text: str, value: float) -> None:
    assert digits_value(text) == value


@pytest.mark.parametrize(
    ("value", "scale", "product"),
    [(1350, "万", 13_500_000), (13.5, "million", 13_500_000), (2, "千万", 20_000_000), (1.2, "亿", 120_000_000)],
)
def test_a_scale_word_multiplies_in_either_language(value: float, scale: str, product: float) -> None:
    assert scaled(value, scale) == product


@pytest.mark.parametrize(("text", "value"), [("I", 1), ("iv", 4), ("IX", 9), ("XIV", 14), ("XXXIX", 39)])
def test_roman_numerals_have_their_value(text: str, value: int) -> None:
    assert roman_value(text) == value


@given(st.text(alphabet=CHINESE_NUMERAL, max_size=40))
def test_any_row_of_chinese_numerals_has_a_value_or_none(text: str) -> None:
    value = chinese_value(text)
    assert value is None or value >= 0
