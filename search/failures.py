"""What a database complains of, as one plain sentence."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError

from search.errors import CorpusError, DamagedCorpusError, NewerCorpusError, ReadOnlyCorpusError

_COPY = "put back a copy of it, or add its documents again to a new one"
_SQLITE: dict[int, tuple[type[CorpusError], str]] = {
    sqlite3.SQLITE_FULL: (CorpusError, "cannot be written, because the disk is full; nothing of this was stored"),
    sqlite3.SQLITE_READONLY: (ReadOnlyCorpusError, "may not be written; ask for permission or name another with --db"),
    sqlite3.SQLITE_CORRUPT: (DamagedCorpusError, f"is damaged; {_COPY}"),
    sqlite3.SQLITE_NOTADB: (DamagedCorpusError, "is no corpus and no database; name another file with --db"),
    sqlite3.SQLITE_BUSY: (CorpusError, "is being written by another program; try again when that is done"),
    sqlite3.SQLITE_LOCKED: (CorpusError, "is being written by another program; try again when that is done"),
    sqlite3.SQLITE_CANTOPEN: (CorpusError, "cannot be opened; see whether its folder is there and may be written"),
    sqlite3.SQLITE_PERM: (CorpusError, "may not be opened; ask for permission or name another with --db"),
    sqlite3.SQLITE_IOERR: (CorpusError, "cannot be read or written; see whether its disk is in order and has room"),
    sqlite3.SQLITE_TOOBIG: (CorpusError, "cannot hold a text as long as this; divide it"),
}
_POSTGRESQL: dict[str, tuple[type[CorpusError], str]] = {  # by SQLSTATE or its class (PostgreSQL, appendix A)
    "53100": (CorpusError, "cannot be written, because the server's disk is full; nothing of this was stored"),
    "25006": (ReadOnlyCorpusError, "may only be read; ask the server's keeper, or name another with --db"),
    "42501": (
        ReadOnlyCorpusError,
        "may not be written by this user; ask the server's keeper, or name another with --db",
    ),
    "3D000": (CorpusError, "does not exist on its server; make it with “createdb”, or name another with --db"),
    "28": (CorpusError, "does not let this user in; give a user and password that it knows in --db"),
    "XX001": (DamagedCorpusError, "is damaged; ask the server's keeper for a copy"),
}


def corpus_error(error: DBAPIError, place: str) -> CorpusError:
    """The sentence for what a driver raised."""
    original = error.orig
    code = getattr(original, "sqlite_errorcode", None)
    if isinstance(code, int):
        found = _SQLITE.get(code & 0xFF)  # the low byte; the rest says more closely why
    else:
        state = str(getattr(original, "sqlstate", None) or "")
        found = _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])
    if found is None:
        reason = " ".join(str(original).split())[:200]
        return CorpusError(f"the corpus {place} cannot be used ({reason}); see whether it is there and in order.")
    kind, what = found
    return kind(f"the corpus {place} {what}.")


def newer(place: str) -> NewerCorpusError:
    """It has migrations that this program does not know."""
    return NewerCorpusError(f"the corpus {place} was made by a later version of duizhao; update duizhao to use it.")


def nothing_there(place: str) -> CorpusError:
    """It is to be used, and was never begun."""
    return CorpusError(f"there is no corpus at {place} yet; begin one with “duizhao add”.")


def older(place: str) -> ReadOnlyCorpusError:
    """It lacks migrations and may not get them."""
    return ReadOnlyCorpusError(
        f"the corpus {place} is of an earlier version of duizhao; "
        "run “duizhao corpus verify” once to bring it up to date."
    )


def not_a_corpus(place: str) -> DamagedCorpusError:
    """It is a database of something else."""
    return DamagedCorpusError(f"the database {place} belongs to another program; name another one with --db.")


def needs_postgresql() -> CorpusError:
    """The driver is not installed."""
    return CorpusError("PostgreSQL needs one more package; install it with: pip install 'duizhao[postgresql]'.")
