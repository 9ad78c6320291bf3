"""The page before anything is asked, and where there is nothing to ask yet."""

from __future__ import annotations

from html import escape
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from ui.frame import notice, plainly
from ui.live import live
from ui.look_up.asking import ask_next
from ui.parts import key_cap, safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary.glossary import Glossary
    from search.records import Stats
    from ui.resources import Resources
    from ui.words import Words

KEPT = 8  # look-ups of this session that are named
LONGEST = 60  # characters of one that are shown
_RECENT = "la_recent"


def remember(query: str) -> None:
    """Keep a question for the next time that the box is empty."""
    import streamlit as st

    recent: list[str] = st.session_state.get(_RECENT, [])
    st.session_state[_RECENT] = [query, *(one for one in recent if one != query)][:KEPT]


def welcome(stats: Stats, words: Words) -> None:
    """What is searched, what one may ask, and what was asked before."""
    import streamlit as st

    act = live(welcome_html(stats, st.session_state.get(_RECENT, []), words), key="la_welcome")
    if act and act.get("act") == "ask":
        ask_next(q=act.get("q", ""))


def welcome_html(stats: Stats, recent: Sequence[str], words: Words) -> str:
    """The same as HTML."""
    years = sorted(year for year in stats.by_year if year.isdecimal())
    said = words(
        "holds_years" if years else "holds",
        pairs=stats.pairs,
        documents=stats.documents,
        first=years[0] if years else "",
        last=years[-1] if years else "",
    )
    keys = f"{key_cap('/')} {words('hint_key')} {key_cap('J')} {key_cap('K')} {words('hint_keys')}"
    lines = [said, words("hint_term"), words("hint_text"), keys]
    before = ""
    if recent:
        links = "".join(
            f'<button class="dz-do" data-act="ask" data-q="{escape(one)}">'
            f"{safe(one if len(one) <= LONGEST else one[:LONGEST] + '…')}</button>"
            for one in recent
        )
        before = f'<div class="la-recent"><div class="la-label">{words("recent")}</div>{links}</div>'
    return f'<div class="la-welcome">{"".join(f"<p>{line}</p>" for line in lines)}{before}</div>'


def empty(shared: Resources, glossary: Glossary, words: Words) -> None:
    """An empty corpus says what to do, and offers the sample."""
    import streamlit as st

    st.info(words("empty"), icon=":material/library_books:")
    if find_spec("glossary.sample") is None:
        return
    if st.button(words("load_sample"), type="primary", key="la_sample"):
        with plainly(), st.spinner(words("load_sample")):
            import_module("glossary.sample").load_sample(shared.database, glossary.user, shared.encoder)
            notice(words("sample_loaded"))
            st.rerun()
