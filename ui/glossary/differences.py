"""Conflicts of an import: both versions of what differs, and the choice for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING

import regex

from ui.glossary.address import link
from ui.glossary.entries import both
from ui.glossary.languages import language_name
from ui.parts import safe

if TYPE_CHECKING:
    from glossary.exchange.preview import Choice, Item
    from ui.words import Words

A_PAGE = 20  # conflicts that are shown at once
_IN = regex.compile(r"(?P<name>[\w -]+?) \((?P<language>[\w-]+)\)")
_FIELDS: Mapping[str, str] = {
    "subject field": "subject",
    "note": "note",
    "preferred term": "preferred",
    "definition": "definition",
    "term": "term",
}


def conflict_rows(items: Sequence[Item], for_all: Choice, file: str, words: Words) -> dict[int, Choice]:
    """Draw a page of them; the choice for every one, that for all where nothing else was chosen."""
    import streamlit as st

    from glossary.exchange.preview import Choice

    key = f"gl_choices_{file}"
    own: dict[int, Choice] = st.session_state.setdefault(key, {})
    pages = -(-len(items) // A_PAGE)
    page = st.number_input(words("page"), 1, pages, 1, key=f"{key}_page", width=140) if pages > 1 else 1
    options = ["", *(str(one) for one in Choice)]
    for item in items[(page - 1) * A_PAGE : page * A_PAGE]:
        left, right = st.columns([3, 1], vertical_alignment="center")
        left.html(item_html(item, words))
        chosen = right.selectbox(
            words("choice"),
            options,
            options.index(str(own.get(item.number, ""))),
            format_func=lambda one: words(f"choice_{Choice(one).name.casefold()}") if one else words("as_all"),
            key=f"{key}_{item.number}",
            label_visibility="collapsed",
        )
        own.pop(item.number, None)
        own |= {item.number: Choice(chosen)} if chosen else {}
    return {item.number: own.get(item.number, for_all) for item in items}


def item_html(item: Item, words: Words) -> str:
    """What a concept is here and in the file, line by line."""
    head = ""
    if item.existing:
        head = (
            f'<a href="{escape(link(item.existing.id))}" target="_blank">{item.existing.id}</a> {both(item.existing)}'
        )
    rows = "".join(
        f"<tr><th>{safe(name_of(one.field, words))}</th><td>{safe(one.mine) or '–'}</td>"
        f"<td>{safe(one.theirs)}</td></tr>"
        for one in item.differences
    )
    columns = f"<tr><th></th><th>{words('here')}</th><th>{words('in_file')}</th></tr>"
    return f'<div class="gl-differs"><div>{head}</div><table>{columns}{rows}</table></div>'


def name_of(field: str, words: Words) -> str:
    """A field of an import as people call it; as it is where it has no name here."""
    match = _IN.fullmatch(field)
    name = match["name"] if match else field
    if name not in _FIELDS:
        return field
    said = words(f"if_{_FIELDS[name]}")
    return words("if_in", name=said, language=language_name(match["language"], words)) if match else said
