"""Questions to the tables: documents, pairs, counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from align.document import Document, Language
from align.table import DOUBTFUL_BELOW, BeadKind
from search.errors import NotInCorpusError
from search.folding import folded
from search.records import TWO_SIDED, Filters, StoredDocument, StoredPair
from search.rows import document_from, document_of, pair_from
from search.schema import documents, folds, pairs, paragraphs
from search.symbols import normal_symbol
from search.versions import CHECKED

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ids = npt.NDArray[np.int64]

AT_ONCE = 1000  # rows fetched at a time
_TWO_SIDED = [kind.value for kind in TWO_SIDED]
PAIR_COLUMNS = (*pairs.c, documents.c.symbol, documents.c.type, documents.c.date, documents.c.body)
Select = sa.Select[Any]


def all_documents(connection: sa.Connection, only: int | None = None) -> tuple[StoredDocument, ...]:
    """The documents with counts of their pairs, in the order of their ids; or one of them."""
    linked = pairs.c.kind.in_(_TWO_SIDED)
    doubtful = sa.and_(linked, pairs.c.status != CHECKED, pairs.c.confidence < DOUBTFUL_BELOW)
    counts = (
        sa.select(
            pairs.c.document,
            sa.func.count().label("pairs"),
            *(
                sa.func.sum(sa.case((condition, 1), else_=0)).label(name)
                for name, condition in (
                    ("linked", linked),
                    ("checked", pairs.c.status == CHECKED),
                    ("doubtful", doubtful),
                )
            ),
        )
        .group_by(pairs.c.document)
        .where(pairs.c.document == only if only is not None else sa.true())
        .subquery()
    )
    query = (
        sa.select(documents, counts.c.pairs, counts.c.linked, counts.c.checked, counts.c.doubtful)
        .outerjoin(counts, counts.c.document == documents.c.id)
        .where(documents.c.id == only if only is not None else sa.true())
        .order_by(documents.c.id)
    )
    return tuple(document_from(row) for row in connection.execute(query))


def find_document(connection: sa.Connection, which: str) -> int:
    """The id of the document with that symbol or name, or whose number is ``#`` and that; raises NotInCorpusError."""
    if which.startswith("#") and which[1:].isascii() and which[1:].isdecimal() and len(which) < 19:
        found = connection.execute(sa.select(documents.c.id).where(documents.c.id == int(which[1:]))).scalars().all()
    else:
        symbol = f"symbol {normal_symbol(which)}"
        query = sa.select(documents.c.id).where(documents.c.identity == symbol)
        found = connection.execute(query).scalars().all()
        if not found:
            named = sa.or_(documents.c.name == which, documents.c.symbol == which)
            query = sa.select(documents.c.id).where(named).order_by(documents.c.id)
            found = connection.execute(query).scalars().all()
    if not found:
        raise NotInCorpusError(f"there is no document “{which[:80]}” in the corpus; “duizhao corpus list” shows all.")
    if len(found) > 1:
        numbers = " or ".join(f"#{number}" for number in found[:9])
        raise NotInCorpusError(
            f"there are {len(found)} documents called “{which[:80]}” in the corpus; say which: {numbers}."
        )
    return int(found[0])


def select_pairs(filters: Filters) -> Select:
    """The pairs that are meant, document by document in reading order."""
    query = sa.select(*PAIR_COLUMNS).join(documents, documents.c.id == pairs.c.document)
    return query.where(*conditions(filters)).order_by(pairs.c.document, pairs.c.position)


def select_folded(filters: Filters) -> Select:
    """Id and folded texts of the pairs that are meant, by id."""
    query = sa.select(folds.c.pair, folds.c.zh, folds.c.en).order_by(folds.c.pair)
    return query if filters == Filters() else query.where(folds.c.pair.in_(select_ids(filters)))


def select_ids(filters: Filters) -> Select:
    """The ids, as ``pair``, of the pairs that are meant, in any order; reads no texts."""
    query = sa.select(pairs.c.id.label("pair")).where(*_of_pairs(filters))
    asked = tuple(_of_documents(filters))
    # Not a join: SQLite would rather look at the document of every pair than at the pairs of a few documents.
    return query.where(pairs.c.document.in_(sa.select(documents.c.id).where(*asked))) if asked else query


def ids(connection: sa.Connection, filters: Filters) -> Ids:
    """The ids of the pairs that are meant, ascending."""
    import numpy as np

    chosen = select_ids(filters).subquery()
    # As one text of numbers: a row for each would take three times as long.
    joined = sa.func.aggregate_strings(sa.cast(chosen.c.pair, sa.Text), " ")
    found = np.fromstring(connection.execute(sa.select(joined)).scalar_one() or "", dtype=np.int64, sep=" ")
    found.sort()
    return found


def pair_count(connection: sa.Connection) -> int:
    """How many pairs there are."""
    return int(connection.execute(sa.select(sa.func.count()).select_from(pairs)).scalar_one())


def stream(connection: sa.Connection, query: Select, at_once: int = AT_ONCE) -> Iterator[Any]:
    """The rows of a query, a batch at a time."""
    with connection.execute(query, execution_options={"yield_per": at_once}) as result:
        yield from result


def pairs_by_id(connection: sa.Connection, ids: Sequence[int]) -> dict[int, StoredPair]:
    """The pairs with these ids; those that are not there are left out."""
    found: dict[int, StoredPair] = {}
    base = sa.select(*PAIR_COLUMNS).join(documents, documents.c.id == pairs.c.document)
    for start in range(0, len(ids), AT_ONCE):
        some = list(ids[start : start + AT_ONCE])
        found |= {row.id: pair_from(row) for row in connection.execute(base.where(pairs.c.id.in_(some)))}
    return found


def texts_of(connection: sa.Connection, ids: Sequence[int]) -> list[tuple[int, str, str]]:
    """Id, Chinese and English of those of these pairs that are there."""
    found: list[tuple[int, str, str]] = []
    query = sa.select(pairs.c.id, pairs.c.zh, pairs.c.en)
    for start in range(0, len(ids), AT_ONCE):
        chosen = query.where(pairs.c.id.in_(ids[start : start + AT_ONCE]))
        found += [(row.id, row.zh, row.en) for row in connection.execute(chosen)]
    return found


def neighbours_of(connection: sa.Connection, pair: StoredPair, count: int) -> tuple[StoredPair, ...]:
    """The pairs up to ``count`` places before and after in the same document, without the pair itself."""
    query = select_pairs(Filters(document=pair.document)).where(
        pairs.c.position.between(pair.position - count, pair.position + count), pairs.c.id != pair.id
    )
    return tuple(pair_from(row) for row in connection.execute(query))


def read_document(connection: sa.Connection, identifier: int, language: Language) -> Document | None:
    """A stored document in one language as it was read, None where that language is missing."""
    row = connection.execute(sa.select(documents).where(documents.c.id == identifier)).one()
    query = (
        sa.select(paragraphs)
        .where(paragraphs.c.document == identifier, paragraphs.c.language == language)
        .order_by(paragraphs.c.position)
    )
    found = connection.execute(query).all()
    return document_of(row, found, language) if found else None


def conditions(filters: Filters) -> tuple[sa.ColumnElement[bool], ...]:
    """What filters ask of ``pairs`` and ``documents``."""
    return (*_of_documents(filters), *_of_pairs(filters))


def _of_documents(filters: Filters) -> Iterator[sa.ColumnElement[bool]]:
    if filters.symbol:
        yield _symbol(filters.symbol)
    if filters.body:
        yield documents.c.body_key == folded(filters.body)
    if filters.type:
        yield sa.func.lower(documents.c.type) == filters.type.lower()
    if filters.years:
        yield documents.c.year.between(*filters.years)


def _of_pairs(filters: Filters) -> Iterator[sa.ColumnElement[bool]]:
    if filters.status:
        # As a literal, since only so does a database know the index of the few that are checked.
        yield pairs.c.status == (sa.literal_column(f"'{CHECKED}'") if filters.status == CHECKED else filters.status)
    if filters.min_confidence > 0:
        yield pairs.c.confidence >= filters.min_confidence
    if filters.language:
        yield pairs.c.kind != (BeadKind.EN_ONLY if filters.language == "zh" else BeadKind.ZH_ONLY).value
    if filters.linked:
        yield pairs.c.kind.in_(_TWO_SIDED)
    if filters.document is not None:
        yield pairs.c.document == filters.document
    if filters.since is not None:
        yield pairs.c.state > filters.since


def _symbol(symbol: str) -> sa.ColumnElement[bool]:
    wanted = normal_symbol(symbol)
    column = documents.c.symbol_key
    return column.startswith(wanted[:-1], autoescape=True) if wanted.endswith("*") else column == wanted
