"""All concepts in memory for whoever decides on one after the other, brought up to date by the events since.

Reading thousands of concepts takes a second; reading what was done since takes a millisecond. One ``Stock`` serves all
sessions of a process: what it gives out is never changed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from glossary.candidates.figures import Figures
from glossary.concepts import Concept
from glossary.duplicates import Known, family, keys
from glossary.glossary import Glossary
from glossary.log import Event

REMEMBERED = 1000  # events that ``Holdings.acts`` goes back
DECISIONS = frozenset({"approve", "reject", "review", "propose", "merge", "edit"})  # what a reviewer takes back


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept, what an extraction said of it, and its terms as they are compared with others."""

    concept: Concept
    figures: Figures | None
    known: tuple[Known, ...]

    @classmethod
    def of(cls, concept: Concept) -> Entry:
        """That of a concept."""
        known = (Known(concept.id, one.id, one.language, one.text, keys(one.text)) for one in concept.terms)
        return cls(concept, Figures.kept_with(concept), tuple(known))


@dataclass(frozen=True, slots=True)
class Act:
    """What the log says of an event, without the concept as it was before and after."""

    id: int
    user: str
    action: str
    concept: str
    name: str
    batch: int
    undoes: int | None
    changed: bool
    gone: bool
    reason: str

    @classmethod
    def of(cls, event: Event) -> Act:
        """That of an event."""
        shown = event.after or event.before
        name = shown.terms[0].text if shown and shown.terms else ""
        return cls(
            event.id,
            event.user,
            event.action,
            event.concept,
            name,
            event.batch,
            event.undoes,
            event.version is not None,
            event.version is not None and event.after is None,
            event.reason,
        )


@dataclass(frozen=True, slots=True)
class Holdings:
    """The glossary as of its last event: concepts by id, and the last acts, oldest first."""

    event: int
    entries: Mapping[str, Entry]
    acts: tuple[Act, ...]

    def known(self, language: str, besides: str = "") -> list[Known]:
        """The terms of a language, in any script of it, but for those of one concept."""
        own = family(language)
        return [
            one
            for entry in self.entries.values()
            if entry.concept.id != besides
            for one in entry.known
            if family(one.language) == own
        ]

    def last_decision(self, user: str) -> Act | None:
        """The last decision of a person that holds still; none of what they imported, extracted or said."""
        undone: set[int] = set()
        for act in reversed(self.acts):
            if act.undoes is not None:
                undone |= set() if act.id in undone else {act.undoes}
            elif act.user == user and act.changed and act.action in DECISIONS and act.id not in undone:
                return act
        return None

    def decided_in(self, batch: int) -> tuple[str, ...]:
        """The concepts that a change was about, those that went with it first."""
        own = [act for act in self.acts if act.batch == batch and act.changed]
        return tuple(act.concept for act in sorted(own, key=lambda act: not act.gone))

    def reasons(self, action: str) -> tuple[str, ...]:
        """The reasons that people gave for a decision, the most frequent first."""
        given = [act.reason for act in self.acts if act.action == action and act.reason]
        return tuple(sorted(dict.fromkeys(given), key=lambda one: -given.count(one)))


class Stock:
    """Keeps the holdings of one glossary; for several threads."""

    def __init__(self, place: str = "") -> None:
        """With nothing yet, for the glossary in this place."""
        self.place = place
        self._lock = threading.Lock()
        self._now: Holdings | None = None

    def now(self, glossary: Glossary) -> Holdings:
        """The glossary as it is now. Raises CorpusError."""
        with self._lock:
            last = glossary.latest(1)
            event = last[0].id if last else 0
            if self._now is None or event < self._now.event:  # another database in the same place
                self._now = _read(glossary)
            elif event > self._now.event:
                self._now = _brought_up_to_date(self._now, glossary.events(self._now.event))
            return self._now


def _read(glossary: Glossary) -> Holdings:
    """All of it; what is stored while it is read is read as events afterwards."""
    acts = tuple(Act.of(event) for event in glossary.latest(REMEMBERED))
    entries = {concept.id: Entry.of(concept) for concept in glossary.concepts()}
    before = Holdings(acts[-1].id if acts else 0, entries, acts)
    return _brought_up_to_date(before, glossary.events(before.event))


def _brought_up_to_date(before: Holdings, events: Iterable[Event]) -> Holdings:
    entries = dict(before.entries)
    acts = list(before.acts)
    for event in events:
        acts.append(Act.of(event))
        if event.version is None:
            continue
        if event.after is None:
            entries.pop(event.concept, None)
        else:
            entries[event.concept] = Entry.of(event.after)
    return Holdings(acts[-1].id if acts else 0, entries, tuple(acts[-REMEMBERED:]))
