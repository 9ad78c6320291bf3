"""The glossary as a dictionary: what is asked for, a page of entries, and leafing through them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.browsing import A_PAGE, Leaf, Order, browse, choices
from glossary.concepts import Workflow
from ui.glossary.address import USAGES, Address, bound, go, read, write
from ui.glossary.entries import entries
from ui.glossary.languages import language_name
from ui.live import live

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from glossary.glossary import Glossary
    from ui.resources import Resources
    from ui.words import Words

FILTERS = ("language", "status", "usage", "subject", "sort")


def draw(shared: Resources, glossary: Glossary, at: Address, words: Words) -> None:  # noqa: ARG001 - as all views
    """Draw the view; typing draws only this part of the page anew."""
    import streamlit as st

    st.fragment(_view)(glossary, words)


def _view(glossary: Glossary, words: Words) -> None:
    import streamlit as st

    at = read()
    with st.container(horizontal=True, vertical_alignment="bottom", key="gl_filters"):
        _filters(glossary, at, words)
    at = read()
    leaf = browse(glossary, at.query, at.order, at.begin)
    if not leaf.total:
        _nothing(at, words)
        return
    act = live(entries(leaf.concepts, words, at.find), key="gl_list", keys=_KEYS)
    if act and act.get("act") == "open":
        go(concept=act["id"])
    if leaf.total > A_PAGE:
        _leafing(leaf, words)
    else:
        total = words("one_leaf_1" if leaf.total == 1 else "one_leaf", total=leaf.total)
        st.html(f'<div class="dz-quiet gl-keys">{total}</div>')
    st.html(f'<div class="dz-quiet gl-keys">{words("browse_keys")}</div>')


_KEYS = {
    "j": "next .gl-entry",
    "k": "previous .gl-entry",
    "ArrowDown": "next .gl-entry",
    "ArrowUp": "previous .gl-entry",
    "ArrowRight": "gl_after",
    "ArrowLeft": "gl_before",
    "/": "gl_find",
    "n": "gl_new",
}


_OPEN = ("language", "subject")  # what a glossary may have, or have had; the others are the same in all


def _filters(glossary: Glossary, at: Address, words: Words) -> None:
    import streamlit as st

    there = choices(glossary)
    bound("gl_find", at.find)
    st.text_input(
        words("find"),
        key="gl_find",
        placeholder=words("find_hint"),
        type="search",
        live=True,
        width=260,
        label_visibility="collapsed",
        on_change=_asked,
        args=("find",),
    )
    _choice("language", there.languages, lambda code: language_name(code, words), at.language, words)
    _choice("status", list(Workflow), lambda name: words(f"w_{name}"), at.status, words)
    _choice("usage", USAGES, lambda name: words("u_" if name == "none" else f"u_{name}"), at.usage, words)
    if there.subjects:
        _choice("subject", there.subjects, str, at.subject, words)
    _choice("sort", list(Order)[1:], lambda name: words(f"sort_{name}"), at.sort, words)


def _choice(name: str, options: Sequence[str], say: Callable[[str], str], now: str, words: Words) -> None:
    """A box to choose from; its first line asks for nothing."""
    import streamlit as st

    given = ["", *map(str, options)]
    if now not in given and name in _OPEN:
        given.append(now)
    now = now if now in given else ""  # which asks for nothing, as the address does that means nothing
    bound(f"gl_{name}", now)
    st.selectbox(
        words(name),
        given,
        format_func=lambda one: say(one) if one else words(f"any_{name}"),
        key=f"gl_{name}",
        width=156,
        label_visibility="collapsed",
        on_change=_asked,
        args=(name,),
    )


def _asked(name: str) -> None:
    import streamlit as st

    value = str(st.session_state[f"gl_{name}"] or "")
    st.session_state[f"gl_{name}_seen"] = value
    if value != getattr(read(), name):
        write(**{name: value, "start": ""})


def _nothing(at: Address, words: Words) -> None:
    """An empty glossary says how one begins; a question without an answer how to ask less."""
    import streamlit as st

    asked = any((at.find, at.language, at.status, at.usage, at.subject))
    st.html(f'<div class="gl-empty">{words("nothing_found" if asked else "glossary_empty")}</div>')
    with st.container(horizontal=True):
        if asked and st.button(words("clear"), key="gl_clear"):
            go(**dict.fromkeys(("find", *FILTERS, "start"), ""))
        if not asked and st.button(words("view_import"), key="gl_to_import"):
            go(view="import")


def _leafing(leaf: Leaf, words: Words) -> None:
    import streamlit as st

    with st.container(horizontal=True, vertical_alignment="center", key="gl_leafing"):
        before = st.button(
            words("before"), key="gl_before", icon=":material/chevron_left:", type="tertiary", disabled=not leaf.start
        )
        st.html(f'<div class="dz-quiet">{words("leaf", first=leaf.start + 1, last=leaf.end, total=leaf.total)}</div>')
        after = st.button(
            words("after"),
            key="gl_after",
            icon=":material/chevron_right:",
            type="tertiary",
            disabled=leaf.end >= leaf.total,
        )
    if before or after:
        start = leaf.start + (A_PAGE if after else -A_PAGE)
        write(start=str(start + 1) if start > 0 else "")
        st.rerun(scope="fragment")
