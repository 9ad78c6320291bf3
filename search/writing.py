"""Changes to the tables. Each function works in the transaction that it is given, which is committed whole."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa

from align.table import BeadRecord, Provenance
from search import phrase_index
from search.errors import NotInCorpusError
from search.folding import folded
from search.matching import Stored, absorbed, find_stored
from search.records import Added, Change
from search.rows import folded_pair, pair_row, paragraph_rows, provenance_from, record_from, year_of
from search.schema import documents, folds, pairs, paragraphs, state
from search.submission import Properties, Submission
from search.symbols import document_type, normal_symbol
from search.versions import CHECKED, carry_over

_AT_ONCE = 2000  # rows written at a time


@dataclass
class Turn:
    """The one row of the state while this writer has its turn."""

    state: int
    next_document: int
    next_pair: int

    @classmethod
    def take(cls, connection: sa.Connection) -> Turn:
        """Wait for the other writers; what is read after this is what they left."""
        row = connection.execute(sa.select(state).with_for_update()).one()
        return cls(row.state + 1, row.next_document, row.next_pair)

    def end(self, connection: sa.Connection) -> None:
        """Make the change known: the corpus is in a new state."""
        connection.execute(
            sa.update(state).values(state=self.state, next_document=self.next_document, next_pair=self.next_pair)
        )


def store_all(connection: sa.Connection, submissions: Sequence[Submission]) -> list[Added]:
    """Store documents, remove what an earlier version of their file had and they have not, and index what is new."""
    first = Turn.take(connection).next_pair
    earlier = _earlier_files(connection, submissions)
    added = [_store(connection, submission) for submission in submissions]
    _remove_left_over(connection, earlier, {result.document for result in added})
    phrase_index.fill(connection, first)
    return added


def _store(connection: sa.Connection, submission: Submission) -> Added:
    """Add a document, replace its earlier version, or find that there is nothing new in it.

    Its new pairs are not in the index of phrases yet: FTS5 writes what it has collected whenever another table is
    written, and so wants them all at once.
    """
    turn = Turn.take(connection)
    stored = find_stored(connection, submission)
    content = submission.content_hash
    if stored is not None and not submission.as_drawn and stored.holds(submission, content):
        if submission.source_hash and set(submission.languages) == set(stored.row.languages.split()):
            connection.execute(
                sa.update(documents).where(documents.c.id == stored.id).values(source_hash=submission.source_hash)
            )
        count = connection.execute(sa.select(sa.func.count()).where(pairs.c.document == stored.id)).scalar_one()
        return Added("unchanged", stored.id, stored.row.symbol or stored.row.name, count)
    for other in absorbed(connection, submission, stored):
        _delete(connection, other)
    values = _document_values(submission, content, turn, stored.row if stored else None)
    identifier = _write_document(connection, submission, values, turn, stored)
    added = _store_pairs(connection, identifier, submission, turn)
    turn.end(connection)
    change: Change = "added"
    if stored is not None:
        change = "paired" if len(stored.row.languages.split()) < len(submission.languages) else "replaced"
    return replace(added, change=change, label=values["symbol"] or values["name"])


def _write_document(
    connection: sa.Connection, submission: Submission, values: dict[str, Any], turn: Turn, stored: Stored | None
) -> int:
    """Write the document's row and its paragraphs; returns its number."""
    if stored is None:
        identifier, turn.next_document = turn.next_document, turn.next_document + 1
        identity = _free_identity(connection, submission, values["content_hash"])
        values |= {"id": identifier, "identity": identity, "added": values["changed"]}
        connection.execute(sa.insert(documents).values(values))
    else:
        identifier = stored.id
        if values["symbol"] and submission.origin == "documents":
            values["identity"] = _identity(submission, values["symbol"])
        connection.execute(sa.update(documents).where(documents.c.id == identifier).values(values))
        connection.execute(sa.delete(paragraphs).where(paragraphs.c.document == identifier))
    for document in (submission.zh, submission.en):
        if document is not None:
            _insert(connection, paragraphs, paragraph_rows(identifier, document))
    return identifier


def _earlier_files(connection: sa.Connection, submissions: Sequence[Submission]) -> set[str]:
    """The hashes of the files of pairs that these submissions are new versions of."""
    found = (find_stored(connection, submission) for submission in submissions if submission.origin == "pairs")
    return {stored.row.source_hash for stored in found if stored is not None} - {""}


def _remove_left_over(connection: sa.Connection, files: set[str], present: set[int]) -> None:
    """Remove what an earlier version of a file of pairs had and the new one has not."""
    query = sa.select(documents.c.id).where(documents.c.origin == "pairs", documents.c.source_hash.in_(files))
    gone = set(connection.execute(query).scalars()) - present if files else set()
    if gone:
        turn = Turn.take(connection)
        for identifier in gone:
            _delete(connection, identifier)
        turn.end(connection)


def remove(connection: sa.Connection, identifier: int) -> None:
    """Remove a document with all that belongs to it."""
    turn = Turn.take(connection)
    if not _delete(connection, identifier):
        raise NotInCorpusError(f"there is no document #{identifier} in the corpus; “duizhao corpus list” shows all.")
    turn.end(connection)


def rebuild_index(connection: sa.Connection) -> None:
    """Make the index of phrases anew; the corpus stays in its state, since nothing that it says has changed."""
    Turn.take(connection)
    phrase_index.clear(connection)
    phrase_index.fill(connection)


def set_status(connection: sa.Connection, ids: Sequence[int], status: str) -> None:
    """Say of pairs whether a person has checked them."""
    turn = Turn.take(connection)
    for number in ids:
        done = connection.execute(sa.update(pairs).where(pairs.c.id == number).values(status=status))
        if not done.rowcount:
            raise NotInCorpusError(f"there is no pair {number} in the corpus; its document may have changed.")
    turn.end(connection)


def _identity(submission: Submission, symbol: str) -> str:
    """What tells this document from all others: its symbol, or its name; files of pairs are apart from documents."""
    own = f"symbol {normal_symbol(symbol)}" if symbol else f"name {submission.name}"
    return own if submission.origin == "documents" else f"pairs {submission.name} {own}"


def _free_identity(connection: sa.Connection, submission: Submission, content: str) -> str:
    identity = _identity(submission, submission.table.provenance.symbol)
    taken = connection.execute(sa.select(documents.c.id).where(documents.c.identity == identity)).first()
    return identity if taken is None else f"{identity} {content[:16]}"


def _document_values(submission: Submission, content: str, turn: Turn, old: Any) -> dict[str, Any]:
    """The columns of ``documents``; what the new version does not know is kept from the old one."""
    provenance = submission.table.provenance
    if old is not None:
        provenance = _filled(provenance, provenance_from(old))
    texts = {name: getattr(provenance, name) for name in (field.name for field in fields(Provenance))}
    return {
        **texts,
        "symbol_key": normal_symbol(provenance.symbol),
        "name": submission.name,
        "origin": submission.origin,
        "type": document_type(provenance.symbol, (provenance.title_en, provenance.title_zh)),
        "year": year_of(provenance.date),
        "body_key": folded(provenance.body),
        "languages": " ".join(submission.languages),
        "zh_parts": json.dumps(submission.zh.parts if submission.zh else (), ensure_ascii=False),
        "en_parts": json.dumps(submission.en.parts if submission.en else (), ensure_ascii=False),
        "level": submission.table.level,
        "signature": submission.table.signature,
        "zh_hash": submission.text_hash("zh"),
        "en_hash": submission.text_hash("en"),
        "content_hash": content,
        "source_hash": submission.source_hash,
        "changed": datetime.now(UTC).isoformat(timespec="seconds"),
        "state": turn.state,
    }


def _filled(new: Provenance, old: Provenance) -> Provenance:
    return Provenance(**{f.name: getattr(new, f.name) or getattr(old, f.name) for f in fields(Provenance)})


def _store_pairs(connection: sa.Connection, identifier: int, submission: Submission, turn: Turn) -> Added:
    """Write the beads; those whose two texts were there keep their ids, and what was checked stays so."""
    query = sa.select(pairs).where(pairs.c.document == identifier).order_by(pairs.c.position)
    old = connection.execute(query).all()
    checked = [] if submission.as_drawn else [record_from(row) for row in old if row.status == CHECKED]
    carried = carry_over(checked, submission.table.records, submission.table.level)
    _write_pairs(connection, identifier, old, carried.records, _properties_of(submission), turn)
    return Added("added", identifier, "", len(carried.records), carried.kept, carried.lost)


def redraw(connection: sa.Connection, identifier: int, records: Sequence[BeadRecord]) -> Added:
    """Put the beads that a person has drawn in the place of a stored document's; what it was read from stays.

    Raises NotInCorpusError.
    """
    turn = Turn.take(connection)
    row = connection.execute(sa.select(documents).where(documents.c.id == identifier)).first()
    if row is None:
        raise NotInCorpusError(f"document #{identifier} is no longer in the corpus; add its files again.")
    first = turn.next_pair
    old = connection.execute(sa.select(pairs).where(pairs.c.document == identifier).order_by(pairs.c.position)).all()
    known: dict[tuple[str, str], deque[str]] = defaultdict(deque)
    for pair in old:
        known[pair.zh, pair.en].append(pair.properties)

    def properties(record: BeadRecord) -> str:
        waiting = known.get((record.zh_text, record.en_text))
        return waiting.popleft() if waiting else ""

    _write_pairs(connection, identifier, old, records, properties, turn)
    now = {"changed": datetime.now(UTC).isoformat(timespec="seconds"), "state": turn.state}
    connection.execute(sa.update(documents).where(documents.c.id == identifier).values(now))
    turn.end(connection)
    phrase_index.fill(connection, first)
    return Added("replaced", identifier, row.symbol or row.name, len(records))


def _write_pairs(
    connection: sa.Connection,
    identifier: int,
    old: Sequence[Any],
    records: Sequence[BeadRecord],
    properties: Callable[[BeadRecord], str],
    turn: Turn,
) -> None:
    """Write the beads of a document in the place of those of ``old``; the same two texts keep their id."""
    ids: dict[tuple[str, str], deque[Any]] = defaultdict(deque)
    for row in old:
        ids[row.zh, row.en].append(row)
    new: list[_Place] = []
    kept: list[_Place] = []
    for position, record in enumerate(records):
        same = ids.get((record.zh_text, record.en_text))
        if same:
            before = same.popleft()
            kept.append(_Place(before.id, position, before.state, record))
        else:
            new.append(_Place(turn.next_pair, position, turn.state, record))
            turn.next_pair += 1
    gone = [row.id for left in ids.values() for row in left]
    for start in range(0, len(gone), _AT_ONCE):
        some = gone[start : start + _AT_ONCE]
        phrase_index.delete(connection, folds.c.pair.in_(some))
        connection.execute(sa.delete(pairs).where(pairs.c.id.in_(some)))
    _update(connection, (place.row(identifier, properties) for place in kept))
    _insert(connection, pairs, (place.row(identifier, properties) for place in new))
    rows = (folded_pair(place.id, place.record.zh_text, place.record.en_text) for place in new)
    _insert(connection, folds, (row._asdict() for row in rows))


class _Place(NamedTuple):
    """A bead where it is stored; a row is made of it only when it is written, since there may be a million."""

    id: int
    position: int
    state: int
    record: BeadRecord

    def row(self, document: int, properties: Callable[[BeadRecord], str]) -> dict[str, Any]:
        """The row of ``pairs``."""
        own = {"id": self.id, "document": document, "position": self.position, "state": self.state}
        return own | pair_row(self.record) | {"properties": properties(self.record)}


def _update(connection: sa.Connection, rows: Iterable[dict[str, Any]]) -> None:
    changed = [column.name for column in pairs.c if column.name != "id"]
    change = sa.update(pairs).where(pairs.c.id == sa.bindparam("which"))
    change = change.values({name: sa.bindparam(name) for name in changed})
    _execute(connection, change, ({"which": row.pop("id"), **row} for row in rows))


def _properties_of(submission: Submission) -> Callable[[BeadRecord], str]:
    """The properties of a record as JSON, for records of a file of pairs; a correction drawn anew has none."""
    known: dict[tuple[str, str], deque[Properties]] = defaultdict(deque)
    for record, some in zip(submission.table.records, submission.properties, strict=False):
        known[record.zh_text, record.en_text].append(some)

    def properties(record: BeadRecord) -> str:
        waiting = known.get((record.zh_text, record.en_text))
        some = waiting.popleft() if waiting else ()
        return json.dumps(some, ensure_ascii=False) if some else ""

    return properties


def _delete(connection: sa.Connection, identifier: int) -> bool:
    """Delete a document; its paragraphs, pairs and folds go with it."""
    own = folds.join(pairs, pairs.c.id == folds.c.pair)
    phrase_index.delete(connection, pairs.c.document == identifier, own)
    return connection.execute(sa.delete(documents).where(documents.c.id == identifier)).rowcount > 0


def _insert(connection: sa.Connection, table: sa.Table, rows: Iterable[dict[str, Any]]) -> None:
    _execute(connection, sa.insert(table), rows)


def _execute(connection: sa.Connection, statement: Any, rows: Iterable[dict[str, Any]]) -> None:
    waiting = iter(rows)
    while some := list(islice(waiting, _AT_ONCE)):
        connection.execute(statement, some)
