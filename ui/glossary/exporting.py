"""The glossary, or a part of it, as a file for another program or for a reviewer."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from glossary.browsing import choices
from glossary.concepts import Workflow
from glossary.exchange import FORMATS, dump_glossary
from glossary.exchange.review_pack import write_review
from glossary.reading import Query
from ui.frame import plainly
from ui.glossary.address import Address, bound, read, write
from ui.glossary.languages import language_name
from ui.parts import literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from glossary.concepts import Concept
    from glossary.glossary import Glossary
    from ui.resources import Resources
    from ui.words import Words

PACK = "pack"  # a review pack, beside the formats
_XLSX = "xlsx"


def draw(shared: Resources, glossary: Glossary, at: Address, words: Words) -> None:  # noqa: ARG001 - as all views
    """Draw the view."""
    import streamlit as st

    st.html(f'<div class="dz-quiet">{words("export_what")}</div>')
    there = choices(glossary)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        form = st.selectbox(
            words("format"),
            [*FORMATS, PACK],
            format_func=lambda name: words(f"x_{name}"),
            key="gl_format",
            width=400,
        )
        _filter("language", there.languages, lambda code: language_name(code, words), at.language, words)
        _filter("status", list(Workflow), lambda name: words(f"w_{name}"), at.status, words)
        _filter("subject", there.subjects, str, at.subject, words)
    asked = read()
    query = Query("", asked.language, asked.query.status, None, asked.subject)
    count = glossary.count(query)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<div class="dz-quiet">{words("so_many_concepts", n=count)}</div>')
        ready = st.button(words("prepare"), key="gl_prepare", type="primary", disabled=not count)
    with plainly():
        _file(glossary, query, form, ready, words)


def _filter(name: str, options: Sequence[str], say: Callable[[str], str], now: str, words: Words) -> None:
    """A filter that the list of concepts has too, so that what was looked at can be written."""
    import streamlit as st

    given = ["", *map(str, options)]
    given += [now] if now not in given else []
    bound(f"gl_x_{name}", now)
    st.selectbox(
        words(name),
        given,
        format_func=lambda one: say(one) if one else words(f"any_{name}"),
        key=f"gl_x_{name}",
        width=190,
        on_change=lambda: write(**{name: str(st.session_state[f"gl_x_{name}"] or "")}),
    )


def _file(glossary: Glossary, query: Query, form: str, ready: bool, words: Words) -> None:
    """The file once it has been prepared, with what it could not hold; until something else is asked for."""
    import streamlit as st

    last = next((event.id for event in glossary.latest(1)), 0)
    key = (form, query, last)
    held = st.session_state.get("gl_prepared")
    if ready:
        with st.spinner(words("preparing")):
            held = key, written(list(glossary.concepts(query)), form)
        st.session_state["gl_prepared"] = held
    if not held or held[0] != key:
        return
    data, notes = held[1]
    name, mime = (
        ("review.xlsx", FORMATS[_XLSX].media_type)
        if form == PACK
        else (f"glossary{_suffix(form)}", FORMATS[form].media_type)
    )
    for note in notes:
        st.caption(literal(note))
    st.download_button(
        words("download_as", name=literal(name)),
        data,
        name,
        mime,
        key="gl_download",
        icon=":material/download:",
        on_click="ignore",
    )


def _suffix(form: str) -> str:
    """The extension of a format; formats that share one are told apart by their content."""
    return FORMATS[form].extensions[0] if FORMATS[form].extensions else ".tbx"


def written(concepts: Sequence[Concept], form: str) -> tuple[bytes, tuple[str, ...]]:
    """The concepts in a format or as a pack, and what it has no place for. Raises ExchangeError."""
    if form != PACK:
        found = dump_glossary(concepts, form)
        return found.data, found.notes
    with TemporaryDirectory() as folder:
        path = Path(folder, "review.xlsx")
        notes = write_review(concepts, path)
        return path.read_bytes(), notes
