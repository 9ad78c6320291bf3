"""Whether the tables hold what they should."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from search import phrase_index
from search.folding import folded
from search.reading import stream
from search.schema import documents, folds, pairs, state


def problems(connection: sa.Connection) -> Iterator[str]:
    """What is wrong, a sentence each. Reads everything, in one view of the database."""
    if connection.dialect.name == "sqlite":
        for line in connection.exec_driver_sql("PRAGMA integrity_check(20)").scalars():
            if line != "ok":
                yield f"the file is damaged: {line}."
        for table, *_ in connection.exec_driver_sql("PRAGMA foreign_key_check").all():
            yield f"a row of {table} belongs to nothing."
    yield from _numbers(connection)
    yield from _places(connection)
    yield from _folds(connection)


def _numbers(connection: sa.Connection) -> Iterator[str]:
    rows = connection.execute(sa.select(state)).all()
    if len(rows) != 1:
        yield f"the corpus has {len(rows)} states, and should have one."
        return
    for table, following, what in ((documents, rows[0].next_document, "document"), (pairs, rows[0].next_pair, "pair")):
        most = connection.execute(sa.select(sa.func.max(table.c.id))).scalar() or 0
        if most >= following:
            yield f"{what} {most} has a number that was not given out yet."
        latest = connection.execute(sa.select(sa.func.max(table.c.state))).scalar() or 0
        if latest > rows[0].state:
            yield f"a {what} is of state {latest}, later than the corpus, which is in state {rows[0].state}."


def _places(connection: sa.Connection) -> Iterator[str]:
    """Every document has beads, numbered from 0 without a gap."""
    count, most = sa.func.count(pairs.c.id), sa.func.max(pairs.c.position)
    distinct = sa.func.count(sa.distinct(pairs.c.position))
    query = (
        sa.select(documents.c.id, count, distinct, most)
        .outerjoin(pairs, pairs.c.document == documents.c.id)
        .group_by(documents.c.id)
        .order_by(documents.c.id)
    )
    for identifier, number, places, last in connection.execute(query):
        if number == 0:
            yield f"document #{identifier} has no pairs."
        elif places != number or last != number - 1:
            yield f"the pairs of document #{identifier} are not numbered from 0 to {number - 1}."


def _folds(connection: sa.Connection) -> Iterator[str]:
    query = (
        sa.select(pairs.c.id, pairs.c.zh, pairs.c.en, folds.c.zh.label("zh_fold"), folds.c.en.label("en_fold"))
        .outerjoin(folds, folds.c.pair == pairs.c.id)
        .order_by(pairs.c.id)
    )
    for row in stream(connection, phrase_index.joined(connection, query)):
        if (folded(row.zh), folded(row.en)) != (row.zh_fold, row.en_fold):
            yield f"what pair {row.id} is looked up by is not its text."
        elif not phrase_index.fits(row.held, row.zh_fold, row.en_fold):
            yield f"the index of phrases does not hold pair {row.id} as it is."
    left = phrase_index.left_over(connection)
    if left:
        yield f"the index of phrases holds {left} of the pairs that are gone."
