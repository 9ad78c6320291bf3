"""Which concepts a reviewer goes through, and in which order: the queue with filters, counts and a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from glossary.candidates.learning import Learned, decisions, learn
from glossary.candidates.standing import is_rejected
from glossary.candidates.stock import Entry, Holdings
from glossary.concepts import Concept, Workflow
from glossary.duplicates import family
from glossary.rules import languages_of, status_of
from search.folding import folded

WAITING = (Workflow.CANDIDATE, Workflow.PROPOSED, Workflow.IN_REVIEW)
NO_SUBJECT = "-"


class Source(StrEnum):
    """Where a concept came from."""

    EXTRACTION = "extraction"
    PEOPLE = "people"
    IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which concepts are meant; what is empty asks for nothing.

    ``language`` ("zh", "en") is the one in which a ``statuses`` holds; ``least`` and ``most`` are scores, which only
    concepts of extractions have; ``subject`` is all of it, or ``NO_SUBJECT``; ``text`` is part of a term, folded.
    """

    text: str = ""
    subject: str = ""
    source: str = ""
    least: float = 0.0
    most: float = 1.0
    statuses: tuple[Workflow, ...] = WAITING
    language: str = ""

    def waits(self, concept: Concept) -> bool:
        """Whether it waits for such a decision."""
        return bool(self.waiting_in(concept)) and not is_rejected(concept)

    def waiting_in(self, concept: Concept) -> tuple[str, ...]:
        """The languages in which it does."""
        return tuple(
            language
            for language in languages_of(concept)
            if status_of(concept, language) in self.statuses and self.language in ("", family(language))
        )

    def meant(self, entry: Entry, score: float | None) -> bool:
        """Whether it is meant, whatever its status."""
        concept = entry.concept
        return (
            (not self.subject or (concept.subject or NO_SUBJECT) == self.subject)
            and (not self.source or source_of(entry) == self.source)
            and self._scores(score)
            and (not self.text or any(folded(self.text) in one.keys.folded for one in entry.known))
        )

    def _scores(self, score: float | None) -> bool:
        if score is None:
            return (self.least, self.most) == (0.0, 1.0)
        return self.least <= score <= self.most


@dataclass(frozen=True, slots=True)
class Order:
    """A queue as it was put in order once, so that nothing jumps while it is worked through.

    ``ids``: the likeliest first, those that no extraction found at the end. ``total`` counts what is decided of the
    same too, as far as extractions found it. ``decisions``: of how many the scores were learnt.
    """

    wanted: Wanted
    ids: tuple[str, ...]
    scores: Mapping[str, float]
    total: int
    decisions: int = 0

    def waiting(self, holdings: Holdings, later: Iterable[str] = ()) -> tuple[str, ...]:
        """Those that still wait; ``later`` at the end, in that order."""
        entries = holdings.entries
        left = {k: None for k in self.ids if k in entries and self.wanted.waits(entries[k].concept)}
        put_off = [k for k in dict.fromkeys(later) if k in left]
        for k in put_off:
            del left[k]
        return (*left, *put_off)

    def with_first(self, identifier: str) -> Order:
        """With one more, at its beginning, where it is not in it."""
        if identifier in self.ids:
            return self
        return Order(self.wanted, (identifier, *self.ids), self.scores, self.total, self.decisions)


def in_order(holdings: Holdings, wanted: Wanted) -> Order:
    """The queue of what is wanted, by scores that learn from all decisions so far."""
    found = {k: entry for k, entry in holdings.entries.items() if entry.figures is not None}
    learned = learn(decisions(entry.concept for entry in found.values()))
    scores = _scores(found, learned)
    meant = {k: entry for k, entry in holdings.entries.items() if wanted.meant(entry, scores.get(k))}
    waiting = [k for k, entry in meant.items() if wanted.waits(entry.concept)]
    decided = [k for k, entry in meant.items() if entry.figures is not None and is_decided(entry.concept)]
    ids = sorted(waiting, key=lambda k: -scores.get(k, -1.0))
    return Order(wanted, tuple(ids), scores, len(waiting) + len(decided), learned.decisions)


def is_decided(concept: Concept) -> bool:
    """Whether nothing of it waits for a decision."""
    statuses = {status_of(concept, language) for language in languages_of(concept)}
    return is_rejected(concept) or not statuses & set(WAITING)


def source_of(entry: Entry) -> Source:
    """Where a concept came from."""
    if entry.figures is not None:
        return Source.EXTRACTION
    return Source.IMPORT if entry.concept.origins else Source.PEOPLE


def subjects(holdings: Holdings) -> tuple[str, ...]:
    """The subjects of what waits, in the order of the alphabet; ``NO_SUBJECT`` for those without one."""
    waits = Wanted().waits
    return tuple(sorted({e.concept.subject or NO_SUBJECT for e in holdings.entries.values() if waits(e.concept)}))


def _scores(found: Mapping[str, Entry], learned: Learned) -> dict[str, float]:
    figures = [entry.figures for entry in found.values() if entry.figures is not None]
    # How many are taken orders nothing; with it, the first rejection would lower what is shown of all others.
    weights = learned.weights.copy()
    weights[0] = 0.0
    kind = Learned(learned.decisions, weights)
    scores = kind.scores(figures) if learned.decisions else [one.score for one in figures]
    return dict(zip(found, scores, strict=True))
