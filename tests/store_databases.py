"""The databases that the corpus is tested on: a file of SQLite, and a PostgreSQL server of the tests' own.

The server is started once a process, in a folder of its own, reached by a socket in it and by nothing else, and
stopped when the process ends. ``tests/install_postgresql.sh`` installs it on Debian and Ubuntu.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache
from itertools import count
from pathlib import Path

import pytest

KINDS = ("sqlite", "postgresql")
_NUMBERS = count(1)


def place(kind: str, folder: Path) -> str:
    """A new, empty database of that kind, as ``--db`` takes it."""
    return str(folder / "corpus.sqlite") if kind == "sqlite" else new_database()


def new_database() -> str:
    """The URL of a new, empty database on the tests' server."""
    binaries, socket = _server()
    name = f"corpus{next(_NUMBERS)}"
    _run([str(binaries / "createdb"), "-h", socket, "-U", "duizhao", name])
    return f"postgresql://duizhao@/{name}?host={socket}"


@cache
def _server() -> tuple[Path, str]:
    binaries = _binaries()
    folder = Path(tempfile.mkdtemp(prefix="duizhao-pg-"))  # not pytest's: a socket's path may have 107 bytes, and
    data = folder / "data"  # pytest's folders are closed to the other user that PostgreSQL asks for
    if os.geteuid() == 0:
        shutil.chown(folder, _user())
    _run([str(binaries / "initdb"), "-D", str(data), "-U", "duizhao", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"])
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c max_connections=40"
    log = str(folder / "log")
    _run([str(binaries / "pg_ctl"), "-D", str(data), "-l", log, "-o", options, "-w", "start"])
    atexit.register(_stop, binaries, data, folder)
    return binaries, str(folder)


def _stop(binaries: Path, data: Path, folder: Path) -> None:
    _run([str(binaries / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop"])
    shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path:
    """The folder of a whole PostgreSQL: the newest of Debian's, or the one on the PATH."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -int(path.parts[4]))
    for folder in (*debian, *map(Path, os.get_exec_path())):
        if all((folder / name).is_file() for name in ("initdb", "pg_ctl", "postgres", "createdb")):
            return folder
    reason = "PostgreSQL is not installed: run tests/install_postgresql.sh"
    if os.environ.get("DUIZHAO_REQUIRE_SHARED") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def _user() -> str:
    """PostgreSQL refuses to run as root."""
    known = {line.split(":")[0] for line in Path("/etc/passwd").read_text("utf-8").splitlines()}
    return "postgres" if "postgres" in known else "nobody"


def _run(command: list[str]) -> None:
    user = _user() if os.geteuid() == 0 else None
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd="/", user=user, stdin=subprocess.DEVNULL
    )
    assert done.returncode == 0, done.stderr
