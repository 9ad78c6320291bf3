"""What both inboxes share: leafing, and what was set aside and can be brought back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from glossary.rules import MAY, Deed
from ui.frame import notice, plainly
from ui.glossary.address import go
from ui.glossary.history import when
from ui.live import live
from ui.parts import safe

if TYPE_CHECKING:
    from glossary.dismissals import Dismissal, Dismissals
    from glossary.rules import Role
    from ui.words import Words

SHOWN = 100  # of those that were set aside, the newest


def leafed(keys: Sequence[str], asked: str) -> int:
    """The place of the one that the address names; the first where it is not there."""
    return keys.index(asked) if asked in keys else 0


def steps(keys: Sequence[str], place: int, words: Words) -> None:
    """Buttons to the one before and the one after."""
    import streamlit as st

    back = st.button(
        words("previous"), key="gl_step_back", icon=":material/chevron_left:", type="tertiary", disabled=place == 0
    )
    forth = st.button(
        words("next"),
        key="gl_step_next",
        icon=":material/chevron_right:",
        type="tertiary",
        disabled=place >= len(keys) - 1,
    )
    if back or forth:
        go(at=keys[place + (1 if forth else -1)])


def put_back(dismissals: Dismissals, kind: str, role: Role, words: Words) -> None:
    """What was set aside, the newest first, each with a way back."""
    import streamlit as st

    gone = dismissals.all(kind)
    if not gone:
        return
    with st.expander(words("set_aside", n=len(gone)), key="gl_aside"):
        may = Deed.DECIDE in MAY[role]
        act = live(aside_html(gone[:SHOWN], may, words), key="gl_aside_list")
        if act and act.get("act") == "recall":
            with plainly():
                dismissals.recall([act["id"]])
                notice(words("recalled"))
                st.rerun()


def aside_html(gone: Sequence[Dismissal], may: bool, words: Words) -> str:
    """A line each: what it was, who set it aside, when and why."""
    lines = []
    for one in gone:
        back = f'<button class="dz-do" data-act="recall" data-id="{safe(one.key)}">{words("bring_back")}</button>'
        facts = f'<span class="dz-from">{safe(one.user)} · {safe(when(one.time))} UTC · “{safe(one.reason)}”</span>'
        lines.append(f"<li>{safe(one.about)} {facts} {back if may else ''}</li>")
    return f'<ul class="gl-aside">{"".join(lines)}</ul>'
