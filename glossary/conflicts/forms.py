"""Whether two renderings are one name in two forms: script, spelling, word order, short form, initials."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from align.document import Language
from glossary.duplicates import keys
from search.folding import folded
from search.locating.boundaries import ZH_CONNECTING, ZH_OTHERS, ZH_PREPOSITIONS
from search.precedents.evidence import Evidence
from search.precedents.renderings import group_key

_WORD = regex.compile(r"[\p{L}\p{N}]+")
_PARTICLE = regex.compile("[的之和与及、]")
_LITTLE = frozenset("the a an of for on in to and or with by at from".split())
_STEM = 4  # letters that forms of one English word share at their beginning at least,
_OF_WORD = 0.6  # and of the longer one: environment and environmental, manage and management
_FUNCTION = ZH_CONNECTING | ZH_OTHERS | ZH_PREPOSITIONS


def same_name(first: str, second: str, language: Language) -> str:
    """In what two renderings differ where that is no more than writing, as part of a sentence; "" where it is more."""
    if group_key(first, language) == group_key(second, language):
        return "only script, width, spelling or number tells them apart"
    mine, theirs = keys(first), keys(second)
    if mine.tight == theirs.tight:
        return "only spacing and punctuation tell them apart"
    if language == "en" and mine.words == theirs.words:
        return "they have the same words in another order or number"
    if language == "zh" and _PARTICLE.sub("", mine.tight) == _PARTICLE.sub("", theirs.tight):
        return "only a particle tells them apart"
    return ""


def one_word(first: str, second: str) -> bool:
    """Whether two English renderings are forms of one word, or differ in a single word by its form."""
    mine, theirs = _telling(folded(first)), _telling(folded(second))
    return len(mine) == len(theirs) and all(_one_stem(a, b) for a, b in zip(mine, theirs, strict=True))


def _one_stem(first: str, second: str) -> bool:
    pairs = zip(first, second, strict=False)
    same = next((k for k, (a, b) in enumerate(pairs) if a != b), min(len(first), len(second)))
    return same >= _STEM and same >= _OF_WORD * max(len(first), len(second))


def shortened(first: str, second: str, language: Language) -> bool:
    """Whether one may be a short form of the other: its characters or words stand in it in order, or its initials.

    A form that only adds particles at an edge is a place that was found too wide, and no form of a name.
    """
    short, long = sorted((folded(first), folded(second)), key=len)
    if not short or len(short) == len(long) or trimmed(first, second, language):
        return False
    if language == "zh":
        return _in_order(short.replace(" ", ""), long)
    mine, theirs = _telling(short), _telling(long)
    if len(mine) < len(theirs) and mine and _in_order(mine, theirs):
        return True
    return len(mine) == 1 and mine[0] in _initials(long)


def trimmed(first: str, second: str, language: Language) -> bool:
    """Whether one is the other with function words at its edges: 将在 beside 将."""
    short, long = sorted((folded(first), folded(second)), key=len)
    if short not in long or short == long:
        return False
    if language == "zh":
        left, _, right = long.partition(short)
        return all(character in _FUNCTION for character in left + right)
    return _telling(short) == _telling(long)


def defined(first: str, second: str, evidence: Iterable[Evidence], language: Language) -> Evidence | None:
    """The pair whose text gives one of them as the short form of the other, in brackets."""
    from search.precedents.defined_names import defined_names

    wanted = {group_key(first, language), group_key(second, language)}
    for one in evidence:
        for names in defined_names(one.pair.text(language), language):
            if {group_key(name, language) for name in names} == wanted:
                return one
    return None


def _telling(plain: str) -> list[str]:
    return [word for word in _WORD.findall(plain) if word not in _LITTLE]


def _initials(plain: str) -> set[str]:
    words = _WORD.findall(plain)
    return {"".join(word[0] for word in some) for some in (words, _telling(plain)) if len(some) > 1}


def _in_order(short: Iterable[str], long: Iterable[str]) -> bool:
    rest = iter(long)
    return all(piece in rest for piece in short)
