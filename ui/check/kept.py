"""The results of the newest checks, kept in the process so that a reload or another browser shows them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.kept import Kept

if TYPE_CHECKING:
    from glossary.checking.findings import Report

MOST = 60


@dataclass(frozen=True, slots=True)
class Result:
    """A report, and what the user should be told of the files."""

    report: Report
    notes: tuple[str, ...] = ()
    pasted: bool = False


def kept() -> Kept[Result]:
    """Those of this process, which all sessions share."""
    import streamlit as st

    @st.cache_resource(show_spinner=False)
    def results() -> Kept[Result]:
        return Kept(MOST)

    return results()
