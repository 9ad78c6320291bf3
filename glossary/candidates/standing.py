"""What the glossary already has of a candidate: both its terms, one of them, or neither."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from align.document import Language
from glossary.candidates.figures import PairKey, candidates_in, pair_key
from glossary.concepts import Concept, Workflow
from glossary.duplicates import family
from glossary.rules import languages_of, status_of, words
from search.locating.locator import rendering_key

_BOTH: tuple[Language, ...] = ("zh", "en")
# What is closest to a decision is told first.
_ORDER = (
    Workflow.APPROVED,
    Workflow.IN_REVIEW,
    Workflow.PROPOSED,
    Workflow.CANDIDATE,
    Workflow.RETIRED,
    Workflow.REJECTED,
)


@dataclass(frozen=True, slots=True)
class Has:
    """A concept that has one of a candidate's terms: which one, what it has in the other language, how far it is.

    ``status`` is that of the other language, or of the term's own one where it has none in the other.
    """

    concept: str
    language: Language
    term: str
    others: tuple[str, ...]
    status: Workflow

    @property
    def sentence(self) -> str:
        """In plain words."""
        if not self.others:
            return f"{self.concept} has {self.term}, and nothing in the other language ({words(self.status)})"
        return f"{self.concept} has {' / '.join(self.others)} for {self.term} ({words(self.status)})"


@dataclass(frozen=True)
class Shelf:
    """The concepts of a glossary by what their terms have in common however they are written."""

    pairs: dict[PairKey, list[Concept]]
    terms: dict[tuple[Language, str], list[Has]]

    @classmethod
    def of(cls, concepts: Iterable[Concept]) -> Shelf:
        """Of all concepts: by their terms, and by the candidates that they were made of."""
        pairs: dict[PairKey, list[Concept]] = defaultdict(list)
        terms: dict[tuple[Language, str], list[Has]] = defaultdict(list)
        for concept in concepts:
            keys = {language: _keys(concept, language) for language in _BOTH}
            both = {(zh, en) for zh in keys["zh"] for en in keys["en"]}
            for pair in both | {pair_key(zh, en) for zh, en in candidates_in(concept)}:
                pairs[pair].append(concept)
            for language in _BOTH:
                for key, text in keys[language].items():
                    terms[language, key].append(_has(concept, language, text))
        return cls(dict(pairs), dict(terms))

    def holding(self, zh: str, en: str) -> list[Concept]:
        """The concepts that have both terms, or were made of this pair of them."""
        return self.pairs.get(pair_key(zh, en), [])

    def one_side(self, zh: str, en: str) -> tuple[Has, ...]:
        """The concepts that have one of the terms; what is decided first."""
        found = [
            *self.terms.get(("en", rendering_key(en, "en")), ()),
            *self.terms.get(("zh", rendering_key(zh, "zh")), ()),
        ]
        return tuple(sorted(found, key=lambda has: (_ORDER.index(has.status), int(has.concept[1:]))))


def is_rejected(concept: Concept) -> bool:
    """Whether it was rejected in one of the two languages, which is to reject it as a pair."""
    return any(status_of(concept, language) is Workflow.REJECTED for language in own_languages(concept))


def own_languages(concept: Concept) -> tuple[str, ...]:
    """Those of its languages that are Chinese, in any script, or English."""
    return tuple(language for language in languages_of(concept) if family(language) in _BOTH)


def _keys(concept: Concept, language: Language) -> dict[str, str]:
    own = [term.text for term in concept.terms if family(term.language) == language]
    return {rendering_key(text, language): text for text in reversed(own)}


def _has(concept: Concept, language: Language, text: str) -> Has:
    others = [term for term in concept.terms if family(term.language) in _BOTH and family(term.language) != language]
    told = others or [term for term in concept.terms if family(term.language) == language]
    status = min((status_of(concept, term.language) for term in told), key=_ORDER.index)
    return Has(concept.id, language, text, tuple(dict.fromkeys(term.text for term in others)), status)
