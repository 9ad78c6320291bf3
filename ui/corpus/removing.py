"""Removing a document, and putting it back: what is needed for it stays in the session."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glossary.desk import Desk
    from search.putting_back import Removed
    from search.records import StoredDocument
    from ui.words import Words

_REMOVED = "co_removed"  # the newest last


def remove(desk: Desk, document: StoredDocument) -> None:
    """Remove it, and keep what puts it back. Raises NotAllowedError, NotInCorpusError."""
    import streamlit as st

    st.session_state[_REMOVED] = [*_removed(), desk.remove(document.id)]
    st.query_params.clear()
    st.rerun()


def offer_to_put_back(desk: Desk, words: Words) -> None:
    """Say what was removed last, with the way back; nothing where nothing was."""
    import streamlit as st

    from ui.frame import notice, plainly
    from ui.parts import literal

    if not _removed():
        return
    last = _removed()[-1]
    with st.container(key="co_removed_bar", horizontal=True, vertical_alignment="center"):
        st.caption(literal(words("removed", label=last.label, n=len(last.pairs))), width="content")
        pressed = st.button(words("put_back"), key="co_put_back", icon=":material/undo:")
    if pressed:
        with plainly():
            desk.put_back(last)
            st.session_state[_REMOVED] = _removed()[:-1]
            notice(words("was_put_back", label=last.label))
            st.rerun()


def _removed() -> list[Removed]:
    import streamlit as st

    return list(st.session_state.get(_REMOVED, ()))
