"""The page “Review”: one candidate at a time, or many at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from models.errors import DuizhaoError
from ui.frame import again, plainly, show_notice, style_in, words_for
from ui.live import live
from ui.parts import literal, safe
from ui.review import bar, candidate, deciding, state
from ui.review.bulk import draw_bulk
from ui.review.editing import draw_editor
from ui.review.extracting import draw_extractor, draw_nothing
from ui.review.head import draw_head
from ui.review.merging import draw_merger
from ui.review.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary.candidates.likes import Like
    from glossary.candidates.stock import Entry
    from glossary.log import Event
    from ui.review.state import View


def page() -> None:
    """Draw it; what is decided draws only what is inside the fragment anew."""
    import streamlit as st

    st.html(style_in(Path(__file__).parent))
    if state.mode() == "extract":
        _draw_search()
    else:
        st.fragment(_draw)()


def _draw_search() -> None:
    """The search for candidates: no fragment, whose buttons could not stop it."""
    show_notice()
    with plainly():
        view = state.look(words_for(WORDS))
        draw_head(view)
        draw_extractor(view)
        live(key="rv_extract_keys", keys=bar.ESCAPE)


def _draw() -> None:
    import streamlit as st

    if state.mode() == "extract":
        st.rerun()  # all of the page
    show_notice()
    with plainly():
        view = state.look(words_for(WORDS))
        draw_head(view)
        mode = state.mode()
        if mode == "bulk" and view.waiting:
            draw_bulk(view)
        elif view.entry is not None:
            _draw_candidate(view, view.entry, mode)
        elif view.chosen:
            _draw_gone(view)
        else:
            _draw_problem()
            draw_nothing(view)
            live(key="rv_empty", keys={key: bar.KEYS[key] for key in "u/?"})
            bar.draw_bar(view, None)


def _draw_gone(view: View) -> None:
    """What became of a concept that the address names."""
    import streamlit as st

    sentence = view.words("gone")
    try:
        view.glossary.find(view.chosen)
    except DuizhaoError as error:
        sentence = str(error)
    stale = state.memory().get("rv_stale")
    st.html(f'<div class="dz-rv-stale" role="alert">{safe(stale.sentence if stale else sentence)}</div>')
    with st.container(horizontal=True):
        st.button(f"{view.words('next')} `J`", key="rv_next", type="primary", on_click=deciding.move, args=(view, 1))
    live(key="rv_gone", keys={key: bar.KEYS[key] for key in "ju/?"})
    bar.draw_bar(view, None)


def _draw_candidate(view: View, entry: Entry, mode: str) -> None:
    from glossary.candidates.likes import likes
    from glossary.candidates.showing import renderings, seen, text_of

    concept = entry.concept
    state.memory()["rv_shown"] = concept
    chosen = (deciding.choice(concept.id) if view.waits else "") or text_of(concept, "zh")
    found = seen(view.corpus, concept, chosen)
    like = likes(view.holdings, chosen, text_of(concept, "en"), concept.id)
    events = view.glossary.history(concept.id)
    given = renderings(concept, entry.figures)
    _draw_problem()
    html = _meanwhile(view, events) + _decided(view)
    score = view.order.scores.get(concept.id)
    if mode == "edit":
        if html:
            live(html, key="rv_above")
        draw_editor(view, concept, events)
        html = ""
    else:
        html += candidate.heading(entry, chosen, score, found, view.words)
    if mode in ("merge", "reason"):
        live(html, key="rv_above")
        _draw_panel(view, entry, mode, like)
        html = ""
    side = (
        candidate.rendering_list(given, chosen, found, view.words, not view.waits)
        + candidate.like_list(like, view.words)
        + candidate.history_list(events, view.words)
    )
    evidence = candidate.evidence_list(found, text_of(concept, "en") or chosen, view.words)
    html += f'<div class="dz-rv-body"><div>{evidence}</div><aside class="dz-rv-side">{side}</aside></div>'
    act = live(
        html,
        key="rv_candidate",
        keys=bar.ESCAPE if mode else bar.KEYS,
        focus={"edit": "", "merge": "rv_merge_find", "reason": "rv_reason"}.get(mode, ""),
        goto="" if mode else f"{candidate.TOP}#{concept.id} {view.order.wanted.text}",
    )
    if act and act.get("act") == "choose" and act.get("n", "").isdecimal():
        number = int(act["n"])
        if 1 <= number <= len(given):
            deciding.choose(concept.id, given[number - 1].text)
            again()
    if not mode:
        bar.draw_bar(view, concept)


def _draw_panel(view: View, entry: Entry, mode: str, like: Sequence[Like]) -> None:
    import streamlit as st

    concept, words = entry.concept, view.words
    if mode == "merge":
        draw_merger(view, concept, like)
        return
    barred = bar.why_not(view)
    with st.container(key="rv_panel", gap="small", width=620):
        with st.form("rv_reason_form", border=False):  # Enter rejects, leaving the field does not
            st.text_input(words("reason"), key="rv_reason")
            st.form_submit_button(
                words("reject"),
                key="rv_reject_so",
                type="primary",
                disabled=bool(barred),
                help=barred or None,
                on_click=deciding.reject_as_typed,
                args=(view, concept),
            )
        st.button(f"{words('cancel')} `Esc`", key="rv_cancel", type="tertiary", on_click=state.set_mode)


def _draw_problem() -> None:
    """What went wrong with the last button, in its sentence."""
    import streamlit as st

    problem = state.memory().get("rv_problem", "")
    if problem:
        st.error(literal(problem), icon=":material/error:")


def _meanwhile(view: View, events: Sequence[Event]) -> str:
    """What kept a decision from being stored, and what someone else did."""
    stale: deciding.Stale | None = state.memory().get("rv_stale")
    if stale is None or stale.concept != view.chosen:
        return ""
    since = [event for event in events if event.version is not None and event.version > stale.version]
    return candidate.meanwhile(stale.sentence, since, view.words)


def _decided(view: View) -> str:
    return "" if view.waits else f'<div class="dz-rv-decided">{view.words("decided_line")}</div>'
