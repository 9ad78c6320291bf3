"""Tests marked ``shared`` read real documents that lie beside the repository, in ../shared.

Where there are none these tests are left out and counted, or fail if DUIZHAO_REQUIRE_SHARED=1 says that they must run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHARED = Path(__file__).parents[1].parent / "shared"
LEFT_OUT = pytest.StashKey[int]()


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of whoever runs the tests, and no vectors in their cache."""
    monkeypatch.setenv("DUIZHAO_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("DUIZHAO_MODEL", raising=False)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if SHARED.is_dir() or os.environ.get("DUIZHAO_REQUIRE_SHARED") == "1":
        return
    shared = [item for item in items if item.get_closest_marker("shared")]
    items[:] = [item for item in items if item not in shared]
    config.hook.pytest_deselected(items=shared)
    config.stash[LEFT_OUT] = len(shared)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("shared") and not SHARED.is_dir():
        pytest.fail(f"{SHARED} is not there, and DUIZHAO_REQUIRE_SHARED=1 asks for it", pytrace=False)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Tell the count to the process that reports, where xdist runs the tests in others."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(LEFT_OUT, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    node.config.stash[LEFT_OUT] = node.workeroutput.get("left_out", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    count = config.stash.get(LEFT_OUT, 0)
    if count:
        terminalreporter.write_line(f"{count} tests on real documents were left out, because {SHARED} is not there.")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of this process."""
    from browser import chromium

    with chromium() as found:
        yield found
