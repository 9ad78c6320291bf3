"""Which language a text is in, and in which script: counted from its characters, no model."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from align.document import Language

HAN = regex.compile(r"\p{Han}")
KANA_HANGUL = regex.compile(r"[\p{Hiragana}\p{Katakana}\p{Hangul}]")
WORD = regex.compile(r"\p{Latin}[\p{Latin}’'-]*")
OTHER_LETTER = regex.compile(r"[\p{L}--\p{Han}--\p{Latin}]", regex.V1)

# A word of English takes some 1.7 Han characters in translation: a text is Chinese if Han characters are three
# quarters of Han characters and Latin words together, English if they are less than a tenth.
CHINESE_FROM = 0.75
ENGLISH_UP_TO = 0.1
# English is told from other Latin-script languages by its commonest words, in texts long enough to show them.
FUNCTION_WORDS = frozenset(
    "the of and to in a is that for it as was with be by on not or are from at this which".split()
)
FUNCTION_SHARE = 0.06
ENOUGH_WORDS = 40
SAMPLE = 200_000  # characters looked at


@dataclass(frozen=True, slots=True)
class Detected:
    """Language ("zh", "en"; None where neither or a mixture) and ISO 15924 script ("Hans", "Hant", "Latn", "")."""

    language: Language | None
    script: str


def detect(text: str) -> Detected:
    """Language and script of ``text``, by the share of Han characters among Han characters and Latin words."""
    sample = text[:SAMPLE]
    han = len(HAN.findall(sample))
    every = WORD.findall(sample)
    # Symbols and acronyms (A/RES/73/11, COVID) are no words of a language, unless everything is in capitals.
    words = [word for word in every if word != word.upper()] or every
    foreign = len(KANA_HANGUL.findall(sample))
    if foreign * 10 > han + foreign or len(OTHER_LETTER.findall(sample)) > han + len("".join(words)):
        return Detected(None, "")
    total = han + len(words)
    if not total:
        return Detected(None, "")
    if han >= CHINESE_FROM * total:
        return Detected("zh", script_of(sample))
    if han <= ENGLISH_UP_TO * total and _is_english(words):
        return Detected("en", "Latn")
    return Detected(None, "")


def script_of(text: str) -> str:
    """ "Hans" or "Hant" by the characters that exist in one script only; "Hans" where nothing tells."""
    simplified, traditional = _exclusive()
    hans = sum(character in simplified for character in text)
    hant = sum(character in traditional for character in text)
    return "Hant" if hant > hans else "Hans"


def _is_english(words: list[str]) -> bool:
    if len(words) < ENOUGH_WORDS:
        return True
    common = sum(word.lower() in FUNCTION_WORDS for word in words)
    return common >= FUNCTION_SHARE * len(words)


@cache
def _exclusive() -> tuple[frozenset[str], frozenset[str]]:
    """Characters written in simplified only, and in traditional only, among those of the basic CJK block."""
    import opencc

    block = [chr(code) for code in range(0x4E00, 0xA000)]
    to_simplified = opencc.OpenCC("t2s").convert("\n".join(block)).split("\n")
    to_traditional = opencc.OpenCC("s2t").convert("\n".join(block)).split("\n")
    pairs = list(zip(block, to_simplified, to_traditional, strict=True))
    simplified = frozenset(c for c, s, t in pairs if s == c and t != c)
    traditional = frozenset(c for c, s, _ in pairs if s != c)
    return simplified, traditional
