"""The database under the corpus: opening, transactions, migrations. One SQLite file, or PostgreSQL by URL."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError

from search.errors import CorpusError, ReadOnlyCorpusError
from search.failures import corpus_error, needs_postgresql, newer, not_a_corpus, nothing_there, older
from search.schema import HEAD, REVISIONS, VERSION_TABLE, metadata

PATIENCE = 60.0  # seconds that one writer waits for another
_MIGRATING = 7_236_451_902  # the number of PostgreSQL's advisory lock; any will do
_SCRIPTS = Path(__file__).with_name("migrations")


def default_file() -> Path:
    """Where the corpus is kept: ``$DUIZHAO_HOME``, or the system's folder for the user's data."""
    home = os.environ.get("DUIZHAO_HOME")
    if home:
        return Path(home) / "corpus.sqlite"
    from platformdirs import user_data_path

    return user_data_path("duizhao", appauthor=False) / "corpus.sqlite"


@dataclass(frozen=True)
class Database:
    """An open database whose tables are those of this version. ``place`` names it in messages, without password."""

    engine: sa.Engine
    place: str
    read_only: bool

    @classmethod
    def open(cls, where: str | Path | None, read_only: bool = False, create: bool = True) -> Database:
        """Open, and make or migrate the tables; ``where`` is a file, a URL, or None for the default file.

        Raises CorpusError in one sentence.
        """
        create = create and not read_only
        text = str(where) if where is not None else str(default_file())
        if "://" in text and not text.startswith("sqlite:///"):
            engine, place = _postgresql(text)
        else:
            file = Path(text.removeprefix("sqlite:///")).expanduser()
            engine, place = _sqlite(file, read_only, create), str(file)
        database = cls(engine, place, read_only)
        try:
            database._bring_up_to_date(create)
        except CorpusError:
            engine.dispose()
            raise
        return database

    @property
    def is_sqlite(self) -> bool:
        """Whether it is one file."""
        return self.engine.dialect.name == "sqlite"

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One view of the database as it is now, whatever others write meanwhile."""
        options: dict[str, Any] = (
            {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        )
        with self._plainly(), self.engine.connect() as connection:
            connection.execution_options(**options)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that is written whole, or not at all where anything is raised; writers take turns."""
        if self.read_only:
            raise ReadOnlyCorpusError(f"the corpus {self.place} was opened for reading only; open it for writing.")
        with self._plainly(), self.engine.connect() as connection:
            connection.execution_options(duizhao_writing=True)
            with connection.begin():
                yield connection

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise corpus_error(error, self.place) from error

    def _bring_up_to_date(self, create: bool) -> None:
        with self.reading() as connection:
            found = self._revision(connection)
        if found == HEAD:
            return
        if not found and not create:
            raise nothing_there(self.place)
        if self.read_only:
            raise older(self.place)
        with self.writing() as connection:
            if not self.is_sqlite:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATING)))
            if self._revision(connection) != HEAD:  # another process may have done it in the meantime
                _migrate(connection)

    def _revision(self, connection: sa.Connection) -> str:
        """The migration that made the tables, "" for an empty database; raises where they are no tables of ours."""
        names = set(sa.inspect(connection).get_table_names())
        if VERSION_TABLE not in names:
            if names if self.is_sqlite else names & set(metadata.tables):
                raise not_a_corpus(self.place)
            return ""
        version = sa.table(VERSION_TABLE, sa.column("version_num"))
        found = connection.execute(sa.select(version.c.version_num)).scalars().all()
        if len(found) != 1:
            raise not_a_corpus(self.place)
        if found[0] not in REVISIONS:
            raise newer(self.place)
        return str(found[0])


def _migrate(connection: sa.Connection) -> None:
    """Run the migrations that are missing, in the transaction of ``connection``."""
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")


def _postgresql(text: str) -> tuple[sa.Engine, str]:
    try:
        url = sa.make_url(text)
        if url.get_backend_name() not in ("postgresql", "postgres"):
            raise CorpusError(
                f"{url.get_backend_name()}:// is no database that the corpus can be kept in; "
                "give a file's name or postgresql://USER@HOST/DATABASE."
            )
        url = url.set(drivername="postgresql+psycopg")
        engine = sa.create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": 10})
    except (ArgumentError, ValueError) as error:  # ValueError: a port that is no number
        raise CorpusError("the URL of the corpus is not understood; write postgresql://USER@HOST/DATABASE.") from error
    except ImportError as error:
        raise needs_postgresql() from error
    return engine, url.set(drivername="postgresql").render_as_string(hide_password=True)


def _sqlite(file: Path, read_only: bool, create: bool) -> sa.Engine:
    try:
        if "\0" in str(file):
            raise ValueError("embedded null byte")
        if file.is_dir():
            raise CorpusError(f"{file} is a folder; name a file in it, such as {file / 'corpus.sqlite'}.")
        if not create and not file.exists():
            raise nothing_there(str(file))
        if create:
            file.parent.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CorpusError(
            f"the corpus {str(file)[:200]!r} cannot be opened ({reason}); choose another place."
        ) from error
    # As a file: URL, so that a name such as ":memory:" or "x?y" is a name and no order.
    place = f"file:{quote(str(file.absolute()))}?{_mode(file, read_only)}"
    connect = partial(sqlite3.connect, place, uri=True, timeout=PATIENCE, check_same_thread=False)
    engine = sa.create_engine("sqlite://", creator=connect, poolclass=sa.QueuePool)
    sa.event.listen(engine, "connect", _set_up_reading if read_only else _set_up)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _mode(file: Path, read_only: bool) -> str:
    """How to open: where nothing beside the file can be written (a CD, a share), what nobody writes needs no log."""
    if not read_only:
        return "mode=rwc"
    log = file.with_name(f"{file.name}-wal")
    alone = not os.access(file.parent, os.W_OK) and not log.exists()
    return "mode=ro&immutable=1" if alone else "mode=ro"


def _set_up(connection: Any, record: object) -> None:
    """Prepare a connection of SQLite. ``record`` is SQLAlchemy's and not needed."""
    _set_up_reading(connection, record)
    deadline = time.monotonic() + PATIENCE
    while True:  # SQLite does not wait for its turn here of itself
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except connection.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
    connection.execute("PRAGMA synchronous = FULL")


def _set_up_reading(connection: Any, record: object) -> None:
    del record
    connection.isolation_level = None  # this module says when transactions begin
    connection.execute("PRAGMA foreign_keys = ON")


def _begin(connection: sa.Connection) -> None:
    """A writer waits for its turn at once: one that has read first could only fail."""
    writing = connection.get_execution_options().get("duizhao_writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
