"""A Milvus server of the tests' own, started once a process and stopped with it.

``tests/install_milvus.sh`` installs it. Without it, or without its client, the tests that need it are skipped, or fail
if DUIZHAO_REQUIRE_SHARED=1 says that they must run.
"""

from __future__ import annotations

import atexit
import importlib.util
import os
import shutil
import subprocess
import tempfile
from functools import cache
from itertools import count
from pathlib import Path

import pytest

USER = "root:Milvus"
_LAUNCHER = Path(__file__).with_name("milvus_launcher.py")
_NUMBERS = count(1)


def new_name() -> str:
    """A name for a corpus that no other test has."""
    return f"corpus-{os.getpid()}-{next(_NUMBERS)}"


def url() -> str:
    """The server's URL, with a user that may do everything."""
    return f"milvus://{USER}@127.0.0.1:{port()}"


@cache
def port() -> int:
    """The server's port; starts it."""
    python = _home() / "bin" / "python"
    if not python.is_file():
        _missing("the Milvus server is not installed: run tests/install_milvus.sh")
    if importlib.util.find_spec("pymilvus") is None:
        _missing("the client of Milvus is not installed: pip install 'duizhao[milvus]'")
    folder = Path(tempfile.mkdtemp(prefix="duizhao-milvus-"))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [str(python), str(_LAUNCHER), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            cwd=folder,
        )
    atexit.register(_stop, process, folder)
    assert process.stdin is not None
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.strip(), (folder / "log").read_text("utf-8", errors="replace")[-2000:]
    return int(line)


def _home() -> Path:
    caches = os.environ.get("XDG_CACHE_HOME")
    return (Path(caches) if caches else Path.home() / ".cache") / "duizhao-tests" / "milvus-2.3.5"


def _stop(process: subprocess.Popen[bytes], folder: Path) -> None:
    process.communicate(timeout=60)  # closes its input
    shutil.rmtree(folder, ignore_errors=True)


def _missing(reason: str) -> None:
    if os.environ.get("DUIZHAO_REQUIRE_SHARED") == "1":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
