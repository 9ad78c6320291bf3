"""The page “glossary”: which of its views the address asks for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ui.frame import opened, plainly, style_in, words_for
from ui.glossary import address, browse, concept, conflicts, drift, editing, exporting, importing
from ui.glossary.address import Address, go
from ui.glossary.words import WORDS

if TYPE_CHECKING:
    from glossary.glossary import Glossary
    from ui.resources import Resources
    from ui.words import Words

VIEWS = ("browse", "conflicts", "drift", "import", "export")


def page() -> None:
    """Draw it."""
    import streamlit as st

    st.html(style_in(Path(__file__).parent))
    words = words_for(WORDS)
    with plainly():
        shared, glossary = opened()
        _draw(shared, glossary, address.read(), words)


def _draw(shared: Resources, glossary: Glossary, at: Address, words: Words) -> None:
    if at.concept and at.edit:
        editing.change(glossary, at, words)
    elif at.concept:
        concept.draw(shared, glossary, at, words)
    elif at.view == "new":
        editing.propose(glossary, at, words)
    else:
        _views(shared, glossary, at, words)


def _views(shared: Resources, glossary: Glossary, at: Address, words: Words) -> None:
    """The views that stand side by side, and the one that is open."""
    import streamlit as st

    view = at.view if at.view in VIEWS else VIEWS[0]
    counts = {"conflicts": conflicts.count(shared, glossary), "drift": drift.count(glossary)}
    st.session_state["gl_view"] = view
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="gl_bar"):
        st.segmented_control(
            words("views"),
            VIEWS,
            format_func=lambda name: f"{words(f'view_{name}')} {counts.get(name, '')}".rstrip(),
            key="gl_view",
            required=True,
            label_visibility="collapsed",
            on_change=_turn,
        )
        if view == "browse":
            new = st.button(words("new"), type="primary", icon=":material/add:", key="gl_new")
            if new:
                go(view="new")
    drawn = {"conflicts": conflicts.draw, "drift": drift.draw, "import": importing.draw, "export": exporting.draw}
    (drawn.get(view) or browse.draw)(shared, glossary, at, words)


def _turn() -> None:
    """Another view was chosen. The browser may tell of the choice once more while the page of a concept is drawn."""
    import streamlit as st

    chosen, now = st.session_state["gl_view"], address.read()
    if now.concept or now.view == "new" or chosen == (now.view or VIEWS[0]):
        return
    address.write(view="" if chosen == "browse" else chosen, concept="", edit="", draft="", at="")
