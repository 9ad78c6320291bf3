"""The index of phrases: which pairs hold which tokens (``search.grams``), kept in the database beside the texts.

SQLite: an FTS5 table without content, which knows where in a text each token stands and gives the pairs one by one.
It is not kept by triggers, since SQLite cannot make the tokens: who writes or deletes folded texts says so here.
PostgreSQL: a table of arrays with GIN indexes, which knows only that the tokens are there; its rows go with the pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa

from align.document import Language
from search.grams import Phrase, tokens
from search.schema import WORDS, Number, folds
from search.schema import pairs as stored

AT_ONCE = 2000  # pairs written at a time
Select = sa.Select[Any]
_sqlite = sa.table(WORDS, *map(sa.column, (WORDS, "rowid", "zh", "en")))
_arrays = sa.table(
    WORDS, sa.column("pair", Number), sa.column("zh", sa.ARRAY(sa.Text())), sa.column("en", sa.ARRAY(sa.Text()))
)
_sizes = sa.table(f"{WORDS}_docsize", sa.column("id"), sa.column("sz", sa.LargeBinary()))  # FTS5's own


class FoldedPair(NamedTuple):
    """The folded texts of a pair."""

    pair: int
    zh: str
    en: str


def delete(connection: sa.Connection, condition: sa.ColumnElement[bool], source: Any = folds) -> None:
    """Take pairs out of the index before their folded texts are deleted.

    ``condition`` chooses rows of ``folds``, or of ``source``, a join of it with other tables. PostgreSQL does this
    itself.
    """
    if connection.dialect.name != "sqlite":
        return
    # Only what is in it: FTS5 believes whoever says so.
    there = sa.exists().where(_sizes.c.id == folds.c.pair)
    chosen = sa.select(folds.c.pair, folds.c.zh, folds.c.en).select_from(source).where(condition, there)
    rows = connection.execute(chosen, execution_options={"yield_per": AT_ONCE})
    order = sa.insert(_sqlite).values({WORDS: sa.literal("delete"), **_texts()})
    _execute(connection, order, (FoldedPair(*row) for row in rows))


def clear(connection: sa.Connection) -> None:
    """Empty the index."""
    if connection.dialect.name == "sqlite":
        connection.execute(sa.insert(_sqlite).values({WORDS: "delete-all"}))
    else:
        connection.execute(sa.delete(_arrays))


def fill(connection: sa.Connection, first: int = 0) -> None:
    """Put all pairs from this id on into the index, none of which are in it."""
    query = sa.select(folds.c.pair, folds.c.zh, folds.c.en).where(folds.c.pair >= first).order_by(folds.c.pair)
    rows = (FoldedPair(*row) for row in connection.execute(query, execution_options={"yield_per": AT_ONCE}))
    put(connection, rows)


def put(connection: sa.Connection, found: Iterable[FoldedPair]) -> None:
    """Put pairs into the index that are not in it."""
    if connection.dialect.name == "sqlite":
        _execute(connection, sa.insert(_sqlite).values(_texts()), found)
    else:
        _execute(connection, sa.insert(_arrays), found, joined=False)


def select_candidates(connection: sa.Connection, phrase: Phrase, language: Language) -> Select | None:
    """The ids, as ``pair``, of the pairs that may hold a phrase in one language; None where the index cannot say.

    Pairs that were deleted may be among them, and pairs where the phrase's words stand with other marks.
    """
    if connection.dialect.name == "sqlite":
        return _select_from_sqlite(phrase, language)
    wanted = phrase.tokens[:-1] if phrase.begun else phrase.tokens
    if not wanted:
        return None
    return sa.select(_arrays.c.pair).where(_arrays.c[language].op("@>")(list(wanted)))


def left_over(connection: sa.Connection) -> int:
    """How many pairs are in the index and no longer in the corpus."""
    if connection.dialect.name != "sqlite":
        return 0
    there = sa.exists().where(stored.c.id == _sizes.c.id)
    query = sa.select(sa.func.count()).select_from(_sizes).where(~there)
    return int(connection.execute(query).scalar_one())


def joined(connection: sa.Connection, query: Select) -> Select:
    """A query of ``folds`` with what the index holds of each pair, as ``held``, for ``fits``."""
    if connection.dialect.name == "sqlite":
        return query.add_columns(_sizes.c.sz.label("held")).outerjoin(_sizes, _sizes.c.id == folds.c.pair)
    held = sa.func.array_cat(_arrays.c.zh, sa.func.array_prepend("", _arrays.c.en), type_=sa.ARRAY(sa.Text()))
    return query.add_columns(held.label("held")).outerjoin(_arrays, _arrays.c.pair == folds.c.pair)


def fits(held: bytes | Sequence[str] | None, zh: str, en: str) -> bool:
    """Whether the index holds these texts: their tokens, or in SQLite, which keeps no more, as many of them."""
    if held is None:
        return False
    chinese, english = tokens(zh), tokens(en)
    if isinstance(held, bytes):
        return list(_numbers(held)) == [len(chinese), len(english)]
    return list(held) == [*_distinct(chinese), "", *_distinct(english)]


def _select_from_sqlite(phrase: Phrase, language: Language) -> Select | None:
    if not phrase.tokens:
        return None
    # Tokens have no quotation marks in them, nor anything else that FTS5 takes for an order inside these.
    wanted = f'{language} : "{" ".join(phrase.tokens)}"{" *" if phrase.begun else ""}'
    return sa.select(_sqlite.c.rowid.label("pair")).where(_sqlite.c[WORDS].op("MATCH")(wanted))


def _texts() -> dict[str, Any]:
    return {"rowid": sa.bindparam("pair"), "zh": sa.bindparam("zh"), "en": sa.bindparam("en")}


def _execute(connection: sa.Connection, order: Any, pairs: Iterable[FoldedPair], joined: bool = True) -> None:
    waiting = iter(pairs)
    while some := list(islice(waiting, AT_ONCE)):
        made = [(pair, tokens(zh), tokens(en)) for pair, zh, en in some]
        if joined:
            rows: list[dict[str, Any]] = [{"pair": k, "zh": " ".join(zh), "en": " ".join(en)} for k, zh, en in made]
        else:
            rows = [{"pair": k, "zh": _distinct(zh), "en": _distinct(en)} for k, zh, en in made]
        connection.execute(order, rows)


def _distinct(found: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(found))


def _numbers(packed: bytes) -> Iterator[int]:
    """The numbers that SQLite packed (file format, 1.6: seven bits a byte, the highest first)."""
    value = 0
    for byte in packed:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            yield value
            value = 0
