"""The inbox of conflicts: one term with several renderings at a time, with the reason, settled by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.dismissals import CONFLICT, Dismissals
from glossary.rules import MAY, Deed
from ui.frame import notice, plainly
from ui.glossary import gathered
from ui.glossary.address import Address, go, write
from ui.glossary.inbox import leafed, put_back, steps
from ui.glossary.rivals import conflict_html
from ui.live import live

if TYPE_CHECKING:
    from glossary.conflicts.gathering import Gathering
    from glossary.conflicts.records import Conflict
    from glossary.glossary import Glossary
    from ui.resources import Resources
    from ui.words import Words

AT_ONCE = 10  # conflicts that are looked for before any is shown
_REASONS = {
    "rival synonyms": "synonyms",
    "different concepts": "concepts",
    "abbreviation or variant": "variant",
    "alignment error": "alignment",
    "fixed quotation": "quotation",
}


def count(shared: Resources, glossary: Glossary) -> str:
    """How many wait, as far as that is known; "" before anyone has looked."""
    found = gathered.known(shared, glossary)
    if found is None or (not found.complete and not found.found):
        return ""
    return f"({len(found.unsettled())}{'' if found.complete else '+'})"


def draw(shared: Resources, glossary: Glossary, at: Address, words: Words) -> None:
    """Draw the view."""
    import streamlit as st

    if not shared.corpus.pair_count():
        st.html(f'<div class="gl-empty">{words("conflicts_need_corpus")}</div>')
        return
    held = gathered.gathering(shared, glossary)
    if not _begun(held, words):
        return
    _find(held, shared, AT_ONCE, words)
    waiting = held.unsettled()
    if not waiting:
        st.html(f'<div class="gl-empty">{words("no_conflicts")}</div>')
    else:
        _one(held, shared, glossary, waiting, at, words)
    put_back(Dismissals(glossary.database, glossary.user), CONFLICT, glossary.role, words)


def _begun(held: Gathering, words: Words) -> bool:
    """Whether the texts have been read; that takes a while, so that it begins when it is asked for."""
    import streamlit as st

    if held.read:
        return True
    st.html(f'<div class="gl-empty">{words("conflicts_what")}</div>')
    if not st.button(words("conflicts_read"), type="primary", key="gl_read"):
        return False
    total = max(1, held.corpus.pair_count())
    bar = st.progress(0.0, words("reading"))
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done % max(1, total // 50) == 0:
            bar.progress(min(1.0, done / total), words("reading_pairs", n=done, total=total))

    held.read_texts(step)
    return st.rerun()


def _find(held: Gathering, shared: Resources, most: int, words: Words) -> None:
    """Look until some wait, and say how far it is."""
    import streamlit as st

    if held.complete or len(held.unsettled()) >= most:
        return
    bar = st.progress(0.0, words("looking"))

    def step() -> None:
        found = len(held.found)
        bar.progress(min(1.0, found / most), words("looking_at", n=found, total=held.terms))

    held.find(most, lambda: shared.locator, step)
    st.rerun()


def _one(
    held: Gathering, shared: Resources, glossary: Glossary, waiting: list[Conflict], at: Address, words: Words
) -> None:
    """The conflict that the address names, or the first; and what may be said of it."""
    import streamlit as st

    keys = [conflict.key for conflict in waiting]
    place = leafed(keys, at.at)
    conflict = waiting[place]
    with st.container(horizontal=True, vertical_alignment="center"):
        more = "" if held.complete else words("more_possible", terms=held.terms)
        st.html(f'<div class="dz-quiet">{words("place", n=place + 1, total=len(waiting))} {more}</div>')
        steps(keys, place, words)
        if not held.complete and st.button(words("find_more"), key="gl_more", type="tertiary"):
            _find(held, shared, len(waiting) + AT_ONCE, words)
    keymap = {"c": "gl_confirm", "j": "gl_step_next", "k": "gl_step_back", "r": f"gl_why_{conflict.key}"}
    act = live(conflict_html(conflict, words), key="gl_conflict", keys=keymap)
    if act and act.get("act") == "concept":
        go(concept=act["id"], view="", at="")
    _settle(glossary, conflict, keys, place, words)


def _settle(glossary: Glossary, conflict: Conflict, keys: list[str], place: int, words: Words) -> None:
    import streamlit as st

    from glossary.conflicts.settling import dismiss

    with st.container(horizontal=True, vertical_alignment="bottom", key="gl_settle"):
        reason = st.selectbox(
            words("it_is"),
            list(_REASONS),
            list(_REASONS).index(str(conflict.reason)),
            format_func=lambda name: words(f"r_{_REASONS[name]}"),
            key=f"gl_reason_{conflict.key}",
            width=230,
        )
        why = st.text_input(words("why"), key=f"gl_why_{conflict.key}", placeholder=words("why_hint"), width=380)
        may = Deed.DECIDE in MAY[glossary.role]
        pressed = st.button(f"{words('confirm')}  `C`", key="gl_confirm", type="primary", disabled=not may)
    if not may:
        st.caption(words("may_not_decide", role=words(glossary.role)))
    if pressed:
        with plainly():
            said = f"{reason}: {why.strip()}" if why.strip() else reason
            dismiss(Dismissals(glossary.database, glossary.user), [conflict], [conflict.key], said)
            rest = keys[:place] + keys[place + 1 :]
            write(at=rest[min(place, len(rest) - 1)] if rest else "")
            notice(words("settled", term=conflict.term))
            st.rerun()
