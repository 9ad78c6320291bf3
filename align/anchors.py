"""What a text and its translation share whatever the language: numbers, dates, symbols, Latin names.

Each anchor has a key that is the same in both languages: 2018 年 12 月 17 日 and "17 December 2018" are both
``d:2018-12-17``, 1 350万 and "13.5 million" both ``n:13500000``. Key prefixes: ``d:`` date (ISO 8601, to the month
where no day is given, ``--12-17`` where no year is), ``t:`` time of day, ``n:`` number, ``s:`` document symbol or
resolution number, ``w:`` Latin word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from align.anchor_rules import CHINESE_RULES, ENGLISH_RULES, Groups, Rule
from align.document import Language


@dataclass(frozen=True, slots=True)
class Anchor:
    """One anchor: code-point offsets into the text, end exclusive, and the language-independent key."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class _Scanner:
    """All rules of a language as one pattern. ``rules`` tells by the number of a rule's group its inner groups."""

    pattern: regex.Pattern[str]
    rules: dict[int, tuple[tuple[int, ...], Callable[[Groups], str | None]]]

    def scan(self, text: str) -> Iterator[Anchor]:
        for match in self.pattern.finditer(text):
            groups, key_of = self.rules[match.lastindex or 0]
            key = key_of([match[k] for k in groups])
            if key:
                yield Anchor(match.start(), match.end(), key)


def _compile(rules: Sequence[Rule]) -> _Scanner:
    """Rules are tried only where their first character may stand; those that share one go by their order."""
    parts: list[str] = []
    known: dict[int, tuple[tuple[int, ...], Callable[[Groups], str | None]]] = {}
    number = 1
    for first in dict.fromkeys(rule.first for rule in rules):
        own = [rule for rule in rules if rule.first == first]
        for rule in own:
            inner = regex.compile(rule.pattern, regex.V1).groups
            known[number] = (tuple(range(number, number + inner + 1)), rule.key)
            number += inner + 1
        parts.append(f"(?=[{first}])(?:{'|'.join(f'({rule.pattern})' for rule in own)})")
    return _Scanner(regex.compile("|".join(parts), regex.V1), known)


_SCANNERS = {"zh": _compile(CHINESE_RULES), "en": _compile(ENGLISH_RULES)}


@lru_cache(maxsize=65_536)
def anchors(text: str, language: Language) -> tuple[Anchor, ...]:
    """The anchors of ``text`` in order; they do not overlap, the first rule that fits at a place wins."""
    return tuple(_SCANNERS[language].scan(text))
