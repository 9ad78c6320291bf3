"""Choices kept in the address under names that are the same in every language of the interface.

``bind="query-params"`` of a widget with translated labels would write the labels.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
_SEEN = "address_seen"
_DIGITS = 40  # more of them nobody has typed


def number(text: str) -> int | None:
    """The number that a parameter of the address is, None where it is none that could be meant."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else None


def choice(name: str, key: str, options: Sequence[T], draw: Callable[[], T | None], back: bool = False) -> T:
    """What a widget has chosen of some options, the first of which is the default and not written.

    ``name`` is the parameter in the address, ``key`` that of the widget, which ``draw`` draws. An address that was
    changed by hand, or by the browser's way back, is obeyed. ``back``: whoever comes from another page, with an empty
    address, finds what they had chosen here.
    """
    import streamlit as st

    seen: dict[str, str] = st.session_state.setdefault(_SEEN, {})
    given = st.query_params.get(name, "")
    by_text = {str(option): option for option in options}
    if key not in st.session_state or given != seen.get(name, given):
        kept = seen.get(name, "") if back else ""
        st.session_state[key] = by_text.get(given or kept, options[0])
    elif st.session_state[key] not in options:
        st.session_state[key] = options[0]
    chosen = draw()
    chosen = options[0] if chosen is None else chosen
    text = "" if chosen == options[0] else str(chosen)
    if text:
        st.query_params[name] = text
    else:
        st.query_params.pop(name, None)
    seen[name] = text
    return chosen
