"""What surrounds every page: style, language of the interface, who is there, and problems in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import DuizhaoError
from ui.identity import login_configured, needs_login, providers, who
from ui.live import live
from ui.parts import literal, safe
from ui.resources import Resources, resources
from ui.words import COMMON, TONGUES, Table, Tongue, Words, words_of

if TYPE_CHECKING:
    from glossary.glossary import Glossary

COOKIE = "duizhao_tongue"
_NOTICE = "notice"
_TAGS: dict[Tongue, str] = {"en": "en", "zh": "zh-Hans"}


@cache
def style_in(folder: Path) -> str:
    """The style sheet of a folder, as HTML."""
    return f"<style>{(folder / 'style.css').read_text('utf-8')}</style>"


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

    st.html(style_in(Path(__file__).parent))
    tongue = remembered()
    st.session_state.setdefault("tongue", tongue)  # a default would be forgotten where the page begins anew at once
    with st.container(key="dz_tongue"):
        chosen = st.segmented_control(
            COMMON["interface"][0 if tongue == "en" else 1],
            list(TONGUES),
            format_func=lambda name: TONGUES[name],
            key="tongue",
            required=True,
            label_visibility="collapsed",
        )
    tongue = chosen or tongue
    st.session_state["_tongue"] = tongue  # a widget's own value goes when it is not drawn
    with st.container(key="dz_frame"):
        live(key="frame", cookie=f"{COOKIE}={tongue}", tongue=_TAGS[tongue])
    _let_in(words_of({}, tongue))
    return tongue


def _let_in(words: Words) -> None:
    """Go on only with who may be here: anyone where nobody signs in, else whoever has signed in with a good account."""
    import streamlit as st

    problem = ""
    try:
        if not login_configured():
            return
        if not needs_login():
            _account(words, opened()[1])
            return
    except DuizhaoError as error:
        problem = str(error)
    with st.container(key="dz_gate"):
        st.html('<div class="dz-gate">duizhao 对照</div>')
        if not problem:
            st.html(f'<div class="dz-quiet">{safe(words("sign_in_first"))}</div>')
            _sign_in_buttons(words)
        else:
            st.error(literal(problem), icon=":material/error:")
            if getattr(st.user, "is_logged_in", False):
                st.button(words("sign_out"), on_click=st.logout, key="sign_out")
    st.stop()


def _sign_in_buttons(words: Words) -> None:
    import streamlit as st

    for name in providers():
        label = f"{words('sign_in')}: {name}" if name else words("sign_in")
        st.button(label, type="primary", on_click=st.login, args=(name,) if name else (), key=f"sign_in{name}")


def _account(words: Words, glossary: Glossary) -> None:
    """Who has signed in, what they may do, and the way out."""
    import streamlit as st

    with st.container(key="dz_account", horizontal=True, vertical_alignment="center"):
        said = safe(words("you", name=glossary.user, role=words(glossary.role)))
        st.html(f'<div class="dz-account" title="{said}">{said}</div>')
        st.button(words("sign_out"), type="tertiary", on_click=st.logout, key="sign_out")


def words_for(table: Table) -> Words:
    """The words of a page in the language of the interface."""
    return words_of(table, remembered())


def opened() -> tuple[Resources, Glossary]:
    """What all sessions share, and the glossary as the one who is there. Raises CorpusError, GlossaryError."""
    from glossary.glossary import Glossary

    user, shared = who(), resources()
    return shared, Glossary.among_others(shared.database, user) if login_configured() else Glossary(
        shared.database, user
    )


@contextmanager
def plainly() -> Iterator[None]:
    """Show what goes wrong inside as its one sentence, at this place of the page; the rest of the page stays."""
    import streamlit as st

    try:
        yield
    except DuizhaoError as error:
        st.error(literal(str(error)), icon=":material/error:")


def notice(text: str) -> None:
    """Say what was done, when the page is drawn the next time; the page does not move for it."""
    import streamlit as st

    st.session_state[_NOTICE] = text


def show_notice() -> None:
    """Say once what was done."""
    import streamlit as st

    text = st.session_state.pop(_NOTICE, "")
    if text:
        st.toast(literal(text), icon=":material/check:")


def again() -> None:
    """Draw the fragment anew in which this is called, or the page where all of it is being drawn."""
    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    context = get_script_run_ctx()
    st.rerun(scope="fragment" if context is not None and context.fragment_ids_this_run else "app")
