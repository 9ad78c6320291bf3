"""What surrounds every page: style, language of the interface, who is there, and problems in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import DuizhaoError
from ui.identity import login_configured, needs_login, who
from ui.live import live
from ui.resources import Resources, resources
from ui.words import COMMON, TONGUES, Table, Tongue, Words, words_of

if TYPE_CHECKING:
    from glossary.glossary import Glossary

COOKIE = "duizhao_tongue"
_NOTICE = "notice"
_TAGS: dict[Tongue, str] = {"en": "en", "zh": "zh-Hans"}


@cache
def _style() -> str:
    return f"<style>{Path(__file__).with_name('style.css').read_text('utf-8')}</style>"


def remembered() -> Tongue:
    """The language of the interface: what was chosen in this session, in this browser, or what the browser asks for."""
    import streamlit as st

    chosen = st.session_state.get("tongue") or st.session_state.get("_tongue") or st.context.cookies.get(COOKIE)
    known: Tongue | None = next((name for name in TONGUES if name == chosen), None)
    if known is not None:
        return known
    return "zh" if (st.context.locale or "").lower().startswith("zh") else "en"


def surround() -> Tongue:
    """Draw what every page has; the language of the interface. Stops where one must sign in first."""
    import streamlit as st

    st.html(_style())
    tongue = remembered()
    with st.container(key="dz_tongue"):
        chosen = st.segmented_control(
            COMMON["interface"][0 if tongue == "en" else 1],
            list(TONGUES),
            format_func=lambda name: TONGUES[name],
            default=None if "tongue" in st.session_state else tongue,
            key="tongue",
            required=True,
            label_visibility="collapsed",
        )
    tongue = chosen or tongue
    st.session_state["_tongue"] = tongue  # a widget's own value goes when it is not drawn
    with st.container(key="dz_frame"):
        live(key="frame", cookie=f"{COOKIE}={tongue}", tongue=_TAGS[tongue])
    words = words_of({}, tongue)
    if needs_login():
        st.info(words("sign_in_first"), icon=":material/lock:")
        st.button(words("sign_in"), type="primary", on_click=st.login, key="sign_in")
        st.stop()
    return tongue


def words_for(table: Table) -> Words:
    """The words of a page in the language of the interface."""
    return words_of(table, remembered())


def account(words: Words, glossary: Glossary) -> None:
    """Who is there and what they may do, and the way out; nothing where nobody signs in."""
    import streamlit as st

    if login_configured():
        with st.container(key="dz_account", horizontal=True, vertical_alignment="center"):
            st.caption(words("you", name=glossary.user, role=words(glossary.role)))
            st.button(words("sign_out"), type="tertiary", on_click=st.logout, key="sign_out")


def opened() -> tuple[Resources, Glossary]:
    """What all sessions share, and the glossary as the one who is there. Raises CorpusError, GlossaryError."""
    from glossary.glossary import Glossary
    from glossary.people import current_user

    shared = resources()
    return shared, Glossary(shared.database, current_user(who()))


@contextmanager
def plainly() -> Iterator[None]:
    """Show what goes wrong inside as its one sentence, at this place of the page; the rest of the page stays."""
    import streamlit as st

    try:
        yield
    except DuizhaoError as error:
        st.error(str(error), icon=":material/error:")


def notice(text: str) -> None:
    """Say what was done, when the page is drawn the next time; the page does not move for it."""
    import streamlit as st

    st.session_state[_NOTICE] = text


def show_notice() -> None:
    """Say once what was done."""
    import streamlit as st

    text = st.session_state.pop(_NOTICE, "")
    if text:
        st.toast(text, icon=":material/check:")
