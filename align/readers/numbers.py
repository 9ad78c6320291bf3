"""Numbers as automatic numbering prints them: 3, iii, c, 三, 丙, ③.

The styles' names are those of Word, ST_NumberFormat in ECMA-376 part 1, 17.18.59.
"""

from __future__ import annotations

from collections.abc import Callable

_ROMAN_VALUES = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
_ROMAN = tuple(zip(_ROMAN_VALUES, "m cm d cd c xc l xl x ix v iv i".split(), strict=True))
_HAN_DIGITS = "〇一二三四五六七八九"
_LEGAL_SIMPLIFIED = str.maketrans("一二三四五六七八九十百千万〇", "壹贰叁肆伍陆柒捌玖拾佰仟萬零")
_LEGAL_TRADITIONAL = str.maketrans("一二三四五六七八九十百千万〇", "壹貳參肆伍陸柒捌玖拾佰仟萬零")
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_CHICAGO = "*†‡§"


def format_number(number: int, style: str) -> str:
    """Return ``number`` (from 0) in ``style``, a value of ST_NumberFormat; unknown styles are decimal."""
    if style in ("none", "bullet"):
        return ""
    if number <= 0 or number > 9999:
        return str(number)
    return _FORMATS[style](number) if style in _FORMATS else str(number)


def _letters(number: int) -> str:
    """a … z, aa, bb … as Word counts them, not aa, ab."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _han(number: int) -> str:
    """Counting numbers: 十, 十二, 二十, 一百〇五."""
    text, zero = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("〇" if zero and text else "") + _HAN_DIGITS[digit] + unit
            zero = False
        elif text:
            zero = True
    return text.removeprefix("一") if 10 <= number < 20 else text


def _han_digits(number: int) -> str:
    """Digit by digit: 一〇五."""
    return "".join(_HAN_DIGITS[int(digit)] for digit in str(number))


def _circled(number: int) -> str:
    if number <= 20:
        return chr(0x2460 + number - 1)
    return chr(0x3251 + number - 21) if number <= 35 else str(number)


def _cycle(signs: str, number: int) -> str:
    return signs[(number - 1) % len(signs)]


def _ordinal(number: int) -> str:
    special = {1: "st", 2: "nd", 3: "rd"}
    return f"{number}{'th' if 10 <= number % 100 <= 20 else special.get(number % 10, 'th')}"


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: "".join(chr(0xFF10 + int(digit)) for digit in str(n)),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": lambda n: f"({n})",
    "decimalEnclosedFullstop": lambda n: f"{n}.",
    "numberInDash": lambda n: f"- {n} -",
    "ordinal": _ordinal,
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda n: _roman(n).upper(),
    "chicago": lambda n: _cycle(_CHICAGO, n) * ((n - 1) // 4 + 1),
    "chineseCounting": _han,
    "chineseCountingThousand": lambda n: _han(n).replace("〇", "零"),
    "taiwaneseCounting": _han,
    "taiwaneseCountingThousand": _han,
    "japaneseCounting": _han,
    "ideographDigital": _han_digits,
    "taiwaneseDigital": _han_digits,
    "japaneseDigitalTenThousand": _han_digits,
    "chineseLegalSimplified": lambda n: _han(n).translate(_LEGAL_SIMPLIFIED),
    "ideographLegalTraditional": lambda n: _han(n).translate(_LEGAL_TRADITIONAL),
    "ideographTraditional": lambda n: _cycle(_STEMS, n),
    "ideographZodiac": lambda n: _cycle(_BRANCHES, n),
    "ideographEnclosedCircle": lambda n: chr(0x3280 + n - 1) if n <= 10 else _han(n),
}
