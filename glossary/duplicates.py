"""Terms that a person would take for the same, found by their spelling, with what tells them apart."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import regex

from search.folding import character_table, folded

_MARKS = regex.compile(r"[\p{P}\p{S}]+")
_WORD = regex.compile(r"\p{Han}+|[\p{L}\p{M}\p{N}]+")
_NUMBER = regex.compile(r"\p{N}+")
_HAN = regex.compile(r"\p{Han}")
_LITTLE = frozenset("the a an of for on in to and".split())
_IRREGULAR = {"children": "child", "women": "woman", "men": "man", "people": "person", "persons": "person"}
_SHORTEST = 5  # characters of which one may differ; one more for each five more, up to three
_SHORTEST_SHUFFLED = 4  # Chinese characters whose order may differ
BEGINNING = 100  # characters of a folded term that the index holds


class Likeness(StrEnum):
    """In what two terms differ, the least first."""

    SAME = "same"
    CASE = "case"
    SCRIPT = "script variant"
    SPACING = "spacing"
    PUNCTUATION = "punctuation"
    PLURAL = "plural or article"
    WORD_ORDER = "word order"
    SPELLING = "spelling"


_ORDER = {kind: number for number, kind in enumerate(Likeness)}


@dataclass(frozen=True, slots=True)
class Similar:
    """A term of the glossary that is like another, in what it differs, and its concept."""

    concept: str
    term: str
    language: str
    text: str
    likeness: Likeness


class Keys(NamedTuple):
    """A term as it is compared: folded; without marks and spaces too; its words in the singular, sorted."""

    folded: str
    tight: str
    words: str


class Known(NamedTuple):
    """A term of the glossary with its keys."""

    concept: str
    term: str
    language: str
    text: str
    keys: Keys


@lru_cache(maxsize=256)  # thousands of terms have the same few
def family(language: str) -> str:
    """The language without script and country: terms of zh and zh-Hant are compared."""
    return language.partition("-")[0].lower()


def keys(text: str) -> Keys:
    """What a term is compared by."""
    plain = folded(text)
    words = [singular(word) for word in _WORD.findall(plain)]
    telling = [word for word in words if word not in _LITTLE] or words
    return Keys(plain, _MARKS.sub("", plain).replace(" ", ""), " ".join(sorted(telling)))


def singular(word: str) -> str:
    """An English word without the ending of its plural, crudely: for comparing only."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def similar(text: str, known: Iterable[Known]) -> tuple[Similar, ...]:
    """Those of the known terms, of one language, that are like this one; the likest first."""
    mine = keys(text)
    everything = list(known)
    near = _near_in_spelling(mine, everything)
    found = []
    for number, one in enumerate(everything):
        likeness = _likeness(text, mine, one) or (Likeness.SPELLING if number in near else None)
        if likeness:
            found.append(Similar(one.concept, one.term, one.language, one.text, likeness))
    return tuple(sorted(found, key=lambda one: (_ORDER[one.likeness], len(one.text), one.text, one.concept)))


def _likeness(text: str, mine: Keys, other: Known) -> Likeness | None:
    if text == other.text:
        return Likeness.SAME
    if mine.folded == other.keys.folded:
        if text.casefold() == other.text.casefold():
            return Likeness.CASE
        return Likeness.SCRIPT if _script(text) == _script(other.text) else Likeness.SPACING
    if not mine.tight or not other.keys.tight:
        return None
    if mine.tight == other.keys.tight:
        return (
            Likeness.SPACING
            if _MARKS.sub("", mine.folded) != _MARKS.sub("", other.keys.folded)
            else Likeness.PUNCTUATION
        )
    if mine.words == other.keys.words:
        same_order = _singulars(mine.folded) == _singulars(other.keys.folded)
        return Likeness.PLURAL if same_order else Likeness.WORD_ORDER
    if len(mine.tight) == len(other.keys.tight) >= _SHORTEST_SHUFFLED and _HAN.search(mine.tight):
        return Likeness.WORD_ORDER if sorted(mine.tight) == sorted(other.keys.tight) else None
    return None


def _near_in_spelling(mine: Keys, known: list[Known]) -> set[int]:
    """The numbers of those that few characters tell apart. Other numbers in a name make it another name."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import extract

    allowed = min(3, len(mine.tight) // _SHORTEST)
    if not allowed:
        return set()
    tights: Mapping[int, str] = {number: one.keys.tight for number, one in enumerate(known)}
    hits = extract(mine.tight, tights, scorer=Levenshtein.distance, score_cutoff=allowed, limit=None)
    numbers = _NUMBER.findall(mine.tight)
    return {number for tight, _, number in hits if _NUMBER.findall(tight) == numbers and len(tight) >= _SHORTEST}


def _singulars(plain: str) -> list[str]:
    return [singular(word) for word in _WORD.findall(plain) if word not in _LITTLE]


def _script(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(character_table()).casefold()
