"""The line above the candidate: how far the queue is, searching in it, filters, and what else there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.parts import safe
from ui.review import state
from ui.review.deciding import open_mode

if TYPE_CHECKING:
    from ui.review.state import View
    from ui.words import Words

_CHOICES = ("subject", "source", "lang")


def draw_head(view: View) -> None:
    """Draw it."""
    import streamlit as st

    words = view.words
    with st.container(key="rv_head", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(progress(view), width="stretch")
        _start_with("rv_find", state.parameter("find"))
        st.text_input(
            words("find"),
            key="rv_find",
            placeholder=words("find_hint"),
            label_visibility="collapsed",
            icon=":material/search:",
            width=210,
            on_change=_found,
        )
        with st.popover(words("filter"), icon=":material/filter_list:", key="rv_filter"):
            draw_filters(view)
        with st.popover(words("more"), icon=":material/more_horiz:", key="rv_more"):
            _draw_more(view)
        if st.button("`?`", key="rv_help", help=words("keys")):
            _show_keys(words, view)


def progress(view: View) -> str:
    """How far the queue is, as HTML: a bar and numbers."""
    words, total, waiting = view.words, view.order.total, len(view.waiting)
    done = max(0, total - waiting)
    at = view.waiting.index(view.chosen) + 1 if view.chosen in view.waiting else 0
    said = [
        words("progress", done=done, total=total),
        words("place", n=at, waiting=waiting) if at else words("waiting", waiting=waiting),
        *_asked(view),
    ]
    put_off = len([one for one in state.later() if one in view.waiting])
    said += [words("later", n=put_off)] if put_off else []
    share = 100.0 * done / total if total else 0.0
    return (
        f'<div class="dz-rv-line"><div class="dz-rv-track" role="progressbar" aria-label="{words("review")}" '
        f'aria-valuemin="0" aria-valuemax="{total}" aria-valuenow="{done}"><i style="width:{share:.1f}%"></i></div>'
        f"<span>{' · '.join(said)}</span></div>"
    )


def _asked(view: View) -> list[str]:
    """What of the filters is to be said."""
    from glossary.candidates.choosing import NO_SUBJECT, Wanted

    wanted = view.order.wanted
    subject = view.words("no_subject") if wanted.subject == NO_SUBJECT else safe(wanted.subject)
    said = [view.words("subject_is", subject=subject)] if wanted.subject else []
    others = wanted != Wanted(subject=wanted.subject)
    return said + ([view.words("filtered")] if others else [])


def draw_filters(view: View) -> None:
    """Subject, source, score, status, language; each in the address."""
    import streamlit as st

    from glossary.candidates.choosing import NO_SUBJECT, WAITING, Source, subjects

    words, wanted = view.words, view.order.wanted
    known = subjects(view.holdings)
    others = [wanted.subject] if wanted.subject and wanted.subject not in known else []
    named = {"": words("all_subjects"), NO_SUBJECT: words("no_subject")}
    sources = {"": words("any_source")} | {str(one): words(f"from_{one}") for one in Source}
    languages = {"": words("any_language"), "zh": words("zh_language"), "en": words("en_language")}
    _choice("subject", words("field_subject").capitalize(), ["", *known, *others], named)
    _choice("source", words("source"), list(sources), sources)
    _start_with("rv_f_score", (wanted.least, wanted.most))
    st.slider(words("score_between"), 0.0, 1.0, step=0.05, key="rv_f_score", on_change=_scored)
    _start_with("rv_f_status", [str(one) for one in wanted.statuses])
    st.pills(
        words("status"),
        [str(one) for one in WAITING],
        selection_mode="multi",
        format_func=lambda one: words(f"w_{one}"),
        key="rv_f_status",
        on_change=_status_chosen,
    )
    _choice("lang", words("language"), list(languages), languages)
    st.button(words("clear"), key="rv_clear", on_click=clear)


def _choice(name: str, label: str, options: list[str], shown: dict[str, str]) -> None:
    import streamlit as st

    _start_with(f"rv_f_{name}", state.parameter(name) if state.parameter(name) in options else "")
    st.selectbox(
        label,
        options,
        format_func=lambda one: shown.get(one, one),
        key=f"rv_f_{name}",
        on_change=_chosen,
        args=(name,),
    )


def _chosen(name: str) -> None:
    state.set_parameter(name, str(state.memory().get(f"rv_f_{name}") or ""))
    state.start_over()


def _found() -> None:
    state.set_parameter("find", str(state.memory().get("rv_find") or "").strip())
    state.start_over()


def _scored() -> None:
    low, high = state.memory()["rv_f_score"]
    state.set_parameter("score", "" if (low, high) == (0.0, 1.0) else f"{low:.2f}-{high:.2f}")
    state.start_over()


def _status_chosen() -> None:
    from glossary.candidates.choosing import WAITING

    chosen = [str(one) for one in WAITING if str(one) in state.memory()["rv_f_status"]]
    state.set_parameter("status", "" if len(chosen) == len(WAITING) else ".".join(chosen))
    state.start_over()


def clear() -> None:
    """Ask for everything that waits."""
    session = state.memory()
    for name in state.FILTERS:
        state.set_parameter(name, "")
    for key in ("rv_find", "rv_f_score", "rv_f_status", *(f"rv_f_{name}" for name in _CHOICES)):
        session.pop(key, None)
    state.start_over()


def _start_with(key: str, value: object) -> None:
    """What a field shows when it is first drawn."""
    state.memory().setdefault(key, value)


def _draw_more(view: View) -> None:
    import streamlit as st

    words = view.words
    bulk = words("bulk_close") if state.mode() == "bulk" else words("bulk")
    st.button(bulk, key="rv_bulk", icon=":material/checklist:", on_click=open_mode, args=("bulk",), width="stretch")
    st.button(
        words("reorder"),
        key="rv_reorder",
        icon=":material/sort:",
        on_click=state.reorder,
        help=words("reorder_help"),
        width="stretch",
    )
    st.button(
        words("more_candidates"),
        key="rv_extract",
        icon=":material/travel_explore:",
        on_click=open_mode,
        args=("extract",),
        width="stretch",
    )


def _show_keys(words: Words, view: View) -> None:
    """All keys, over the page."""
    import streamlit as st

    from glossary.rules import Deed

    first = "A" if view.may(Deed.DECIDE) or not view.may(Deed.SUGGEST) else "P"
    caps = {first: first, "R": "R", "6": "6–9 0", "E": "E", "M": "M", "D": "D", "U": "U", "J": "J K", "1": "1–5"}
    rows = "".join(
        f"<span>{''.join(f'<kbd>{safe(cap)}</kbd> ' for cap in shown.split())}</span><span>{words(f'key_{key}')}</span>"
        for key, shown in (caps | {"/": "/", "?": "?", "Esc": "Esc"}).items()
    )

    @st.dialog(words("keys"))
    def shown() -> None:
        st.html(f'<div class="dz-live dz-rv-keys">{rows}</div>')

    shown()
