"""The form by which a candidate is edited: terms, usage, subject, definitions, note, with what is like them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from glossary.concepts import Usage
from ui.parts import safe
from ui.review import candidate, deciding, state
from ui.review import typed as kept
from ui.review.bar import why_not

if TYPE_CHECKING:
    from glossary.concepts import Concept
    from glossary.duplicates import Similar
    from glossary.log import Event
    from search.corpus import Corpus
    from ui.review.state import View
    from ui.words import Words

LANGUAGES = ("zh", "zh-Hant", "en")


def draw_editor(view: View, concept: Concept, events: Sequence[Event]) -> None:
    """Draw it in place of the terms, with what was typed into it before a reload or Esc."""
    import streamlit as st

    words = view.words
    with st.container(key="rv_panel", gap="small"):
        st.markdown(f"**{words('editing')}**")
        _draw_meanwhile(view, concept, events)
        for term in concept.terms:
            _draw_term(view, concept, term.id, term.language, term.text, term.usage)
        _draw_another(view, concept)
        left, right = st.columns(2)
        with left:
            _subject(view, concept)
            _field(concept, "definition_zh", words("definition_zh"), _definition(concept, "zh"))
        with right:
            _field(concept, "note", words("note"), concept.note)
            _field(concept, "definition_en", words("definition_en"), _definition(concept, "en"))
        _draw_buttons(view, concept, _keep(concept))


def _keep(concept: Concept) -> tuple[str, ...]:
    """Keep what stands in the fields now and is not stored; the names of those fields."""
    stored = _stored(concept)
    values = {name: _value(concept, name, value) for name, value in stored.items()}
    differing = {name: value for name, value in values.items() if value != stored[name]}
    kept.keep(concept, differing)
    return tuple(differing)


def close(concept: Concept) -> None:
    """Back to the candidate; what was typed is there when the form is opened again."""
    _keep(concept)
    state.set_mode()


def give_up(concept: Concept, names: Sequence[str]) -> None:
    """Show what is stored again, in place of what was typed."""
    kept.forget(concept)
    for name in names:
        state.memory().pop(_key(concept, name), None)


def _draw_meanwhile(view: View, concept: Concept, events: Sequence[Event]) -> None:
    """Say what someone else did since one began to type."""
    import streamlit as st

    before = kept.typed_for(concept)
    since = [one for one in events if before and one.version is not None and one.version > before.version]
    if since and state.memory().get("rv_stale") is None:  # which is told already
        st.html(candidate.meanwhile(view.words("typed_on_new"), since, view.words))


def _draw_buttons(view: View, concept: Concept, differing: Sequence[str]) -> None:
    import streamlit as st

    words = view.words
    barred = why_not(view)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            words("save_approve"),
            key="rv_save_approve",
            type="primary",
            disabled=bool(barred),
            help=barred or None,
            on_click=save,
            args=(view, concept, True),
        )
        st.button(words("save"), key="rv_save", on_click=save, args=(view, concept, False))
        st.button(f"{words('cancel')} `Esc`", key="rv_cancel", type="tertiary", on_click=close, args=(concept,))
        if differing:
            st.button(
                words("give_up"),
                key="rv_give_up",
                type="tertiary",
                help=words("typed_kept"),
                on_click=give_up,
                args=(concept, differing),
            )
        st.html(f'<span class="dz-quiet">{words("empty_goes")}</span>', width="content")


def save(view: View, concept: Concept, approved: bool) -> None:
    """Store what stands in the fields now; where it cannot be stored, it is still there."""
    _keep(concept)
    deciding.store(view, concept, lambda: typed(view.corpus, concept), approved)


def typed(corpus: Corpus, concept: Concept) -> Concept:
    """The concept as the fields make it. Raises GlossaryError."""
    from glossary.candidates.showing import main_term, reworded
    from glossary.instructions import Instructions

    main = main_term(concept, "zh")
    wanted = _value(concept, f"{main.id}_text", main.text).strip() if main else ""
    # What showed the old rendering does not show the new one.
    changed = reworded(corpus, concept, wanted) if wanted else concept
    orders = list(_orders(concept, changed))
    gone = [term.id for term in changed.terms if not _value(concept, f"{term.id}_text", term.text).strip()]
    another = _value(concept, "another", "").strip()
    add = [f"{_value(concept, 'another_in', LANGUAGES[0])}:{another}"] if another else []
    return Instructions(add=add, remove=gone, set=orders).applied(changed)


def _orders(concept: Concept, changed: Concept) -> Iterator[str]:
    """What differs in the fields, as ``Instructions`` has it."""
    for term in changed.terms:
        text = _value(concept, f"{term.id}_text", term.text).strip()
        usage = _value(concept, f"{term.id}_usage", term.usage)
        if text and text != term.text:
            yield f"{term.id}.text={text}"
        if usage != term.usage:
            yield f"{term.id}.usage={usage}"
    for name, old in (("subject", concept.subject), ("note", concept.note)):
        if (new := _value(concept, name, old).strip()) != old:
            yield f"{name}={new}"
    for language in ("zh", "en"):
        old = _definition(concept, language)
        if (new := _value(concept, f"definition_{language}", old).strip()) != old:
            yield f"definition.{language}={new}"


def _stored(concept: Concept) -> dict[str, str]:
    """What is stored, for each field of the form."""
    texts = {f"{term.id}_text": term.text for term in concept.terms}
    usages = {f"{term.id}_usage": str(term.usage) for term in concept.terms}
    definitions = {f"definition_{one}": _definition(concept, one) for one in ("zh", "en")}
    others = {"another": "", "another_in": LANGUAGES[0], "subject": concept.subject, "note": concept.note}
    return texts | usages | definitions | others


def _draw_term(view: View, concept: Concept, identifier: str, language: str, text: str, usage: Usage) -> None:
    import streamlit as st

    words = view.words
    wide, narrow = st.columns([4, 1.3], vertical_alignment="bottom")
    with wide:
        _field(concept, f"{identifier}_text", words("term_in", language=_spoken(language, words)), text, one_line=True)
    with narrow:
        key = _begin(concept, f"{identifier}_usage", str(usage))
        usages = [str(one) for one in Usage]
        st.selectbox(words("usage"), usages, format_func=lambda one: words(f"u_{one}"), key=key)
    _draw_likes(view, concept, _value(concept, f"{identifier}_text", text), language)


def _draw_another(view: View, concept: Concept) -> None:
    import streamlit as st

    words = view.words
    wide, narrow = st.columns([4, 1.3], vertical_alignment="bottom")
    with wide:
        _field(concept, "another", words("another"), "", one_line=True)
    with narrow:
        key = _begin(concept, "another_in", LANGUAGES[0])
        st.selectbox(words("another_in"), LANGUAGES, format_func=lambda one: _spoken(one, words), key=key)
    language = _value(concept, "another_in", LANGUAGES[0])
    _draw_likes(view, concept, _value(concept, "another", ""), language)


def _spoken(language: str, words: Words) -> str:
    """A language as people call it; as it is coded where it has no name here."""
    key = f"in_{language}"
    return words(key) if key in words.table else language


def _draw_likes(view: View, concept: Concept, text: str, language: str) -> None:
    """Say which terms of other concepts a term is like, while it is typed."""
    import streamlit as st

    from glossary.duplicates import similar

    text = text.strip()
    found = similar(text, view.holdings.known(language, concept.id)) if text else ()
    if found:
        st.html(f'<div class="dz-conflict dz-rv-like">{"<br>".join(_like(view, one) for one in found[:3])}</div>')


def _like(view: View, one: Similar) -> str:
    why = view.words(f"like_{one.likeness.name.lower()}")
    return view.words("looks_like", text=safe(one.text), concept=safe(one.concept), why=why)


def _subject(view: View, concept: Concept) -> None:
    import streamlit as st

    from glossary.candidates.choosing import NO_SUBJECT, subjects

    key = _begin(concept, "subject", concept.subject)
    known = [one for one in subjects(view.holdings) if one not in (NO_SUBJECT, concept.subject)]
    now = str(state.memory()[key] or "")
    options = list(dict.fromkeys([concept.subject, *known, now, ""]))
    st.selectbox(
        view.words("field_subject").capitalize(),
        options,
        key=key,
        accept_new_options=True,
        placeholder=view.words("subject_new"),
    )


def _field(concept: Concept, name: str, label: str, value: str, one_line: bool = False) -> None:
    import streamlit as st

    key = _begin(concept, name, value)
    if one_line:
        st.text_input(label, key=key)
    else:
        st.text_area(label, key=key, height=70)


def _begin(concept: Concept, name: str, value: str) -> str:
    """The key of a field, which shows what was typed into it before, or else what is stored."""
    key, before = _key(concept, name), kept.typed_for(concept)
    state.memory().setdefault(key, before.fields.get(name, value) if before else value)
    return key


def _value(concept: Concept, name: str, otherwise: str) -> str:
    found = state.memory().get(_key(concept, name), otherwise)
    return str(found if found is not None else "")


def _key(concept: Concept, name: str) -> str:
    """Of a field: one for each version, so that nothing typed for another stands in it."""
    return f"rv_e_{concept.id}_{concept.version}_{name}"


def _definition(concept: Concept, language: str) -> str:
    return next((one.text for one in concept.definitions if one.language == language), "")
