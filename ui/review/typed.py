"""What was typed into the form of a candidate: kept by the process, so that neither a reload nor Esc loses it.

Only what differs from what is stored is kept. Where someone else changes the concept meanwhile, the form shows their
version with what was typed on top of it.
"""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ui.review import state

if TYPE_CHECKING:
    from glossary.concepts import Concept

MOST = 500  # forms that are kept, the newest


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the form of a concept, by field, and the version on which it was begun."""

    version: int
    fields: Mapping[str, str]


@dataclass
class Kept:
    """What was typed, by a name that nobody can guess and the concept."""

    _typed: OrderedDict[tuple[str, str], Typed] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def get(self, name: str, concept: str) -> Typed | None:
        """What was typed for a concept."""
        with self._lock:
            return self._typed.get((name, concept))

    def keep(self, name: str, concept: str, typed: Typed) -> None:
        """Keep what differs now; where nothing does, there is nothing to keep."""
        with self._lock:
            self._typed.pop((name, concept), None)
            if typed.fields:
                self._typed[name, concept] = typed
            while len(self._typed) > MOST:
                self._typed.popitem(last=False)


def typed_for(concept: Concept) -> Typed | None:
    """What was typed for a concept in this session, or in the one that the address comes from."""
    return _kept().get(_name(), concept.id)


def keep(concept: Concept, values: Mapping[str, str]) -> None:
    """Keep what stands in the fields and is not stored; the address then says where it is found after a reload."""
    before = typed_for(concept)
    _kept().keep(_name(), concept.id, Typed(before.version if before else concept.version, values))
    state.set_parameter("draft", _name() if values else "")


def forget(concept: Concept) -> None:
    """It was stored, or is not wanted."""
    _kept().keep(_name(), concept.id, Typed(0, {}))


def _name() -> str:
    """The name under which this session keeps what is typed."""
    session = state.memory()
    name: str = state.parameter("draft") or session.get("rv_draft") or secrets.token_urlsafe(9)
    session["rv_draft"] = name
    return name


def _kept() -> Kept:
    """That of this process."""
    import streamlit as st

    @st.cache_resource(show_spinner=False)
    def kept() -> Kept:
        return Kept()

    return kept()
