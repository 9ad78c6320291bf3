"""Changes to the tables. Each function works in the transaction that it is given, which is committed whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from glossary import reading
from glossary.comparing import alike
from glossary.concepts import Concept
from glossary.duplicates import BEGINNING, family, keys
from glossary.encoding import concept_data, dumped
from glossary.errors import GlossaryError, NotAllowedError, StaleEditError
from glossary.log import Event
from glossary.people import settled_roles
from glossary.planning import Draft, Plan
from glossary.rules import MAY, Deed, Role, check, check_transitions, deeds, label, settled
from glossary.schema import concepts, events, people, state, statuses, terms
from models.settings import settings_file
from search.folding import folded

_AT_ONCE = 400  # rows written at a time, and ids asked for: SQLite takes some thousand values a statement


@dataclass
class Turn:
    """The one row of the state while this writer has its turn, and who it is."""

    connection: sa.Connection
    user: str
    role: Role
    state: int
    next_concept: int
    next_term: int
    next_event: int
    time: str
    batch: int
    rows: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def take(cls, connection: sa.Connection, user: str) -> Turn:
        """Wait for the other writers; what is read after this is what they left."""
        row = connection.execute(sa.select(state).with_for_update()).one()
        time = datetime.now(UTC).isoformat(timespec="milliseconds")
        role = reading.role_of(connection, user)
        return cls(
            connection, user, role, row.state + 1, row.next_concept, row.next_term, row.next_event, time, row.next_event
        )

    def require(self, needed: Iterable[Deed], what: str) -> None:
        """Raise NotAllowedError where the role of whoever has the turn does not allow something."""
        missing = sorted(set(needed) - MAY[self.role])
        if missing:
            raise NotAllowedError(
                f"{self.user} is a {self.role} and may not {missing[0]} here ({what}); ask a "
                f"{next(role for role in Role if missing[0] in MAY[role])}."
            )

    def record(self, action: str, reason: str, **values: Any) -> int:
        """Add an event to the log; returns its id."""
        number, self.next_event = self.next_event, self.next_event + 1
        nothing = dict.fromkeys(("concept", "version", "before", "after", "undoes"))
        own = {"id": number, "time": self.time, "user": self.user, "role": str(self.role), "batch": self.batch}
        self.rows.append(nothing | own | {"action": action, "reason": reason} | values)
        if len(self.rows) == _AT_ONCE:
            self._write()
        return number

    def _write(self) -> None:
        """Write events as they come: of a large import they would otherwise all be in memory twice."""
        _insert(self.connection, events, self.rows)
        self.rows.clear()

    def end(self) -> None:
        """Write the events, and make the change known."""
        self._write()
        self.connection.execute(
            sa.update(state).values(
                state=self.state,
                next_concept=self.next_concept,
                next_term=self.next_term,
                next_event=self.next_event,
            )
        )


def carry_out(connection: sa.Connection, plan: Plan, user: str, reason: str) -> tuple[Event, ...]:
    """Make the change, if what it was thought out from is still so; drafts that change nothing are left out.

    Raises StaleEditError, NotAllowedError, or GlossaryError where a rule forbids it.
    """
    turn = Turn.take(connection, user)
    drafts = [draft for draft in plan.drafts if not alike(draft.before, draft.after)]
    named = [_id_of(draft) for draft in drafts if _id_of(draft)]
    if len(named) > len(set(named)):
        twice = next(k for k in named if named.count(k) > 1)
        raise GlossaryError(f"{twice} is named twice in one change; name each concept once.")
    current = reading.by_ids(connection, named)
    versions = reading.last_versions(connection, named)
    written = []
    for draft in drafts:
        _see_that_it_is_fresh(connection, draft, current.get(_id_of(draft)))
        done = _checked(turn, draft)
        made = _write_event(turn, plan.action, reason, done, versions)
        written.append(made)
    if written:
        _replace(connection, [draft for draft, _ in written])
        turn.end()
    return tuple(_event(turn, plan.action, reason, draft, number) for draft, number in written)


def comment(connection: sa.Connection, concept: Concept, user: str, words: str) -> None:
    """Say something about a concept."""
    turn = Turn.take(connection, user)
    turn.require([Deed.COMMENT], label(concept))
    turn.record("comment", words, concept=reading.number_of(concept.id))
    turn.end()


def set_role(connection: sa.Connection, person: str, role: Role, user: str, reason: str) -> bool:
    """Give a role; the first to do so becomes an administrator, which is what True says.

    Raises NotAllowedError, or GlossaryError where nobody would be left to give roles, or the settings give another.
    """
    turn = Turn.take(connection, user)
    turn.require([Deed.ADMINISTER], f"the role of {person}")
    before = reading.roles(connection)
    settled = settled_roles()
    if person in settled.given:
        raise GlossaryError(
            f"{settings_file()} gives {person} the role of {settled.given[person]}, which stands above what is given "
            "here; change it there."
        )
    after = {**before, person: role}
    first = not before and not settled and person != user
    if first:
        after[user] = Role.ADMINISTRATOR
    if Role.ADMINISTRATOR not in {*after.values(), *settled.given.values(), settled.default}:
        raise GlossaryError(f"{person} is the only administrator; make another one first.")
    for name in (user, person) if first else (person,):
        if before.get(name) is not after[name]:
            values = {"user": name, "role": str(after[name])}
            old = before.get(name)
            was = dumped({"user": name, "role": str(old)}) if old else None
            turn.record("role", reason, before=was, after=dumped(values))
            connection.execute(sa.delete(people).where(people.c.user == name))
            connection.execute(sa.insert(people).values(values))
    turn.end()
    return first


def rebuild(connection: sa.Connection, found: Iterable[Concept]) -> None:
    """Make concepts, statuses and terms anew."""
    connection.execute(sa.delete(concepts))
    _write(connection, list(found))


def _id_of(draft: Draft) -> str:
    one = draft.before or draft.after
    return one.id if one else ""


def _see_that_it_is_fresh(connection: sa.Connection, draft: Draft, current: Concept | None) -> None:
    expected = draft.before.version if draft.before else None
    found = current.version if current else None
    if expected == found:
        return
    name = label(draft.before or draft.after or Concept(""))
    last = reading.last_change(connection, reading.number_of(_id_of(draft)))
    who = f"{last.user} has changed it meanwhile (version {found or 'gone'})" if last else "it has been changed"
    raise StaleEditError(
        f"{name} was read as version {expected or 'gone'}, and {who}; nothing was overwritten: look at it again.",
        draft.before,
        draft.after,
        current,
    )


def _checked(turn: Turn, draft: Draft) -> Draft:
    """The draft as it is stored, if it keeps the rules and its maker may."""
    before, after = draft.before, draft.after
    needed = frozenset({Deed.SUGGEST}) if _takes_back_own(turn, draft) else deeds(before, after)
    if after is not None and not draft.exact:
        after = settled(before, after)
        check_transitions(before, after)
    elif after is not None:
        check(after)
    turn.require(needed, label(before or after or Concept("")))
    return replace(draft, after=after)


def _takes_back_own(turn: Turn, draft: Draft) -> bool:
    """Whether it undoes what the same person did, and what was a suggestion only."""
    if draft.undoes is None or not draft.exact or Deed.DECIDE in MAY[turn.role]:
        return False  # whoever may decide needs no such leave
    undone = reading.event(turn.connection, draft.undoes)
    return undone.user == turn.user and deeds(undone.before, undone.after) <= {Deed.SUGGEST}


def _write_event(turn: Turn, action: str, reason: str, draft: Draft, versions: dict[str, int]) -> tuple[Draft, int]:
    """The event of a draft, whose concept and terms get the ids and the version that they lack."""
    identifier = _id_of(draft)
    if not identifier:
        identifier, turn.next_concept = f"c{turn.next_concept}", turn.next_concept + 1
    version = versions.get(identifier, 0) + 1
    after = draft.after
    if after is not None:
        new = []
        for term in after.terms:
            if not term.id:
                term = replace(term, id=f"t{turn.next_term}")
                turn.next_term += 1
            new.append(term)
        after = replace(after, id=identifier, version=version, terms=tuple(new))
    number = turn.record(
        action,
        reason,
        concept=reading.number_of(identifier),
        version=version,
        before=dumped(concept_data(draft.before)) if draft.before else None,
        after=dumped(concept_data(after)) if after else None,
        undoes=draft.undoes,
    )
    return replace(draft, after=after), number


def _event(turn: Turn, action: str, reason: str, draft: Draft, number: int) -> Event:
    version = draft.after.version if draft.after else draft.before.version + 1 if draft.before else 0
    identifier = (draft.after or draft.before or Concept("")).id
    return Event(
        number,
        turn.time,
        turn.user,
        turn.role,
        action,
        identifier,
        version,
        draft.before,
        draft.after,
        reason,
        turn.batch,
        draft.undoes,
    )


def _replace(connection: sa.Connection, drafts: Sequence[Draft]) -> None:
    gone = [reading.number_of(draft.before.id) for draft in drafts if draft.before]
    for start in range(0, len(gone), _AT_ONCE):
        some = gone[start : start + _AT_ONCE]
        connection.execute(sa.delete(concepts).where(concepts.c.id.in_(some)))
    _write(connection, [draft.after for draft in drafts if draft.after])


def _write(connection: sa.Connection, found: Sequence[Concept]) -> None:
    _insert(connection, concepts, (_concept_row(concept) for concept in found))
    _insert(connection, statuses, (row for concept in found for row in _status_rows(concept)))
    _insert(connection, terms, (row for concept in found for row in _term_rows(concept)))


def _concept_row(concept: Concept) -> dict[str, Any]:
    return {
        "id": reading.number_of(concept.id),
        "version": concept.version,
        "body": dumped(concept_data(concept)),
        "subject_key": folded(concept.subject),
    }


def _status_rows(concept: Concept) -> list[dict[str, Any]]:
    number = reading.number_of(concept.id)
    return [{"concept": number, "language": k, "status": str(status)} for k, status in concept.workflow.items()]


def _term_rows(concept: Concept) -> list[dict[str, Any]]:
    rows = []
    for position, term in enumerate(concept.terms):
        compared = keys(term.text)
        rows.append(
            {
                "concept": reading.number_of(concept.id),
                "position": position,
                "id": term.id,
                "language": term.language,
                "family": family(term.language),
                "usage": str(term.usage),
                "text": term.text,
                "beginning": compared.folded[:BEGINNING],
                **compared._asdict(),
            }
        )
    return rows


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    waiting = iter(rows)
    while some := list(islice(waiting, _AT_ONCE)):
        connection.execute(sa.insert(table), some)
