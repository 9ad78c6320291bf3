"""Someone else was faster: both versions side by side, and a choice for each field that both have changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary.comparing import Conflict, changes, three_way
from glossary.errors import StaleEditError
from ui.frame import notice, plainly
from ui.glossary.address import Address, go
from ui.glossary.drafts import drafts
from ui.glossary.entries import both, plain_heads
from ui.glossary.fields import field_name, told, value
from ui.parts import literal, safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary.comparing import FieldChange
    from glossary.concepts import Concept
    from glossary.glossary import Glossary
    from ui.words import Words

_KEY = "gl_stale"


@dataclass(frozen=True, slots=True)
class Pending:
    """What could not be saved: the three versions, the reason that was given, the name of the draft."""

    base: Concept
    mine: Concept
    theirs: Concept
    reason: str
    draft: str


def keep(error: StaleEditError, reason: str, draft: str) -> None:
    """Remember it for the next drawing of the page."""
    import streamlit as st

    assert error.base is not None
    assert error.mine is not None
    assert error.theirs is not None
    st.session_state[_KEY] = Pending(error.base, error.mine, error.theirs, reason, draft)


def pending(concept: str) -> bool:
    """Whether something of this concept waits for a choice."""
    import streamlit as st

    found = st.session_state.get(_KEY)
    return isinstance(found, Pending) and found.base.id == concept


def draw(glossary: Glossary, at: Address, words: Words) -> None:
    """Both versions; what only one has changed holds, and of the rest a person chooses."""
    import streamlit as st

    held: Pending = st.session_state[_KEY]
    who = {event.user for event in glossary.history(at.concept) if event.version and event.version > held.base.version}
    st.html(f"<h1 class='gl-h1'>{both(held.theirs)}</h1>")
    st.warning(
        words("stale", who=literal(", ".join(sorted(who))), base=held.base.version, now=held.theirs.version),
        icon=":material/sync:",
    )
    merged = three_way(held.base, held.mine, held.theirs)
    st.html(comparison(held.base, held.mine, held.theirs, merged.conflicts, words))
    mine = [one.field for one in merged.conflicts if _chosen(one, held, words)]
    with st.container(horizontal=True):
        save = st.button(words("save_both"), type="primary", key="gl_save_both")
        drop = st.button(words("drop_mine"), key="gl_drop_mine")
    if save:
        with plainly():
            _save(glossary, held, mine, words)
    if drop:
        _leave(held, held.theirs)


def comparison(base: Concept, mine: Concept, theirs: Concept, conflicts: Iterable[Conflict], words: Words) -> str:
    """What either has changed that the other has not, as HTML."""
    open_ = {one.field for one in conflicts}
    parts = []
    for whose, version in (("theirs_only", theirs), ("mine_only", mine)):
        found = [one for one in changes(base, version) if not _among(one, open_)]
        lines = "".join(f"<li>{line}</li>" for line in told(found, (base, version), words))
        if lines:
            parts.append(f"<section><h2>{words(whose)}</h2><ul>{lines}</ul></section>")
    return f'<div class="gl-compared">{"".join(parts)}</div>'


def _among(change: FieldChange, fields: set[str]) -> bool:
    return change.field in fields or "/".join(change.field.split("/")[:2]) in fields


def _chosen(one: Conflict, held: Pending, words: Words) -> bool:
    """Whether mine is chosen for a field that both have changed."""
    import streamlit as st

    name = field_name(one.field, (held.base, held.mine, held.theirs), words)
    was = value(one.field, one.base, words)
    st.html(
        f'<div class="gl-choose"><b>{safe(name)}</b> <span class="dz-quiet">{safe(words("was", text=was))}</span></div>'
    )
    labels = {
        "theirs": words("theirs", text=value(one.field, one.theirs, words)),
        "mine": words("mine", text=value(one.field, one.mine, words)),
    }
    chosen = st.radio(
        name,
        list(labels),
        format_func=lambda key: literal(labels[key]),
        key=f"gl_choice_{held.base.id}_{held.theirs.version}_{one.field}",
        label_visibility="collapsed",
    )
    return chosen == "mine"


def _save(glossary: Glossary, held: Pending, mine: list[str], words: Words) -> None:
    import streamlit as st

    merged = three_way(held.base, held.mine, held.theirs, mine)
    try:
        done = glossary.save(merged.concept, held.reason)
    except StaleEditError as error:  # changed once more while one was choosing
        if error.theirs is None:
            raise
        newer = StaleEditError(str(error), held.base, held.mine, error.theirs)
        keep(newer, held.reason, held.draft)
        st.rerun()
    notice(words("saved", what=plain_heads(done)))
    _leave(held, done)


def _leave(held: Pending, now: Concept) -> None:
    import streamlit as st

    drafts().forget(held.draft)
    del st.session_state[_KEY]
    st.session_state["gl_shown"] = now.id, now.version
    go(concept=now.id, edit="", draft="")
