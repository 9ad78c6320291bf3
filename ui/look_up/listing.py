"""The concordance on the page: its head with the export, the hits, context and proposals in place, more of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from search.hits import Hit, Results
from search.lookup.question import LONGEST
from ui.frame import again, plainly
from ui.live import Act, live
from ui.look_up import proposal, taking
from ui.look_up.answers import COUNTED, as_results, better_marked
from ui.look_up.asking import MOST, PAGE, number_in_address
from ui.look_up.concordance import View, hits_html, once

if TYPE_CHECKING:
    from align.document import Language
    from glossary.glossary import Glossary
    from search.precedents.evidence import TermResult
    from ui.look_up.answers import Answers
    from ui.look_up.asking import Asked
    from ui.words import Words

AROUND = 2  # paragraphs before and after an open pair
KEYS = {"j": "next .la-hit", "k": "previous .la-hit"}
UNRENDERED = "-"  # what is shown alone, in the address: the paragraphs in which no rendering was found


@dataclass(frozen=True)
class Listed:
    """What the concordance is drawn from; ``result`` is known where a term is asked and has been counted."""

    asked: Asked
    answers: Answers
    glossary: Glossary
    words: Words
    only: str = ""
    result: TermResult | None = None

    def shown(self, count: int) -> tuple[Results, int]:
        """The first hits, and how many there are of their kind; 0 where nobody has counted."""
        if self.only and self.result is not None:
            evidence = next((one.evidence for one in self.result.renderings if one.text == self.only), ())
            evidence = self.result.unrendered if self.only == UNRENDERED else evidence
            return as_results(evidence[:count], self.result, self.only), len(evidence)
        found = self.answers.hits(self.asked.query, replace(self.asked.how, top=count))
        if self.asked.how.mode not in ("all", "exact"):
            return found, 0
        held = self.answers.holding(self.asked.query, found.language, self.asked.how.filters)
        return better_marked(found, self.result), held


def concordance(listed: Listed) -> None:
    """Draw the hits; what is done in them draws them alone anew."""
    import streamlit as st

    st.fragment(_concordance)(listed)


def _concordance(listed: Listed) -> None:
    with plainly():
        _draw_all(listed)


def _draw_all(listed: Listed) -> None:
    import streamlit as st

    words = listed.words
    count = number_in_address("n", PAGE, MOST)
    results, total = listed.shown(count)
    one_pair(listed, [hit.pair.id for hit in results.hits], results.language)
    _head(listed, results, total)
    if not results.hits:
        _nothing(listed)
        return
    _act(_draw(listed, results, "la_hits"), results)
    if len(results.hits) == count < MOST and (not listed.only or total > count):
        more = min(PAGE, MOST - count) if not listed.only else min(PAGE, total - count)
        if st.button(words("more", n=more), key="la_more", icon=":material/expand_more:"):
            st.query_params["n"] = str(count + PAGE)
            again()


def one_pair(listed: Listed, besides: Sequence[int], language: Language) -> None:
    """The pair that the address names, where it is not among the hits, with what stands around it."""
    opened = number_in_address("pair", 0, 10**15)
    if not opened or opened in besides:
        return
    with plainly():
        pair = listed.answers.shared.corpus.pair(opened)
        results = Results("", language, (Hit(pair, 1.0),), "")
        live(f'<div class="la-label">{listed.words("one_pair")}</div>', key="la_one_head")
        _act(_draw(listed, results, "la_one"), results)


def _draw(listed: Listed, results: Results, key: str) -> Act | None:
    """The hits as one piece, or as two with the form between them; what was clicked."""
    import streamlit as st

    opened, proposing = number_in_address("pair", 0, 10**15), st.session_state.get(proposal.OPEN, 0)
    hits, repeats = once(results.hits, (opened, proposing))
    corpus = listed.answers.shared.corpus
    near = next((corpus.neighbours(hit.pair, AROUND) for hit in hits if hit.pair.id == opened), ())
    nameless = {hit.pair.document for hit in hits if not hit.pair.symbol}
    titles = {number: listed.answers.title(number, listed.words.tongue) for number in nameless}
    done = dict(st.session_state.get(proposal.DONE, {}))
    view = View(listed.words, results.language, opened, near, done, titles, repeats)
    at = next((place for place, hit in enumerate(hits, start=1) if hit.pair.id == proposing), len(hits))
    goto = st.session_state.pop("la_goto", "")
    act = live(hits_html(hits[:at], view), key=key, keys=KEYS, goto=goto)
    if proposing and hits[at - 1].pair.id == proposing:
        proposal.form(hits[at - 1], listed.glossary, listed.words)
        act = live(hits_html(hits[at:], view), key=f"{key}_below") or act
    return act


def _act(act: Act | None, results: Results) -> None:
    import streamlit as st

    if not act or not act.get("id", "").isdecimal():
        return
    pair = int(act["id"])
    if act.get("act") == "context":
        if number_in_address("pair", 0, 10**15) == pair:
            st.query_params.pop("pair", None)
        else:
            st.query_params["pair"] = str(pair)
    elif act.get("act") == "propose":
        hit: Hit | None = next((hit for hit in results.hits if hit.pair.id == pair), None)
        if hit is not None:
            proposal.start(hit)
    again()


def _head(listed: Listed, results: Results, total: int) -> None:
    """How many there are, the way back from one rendering to all, and the export."""
    import streamlit as st

    with st.container(key="la_head", horizontal=True, vertical_alignment="center"):
        act = live(head_html(listed, results, total), key="la_head_text")
        if act and act.get("act") == "all":
            for name in ("r", "n", "pair"):
                st.query_params.pop(name, None)
            st.rerun()
        if results.hits:
            with st.popover(listed.words("export", n=len(results.hits)), icon=":material/download:", key="la_export"):
                taking.hits(results, listed.words)


def head_html(listed: Listed, results: Results, total: int) -> str:
    """The line above the hits."""
    words = listed.words
    if not results.hits:
        return ""
    back = ""
    if listed.only:
        said = words("without_rendering" if listed.only == UNRENDERED else "with_rendering", n=total)
        back = f'<button class="dz-do" data-act="all">{words("all_again")}</button>'
    elif listed.asked.how.mode not in ("all", "exact") or (not total and listed.asked.is_long):
        said = words("closest")
    elif not total:
        said = words("hold_none")
    else:
        said = words("hold_it_1") if total == 1 else words("hold_it", n=total)
        said = said.replace(f"{total:,}", f"{total:,}+") if total >= COUNTED else said
    others = len(results.hits) - total
    shown = words("and_closest", n=others) if total > 0 and others > 0 else words("shown", n=len(results.hits))
    cut = f" · {words('cut', n=LONGEST)}" if len(listed.asked.query) > LONGEST else ""
    return f'<div class="la-label">{said} · {shown}{cut} {back}</div>'


def _nothing(listed: Listed) -> None:
    """What to do where nothing was found."""
    from search.records import Filters

    words, how = listed.words, listed.asked.how
    filtered = how.filters != Filters() or how.side != "both"
    said = words("nothing_filters") if filtered else f"{words('nothing')} {words('nothing_try')}"
    live(f'<div class="la-nothing">{said}</div>', key="la_nothing")
