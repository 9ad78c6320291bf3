"""A corpus as an earlier version of duizhao left it."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa

from search.corpus import Corpus
from search.schema import metadata

SCRIPTS = Path(__file__).parents[1] / "search" / "migrations"


def as_of_0001(place: str, full: Corpus) -> None:
    """Make in an empty database, by the first migration alone, a corpus with all that ``full`` holds."""
    from alembic import command
    from alembic.config import Config

    url = f"sqlite:///{place}" if "://" not in place else place.replace("://", "+psycopg://")
    engine = sa.create_engine(url)
    with engine.begin() as target, full.database.reading() as source:
        config = Config(attributes={"connection": target})
        config.set_main_option("script_location", str(SCRIPTS))
        config.set_main_option("path_separator", "os")
        command.upgrade(config, "0001")
        there = set(sa.inspect(target).get_table_names())
        for table in (one for one in metadata.sorted_tables if one.name in there):
            old = sa.Table(table.name, sa.MetaData(), autoload_with=target)
            target.execute(sa.delete(old))
            rows = [dict(row._mapping) for row in source.execute(sa.select(table))]
            columns = [sa.column(column.name, column.type) for column in table.c if column.name in old.c]
            if rows:
                target.execute(sa.table(table.name, *columns).insert(), _only(rows, [c.name for c in columns]))
    engine.dispose()


def _only(rows: list[dict[str, object]], names: list[str]) -> list[dict[str, object]]:
    return [{name: row[name] for name in names} for row in rows]
