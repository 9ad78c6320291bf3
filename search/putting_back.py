"""A document taken out of the tables and put back exactly as it was: the same numbers of its pairs, what was checked.

Numbers are never given out twice, so that those of a removed document stay free for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from search import phrase_index
from search.errors import CorpusError, NotInCorpusError
from search.rows import folded_pair
from search.schema import documents, folds, pairs, paragraphs
from search.writing import Turn, remove

Row = dict[str, Any]
_AT_ONCE = 1000  # rows


@dataclass(frozen=True, slots=True)
class Removed:
    """The rows of a removed document, and what to call it."""

    label: str
    document: Row
    paragraphs: tuple[Row, ...]
    pairs: tuple[Row, ...]


def take_out(connection: sa.Connection, identifier: int) -> Removed:
    """Remove a document; what puts it back. Raises NotInCorpusError."""
    Turn.take(connection)  # before reading, so that nobody changes what is about to go
    row = connection.execute(sa.select(documents).where(documents.c.id == identifier)).first()
    if row is None:
        raise NotInCorpusError(f"there is no document #{identifier} in the corpus; “duizhao corpus list” shows all.")
    own = sa.select(paragraphs).where(paragraphs.c.document == identifier)
    beads = sa.select(pairs).where(pairs.c.document == identifier).order_by(pairs.c.position)
    removed = Removed(
        row.symbol or row.name,
        dict(row._mapping),
        tuple(dict(one._mapping) for one in connection.execute(own)),
        tuple(dict(one._mapping) for one in connection.execute(beads)),
    )
    remove(connection, identifier)
    return removed


def put_back(connection: sa.Connection, removed: Removed) -> None:
    """Undo ``take_out``. Raises CorpusError where the document has been added anew meanwhile, or is there still."""
    turn = Turn.take(connection)
    same = sa.or_(
        documents.c.id == removed.document["id"],
        documents.c.identity == removed.document["identity"],
    )
    if connection.execute(sa.select(documents.c.id).where(same)).first() is not None:
        raise CorpusError(f"{removed.label} is in the corpus again already, so that nothing was put back.")
    now = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(sa.insert(documents).values({**removed.document, "state": turn.state, "changed": now}))
    for table, rows in ((paragraphs, removed.paragraphs), (pairs, removed.pairs)):
        for start in range(0, len(rows), _AT_ONCE):
            connection.execute(sa.insert(table), list(rows[start : start + _AT_ONCE]))
    for start in range(0, len(removed.pairs), _AT_ONCE):
        some = removed.pairs[start : start + _AT_ONCE]
        found = [folded_pair(row["id"], row["zh"], row["en"]) for row in some]
        connection.execute(sa.insert(folds), [one._asdict() for one in found])
        phrase_index.put(connection, found)
    turn.end(connection)
