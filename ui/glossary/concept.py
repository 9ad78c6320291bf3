"""A concept's own page: the article, decisions about it, its use in the corpus, comments, history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.browsing import browse
from glossary.errors import NotInGlossaryError
from glossary.rules import MAY, Deed
from ui.frame import notice, plainly
from ui.glossary import deciding, usage
from ui.glossary.address import Address, go
from ui.glossary.article import article, evidence_pairs
from ui.glossary.entries import plain_heads
from ui.glossary.history import comments, history, when
from ui.live import Act, live
from ui.parts import literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary.concepts import Concept
    from glossary.glossary import Glossary
    from glossary.log import Event
    from ui.resources import Resources
    from ui.words import Words

_KEYS = {
    "a": "gl_approve",
    "r": "gl_reject",
    "e": "gl_edit",
    "u": "gl_undo",
    "t": "gl_used_show",
    "c": "gl_comment",
    "m": "gl_merge",
    "j": "gl_next",
    "k": "gl_previous",
    "b": "gl_back",
}
SEEN = "gl_shown"  # the version that this session has shown last: (id, version)


def draw(shared: Resources, glossary: Glossary, at: Address, words: Words) -> None:
    """Draw the page of the concept in the address, or say what became of it."""
    _bar(glossary, at, words)
    try:
        now = glossary.find(at.concept)
    except NotInGlossaryError as error:
        _gone(glossary, at, str(error), words)
        return
    _concept(shared, glossary, now, words)


def _bar(glossary: Glossary, at: Address, words: Words) -> None:
    """The way back to the list, and to the concepts beside this one in it."""
    import streamlit as st

    ids = browse(glossary, at.query, at.order, 0, 1).ids
    place = ids.index(at.concept) if at.concept in ids else -1
    with st.container(horizontal=True, vertical_alignment="center", key="gl_bar"):
        if st.button(words("back"), key="gl_back", icon=":material/arrow_back:", type="tertiary"):
            go(concept="", edit="", draft="")
        for name, step, icon in (("previous", -1, ":material/chevron_left:"), ("next", 1, ":material/chevron_right:")):
            there = place >= 0 and 0 <= place + step < len(ids)
            if st.button(words(name), key=f"gl_{name}", icon=icon, type="tertiary", disabled=not there):
                go(concept=ids[place + step])
        if place >= 0:
            st.html(f'<div class="dz-quiet">{words("place", n=place + 1, total=len(ids))}</div>')


def _concept(shared: Resources, glossary: Glossary, now: Concept, words: Words) -> None:
    import streamlit as st

    events = glossary.history(now.id)
    seen = _as_seen(glossary, now)
    if seen.version != now.version:
        st.warning(words("changed_meanwhile", who=literal(events[-1].user), n=now.version), icon=":material/sync:")
    st.session_state[SEEN] = now.id, now.version
    pairs = {pair.id: pair for pair in shared.corpus.pairs_among(evidence_pairs([now]))}
    text, panel = st.columns([2.5, 1], gap="large")
    last = next((event for event in reversed(events) if event.version is not None), None)
    said = words("last_change", who=last.user, when=when(last.time)) if last else ""
    with text:
        # after a change the page may be scrolled to where the button was
        live(article(now, pairs, words, said), key="gl_article", keys=_KEYS, goto=f"gl-top#{now.id}.{now.version}")
        with plainly():
            usage.draw(shared, now, words)
        _talk(glossary, now, events, words)
    with panel:
        deciding.draw(glossary, seen, events, words)
        st.html(f'<div class="dz-quiet gl-keys">{words("concept_keys")}</div>')


def _as_seen(glossary: Glossary, now: Concept) -> Concept:
    """The concept as this session has shown it: what a button pressed there was meant for."""
    import streamlit as st

    seen = st.session_state.get(SEEN)
    if not seen or seen[0] != now.id or seen[1] >= now.version:
        return now
    return glossary.version(now.id, seen[1])


def _talk(glossary: Glossary, now: Concept, events: Sequence[Event], words: Words) -> None:
    """Comments and history."""
    import streamlit as st

    said = comments(events)
    st.html(f"<h2 class='gl-h2'>{words('comments')}</h2>{said or ''}")
    may = Deed.COMMENT in MAY[glossary.role]
    with st.form("gl_comment_form", clear_on_submit=True, border=False), st.container(horizontal=True):
        text = st.text_input(
            words("comment"),
            key="gl_comment",
            placeholder=words("comment_hint"),
            label_visibility="collapsed",
            disabled=not may,
        )
        sent = st.form_submit_button(words("comment_send"), disabled=not may)
    if sent and text.strip():
        with plainly():
            glossary.comment(now.id, text)
            notice(words("commented"))
            st.rerun()
    st.html(f"<h2 class='gl-h2'>{words('history')}</h2>")
    allowed = Deed.SUGGEST in MAY[glossary.role]
    act = live(history(events, words, now.version, allowed), key="gl_history")
    if act:
        with plainly():
            _take_back(glossary, now.id, act, words)


def _take_back(glossary: Glossary, identifier: str, act: Act, words: Words) -> None:
    import streamlit as st

    number = int(act.get("which", "0"))
    if act.get("act") == "restore":
        found = glossary.restore(identifier, number)
        st.session_state[SEEN] = found.id, found.version
        notice(words("restored", n=number))
    else:
        deciding.undo(glossary, number, words)
    st.rerun()


def _gone(glossary: Glossary, at: Address, why: str, words: Words) -> None:
    """A concept that was there once: what became of it, and how it comes back."""
    import streamlit as st

    try:
        events = glossary.history(at.concept)
    except NotInGlossaryError:
        st.error(literal(why), icon=":material/error:")
        return
    last = [event for event in events if event.before is not None][-1]
    assert last.before is not None
    st.info(
        words("concept_gone", what=literal(plain_heads(last.before)), who=literal(last.user), when=when(last.time)),
        icon=":material/history:",
    )
    act = live(history(events, words, 0, Deed.DECIDE in MAY[glossary.role]), key="gl_history", keys={"b": "gl_back"})
    if act:
        with plainly():
            _take_back(glossary, at.concept, act, words)
