"""docs/deployment.md, carried out: its blocks, the files of docs/deploy, Debian's nginx, PostgreSQL, a browser."""

from __future__ import annotations

import http.client
import os
import re
import shlex
import shutil
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser import PATIENCE
from commands import ROOT
from playwright.sync_api import Browser, expect
from store_databases import _server

from glossary.glossary import Glossary
from search.corpus import Corpus

PAGE = (ROOT / "docs" / "deployment.md").read_text("utf-8")
DEPLOY = ROOT / "docs" / "deploy"
PERSON = "duizhao_served"


def blocks(page: str) -> list[tuple[str, bool]]:
    """The blocks of a page, and whether the words before them say that they are to be run by hand."""
    parts = re.split(r"```sh\n(.*?)```", page, flags=re.DOTALL)
    said = [text.strip().rpartition("\n\n")[2] for text in parts[::2]]
    return [(block, "y hand" in words) for words, block in zip(said, parts[1::2], strict=False)]


def script(page: str) -> str:
    """The blocks that a test can run."""
    return "".join(block for block, by_hand in blocks(page) if not by_hand)


def free() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass(frozen=True)
class Machine:
    """A folder that stands for the machine, and the ports that stand for 80, 443 and 8501."""

    root: Path
    environment: dict[str, str]
    http: int
    https: int
    app: int

    def run(self, text: str) -> str:
        """What a script says; it must come to its end."""
        done = subprocess.run(
            ["sh", "-c", text], cwd=ROOT, env=self.environment, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def placed(self, path: str) -> str:
        """A file that the script has put in place, with this machine's folders and ports."""
        text = (self.root / path).read_text("utf-8")
        text = re.sub(r"(?<![\w/.])/(etc/duizhao|opt|var)/", rf"{self.root}/\1/", text)
        text = text.replace("listen 80;", f"listen 127.0.0.1:{self.http};").replace("8501", str(self.app))
        return text.replace("listen 443 ", f"listen 127.0.0.1:{self.https} ")

    @property
    def settings(self) -> dict[str, str]:
        """What the service is told, and nothing else."""
        lines = (self.root / "etc/duizhao/environment").read_text("utf-8").splitlines()
        found = dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
        return {"PATH": self.environment["PATH"], "HOME": str(self.root), **found}

    def duizhao(self, *arguments: object) -> None:
        """A command of an administrator."""
        command = [str(self.root / "opt/duizhao/bin/duizhao"), *map(str, arguments)]
        subprocess.run(command, env=self.settings, check=True, capture_output=True)


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """A machine on which the page was followed down to the backups, with a document and a concept stored."""
    binaries, listening = _server()
    root = tmp_path_factory.mktemp("machine")
    program = root / "opt/duizhao/bin/duizhao"
    program.parent.mkdir(parents=True)
    run = "from cli.main import run; run()"
    program.write_text(f"#!/bin/sh\nPYTHONPATH={ROOT} exec {shlex.quote(sys.executable)} -c '{run}' \"$@\"\n", "utf-8")
    program.chmod(0o755)
    environment = {
        "PATH": f"{binaries}:{os.environ['PATH']}:/usr/sbin:/sbin",
        "ROOT": str(root),
        "NAME": "localhost",
        "SOCKET": listening,
        "PERSON": PERSON,
        "AS_POSTGRES": f"env PGHOST={listening} PGUSER=duizhao",
        "AS_PERSON": "env",
    }
    made = Machine(root, environment, free(), free(), free())
    made.run(script(PAGE.partition("\n## Backups")[0]))
    pairs = root / "pairs.tsv"
    pairs.write_text(
        "zh\ten\tsymbol\tdate\n观测站每小时报告。\tThe station reports every hour.\tA/RES/9/9\t2021-12-16\n", "utf-8"
    )
    made.duizhao("add", "--pairs", pairs)
    made.duizhao("glossary", "propose", "--zh", "观测站", "--en", "observing station", "--user", "chief@example.org")
    return made


@contextmanager
def running(command: list[str], url: str, log: Path, **options: object) -> Iterator[None]:
    """A program that is up once it answers."""
    with log.open("wb") as out:
        program = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, **options)  # type: ignore[call-overload]
    try:
        deadline = time.monotonic() + PATIENCE / 1000
        while not answers(url):
            assert program.poll() is None, log.read_text("utf-8", "replace")
            assert time.monotonic() < deadline, log.read_text("utf-8", "replace")
            time.sleep(0.1)
        yield
    finally:
        program.terminate()
        program.wait(30)
    assert "Traceback" not in log.read_text("utf-8", "replace")


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5, context=trusting()):
            return True
    except OSError:
        return False


def trusting() -> ssl.SSLContext:
    """Takes a certificate that the machine has signed itself."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


@pytest.fixture(scope="module")
def served(machine: Machine) -> Iterator[str]:
    """The address of the app behind nginx, started as the unit starts it."""
    unit = machine.placed("etc/systemd/system/duizhao.service")
    command = shlex.split(re.findall(r"^ExecStart=(.*)$", unit, re.MULTILINE)[0])
    folder = re.findall(r"^WorkingDirectory=(.*)$", unit, re.MULTILINE)[0]
    own = f"http://127.0.0.1:{machine.app}/_stcore/health"
    address = f"https://127.0.0.1:{machine.https}"
    with (
        running(command, own, machine.root / "app.log", cwd=folder, env=machine.settings),
        running(nginx(machine), f"{address}/_stcore/health", machine.root / "nginx.log"),
    ):
        yield address


def nginx(machine: Machine) -> list[str]:
    """Debian's nginx, with the site that was put in place, and nothing of the system's own."""
    program = shutil.which("nginx", path=machine.environment["PATH"])
    assert program, "nginx is needed for these tests: tests/install_nginx.sh installs it"
    site = machine.root / "site.conf"
    site.write_text(machine.placed("etc/nginx/sites-enabled/duizhao"), "utf-8")
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = "".join(f"{kind}_temp_path {machine.root}/{kind};" for kind in kinds)
    main = machine.root / "nginx.conf"
    main.write_text(
        f"{'user root;' if os.geteuid() == 0 else ''} daemon off; pid {machine.root}/nginx.pid; error_log stderr;"
        f"events {{ worker_connections 512; }} http {{ access_log off; {folders} include {site}; }}",
        "utf-8",
    )
    command = [program, "-c", str(main), "-p", str(machine.root), "-e", "stderr"]
    checked = subprocess.run([*command, "-t"], capture_output=True, encoding="utf-8", check=False)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr
    return command


def test_the_page_comes_up_through_nginx_and_its_websocket(served: str, browser: Browser) -> None:
    context = browser.new_context(ignore_https_errors=True, locale="en-GB", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    sockets: list[str] = []
    refused: list[str] = []
    asked: list[str] = []
    page.on("websocket", lambda one: sockets.append(one.url))
    page.on("console", lambda one: refused.append(one.text) if "Content Security Policy" in one.text else None)
    page.on("request", lambda one: asked.append(one.url))
    page.goto(served)
    page.locator(".stApp[data-test-script-state='notRunning']").wait_for()
    expect(page.get_by_role("link", name="Corpus")).to_be_visible()
    page.goto(f"{served}/corpus")
    page.locator(".stApp[data-test-script-state='notRunning']").wait_for()
    expect(page.get_by_text("A/RES/9/9").first).to_be_visible()
    assert sockets
    assert {url.partition("/_stcore")[0] for url in sockets} == {served.replace("https", "wss")}
    assert refused == []
    assert [url for url in asked if url.startswith("http") and not url.startswith(served)] == []
    context.close()


def test_nginx_sends_people_to_tls_and_hides_what_is_not_for_them(served: str, machine: Machine) -> None:
    plain = http.client.HTTPConnection("127.0.0.1", machine.http, timeout=30)
    plain.request("GET", "/?q=x", headers={"Host": "localhost"})
    answer = plain.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, "https://localhost/?q=x")
    plain.close()
    status = {path: asked(machine, path)[0] for path in ("/_stcore/health", "/_stcore/metrics", "/_stcore/agent/mcp")}
    assert list(status.values()) == [200, 404, 404]
    headers = asked(machine, "/")[1]
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["Server"] == "nginx"


def test_what_is_too_large_is_refused_before_it_is_read(served: str, machine: Machine) -> None:
    connection = http.client.HTTPSConnection("127.0.0.1", machine.https, timeout=30, context=trusting())
    connection.putrequest("PUT", "/_stcore/upload_file/x/y")
    connection.putheader("Content-Length", str(200 * 1024**2))
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def asked(machine: Machine, path: str) -> tuple[int, http.client.HTTPMessage]:
    connection = http.client.HTTPSConnection("127.0.0.1", machine.https, timeout=30, context=trusting())
    connection.request("GET", path, headers={"Host": "localhost"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.headers


def test_a_backup_is_restored_into_a_second_database_and_is_the_same(machine: Machine) -> None:
    setting = blocks(PAGE)[0][0]
    said = machine.run(setting + script(PAGE.partition("\n## Backups")[2]))
    listening = machine.environment["SOCKET"]
    first, second = (f"postgresql://{PERSON}@/{PERSON}{name}?host={listening}" for name in ("", "_restored"))
    with Corpus.open(first, read_only=True) as one, Corpus.open(second, read_only=True) as other:
        assert (one.list(), one.state, one.name) == (other.list(), other.state, other.name)
        assert list(one.pairs()) == list(other.pairs())
        history = Glossary(one.database, "").history()
        assert history == Glossary(other.database, "").history()
        assert len(one.list()) == len(history) == 1
    dumps = sorted((machine.root / "var/backups/duizhao").iterdir())
    assert [path.suffix for path in dumps] == [".dump", ".toml"]
    assert dumps[0].stat().st_mode & 0o077 == 0
    assert said.startswith(f"{dumps[0]}\n")
    again = subprocess.run(
        [DEPLOY / "restore.sh", dumps[0], second],
        env=machine.environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert again.returncode == 1
    assert again.stderr.startswith("the database has ")


@pytest.mark.parametrize("unit", ["duizhao.service", "duizhao-backup.service", "duizhao-backup.timer"])
def test_systemd_understands_the_units(unit: str, machine: Machine) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("there is no systemd here")
    folder = machine.root / "units"
    folder.mkdir(exist_ok=True)
    backup = machine.root / "opt/duizhao/source/docs/deploy/backup.sh"
    if not backup.exists():
        shutil.copytree(DEPLOY, backup.parent)
    for name in ("duizhao.service", "duizhao-backup.service", "duizhao-backup.timer"):
        (folder / name).write_text(machine.placed(f"etc/systemd/system/{name}"), "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", folder / unit], capture_output=True, encoding="utf-8", check=False
    )
    about = [line for line in done.stderr.splitlines() if "duizhao" in line]
    assert (done.returncode, about) == (0, [])


def test_every_file_for_the_server_is_told_of() -> None:
    assert [path.name for path in DEPLOY.iterdir() if path.name not in PAGE] == []
    for name in ("backup.sh", "restore.sh"):
        assert os.access(DEPLOY / name, os.X_OK)
