"""The renderings that a term may have, by the survey and by the locator, weighed together."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from glossary.extraction.ranked import Ranked
from glossary.extraction.survey import Survey
from search.locating.locator import Located, Locator

Floats = npt.NDArray[np.float64]
LOOKED_AT = 8  # pairs of a term in which its rendering is located
TRIED = 4  # couples of a term that are weighed
_SURE = 5.0  # log odds at which certainty ends


@dataclass(frozen=True)
class Looked:
    """What was located of a term: in how many pairs it was looked for, and what was found."""

    pairs: int
    found: tuple[Located, ...]


class Kept(Protocol):
    """Where what was located is kept, so that work that was interrupted goes on; by the term as it is written."""

    def get(self, term: str) -> Looked | None:
        """What was located of a term; None where that is not known."""

    def put(self, term: str, looked: Looked) -> None:
        """Keep what was located of a term."""


@dataclass(frozen=True)
class Option:
    """A rendering of an English term: its grouping key, the couple that it is or -1, where it was located."""

    term: int
    key: str
    couple: int
    located: tuple[Located, ...]


@dataclass(frozen=True)
class RenderingEvidence:
    """Of each option (n,) what speaks for it."""

    term: Floats  # log odds of the term's likeliest couple
    behind: Floats  # those of this couple, less that
    no_couple: Floats
    first: Floats  # the likeliest couple
    located: Floats
    share: Floats  # of the pairs looked at, those where it was located (log)
    trust: Floats  # the locator's, as log odds
    commonest: Floats  # of those that were located
    places: Floats
    agreed: Floats  # located, and the likeliest couple
    zh_often: Floats
    zh_free: Floats
    zh_apart_left: Floats
    zh_apart_right: Floats
    zh_quoted: Floats
    zh_no_run: Floats  # the survey takes it for no run of words
    zh_one: Floats
    zh_two: Floats

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of the numbers."""
        return tuple(field.name for field in fields(cls))

    def table(self) -> Floats:
        """(n, names)."""
        return np.stack([getattr(self, name) for name in self.names()], axis=1)


@dataclass(frozen=True)
class Weigher:
    """Looks terms of a survey up, and weighs what it finds."""

    found: Survey
    ranked: Ranked
    locator: Locator

    @cached_property
    def zh_keys(self) -> list[str]:
        """Of each distinct Chinese run its grouping key."""
        return self.found.zh.keys()

    @cached_property
    def zh_terms(self) -> Mapping[str, int]:
        """The distinct Chinese runs by grouping key."""
        return {key: k for k, key in enumerate(self.zh_keys)}

    def look(self, term: int) -> Looked:
        """Locate a term in some of its pairs, evenly over the corpus."""
        en = self.found.en
        places = en.terms.occurrences(term)
        texts = np.unique(en.runs.text[places])
        chosen = texts[:: -(-len(texts) // LOOKED_AT)].tolist()
        located = self.locator.locate(self.surface(term), "en", [self.found.pairs[text] for text in chosen], len(texts))
        return Looked(len(chosen), tuple(one for one in located if one is not None))

    def surface(self, term: int) -> str:
        """The commonest way a term is written."""
        en = self.found.en
        places = en.terms.occurrences(term)[:50].tolist()
        return Counter(" ".join(en.surface(place).split()) for place in places).most_common(1)[0][0]

    def options(self, term: int, looked: Looked) -> list[Option]:
        """The renderings that a term may have."""
        by_key: dict[str, list[Located]] = defaultdict(list)
        for one in looked.found:
            by_key[one.key].append(one)
        couples = self.ranked.of_term(term).tolist()
        keys: dict[str, int] = {}
        for rank, couple in enumerate(couples):
            key = self.zh_keys[int(self.found.couples.zh[couple])]
            if rank < TRIED or key in by_key:
                keys.setdefault(key, couple)
        return [
            Option(term, key, keys.get(key, -1), tuple(by_key.get(key, ())))
            for key in (*keys, *(k for k in by_key if k not in keys))
        ]

    def evidence(self, options: Sequence[Option], looked: Mapping[int, Looked]) -> RenderingEvidence:
        """What speaks for options; ``looked`` by term."""
        rows = [self._row(option, looked[option.term]) for option in options]
        return RenderingEvidence(*np.array(rows, dtype=np.float64).reshape(len(rows), -1).T)

    def _row(self, option: Option, looked: Looked) -> tuple[float, ...]:
        couples = self.ranked.of_term(option.term)
        top = float(self.ranked.score[couples[0]]) if len(couples) else -10.0
        is_couple = option.couple >= 0
        first = is_couple and option.couple == couples[0]
        sure = float(np.mean([one.confidence for one in option.located])) if option.located else 0.5
        odds = float(np.clip(np.log(max(sure, 1e-9) / max(1.0 - sure, 1e-9)), -_SURE, _SURE))
        most = Counter(one.key for one in looked.found).most_common(1)
        return (
            top,
            float(self.ranked.score[option.couple]) - top if is_couple else 0.0,
            not is_couple,
            first,
            bool(option.located),
            float(np.log(len(option.located) / max(looked.pairs, 1) + 0.05)),
            odds,
            bool(option.located) and len(option.located) == most[0][1],
            float(np.log1p(len(option.located))),
            first and bool(option.located),
            *self._of_chinese(option.key),
            len(option.key) == 1,
            len(option.key) == 2,
        )

    def _of_chinese(self, key: str) -> tuple[float, ...]:
        term = self.zh_terms.get(key, -1)
        if term < 0:
            return 0.0, 0.0, 0.0, 0.0, 0.0, 1.0
        zh = self.found.zh.terms
        free = min(zh.variety_left[term], zh.variety_right[term]) / np.log2(max(zh.count[term], 2.0))
        return (
            float(np.log(zh.count[term])),
            float(free),
            float(zh.apart_left[term]),
            float(zh.apart_right[term]),
            float(zh.quoted[term]),
            0.0,
        )
