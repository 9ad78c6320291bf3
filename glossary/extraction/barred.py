"""What is no candidate whatever speaks for it: dates, symbols, numbers of items, lists, names of persons."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import regex

from glossary.extraction.types_table import Terms

Flags = npt.NDArray[np.bool_]
_DATES = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday".split()
)
_SYMBOL = regex.compile(r"\p{N} ?/|/ ?\p{N}|https?\b|\bwww\b|(?:^| )[ivx]{2,}(?: |$)")
_LIST = regex.compile(r", the |(?:,[^,]*){3}|,(?!.* and )|'s$")
# Words that weigh rather than name: what follows them may be a term, with them it hardly is one.
GENERIC = frozenset(
    "relevant effective important existing appropriate necessary different full ongoing special various additional "
    "major significant negative positive broad innovative respective concerned good better strong stronger greater "
    "great large small higher lower long short increased increasing growing current present recent previous past "
    "future first second third last next main overall general specific particular possible potential available "
    "adequate sufficient sustained continued concrete meaningful crucial basic common similar single total entire "
    "whole wide wider active actual real true serious urgent immediate timely early late easy difficult hard clear "
    "strict deep complete comprehensive robust enhanced improved strengthened related based following initial final "
    "individual personal local several many more most less least numerous multiple few such own other key central "
    "integral grave new old best fast slow bad worse worst likely unlikely quick simple complex normal usual".split()
)
_JOINT = regex.compile(r" (?:and|or)(?: the)? ")
_MOSTLY = 0.7
_HAN = regex.compile(r"\p{Han}")
_PERSON = regex.compile(r"\p{Han}[·•‧]\p{Han}")


def barred_english(texts: Sequence[str]) -> Flags:
    """Of folded English runs, units parted by spaces, which are barred."""
    return np.array(
        [
            not _DATES.isdisjoint(text.split()) or bool(_SYMBOL.search(text)) or bool(_LIST.search(text))
            for text in texts
        ],
        dtype=bool,
    )


def barred_chinese(texts: Sequence[str]) -> Flags:
    """Of folded Chinese runs: what holds no Chinese character says nothing to anybody, and transliterated persons."""
    return np.array([not _HAN.search(text) or bool(_PERSON.search(text)) for text in texts], dtype=bool)


def strung(texts: Sequence[str], terms: Terms) -> Flags:
    """Which English runs are two names joined by "and", each of which comes more often than both together."""
    number = {text: k for k, text in enumerate(texts)}
    found = np.zeros(len(texts), dtype=bool)
    for k, text in enumerate(texts):
        for joint in _JOINT.finditer(text):
            parts = [number.get(part, -1) for part in (text[: joint.start()], text[joint.end() :])]
            if min(parts) >= 0 and all(_named(part, terms) and terms.count[part] > terms.count[k] for part in parts):
                found[k] = True
    return found


def _named(term: int, terms: Terms) -> bool:
    return bool(terms.upper[term] > _MOSTLY or (terms.units[term] > 1 and terms.name[term] > _MOSTLY))


def generic(texts: Sequence[str]) -> Flags:
    """Which English runs begin with a word that weighs rather than names."""
    return np.array([text.split(" ", 1)[0] in GENERIC for text in texts], dtype=bool)
