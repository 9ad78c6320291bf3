"""The value of numbers as they are written in Chinese and English."""

from __future__ import annotations

import regex

CHINESE_NUMERAL = "〇零○一二两兩三四五六七八九十百千万萬亿億廿卅"
_DIGITS = {c: v for v, cs in enumerate(("〇零○", "一", "二两兩", "三", "四", "五", "六", "七", "八", "九")) for c in cs}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_ABOVE_SMALL = 10_000
_LONGEST = 30  # characters
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
_SCALES = {"hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
_WORDS = {word: value for value, word in enumerate(_UNITS)} | {word: 10 * k for k, word in enumerate(_TENS, start=2)}
_WORDS |= _ORDINALS
_WORDS |= {f"{word}th": value for word, value in _WORDS.items() if word in _UNITS and f"{word}th" not in _WORDS}
_WORDS |= {word[:-1] + "ieth": 10 * k for k, word in enumerate(_TENS, start=2)}

_UNIT = "|".join(sorted((w for w, v in _WORDS.items() if v < 20 and w not in {"zero"}), key=len, reverse=True))
_TEN = "|".join(sorted((w for w, v in _WORDS.items() if v >= 20), key=len, reverse=True))
_POWER = r"(?:[\s-]+(?:hundred|thousand|million|billion|trillion)(?:th)?\b)"
_PART = rf"(?:(?:{_TEN})(?:[\s-](?:{_UNIT}))?|(?:{_UNIT}))\b"
# "one" and "first", "second" alone are mostly no numbers ("one of the", "first of all").
ENGLISH_NUMERAL = rf"(?i:\b(?!(?:one|first|second)\b(?!{_POWER})){_PART}(?:{_POWER}+(?:(?:\s+and)?[\s-]+{_PART})?)*)"
ROMAN_NUMERAL = r"(?:X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"


def digits_value(text: str) -> float:
    """The value of figures with or without thousands separators: "1 350.5" is 1350.5."""
    return float(regex.sub(r"[,\s]", "", text))


def scaled(value: float, scale: str) -> float:
    """``value`` times a scale word, Chinese (万, 千万) or English ("million")."""
    if scale in _SCALES:
        return value * _SCALES[scale]
    for character in scale:
        value *= _SMALL.get(character, 1) * _LARGE.get(character, 1)
    return round(value, 6)


def chinese_value(text: str) -> int | None:
    """The value of a Chinese numeral, positional (一九八九) or with units (三百二十一万).

    None for what is neither, as 两三百 ("two or three hundred"), and for more than thirty characters.
    """
    if not text or len(text) > _LONGEST:
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = section = digit = 0
    smallest = _ABOVE_SMALL  # unit of the section so far
    for c in text.replace("廿", "二十").replace("卅", "三十"):
        if c in _DIGITS and not digit:
            digit = _DIGITS[c]
        elif c in _SMALL and _SMALL[c] < smallest and (digit or c == "十" or not section):
            smallest = _SMALL[c]
            section += (digit or 1) * smallest
            digit = 0
        elif c in _LARGE:
            count = section + digit
            # 一亿二千万 adds a smaller unit, 一万亿 counts the larger one in ten thousands.
            total = total + count * _LARGE[c] if total > _LARGE[c] else (total + count or 1) * _LARGE[c]
            section = digit = 0
            smallest = _ABOVE_SMALL
        else:
            return None
    return total + section + digit


def english_value(text: str) -> int | None:
    """The value of an English cardinal or ordinal in words up to the thousands of millions; None if it is none."""
    total = current = 0
    for word in regex.split(r"[\s-]+", text.lower()):
        stem = word.removesuffix("th")
        if word == "and":
            continue
        if stem in _SCALES:
            current = max(current, 1) * _SCALES[stem]
            if _SCALES[stem] >= 1000:
                total, current = total + current, 0
        elif word in _WORDS:
            current += _WORDS[word]
        else:
            return None
    return total + current


def roman_value(text: str) -> int:
    """The value of a Roman numeral, in either case: "XIV" is 14."""
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}[c] for c in text.lower()]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))
