"""The page “Look up”: a question in either language; its answer is a summary first, then the concordance."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ui.frame import opened, plainly, style_in, words_for
from ui.live import Act, live
from ui.look_up import taking, timeline
from ui.look_up.answers import Answers, prepare
from ui.look_up.asking import Asked, ask_next, box
from ui.look_up.listing import UNRENDERED, Listed, concordance, one_pair
from ui.look_up.quoted import quoted_html
from ui.look_up.starting import empty, remember, welcome
from ui.look_up.summary import doubtful_pair, entries_html, meant_html, notes_html, renderings_html
from ui.look_up.words import WORDS

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from glossary.glossary import Glossary
    from search.precedents.evidence import TermResult
    from search.precedents.question import Question
    from ui.words import Words

AT_ONCE = 25  # occurrences whose renderings are counted before anything is shown: it takes some tenths of a second


def page() -> None:
    """Draw it."""
    import streamlit as st

    st.html(style_in(Path(__file__).parent))
    words = words_for(WORDS)
    with plainly():
        shared, glossary = opened()
        answers = Answers.now(shared)
        stats = answers.stats()
        if not stats.documents:
            empty(shared, glossary, words)
            return
        asked = box(words, stats)
        if asked.query:
            remember(asked.query)
            answer(asked, answers, glossary, words)
        else:
            one_pair(Listed(asked, answers, glossary, words), (), "zh")
            welcome(stats, words)
            prepare(shared)  # last: it would only slow down what is drawn


def answer(asked: Asked, answers: Answers, glossary: Glossary, words: Words) -> None:
    """The answer, in the order in which it stands on the page; what takes long is filled in last."""
    import streamlit as st

    term = asked.term
    above = st.container(key="la_above")
    below = st.container(key="la_below")
    if term is None:
        with below:
            concordance(Listed(asked, answers, glossary, words))
        with above:
            if asked.is_long:
                _quoted(asked, answers, glossary, words)
            else:
                _meant(asked, answers, words)
        return
    only = st.query_params.get("r", "")
    held = answers.occurrences(term)
    with above:
        _entries(term, glossary, words)
        place = st.empty()
    at_once = bool(only) or held <= AT_ONCE
    if not at_once:
        with place:
            live(waiting_html(words), key="la_waiting")
        with below:
            concordance(Listed(asked, answers, glossary, words))
    result = answers.precedents(term)
    with place.container(key="la_summary"):
        if not held:
            _meant(asked, answers, words)
        picture = _summary(result, only, asked, words)
    if at_once:
        with below:
            concordance(Listed(asked, answers, glossary, words, only, result))
    if picture is not None:
        with picture:
            timeline.draw(answers, result, term, words)


def _entries(term: Question, glossary: Glossary, words: Words) -> None:
    from glossary.entries import entries_for

    with plainly():
        found = entries_for(glossary, term.term, term.language)
        live(entries_html(found, term.language, words, term.term), key="la_entries")


def _meant(asked: Asked, answers: Answers, words: Words) -> None:
    """Where nothing holds the words that were asked: what may have been meant."""
    from search.lookup.question import asked as looked_up
    from search.lookup.question import language_of

    text = looked_up(asked.query)
    language, filters = language_of(text), asked.how.filters
    if "*" in text or answers.holding(text, language, filters):
        return
    act = live(meant_html(answers.spellings(text, language, filters), language, words), key="la_meant")
    if act and act.get("act") == "ask":
        ask_next(q=act.get("q", ""))


def waiting_html(words: Words) -> str:
    """What holds the place of the renderings while they are counted."""
    bars = '<div class="la-row la-wait"></div>' * 3
    return f'<div class="la-waiting" role="status"><div class="la-label">{words("counting")}</div>{bars}</div>'


def _summary(result: TermResult, only: str, asked: Asked, words: Words) -> DeltaGenerator | None:
    """The renderings and what is in no count; the place that is kept for the picture, if there is to be one."""
    import streamlit as st

    html = renderings_html(result, only, words) + notes_html(result, asked.inside, words)
    _act(live(html, key="la_renderings"), result)
    taking.term(result, words)
    live(timeline.head_html(result, words), key="la_turning")
    return st.container(key="la_picture") if timeline.has_timeline(result) else None


def _act(act: Act | None, result: TermResult) -> None:
    """Do what was clicked in the summary."""
    import streamlit as st

    if not act:
        return
    doing, rendering = act.get("act"), act.get("r", "")
    if doing == "ask":
        ask_next(q=act.get("q", ""))
    if doing == "inside":
        _address(inside=act.get("on", ""), r="", n="", pair="")
    elif doing == "narrow":
        _address(r="" if st.query_params.get("r") == rendering else rendering, n="", pair="")
    elif doing == "unrendered":
        _address(r=UNRENDERED, n="", pair="")
    elif doing == "doubt":
        one = next((one for one in result.renderings if one.text == rendering), None)
        if one is not None:
            shown = doubtful_pair(one)
            _address(r=rendering, n=str(one.evidence.index(shown) + 1), pair=str(shown.pair.id))
            st.session_state["la_goto"] = f"pair-{shown.pair.id}"
    st.rerun()


def _address(**values: str) -> None:
    """Set parameters of the address, or take them away where they are empty."""
    import streamlit as st

    for name, value in values.items():
        if value:
            st.query_params[name] = value
        else:
            st.query_params.pop(name, None)


def _quoted(asked: Asked, answers: Answers, glossary: Glossary, words: Words) -> None:
    """What a pasted text quotes, above its hits."""
    import streamlit as st

    from search.lookup.question import asked as looked_up
    from search.lookup.question import language_of

    text = looked_up(asked.query)
    language = language_of(text)
    place = st.empty()
    with place:
        live(f'<div class="la-tracing dz-quiet" role="status">{words("tracing")}</div>', key="la_tracing")
    passages = answers.quotations(text, language, asked.how.filters)
    terms = answers.terms_in(text, language, glossary)
    pairs = [quotation.pair for passage in passages for quotation in passage.quotations]
    titles = {pair.document: answers.title(pair.document, words.tongue) for pair in pairs if not pair.symbol}
    with place:
        act = live(quoted_html(text, language, passages, words, terms, titles), key="la_quoted")
    if act and act.get("act") == "pair":
        _address(pair=act.get("id", ""))
        st.session_state["la_goto"] = f"pair-{act.get('id', '')}"
        st.rerun()
