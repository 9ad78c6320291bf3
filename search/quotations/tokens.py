"""A text cut into what a quotation is compared by: words, Chinese characters, and what may differ in one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from align.numerals import CHINESE_NUMERAL, ENGLISH_NUMERAL
from align.structure.patterns import MONTHS, SYMBOL
from search.folding import folded
from search.locating.ngrams import plain

_MONTH = "|".join(sorted(MONTHS))
_COUNTED = "届屆年月日号號次条條款项項段"
_FIGURES = r"\p{N}+(?:[.,/]\p{N}+)*"
_CHINESE = (
    rf"第?\s?(?:{_FIGURES}|[{CHINESE_NUMERAL}]+)\s?(?:[(（]\p{{N}}+[)）]\s?)?[{_COUNTED}]"
    rf"|第\s?(?:{_FIGURES}|[{CHINESE_NUMERAL}]+)|[{CHINESE_NUMERAL}]{{2,}}"
)
_LETTER = r"(?!\p{Han})\p{L}"
_TOKEN = regex.compile(
    r"(?P<note><sup>[^<>]{0,12}</sup>)"
    rf"|(?P<number>(?i:(?=[^\s\p{{Han}}]{{0,40}}\d){SYMBOL})|{_CHINESE}|{ENGLISH_NUMERAL}"
    rf"|{_FIGURES}(?:(?:st|nd|rd|th)\b)?|\b(?i:{_MONTH})\b)"
    rf"|(?P<han>\p{{Han}})|(?P<word>{_LETTER}(?:{_LETTER}|[\p{{M}}\p{{Cf}}]|['’](?={_LETTER}))*)"
)
_ITEM = r"[^\s\p{P}]{1,12}(?:[(（][^()（）]{1,12}[)）])?"
_TITLE = regex.compile(rf"(?<=《)[^《》]{{1,80}}(?=》)|{_ITEM}(?:、{_ITEM}){{2,}}")  # or a list of short items
_STOP = regex.compile(r"[.!?:;“\"\n]|[)）]\s")
_LINKS = frozenset("of the and on for in to against with by from all its at a an as de la".split())
_LONGEST_LINK = 4  # small words
_SUPERSCRIPT = regex.compile(r"[\u00b2\u00b3\u00b9\u2070-\u2079]+")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text in reading order.

    ``starts`` and ``ends`` are code points of the text itself; ``keys`` the folded words; ``stems`` what singular and
    plural share; ``numeric`` marks numbers, dates and symbols, which may differ between a text and its quotation;
    ``named`` the words of names: capitals within an English sentence and what links them, what stands between 《 and
    》, and the items of Chinese lists.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    keys: tuple[str, ...]
    stems: tuple[str, ...]
    numeric: tuple[bool, ...]
    named: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.keys)

    def span(self, first: int, end: int) -> tuple[int, int]:
        """The place in the text of the tokens from ``first`` up to, not including, ``end``."""
        return self.starts[first], self.ends[end - 1]

    def part(self, first: int, end: int) -> Tokens:
        """The tokens from ``first`` up to, not including, ``end``."""
        cut = slice(first, end)
        columns = (self.starts, self.ends, self.keys, self.stems, self.numeric, self.named)
        return Tokens(self.text, *(column[cut] for column in columns))  # type: ignore[arg-type]


def tokens(text: str) -> Tokens:
    """The tokens of a text in either language; marks of notes and punctuation are none."""
    rows = []
    titles = {k for found in _TITLE.finditer(text) for k in range(*found.span())}
    begins = True  # a sentence
    last = 0
    for found in _TOKEN.finditer(text):
        kind, word = found.lastgroup, found[0]
        if kind == "note" or (kind == "number" and _SUPERSCRIPT.fullmatch(word)):
            continue
        key, stem = _folded(word)
        begins = begins or _STOP.search(text, last, found.start()) is not None
        named = found.start() in titles or (kind == "word" and word[0].isupper() and not begins)
        rows.append((*found.span(), key, stem, kind == "number", named))
        begins, last = begins and kind == "number", found.end()
    starts, ends, keys, stems, numeric, named_ = zip(*rows, strict=True) if rows else ((),) * 6
    return Tokens(text, starts, ends, keys, stems, numeric, _with_links(keys, named_))


def _with_links(keys: tuple[str, ...], named: tuple[bool, ...]) -> tuple[bool, ...]:
    """The small words within a name belong to it ("the Convention on the Rights of the Child")."""
    found = list(named)
    last = -1  # the last capital, as long as only small words follow
    for k, key in enumerate(keys):
        if named[k]:
            if 0 <= last < k - 1 <= last + _LONGEST_LINK:
                found[last + 1 : k] = [True] * (k - last - 1)
            last = k
        elif key not in _LINKS:
            last = -1
    return tuple(found)


@lru_cache(maxsize=65_536)
def _folded(word: str) -> tuple[str, str]:
    key = folded(word)
    return key, plain(key) if key.isascii() else key


NUMBER = "#"  # stands for every number where the words around it are counted


def counted(found: Tokens) -> tuple[str, ...]:
    """The tokens as they are counted: stems, and all numbers alike."""
    return tuple(NUMBER if is_number else stem for stem, is_number in zip(found.stems, found.numeric, strict=True))
