"""A review that comes back, merged with what has happened to the glossary meanwhile: three-way, with a report.

What only the reviewer changed is taken; what only others changed stays; where both changed the same field in another
way the glossary's version stays, and the report says so.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from glossary.comparing import Conflict, FieldChange, changes, three_way
from glossary.concepts import Concept, Workflow
from glossary.exchange.review_pack import Returned, ReviewPack


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """What came of one concept: what the reviewer changed, what contradicts later changes, what was said.

    ``gone`` says that the glossary has the concept no longer, so that nothing could be changed.
    """

    concept: Concept
    changes: tuple[FieldChange, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    decisions: tuple[tuple[str, Workflow], ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    gone: bool = False


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """The concepts to save (changed ones with the version of the glossary, new ones without an id), and the report."""

    concepts: tuple[Concept, ...]
    items: tuple[ReviewItem, ...]
    warnings: tuple[str, ...] = ()

    @property
    def conflicts(self) -> tuple[ReviewItem, ...]:
        """The items that a person should look at."""
        return tuple(item for item in self.items if item.conflicts or item.gone)


def merge_review(
    pack: ReviewPack, current: Sequence[Concept], reviewer_wins: Mapping[str, Collection[str]] | None = None
) -> ReviewReport:
    """Merge a returned pack into the glossary as it is now; a pure function, the store writes ``concepts``.

    ``reviewer_wins`` are, by the concept's id, the fields of conflicts in which the reviewer's version shall hold, or
    "*" for all.
    """
    now = {concept.id: concept for concept in current}
    items, saved = [], []
    for returned in pack.returned:
        concept = now.get(returned.base.id)
        item, merged = _merge(returned, concept, (reviewer_wins or {}).get(returned.base.id, ()))
        if item.changes or item.comments or item.notes or item.conflicts:
            items.append(item)
        if merged is not None and merged != concept:
            saved.append(merged)
    proposed = [ReviewItem(concept, changes(None, concept)) for concept in pack.proposed]
    return ReviewReport((*saved, *pack.proposed), (*items, *proposed), pack.warnings)


def _merge(returned: Returned, now: Concept | None, wins: Collection[str]) -> tuple[ReviewItem, Concept | None]:
    changed = changes(returned.base, returned.theirs)
    said = (returned.decisions, returned.comments, returned.notes)
    if now is None:
        return ReviewItem(returned.base, changed, (), *said, gone=bool(changed)), None
    if not changed:
        return ReviewItem(now, (), (), *said), None
    merged = three_way(returned.base, returned.theirs, now, wins)
    if "*" in wins and merged.conflicts:
        merged = three_way(returned.base, returned.theirs, now, {one.field for one in merged.conflicts})
    return ReviewItem(merged.concept, changed, merged.conflicts, *said), merged.concept
