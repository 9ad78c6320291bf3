"""The page “Align”."""

from __future__ import annotations

from ui.alignment.words import WORDS
from ui.frame import words_for


def page() -> None:
    """Draw it."""
    import streamlit as st

    st.subheader(words_for(WORDS)("title"), anchor=False)
