"""What the rules let one do with a concept: decide in its languages, edit, merge, split, take back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from glossary.browsing import headword
from glossary.concepts import Concept, Workflow
from glossary.planning import deciding as plan_decision
from glossary.rules import MAY, TRANSITIONS, Deed, Role, languages_of, status_of
from ui.frame import notice, plainly
from ui.glossary.address import go
from ui.glossary.entries import plain_heads
from ui.glossary.languages import language_name

if TYPE_CHECKING:
    from glossary.glossary import Glossary
    from glossary.log import Event
    from ui.words import Words

LIKELY = 12  # concepts that are offered to be merged


def possible(concept: Concept, language: str, role: Role) -> list[Workflow]:
    """The statuses that a role may give a concept in a language."""
    following = TRANSITIONS[status_of(concept, language)]
    return [status for status, deed in following.items() if deed in MAY[role]]


def decidable(concept: Concept, status: Workflow, role: Role) -> list[str]:
    """The languages in which a concept may be given a status."""
    return [language for language in languages_of(concept) if status in possible(concept, language, role)]


def draw(glossary: Glossary, seen: Concept, events: Sequence[Event], words: Words) -> None:
    """The panel beside the article; ``seen`` is the concept as it was on screen when something was pressed."""
    import streamlit as st

    role = glossary.role
    with st.container(key="gl_panel"):
        reason = st.text_input(
            words("reason"), key=f"gl_reason_{seen.id}_{seen.version}", placeholder=words("reason_hint")
        )
        with plainly():
            _all_languages(glossary, seen, role, reason, words)
            _by_language(glossary, seen, role, reason, words)
        if Deed.DECIDE not in MAY[role]:
            st.caption(words("may_not_decide", role=words(role)))
        st.html("<hr class='gl-rule'>")
        with st.container(horizontal=True):
            may = Deed.SUGGEST in MAY[role]
            if st.button(words("edit"), key="gl_edit", icon=":material/edit:", disabled=not may):
                go(edit=str(seen.version))
            with plainly():
                _undo_last(glossary, events, may, words)
        if Deed.DECIDE in MAY[role]:
            with st.container(horizontal=True):
                _merge(glossary, seen, reason, words)
                _split(glossary, seen, reason, words)


def _all_languages(glossary: Glossary, seen: Concept, role: Role, reason: str, words: Words) -> None:
    """The two usual decisions, in all languages in which they may be made."""
    import streamlit as st

    with st.container(horizontal=True):
        for name, status in (("approve", Workflow.APPROVED), ("reject", Workflow.REJECTED)):
            languages = decidable(seen, status, role)
            if languages:
                kind = "primary" if name == "approve" else "secondary"
                label = f"{words(f'do_{status}')}  `{name[0].upper()}`"
                if st.button(label, key=f"gl_{name}", type=kind):  # type: ignore[arg-type]
                    _decide(glossary, seen, status, languages, reason, words)


def _by_language(glossary: Glossary, seen: Concept, role: Role, reason: str, words: Words) -> None:
    import streamlit as st

    for language in languages_of(seen):
        statuses = possible(seen, language, role)
        if not statuses:
            continue
        with st.container(horizontal=True, vertical_alignment="center", key=f"gl_in_{language}"):
            st.html(f'<span class="gl-in">{words("only_in", language=language_name(language, words))}</span>')
            for status in statuses:
                if st.button(words(f"do_{status}"), key=f"gl_{language}_{status}", type="tertiary"):
                    _decide(glossary, seen, status, [language], reason, words)


def _decide(
    glossary: Glossary, seen: Concept, status: Workflow, languages: Collection[str], reason: str, words: Words
) -> None:
    plan = plan_decision([seen], status, languages)
    done = glossary.carry_out(plan, reason)
    said = words("decided", what=plain_heads(seen), status=words(f"w_{status}"))
    without = [language_name(k, words) for k in languages if status is Workflow.APPROVED and _unchosen(done, k)]
    notice(said + (words("no_preferred", languages=", ".join(without)) if without else ""))
    _show_anew(done)


def _unchosen(done: Iterable[Event], language: str) -> bool:
    """Whether a language was approved without a preferred term."""
    after = next((event.after for event in done), None)
    return after is not None and not any(term.usage == "preferred" for term in after.of(language))


def _show_anew(done: Iterable[Event]) -> None:
    import streamlit as st

    for event in done:
        if event.after is not None:
            st.session_state["gl_shown"] = event.concept, event.version
            break
    st.rerun()


def _undo_last(glossary: Glossary, events: Sequence[Event], may: bool, words: Words) -> None:
    """Take back the last change of this concept that holds still."""
    import streamlit as st

    changed = [event for event in events if event.version is not None]
    taken = {event.undoes for event in changed if event.undoes}
    last = next((event for event in reversed(changed) if not event.undoes and event.id not in taken), None)
    pressed = st.button(words("undo"), key="gl_undo", icon=":material/undo:", disabled=not may or last is None)
    if pressed and last is not None:
        undo(glossary, last.id, words)
        st.rerun()


def undo(glossary: Glossary, event: int, words: Words, only: bool = True) -> None:
    """Take a change back, of an import or an extraction what it did to this concept ``only``, and say so."""
    import streamlit as st

    for done in glossary.undo(event, only):
        seen = st.session_state.get("gl_shown")
        if seen and seen[0] == done.concept and done.version:
            st.session_state["gl_shown"] = done.concept, done.version
    notice(words("undone"))


def _merge(glossary: Glossary, seen: Concept, reason: str, words: Words) -> None:
    """Another concept is put into this one."""
    import streamlit as st

    with st.popover(words("merge"), icon=":material/merge:", key="gl_merge", type="tertiary"):
        st.caption(words("merge_how"))
        asked = st.text_input(
            words("merge_which"), key=f"gl_other_{seen.id}", live=True, placeholder=words("merge_hint")
        )
        offered = [one for one in _likely(glossary, seen, asked) if one.id != seen.id]
        names = {one.id: f"{one.id} · {plain_heads(one)}" for one in offered}
        which = st.selectbox(words("merge_into"), list(names), format_func=names.__getitem__, key=f"gl_which_{seen.id}")
        other = next((one for one in offered if one.id == which), None)
        if st.button(words("merge_do"), key="gl_merge_do", disabled=other is None) and other is not None:
            with plainly():
                kept = glossary.merge(seen, [other], reason)
                st.session_state["gl_shown"] = kept.id, kept.version
                notice(words("merged", what=plain_heads(other)))
                st.rerun()


def _likely(glossary: Glossary, seen: Concept, asked: str) -> list[Concept]:
    """Concepts that may be the same: those with the words asked for, or with a term like one of this one's."""
    if asked.strip():
        by_id = [asked.strip()] if asked.strip()[:1] in "cC" and asked.strip()[1:].isdecimal() else []
        return [*_there(glossary, by_id), *glossary.search(asked, limit=LIKELY)]
    heads = [term for term in (headword(seen, "zh"), headword(seen, "en")) if term]
    likes = glossary.warnings(heads, seen.id)
    return _there(glossary, list(dict.fromkeys(one.concept for some in likes.values() for one in some))[:LIKELY])


def _there(glossary: Glossary, identifiers: Sequence[str]) -> list[Concept]:
    from glossary.reading import by_ids

    with glossary.database.reading() as connection:
        found = by_ids(connection, identifiers)
    return [found[name] for name in identifiers if name in found]


def _split(glossary: Glossary, seen: Concept, reason: str, words: Words) -> None:
    """Some terms go to a concept of their own."""
    import streamlit as st

    if len(seen.terms) < 2:
        return
    with st.popover(words("split"), icon=":material/call_split:", key="gl_split", type="tertiary"):
        st.caption(words("split_how"))
        names = {term.id: term.text for term in seen.terms}
        chosen = st.multiselect(
            words("split_which"), list(names), format_func=names.__getitem__, key=f"gl_parts_{seen.id}_{seen.version}"
        )
        if st.button(words("split_do"), key="gl_split_do", disabled=not 0 < len(chosen) < len(names)):
            with plainly():
                left, new = glossary.split(seen, chosen, reason)
                st.session_state["gl_shown"] = left.id, left.version
                notice(words("was_split", id=new.id, what=plain_heads(new)))
                go(concept=left.id)
