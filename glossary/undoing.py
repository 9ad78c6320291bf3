"""Taking back: the opposite of an event, or a version as it was, thought out as a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import sqlalchemy as sa

from glossary import reading
from glossary.comparing import alike, three_way
from glossary.concepts import Concept
from glossary.errors import GlossaryError
from glossary.log import ROLE, UNDO, Event
from glossary.planning import Draft, Plan
from glossary.rules import label
from glossary.schema import terms

_WHOLE = ("merge", "split")  # what makes no sense by halves: terms would be lost, or there twice


def undoing(connection: sa.Connection, user: str, number: int | None, only: bool) -> Plan:
    """The opposite of a change, or of the user's last one; raises GlossaryError where it cannot be taken back."""
    if number is None:
        last = reading.last_batch_of(connection, user)
        if last is None:
            raise GlossaryError(f"there is no change by {user} that still holds; “duizhao glossary history” lists all.")
        number = last
    named = reading.event(connection, number)
    if named.version is None:
        how = "give the role anew" if named.action == ROLE else "write another comment"
        raise GlossaryError(f"event {number} is a {named.action}, which changed no concept; {how} instead.")
    alone = only and named.action not in _WHOLE
    chosen = [named] if alone else list(reading.history(connection, batch=named.batch))
    changed = [event for event in chosen if event.version is not None]
    _see_that_they_hold(connection, changed)
    now = reading.by_ids(connection, [event.concept for event in changed])
    return Plan(UNDO, tuple(_opposite(event, now.get(event.concept)) for event in changed))


def restoring(connection: sa.Connection, which: str, version: int) -> Plan:
    """A concept as it was in a version; a term of it that has moved to another concept becomes a new one."""
    number = reading.number_of(which)
    gone = number and reading.last_change(connection, number)
    identifier = f"c{number}" if gone else reading.find(connection, which).id
    before = reading.by_ids(connection, [identifier]).get(identifier)
    after = reading.version(connection, identifier, version)
    ids = [term.id for term in after.terms]
    elsewhere = sa.select(terms.c.id).where(terms.c.id.in_(ids), terms.c.concept != reading.number_of(identifier))
    moved = set(connection.execute(elsewhere).scalars())
    kept = tuple(replace(term, id="") if term.id in moved else term for term in after.terms)
    return Plan("restore", (Draft(before, replace(after, terms=kept), exact=True),))


def _see_that_they_hold(connection: sa.Connection, changed: Sequence[Event]) -> None:
    touched = reading.ever_undone(connection, changed[0].id, changed[-1].id)
    for event in changed:
        taker = reading.undone_by(connection, event.id) if event.id in touched else None
        if taker is not None:
            raise GlossaryError(
                f"event {event.id} was taken back by event {taker} already; undo that one to do it again."
            )


def _opposite(event: Event, now: Concept | None) -> Draft:
    if alike(now, event.after):
        return Draft(now, event.before, event.id, exact=True)
    name = label(event.before or event.after or Concept(event.concept))
    if now is None or event.before is None or event.after is None:
        what = "is gone" if now is None else "has been changed"
        raise GlossaryError(f"{name} {what} since event {event.id}; undo what was done later first.")
    merged = three_way(event.after, event.before, now)
    if merged.conflicts:
        fields = ", ".join(conflict.field for conflict in merged.conflicts[:5])
        raise GlossaryError(
            f"{name} has been changed in the same places since event {event.id} ({fields}); "
            "undo what was done later first, or restore a version."
        )
    return Draft(now, merged.concept, event.id)
