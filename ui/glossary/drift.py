"""The inbox of alerts: approved entries that new documents no longer follow."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from glossary.dismissals import DRIFT, Dismissals
from glossary.drift.alerts import alerts, dismiss
from glossary.rules import MAY, Deed
from ui.frame import notice, plainly
from ui.glossary.address import Address, go, write
from ui.glossary.article import facing
from ui.glossary.history import when
from ui.glossary.inbox import leafed, put_back, steps
from ui.glossary.languages import tag
from ui.live import live
from ui.parts import safe

if TYPE_CHECKING:
    from glossary.drift.records import Alert, Shown
    from glossary.glossary import Glossary
    from ui.resources import Resources
    from ui.words import Words

SHOWN = 3  # pairs of an alert
KINDS = {
    "preferred term no longer used": ("unused", "▽"),
    "counter-example": ("counter", "≠"),
    "deprecated term back in use": ("deprecated", "✕"),
}


def count(glossary: Glossary) -> str:
    """How many wait."""
    found = len(alerts(glossary))
    return f"({found})" if found else ""


def draw(shared: Resources, glossary: Glossary, at: Address, words: Words) -> None:
    """Draw the view."""
    import streamlit as st

    waiting = alerts(glossary)
    if not waiting:
        st.html(f'<div class="gl-empty">{words("no_alerts")}</div>')
    else:
        _one(glossary, waiting, at, words)
    _test_again(shared, glossary, words)
    put_back(Dismissals(glossary.database, glossary.user), DRIFT, glossary.role, words)


def _one(glossary: Glossary, waiting: tuple[Alert, ...], at: Address, words: Words) -> None:
    import streamlit as st

    keys = [alert.key for alert in waiting]
    place = leafed(keys, at.at)
    alert = waiting[place]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<div class="dz-quiet">{words("place", n=place + 1, total=len(waiting))}</div>')
        steps(keys, place, words)
    keymap = {"d": "gl_dismiss", "j": "gl_step_next", "k": "gl_step_back", "r": f"gl_why_{alert.key}", "o": "gl_open"}
    live(alert_html(alert, words), key="gl_alert", keys=keymap)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        why = st.text_input(words("why"), key=f"gl_why_{alert.key}", placeholder=words("why_needed"), width=380)
        may = Deed.DECIDE in MAY[glossary.role]
        pressed = st.button(f"{words('dismiss')}  `D`", key="gl_dismiss", disabled=not may)
        if st.button(f"{words('open_entry')}  `O`", key="gl_open", type="primary"):
            go(concept=alert.concept, view="", at="")
    if pressed:
        with plainly():
            dismiss(glossary, [alert.key], why)
            rest = keys[:place] + keys[place + 1 :]
            write(at=rest[min(place, len(rest) - 1)] if rest else "")
            notice(words("dismissed"))
            st.rerun()


def _test_again(shared: Resources, glossary: Glossary, words: Words) -> None:
    """All documents once more, as after an import of approved entries."""
    import streamlit as st

    from glossary.drift.retesting import retest

    may = Deed.DECIDE in MAY[glossary.role]
    if not st.button(
        words("test_again"), key="gl_retest", icon=":material/refresh:", type="tertiary", disabled=not may
    ):
        return
    with plainly(), st.spinner(words("reading")):
        documents = [document.id for document in shared.corpus.list()]
        found = retest(glossary, shared.corpus, documents, lambda: shared.locator)
        notice(words("tested", n=len(found)))
    st.rerun()


def alert_html(alert: Alert, words: Words) -> str:
    """What is no longer so, and the pairs that show it."""
    name, sign = KINDS[str(alert.kind)]
    back = f'<div class="gl-note">↩ {safe(alert.back)}</div>' if alert.back else ""
    other = "en" if alert.language == "zh" else "zh"
    head = (
        f'<h1><span lang="{tag(other)}">{safe(alert.term)}</span> → '
        f'<span lang="{tag(alert.language)}">{safe(alert.preferred)}</span></h1>'
    )
    pairs = "".join(_shown(one, alert, words) for one in alert.evidence[:SHOWN])
    said = words(f"alert_{name}", term=alert.term, subject=alert.subject, preferred=alert.preferred, n=len(alert.pairs))
    where = ", ".join(alert.documents[:4]) + ("…" if len(alert.documents) > 4 else "")
    return (
        f'<article class="gl-article">{head}<div><span class="dz-conflict">{sign} <b>{words(f"d_{name}")}</b></span> '
        f'<span class="dz-from">{safe(alert.concept)} · {when(alert.last)[:10]}</span></div>'
        f"<p>{safe(said)} <span class='dz-quiet'>{safe(where)}</span></p>{back}{pairs}</article>"
    )


def _shown(one: Shown, alert: Alert, words: Words) -> str:
    kinds = ("partner", "hit") if alert.language == "zh" else ("hit", "partner")
    address = "/?" + urlencode({"q": alert.term, "pair": one.pair})
    symbol = f'<a href="{safe(address)}" target="_self">{safe(one.symbol or words("pair"))}</a>'
    below = f'<div class="dz-from">{symbol} · {safe(one.date)} · {one.confidence:.2f}</div>'
    return facing((one.zh, one.zh_span, kinds[0]), (one.en, one.en_span, kinds[1]), below)
