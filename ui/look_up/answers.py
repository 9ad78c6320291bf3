"""What the rooms below answer, each answer kept for all sessions as long as the corpus is what it was.

The answers are frozen, so they are shared and never copied. How many are kept is bounded.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from glossary.entries import approved_terms
from models.errors import DuizhaoError
from search.hits import Hit, Results
from search.precedents.places import Sought

if TYPE_CHECKING:
    from align.document import Language
    from glossary.concepts import Concept
    from glossary.glossary import Glossary
    from search.lookup.question import How
    from search.precedents.evidence import Evidence, TermResult
    from search.precedents.question import Question
    from search.precedents.timeline_look import Look
    from search.quotations.tracing import QuotedPassage
    from search.records import Filters, Stats
    from ui.resources import Resources

KEPT = 96  # answers; those of the most frequent terms take some megabytes
TITLE = 60  # characters
COUNTED = 2_000  # paragraphs that hold a phrase; of more it is said that there are more
T = TypeVar("T")


@dataclass(frozen=True)
class Answers:
    """What is asked of the corpus in the state that it has; ``name`` is where it lies, that state, what was rebuilt."""

    shared: Resources
    name: str

    @classmethod
    def now(cls, shared: Resources) -> Answers:
        """Those of the corpus as it is. Raises CorpusError."""
        corpus = shared.corpus
        return cls(shared, f"{corpus.place}@{corpus.state}.{shared.rebuilt}")

    def stats(self) -> Stats:
        """Counts of the corpus."""
        return self._kept("stats", self.shared.corpus.stats)

    def title(self, document: int, tongue: Language) -> str:
        """What to call a document that has no symbol: the beginning of its title, else the name of its files."""

        def make() -> str:
            found = self.shared.corpus.find(f"#{document}")
            titles = found.provenance.title_en, found.provenance.title_zh
            title = " ".join((titles[tongue == "zh"] or titles[tongue != "zh"] or found.name).split())
            return title if len(title) <= TITLE else f"{title[:TITLE].rstrip()}…"

        return self._kept("title", make, document, tongue)

    def hits(self, query: str, how: How) -> Results:
        """The hits, marked; the vectors are brought up to date first."""

        def make() -> Results:
            if how.mode != "exact":
                self.shared.refresh()
            return self.shared.lookup.search(query, how)

        return self._kept("hits", make, query, how)

    def holding(self, query: str, language: Language, filters: Filters) -> int:
        """How many paragraphs hold the words of a query in its own language; not counted beyond ``COUNTED``."""
        corpus = self.shared.corpus
        count = partial(corpus.count_containing, query, language, filters, COUNTED)
        return self._kept("count", count, query, language, filters)

    def occurrences(self, term: Question) -> int:
        """About how many paragraphs hold a term in any of its forms: what it takes to count its renderings."""
        forms = Sought.make(term.term, term.language).forms
        return sum(self.holding(form, term.language, term.filters) for form in forms)

    def spellings(self, query: str, language: Language, filters: Filters) -> tuple[str, ...]:
        """Phrases of the corpus that a query may have meant, where it holds the query's own words nowhere."""
        from search.lookup.spelling import spellings

        def make() -> tuple[str, ...]:
            return spellings(query, language, self.shared.corpus, self.shared.locator.known.table.rows, filters)

        return self._kept("spellings", make, query, language, filters)

    def precedents(self, term: Question) -> TermResult:
        """All precedents of a term."""
        from search.precedents.look_up import look_up_term

        shared = self.shared
        return self._kept(
            "term", lambda: look_up_term(shared.corpus, shared.locator, term, shared.settings.authority), term
        )

    def quotations(self, text: str, language: Language, filters: Filters) -> tuple[QuotedPassage, ...]:
        """What a text quotes of the corpus."""
        from search.locating.word_encoder import word_encoder
        from search.quotations.sources import CorpusSource
        from search.quotations.tracing import Tracer, quoted_passages
        from search.quotations.wording import Wording

        shared = self.shared

        def source() -> CorpusSource:  # it counts how often words stand in the corpus
            return CorpusSource(shared.corpus, shared.encoder, shared.lookup.index, filters)

        def make() -> tuple[QuotedPassage, ...]:
            shared.refresh()
            wording = Wording(word_encoder(shared.encoder)).of
            tracer = Tracer(self._kept("source", source, filters), wording, authority=shared.settings.authority)
            return quoted_passages(tracer.trace(text, language))

        return self._kept("quotes", make, text, language, filters)

    def terms_in(self, text: str, language: Language, glossary: Glossary) -> tuple[Concept, ...]:
        """The approved concepts with a term that stands in a text, in the order of the text."""
        last = glossary.latest(1)
        make = partial(approved_terms, glossary, language)
        matcher, concepts = self._kept("terms", make, last[-1].id if last else 0, language)
        found = dict.fromkeys(match.concept for match in matcher.find(text))
        return tuple(concepts[number] for number in found)

    def picture(self, result: TermResult, term: Question, look: Look) -> bytes:
        """The renderings over the years as SVG."""
        from search.precedents.timeline_chart import picture

        return self._kept("picture", lambda: picture(result, "svg", look), term, look)

    def _kept(self, kind: str, make: Callable[[], T], *asked: object) -> T:
        """An answer of a kind to what was asked, made now or before."""
        import streamlit as st

        @st.cache_resource(max_entries=KEPT, show_spinner=False)
        def look_up_answer(key: tuple[str, ...], _make: Callable[[], T]) -> T:  # noqa: ARG001 - what it is kept under
            return _make()

        return look_up_answer((kind, self.name, *map(repr, asked)), make)


def prepare(shared: Resources) -> None:
    """Load what look-ups need while the page waits for the first question; once a process."""
    import streamlit as st

    @st.cache_resource(show_spinner=False)
    def look_up_prepared(_shared: Resources) -> None:
        Thread(target=_load, args=(_shared,), daemon=True).start()

    look_up_prepared(shared)


def _load(shared: Resources) -> None:
    with suppress(DuizhaoError):  # whoever asks is told
        shared.refresh()
        import_module("search.precedents.look_up")
        import_module("altair")


def as_results(evidence: tuple[Evidence, ...], result: TermResult, only: str = "") -> Results:
    """Evidence as hits, to be shown and exported as such; ``only`` is the rendering that it is of."""
    hits = tuple(
        Hit(
            one.pair,
            one.confidence,
            (one.zh_span,) if _in(one.zh_span) else (),
            (one.en_span,) if _in(one.en_span) else (),
        )
        for one in evidence
    )
    signature = f"{result.signature}|rendering:{only.replace('|', '/')}" if only else result.signature
    return Results(result.query, result.language, hits, signature)


def all_evidence(result: TermResult) -> tuple[Evidence, ...]:
    """The evidence of all renderings, the most frequent rendering first."""
    return tuple(shown for one in result.renderings for shown in one.evidence)


def better_marked(results: Results, result: TermResult | None) -> Results:
    """Hits that hold the term, with the place of its rendering that counting has found, where they mark another one."""
    places = {shown.pair.id: shown for shown in all_evidence(result)} if result else {}
    return replace(results, hits=tuple(_marked(hit, places.get(hit.pair.id)) for hit in results.hits))


def _marked(hit: Hit, shown: Evidence | None) -> Hit:
    if shown is None or "exact" not in hit.why:
        return hit
    spans = hit.en_spans if shown.language == "zh" else hit.zh_spans
    if any(start < shown.span[1] and shown.span[0] < end for start, end in spans):
        return hit
    return replace(hit, en_spans=(shown.span,)) if shown.language == "zh" else replace(hit, zh_spans=(shown.span,))


def _in(span: tuple[int, int]) -> bool:
    return span[0] < span[1]
