"""Looking a phrase up: where its candidates come from, and which of them hold it.

Candidates are ids, from the index of phrases or from the filters, whichever are few, or else from reading the folded
texts. Of every candidate the folded text is read, and the phrase must stand in it. All is done a few pairs at a time,
so that the first are there at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import regex
import sqlalchemy as sa

from align.document import Language
from search.grams import Phrase
from search.phrase_index import select_candidates
from search.reading import AT_ONCE, PAIR_COLUMNS, Select, conditions, ids, select_ids, stream
from search.records import Filters, StoredPair
from search.rows import pair_from
from search.schema import documents, folds, pairs
from search.versions import CHECKED

_FEW = 2_000  # pairs that filters leave, if the phrase is to be looked for in these alone
_MANY = 4_000  # candidates of the phrase, after which the filters are asked again,
_RATHER_FEW = 50_000  # and whether they leave at most so many
_SAMPLE = 2_000  # pairs, of which a hundredth must hold what is everywhere
_FIRST = 32  # candidates looked at first; then twice as many, and so on
_LONG = 200  # characters that a database is asked to find in a text; there are limits in it
_WRITTEN_OTHERWISE = regex.compile(r"[x\x00-\x1f\ud800-\udfff\ufffe\uffff]")  # by align.writers.escapes


def holding(
    connection: sa.Connection, phrase: Phrase, language: Language, filters: Filters, newest_first: bool
) -> Iterator[StoredPair]:
    """The pairs that hold a phrase in one language, in the order of their ids, or the other way round."""
    rows = _rows(connection, sa.select(*PAIR_COLUMNS), phrase, language, filters, newest_first)
    yield from map(pair_from, rows)


def count_holding(connection: sa.Connection, phrase: Phrase, language: Language, filters: Filters, at_most: int) -> int:
    """How many do; counting ends at ``at_most``, where that is not 0."""
    rows = _rows(connection, sa.select(pairs.c.id), phrase, language, filters, False)
    return sum(1 for _ in (islice(rows, at_most) if at_most else rows))


def _rows(
    connection: sa.Connection, query: Select, phrase: Phrase, language: Language, filters: Filters, newest_first: bool
) -> Iterator[Any]:
    """The rows of ``query``, of pairs and their documents, that hold the phrase and that the filters mean."""
    if not phrase.text:
        return
    text = folds.c[language].label("looked_up")
    query = query.add_columns(text).select_from(
        pairs.join(folds, folds.c.pair == pairs.c.id).join(documents, documents.c.id == pairs.c.document)
    )
    # As a value, so that no database takes it for a way to find the rows: that is by their ids.
    meant = sa.case((sa.and_(sa.true(), _near(connection, phrase, language), *conditions(filters)), 1), else_=0)
    query = query.where(meant == 1).order_by(pairs.c.id.desc() if newest_first else pairs.c.id)
    for some in _batches(_candidates(connection, phrase, language, filters, newest_first)):
        for row in connection.execute(query.where(pairs.c.id.in_(some))):
            if phrase.stands_in(row.looked_up):
                yield row


def _candidates(
    connection: sa.Connection, phrase: Phrase, language: Language, filters: Filters, newest_first: bool
) -> Iterator[int]:
    """Ids of pairs that may hold the phrase, ascending or descending; all that do are among them.

    From the filters at once where they leave few, and later where the phrase's own turn out to be many.
    """
    chosen = select_ids(filters)
    last = None
    if not (_may_leave_few(filters) and _fewer(connection, chosen, _FEW)):
        index = select_candidates(connection, phrase, language)
        if index is None or _is_everywhere(connection, phrase, language):
            index = sa.select(folds.c.pair.label("pair")).where(_near(connection, phrase, language))
        column = index.selected_columns[0]
        rows = stream(connection, index.order_by(column.desc() if newest_first else column), 2 * _FIRST)
        for number, row in enumerate(rows, 1):
            last = row.pair
            yield last
            if number == _MANY and filters != Filters() and _fewer(connection, chosen, _RATHER_FEW):
                break
        else:
            return
    few = ids(connection, filters)
    if newest_first:
        few = few[::-1]
    yield from few.tolist() if last is None else few[few < last if newest_first else few > last].tolist()


def _is_everywhere(connection: sa.Connection, phrase: Phrase, language: Language) -> bool:
    """Whether the phrase is one beginning of very many tokens ("a*", 的).

    FTS5 puts the lists of all of them together before it gives the first pair, and reading finds some at once.
    """
    if len(phrase.tokens) > 1 or not phrase.begun:
        return False
    end = sa.select(sa.func.min(folds.c.pair) + _SAMPLE).scalar_subquery()
    sample = sa.select(folds.c[language]).where(_near(connection, phrase, language), folds.c.pair < end)
    return sum(map(phrase.stands_in, connection.execute(sample).scalars())) > _SAMPLE // 100


def _may_leave_few(filters: Filters) -> bool:
    """Whether the database counts the pairs that are left without looking at all."""
    asks = (filters.symbol, filters.body, filters.type, filters.years, filters.status == CHECKED)
    return any(asks) or filters.document is not None or filters.since is not None


def _fewer(connection: sa.Connection, query: Select, bound: int) -> bool:
    count = sa.select(sa.func.count()).select_from(query.limit(bound).subquery())
    return int(connection.execute(count).scalar_one()) < bound


def _near(connection: sa.Connection, phrase: Phrase, language: Language) -> sa.ColumnElement[bool]:
    """What the database can say of a text as it is stored: that the longest part stored as it is stands in it."""
    part = max(_WRITTEN_OTHERWISE.split(phrase.text), key=len)[:_LONG]
    place = sa.func.instr if connection.dialect.name == "sqlite" else sa.func.strpos
    return place(folds.c[language], part) > 0 if part else sa.true()


def _batches(candidates: Iterator[int]) -> Iterator[list[int]]:
    size = _FIRST
    while some := list(islice(candidates, size)):
        yield some
        size = min(2 * size, AT_ONCE)
