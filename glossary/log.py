"""The log: every change as an event that is never altered; the state of the glossary is what they come to."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from glossary.comparing import FieldChange, changes
from glossary.concepts import Concept
from glossary.encoding import concept_from
from glossary.rules import Role

COMMENT, ROLE, UNDO = "comment", "role", "undo"


@dataclass(frozen=True, slots=True)
class Event:
    """What someone did to a concept, and why.

    ``before`` is None for a new concept and ``after`` for one that is gone. A comment (its words are the ``reason``)
    and a role leave concepts as they were: their ``version`` is None. All events of one change have one ``batch``, the
    id of the first; ``undoes`` is the event that this one takes back.
    """

    id: int
    time: str  # ISO 8601, UTC
    user: str
    role: Role
    action: str
    concept: str
    version: int | None
    before: Concept | None
    after: Concept | None
    reason: str
    batch: int
    undoes: int | None = None

    @property
    def changes(self) -> tuple[FieldChange, ...]:
        """What it changed, field by field."""
        return changes(self.before, self.after)


def replay(events: Iterable[Event]) -> dict[str, Concept]:
    """The concepts that all events, in their order, come to."""
    found: dict[str, Concept] = {}
    for event in events:
        if event.version is None:
            continue
        if event.after is None:
            found.pop(event.concept, None)
        else:
            found[event.concept] = event.after
    return found


def event_from(row: Any) -> Event:
    """A row of the table as an event."""
    changed = row.version is not None
    version = row.version or 0
    return Event(
        row.id,
        row.time,
        row.user,
        Role(row.role),
        row.action,
        f"c{row.concept}" if row.concept is not None else "",
        row.version,
        concept_from(json.loads(row.before), version - 1) if changed and row.before else None,
        concept_from(json.loads(row.after), version) if changed and row.after else None,
        row.reason,
        row.batch,
        row.undoes,
    )
