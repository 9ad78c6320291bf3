"""A draft into the corpus, with all that follows: vectors brought up to date, approved entries tested again."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from models.errors import DuizhaoError
from ui.parts import literal, safe

if TYPE_CHECKING:
    from glossary.desk import Desk
    from search.drafts import Draft
    from search.records import StoredDocument
    from ui.resources import Resources
    from ui.words import Words

_ALERTS = "al_alerts"  # by document the sentences of the alerts that it raised


def accept(draft: Draft, shared: Resources, desk: Desk, words: Words, over: bool) -> int:
    """Store the draft as it is; the number of the document.

    It is stored already when the vectors are made and the entries tested: what goes wrong there is told, no more.
    """
    import streamlit as st

    added = desk.accept_draft(draft, over)
    told: list[str] = []
    try:
        shared.refresh()
        told = [alert.sentence for alert in desk.retest([added], lambda: shared.locator)]
        failed = ""
    except DuizhaoError as error:
        failed = words("not_tested", why=str(error))
    st.session_state[_ALERTS] = {added.document: (told, failed)}
    return added.document


def show_accepted(document: int, shared: Resources, words: Words) -> None:
    """What was done, and where to go from here. Raises NotInCorpusError where the document is gone."""
    import streamlit as st

    found = shared.corpus.find(f"#{document}")
    told, failed = st.session_state.get(_ALERTS, {}).get(document, ([], ""))
    st.html(accepted_html(found, words, told))
    if failed:
        st.warning(literal(failed), icon=":material/info:")


def accepted_html(document: StoredDocument, words: Words, alerts: list[str]) -> str:
    """The document, and the alerts that it raised, with links; all text escaped."""
    said = words("accepted", name=safe(document.label), n=document.pairs, checked=document.checked)
    links = [
        (f"/corpus?document={document.id}", words("accepted_see")),
        (f"/align?document={document.id}", words("accepted_again")),
        ("/align", words("accepted_next")),
    ]
    shown = "".join(f'<a href="{escape(address)}" target="_self">{word}</a>' for address, word in links)
    drift = ""
    if alerts:
        listed = "".join(f"<li>{safe(sentence)}</li>" for sentence in alerts)
        see = f'<a href="/glossary?view=drift" target="_self">{words("drift_see")}</a>'
        drift = f"<p>{words('drift', n=len(alerts))}</p><ul>{listed}</ul><p>{see}</p>"
    return f'<div class="al-done"><p>✓ {said}</p><p>{shown}</p>{drift}</div>'
