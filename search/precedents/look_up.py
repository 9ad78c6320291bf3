"""The precedents of a term: how it was rendered before, by whom, how recently, how surely, and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from align.document import Language
from align.signature import signature
from align.table import BeadKind
from search.locating.ngrams import plain
from search.locating.word_statistics import TextPair
from search.locating.words import cut
from search.precedents.agreement import agreed
from search.precedents.evidence import Evidence, Missing, Rendering, TermResult
from search.precedents.longer_terms import Apart, Judge, LongerTerm, find_longer
from search.precedents.places import overlapping
from search.precedents.question import Holding, Question, date_of, document_of, holding, question
from search.precedents.renderings import surfaces
from search.precedents.timeline import DatedUse, by_body, by_year, turning_points
from search.precedents.unpaired import likely_renderings
from search.records import Filters
from search.settings import LADDER
from search.versions import CHECKED

if TYPE_CHECKING:
    from search.corpus import Corpus
    from search.locating.locator import Located, Locator

__all__ = [
    "Evidence",
    "LongerTerm",
    "Question",
    "Rendering",
    "TermResult",
    "first_evidence",
    "look_up_term",
    "question",
]

FOUND = 0.25  # a place less sure than this is none, unless the same rendering is surer elsewhere
FEW = 5  # occurrences; with fewer, documents without their other language are asked too
AT_ONCE = 8  # pairs studied together where the first evidence is wanted at once

_Found = Mapping[int, Sequence["Located"]]


def look_up_term(
    corpus: Corpus, locator: Locator, asked: Question, authority: Mapping[str, float] = LADDER
) -> TermResult:
    """All precedents of a term; raises CorpusError where the corpus cannot be read.

    ``authority`` of each type of document orders the evidence.
    """
    held = list(holding(corpus, asked))
    linked = [one for one in held if one.linked]

    def locate(some: Sequence[Holding]) -> dict[int, tuple[Located, ...]]:
        return _located(locator, asked, some)

    encoder = locator.known.table.encoder
    located = locate(linked)
    apart = find_longer(asked, held, Judge(located, locate, encoder))
    shown = list(_evidence(asked, linked, located, apart))
    groups = agreed(shown, asked.other)
    renderings = tuple(_rendering(group, authority) for group in groups if _found(group))
    uses = [_use(one.text, evidence) for one in renderings for evidence in one.evidence]
    few = sum(one.count for one in renderings) < FEW
    return TermResult(
        query=asked.term,
        language=asked.language,
        renderings=renderings,
        unrendered=tuple(evidence for group in groups if not _found(group) for evidence in group),
        likely=likely_renderings(corpus, locator, encoder, asked) if few else (),
        missing=_missing(held, apart),
        longer=apart.counts(held),
        timeline=by_year(uses),
        bodies=by_body(uses),
        turning_points=turning_points(uses),
        signature=_signature(corpus, locator, asked),
    )


def first_evidence(corpus: Corpus, locator: Locator, asked: Question) -> Iterator[Evidence]:
    """Evidence as it is found, a few pairs at a time, in the order of the corpus: for who will not wait for all.

    Each few are located by themselves, so that some places differ from those that ``look_up_term`` finds.
    """
    waiting = (one for one in holding(corpus, asked) if one.linked)
    while some := list(islice(waiting, AT_ONCE)):
        located = _located(locator, asked, some)
        yield from (found for found in _evidence(asked, some, located, Apart()) if found.location >= FOUND)


def _located(locator: Locator, asked: Question, holdings: Sequence[Holding]) -> dict[int, tuple[Located, ...]]:
    """Where the renderings are, by the pairs' ids; a term is looked for in the form that each pair has it in."""
    forms: dict[tuple[str, ...], list[Holding]] = defaultdict(list)
    for one in holdings:
        forms[_form(one.text[slice(*one.places[0])], asked.language)].append(one)
    found: dict[int, tuple[Located, ...]] = {}
    for some in forms.values():
        form = some[0].text[slice(*some[0].places[0])]
        pairs = [TextPair(str(one.pair.id), one.pair.record.zh_text, one.pair.record.en_text) for one in some]
        for one, places in zip(some, locator.locate_all(form, asked.language, pairs, len(holdings)), strict=True):
            found[one.pair.id] = places
    return found


@lru_cache(maxsize=1024)
def _form(text: str, language: Language) -> tuple[str, ...]:
    """What the locator takes for one and the same term."""
    keys = cut(text, language).keys
    return keys if language == "zh" else tuple(map(plain, keys))


def _evidence(asked: Question, holdings: Sequence[Holding], located: _Found, apart: Apart) -> Iterator[Evidence]:
    """Evidence of every occurrence that is in no longer name."""
    for one in holdings:
        places = apart.left(one)
        for found in located[one.pair.id]:
            mine = [place for place in places if any(overlapping(place, term) for term in found.term_spans)]
            if mine:
                record = one.pair.record
                sure = 1.0 if record.status == CHECKED else record.confidence
                yield Evidence(one.pair, asked.language, mine[0], found.span, found.text, found.confidence, sure)


def _found(group: Sequence[Evidence]) -> bool:
    """Whether what seems to be a rendering is likely enough to be one, at least in one place."""
    return max(evidence.location for evidence in group) >= FOUND


def _rendering(group: Sequence[Evidence], authority: Mapping[str, float]) -> Rendering:
    forms = surfaces(evidence.text for evidence in group)
    return Rendering(forms[0][0], forms[1:], tuple(sorted(group, key=lambda evidence: evidence.rank(authority))))


def _use(text: str, evidence: Evidence) -> DatedUse:
    pair = evidence.pair
    return DatedUse(text, pair.document, document_of(pair), date_of(pair), pair.body)


def _missing(held: Sequence[Holding], apart: Apart) -> Missing:
    alone = [one for one in held if one.alone and apart.left(one)]
    return Missing(
        unpaired=len(alone),
        unpaired_documents=len({document_of(one.pair) for one in alone}),
        lists=sum(one.pair.record.kind is BeadKind.LIST for one in held),
    )


def _signature(corpus: Corpus, locator: Locator, asked: Question) -> str:
    model = str(getattr(locator.known.table.encoder, "name", ""))
    filters = ",".join(
        f"{name}={getattr(asked.filters, name)}"
        for name in Filters.__slots__
        if getattr(asked.filters, name) != getattr(Filters(), name)
    )
    return signature(
        task="term", model=model, corpus=f"{corpus.name[:12]}@{corpus.state}", filters=filters.replace("|", "/")
    )
