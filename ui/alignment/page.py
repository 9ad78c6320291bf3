"""The page “Align”: files are chosen, aligned, corrected, and accepted into the corpus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from search.errors import NotInCorpusError
from ui.address import number
from ui.alignment.accepting import show_accepted
from ui.alignment.draft import show
from ui.alignment.start import open_draft, start
from ui.alignment.words import WORDS
from ui.frame import opened, plainly, style_in, words_for
from ui.parts import literal

if TYPE_CHECKING:
    from glossary.desk import Desk

_ASKED = ("document", "draft", "accepted")  # what the address may name


def page() -> None:
    """Draw what the address asks for: a draft, a stored document to correct, what was accepted, or the beginning."""
    import streamlit as st

    from glossary.desk import Desk

    st.html(style_in(Path(__file__).parent))
    words = words_for(WORDS)
    with plainly():
        shared, glossary = opened()
        desk = Desk(shared.database, glossary.user)
        document, draft, accepted = (number(st.query_params.get(name, "")) for name in _ASKED)
        try:
            if document is not None:
                _reopen(document, desk)
            if draft is not None:
                show(draft, shared, desk, words)
                return
            if accepted is not None:
                show_accepted(accepted, shared, words)
                return
        except NotInCorpusError as error:
            st.error(literal(str(error)), icon=":material/error:")
        start(shared, desk, words)


def _reopen(document: int, desk: Desk) -> None:
    """Go on with a draft of a stored document, at the pair that the address names."""
    import streamlit as st

    draft = desk.reopen(document)
    pair = number(st.query_params.get("pair", ""))
    row = desk.row_of(draft, pair) if pair is not None else None
    if row is not None:
        st.query_params.from_dict({"draft": str(draft.id), "row": str(row + 1)})
        st.rerun()
    open_draft(draft.id)
