"""Renderings that differ only by case, article, inflection, script, spacing, hyphen, British or American spelling."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

import regex

from align.document import Language
from search.locating.locator import rendering_key
from search.locating.ngrams import plain

T = TypeVar("T")
SMALL = 0.2
# Spellings of one word, mapped onto one form that is only compared, never shown: it need not be a word.
_SPELLINGS = tuple(
    (regex.compile(pattern), form)
    for pattern, form in (
        (r"(?<=\p{L}{2})is(?=(?:e[drs]?|ers|ing|ations?|ational)$)", "iz"),
        (r"(?<=\p{L}{2})ys(?=(?:e[drs]?|ers|ing)$)", "yz"),
        (r"(?<=\p{L}{3})our(?=$|s$|ed$|ing$|able$|ite$|hood$|ly$|er$|al$)", "or"),
        (r"(?<=\p{L}{2}[^aeiou\W])re$", "er"),  # centre, metre
        (r"(?<=program)me$", ""),
        (r"(?<=(?:def|off|lic|pret)en)c(?=e$)", "s"),
        (r"(?<=\p{L}{2}[aeiou]l)l(?=(?:ed|ing|er)$)", ""),  # travelling, labelled
        (r"(?<=judg|acknowledg)e(?=ment$)", ""),
        (r"(?<=ag)e(?=ing$)", ""),
        (r"ae|oe(?=\p{L})", "e"),  # anaemia, foetus
        (r"(?<=fulfi|enro|insta)ll(?=$|ment$)", "l"),
    )
)
_EDGE_MARKS = regex.compile(r"^[\p{P}\s]+|[\p{P}\s]+$")
_IRREGULAR = {"men": "man", "women": "woman", "children": "child"}
_WORD = regex.compile(r"[\p{L}\p{M}]+")


@lru_cache(maxsize=65_536)
def group_key(text: str, language: Language) -> str:
    """What all variants of a rendering share."""
    key = rendering_key(_EDGE_MARKS.sub("", text) or text, language)
    if language == "zh":
        return regex.sub(r"[\p{Pd}\p{P}\s]+", "", key) or key
    words = _WORD.sub(lambda found: _spelling(found[0]), key)
    return regex.sub(r"[\p{Pd}'’\s]+", "", words) or key


def grouped(items: Iterable[T], text: Callable[[T], str], language: Language) -> dict[str, list[T]]:
    """Items by the key of their rendering, the largest group first; equal ones in the order in which they came."""
    groups: dict[str, list[T]] = defaultdict(list)
    for item in items:
        groups[group_key(text(item), language)].append(item)
    if language == "en" and len(groups) > 1:
        groups = _one_verb(groups, text)
    return dict(sorted(groups.items(), key=lambda group: -len(group[1])))


def _one_verb(groups: dict[str, list[T]], text: Callable[[T], str]) -> dict[str, list[T]]:
    """With the forms of one verb together: implement, implements, implementing, implemented.

    A noun may end like a verb (funds, funding), and so may words of contrary meaning (developed, developing countries).
    Forms are those of a verb where one in -ed stands beside the plain one, or, before an object, one in -ing does.
    """
    alike: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for key, items in groups.items():
        head, rest = _head(text(items[0]))
        stem, ending = _stem(head)
        alike[stem, group_key(rest, "en") if rest else ""][key] = ending
    merged: dict[str, list[T]] = defaultdict(list)
    for (_, rest), forms in alike.items():
        endings = set(forms.values())
        verb = "" in endings and ("ed" in endings or (bool(rest) and "ing" in endings))
        for key in forms:
            merged[next(iter(forms)) if verb else key].extend(groups[key])
    return merged


def _head(text: str) -> tuple[str, str]:
    """The first word of a rendering in small letters, and the rest."""
    first, _, rest = _EDGE_MARKS.sub("", " ".join(text.split())).partition(" ")
    return first.lower(), rest


def _stem(word: str) -> tuple[str, str]:
    """What the forms of a verb share, and the ending: "ing", "ed", or "" for the others."""
    found = regex.fullmatch(r"(\p{L}*[aeiouy]\p{L}*?\p{L})(ing|(?<!e)ed)", word)
    stem, ending = (found[1], found[2]) if found and len(found[1]) > 2 else (plain(_spelling(word)), "")
    stem = regex.sub(r"([bdgmnprtl])\1$", r"\1", stem)
    return regex.sub(r"i$", "y", stem.removesuffix("e")), ending


def surfaces(texts: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Surface forms with their counts, the most frequent first; line breaks within them are spaces.

    Of equally frequent ones that in small letters comes first: a capital is often that of a heading. So often is one
    that the same form in small letters comes before it if it has a ``SMALL`` part of what both have.
    """
    counts = Counter(" ".join(text.split()) for text in texts)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], sum(c.isupper() for c in item[0]), item[0]))
    if ordered:
        small, most = ordered[0][0].lower(), ordered[0][1]
        if small != ordered[0][0] and counts[small] >= SMALL * (counts[small] + most):
            ordered.sort(key=lambda item: item[0] != small)  # stable: the others stay as they are
    return tuple(ordered)


def number_variants(term: str) -> tuple[str, ...]:
    """An English term in both numbers, itself first: "fighter" and "fighters", "activity" and "activities"."""
    head, last = _last_word(term)
    singular = _singular(last)
    return tuple(dict.fromkeys((term, head + singular, head + _plural(singular)))) if last else (term,)


def _last_word(term: str) -> tuple[str, str]:
    found = regex.search(r"[\p{L}\p{M}]+$", term)
    return (term[: found.start()], found[0]) if found else (term, "")


def _singular(word: str) -> str:
    small = word.lower()
    if word.isupper() or len(word) < 4:
        return word
    if small in ("men", "women", "children"):
        return word[: -len(small)] + _matching(word, _IRREGULAR[small])
    if small.endswith("ies"):
        return word[:-3] + "y"
    if regex.search(r"(?:ss|sh|ch|x|zz)es$", small):
        return word[:-2]
    if small.endswith("s") and not small.endswith(("ss", "us", "is", "ics")):
        return word[:-1]
    return word


def _plural(word: str) -> str:
    small = word.lower()
    if small in ("man", "woman", "child"):
        return _matching(word, {"man": "men", "woman": "women", "child": "children"}[small])
    if word.isupper():
        return word
    if regex.search(r"[^aeiou]y$", small):
        return word[:-1] + "ies"
    if regex.search(r"(?:s|sh|ch|x|z)$", small):
        return word + "es"
    return word + "s"


def _matching(word: str, other: str) -> str:
    return other.capitalize() if word[0].isupper() else other


def _spelling(word: str) -> str:
    word = _IRREGULAR.get(word, word)
    for pattern, form in _SPELLINGS:
        word = pattern.sub(form, word)
    return word
