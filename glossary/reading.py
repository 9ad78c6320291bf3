"""Questions to the tables, each in the transaction that it is given."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from glossary.concepts import Concept, Usage, Workflow
from glossary.duplicates import BEGINNING, Keys, Known, family
from glossary.encoding import concept_from
from glossary.errors import NotInGlossaryError
from glossary.log import Event, event_from
from glossary.people import all_roles
from glossary.rules import LONGEST, Role
from glossary.schema import concepts, events, people, statuses, terms
from search.folding import folded

_AT_ONCE = 400
_HIGHEST = 2**31  # no event or version has a number as high, and databases do not take numbers of any size


@dataclass(frozen=True, slots=True)
class Query:
    """Which concepts are meant; what is empty or None asks for nothing.

    ``text`` is part of a term, folded; ``language`` asks for terms in it, and says in which language ``status``,
    ``usage`` and ``text`` shall hold. ``subject`` is all of it, folded.
    """

    text: str = ""
    language: str = ""
    status: Workflow | None = None
    usage: Usage | None = None
    subject: str = ""
    limit: int = 0


def select(query: Query) -> sa.Select[Any]:
    """The rows of the concepts that are meant: in their order; those that hold a text, the closest first."""
    chosen = sa.select(concepts)
    if query.subject:
        chosen = chosen.where(concepts.c.subject_key == folded(query.subject))
    if query.status:
        found = sa.select(statuses.c.concept).where(statuses.c.status == str(query.status))
        found = found.where(statuses.c.language == query.language) if query.language else found
        chosen = chosen.where(concepts.c.id.in_(found))
    wanted = [terms.c.concept == concepts.c.id]
    wanted += [terms.c.language == query.language] if query.language else []
    wanted += [terms.c.usage == str(query.usage)] if query.usage is not None else []
    if query.text:
        plain = folded(query.text)
        wanted.append(terms.c.folded.contains(plain[:LONGEST], autoescape=True))
        best = (
            sa.select(sa.func.min(sa.func.length(terms.c.folded))).where(*wanted).correlate(concepts).scalar_subquery()
        )
        chosen = chosen.order_by(best)
    if len(wanted) > 1:
        chosen = chosen.where(sa.exists().where(*wanted).correlate(concepts))
    chosen = chosen.order_by(concepts.c.id)
    return chosen.limit(query.limit) if query.limit else chosen


def stream(connection: sa.Connection, query: Query) -> Iterator[Concept]:
    """The concepts that are meant, one after the other."""
    for row in connection.execute(select(query).execution_options(yield_per=_AT_ONCE)):
        yield _concept(row)


def count(connection: sa.Connection, query: Query) -> int:
    """How many concepts are meant."""
    inner = select(query).order_by(None).subquery()
    return int(connection.execute(sa.select(sa.func.count()).select_from(inner)).scalar_one())


def by_ids(connection: sa.Connection, identifiers: Sequence[str]) -> dict[str, Concept]:
    """Those of these concepts that are there."""
    found: dict[str, Concept] = {}
    for some in _chunks([number_of(k) for k in identifiers]):
        rows = connection.execute(sa.select(concepts).where(concepts.c.id.in_(some)))
        found |= {f"c{row.id}": _concept(row) for row in rows}
    return found


def last_versions(connection: sa.Connection, identifiers: Sequence[str]) -> dict[str, int]:
    """The last version of each of these concepts, of those that are gone too."""
    found: dict[str, int] = {}
    for some in _chunks([number_of(k) for k in identifiers]):
        query = sa.select(events.c.concept, sa.func.max(events.c.version)).where(events.c.concept.in_(some))
        found |= {f"c{k}": last for k, last in connection.execute(query.group_by(events.c.concept))}
    return found


def find(connection: sa.Connection, which: str) -> Concept:
    """The concept with this id, or with a term of exactly these words, folded; raises NotInGlossaryError."""
    number = number_of(which)
    row = connection.execute(sa.select(concepts).where(concepts.c.id == number)).first() if number else None
    if row is not None:
        return _concept(row)
    plain = folded(which)
    same = sa.select(terms.c.concept).where(terms.c.beginning == plain[:BEGINNING], terms.c.folded == plain)
    found = connection.execute(same.distinct().order_by(terms.c.concept)).scalars().all() if plain else []
    if len(found) == 1:
        return _concept(connection.execute(sa.select(concepts).where(concepts.c.id == found[0])).one())
    if found:
        several = ", ".join(f"c{k}" for k in found[:10])
        raise NotInGlossaryError(f"“{which}” is a term of {len(found)} concepts ({several}); name one by its id.")
    raise NotInGlossaryError(
        _gone(connection, number) or f"there is no concept or term “{which[:80]}” in the glossary."
    )


def _gone(connection: sa.Connection, number: int) -> str:
    """What became of a concept that is no longer there."""
    last = last_change(connection, number) if number else None
    if last is None:
        return ""
    kept = sa.select(events.c.concept).where(events.c.batch == last.batch, events.c.after.is_not(None))
    into = connection.execute(kept.order_by(events.c.id)).scalar() if last.action == "merge" else None
    what = f"was merged into c{into}" if into else "was taken back"
    return f"c{number} {what} by {last.user} on {last.time[:10]}; “duizhao glossary undo {last.id}” brings it back."


def last_change(connection: sa.Connection, number: int) -> Event | None:
    """The event that made a concept what it is."""
    query = sa.select(events).where(events.c.concept == number, events.c.version.is_not(None))
    row = connection.execute(query.order_by(events.c.version.desc()).limit(1)).first()
    return event_from(row) if row else None


def event(connection: sa.Connection, number: int) -> Event:
    """One event; raises NotInGlossaryError."""
    query = sa.select(events).where(events.c.id == number)
    row = connection.execute(query).first() if 0 < number < _HIGHEST else None
    if row is None:
        raise NotInGlossaryError(f"there is no event {number} in the log; “duizhao glossary history” lists them.")
    return event_from(row)


def history(
    connection: sa.Connection, number: int | None = None, batch: int | None = None, since: int = 0
) -> Iterator[Event]:
    """Events in their order: of one concept, of one batch, after one event, or all."""
    query = sa.select(events).where(events.c.id > since).order_by(events.c.id)
    query = query.where(events.c.concept == number) if number is not None else query
    query = query.where(events.c.batch == batch) if batch is not None else query
    for row in connection.execute(query.execution_options(yield_per=_AT_ONCE)):
        yield event_from(row)


def latest(connection: sa.Connection, limit: int) -> tuple[Event, ...]:
    """The last events, in their order."""
    rows = connection.execute(sa.select(events).order_by(events.c.id.desc()).limit(limit)).all()
    return tuple(event_from(row) for row in reversed(rows))


def version(connection: sa.Connection, identifier: str, number: int) -> Concept:
    """A concept as it was in a version; raises NotInGlossaryError."""
    query = sa.select(events).where(events.c.concept == number_of(identifier), events.c.version == number)
    row = connection.execute(query).first() if 0 < number < _HIGHEST else None
    found = event_from(row).after if row else None
    if found is None:
        raise NotInGlossaryError(
            f"{identifier} has no version {number}; “duizhao glossary history {identifier}” lists them."
        )
    return found


def undone_by(connection: sa.Connection, number: int) -> int | None:
    """The event that took this one back and still holds."""
    query = sa.select(events.c.id).where(events.c.undoes == number).order_by(events.c.id.desc()).limit(1)
    taker = connection.execute(query).scalar()
    return taker if taker is not None and undone_by(connection, taker) is None else None


def ever_undone(connection: sa.Connection, first: int, last: int) -> set[int]:
    """Those of these events that were taken back at some time, whether that holds still or not."""
    query = sa.select(events.c.undoes).where(events.c.undoes.between(first, last))
    return set(connection.execute(query).scalars())


def last_batch_of(connection: sa.Connection, user: str) -> int | None:
    """The last change of a person that holds still."""
    query = sa.select(sa.func.min(events.c.id), events.c.batch).where(
        events.c.user == user, events.c.version.is_not(None), events.c.undoes.is_(None)
    )
    for first, batch in connection.execute(query.group_by(events.c.batch).order_by(events.c.batch.desc())):
        if undone_by(connection, first) is None:
            return int(batch)
    return None


def roles(connection: sa.Connection) -> dict[str, Role]:
    """Who has been given which role in this database."""
    rows = connection.execute(sa.select(people).order_by(people.c.user))
    return {row.user: Role(row.role) for row in rows}


def role_of(connection: sa.Connection, user: str) -> Role:
    """The role of a person, the settings' above the database's: everyone's own glossary until roles are given."""
    return all_roles(roles(connection)).of(user)


def known(connection: sa.Connection, language: str, besides: str = "") -> list[Known]:
    """The terms of a language, in any script of it, but for those of one concept."""
    query = sa.select(terms).where(terms.c.family == family(language), terms.c.concept != number_of(besides))
    rows = connection.execute(query.order_by(terms.c.concept, terms.c.position))
    return [
        Known(f"c{row.concept}", row.id, row.language, row.text, Keys(row.folded, row.tight, row.words)) for row in rows
    ]


def _concept(row: Any) -> Concept:
    return concept_from(json.loads(row.body), row.version)


def number_of(identifier: str) -> int:
    """The number of a concept by its id, which is “c” and that number; 0 where it is no id."""
    number = identifier.strip()[1:] if identifier.strip()[:1] in ("c", "C") else ""
    return int(number) if number.isascii() and number.isdecimal() and len(number) <= 15 else 0


def _chunks(numbers: Iterable[int]) -> Iterator[list[int]]:
    waiting = list(numbers)
    for start in range(0, len(waiting), _AT_ONCE):
        yield waiting[start : start + _AT_ONCE]
