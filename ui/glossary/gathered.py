"""The conflicts that this process has found, for all sessions: as long as neither corpus nor glossary change."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glossary.conflicts.gathering import Gathering
    from glossary.glossary import Glossary
    from ui.resources import Resources

    State = tuple[str, int, int]


@dataclass
class _Latest:
    """The last gathering, and of which state of which database it is."""

    state: State | None = None
    gathering: Gathering | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


def _latest() -> _Latest:
    import streamlit as st

    @st.cache_resource(show_spinner=False)
    def kept() -> _Latest:
        return _Latest()

    return kept()


def state_of(shared: Resources, glossary: Glossary) -> State:
    """What a gathering holds for: the corpus and its state, and the last change of the glossary's concepts."""
    last = next((event.id for event in reversed(glossary.latest(50)) if event.version is not None), 0)
    return shared.corpus.name, shared.corpus.state, last


def gathering(shared: Resources, glossary: Glossary) -> Gathering:
    """That of the corpus and the glossary as they are now."""
    from glossary.conflicts.gathering import Gathering

    latest, state = _latest(), state_of(shared, glossary)
    with latest.lock:
        if latest.gathering is None or latest.state != state:
            latest.state, latest.gathering = state, Gathering(shared.corpus, glossary)
        return latest.gathering


def known(shared: Resources, glossary: Glossary) -> Gathering | None:
    """The same, if anyone has begun to read."""
    latest = _latest()
    held = latest.gathering
    return held if held is not None and held.read and latest.state == state_of(shared, glossary) else None
