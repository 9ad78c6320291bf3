"""What the glossary already has that is like a candidate: the same terms, similar ones, and terms inside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from glossary.candidates.standing import is_rejected
from glossary.candidates.stock import Holdings
from glossary.concepts import Concept, Workflow
from glossary.duplicates import Keys, Known, Likeness, Similar, keys, similar
from glossary.rules import languages_of, status_of

_SHORTEST = {"zh": 2, "en": 4}  # characters of a term that is found inside another
_SETTLED = (Workflow.APPROVED, Workflow.IN_REVIEW, Workflow.PROPOSED)
_ORDER = {kind: number for number, kind in enumerate(Likeness)}
_INSIDE = len(_ORDER)
INSIDE_AT_MOST = 4


@dataclass(frozen=True, slots=True)
class Like:
    """A concept that is like a candidate: by which terms, in what they differ; None for a term inside the candidate.

    ``both``: it is so in both languages.
    """

    concept: Concept
    texts: tuple[str, ...]
    likeness: Likeness | None
    both: bool = False


def likes(holdings: Holdings, zh: str, en: str, besides: str = "") -> tuple[Like, ...]:
    """The concepts that are like a pair of terms, but for one; those that are so in both languages first."""
    found: dict[str, list[Similar]] = {}
    inside: dict[str, Known] = {}
    for text, language in ((zh, "zh"), (en, "en")):
        known = holdings.known(language, besides) if text else []
        for one in similar(text, known) if known else ():
            found.setdefault(one.concept, []).append(one)
        inside |= {one.concept: one for one in _inside(holdings, keys(text), language, known)}
    alike = sorted((_like(holdings, k, some) for k, some in found.items()), key=_rank)
    parts = [Like(holdings.entries[k].concept, (one.text,), None) for k, one in inside.items() if k not in found]
    parts.sort(key=lambda one: (-len(one.texts[0]), one.concept.id))
    return (*alike, *parts[:INSIDE_AT_MOST])


def settled(concept: Concept) -> bool:
    """Whether someone has proposed, reviewed or approved it."""
    return any(status_of(concept, language) in _SETTLED for language in languages_of(concept))


def _like(holdings: Holdings, identifier: str, some: list[Similar]) -> Like:
    nearest = min((one.likeness for one in some), key=_ORDER.__getitem__)
    texts = tuple(dict.fromkeys(one.text for one in some))
    both = len({one.language.partition("-")[0] for one in some}) > 1
    return Like(holdings.entries[identifier].concept, texts, nearest, both)


def _rank(one: Like) -> tuple[bool, bool, int, int]:
    kind = _INSIDE if one.likeness is None else _ORDER[one.likeness]
    return (not one.both, is_rejected(one.concept), kind, int(one.concept.id[1:]))


def _inside(holdings: Holdings, mine: Keys, language: str, known: list[Known]) -> Iterator[Known]:
    spaced = f" {mine.folded} "
    for one in known:
        text = one.keys.folded
        if len(text) < _SHORTEST[language] or len(text) >= len(mine.folded):
            continue
        there = text in mine.folded if language == "zh" else f" {text} " in spaced
        if there and settled(holdings.entries[one.concept].concept):
            yield one
