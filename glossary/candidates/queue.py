"""From an extraction to the review queue: what of it is new to the glossary, stored; and what waits, in its order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from glossary.candidates.figures import Figures, renewed
from glossary.candidates.learning import Learned
from glossary.candidates.returning import Rejections
from glossary.candidates.standing import Has, Shelf, is_rejected, own_languages
from glossary.concepts import Concept, Evidence, Term, Workflow
from glossary.extraction.candidates import Candidate
from glossary.glossary import Glossary
from glossary.log import Event
from glossary.rules import MAY, Deed, status_of
from search.corpus import Corpus

ACTION = "extract"  # what the log calls it


class Standing(StrEnum):
    """What a candidate is to the glossary."""

    NEW = "new"
    PARTLY = "partly known"  # one of its terms is there, with something else in the other language
    BACK = "back"  # rejected once, but its evidence has changed
    KNOWN = "known"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Sorted:
    """A candidate, what it is to the glossary, and why; the concept that has it; what the glossary has of it.

    ``score``: the probability that it is taken, in [0, 1], after what earlier decisions say; the candidate's own is
    what the extraction alone says.
    """

    candidate: Candidate
    standing: Standing
    score: float
    concept: str = ""
    why: str = ""
    has: tuple[Has, ...] = ()

    @property
    def wanted(self) -> bool:
        """Whether it is for someone to decide on."""
        return self.standing in (Standing.NEW, Standing.PARTLY, Standing.BACK)


@dataclass(frozen=True, slots=True)
class Stored:
    """What was stored: the events, those of new concepts first; what stays rejected because of the user's role."""

    events: tuple[Event, ...]
    held_back: tuple[Sorted, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A concept that waits for a decision: its score in [0, 1], None of one that no extraction found; its figures."""

    concept: Concept
    score: float | None = None
    figures: Figures | None = None


def sort_out(
    glossary: Glossary, corpus: Corpus, candidates: Sequence[Candidate], learned: Learned | None = None
) -> tuple[Sorted, ...]:
    """What each candidate is to the glossary, the likeliest first; equals in the given order.

    ``learned``: what earlier decisions say (``learning.learn``); without it, the scores are those of the extraction.
    """
    shelf = Shelf.of(glossary.concepts())
    scores = _scores([Figures.of(one) for one in candidates], learned)
    rejections = Rejections(glossary, corpus)
    found = [_sorted(shelf, rejections, *both) for both in zip(candidates, scores, strict=True)]
    return tuple(sorted(found, key=lambda one: one.score, reverse=True))


def store(
    glossary: Glossary, corpus: Corpus, chosen: Sequence[Sorted], signature: str = "", reason: str = ""
) -> Stored:
    """Put candidates into the glossary, with their evidence and figures, in one change with one undo.

    ``signature`` is that of the extraction. New ones become concepts that are candidates in both languages, and
    rejected ones that are back become candidates again, with the new evidence; the rest is left alone, as is what
    someone has entered meanwhile. To reconsider a rejection is for those who may decide: for others it is held back.
    """
    now = sort_out(glossary, corpus, [one.candidate for one in chosen if one.wanted])
    wanted = [one for one in now if one.wanted]
    # One concept may have been made of several candidates; the likeliest brings it back.
    back = list({one.concept: one for one in reversed(wanted) if one.standing is Standing.BACK}.values())
    held = () if Deed.DECIDE in MAY[glossary.role] else tuple(back)
    made = _Made(corpus, signature, corpus.state, corpus.name)
    concepts = [made.new(one.candidate) for one in wanted if one.standing is not Standing.BACK]
    if not held:
        read = glossary.find_all([one.concept for one in back])
        concepts += [made.again(old, one) for old, one in zip(read, back, strict=True)]
    return Stored(glossary.save_all(concepts, reason, ACTION), held)


def queue(glossary: Glossary, learned: Learned | None = None) -> tuple[Waiting, ...]:
    """The concepts that wait for a decision, the likeliest first; those that no extraction found stand at the end.

    ``learned``: see ``sort_out``.
    """
    waiting = [one for one in glossary.concepts() if _waits(one)]
    figures = [Figures.kept_with(one) for one in waiting]
    known = [one for one in figures if one is not None]
    scores = iter(_scores(known, learned))
    found = [
        Waiting(concept, next(scores) if one else None, one) for concept, one in zip(waiting, figures, strict=True)
    ]
    return tuple(sorted(found, key=lambda one: -1.0 if one.score is None else one.score, reverse=True))


def _waits(concept: Concept) -> bool:
    return Workflow.CANDIDATE in concept.workflow.values() and not is_rejected(concept)


def _scores(figures: Sequence[Figures], learned: Learned | None) -> list[float]:
    return learned.scores(figures) if learned and learned.decisions else [one.score for one in figures]


def _sorted(shelf: Shelf, rejections: Rejections, one: Candidate, score: float) -> Sorted:
    holding = shelf.holding(one.zh, one.en)
    kept = next((concept for concept in holding if not is_rejected(concept)), None)
    if kept is not None:
        return Sorted(one, Standing.KNOWN, score, kept.id)
    if not holding:
        has = shelf.one_side(one.zh, one.en)
        return Sorted(one, Standing.PARTLY if has else Standing.NEW, score, has=has)
    why = rejections.why_back(holding[0], one.zh, one.en)
    return Sorted(one, Standing.BACK if why else Standing.REJECTED, score, holding[0].id, why)


@dataclass(frozen=True)
class _Made:
    """Makes concepts of candidates, with texts of the corpus as evidence."""

    corpus: Corpus
    signature: str
    state: int
    name: str

    def new(self, one: Candidate) -> Concept:
        """A candidate as a concept that is not stored yet."""
        evidence = self._evidence(one)
        terms = (Term("", "zh", one.zh, evidence=evidence), Term("", "en", one.en, evidence=evidence))
        workflow = {"zh": Workflow.CANDIDATE, "en": Workflow.CANDIDATE}
        return Concept("", terms=terms, workflow=workflow, extras=self._figures(one).extras())

    def again(self, old: Concept, one: Sorted) -> Concept:
        """A rejected concept as a candidate, with what is known of it now."""
        own, evidence = own_languages(old), self._evidence(one.candidate)
        terms = tuple(
            replace(term, evidence=tuple(dict.fromkeys((*term.evidence, *evidence)))) if term.language in own else term
            for term in old.terms
        )
        rejected = [language for language in own if status_of(old, language) is Workflow.REJECTED]
        again = dict.fromkeys(rejected, Workflow.CANDIDATE)
        extras = renewed(old, self._figures(one.candidate))
        return replace(old, terms=terms, workflow={**old.workflow, **again}, extras=extras)

    def _figures(self, one: Candidate) -> Figures:
        return Figures.of(one, self.signature, self.state, self.name)

    def _evidence(self, one: Candidate) -> tuple[Evidence, ...]:
        spans = {int(shown.pair_id): shown for shown in one.evidence if shown.pair_id.isdecimal()}
        found = []
        for pair in self.corpus.pairs_among(list(spans)):
            shown, zh, en = spans[pair.id], pair.record.zh_text, pair.record.en_text
            if shown.zh_span[1] <= len(zh) and shown.en_span[1] <= len(en):  # it may have a new text since
                found.append(Evidence(pair.id, pair.symbol, zh, en, shown.zh_span, shown.en_span))
        return tuple(found)
