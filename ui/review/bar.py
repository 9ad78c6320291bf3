"""The buttons at the bottom edge: decisions on the candidate, each with its key, and what was done last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.parts import safe
from ui.review import deciding, state
from ui.review.pieces import as_label

if TYPE_CHECKING:
    from glossary.concepts import Concept
    from ui.review.state import View

_CHIPS = 4
_LONGEST_CHIP = 40
# What the keys press while a candidate is shown; 1–5 and 6–9 are its renderings and the reasons.
KEYS = {"a": "rv_approve", "p": "rv_propose", "r": "rv_reject", "e": "rv_edit", "m": "rv_merge", "d": "rv_defer"}
KEYS |= {"u": "rv_undo", "j": "rv_next", "k": "rv_previous", "/": "rv_find", "?": "rv_help", "0": "rv_other"}
KEYS |= {str(number): f"rv_{number}" for number in range(1, 10)}
ESCAPE = {"Escape": "rv_cancel"}


def draw_bar(view: View, concept: Concept | None) -> None:
    """Draw it; without a concept, what can be done without one."""
    import streamlit as st

    with st.container(key="rv_bar", gap="xxsmall"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            if concept is not None:
                _decisions(view, concept)
            _moves(view, concept)
            st.html(said(), width="stretch")
        if concept is not None:
            _reasons(view, concept)


def said() -> str:
    """What was done last, as HTML that a screen reader tells."""
    return f'<div class="dz-rv-said" role="status">{safe(str(state.memory().get("rv_said", "")))}</div>'


def why_not(view: View, *, suggesting: bool = False) -> str:
    """Why the one who is there may not decide (or suggest) on what is shown; "" where they may."""
    from glossary.rules import Deed

    words = view.words
    if view.may(Deed.DECIDE) or (suggesting and view.may(Deed.SUGGEST)):
        return "" if view.waits else words("decided_already")
    key = "may_not_decide" if view.may(Deed.SUGGEST) else "may_not_suggest"
    return words(key, role=words(view.role))


def reasons(view: View) -> list[str]:
    """The reasons that are offered: those given most often here, then the usual ones."""
    given = [one for one in view.holdings.reasons("reject") if len(one) <= _LONGEST_CHIP]
    usual = [view.words(f"reason_{number}") for number in range(1, _CHIPS + 1)]
    own = [one for one in given if one not in usual][:2]
    return [*usual[: _CHIPS - len(own)], *own]


def _decisions(view: View, concept: Concept) -> None:
    from glossary.rules import Deed

    barred, unsuggested = why_not(view), why_not(view, suggesting=True)
    given = (view, concept)
    if view.may(Deed.DECIDE) or not view.may(Deed.SUGGEST):
        _button(view, "approve", "A", barred, deciding.approve, given, primary=True)
    else:
        _button(view, "propose", "P", unsuggested, deciding.propose, given, primary=True)
    _button(view, "reject", "R", barred, deciding.reject, given)
    _button(view, "edit", "E", unsuggested, deciding.open_mode, ("edit",))
    _button(view, "merge", "M", barred, deciding.open_mode, ("merge",))
    _button(view, "defer", "D", "" if view.waits else view.words("decided_already"), deciding.defer, given)


def _moves(view: View, concept: Concept | None) -> None:
    words = view.words
    last = view.holdings.last_decision(view.glossary.user)
    if state.memory().get("rv_put_off"):
        told, barred = words("undo_put_off"), ""
    elif last is not None:
        told, barred = words("undo_what", what=words(f"did_{last.action}"), name=as_label(last.name)), ""
    else:
        told, barred = "", words("nothing_to_undo")
    _button(view, "undo", "U", barred, deciding.undo, (view,), told=told)
    if concept is not None:
        _button(view, "previous", "K", "", deciding.move, (view, -1), quiet=True)
        _button(view, "next", "J", "", deciding.move, (view, 1), quiet=True)


def _reasons(view: View, concept: Concept) -> None:
    import streamlit as st

    words, barred = view.words, why_not(view)
    with st.container(key="rv_chips", horizontal=True, vertical_alignment="center", gap="xxsmall"):
        st.html(f'<span class="dz-quiet">{words("because")}</span>', width="content")
        for number, reason in enumerate(reasons(view), start=6):
            st.button(
                f"`{number}` {as_label(reason, _LONGEST_CHIP)}",
                key=f"rv_{number}",
                type="tertiary",
                disabled=bool(barred),
                help=barred or None,
                on_click=deciding.reject,
                args=(view, concept, reason),
            )
        st.button(
            f"`0` {words('reason_other')}",
            key="rv_other",
            type="tertiary",
            disabled=bool(barred),
            help=barred or None,
            on_click=deciding.open_mode,
            args=("reason",),
        )


def _button(
    view: View,
    name: str,
    cap: str,
    barred: str,
    act: object,
    given: tuple[object, ...],
    *,
    told: str = "",
    primary: bool = False,
    quiet: bool = False,
) -> None:
    import streamlit as st

    st.button(
        f"{view.words(name)} `{cap}`",
        key=f"rv_{name}",
        type="primary" if primary else "tertiary" if quiet else "secondary",
        disabled=bool(barred),
        help=barred or told or None,
        on_click=act,  # type: ignore[arg-type]
        args=given,
    )
