"""The forms that anchors have in each language: a pattern, and the key made of its groups.

Rules stand in order of preference. Dates of a range share a month and a year that are written once: behind them in
English ("13 to 17 April 2015"), before them in Chinese (2015年4月13日至17日).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import regex

from align.numerals import (
    CHINESE_NUMERAL,
    ENGLISH_NUMERAL,
    ROMAN_NUMERAL,
    chinese_value,
    digits_value,
    english_value,
    roman_value,
    scaled,
)

Groups = Sequence[str | None]  # what the rule matched, then its groups
_DIGIT, _LETTER, _HAN = r"\d", r"\p{Latin}", CHINESE_NUMERAL  # classes of first characters


@dataclass(frozen=True, slots=True)
class Rule:
    """The class of characters that the anchor starts with, its pattern, its key (None where it is none after all)."""

    first: str
    pattern: str
    key: Callable[[Groups], str | None]


_MONTH_NAMES = "january february march april may june july august september october november december".split()
MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES, start=1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
_MONTH = rf"(?:(?:{'|'.join(_MONTH_NAMES)})\b|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_YEAR = r"(?:1[5-9]|20)\d\d(?!\d)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_DIGITS = r"(?:\d{1,3}(?:[,  \u2009]\d{3})+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)"
_ORGAN = "A|S|E|ST|T|DP|TD|CAT|CCPR|CEDAW|CRC|HRI|UNEP|FCCC|HSP|ICEF|CN"
_SYMBOL = rf"(?<![\p{{Latin}}\d/])(?:{_ORGAN})(?:/[\p{{Lu}}\d](?:[\p{{Latin}}\d.\-]*[\p{{Latin}}\d])?){{1,6}}"
_RESOLUTION = r"(?<![\d/])\d{1,4}/\d{1,4}(?![\d/])(?:\s?[A-Z](?![\p{Latin}\d]))?"
# A year behind a hyphen is a number of its own: post-2015, mid-1990.
_PART = rf"(?:[-‑](?!{_YEAR}(?!\w))[\p{{Latin}}\d]+)"
_WORD = rf"\p{{Latin}}(?:[\p{{Latin}}\d]+{_PART}*|{_PART}+)"


def _date(year: str | None, month: int, day: str | None) -> str:
    return f"d:{int(year) if year else '-'}-{month:02d}" + (f"-{int(day):02d}" if day else "")


def _number(value: float | None) -> str | None:
    if value is None or abs(value) > 1e18:
        return None
    value = round(value, 6)  # 4.1 billion is a hair less than 41亿 in binary floating point
    return f"n:{value:g}" if value != int(value) else f"n:{int(value)}"


def _time(hour: int, minute: str | None, afternoon: bool) -> str:
    return f"t:{hour + 12 if afternoon and hour < 12 else hour}:{int(minute or 0):02d}"


def _word(text: str) -> str:
    return "w:" + text.replace("‑", "-").lower()


def _plain(text: str) -> str:
    return "s:" + regex.sub(r"\s", "", text).upper()


def _of(groups: Groups, k: int) -> str:
    return groups[k] or ""


_SHARED_RULES: tuple[Rule, ...] = (
    Rule(_LETTER, _SYMBOL, lambda g: _plain(_of(g, 0))),
    Rule(
        _DIGIT,
        rf"(?<![\d./-])({_YEAR})(?=-\d\d?-|/\d\d?/|\.\d\d?\.)[-/.](1[0-2]|0?[1-9])[-/.]({_DAY})(?![\d./-]*\d)",
        lambda g: _date(g[1], int(_of(g, 2)), g[3]),
    ),
    Rule(_DIGIT, _RESOLUTION, lambda g: _plain(_of(g, 0))),
)

# Chinese ------------------------------------------------------------------------------------------------------------
_Z = rf"[{CHINESE_NUMERAL}]"
_ZH_DIGIT = "[〇零○一二三四五六七八九]"
_ZH_NONZERO = "一二两兩三四五六七八九"
_ZH_SMALL = "[一二三四五六七八九十]"
_ZH_MONTH = r"(?:1[0-2]|0?[1-9])"
_ZH_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_AND = r"\s*(?:至|到|和|及|与|與|或|、|[-–—~～])\s*"
_MORE_DAYS = rf"(?={_AND}{_ZH_DAY}\s*[日号號])"
_SINCE = r"[\d\s月日号號至到和及与與或、\-–—~～]{0,40}"  # between a month or a year and a day that belongs to it
# 千克, 千米, 兆瓦 are units; 百分 is a share.
_CLOCK = r"(?<!\d)(2[0-3]|1\d|\d)\s*[时時點点](?![间間期])(?:\s*([0-5]?\d)\s*分|整|(?=[至到开開举舉]|$))"
_UNIT = r"(?![克米瓦卡赫伏帕焦安升]|兆|字节|字節|比特|分)"
_MEASURE = (
    "个個名项項次届屆年月天日周週位份座艘架家类類种種倍款章节節條条国國分点點人方轮輪层層级級卷册冊号號期段组組批"
)
_NAMED = "附件|附录|附錄|附表|图|圖|表|专题|議定書|议定书|第"


def _chinese(text: str | None) -> float | None:
    return chinese_value(text) if text else None


def _chinese_date(year: str | None, month: str | None, day: str | None) -> str | None:
    values = [int(chinese_value(part) or 0) if part else None for part in (year, month, day)]
    if not values[1] or values[1] > 12:
        return None
    return _date(str(values[0]), values[1], str(values[2]) if values[2] else None)


def _minguo(groups: Groups) -> str | None:
    """Years of the Republic, as laws of Taiwan count them: the first is 1912."""
    year, month, day = (_either(part) for part in groups[1:4])
    if year is None:
        return None
    if month is None:
        return f"n:{int(year) + 1911}"
    return _date(str(int(year) + 1911), int(month), str(int(day)) if day else None)


def _decade(groups: Groups) -> str | None:
    century = _either(groups[1])
    tens = _either(groups[2])
    return None if century is None or tens is None else _number((century - 1) * 100 + tens)


def _either(text: str | None) -> float | None:
    """The value of figures or of a Chinese numeral."""
    return None if not text else digits_value(text) if text[0].isdecimal() else chinese_value(text)


def _fraction(over: float | None, under: float | None) -> str | None:
    return f"n:{over:g}/{under:g}" if over and under else None


CHINESE_RULES: tuple[Rule, ...] = (
    *_SHARED_RULES,
    Rule(
        _DIGIT,
        rf"({_YEAR})\s*年\s*({_ZH_MONTH})\s*月(?:\s*({_ZH_DAY})(?:\s*[日号號]|{_MORE_DAYS}))?",
        lambda g: _date(g[1], int(_of(g, 2)), g[3]),
    ),
    Rule(
        _DIGIT,
        rf"(?<![\d.])({_ZH_MONTH})\s*月(?:\s*({_ZH_DAY})(?:\s*[日号號]|{_MORE_DAYS}))?(?<=({_YEAR})\s*年{_SINCE})",
        lambda g: _date(g[3], int(_of(g, 1)), g[2]),
    ),
    Rule(
        _DIGIT,
        rf"(?<![\d.])({_ZH_MONTH})\s*月(?:\s*({_ZH_DAY})(?:\s*[日号號]|{_MORE_DAYS}))?",
        lambda g: _date(None, int(_of(g, 1)), g[2]),
    ),
    Rule(
        _DIGIT,
        rf"(?<![\d.])({_ZH_DAY})(?:\s*[日号號]|{_MORE_DAYS})(?<=(?:({_YEAR})\s*年\s*)?(?<!\d)({_ZH_MONTH})\s*月{_SINCE})",
        lambda g: _date(g[2], int(_of(g, 3)), g[1]),
    ),
    Rule(
        _HAN,
        rf"({_ZH_DIGIT}{{4}})年({_ZH_SMALL}{{1,2}})月(?:({_ZH_SMALL}{{1,3}})日)?",
        lambda g: _chinese_date(g[1], g[2], g[3]),
    ),
    Rule(_HAN, rf"(?<=民[国國]\s*)({_Z}+)\s*年(?:\s*({_Z}+)\s*月(?:\s*({_Z}+)\s*日)?)?", _minguo),
    Rule(_DIGIT, r"(?<=民[国國]\s*)(\d+)\s*年(?:\s*(\d\d?)\s*月(?:\s*(\d\d?)\s*日)?)?", _minguo),
    Rule(_HAN, rf"{_ZH_DIGIT}{{4}}(?=年)", lambda g: _number(_chinese(g[0]))),
    Rule(_DIGIT, rf"(?<=(?:下午|晚上|晚)\s*){_CLOCK}", lambda g: _time(int(_of(g, 1)), g[2], afternoon=True)),
    Rule(_DIGIT, _CLOCK, lambda g: _time(int(_of(g, 1)), g[2], afternoon=False)),
    Rule(_DIGIT, r"(\d\d)世[纪紀](\d0)年代", _decade),
    Rule(_HAN, rf"({_Z}{{2,3}})世[纪紀]({_Z}十)年代", _decade),
    Rule(_HAN, rf"百分之({_DIGITS}|{_Z}+)", lambda g: _number(_either(g[1]))),
    Rule(_HAN, rf"({_Z}+)分之({_Z}+)", lambda g: _fraction(_chinese(g[2]), _chinese(g[1]))),
    Rule(
        _DIGIT,
        rf"({_DIGITS})\s*[多余餘几幾]?\s*([百千万萬亿億兆]+){_UNIT}",
        lambda g: _number(scaled(digits_value(_of(g, 1)), _of(g, 2))),
    ),
    Rule(_DIGIT, _DIGITS, lambda g: _number(digits_value(_of(g, 0)))),
    Rule(_HAN, rf"(?<={_NAMED}){_Z}+(?![{CHINESE_NUMERAL}])", lambda g: _number(_chinese(g[0]))),
    # 一 alone is mostly no number, nor is 万 or 千; 两三, 三五 are "some"; after 几, 数 the numeral is a round one.
    Rule(
        _HAN,
        rf"(?<![几幾数數{CHINESE_NUMERAL}])(?=[{_ZH_NONZERO}十廿卅])(?![{_ZH_NONZERO}]{{2,3}}(?![{_ZH_NONZERO}〇零○]))"
        rf"{_Z}{{2,}}(?![分])",
        lambda g: _number(_chinese(g[0])),
    ),
    Rule(
        _HAN,
        rf"(?<![几幾数數{CHINESE_NUMERAL}])(?!十分(?!钟|鐘))[二两兩三四五六七八九十](?=[多余餘]?[{_MEASURE}])(?!分[之别別])",
        lambda g: _number(_chinese(g[0])),
    ),
    Rule(_LETTER, _WORD, lambda g: _word(_of(g, 0))),
)

# English ------------------------------------------------------------------------------------------------------------
_THROUGH = r"\s*(?:[-–—,]|(?:to|and|or|until|through)\b)\s*"
_D = rf"(?<![\d.,/])({_DAY})"
_TH = r"(?:st|nd|rd|th)?"
_MORE_MONTHS = rf"(?:{_THROUGH}(?:{_DAY}\s+)?{_MONTH})+,?\s+({_YEAR})"
_IN = r"(?<=\b(?:in|by|of|since|until|till|late|early|mid|from|during|through|end|last|this|next|before|after)[\s-]+)"
_THE = r"(?<=\b(?:the|its|their|a|this|and|at|on|of|in)\s+)"
_SCALE = "hundred|thousand|million|billion|trillion"
_SHARES = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
           "ninth": 9, "tenth": 10}  # fmt: skip
_NAMES = "chapter|article|annex|figure|table|part|section|appendix|volume|schedule|title|protocol|additional protocol"


def _month(name: str | None) -> int:
    return MONTHS[(name or "").lower().rstrip(".")]


def _share(groups: Groups) -> str | None:
    under = _SHARES[_of(groups, 2).lower().removesuffix("s")]
    return _fraction(english_value(_of(groups, 1)), under)


def _decades(groups: Groups) -> str | None:
    value = english_value(_of(groups, 1))
    return _number(None if value is None else value * 10)


ENGLISH_RULES: tuple[Rule, ...] = (
    *_SHARED_RULES,
    Rule(
        _DIGIT,
        rf"(?i:{_D}{_TH}(?:\s+day)?(?:\s+of)?\s+({_MONTH}),?\s+({_YEAR}))",
        lambda g: _date(g[3], _month(g[2]), g[1]),
    ),
    Rule(_LETTER, rf"(?i:\b({_MONTH})\s+({_DAY}){_TH},?\s+({_YEAR}))", lambda g: _date(g[3], _month(g[1]), g[2])),
    Rule(_LETTER, rf"(?i:\b({_MONTH}),?\s+(?:of\s+)?({_YEAR}))", lambda g: _date(g[2], _month(g[1]), None)),
    Rule(
        _DIGIT,
        rf"(?i:{_D}{_TH}(?=(?:{_THROUGH}{_DAY}{_TH})+\s+({_MONTH})(?:,?\s+({_YEAR}))?))",
        lambda g: _date(g[3], _month(g[2]), g[1]),
    ),
    Rule(
        _DIGIT,
        rf"(?i:{_D}{_TH}\s+({_MONTH})(?={_MORE_MONTHS}))",
        lambda g: _date(g[3], _month(g[2]), g[1]),
    ),
    Rule(_LETTER, rf"(?i:\b({_MONTH})(?={_MORE_MONTHS}))", lambda g: _date(g[2], _month(g[1]), None)),
    Rule(_DIGIT, rf"(?i:{_D}{_TH}(?:\s+of)?\s+({_MONTH}))", lambda g: _date(None, _month(g[2]), g[1])),
    Rule(_LETTER, rf"(?i:\b({_MONTH})\s+({_DAY}){_TH})(?![\w%.]\d)", lambda g: _date(None, _month(g[1]), g[2])),
    Rule(_LETTER, rf"{_IN}((?=\p{{Lu}})(?i:{_MONTH}))", lambda g: _date(None, _month(g[1]), None)),
    Rule(
        _DIGIT,
        r"(?i:(?<![\d.])(1[0-2]|[1-9])(?:[.:]([0-5]\d))?\s*(?:(p)|a)\.?m\b\.?)",
        lambda g: _time(int(_of(g, 1)), g[2], bool(g[3])),
    ),
    Rule(
        _DIGIT,
        rf"(?i:({_DIGITS})[\s-]+({_SCALE})\b)",
        lambda g: _number(scaled(digits_value(_of(g, 1)), _of(g, 2).lower())),
    ),
    Rule(_DIGIT, rf"(?i:({_DIGITS})\s+decades\b)", lambda g: _number(digits_value(_of(g, 1)) * 10)),
    Rule(_LETTER, rf"(?i:({ENGLISH_NUMERAL})\s+decades\b)", _decades),
    Rule(_LETTER, r"(?i:\bdecade\b)", lambda _: _number(10)),
    Rule(_DIGIT, rf"({_DIGITS})(?:st|nd|rd|th)?(?![\p{{L}}\d])", lambda g: _number(digits_value(_of(g, 1)))),
    Rule(_DIGIT, _DIGITS, lambda g: _number(digits_value(_of(g, 0)))),
    Rule(
        _LETTER,
        rf"(?<=\b(?i:{_NAMES})s?\s+)({ROMAN_NUMERAL})(?![\p{{L}}\d.])",
        lambda g: _number(roman_value(_of(g, 1))),
    ),
    Rule(_LETTER, rf"(?i:\b(one|two|three|four)[-\s]+((?:{'|'.join(_SHARES)})s?)\b)", _share),
    Rule(_LETTER, rf"(?i:\ba\s+({_SCALE})\b)", lambda g: _number(scaled(1, _of(g, 1).lower()))),
    Rule(_LETTER, rf"(?i:{_THE}(first|second)(?=\s+\p{{L}}{{3}}))", lambda g: _number(english_value(_of(g, 1)))),
    Rule(_LETTER, ENGLISH_NUMERAL, lambda g: _number(english_value(_of(g, 0)))),
    Rule(_LETTER, _WORD, lambda g: _word(_of(g, 0))),
)
