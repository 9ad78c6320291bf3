"""A review pack that came back, beside the glossary that it was written from: what it would change, and who else did.

``merge_review`` does the merging; here it is made sure that the pack is of this glossary, and history says by whom
and when the fields were changed that the reviewer changed too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from glossary.comparing import alike
from glossary.errors import ExchangeError, NotInGlossaryError
from glossary.exchange.review import ALL, ReviewItem, ReviewReport, merge_review
from glossary.exchange.review_pack import ReviewPack
from glossary.glossary import Glossary
from glossary.log import COMMENT, Event
from glossary.planning import Plan

ACTION = "unpack"  # what the log calls the change


@dataclass(frozen=True, slots=True)
class Unpacking:
    """What a pack would change: the report, the change to carry out, and by concept what others did since it was sent.

    ``meanwhile`` has only concepts that the report names.
    """

    report: ReviewReport
    plan: Plan
    meanwhile: Mapping[str, tuple[Event, ...]]

    def last(self, concept: str, field: str) -> Event | None:
        """The last change of a field since the pack was sent."""
        found = [
            event
            for event in self.meanwhile.get(concept, ())
            if any(_within(one.field, field) for one in event.changes)
        ]
        return found[-1] if found else None


def unpacking(glossary: Glossary, pack: ReviewPack, reviewer_wins: Iterable[str] = ()) -> Unpacking:
    """Merge a pack three ways with the glossary as it is now; nothing is written.

    ``reviewer_wins`` name conflicts in which the reviewer's version shall hold: "c7/term/t3/text" one of them, "c7"
    all of a concept, "all" all. Raises ExchangeError where the pack is of another glossary, or a name is no conflict.
    """
    _see_that_it_is_of(glossary, pack)
    current = tuple(glossary.concepts())
    report = merge_review(pack, current)
    wanted = tuple(reviewer_wins)
    if wanted:
        report = merge_review(pack, current, _wins(report, wanted, pack.source))
    sent = {returned.base.id: returned.base.version for returned in pack.returned}
    meanwhile = {
        item.concept.id: _since(glossary, item.concept.id, sent[item.concept.id])
        for item in report.items
        if item.changes and item.concept.id in sent and (item.gone or item.concept.version > sent[item.concept.id])
    }
    return Unpacking(report, glossary.plan_saving(report.concepts, ACTION), meanwhile)


def comment(glossary: Glossary, pack: ReviewPack, items: Iterable[ReviewItem]) -> int:
    """Put what the reviewer said into the history of the concepts; how many comments are new there."""
    count = 0
    for item in items:
        if item.gone or not item.comments or not item.concept.id:
            continue
        said = {event.reason for event in glossary.history(item.concept.id) if event.action == COMMENT}
        for language, words in item.comments:
            line = f"{words} ({language}, {pack.source})" if language else f"{words} ({pack.source})"
            if line.strip() not in said:
                glossary.comment(item.concept.id, line)
                said.add(line.strip())
                count += 1
    return count


def _see_that_it_is_of(glossary: Glossary, pack: ReviewPack) -> None:
    for returned in pack.returned:
        base = returned.base
        if base == returned.theirs and not returned.comments:
            continue
        try:
            stored = glossary.version(base.id, base.version)
        except NotInGlossaryError:
            stored = None
        if not alike(stored, base):
            raise ExchangeError(
                f"{pack.source}: it was packed from another glossary ({base.id} was never so in this one); "
                "name the right one with --db."
            )


def _since(glossary: Glossary, concept: str, version: int) -> tuple[Event, ...]:
    return tuple(event for event in glossary.history(concept) if event.version and event.version > version)


def _wins(report: ReviewReport, names: Iterable[str], source: str) -> dict[str, set[str]]:
    """The fields by concept that names stand for."""
    possible = {item.concept.id: [one.field for one in item.conflicts] for item in report.items if item.conflicts}
    found: dict[str, set[str]] = {}
    for name in names:
        concept, _, field = name.strip().partition("/")
        if name.strip().casefold() == "all":
            found |= {one: {ALL} for one in possible}
        elif concept in possible and (not field or field in possible[concept]):
            found.setdefault(concept, set()).add(field or ALL)
        else:
            there = ", ".join(f"{one}/{field}" for one, fields in possible.items() for field in fields)
            what = f"there are {there[:300]}" if there else "there is none"
            raise ExchangeError(f"{source}: “{name[:80]}” is no conflict of it; {what}.")
    return found


def _within(changed: str, field: str) -> bool:
    """Whether a change of one field is one of the other: a term that came or went is named by its id alone."""
    return changed == field or changed.startswith(f"{field}/")
