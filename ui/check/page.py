"""The page “Check”: hand in a translation and its original, then work through what was found."""

from __future__ import annotations

from pathlib import Path

from ui.check.words import WORDS
from ui.frame import opened, plainly, style_in, words_for


def page() -> None:
    """Draw it."""
    import streamlit as st

    from glossary.dismissals import Dismissals
    from glossary.rules import MAY, Deed
    from ui.check.handing_in import handing_in
    from ui.check.kept import kept
    from ui.check.result import show

    words = words_for(WORDS)
    st.html(style_in(Path(__file__).parent))
    with plainly():
        shared, glossary = opened()
        name = st.query_params.get("draft", "")
        result = kept().get(name) if name else None
        if result is not None:
            may = Deed.SUGGEST in MAY[glossary.role]
            show(result, Dismissals(shared.database, glossary.user), may, words)
            return
        st.subheader(words("check"), anchor=False)
        if name:
            st.warning(words("gone"), icon=":material/info:")
        handing_in(shared, words)
