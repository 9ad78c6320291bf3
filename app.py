"""``make app``: everything that the command line does, in the browser. This file only says which pages there are."""

from __future__ import annotations

import sys
from pathlib import Path

import streamlit as st

sys.path.insert(0, str(Path(__file__).resolve().parent))  # where it is started from another folder

from ui.frame import show_notice, surround
from ui.words import words_of

ICON = str(Path(__file__).parent / "ui" / "icon.svg")  # Streamlit would fetch a named icon from the network


def look_up() -> None:  # each page is loaded when it is first shown
    """How anything was put before."""
    from ui.look_up.page import page

    page()


def align() -> None:
    """Documents aligned and corrected."""
    from ui.alignment.page import page

    page()


def review() -> None:
    """Candidates decided on."""
    from ui.review.page import page

    page()


def glossary() -> None:
    """Concepts, inboxes, exchange."""
    from ui.glossary.page import page

    page()


def check() -> None:
    """A translation held against its original."""
    from ui.check.page import page

    page()


def corpus() -> None:
    """What is stored."""
    from ui.corpus.page import page

    page()


def main() -> None:
    """The frame, and in it the page that the address names."""
    st.set_page_config(page_title="duizhao 对照", layout="wide", page_icon=ICON)
    words = words_of({}, surround())
    pages = [
        st.Page(look_up, title=words("look_up"), icon=":material/search:", url_path="look-up", default=True),
        st.Page(align, title=words("align"), icon=":material/compare_arrows:", url_path="align"),
        st.Page(review, title=words("review"), icon=":material/rule:", url_path="review"),
        st.Page(glossary, title=words("glossary"), icon=":material/dictionary:", url_path="glossary"),
        st.Page(check, title=words("check"), icon=":material/spellcheck:", url_path="check"),
        st.Page(corpus, title=words("corpus"), icon=":material/library_books:", url_path="corpus"),
    ]
    chosen = st.navigation(pages, position="top")
    show_notice()
    chosen.run()


if __name__ == "__main__":  # as Streamlit runs it; a process that a session starts only imports it
    main()
