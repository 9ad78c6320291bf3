"""What was typed into the form of a candidate: kept by the process, so that neither a reload nor Esc loses it.

Only what differs from what is stored is kept. Where someone else changes the concept meanwhile, the form shows their
version with what was typed on top of it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ui.kept import Kept
from ui.review import state

if TYPE_CHECKING:
    from glossary.concepts import Concept

MOST = 500  # forms that are kept, the newest


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the form of a concept, by field, and the version on which it was begun."""

    version: int
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Typings:
    """What was typed, by a name that nobody can guess and the concept."""

    _kept: Kept[Typed] = field(default_factory=lambda: Kept(MOST))

    def get(self, name: str, concept: str) -> Typed | None:
        """What was typed for a concept."""
        return self._kept.get(f"{name}/{concept}")

    def keep(self, name: str, concept: str, typed: Typed) -> None:
        """Keep what differs now; where nothing does, there is nothing to keep."""
        if typed.fields:
            self._kept.keep(f"{name}/{concept}", typed)
        else:
            self._kept.forget(f"{name}/{concept}")


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


def _kept() -> Typings:
    """That of this process."""
    import streamlit as st

    @st.cache_resource(show_spinner=False)
    def kept() -> Typings:
        return Typings()

    return kept()
