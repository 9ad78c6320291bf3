"""Marked occurrences without a person: a dictionary's term whose dictionary rendering stands once in the other side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import regex

from search.locating.boundaries import ARTICLES, LINKS, OTHERS
from search.locating.study import rendering_key
from search.locating.word_statistics import TextPair
from search.locating.words import cut

_NOTE = regex.compile(r"\(.*?\)")
_LEAD = regex.compile(r"^\s*(?:to|a|an|the)\s", regex.IGNORECASE)
_LETTERS = regex.compile(r"[a-z]")
_FUNCTION = ARTICLES | LINKS | OTHERS | {"'s"}
LONGEST_TERM = 30  # Chinese characters
PER_TERM = 4  # marked occurrences of one term, lest a few terms outweigh the rest


@dataclass(frozen=True, slots=True)
class SilverTerm:
    """A term in both languages (folded) and the places, in the list of pairs, of its marked occurrences."""

    zh: str
    en: str
    places: tuple[int, ...]


def dictionary(entries: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Folded Chinese terms and their folded English renderings from (zh, en) entries."""
    found: dict[str, set[str]] = defaultdict(set)
    for zh, en in entries:
        term = rendering_key(zh.strip("。.:：《》 "), "zh")
        rendering = rendering_key(_LEAD.sub("", _NOTE.sub("", en)).strip(" .:"), "en")
        words = rendering.split()
        telling = _LETTERS.search(rendering) and not all(word in _FUNCTION for word in words)
        if 2 <= len(term) <= LONGEST_TERM and len(rendering) > 2 and telling:
            found[term].add(rendering)
    return {term: frozenset(renderings) for term, renderings in found.items()}


def mark(pairs: Sequence[TextPair], known: Mapping[str, frozenset[str]], count: int, seed: int) -> list[SilverTerm]:
    """Up to ``count`` terms that occur in the pairs, drawn evenly from short and long ones."""
    places: dict[tuple[str, str], list[int]] = defaultdict(list)
    for k, pair in enumerate(pairs):
        units = cut(pair.zh, "zh")
        text = units.folded(0, len(units))
        english = f" {rendering_key(pair.en, 'en')} "
        for term in _longest(text, known):
            renderings = [one for one in known[term] if english.count(f" {one} ") == 1]
            if renderings:
                places[term, max(renderings, key=lambda one: (len(one), one))].append(k)
    return _draw(places, count, np.random.default_rng(seed))


def _longest(text: str, known: Mapping[str, frozenset[str]]) -> list[str]:
    """The terms that stand once in a text and in no longer one."""
    found = {
        text[a:b]
        for a in range(len(text))
        for b in range(a + 2, min(len(text), a + LONGEST_TERM) + 1)
        if text[a:b] in known
    }
    return sorted(
        term for term in found if text.count(term) == 1 and not any(term != one and term in one for one in found)
    )


def _draw(places: Mapping[tuple[str, str], list[int]], count: int, rng: np.random.Generator) -> list[SilverTerm]:
    strata: dict[tuple[int, int], list[SilverTerm]] = defaultdict(list)
    ordered = sorted(places)
    for k in rng.permutation(len(ordered)):
        zh, en = ordered[k]
        stratum = ((min(len(zh), 7) + 1) // 2, min(len(en.split()), 3))
        strata[stratum].append(SilverTerm(zh, en, tuple(places[zh, en][:PER_TERM])))
    drawn: list[SilverTerm] = []
    depth = max(map(len, strata.values()), default=0)
    for row in range(depth):
        drawn += [terms[row] for _, terms in sorted(strata.items()) if len(terms) > row]
    return drawn[:count]
