"""A question to the corpus, and what is settled about how it is answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import regex

from align.document import Language
from align.language import detect
from search.locating.words import cut
from search.records import Filters

Mode = Literal["all", "exact", "fuzzy", "meaning"]
Side = Literal["zh", "en", "both"]
Accent = Literal["meaning", "authority", "recent"]
_WORD = regex.compile(r"[\p{L}\p{N}]")
LONGEST = 20_000  # code points of a question that are looked at
SHORT: dict[Language, int] = {"zh": 12, "en": 7}  # units up to which a question is taken for a term


@dataclass(frozen=True, slots=True)
class How:
    """How a question is answered.

    ``side``: in the texts of which language is looked. ``top``: hits that are given. ``context``: neighbouring
    paragraphs before and after each. ``rank``: what decides among hits that answer equally well.
    """

    mode: Mode = "all"
    side: Side = "both"
    filters: Filters = field(default_factory=Filters)
    top: int = 10
    rank: Accent = "meaning"
    context: int = 0

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages in whose texts is looked."""
        return ("zh", "en") if self.side == "both" else (self.side,)


def asked(query: str) -> str:
    """What of a query is looked up."""
    return query.strip()[:LONGEST]


def has_words(text: str) -> bool:
    """Whether there is a letter, a digit or a character in it: marks alone mean nothing."""
    return _WORD.search(text) is not None


def is_term(text: str) -> bool:
    """Whether a question is so short that it is a term rather than a sentence."""
    language = language_of(text)
    return len(text) <= 200 and len(cut(text, language)) <= SHORT[language]


def remarks(query: str) -> tuple[str, ...]:
    """What whoever asked should know, in plain sentences."""
    if not query.strip():
        return ("Nothing was asked: give a term, a sentence or a paragraph in Chinese or English.",)
    if len(query.strip()) > LONGEST:
        return (f"Only the first {LONGEST:,} characters were looked up.",)
    return ()


def language_of(text: str) -> Language:
    """The language of a question; what is in neither is taken for English."""
    found = detect(text).language
    if found is not None:
        return found
    return "zh" if any("\u3400" <= character <= "\u9fff" for character in text) else "en"
