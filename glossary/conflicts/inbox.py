"""The terminologist's inbox: conflicts one after the other, the most telling first, what is settled left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from align.document import Language
from glossary.concepts import Concept, Term, Workflow
from glossary.conflicts.detail import DROPPED, MOST, Looker
from glossary.conflicts.records import Conflict, Reason
from glossary.conflicts.scanning import LANGUAGES, Seen, scan, term_key
from glossary.conflicts.settling import TERM_PART, compared, settled, term_part
from glossary.dismissals import Dismissals
from glossary.duplicates import family
from glossary.glossary import Glossary
from search.corpus import Corpus
from search.locating.locator import Locator
from search.precedents.question import question

LEAST_OPEN = 2  # places of a term that its own renderings do not explain, for a closer look
OTHER_WAY = 0.3  # what a term in Chinese weighs beside one in English
SHORTEST_ZH = 2  # characters: a single one stands inside too many words
_RANK = (Workflow.APPROVED, Workflow.IN_REVIEW, Workflow.PROPOSED, Workflow.CANDIDATE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which conflicts are meant; what is empty or None asks for nothing.

    ``terms`` need not be in the glossary. ``status`` is that of the concepts, in any language. ``all`` gives those
    that are settled too. ``keys`` are those of conflicts that were shown before.
    """

    terms: tuple[str, ...] = ()
    reason: Reason | None = None
    status: Workflow | None = None
    language: Language | None = None
    all: bool = False
    keys: tuple[str, ...] = ()


EVERYTHING = Wanted()


@dataclass(frozen=True)
class Waiting:
    """The terms that are worth a closer look, in order, and the glossary's concepts by id."""

    terms: Sequence[Seen]
    concepts: Mapping[str, Concept]


def conflicts(
    corpus: Corpus,
    glossary: Glossary,
    load: Callable[[], Locator],
    wanted: Wanted = EVERYTHING,
    most: int = MOST,
) -> Iterator[Conflict]:
    """The conflicts that are meant, as they are found: of approved terms first, then by how much is unexplained.

    ``waiting`` and ``look`` one after the other. ``load`` gives the locator once it is needed. Raises InputError where
    a term can be none.
    """
    found = waiting(corpus, glossary, wanted)
    if found.terms:
        yield from look(corpus, glossary, load(), found, wanted, most)


def waiting(
    corpus: Corpus, glossary: Glossary, wanted: Wanted = EVERYTHING, step: Callable[[], None] = lambda: None
) -> Waiting:
    """The first pass: reads the texts of the corpus once, and calls ``step`` for each pair."""
    concepts = {concept.id: concept for concept in glossary.concepts()}
    return Waiting(list(_terms(corpus, list(concepts.values()), wanted, step)), concepts)


def look(
    corpus: Corpus, glossary: Glossary, locator: Locator, found: Waiting, wanted: Wanted = EVERYTHING, most: int = MOST
) -> Iterator[Conflict]:
    """The second pass: up to ``most`` pairs of each term are read and compared."""
    known = settled(Dismissals(glossary.database, glossary.user))
    looker = Looker(corpus, locator, found.concepts, most)
    for seen in found.terms:
        conflict = looker.look(seen)
        if conflict is not None:
            yield from _meant(compared(conflict, known), wanted)


def _meant(conflict: Conflict, wanted: Wanted) -> Iterator[Conflict]:
    if (wanted.all or not conflict.settled) and wanted.reason in (None, conflict.reason):
        yield conflict


def _terms(corpus: Corpus, concepts: Sequence[Concept], wanted: Wanted, step: Callable[[], None]) -> list[Seen]:
    """The terms to look at, in order."""
    if wanted.terms:
        return _named(concepts, wanted)
    rank = {concept.id: _rank(concept) for concept in concepts}
    some = [concept for concept in concepts if _has(concept, wanted.status)]
    seen = [one for one in scan(corpus, some, step=step).values() if _worth(one, wanted)]
    return sorted(seen, key=lambda one: (min(rank[name] for name in one.concepts), -_weight(one), one.term.text))


def _named(concepts: Sequence[Concept], wanted: Wanted) -> list[Seen]:
    """The terms that were asked for, those of the glossary with its renderings; with a status only its terms."""
    asked = [question(text, wanted.language) for text in wanted.terms]
    names = [(one.language, term_key(one.term, one.language)) for one in asked]
    held: dict[tuple[Language, str], dict[str, None]] = {name: {} for name in names}
    for concept in concepts:
        for term in concept.terms:
            for language in LANGUAGES:
                name = language, term_key(term.text, language)
                if family(term.language) == language and name in held and _of_status(concept, wanted.status):
                    held[name][concept.id] = None
    return [
        Seen(one.language, Term("", one.language, one.term), tuple(held[name]))
        for one, name in zip(asked, names, strict=True)
        if held[name] or wanted.status is None
    ]


def _worth(seen: Seen, wanted: Wanted) -> bool:
    if wanted.language not in (None, seen.language):
        return False
    if wanted.keys and term_part(seen.language, seen.text) not in {key[:TERM_PART] for key in wanted.keys}:
        return False
    if seen.language == "zh" and len(seen.term.text) < SHORTEST_ZH:
        return False
    return seen.unexplained >= LEAST_OPEN or len(seen.renderings) > 1


def _weight(seen: Seen) -> float:
    """English is what is translated: that a Chinese word stands for several English ones is the rule."""
    return seen.telling * (1.0 if seen.language == "en" else OTHER_WAY)


def _of_status(concept: Concept, status: Workflow | None) -> bool:
    """Whether a concept is meant where terms were named: all are, but for a status that was asked for."""
    return status is None or _has(concept, status)


def _has(concept: Concept, status: Workflow | None) -> bool:
    held = {concept.workflow.get(term.language, Workflow.CANDIDATE) for term in concept.terms}
    return status in held if status else bool(held - set(DROPPED))


def _rank(concept: Concept) -> int:
    held = set(concept.workflow.values()) or {Workflow.CANDIDATE}
    return next((k for k, status in enumerate(_RANK) if status in held), len(_RANK))
