"""How the corpus has rendered a concept's term over the years: looked up when it is asked for."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from glossary.browsing import headword
from search.precedents.timeline import telling_parts
from ui.glossary.article import facing
from ui.parts import literal, provenance, safe, side_of

if TYPE_CHECKING:
    from align.document import Language
    from glossary.concepts import Concept
    from search.precedents.evidence import TermResult
    from search.precedents.timeline import TurningPoint
    from ui.resources import Resources
    from ui.words import Words

RENDERINGS = 6
_HELD = "gl_used_result"  # the last result of this session: (state of the corpus, term), result


def draw(shared: Resources, concept: Concept, words: Words) -> None:
    """A button, and after it was pressed what the corpus says."""
    import streamlit as st

    from ui.live import live

    terms = [term for term in (headword(concept, "en"), headword(concept, "zh")) if term]
    if not terms:
        return
    languages: list[Language] = ["en" if term.language == "en" else "zh" for term in terms]
    key = (shared.corpus.state, terms[0].text, languages[0])
    held = st.session_state.get(_HELD)
    if (not held or held[0] != key) and not st.button(
        words("used", text=literal(terms[0].text)), key="gl_used_show", icon=":material/timeline:", type="tertiary"
    ):
        return
    if not held or held[0] != key:
        with st.spinner(words("reading")):
            held = key, _looked_up(shared, terms[0].text, languages[0])
        st.session_state[_HELD] = held
        st.rerun()
    live(timeline(held[1], words), key="gl_timeline")


def _looked_up(shared: Resources, term: str, language: Language) -> TermResult:
    from search.precedents.look_up import look_up_term, question

    return look_up_term(shared.corpus, shared.locator, question(term, language), shared.settings.authority)


def timeline(result: TermResult, words: Words) -> str:
    """The renderings with their counts and years, the turning points, and a pair that shows each."""
    address = "/?" + urlencode({"q": result.query})
    more = f'<a href="{safe(address)}" target="_self">{words("whole_look_up")}</a>'
    head = f'<h2 class="gl-h2">{safe(words("used", text=result.query))}</h2>'
    if not result.renderings:
        return f'{head}<div class="dz-quiet">{words("not_used")} {more}</div>'
    turns = "".join(f'<div class="gl-turn">↗ {safe(turn(point, words))}</div>' for point in result.turning_points)
    most = max(one.count for one in result.renderings)
    rows = "".join(_row(result, k, most, words) for k in range(min(RENDERINGS, len(result.renderings))))
    return f'{head}{turns}<table class="gl-uses">{rows}</table><div class="dz-quiet">{more}</div>{_pair(result, words)}'


def turn(point: TurningPoint, words: Words) -> str:
    """Which rendering overtook which, when, in which document."""
    new, old = telling_parts(point.after, point.before)
    return words("turn", new=new, old=old, year=str(point.year), label=point.label)


def _row(result: TermResult, at: int, most: int, words: Words) -> str:
    one = result.renderings[at]
    years = _years(result, one.text)
    share = round(100 * one.count / most)
    count = words("places_1" if one.documents == 1 else "places", n=one.count, documents=one.documents)
    doubt = f' <span class="dz-conflict">⚠ {words("doubtful")}</span>' if one.doubt else ""
    other = side_of(result.language)
    return (
        f'<tr><th lang="{"zh-Hans" if other == "zh" else "en"}">{safe(one.text)}</th>'
        f'<td><span class="gl-amount" style="width:{share}%"></span></td><td>{count}{doubt}</td><td>{years}</td></tr>'
    )


def _years(result: TermResult, text: str) -> str:
    """How often it was used in each year: "2015: 3, 2017: 5"."""
    counts: dict[int, int] = defaultdict(int)
    for point in result.timeline:
        if point.rendering == text and not point.body:
            counts[point.year] += point.count
    return ", ".join(f"{year}: {count}" for year, count in sorted(counts.items()))


def _pair(result: TermResult, words: Words) -> str:
    """The best evidence of the most frequent rendering."""
    shown = result.renderings[0].evidence[0]
    record = shown.pair.record
    kinds = ("hit", "partner") if result.language == "zh" else ("partner", "hit")
    link = "/?" + urlencode({"q": result.query, "pair": shown.pair.id})
    return facing(
        (record.zh_text, shown.zh_span, kinds[0]),
        (record.en_text, shown.en_span, kinds[1]),
        provenance(shown.pair, words, link=link),
    )
