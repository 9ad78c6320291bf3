"""What people have looked at and set aside: findings of a check, conflicts, alerts. Each with a reason, and for good.

Nothing is ever altered: to dismiss and to recall is to write a row, and the newest one of a key holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import sqlalchemy as sa

from glossary.errors import GlossaryError, NotInGlossaryError
from glossary.people import current_user
from glossary.rules import Deed
from glossary.schema import dismissals
from glossary.storing import Turn
from search.database import Database

CHECK = "check"  # a finding of a check of a translation: anyone who may suggest may set it aside
CONFLICT = "conflict"  # these two are the terminologist's
DRIFT = "drift"
_NEEDED: Mapping[str, Deed] = {CHECK: Deed.SUGGEST}
_AT_ONCE = 400
_KEY = 64  # characters


@dataclass(frozen=True, slots=True)
class Dismissal:
    """The newest word on something: whether it is dismissed, by whom, when (ISO 8601, UTC) and why."""

    key: str
    kind: str
    about: str
    dismissed: bool
    reason: str
    user: str
    time: str


@dataclass(frozen=True)
class Dismissals:
    """What was set aside in an open database, and who asks; a context manager.

    ``key`` is a hash of what is meant, of up to 64 characters; ``kind`` is CHECK, CONFLICT or DRIFT. Raises
    NotAllowedError where the role does not allow it, and CorpusError where the database fails: one sentence.
    """

    database: Database
    user: str

    @classmethod
    def open(
        cls, where: str | Path | None = None, user: str = "", read_only: bool = False, create: bool = True
    ) -> Dismissals:
        """Open them in a file, at a ``postgresql://`` URL, or in the default place, as ``Glossary.open`` does."""
        name = "" if read_only and not user else current_user(user)
        return cls(Database.open(where, read_only, create), name)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def of(self, keys: Iterable[str]) -> dict[str, Dismissal]:
        """The newest word on each of these; only on those that anyone has said something about."""
        with self.database.reading() as connection:
            return _newest(connection, list(dict.fromkeys(keys)))

    def all(self, kind: str = "") -> tuple[Dismissal, ...]:
        """What is dismissed now, of one kind or all, the newest first."""
        latest = sa.select(sa.func.max(dismissals.c.id)).group_by(dismissals.c.key)
        query = sa.select(dismissals).where(dismissals.c.id.in_(latest), dismissals.c.dismissed.is_(True))
        query = query.where(dismissals.c.kind == kind) if kind else query
        with self.database.reading() as connection:
            rows = connection.execute(query.order_by(dismissals.c.id.desc()))
            return tuple(_dismissal(row) for row in rows)

    def dismiss(
        self, keys: Collection[str], kind: str, about: str | Mapping[str, str], reason: str
    ) -> tuple[Dismissal, ...]:
        """Set these aside, all or none. ``about`` says in a line what it is: of all, or of each by its key.

        Raises GlossaryError without a reason. What is dismissed already gets the new reason.
        """
        why = reason.strip()
        if not why:
            raise GlossaryError("dismissing needs a reason, for those who come after; give one with --reason “…”.")
        lines = {key: " ".join((about if isinstance(about, str) else about.get(key, "")).split()) for key in keys}
        for key in lines:
            if not 0 < len(key) <= _KEY:
                raise GlossaryError(f"“{key[:_KEY]}” is no key of anything that could be dismissed; copy it as shown.")
        with self.database.writing() as connection:
            turn = Turn.take(connection, self.user)
            turn.require([_NEEDED.get(kind, Deed.DECIDE)], f"dismiss a finding of the kind “{kind}”")
            return _append(turn, [Dismissal(key, kind, line, True, why, "", "") for key, line in lines.items()])

    def recall(self, keys: Collection[str], reason: str = "") -> tuple[Dismissal, ...]:
        """Bring these back, all or none. Raises NotInGlossaryError where one of them is not dismissed."""
        with self.database.writing() as connection:
            turn = Turn.take(connection, self.user)
            now = _newest(connection, list(dict.fromkeys(keys)))
            for key in keys:
                if key not in now or not now[key].dismissed:
                    raise NotInGlossaryError(f"nothing with the key “{key[:_KEY]}” is dismissed.")
            turn.require({_NEEDED.get(one.kind, Deed.DECIDE) for one in now.values()}, "bring back what was dismissed")
            return _append(
                turn, [Dismissal(k, one.kind, one.about, False, reason.strip(), "", "") for k, one in now.items()]
            )


def _append(turn: Turn, rows: list[Dismissal]) -> tuple[Dismissal, ...]:
    last = turn.connection.execute(sa.select(sa.func.max(dismissals.c.id))).scalar() or 0
    done = [Dismissal(r.key, r.kind, r.about, r.dismissed, r.reason, turn.user, turn.time) for r in rows]
    for start in range(0, len(done), _AT_ONCE):
        values = [
            {"id": last + 1 + start + k, **{name: getattr(one, name) for name in Dismissal.__slots__}}
            for k, one in enumerate(done[start : start + _AT_ONCE])
        ]
        turn.connection.execute(sa.insert(dismissals), values)
    turn.end()
    return tuple(done)


def _newest(connection: sa.Connection, keys: list[str]) -> dict[str, Dismissal]:
    found: dict[str, Dismissal] = {}
    for some in _chunks(keys):
        query = sa.select(dismissals).where(dismissals.c.key.in_(some)).order_by(dismissals.c.id)
        found |= {row.key: _dismissal(row) for row in connection.execute(query)}
    return {key: found[key] for key in keys if key in found}


def _chunks(keys: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


def _dismissal(row: Any) -> Dismissal:
    return Dismissal(row.key, row.kind, row.about, row.dismissed, row.reason, row.user, row.time)
