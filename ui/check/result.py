"""The result of a check: what to show of it, the text with its findings, the bar to work through them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from glossary.checking.session import NO_ENTRIES, NO_TEXTS
from glossary.checking.words import NAMES
from ui.check.kept import Result
from ui.check.sheet import PAGE, SHORT, View, chosen, counts, counts_of, sheet, window
from ui.live import live
from ui.parts import literal

if TYPE_CHECKING:
    from glossary.checking.findings import Report
    from glossary.dismissals import Dismissals
    from ui.words import Words

_NOTES = {NO_ENTRIES: "no_entries", NO_TEXTS: "no_texts"}
_DONE = "ck_done"  # the keys that this session has dismissed, the newest last
_MOVES = "ck_moves"
_KEYS = {"n": "ck_next", "p": "ck_previous", "d": "ck_reason", "u": "ck_undo"}


def show(result: Result, dismissals: Dismissals, may: bool, words: Words) -> None:
    """Draw it. ``may`` says whether whoever is there may dismiss."""
    import streamlit as st

    @st.fragment
    def body() -> None:
        from ui.frame import plainly

        with plainly():
            _body(result, dismissals, may, words)

    body()


def _body(result: Result, dismissals: Dismissals, may: bool, words: Words) -> None:
    import streamlit as st

    from glossary.checking import session

    report = session.standing(dismissals, result.report)
    _head(result, report, words)
    for note in result.notes:
        st.info(literal(note), icon=":material/info:")
    for known in (_NOTES[note] for note in report.notes if note in _NOTES):
        st.html(f'<p class="dz-quiet" style="margin:0">{words(known)}</p>')
    view = _view(report, words)
    pages = (len(report.draft.beads) + PAGE - 1) // PAGE
    goto = f"f-{view.current[:SHORT]}#{st.session_state.get(_MOVES, 0)}" if view.current else ""
    act = live(sheet(report, view, words), key="ck_sheet", goto=goto, keys=_KEYS, focus=_focus())
    if pages > 1:
        _pager(report, view, pages, words)
    _bar(report, view, dismissals, may, words)
    if act and act.get("act") in ("choose", "dismiss"):
        _go_to(view, act.get("key", ""))
        if act["act"] == "dismiss":
            st.session_state["ck_focus"] = st.session_state.get("ck_focus", 0) + 1
        st.rerun(scope="fragment")
    if act and act.get("act") == "recall":
        _recall(dismissals, act.get("key", ""), words)


def _focus() -> str:
    import streamlit as st

    times = st.session_state.get("ck_focus", 0)
    return f"ck_reason#{times}" if times else ""


def _head(result: Result, report: Report, words: Words) -> None:
    import streamlit as st

    from ui.parts import safe

    draft = report.draft
    name = words("pasted") if result.pasted else draft.source
    title = " · ".join(part for part in (draft.symbol, name) if part)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.html(f'<h3 style="padding:0">{safe(title)}</h3>{counts(report, words)}')
        with st.container(horizontal=True, horizontal_alignment="right", width="content"):
            _downloads(report, words)
            if st.button(words("another"), key="ck_another", icon=":material/add:"):
                st.query_params.clear()
                st.rerun()


def _downloads(report: Report, words: Words) -> None:
    import streamlit as st

    from glossary.checking.reports import dumps

    with st.popover(words("report"), icon=":material/download:"):
        for ending in ("html", "docx", "json"):
            st.download_button(
                words(f"as_{ending}"),
                partial(dumps, report, f".{ending}"),
                f"check.{ending}",
                key=f"ck_as_{ending}",
                type="tertiary",
                on_click="ignore",
            )


def _view(report: Report, words: Words) -> View:
    """What is shown, by the choices above the text and the address."""
    import streamlit as st

    found = counts_of(chosen(report, notes=bool(st.session_state.get("notes"))))
    zh = words.tongue == "zh"
    with st.container(horizontal=True, vertical_alignment="center", key="ck_filters"):
        kinds: list[str] = []
        if len(found) > 1:
            kinds = _kinds({str(kind): f"{NAMES[kind][zh]} {n}" for kind, n in found.items()}, words)
        notes = _toggle("notes", words) if any(one.level == "note" for one in report.findings) else False
        gone = _toggle("show_dismissed", words, "dismissed") if report.dismissed else False
        beside = _toggle("beside", words)
        only = _toggle("only", words) if len(report.draft.beads) > 1 else False
    shown = chosen(report, kinds, notes)
    current = next((one.key for one in shown if one.key.startswith(st.query_params.get("f", "-"))), "")
    return View(shown, current, report.dismissed if gone else (), beside, only, _page())


def _kinds(names: Mapping[str, str], words: Words) -> list[str]:
    """The kinds of findings that are chosen, which stand in the address by their names in no language."""
    import streamlit as st

    key = "ck_kinds"
    if key not in st.session_state:
        st.session_state[key] = [name for name in st.query_params.get_all("kind") if name in names]
    chosen = st.pills(
        words("kinds"),
        list(names),
        selection_mode="multi",
        format_func=lambda name: names.get(name, name),
        key=key,
        label_visibility="collapsed",
    )
    st.query_params["kind"] = chosen
    return chosen


def _toggle(name: str, words: Words, key: str = "") -> bool:
    import streamlit as st

    helped = words(f"{name}_help") if f"{name}_help" in words.table else None
    return st.toggle(words(name), key=key or name, bind="query-params", help=helped)


def _page() -> int:
    import streamlit as st

    written = st.query_params.get("page", "1")
    return int(written) - 1 if written.isdecimal() and len(written) < 7 else 0


def _go_to(view: View, key: str) -> None:
    """Make a finding the current one, on the page of the text that it is on."""
    import streamlit as st

    one = next((one for one in view.shown if one.key == key), None)
    if one is None:
        return
    st.query_params["f"] = key[:SHORT]
    _turn_to(one.bead // PAGE)
    st.session_state[_MOVES] = st.session_state.get(_MOVES, 0) + 1


def _turn_to(page: int) -> None:
    import streamlit as st

    if page:
        st.query_params["page"] = str(page + 1)
    else:
        st.query_params.pop("page", None)


def _pager(report: Report, view: View, pages: int, words: Words) -> None:
    import streamlit as st

    first, last = window(report.draft, view.page)
    page = first // PAGE
    with st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center"):
        back = st.button(words("earlier"), key="ck_earlier", disabled=page == 0, icon=":material/arrow_upward:")
        st.caption(words("pager", first=first + 1, last=last, n=len(report.draft.beads)), width="content")
        on = st.button(words("later"), key="ck_later", disabled=page >= pages - 1, icon=":material/arrow_downward:")
    if back or on:
        _turn_to(page + (1 if on else -1))
        st.query_params.pop("f", None)
        st.rerun(scope="fragment")


def _bar(report: Report, view: View, dismissals: Dismissals, may: bool, words: Words) -> None:
    """Where one is among the findings; next and previous; dismissing with a reason, and taking that back."""
    import streamlit as st

    total, place = len(view.shown), view.place
    with st.container(key="ck_bar", horizontal=True, vertical_alignment="center"):
        if total == 0:
            st.caption(words("none_shown" if report.findings else "nothing"), width="content")
        else:
            here = words("findings_one") if total == 1 else words("findings", n=total)
            here = here if place is None else words("finding_of", k=place + 1, n=total)
            st.caption(here, width="content")
            _steps(view, words)
            _reason(report, view, dismissals, may, words)
        last = _undoable(report)
        if last and st.button(words("undo_key"), key="ck_undo", icon=":material/undo:"):
            _recall(dismissals, last, words)


def _steps(view: View, words: Words) -> None:
    import streamlit as st

    total, place = len(view.shown), view.place
    back = st.button(words("previous"), key="ck_previous", disabled=total < 2)
    on = st.button(words("next"), key="ck_next", disabled=total < 2 and place is not None)
    if on or back:
        at = (place + (1 if on else -1)) % total if place is not None else _from_here(view) if on else total - 1
        _go_to(view, view.shown[at].key)
        st.rerun(scope="fragment")


def _from_here(view: View) -> int:
    """The first finding of the page that is shown, or of a later one."""
    return next((k for k, one in enumerate(view.shown) if one.bead >= view.page * PAGE), 0)


def _reason(report: Report, view: View, dismissals: Dismissals, may: bool, words: Words) -> None:
    import streamlit as st

    off = not may or view.place is None
    with (
        st.form("ck_form", clear_on_submit=True, border=False, width="stretch"),
        st.container(horizontal=True, vertical_alignment="center"),
    ):
        hint = words("reason_hint") if may else words("may_not")
        reason = st.text_input(
            words("reason"), key="ck_reason", placeholder=hint, label_visibility="collapsed", disabled=off
        )
        helped = words("dismiss_help") if may else words("may_not")
        sent = st.form_submit_button(words("dismiss"), disabled=off, help=helped)
    if sent:
        _dismiss(report, view, dismissals, reason, words)


def _dismiss(report: Report, view: View, dismissals: Dismissals, reason: str, words: Words) -> None:
    import streamlit as st

    from glossary.checking import session

    if not reason.strip():
        st.toast(words("reason_first"), icon=":material/info:")
        return
    place = view.place or 0
    following = view.shown[(place + 1) % len(view.shown)].key if len(view.shown) > 1 else ""
    session.dismiss(dismissals, report, [view.current], reason)
    st.session_state[_DONE] = [*_done(), view.current]
    st.query_params.pop("f", None)
    _go_to(view, following)
    st.toast(words("was_dismissed"), icon=":material/check:")
    st.rerun(scope="fragment")


def _recall(dismissals: Dismissals, key: str, words: Words) -> None:
    import streamlit as st

    st.session_state[_DONE] = [one for one in _done() if one != key]
    dismissals.recall([key])
    st.query_params["f"] = key[:SHORT]
    st.session_state[_MOVES] = st.session_state.get(_MOVES, 0) + 1
    st.toast(words("was_recalled"), icon=":material/undo:")
    st.rerun(scope="fragment")


def _done() -> list[str]:
    import streamlit as st

    return list(st.session_state.get(_DONE, ()))


def _undoable(report: Report) -> str:
    """What this session dismissed last of this report and is dismissed still."""
    gone = {one.key for one in report.dismissed}
    return next((key for key in reversed(_done()) if key in gone), "")
