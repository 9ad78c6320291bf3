"""What an approved entry promises: the terms of the original, and what may and may not render them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from align.document import Language
from glossary.concepts import Concept, Term, Usage, Workflow
from glossary.duplicates import family
from search.precedents.places import Place, Sought, within
from search.records import StoredPair

USABLE = (Usage.PREFERRED, Usage.ADMITTED, Usage.NONE)


@dataclass(frozen=True)
class Entry:
    """An approved concept in the language of the translation; ``preferred`` is its one preferred term there."""

    concept: str
    language: Language
    preferred: Term
    usable: tuple[Sought, ...]
    texts: tuple[str, ...]  # of the usable terms
    deprecated: tuple[tuple[Term, Sought], ...]

    @classmethod
    def of(cls, concept: Concept, original: Language) -> Entry | None:
        """The entry; None where it is not approved there, has no preferred term, or none in the original."""
        language: Language = "zh" if original == "en" else "en"
        own = [term for term in concept.terms if family(term.language) == language]
        preferred = next((term for term in own if _approved(concept, term)), None)
        sources = [one for one in concept.terms if family(one.language) == original and one.usage in USABLE]
        if preferred is None or not sources:
            return None
        usable = [term for term in own if term.usage in USABLE]
        deprecated = [term for term in own if term.usage is Usage.DEPRECATED]
        return cls(
            concept.id,
            language,
            preferred,
            tuple(Sought.make(term.text, language) for term in usable),
            tuple(term.text for term in usable),
            tuple((term, Sought.make(term.text, language)) for term in deprecated),
        )

    def used(self, text: str) -> tuple[Place, ...]:
        """Where a text has one of the usable terms."""
        return tuple(place for sought in self.usable for place in sought.places(text))

    def forbidden(self, text: str) -> Iterator[tuple[Term, Place]]:
        """The deprecated terms in a text, but for places inside a usable one."""
        used = self.used(text)
        for term, sought in self.deprecated:
            places = [place for place in sought.places(text) if place not in used and not within(place, used)]
            if places:
                yield term, places[0]


@dataclass
class Tested:
    """An entry with what the new pairs hold of it.

    ``used`` counts pairs with a usable term; ``bare`` are those without any: pair, place and words of the term.
    ``forbidden`` are the places of deprecated terms beside a term of the original.
    """

    entry: Entry
    used: int = 0
    bare: list[tuple[StoredPair, Place, str]] = field(default_factory=list)
    forbidden: list[tuple[StoredPair, Place, str, Term, Place]] = field(default_factory=list)

    def see(self, pair: StoredPair, place: Place, words: str) -> None:
        """A pair that holds the term of the original at a place."""
        text = pair.text(self.entry.language)
        forbidden = list(self.entry.forbidden(text))
        self.forbidden += [(pair, place, words, term, where) for term, where in forbidden]
        if self.entry.used(text):
            self.used += 1
        elif not forbidden:
            self.bare.append((pair, place, words))


def entries(concepts: Iterable[Concept], original: Language) -> dict[str, Entry]:
    """The entries by the ids of their concepts."""
    found = {concept.id: Entry.of(concept, original) for concept in concepts}
    return {name: entry for name, entry in found.items() if entry}


def _approved(concept: Concept, term: Term) -> bool:
    return term.usage is Usage.PREFERRED and concept.workflow.get(term.language) is Workflow.APPROVED
