"""Alignments that people are correcting, kept in the database until they are accepted: no reload loses anything.

Two who work on one draft do not lock each other out: whoever saves second is told that the draft has changed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from align.document import Language
from align.editing_session import Session, edit_data, edit_from
from align.errors import InputError
from search import writing
from search.corpus import Corpus
from search.database import Database
from search.draft_data import Base, dumped, loaded
from search.errors import DocumentChangedError, NotInCorpusError, StaleDraftError
from search.matching import find_stored
from search.records import Added
from search.rows import record_from
from search.schema import documents, drafts, pairs
from search.submission import Submission
from search.versions import CHECKED, carry_over

if TYPE_CHECKING:
    from search.adding import AlignedFiles

KEPT = timedelta(days=30)  # that a dropped draft can be brought back
_LARGEST = 2**63 - 1  # number that databases know; those of addresses may be larger


@dataclass(frozen=True, slots=True)
class Listed:
    """A draft in a list: whose it is, what it is called, how far it is. Times are ISO 8601, UTC."""

    id: int
    user: str
    editor: str
    label: str
    document: int | None
    rows: int
    doubtful: int
    edits: int
    changed: str


@dataclass(frozen=True)
class Draft:
    """A draft as it was read, or as it was last saved. ``document`` is the stored document that it is a version of."""

    id: int
    user: str
    editor: str
    version: int
    base: Base
    session: Session
    document: int | None
    expected: str
    changed: str


@dataclass(frozen=True)
class Drafts:
    """The drafts in an open database, and who works on them. Roles are checked by ``glossary.desk``.

    Every method raises CorpusError where the database fails, NotInCorpusError where a draft is gone.
    """

    database: Database
    user: str

    def begin(self, files: AlignedFiles) -> Draft:
        """A draft of two files. What people have checked in an earlier version of the document is carried over."""
        base = Base(files.table, files.zh, files.en, files.name, files.source_hash, files.notes)
        with self.database.writing() as connection:
            writing.Turn.take(connection)
            found = find_stored(connection, _submission(base))
            if found is not None:
                rows = connection.execute(_pairs_of(found.id).where(pairs.c.status == CHECKED)).all()
                carried = carry_over([record_from(row) for row in rows], files.table.records, files.table.level)
                base = replace(base, table=replace(files.table, records=carried.records))
            number = _insert(connection, self.user, base, found.id if found else None)
        return self.open(number)

    def reopen(self, document: int) -> Draft:
        """A stored document to correct: the user's draft of it, if there is one of its pairs as they are now.

        Raises NotInCorpusError.
        """
        if document > _LARGEST:
            raise NotInCorpusError(f"there is no document #{document} in the corpus; “duizhao corpus list” shows all.")
        corpus = Corpus(self.database)
        table = corpus.table(document)
        zh, en = corpus.document(document, "zh"), corpus.document(document, "en")
        name = corpus.find(f"#{document}").name
        with self.database.writing() as connection:
            writing.Turn.take(connection)
            query = sa.select(drafts.c.id).where(
                drafts.c.document == document,
                drafts.c.user == self.user,
                drafts.c.dropped == "",
                drafts.c.expected == _fingerprint(connection, document),
            )
            number = connection.execute(query.order_by(drafts.c.id.desc())).scalar()
            if number is None:
                number = _insert(connection, self.user, Base(table, zh, en, name, stored=True), document)
        return self.open(number)

    def open(self, number: int) -> Draft:
        """A draft, anybody's; raises NotInCorpusError where it was accepted or dropped."""
        if number > _LARGEST:
            raise _no_draft(number)
        with self.database.reading() as connection:
            row = connection.execute(sa.select(drafts).where(drafts.c.id == number, drafts.c.dropped == "")).first()
        if row is None:
            raise _no_draft(number)
        base = loaded(row.base, f"draft {number}")
        edits = [edit_from(data) for data in json.loads(row.edits)]
        session = Session.of(base.table, base.zh, base.en, edits, row.position)
        return Draft(row.id, row.user, row.editor, row.version, base, session, row.document, row.expected, row.changed)

    def row_of(self, draft: Draft, pair: int) -> int | None:
        """The row that holds a text of a stored pair, as it is in the draft now; None where there is none."""
        found = Corpus(self.database).pairs_among([pair] if pair <= _LARGEST else [])
        if not found or found[0].document != draft.document:
            return None
        record = found[0].record
        language: Language = "en" if record.en else "zh"
        wanted = record.en if record.en else record.zh
        places = (
            k for k, row in enumerate(draft.session.rows) for unit in row.side(language) if wanted[0] in unit.numbers
        )
        return next(places, None)

    def save(self, draft: Draft, session: Session) -> Draft:
        """Keep what was done; the draft as it is now. Raises StaleDraftError where someone was faster."""
        now = _now()
        values = {
            "edits": json.dumps([edit_data(edit) for edit in session.edits]),
            "position": session.position,
            "rows": len(session.table.records),
            "doubtful": len(session.table.doubtful),
            "editor": self.user,
            "version": draft.version + 1,
            "changed": now,
        }
        with self.database.writing() as connection:
            self._update(connection, draft, values)
        return replace(draft, session=session, editor=self.user, version=draft.version + 1, changed=now)

    def list(self) -> tuple[Listed, ...]:
        """The user's drafts, the newest first."""
        wanted = (drafts.c[name] for name in ("id", "user", "editor", "label", "document", "rows", "doubtful"))
        query = sa.select(*wanted, drafts.c.position.label("edits"), drafts.c.changed).where(drafts.c.dropped == "")
        query = query.where(drafts.c.user == self.user).order_by(drafts.c.changed.desc(), drafts.c.id.desc())
        with self.database.reading() as connection:
            return tuple(Listed(**row._mapping) for row in connection.execute(query))

    def drop(self, number: int) -> None:
        """Set a draft aside; it can be brought back for some weeks."""
        self._mark(number, "", _now())

    def restore(self, number: int) -> None:
        """Bring back a draft that was dropped."""
        self._mark(number, None, "")

    def accept(self, draft: Draft, over: bool = False) -> Added:
        """Put the draft into the corpus as it is drawn, in one transaction, and drop it.

        Raises StaleDraftError where the draft has changed since, DocumentChangedError where (unless ``over``) the
        document in the corpus has, InputError where nothing would be left.
        """
        table = draft.session.table
        if not table.records:
            raise InputError("every row is set aside; bring one back before you accept the document.")
        submission = _submission(replace(draft.base, table=table))
        with self.database.writing() as connection:
            writing.Turn.take(connection)
            self._update(connection, draft, {"dropped": _now(), "editor": self.user})
            there = draft.document
            if there is None or not _fingerprint(connection, there):
                found = find_stored(connection, submission)
                there = found.id if found else None
            now = _fingerprint(connection, there) if there is not None else ""
            if now != draft.expected and not over:
                raise DocumentChangedError(
                    f"{draft.base.label} has changed in the corpus since this draft was begun; look at it there, or "
                    "put the draft in its place all the same."
                )
            if draft.base.stored and there is not None and there == draft.document:
                return writing.redraw(connection, there, table.records)
            return writing.store_all(connection, [submission])[0]

    def _mark(self, number: int, before: str | None, after: str) -> None:
        change = sa.update(drafts).where(drafts.c.id == number).values(dropped=after)
        if before is not None:
            change = change.where(drafts.c.dropped == before)
        with self.database.writing() as connection:
            if not connection.execute(change).rowcount:
                raise _no_draft(number)

    def _update(self, connection: sa.Connection, draft: Draft, values: dict[str, Any]) -> None:
        """Change the draft's row if it is as it was read."""
        same = sa.and_(drafts.c.id == draft.id, drafts.c.version == draft.version, drafts.c.dropped == "")
        if connection.execute(sa.update(drafts).where(same).values(values)).rowcount:
            return
        row = connection.execute(sa.select(drafts).where(drafts.c.id == draft.id)).first()
        if row is None or row.dropped:
            raise StaleDraftError(f"the draft of {draft.base.label} was accepted or discarded elsewhere meanwhile.")
        who = "you have" if row.editor == self.user else f"{row.editor} has"
        raise StaleDraftError(
            f"{who} changed this draft in another window; it is shown as it is now, without your last change."
        )


def _no_draft(number: int) -> NotInCorpusError:
    return NotInCorpusError(f"there is no draft {number}: it was accepted or discarded, or never begun.")


def _submission(base: Base) -> Submission:
    return Submission(base.table, base.name, base.zh, base.en, base.source_hash, as_drawn=True)


def _insert(connection: sa.Connection, user: str, base: Base, document: int | None) -> int:
    """Write a new draft; its number. Those dropped long ago go."""
    old = (datetime.now(UTC) - KEPT).isoformat(timespec="seconds")
    connection.execute(sa.delete(drafts).where(drafts.c.dropped != "", drafts.c.dropped < old))
    number = int(connection.execute(sa.select(sa.func.max(drafts.c.id))).scalar() or 0) + 1
    now = _now()
    values = {
        "id": number,
        "user": user,
        "editor": user,
        "label": base.label,
        "base": dumped(base),
        "document": document,
        "expected": _fingerprint(connection, document) if document is not None else "",
        "edits": "[]",
        "position": 0,
        "version": 1,
        "rows": len(base.table.records),
        "doubtful": len(base.table.doubtful),
        "created": now,
        "changed": now,
        "dropped": "",
    }
    connection.execute(sa.insert(drafts).values(values))
    return number


def _pairs_of(document: int) -> sa.Select[Any]:
    return sa.select(pairs).where(pairs.c.document == document).order_by(pairs.c.position)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _fingerprint(connection: sa.Connection, document: int) -> str:
    """Of all that may change in a stored document; "" where it is gone."""
    there = connection.execute(sa.select(documents.c.id).where(documents.c.id == document)).first()
    if there is None:
        return ""
    columns = (pairs.c.id, pairs.c.status, pairs.c.kind, pairs.c.zh_units, pairs.c.en_units)
    rows = connection.execute(sa.select(*columns).where(pairs.c.document == document).order_by(pairs.c.position)).all()
    return sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()
