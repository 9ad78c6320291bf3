"""The fields of the form by which a concept is edited."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from glossary.concepts import TermType, Usage
from glossary.instructions import PARTS_OF_SPEECH
from ui.glossary.form import DefinitionRow, Form, TermRow, next_id
from ui.glossary.languages import NAMED, language_name
from ui.parts import safe

if TYPE_CHECKING:
    from ui.words import Words

USAGES = ("", Usage.PREFERRED, Usage.ADMITTED, Usage.DEPRECATED, Usage.SUPERSEDED)
TYPES = ("", *(one for one in TermType if one))


def fill_in(form: Form, name: str, words: Words) -> Form:
    """Draw the fields with what stands in the form; what stands in them now. ``name`` is part of their keys."""
    import streamlit as st

    terms: dict[str, TermRow] = {}
    definitions = {one.language: one for one in form.definitions}
    for language in dict.fromkeys(row.language for row in form.terms):
        st.html(f"<h2 class='gl-h2'>{safe(language_name(language, words))}</h2>")
        for row in (one for one in form.terms if one.language == language):
            filled = _term(row, name, words)
            terms |= {row.id: filled} if filled else {}
        definitions[language] = _definition(definitions.get(language) or DefinitionRow(language), name, words)
    added = _more(form, name, words)
    with st.container(horizontal=True):
        subject = st.text_input(words("subject"), form.subject, key=f"gl_{name}_subject", width=260)
        note = st.text_input(words("note"), form.note, key=f"gl_{name}_note", width=540)
    kept = [terms[row.id] for row in form.terms if row.id in terms]
    return Form((*kept, *added), tuple(definitions.values()), subject, note)


def _term(row: TermRow, name: str, words: Words) -> TermRow | None:
    """A term: words, usage, kind; what is rarer behind a button. None where it is taken away."""
    import streamlit as st

    key = f"gl_{name}_{row.id}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}_row"):
        text = st.text_input(
            words("term"), row.text, key=f"{key}_text", live="400ms", label_visibility="collapsed", width=360
        )
        usage = _choice(words("usage_of"), USAGES, row.usage, f"{key}_usage", lambda one: words(f"u_{one}"))
        kind = _choice(words("kind"), TYPES, row.type, f"{key}_type", lambda one: words(f"k_{one}"))
        with st.popover(words("details"), type="tertiary", key=f"{key}_more"):
            known = row.part_of_speech if row.part_of_speech in PARTS_OF_SPEECH else ""
            part = _choice(words("part"), _PARTS, known, f"{key}_part", lambda one: words(f"p_{one}"), shown=True)
            source = st.text_input(words("source_of"), row.source, key=f"{key}_source")
            note = st.text_input(words("note"), row.note, key=f"{key}_note")
        gone = st.button(words("remove"), key=f"{key}_remove", icon=":material/close:", type="tertiary")
    part = part or (row.part_of_speech if row.part_of_speech not in PARTS_OF_SPEECH else "")
    return None if gone else TermRow(row.id, row.language, text or "", usage, kind, part, source or "", note or "")


_PARTS = ("", *(one for one in PARTS_OF_SPEECH if one))


def _choice(
    label: str, options: Sequence[str], now: str, key: str, say: Callable[[str], str], shown: bool = False
) -> str:
    import streamlit as st

    given = [str(one) for one in options]
    return st.selectbox(
        label,
        given,
        given.index(now) if now in given else 0,
        format_func=say,
        key=key,
        width="stretch" if shown else 140,
        label_visibility="visible" if shown else "collapsed",
    )


def _definition(row: DefinitionRow, name: str, words: Words) -> DefinitionRow:
    import streamlit as st

    key = f"gl_{name}_{row.language}"
    with st.container(horizontal=True):
        text = st.text_area(words("definition"), row.text, key=f"{key}_text", height=68, width=540)
        source = st.text_input(words("source_of"), row.source, key=f"{key}_source", width=260)
    return DefinitionRow(row.language, text or "", source or "")


def _more(form: Form, name: str, words: Words) -> list[TermRow]:
    """One more term, in any language."""
    import streamlit as st

    codes = list(dict.fromkeys([*(row.language for row in form.terms), *NAMED]))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        language = st.selectbox(
            words("language"),
            codes,
            format_func=lambda code: language_name(code, words),
            key=f"gl_{name}_add_language",
            width=180,
            label_visibility="collapsed",
        )
        pressed = st.button(words("add_term"), key="gl_add_term", icon=":material/add:")
    return [TermRow(next_id(form), language)] if pressed else []
