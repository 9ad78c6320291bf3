"""What is asked: the box, the ways of searching and the filters, all of them kept in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from search.lookup.question import How
from search.records import Filters
from ui.address import choice
from ui.live import live
from ui.parts import safe

if TYPE_CHECKING:
    from search.lookup.question import Accent, Mode, Side
    from search.precedents.question import Question
    from search.records import Stats
    from ui.words import Words

MODES: tuple[Mode, ...] = ("all", "exact", "fuzzy", "meaning")
ORDERS: tuple[Accent, ...] = ("meaning", "authority", "recent")
SIDES: tuple[Side, ...] = ("both", "zh", "en")
SURE = (0, 60, 90)  # percent
# The keys of the widgets of the filters, and what asks for nothing.
NOTHING: Mapping[str, Any] = {
    "la_in": "both",
    "symbol": "",
    "la_body": "",
    "la_type": "",
    "la_from": 0,
    "la_to": 0,
    "la_sure": 0,
    "checked": False,
}
# Parameters that belong to one question and go with it: the rendering shown alone, how many hits, the pair whose
# context is open, whether longer names are counted.
OF_ONE_QUESTION = ("r", "n", "pair", "inside")
PAGE = 20  # hits shown at once
MOST = 1000
_NEXT, _LAST = "la_next", "la_last"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the address has it."""

    query: str
    how: How
    inside: bool = False

    @property
    def term(self) -> Question | None:
        """The term whose precedents are shown; None where a sentence is asked, or likeness or meaning alone."""
        from align.errors import InputError
        from search.lookup.question import is_term
        from search.precedents.question import question

        if self.how.mode not in ("all", "exact") or "*" in self.query or not is_term(self.query):
            return None
        try:
            found = question(self.query, None, self.how.filters, inside=self.inside)
        except InputError:  # nothing but marks
            return None
        foreign = found.language == "en" and self.how.side == "zh"  # an abbreviation in Chinese texts
        return replace(found, language="zh") if foreign else found

    @property
    def is_long(self) -> bool:
        """Whether it may quote something: it is no term and has words."""
        from search.lookup.question import has_words, is_term

        return has_words(self.query) and not is_term(self.query)


def ask_next(**values: object) -> None:
    """Let widgets have these values, by their keys, when the page is drawn anew; "q" is the box."""
    import streamlit as st

    st.session_state[_NEXT] = values
    st.rerun()


def box(words: Words, stats: Stats) -> Asked:
    """Draw what a question is put together with; the question. Its parameters go when another question is asked."""
    import streamlit as st

    back = not st.query_params
    for key, value in st.session_state.pop(_NEXT, {}).items():
        st.session_state[key] = value
    with st.container(key="la_box", horizontal=True, vertical_alignment="bottom"):
        query = st.text_input(
            words("box"), key="q", placeholder=words("box"), label_visibility="collapsed", bind="query-params"
        )
        st.button(words("go"), type="primary", icon=":material/search:", key="la_go")
    how = _ways(words, stats, back)
    query = (query or "").strip()
    _forget_the_last(query, how)
    return Asked(query, replace(how, top=number_in_address("n", PAGE, MOST)), st.query_params.get("inside") == "1")


def _forget_the_last(query: str, how: How) -> None:
    import streamlit as st

    last = st.session_state.get(_LAST)
    if last is not None and last != (query, how):
        for name in OF_ONE_QUESTION:
            st.query_params.pop(name, None)
    st.session_state[_LAST] = query, how


def number_in_address(name: str, least: int, most: int) -> int:
    """A parameter of the address that is a number, within bounds; the least where it is none."""
    import streamlit as st

    text = st.query_params.get(name, "")
    return max(least, min(most, int(text))) if text.isascii() and text.isdecimal() and len(text) <= 15 else least


def _ways(words: Words, stats: Stats, back: bool) -> How:
    import streamlit as st

    with st.container(key="la_ways", horizontal=True, vertical_alignment="center"):
        mode = choice(
            "mode",
            "la_mode",
            MODES,
            lambda: st.segmented_control(
                words("mode"),
                MODES,
                format_func=lambda one: words(f"m_{one}"),
                key="la_mode",
                required=True,
                label_visibility="collapsed",
            ),
            back,
        )
        rank = _select(words("order"), "order", ORDERS, lambda one: words(f"o_{one}"), back, quiet=True)
        with st.popover(words("filters"), icon=":material/tune:", key="la_filters"):
            side, filters = _filters(words, stats, back)
        _chips(words)
        with st.container(key="la_keys"):
            live(key="la_keys_live", keys={"/": "q"}, focus="q")
    return How(mode, side, filters, rank=rank)


def _select(
    label: str, name: str, options: Sequence[T], shown: Callable[[T], str], back: bool, quiet: bool = False
) -> T:
    import streamlit as st

    return choice(
        name,
        f"la_{name}",
        options,
        lambda: st.selectbox(
            label,
            options,
            format_func=shown,
            key=f"la_{name}",
            label_visibility="collapsed" if quiet else "visible",
            width=230 if quiet else "stretch",
        ),
        back,
    )


def _filters(words: Words, stats: Stats, back: bool) -> tuple[Side, Filters]:
    import streamlit as st

    years = sorted(int(year) for year in stats.by_year if year.isdecimal())
    bodies = ["", *(body for body in stats.by_body if body != "?")]

    def year(one: int) -> str:
        return str(one) if one else words("any")

    side = _select(words("f_in"), "in", SIDES, lambda one: words(f"in_{one}"), back)
    symbol = st.text_input(
        words("f_symbol"), key="symbol", placeholder="A/RES/*", help=words("f_symbol_hint"), bind="query-params"
    )
    body = _select(words("f_body"), "body", bodies, lambda one: one or words("any"), back)
    kind = _select(
        words("f_type"), "type", ["", *stats.by_type], lambda one: type_name(one, words) or words("any"), back
    )
    left, right = st.columns(2)
    with left:
        first = _select(words("f_from"), "from", [0, *years], year, back)
    with right:
        last = _select(words("f_to"), "to", [0, *years], year, back)
    sure = _select(words("f_sure"), "sure", SURE, lambda one: words(f"sure_{one}"), back)
    status = "checked" if st.checkbox(words("f_checked"), key="checked", bind="query-params") else ""
    return side, Filters((symbol or "").strip(), body, kind, year_span(first, last), status, sure / 100)


def year_span(first: int, last: int) -> tuple[int, int] | None:
    """The years of a filter, whichever way round they were given; 0 asks for nothing."""
    if not first and not last:
        return None
    found = first or 1, last or 9999
    return min(found), max(found)


def type_name(kind: str, words: Words) -> str:
    """A type of documents in words."""
    return words(f"t_{kind}") if f"t_{kind}" in words.table else kind


def _chips(words: Words) -> None:
    """The filters that are on, each with the way to take it away."""
    import streamlit as st

    on = {key: st.session_state[key] for key, nothing in NOTHING.items() if st.session_state[key] != nothing}
    act = live(chips_html(on, words), key="la_chips")
    if act and act.get("act") == "drop":
        key = act.get("key", "")
        ask_next(**({key: NOTHING[key]} if key in NOTHING else dict(NOTHING)))


def chips_html(on: Mapping[str, object], words: Words) -> str:
    """The filters that are on as buttons that take them away."""
    parts = []
    for key, value in on.items():
        what = safe(_shown(key, value, words))
        title = words("chip_drop", what=what)
        parts.append(
            f'<button class="la-chip" data-act="drop" data-key="{key}" title="{title}" aria-label="{title}">'
            f'{what} <span aria-hidden="true">✕</span></button>'
        )
    if len(parts) > 1:
        parts.append(f'<button class="dz-do" data-act="drop" data-key="">{words("drop_all")}</button>')
    return "".join(parts)


def _shown(key: str, value: object, words: Words) -> str:
    name = key.removeprefix("la_")
    if name in ("in", "sure"):
        return words(f"{name}_{value}")
    if name == "type":
        return type_name(str(value), words)
    if name == "checked":
        return words("chip_checked")
    return {"from": f"{value}–", "to": f"–{value}"}.get(name, str(value))
