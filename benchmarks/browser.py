"""How long one waits in the browser with 100,000 pairs: ``python -m benchmarks.browser``.

The app runs as ``make app`` runs it, on a corpus of training data (``benchmarks.browser_corpus``) in a process of its
own; Debian's Chromium is driven as a person would, and every time is from the key press to what was asked for standing
on the page. Beside it, in the same browser, a Streamlit script that only repeats what was typed: no app is faster.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.browser_corpus import PAIRS, USER

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))  # where the app is served to a browser

STARTS = 5
TERMS = (
    *("知识产权", "国际合作", "可持续发展", "仲裁", "个人信息", "食品安全", "预算", "就业", "气候变化", "仲裁协议"),
    *("intellectual property", "climate change", "human rights", "foreign investment", "arbitration", "food safety"),
    *("personal information", "public security", "trade secrets", "social insurance"),
)
FREQUENT = ("证券", "法院", "司法", "environmental impact assessment", "人权")
CANDIDATES = 20
_ECHO = """
import streamlit as st
asked = st.text_input("q", key="q")
st.html(f"<p id='shown'>{len(asked)} {asked}</p>")
"""
_MARKED = """wanted => [...document.querySelectorAll(".la-hit mark.dz-hit")].some(
    mark => mark.textContent.toLowerCase() === wanted)"""
_COUNTED = """wanted => { const head = document.querySelector(".la-renderings");
    return head && !document.querySelector(".la-waiting") && document.querySelector(".st-key-q input").value === wanted
    && document.querySelector(".stApp").dataset.testScriptState === "notRunning"; }"""


def main() -> None:
    """Build the corpus, or take one that was built, and measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=PAIRS)
    parser.add_argument("--database", type=Path, help="a corpus that an earlier run has built; it is changed")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = asked.database or Path(folder, "corpus.sqlite")
        if not database.exists():
            print(f"building a corpus of {asked.pairs:,} pairs …", flush=True)
            subprocess.run(
                [sys.executable, "-c", _BUILD, str(database), str(asked.pairs)],
                check=True,
                cwd=ROOT,
                env={**os.environ, "DUIZHAO_HOME": str(database.parent)},
            )
        report(measure(database))


_BUILD = """
import pathlib, sys
from benchmarks.browser_corpus import build
build(pathlib.Path(sys.argv[1]), int(sys.argv[2]))
"""


def measure(database: Path) -> dict[str, list[float]]:
    """Seconds of each kind of wait, one entry a time."""
    from browser import chromium, serve, visit

    waits: dict[str, list[float]] = {}
    with chromium() as browser:
        for _ in range(STARTS):
            begun = time.perf_counter()
            with serve(database, DUIZHAO_USER=USER) as app, visit(browser) as page:
                page.goto(app.url)
                page.wait_for_function("document.activeElement?.closest('.st-key-q') !== null")
                waits.setdefault("start", []).append(time.perf_counter() - begun)
        with ExitStack() as stack:
            app = stack.enter_context(serve(database, DUIZHAO_USER=USER))
            page = stack.enter_context(visit(browser))
            waits |= look_ups(page, app.url) | decisions(page, app.url)
        for _ in range(STARTS):
            begun = time.perf_counter()
            with echo() as url, visit(browser) as page:
                page.goto(url)
                page.locator("input").wait_for()
                waits.setdefault("echo start", []).append(time.perf_counter() - begun)
                waits.setdefault("echo", []).extend(echoes(page))
    return waits


def look_ups(page: Page, url: str) -> dict[str, list[float]]:
    """From Enter to the first line of the concordance with the term marked, and to the renderings being counted."""
    page.goto(url)
    box = page.locator(".st-key-q input")
    shown: dict[str, list[float]] = {"look-up": [], "renderings": [], "look-up of frequent": []}
    for k, term in enumerate((TERMS[0], *TERMS, *FREQUENT)):  # the first loads what all share
        box.fill(term)
        begun = time.perf_counter()
        box.press("Enter")
        page.wait_for_function(_MARKED, arg=term.lower())
        first = time.perf_counter() - begun
        page.wait_for_function(_COUNTED, arg=term)
        if k:
            shown["look-up of frequent" if term in FREQUENT else "look-up"].append(first)
            shown["renderings"].append(time.perf_counter() - begun)
    return shown


def decisions(page: Page, url: str) -> dict[str, list[float]]:
    """From the key to the next candidate standing on the page: moving on, and approving."""
    page.goto(f"{url}/review")
    page.locator("#rv_top").wait_for()
    page.wait_for_timeout(2000)
    waits: dict[str, list[float]] = {}
    for name, key in (("candidate", "j"), ("decision", "a")):
        for _ in range(CANDIDATES):
            before = page.locator("#rv_top").inner_text()
            begun = time.perf_counter()
            page.keyboard.press(key)
            page.wait_for_function("before => document.querySelector('#rv_top')?.innerText !== before", arg=before)
            waits.setdefault(name, []).append(time.perf_counter() - begun)
    return waits


@contextmanager
def echo() -> Iterator[str]:
    """A Streamlit script that does nothing but repeat."""
    from browser import free_port, wait_for

    with tempfile.TemporaryDirectory() as folder:
        script, port = Path(folder, "echo.py"), free_port()
        script.write_text(_ECHO, "utf-8")
        command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
        command += ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            wait_for(f"http://127.0.0.1:{port}/_stcore/health", lambda: server.poll() is None)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(30)


def echoes(page: Page) -> list[float]:
    """From Enter to the repeated words."""
    box = page.locator("input")
    waits = []
    for term in TERMS:
        box.fill(term)
        begun = time.perf_counter()
        box.press("Enter")
        page.locator("#shown", has_text=f"{len(term)} {term}").wait_for()
        waits.append(time.perf_counter() - begun)
    return waits


def report(waits: dict[str, list[float]]) -> None:
    """A line for each kind: median, nine in ten, the aim."""
    print("| from … to … | median s | 90 % s | aim |\n|---|---:|---:|---:|")
    for name, label, aim in ROWS:
        found = sorted(waits[name])
        high = found[min(len(found) - 1, round(0.9 * (len(found) - 1)))]
        print(f"| {label} ({len(found)}) | {statistics.median(found):.2f} | {high:.2f} | {aim} |")


ROWS = (
    ("start", "starting the process to typing in the search box", "≤ 3"),
    ("look-up", "Enter to the first hits, terms", "≤ 0.7"),
    ("look-up of frequent", "the same, terms with up to 1,300 occurrences", "≤ 0.7"),
    ("renderings", "Enter to all renderings counted, both", ""),
    ("candidate", "J to the next candidate", "≤ 0.4"),
    ("decision", "A to the next candidate, the decision stored", "≤ 0.4"),
    ("echo", "Enter to the words repeated, in a Streamlit script that does nothing else", ""),
    ("echo start", "starting such a script to its box", ""),
)

if __name__ == "__main__":
    main()
