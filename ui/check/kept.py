"""The results of the newest checks, kept in the process so that a reload or another browser shows them again."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glossary.checking.findings import Report

MOST = 60


@dataclass(frozen=True, slots=True)
class Result:
    """A report, and what the user should be told of the files."""

    report: Report
    notes: tuple[str, ...] = ()
    pasted: bool = False


@dataclass
class Kept:
    """Results by names that nobody can guess; the one that was asked for longest ago goes first."""

    most: int = MOST
    _results: OrderedDict[str, Result] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def keep(self, result: Result) -> str:
        """Keep a result; its name."""
        name = token_urlsafe(9)
        with self._lock:
            self._results[name] = result
            while len(self._results) > self.most:
                self._results.popitem(last=False)
        return name

    def get(self, name: str) -> Result | None:
        """The result of that name, None where it is no longer kept."""
        with self._lock:
            found = self._results.get(name)
            if found is not None:
                self._results.move_to_end(name)
            return found


def kept() -> Kept:
    """Those of this process, which all sessions share."""
    import streamlit as st

    @st.cache_resource(show_spinner=False)
    def results() -> Kept:
        return Kept()

    return results()
