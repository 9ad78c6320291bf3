"""Looking for candidates in the corpus, with progress and a way to stop; and what is shown where nothing waits."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.frame import again
from ui.review import deciding, state
from ui.review.bar import said, why_not
from ui.review.head import clear

if TYPE_CHECKING:
    from glossary.extraction.candidates import Extraction
    from ui.review.state import View
    from ui.words import Words

_OFTEN = 0.2  # seconds between two looks at the progress


def draw_nothing(view: View) -> None:
    """What is shown where nothing waits: why, and what to do."""
    import streamlit as st

    from glossary.candidates.choosing import Wanted

    words, total = view.words, view.order.total
    if view.order.wanted != Wanted():
        title, more = words("none_so"), words("none_so_more")
    elif total:
        title, more = words("all_decided"), words("all_decided_more", total=total)
    else:
        title, more = words("nothing_waits"), words("nothing_more")
    st.html(f'<div class="dz-rv-empty"><h2>{title}</h2><p>{more}</p></div>')
    if view.order.wanted != Wanted():
        with st.container(horizontal=True, horizontal_alignment="center"):
            st.button(words("clear"), key="rv_clear_all", type="primary", on_click=clear)
    else:
        draw_extractor(view, titled=False)


def draw_extractor(view: View, titled: bool = True) -> None:
    """Ask how many, look for them, store them."""
    import streamlit as st

    from glossary.rules import Deed

    words = view.words
    pairs = view.corpus.stats().pairs
    barred = "" if view.may(Deed.SUGGEST) else why_not(view, suggesting=True)
    with st.container(key="rv_panel", gap="small", width=620):
        if titled:
            st.html(f'<h2 class="dz-rv-terms">{words("extract_title")}</h2>')
        if not pairs:
            st.info(words("corpus_empty"), icon=":material/info:")
            return
        st.html(f'<div class="dz-quiet">{words("extract_how", pairs=pairs)}</div>')
        top = st.number_input(words("top"), 1, 5000, 200, step=50, key="rv_top", width=240)
        with st.container(horizontal=True, gap="small"):
            begun = st.button(
                words("start"), key="rv_start", type="primary", disabled=bool(barred), help=barred or None
            )
            if titled:
                st.button(f"{words('cancel')} `Esc`", key="rv_cancel", type="tertiary", on_click=state.set_mode)
        if titled:
            wanted = int(top) if begun else state.memory().pop("rv_begin", 0)
            st.html(said())
            if wanted:
                _extract(view, wanted)
        elif begun:
            state.memory()["rv_begin"] = int(top)
            state.set_mode("extract")
            st.rerun()


def stop(words: Words) -> None:
    """Pressing the button has ended the search; say so."""
    deciding.say(words("stopped"))


def _extract(view: View, top: int) -> None:
    """Do it while the page waits; “Stop” draws the page anew, which ends this, and what was found so far is kept.

    This is drawn outside of any fragment: Streamlit lets a button of a fragment wait until the run is over.
    """
    import streamlit as st

    words = view.words
    deciding.say("")
    st.button(words("stop"), key="rv_stop", icon=":material/stop_circle:", on_click=stop, args=(words,))
    line = st.progress(0.0, text=words("learning"))
    found = _found(view, top, line.progress)
    from glossary.candidates.learning import decisions, learn
    from glossary.candidates.queue import sort_out, store

    learned = learn(decisions(view.glossary.concepts()))
    chosen = sort_out(view.glossary, view.corpus, found.candidates, learned)
    done = store(view.glossary, view.corpus, chosen, found.signature)
    state.memory().pop("rv_order", None)
    state.go("")
    n = len(done.events)
    deciding.say(words("stored", n=n) if n else words("stored_none"))
    if n:
        again()
    else:
        line.progress(1.0, text=words("stored_none"))


def _found(view: View, top: int, show: Callable[..., object]) -> Extraction:
    from glossary.candidates.finding import find_candidates
    from search.precedents.locator import locator_of
    from search.records import Filters

    words, corpus, encoder = view.words, view.corpus, view.shared.encoder
    known = locator_of(corpus, encoder, _told(show, lambda *_: words("learning"))).known
    stages = ["reading", "looking"]
    last = [0]

    def stage(done: int, total: int) -> str:
        if done < last[0] and len(stages) > 1:
            stages.pop(0)
        last[0] = done
        return words(stages[0], done=done, total=total)

    return find_candidates(corpus, encoder, Filters(), top, known, _told(show, stage))


def _told(show: Callable[..., object], sentence: Callable[[int, int], str]) -> Callable[[int, int], None]:
    """Shows how much is done, now and then."""
    shown = [0.0]

    def told(done: int, total: int) -> None:
        text = sentence(done, total)
        now = time.monotonic()
        if now - shown[0] >= _OFTEN or done >= total:
            shown[0] = now
            show(min(1.0, done / max(total, 1)), text=text)

    return told
