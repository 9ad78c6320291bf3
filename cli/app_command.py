"""``duizhao app``: the pages in the browser, on this machine, with the look that the repository has."""

from __future__ import annotations

import os
import socket
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from threading import Thread
from typing import Annotated, Any

import typer

from cli import terminal
from cli.opening import Db

ROOT = Path(__file__).parents[1]
HOST, PORT = "127.0.0.1", 8501
TRIED = 20  # ports from PORT on, where none is named
VARIABLE = "DUIZHAO_DB"  # where ui.resources looks for the database
_OWN = ("localhost", "127.", "::1")  # addresses that nobody else reaches


def app(
    db: Db = None,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help=f"{PORT}, or the next that is free, without.")
    ] = 0,
    host: Annotated[
        str, typer.Option("--host", help="The address at which it listens; by default nobody else reaches it.")
    ] = HOST,
) -> None:
    """Open the corpus in the browser: look up, align, review, glossary, check. Stop it with Ctrl+C."""
    from search.database import Database

    where = db or os.environ.get(VARIABLE)
    database = Database.open(where)
    database.close()
    terminal.note(f"opening {database.place}")
    serve(where, free_port(host, port), host)


def serve(where: str | None, port: int, host: str = HOST) -> None:
    """Run the app on a database (None for the user's own) until it is stopped."""
    if not host.startswith(_OWN):
        terminal.note(
            f"everyone who reaches {host} can read and change what is there, unless signing in is set up: "
            "see docs/deployment.md."
        )
    from streamlit.web.cli import main

    if where:
        os.environ[VARIABLE] = where  # it may hold a password, which does not belong among the arguments
    Thread(target=_get_ready, daemon=True).start()
    headless = "false" if sys.stderr.isatty() else "true"
    own = {"server.address": host, "server.port": str(port), "server.headless": headless}
    main(["run", str(ROOT / "app.py"), *flags({**settings(), **own})], standalone_mode=False)


def _get_ready() -> None:
    """Load what the first page needs while the browser still loads its own part."""
    import ui.look_up.page  # noqa: F401


def free_port(host: str = HOST, wanted: int = 0) -> int:
    """The wanted port, or the first free one from PORT on; raises InputError where it is in use."""
    from align.errors import InputError

    ports = [wanted] if wanted else range(PORT, PORT + TRIED)
    problems = []
    for port in ports:
        problem = _taken(host, port)
        if problem is None:
            return port
        problems.append(problem)
    which = f"port {wanted}" if wanted else f"a port from {PORT} to {PORT + TRIED - 1}"
    reason = problems[0].strerror or str(problems[0])
    raise InputError(f"{which} of {host} cannot be listened on ({reason}); name another with --port or --host.")


def settings() -> dict[str, str]:
    """Streamlit's settings that belong to the program, by their names with dots."""
    found = tomllib.loads((ROOT / "ui" / "streamlit.toml").read_text("utf-8"))
    return {name: str(value).lower() if isinstance(value, bool) else str(value) for name, value in _flat(found)}


def flags(values: Mapping[str, str]) -> list[str]:
    """Settings as arguments; those that the environment gives stay its own."""
    return [f"--{name}={value}" for name, value in values.items() if _variable(name) not in os.environ]


def _flat(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, object]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{before}{name}.")
        else:
            yield before + name, value


def _variable(name: str) -> str:
    """What Streamlit calls a setting in the environment: STREAMLIT_SERVER_MAX_UPLOAD_SIZE."""
    parts = "".join(f"_{letter}" if letter.isupper() else letter for letter in name.replace(".", "_"))
    return f"STREAMLIT_{parts.upper()}"


def _taken(host: str, port: int) -> OSError | None:
    """Why one cannot listen there; None where one can."""
    try:
        family, kind, number, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, number) as trial:
            if os.name == "posix":  # as the server itself does it: what has just been closed is free
                trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
    except OSError as error:
        return error
    return None
