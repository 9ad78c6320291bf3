"""The page “Corpus”: what is stored and how good it is, one document of it, adding, health."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ui.address import choice
from ui.corpus.words import WORDS
from ui.frame import opened, plainly, style_in, words_for
from ui.parts import safe

if TYPE_CHECKING:
    from glossary.desk import Desk
    from ui.resources import Resources
    from ui.words import Words

VIEWS = ("documents", "add", "health")


def page() -> None:
    """Draw it."""
    import streamlit as st

    from glossary.desk import Desk
    from ui.corpus.document import document_page

    words = words_for(WORDS)
    st.html(style_in(Path(__file__).parent))
    with plainly():
        shared, glossary = opened()
        desk = Desk(shared.database, glossary.user)
        which = st.query_params.get("document", "")
        if which:
            document_page(shared, desk, which, words)
            return
        _views(shared, desk, words)


def _views(shared: Resources, desk: Desk, words: Words) -> None:
    import streamlit as st

    from ui.corpus.adding import adding
    from ui.corpus.health import health
    from ui.corpus.overview import head, overview
    from ui.corpus.removing import offer_to_put_back

    stats = shared.corpus.stats()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(words("corpus"), anchor=False, width="content")
        view = choice(
            "view",
            "co_view",
            VIEWS,
            lambda: st.segmented_control(
                words("view"), VIEWS, format_func=words, key="co_view", required=True, label_visibility="collapsed"
            ),
        )
    if view == "add":
        adding(shared, desk, words)
    elif view == "health":
        health(shared, desk, stats, words)
    elif stats.documents:
        head(shared, stats, words)
        overview(shared, desk, stats, words)
    else:
        offer_to_put_back(desk, words)
        _empty(words, partial(_load, shared, desk.user))


def _load(shared: Resources, user: str) -> None:
    from glossary.sample import load_sample

    load_sample(shared.database, user, shared.encoder)


def _empty(words: Words, load: Callable[[], None]) -> None:
    """What one can do with a corpus that holds nothing yet; ``load`` fills it with the sample."""
    import streamlit as st

    from ui.frame import notice

    st.html(f'<p class="dz-quiet">{safe(words("empty"))}</p>')
    with st.container(horizontal=True):
        if st.button(words("load_sample"), type="primary", key="co_sample"):
            with st.spinner(words("loading_sample")):
                load()
            notice(words("sample_loaded"))
            st.rerun()
        if st.button(words("add_own"), key="co_own"):
            st.query_params["view"] = "add"
            st.rerun()
