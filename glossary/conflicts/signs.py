"""What the evidence of two renderings of a term shows, as figures: what the rules of ``reasons`` are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import regex

from align.document import Language
from glossary.conflicts.contexts import apart, shared
from models.encoder import WordEncoder
from search.precedents.evidence import Evidence
from search.precedents.places import Sought, overlapping
from search.precedents.question import document_of
from search.precedents.word_meaning import meanings
from search.records import Filters, StoredPair

ASKED = 12  # places whose neighbours are read, and whose words are looked for in other documents
PASSAGE = 12  # words around a term that two documents hardly share by chance
SHORTEST_PASSAGE = 9
WORD = regex.compile(r"[\p{L}\p{N}]+")
TITLE = regex.compile(r"《[^《》]{1,200}》|[“\"][^”\"]{1,200}[”\"]")


class Around(Protocol):
    """What is asked of a corpus."""

    def neighbours(self, pair: StoredPair, count: int = 1) -> Sequence[StoredPair]:
        """The pairs beside one, without itself."""

    def containing(
        self, phrase: str, language: Language, filters: Filters | None = None, *, limit: int = 0
    ) -> Iterator[StoredPair]:
        """The pairs that hold a phrase."""


@dataclass(frozen=True, slots=True)
class Signs:
    """A rival beside the leading rendering.

    ``meaning`` and ``leading_meaning``: cosines of term and rendering; ``between``: of the two renderings.
    ``sure``: the mean confidence of the rival's places, ``surest`` the best. ``doubtful``: the share of them in pairs
    whose alignment is doubtful; ``beside``: in pairs where the leading rendering stands too and renders nothing;
    ``next_door``: where only a neighbouring pair has it, though the term is not there. ``repeated``: the share of
    them whose words stand in another document too, ``copied_from``, by which it exceeds that of the leading one;
    ``titles`` the same of places inside a title or quotation marks. ``expressions``: how far both stand in the same
    ones, in [0, 1], such as ``expression``. ``apart``: how likely contexts as different as
    these are by chance; None where there are too few documents. ``together``: the share of the rival's documents that
    have the leading one too.
    """

    meaning: float
    leading_meaning: float
    between: float
    sure: float
    surest: float
    doubtful: float
    beside: float
    next_door: float
    repeated: float
    copied_from: str
    titles: float
    expressions: float
    expression: str
    apart: float | None
    together: float


def signs(
    term: str,
    leading: Sequence[Evidence],
    rival: Sequence[Evidence],
    encoder: WordEncoder,
    corpus: Around,
) -> Signs:
    """The signs of a rival; neither rendering is without evidence."""
    other: Language = "en" if rival[0].language == "zh" else "zh"
    texts = [term, _form(leading), _form(rival)]
    vectors = meanings(texts, encoder)
    sought = Sought.make(texts[1], other)
    ours = {document_of(one.pair) for one in leading}
    same, example = shared(leading, rival)
    copies, from_where = copied(rival, corpus)
    return Signs(
        meaning=float(vectors[0] @ vectors[2]),
        leading_meaning=float(vectors[0] @ vectors[1]),
        between=float(vectors[1] @ vectors[2]),
        sure=_mean([one.confidence for one in rival]),
        surest=max(one.confidence for one in rival),
        doubtful=_mean([one.pair.record.doubtful for one in rival]),
        beside=_mean([_free(one, leading, sought, other) for one in rival]),
        next_door=_mean([_next_door(one, term, sought, other, corpus) for one in rival[:ASKED]]),
        repeated=copies - copied(leading, corpus)[0] if copies else 0.0,
        copied_from=from_where,
        titles=_mean([_in_title(one, other) for one in rival]) - _mean([_in_title(one, other) for one in leading]),
        expressions=same,
        expression=example,
        apart=apart(leading, rival, encoder),
        together=_mean([document_of(one.pair) in ours for one in rival]),
    )


def _form(evidence: Sequence[Evidence]) -> str:
    return Counter(" ".join(one.text.split()) for one in evidence).most_common(1)[0][0]


def _mean(values: Sequence[float]) -> float:
    return float(sum(values)) / len(values) if values else 0.0


def _free(shown: Evidence, leading: Sequence[Evidence], sought: Sought, other: Language) -> bool:
    """Whether the leading rendering stands in the pair at a place that renders no other place of the term."""
    taken = [one.span for one in leading if one.pair.id == shown.pair.id]
    places = [place for place in sought.places(shown.pair.text(other)) if not overlapping(place, shown.span)]
    return any(not any(overlapping(place, span) for span in taken) for place in places)


def _next_door(shown: Evidence, term: str, sought: Sought, other: Language, corpus: Around) -> bool:
    """Whether the leading rendering stands in a neighbouring pair that does not hold the term."""
    if sought.places(shown.pair.text(other)):
        return False
    own = Sought.make(term, shown.language)
    return any(
        bool(sought.places(pair.text(other))) and not own.places(pair.text(shown.language))
        for pair in corpus.neighbours(shown.pair)
    )


def _in_title(shown: Evidence, other: Language) -> bool:
    text = shown.pair.text(other)
    return any(a <= shown.span[0] and shown.span[1] <= b for a, b in (m.span() for m in TITLE.finditer(text)))


def copied(side: Sequence[Evidence], corpus: Around) -> tuple[float, str]:
    """The share of some places whose words stand in another document too, and the document where most of them do."""
    sources: Counter[str] = Counter()
    found = 0
    for shown in side[:ASKED]:
        others = _elsewhere(shown, corpus)
        found += bool(others)
        sources.update(others)
    return found / max(1, len(side[:ASKED])), sources.most_common(1)[0][0] if sources else ""


def _elsewhere(shown: Evidence, corpus: Around) -> set[str]:
    passage = _passage(shown)
    if not passage:
        return set()
    holding = corpus.containing(passage, "en", limit=8)
    return {document_of(pair) for pair in holding} - {document_of(shown.pair)}


def _passage(shown: Evidence) -> str:
    """Some English words around the place, "" where there are too few."""
    text = shown.pair.record.en_text
    words = [match.span() for match in WORD.finditer(text)]
    at = next((k for k, (_, end) in enumerate(words) if end > shown.en_span[0]), 0)
    first = max(0, min(at - PASSAGE // 2, len(words) - PASSAGE))
    chosen = words[first : first + PASSAGE]
    return text[chosen[0][0] : chosen[-1][1]] if len(chosen) >= SHORTEST_PASSAGE else ""
