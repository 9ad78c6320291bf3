"""The running app and a real browser: Debian's Chromium, driven by Playwright, on a database file of the test's own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from commands import ROOT
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

WIDTH, HEIGHT = 1280, 800
PATIENCE = 60_000  # milliseconds that a busy machine may take
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
expect.set_options(timeout=PATIENCE)


@dataclass(frozen=True)
class Served:
    """A running app: where, and on which database."""

    url: str
    database: Path


@contextmanager
def serve(database: Path, **environment: str) -> Iterator[Served]:
    """Run the app on a database, on a port of 127.0.0.1 that is free."""
    port = free_port()
    log = database.with_suffix(".log")
    settings = {
        **os.environ,
        "DUIZHAO_DB": str(database),
        "DUIZHAO_HOME": str(database.parent),
        "DUIZHAO_USER": "anna",
        **environment,
    }
    command = [sys.executable, "-c", "from cli.main import run; run()", "app", "--port", str(port)]
    with log.open("wb") as out:
        server = subprocess.Popen(command, cwd=ROOT, stdout=out, stderr=subprocess.STDOUT, env=settings)
    try:
        alive = wait_for(f"http://127.0.0.1:{port}/_stcore/health", lambda: server.poll() is None)
        assert alive, f"the app did not start: {log.read_text('utf-8', 'replace')[-2000:]}"
        yield Served(f"http://127.0.0.1:{port}", database)
    finally:
        server.terminate()
        server.wait(30)
    said = log.read_text("utf-8", "replace")
    assert "Traceback" not in said, said[-4000:]


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(url: str, going_on: Callable[[], bool]) -> bool:
    """Wait for an answer there, as long as it goes on; whether there was one."""
    deadline = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < deadline and going_on():
        try:
            with urllib.request.urlopen(url, timeout=5):
                return True
        except OSError:
            time.sleep(0.05)
    return False


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's browser, without a window."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "Chromium is needed for these tests: tests/install_chromium.sh installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visit(browser: Browser, **options: object) -> Iterator[Page]:
    """A page of a browser session of its own. Fails where a script ran that should not, or something broke in it."""
    context: BrowserContext = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, **{"locale": "en-GB", **options}
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    wrong: list[str] = []
    page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("request", lambda request: wrong.append(f"asked: {request.url}") if _outside(request.url) else None)
    try:
        yield page
    finally:
        context.close()
    assert wrong == []


def _outside(url: str) -> bool:
    """Whether a request leaves the machine."""
    return url.startswith("http") and not url.startswith(("http://127.0.0.1", "http://localhost"))


def settled(page: Page) -> Page:
    """Wait until the app has drawn what it is drawing."""
    page.locator(".stApp[data-test-script-state='notRunning']").wait_for()
    return page
