"""A piece of HTML in the page whose parts can be clicked, and keys that press the buttons of the page.

Streamlit draws widgets, not running text; what people read is HTML that Python makes, every text in it escaped. An
element with ``data-act`` sends its data back when it is clicked, one with ``data-copy`` goes to the clipboard.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

_REGISTERING = Lock()  # sessions are threads, and a component is registered once
_SCRIPT = Path(__file__).with_name("live.js")
Act = Mapping[str, str]  # the data of the element that was clicked: "act" is what to do, the rest to what


@cache
def _component(script: str) -> Any:
    import streamlit as st

    return st.components.v2.component("duizhao_live", js=script, isolate_styles=False)


def live(
    html: str = "",
    *,
    key: str,
    keys: Mapping[str, str] | None = None,
    focus: str = "",
    goto: str = "",
    cookie: str = "",
    tongue: str = "",
) -> Act | None:
    """Show ``html``, in which all text must be escaped; what was clicked in it since, once.

    ``keys``: by the key pressed ("a", "ArrowDown") the key of the Streamlit button to press, or of the field to go to;
    "next .row" goes to the next element of the piece with that class, "previous .row" back.
    ``focus``: the key of the field that is ready for typing when the page opens. ``goto``: the id of the element to
    scroll to. With "#" and another number behind it, either goes there again. ``cookie``: "name=value", kept for a
    year. ``tongue``: the language of the interface, for screen readers.
    """
    data = {"html": html, "keys": dict(keys or {}), "focus": focus, "goto": goto, "cookie": cookie, "tongue": tongue}
    with _REGISTERING:
        component = _component(_SCRIPT.read_text("utf-8"))
    result = component(key=key, data=data, on_act_change=lambda: None)
    act = result.act
    return {name: str(value) for name, value in act.items()} if isinstance(act, dict) else None


def clicked(key: str) -> Act | None:
    """What ``live`` with this key will return in this run: known before it is drawn, so that all can be drawn once."""
    import streamlit as st

    act = (st.session_state.get(key) or {}).get("act")
    return {name: str(value) for name, value in act.items()} if isinstance(act, dict) else None
