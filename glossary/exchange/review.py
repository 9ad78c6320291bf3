"""A review that comes back, merged with what has happened to the glossary meanwhile: three-way, with a report.

What only the reviewer changed is taken; what only others changed stays; where both changed the same field in another
way the glossary's version stays, and the report says so. A pack that is merged a second time changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from glossary.comparing import Conflict, FieldChange, alike, changes, three_way
from glossary.concepts import Concept, Term, Workflow
from glossary.errors import GlossaryError
from glossary.exchange.review_pack import Returned, ReviewPack
from glossary.planning import with_preferred
from glossary.rules import check_transitions, settled, status_of
from search.folding import folded

ALL = "*"  # all fields of a concept


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """What came of one concept: what the reviewer changed, what contradicts later changes, what was said.

    ``changes`` is all that the reviewer changed in what was sent, ``taken`` what the glossary gets by it now: less
    where it is so already or contradicts. ``won`` are the fields of conflicts in
    which the reviewer's version is taken. ``gone`` says that the glossary has the concept no longer, so that nothing
    could be changed.
    """

    concept: Concept
    changes: tuple[FieldChange, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    decisions: tuple[tuple[str, Workflow], ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    gone: bool = False
    taken: tuple[FieldChange, ...] = ()
    won: tuple[str, ...] = ()

    @property
    def open(self) -> tuple[Conflict, ...]:
        """The conflicts in which the glossary's version stays."""
        return tuple(one for one in self.conflicts if one.field not in self.won)


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """The concepts to save (changed ones with the version of the glossary, new ones without an id), and the report."""

    concepts: tuple[Concept, ...]
    items: tuple[ReviewItem, ...]
    warnings: tuple[str, ...] = ()

    @property
    def conflicts(self) -> tuple[ReviewItem, ...]:
        """The items that a person should look at."""
        return tuple(item for item in self.items if item.open or item.gone)


def merge_review(
    pack: ReviewPack, current: Sequence[Concept], reviewer_wins: Mapping[str, Collection[str]] | None = None
) -> ReviewReport:
    """Merge a returned pack into the glossary as it is now; a pure function, the store writes ``concepts``.

    ``reviewer_wins`` are, by the concept's id, the fields of conflicts in which the reviewer's version shall hold, or
    "*" for all. What a rule forbids is left out, with a note.
    """
    now = {concept.id: concept for concept in current}
    items, saved = [], []
    for returned in pack.returned:
        concept = now.get(returned.base.id)
        item, merged = _merge(returned, concept, (reviewer_wins or {}).get(returned.base.id, ()))
        if item.changes or item.comments or item.notes or item.conflicts:
            items.append(item)
        if merged is not None and concept is not None and not alike(merged, concept):
            saved.append(merged)
    known = _known(current)
    for proposal in pack.proposed:
        item, new = _proposal(proposal, known)
        items.append(item)
        saved += [new] if new is not None else []
    return ReviewReport(tuple(saved), tuple(items), pack.warnings)


def _merge(returned: Returned, now: Concept | None, wins: Collection[str]) -> tuple[ReviewItem, Concept | None]:
    changed = changes(returned.base, returned.theirs)
    said = (returned.decisions, returned.comments, returned.notes)
    if now is None:
        return ReviewItem(returned.base, changed, (), *said, gone=bool(changed)), None
    if not changed:
        return ReviewItem(now, (), (), *said), None
    theirs = _without_known(returned, now)
    merged = three_way(returned.base, theirs, now, wins)
    if ALL in wins and merged.conflicts:
        wins = {one.field for one in merged.conflicts}
        merged = three_way(returned.base, theirs, now, wins)
    won = tuple(one.field for one in merged.conflicts if one.field in wins)
    kept, notes = _by_the_rules(merged.concept, now, returned.decisions)
    item = ReviewItem(kept, changed, merged.conflicts, *said, taken=changes(now, kept), won=won)
    return replace(item, notes=(*returned.notes, *notes)), kept


def _without_known(returned: Returned, now: Concept) -> Concept:
    """What came back, without new terms that the concept has by now: the pack may have been merged before."""
    sent = {term.id for term in returned.base.terms}
    there = {(term.language, term.text) for term in now.terms if term.id not in sent}
    terms = (
        term for term in returned.theirs.terms if term.id in sent or (term.language, term.text.strip()) not in there
    )
    return replace(returned.theirs, terms=tuple(terms))


def _by_the_rules(
    merged: Concept, now: Concept, decisions: Sequence[tuple[str, Workflow]]
) -> tuple[Concept, tuple[str, ...]]:
    """The concept as it may be stored, without decisions that cannot be made; as it is now if nothing of it may be."""
    notes = []
    for language, status in decisions:
        if merged.workflow.get(language) is not status or status is status_of(now, language):
            continue
        try:
            check_transitions(now, replace(now, workflow={language: status}))
        except GlossaryError as error:
            notes.append(f"the decision was left out: {error}")
            merged = replace(merged, workflow={**merged.workflow, language: status_of(now, language)})
            continue
        if status is Workflow.APPROVED:
            merged, note = with_preferred(merged, language)
            notes += [note] if note else []
    try:
        stored = settled(now, merged)
    except GlossaryError as error:
        return now, (*notes, f"nothing of it was changed: {error}")
    for language, status in decisions:
        reopened = stored.workflow.get(language) is Workflow.IN_REVIEW
        if status is Workflow.APPROVED is status_of(now, language) and reopened:
            notes.append(
                f"{language} was approved by the reviewer and edited too, so it is in review; decide about it."
            )
    return stored, tuple(notes)


def _known(current: Sequence[Concept]) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for concept in current:
        for term in concept.terms:
            found[_key(term)].add(concept.id)
    return found


def _key(term: Term) -> tuple[str, str]:
    return term.language, folded(term.text)


def _proposal(proposal: Concept, known: Mapping[tuple[str, str], set[str]]) -> tuple[ReviewItem, Concept | None]:
    """A concept that the reviewer proposes, if none of the glossary has all of its terms already."""
    there = set.intersection(*(known.get(_key(term), set()) for term in proposal.terms))
    if there:
        which = min(there, key=lambda name: (len(name), name))
        return ReviewItem(proposal, notes=(f"it is there already, as {which}.",)), None
    new = changes(None, proposal)
    try:
        return ReviewItem(proposal, new, taken=new), settled(None, proposal)
    except GlossaryError as error:
        return ReviewItem(proposal, new, notes=(f"it was left out: {error}",)), None
