"""What the glossary has to say of a term that is looked up in the corpus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.document import Language
from glossary.concepts import Concept, Workflow
from glossary.duplicates import family
from glossary.matching import TermMatcher
from glossary.reading import Query
from glossary.rules import status_of
from search.folding import folded
from search.precedents.places import Sought

if TYPE_CHECKING:
    from glossary.glossary import Glossary

READ = 40  # concepts that are looked at for each form of the term: the closest
# The decided first. What was rejected is not shown to whoever looks for a rendering.
_ORDER = {
    Workflow.APPROVED: 0,
    Workflow.IN_REVIEW: 1,
    Workflow.PROPOSED: 2,
    Workflow.CANDIDATE: 3,
    Workflow.RETIRED: 4,
}


@dataclass(frozen=True, slots=True)
class Entries:
    """Concepts that have the term itself, in either number and spelling, and approved ones with longer terms."""

    own: tuple[Concept, ...] = ()
    longer: tuple[Concept, ...] = ()


def entries_for(glossary: Glossary, term: str, language: Language, most: int = 6) -> Entries:
    """The entries, the approved ones first; up to ``most`` with longer terms."""
    forms = Sought.make(term, language).forms
    found = {concept.id: concept for form in forms for concept in glossary.search(form, limit=READ)}
    own = [concept for concept in found.values() if _has(concept, forms, language) and _status(concept) in _ORDER]
    longer = [
        concept
        for concept in found.values()
        if concept not in own and _status(concept) is Workflow.APPROVED and _has(concept, forms, language, part=True)
    ]
    return Entries(tuple(sorted(own, key=lambda concept: _ORDER[_status(concept)])), tuple(longer[:most]))


def approved_terms(glossary: Glossary, language: Language) -> tuple[TermMatcher, Mapping[str, Concept]]:
    """What finds the terms of approved concepts in texts of a language, and these concepts by their ids."""
    concepts = glossary.list(Query(status=Workflow.APPROVED))
    return TermMatcher.of(concepts, language), {concept.id: concept for concept in concepts}


def _has(concept: Concept, forms: tuple[str, ...], language: Language, part: bool = False) -> bool:
    for term in concept.terms:
        text = folded(term.text)
        if family(term.language) == language and (text in forms or (part and any(form in text for form in forms))):
            return True
    return False


def _status(concept: Concept) -> Workflow:
    """How far the decision is, in that language in which it is furthest."""
    found = [status_of(concept, term.language) for term in concept.terms]
    return min(found, key=lambda status: _ORDER.get(status, len(_ORDER)))
