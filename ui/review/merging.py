"""Choosing the concept into which a candidate goes, with what will then be in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.errors import DuizhaoError
from ui.parts import safe, usage_badge
from ui.review import deciding, state
from ui.review.bar import why_not
from ui.review.pieces import as_label

if TYPE_CHECKING:
    from glossary.candidates.likes import Like
    from glossary.candidates.stock import Holdings
    from glossary.concepts import Concept, Term
    from ui.review.state import View
    from ui.words import Words

MOST = 8


def draw_merger(view: View, concept: Concept, likes: Sequence[Like]) -> None:
    """Draw it above the evidence."""
    import streamlit as st

    words = view.words
    with st.container(key="rv_panel", gap="small"):
        st.markdown(f"**{words('merging')}**")
        asked = st.text_input(words("merge_find"), key="rv_merge_find", icon=":material/search:")
        found = found_by(view.holdings, asked, concept.id) if asked.strip() else [one.concept for one in likes]
        ids = [one.id for one in found[:MOST]]
        if ids:
            entries = view.holdings.entries
            chosen = st.radio(
                words("merging"),
                ids,
                format_func=lambda one: _label(entries[one].concept) if one in entries else one,
                key=f"rv_merge_{concept.id}",
                label_visibility="collapsed",
            )
            keep = entries[chosen if chosen in ids else ids[0]].concept
            _draw_result(view, keep, concept)
        else:
            st.html(f'<div class="dz-quiet">{words("merge_none")}</div>')
            st.button(f"{words('cancel')} `Esc`", key="rv_cancel", type="tertiary", on_click=state.set_mode)


def _draw_result(view: View, keep: Concept, concept: Concept) -> None:
    import streamlit as st

    words, barred = view.words, why_not(view)
    st.html(result(view, keep, concept))
    with st.container(horizontal=True, gap="small"):
        st.button(
            words("merge_into", concept=keep.id),
            key="rv_merge_do",
            type="primary",
            disabled=bool(barred),
            help=barred or None,
            on_click=deciding.merge,
            args=(view, keep, concept),
        )
        st.button(f"{words('cancel')} `Esc`", key="rv_cancel", type="tertiary", on_click=state.set_mode)


def result(view: View, keep: Concept, concept: Concept) -> str:
    """What the kept concept will have, as HTML; what comes new is marked."""
    from glossary.planning import merging
    from glossary.rules import status_of

    words = view.words
    try:
        after = merging(keep, [concept]).drafts[0].after
    except DuizhaoError as error:
        return f'<div class="dz-conflict">{safe(str(error))}</div>'
    if after is None:
        return ""
    old = {(term.language, term.text) for term in keep.terms}
    terms = " · ".join(_term(term, (term.language, term.text) not in old, words) for term in after.terms)
    reopened = any(status_of(after, language) != status for language, status in keep.workflow.items())
    note = f'<div class="dz-conflict">▲ {words("merge_reopens", concept=safe(keep.id))}</div>' if reopened else ""
    return f'<div class="dz-quiet">{words("merge_result", concept=safe(keep.id))}</div><div>{terms}</div>{note}'


def found_by(holdings: Holdings, asked: str, besides: str) -> list[Concept]:
    """The concepts with this number, or with a term that holds these words, the shortest first."""
    from search.folding import folded

    plain = folded(asked)
    entries = [entry for entry in holdings.entries.values() if entry.concept.id != besides]
    exact = [entry.concept for entry in entries if entry.concept.id == asked.strip().lower()]
    near = [
        (min(len(one.keys.folded) for one in entry.known if plain in one.keys.folded), entry.concept)
        for entry in entries
        if any(plain in one.keys.folded for one in entry.known)
    ]
    return [*exact, *(one for _, one in sorted(near, key=lambda pair: pair[0]) if one not in exact)]


def _label(concept: Concept) -> str:
    texts = " · ".join(as_label(term.text) for term in concept.terms[:4])
    return f"{concept.id}  {texts}"


def _term(term: Term, new: bool, words: Words) -> str:
    text = f'<mark class="dz-partner">+ {safe(term.text)}</mark>' if new else safe(term.text)
    usage = f" {usage_badge(term.usage, words)}" if term.usage else ""
    return f'<span lang="{safe(term.language)}">{text}</span>{usage}'
