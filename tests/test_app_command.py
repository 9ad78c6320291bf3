"""``duizhao app``: the app as a program, wherever it is started from."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from commands import ROOT, duizhao

from cli.app_command import flags, free_port, settings
from search.corpus import Corpus


def test_its_settings_are_those_of_the_repository() -> None:
    assert (ROOT / "ui" / "streamlit.toml").read_bytes() == (ROOT / ".streamlit" / "config.toml").read_bytes()
    assert settings()["theme.light.primaryColor"] == "#1F5FA8"
    assert settings()["browser.gatherUsageStats"] == "false"


def test_what_the_environment_sets_is_left_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STREAMLIT_SERVER_MAX_UPLOAD_SIZE", "5")
    given = flags({"server.maxUploadSize": "50", "server.port": "1", "theme.dark.textColor": "#fff"})
    assert given == ["--server.port=1", "--theme.dark.textColor=#fff"]


def test_a_port_in_use_is_refused_in_a_sentence_and_passed_over_where_none_is_named(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = duizhao("app", "--db", tmp_path / "corpus.sqlite", "--port", port)
    assert done.code == 2
    assert done.err.splitlines()[-1] == (
        f"duizhao: port {port} of 127.0.0.1 cannot be listened on (Address already in use); "
        "name another with --port or --host."
    )
    first = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", first))
        taken.listen()
        assert free_port() > first


def test_what_is_no_corpus_is_refused_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no corpus", "utf-8")
    done = duizhao("app", "--db", tmp_path / "notes.txt")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"duizhao: the corpus {tmp_path / 'notes.txt'} is no corpus")
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_the_app_from_any_folder_and_stops_when_told(signal_: signal.Signals, tmp_path: Path) -> None:
    port = free_port()
    database = tmp_path / "corpus.sqlite"
    command = [sys.executable, "-c", "from cli.main import run; run()", "app", "--db", database, "--port", str(port)]
    with subprocess.Popen(
        list(map(str, command)),
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    ) as running:
        assert served(f"http://127.0.0.1:{port}/_stcore/health", running) == b"ok"
        running.send_signal(signal_)
        said = running.communicate(timeout=60)[0]
    assert said.startswith(f"opening {database}\n")
    assert f"http://127.0.0.1:{port}" in said
    assert "Traceback" not in said
    with Corpus.open(database, read_only=True) as corpus:
        assert corpus.list() == ()


def served(url: str, running: subprocess.Popen[str]) -> bytes:
    """What is at an address, once a program that is starting answers there."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and running.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return bytes(answer.read())
        except OSError:
            time.sleep(0.1)
    running.kill()
    return b""
