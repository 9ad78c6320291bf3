"""A concept is changed, or a new one proposed: the form, terms like others while one types, saving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.concepts import Concept
from glossary.errors import StaleEditError
from glossary.rules import MAY, Deed
from ui.address import number
from ui.frame import notice, plainly
from ui.glossary import stale
from ui.glossary.address import Address, go, write
from ui.glossary.drafts import drafts
from ui.glossary.entries import both, plain_heads
from ui.glossary.fields_of_form import fill_in
from ui.glossary.form import blank, concept_of, form_of, touched
from ui.glossary.languages import language_name
from ui.glossary.likes import warned

if TYPE_CHECKING:
    from collections.abc import Callable

    from glossary.glossary import Glossary
    from ui.words import Words


def change(glossary: Glossary, at: Address, words: Words) -> None:
    """The form of a concept as it was in the version that the address names."""
    import streamlit as st

    if stale.pending(at.concept):
        stale.draw(glossary, at, words)
        return
    asked = number(at.edit) or 0
    now = glossary.find(at.concept)
    base = now if asked in (0, now.version) else glossary.version(now.id, asked)
    st.html(f"<h1 class='gl-h1'>{words('edit_of', what=both(base))}</h1>")
    st.fragment(_form)(glossary, base, at, words, lambda wanted, reason: glossary.save(wanted, reason))


def propose(glossary: Glossary, at: Address, words: Words) -> None:
    """The form of a new concept."""
    import streamlit as st

    st.html(f"<h1 class='gl-h1'>{words('new')}</h1>")
    st.fragment(_form)(glossary, Concept(""), at, words, lambda wanted, reason: glossary.propose(wanted, reason))


def _form(
    glossary: Glossary, base: Concept, at: Address, words: Words, store: Callable[[Concept, str], Concept]
) -> None:
    """The form; what stands in it is kept with every change, under a name that is in the address."""
    import streamlit as st

    kept = drafts()
    name = st.session_state.get("gl_draft") if st.session_state.get("gl_draft_of") == (base.id, base.version) else ""
    name = at.draft or name
    start = form_of(base) if base.id else blank((("zh", at.zh), ("en", at.en)))
    form = (kept.get(name) if name else None) or start
    if not name or kept.get(name) is None:
        name = kept.add(form)
        st.session_state["gl_draft"], st.session_state["gl_draft_of"] = name, (base.id, base.version)
        write(draft=name)
    fields, likes = st.columns([3.4, 1], gap="medium")
    with fields:
        now = fill_in(form, name, words)
    kept.keep(name, now)
    if [row.id for row in now.terms] != [row.id for row in form.terms]:
        st.rerun(scope="fragment")
    wanted = concept_of(base, now)
    with likes:
        warned(glossary, touched(base, wanted), base.id, words)
    if base.id and any(status == "approved" for status in base.workflow.values()):
        st.caption(words("reopens"))
    _save(glossary, base, wanted, name, words, store)


def _save(
    glossary: Glossary,
    base: Concept,
    wanted: Concept,
    name: str,
    words: Words,
    store: Callable[[Concept, str], Concept],
) -> None:
    import streamlit as st

    reason = st.text_input(words("reason"), key=f"gl_why_{name}", placeholder=words("reason_hint"), width=520)
    with st.container(horizontal=True):
        may = Deed.SUGGEST in MAY[glossary.role]
        label = words("save" if base.id else "do_propose")
        save = st.button(label, type="primary", key="gl_save", disabled=not may or not wanted.terms)
        leave = st.button(words("cancel"), key="gl_cancel")
    if not may:
        st.caption(words("may_not_suggest", role=words(glossary.role)))
    if save:
        with plainly():
            _store(base, wanted, reason, name, words, store)
    if leave:
        drafts().forget(name)
        go(edit="", draft="", view="", zh="", en="")


def _store(
    base: Concept, wanted: Concept, reason: str, name: str, words: Words, store: Callable[[Concept, str], Concept]
) -> None:
    import streamlit as st

    try:
        done = store(wanted, reason)
    except StaleEditError as error:
        if error.base is None or error.mine is None or error.theirs is None:
            raise
        stale.keep(error, reason, name)
        st.rerun()
    drafts().forget(name)
    st.session_state["gl_shown"] = done.id, done.version
    reopened = [
        k for k, status in done.workflow.items() if status == "in-review" and base.workflow.get(k) == "approved"
    ]
    said = words("saved" if base.id else "proposed", what=plain_heads(done))
    languages = ", ".join(language_name(one, words) for one in reopened)
    notice(said + (words("reopened", languages=languages) if reopened else ""))
    go(concept=done.id, edit="", draft="", view="", zh="", en="")
