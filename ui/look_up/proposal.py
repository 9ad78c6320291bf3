"""Proposing a term from a pair of the corpus: a form below the pair, filled with what is marked in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.language import script_of
from glossary.concepts import Concept, Evidence, Term
from glossary.rules import MAY, Deed
from ui.frame import again, notice, plainly
from ui.live import live
from ui.parts import safe

if TYPE_CHECKING:
    from collections.abc import Iterable

    from glossary.duplicates import Similar
    from glossary.glossary import Glossary
    from search.hits import Hit, Places
    from search.records import StoredPair
    from ui.words import Words

LIKE = 5  # similar terms that are named
OPEN, DONE = "la_proposing", "la_proposed"
_FIELDS = ("la_zh", "la_en", "la_subject", "la_reason")


@dataclass(frozen=True, slots=True)
class Draft:
    """A term in both languages, and the pair that shows it with what is marked there."""

    zh: str
    en: str
    subject: str
    pair: StoredPair
    zh_spans: Places
    en_spans: Places

    def terms(self) -> tuple[Term, ...]:
        """The terms, each with the pair as evidence."""
        record = self.pair.record
        zh_span = place_of(self.zh, record.zh_text, self.zh_spans)
        en_span = place_of(self.en, record.en_text, self.en_spans)
        shown = Evidence(self.pair.id, self.pair.symbol, record.zh_text, record.en_text, zh_span, en_span)
        chinese = "zh-Hant" if script_of(record.zh_text) == "Hant" else "zh"
        return Term("", chinese, self.zh, evidence=(shown,)), Term("", "en", self.en, evidence=(shown,))

    def concept(self) -> Concept:
        """The concept that is proposed."""
        return Concept("", self.subject, terms=self.terms())


def place_of(term: str, text: str, spans: Places) -> tuple[int, int]:
    """Where a term stands in a text, whatever its case: there where it was marked, or else what was marked."""
    places = [(at, at + len(term)) for at in _all(term, text)]
    marked = next((place for place in places if any(a < place[1] and place[0] < b for a, b in spans)), None)
    return marked or next(iter(places), None) or next(iter(spans), (0, 0))


def _all(term: str, text: str) -> Iterable[int]:
    wanted, within = term.lower(), text.lower()
    if len(within) != len(text) or not wanted:  # a few characters have longer small forms
        wanted, within = term, text
    at = within.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = within.find(wanted, at + 1)


def prefilled(hit: Hit) -> tuple[str, str]:
    """The first marked part of both texts, in one line each."""
    record = hit.pair.record
    return _first(record.zh_text, hit.zh_spans), _first(record.en_text, hit.en_spans)


def _first(text: str, spans: Places) -> str:
    return " ".join(text[slice(*spans[0])].split()) if spans else ""


def start(hit: Hit) -> None:
    """Open the form below a hit."""
    import streamlit as st

    zh, en = prefilled(hit)
    for key, value in zip(_FIELDS, (zh, en, "", ""), strict=True):
        st.session_state[key] = value
    st.session_state[OPEN] = hit.pair.id


def stop() -> None:
    """Close the form."""
    import streamlit as st

    st.session_state.pop(OPEN, None)


def form(hit: Hit, glossary: Glossary, words: Words) -> None:
    """Draw the form; it saves the concept as proposed, and says so at the hit."""
    import streamlit as st

    may = Deed.SUGGEST in MAY[glossary.role]
    with st.container(border=True, key="la_form"):
        live(f'<div class="la-label">{words("new_term")}</div>', key="la_form_head", focus=f"la_zh#{hit.pair.id}")
        left, right = st.columns(2)
        zh = left.text_input(words("zh_term"), key="la_zh", live=True)
        en = right.text_input(words("en_term"), key="la_en", live=True)
        subject = left.text_input(words("subject"), key="la_subject")
        why = right.text_input(words("why"), key="la_reason")
        draft = Draft(
            (zh or "").strip(), (en or "").strip(), (subject or "").strip(), hit.pair, hit.zh_spans, hit.en_spans
        )
        _warn(draft, glossary, words)
        with st.container(horizontal=True):
            pressed = st.button(words("save"), type="primary", key="la_save", disabled=not may)
            if st.button(words("cancel"), key="la_cancel"):
                stop()
                again()
        if not may:
            st.caption(words("may_not"))
        if pressed:
            _save(draft, why or "", glossary, words)


def _warn(draft: Draft, glossary: Glossary, words: Words) -> None:
    """Name the terms of the glossary that are like these, while they are typed."""
    import streamlit as st

    with plainly(), st.container(key="la_warnings"):
        found = glossary.warnings([term for term in draft.terms() if term.text])
        likes = list(dict.fromkeys(like for some in found.values() for like in some))
        live(warnings_html(likes[:LIKE], words), key="la_warned")


def warnings_html(likes: Iterable[Similar], words: Words) -> str:
    """The similar terms, each a link to its concept."""
    rows = []
    for like in likes:
        shown = words("similar", text=safe(like.text), likeness=words(f"l_{like.likeness}"))
        link = f"/glossary?concept={safe(like.concept)}"
        rows.append(f'<div class="la-similar">⚠ <a target="_self" href="{link}">{shown}</a></div>')
    return "".join(rows)


def _save(draft: Draft, why: str, glossary: Glossary, words: Words) -> None:
    import streamlit as st

    if not draft.zh or not draft.en:
        st.error(words("need_both"), icon=":material/error:")
        return
    with plainly():
        stored = glossary.propose(draft.concept(), why)
        st.session_state.setdefault(DONE, {})[draft.pair.id] = stored.id
        stop()
        notice(words("proposed", id=stored.id))
        st.rerun()
