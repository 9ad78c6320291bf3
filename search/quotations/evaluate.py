"""Measure how well quotations are traced: against judged pairs of real paragraphs, and against planted ones."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Final

from align.document import Language
from align.errors import InputError
from align.signature import signature
from align.table import BeadKind, BeadRecord
from models.encoder import Encoder
from search.locating.word_encoder import word_encoder
from search.quotations.cases import planted
from search.quotations.sets import Half, JudgedQuote, QuoteText, half_of
from search.quotations.sources import MemorySource, text_of
from search.quotations.tracing import LEAST_LIKENESS, Quotation, Tracer
from search.quotations.wording import Wording
from search.records import StoredPair
from search.symbols import document_type

PLANTED_OF_A_KIND = 25  # drafts, in each language
SEED = 20_240_401
LANGUAGES: Final[tuple[Language, ...]] = ("zh", "en")
CURVE: Final = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


@dataclass(frozen=True, slots=True)
class QuoteScore:
    """Counts of judged links from a draft to a text: found and right, found and wrong, right and missed.

    ``more`` are those found and right that were judged because they were found: they say nothing of recall.
    """

    right: int = 0
    wrong: int = 0
    missed: int = 0
    more: int = 0

    def __add__(self, other: QuoteScore) -> QuoteScore:
        return QuoteScore(
            self.right + other.right, self.wrong + other.wrong, self.missed + other.missed, self.more + other.more
        )

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1 where nothing was found."""
        found = self.right + self.more + self.wrong
        return (self.right + self.more) / found if found else 1.0

    @property
    def recall(self) -> float:
        """Share of what is right that was found; 1 where there is nothing."""
        wanted = self.right + self.missed
        return self.right / wanted if wanted else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class QuotePart:
    """The score of one part of the set: "real" or a kind of planted draft, a language, a half."""

    part: str
    language: Language
    half: Half
    score: QuoteScore


@dataclass(frozen=True, slots=True)
class QuoteEvaluation:
    """Scores by part and together, and the whole set's at other least likenesses.

    ``count``: judged links and planted drafts. ``unjudged``: links found in judged drafts that nobody has judged.
    """

    signature: str
    count: int
    unjudged: int
    parts: tuple[QuotePart, ...]
    curve: tuple[tuple[float, QuoteScore], ...]

    @property
    def total(self) -> QuoteScore:
        """All parts together."""
        return sum((part.score for part in self.parts), QuoteScore())

    def of(self, *, real: bool | None = None, language: Language | None = None, half: Half | None = None) -> QuoteScore:
        """The parts that are meant, together."""
        chosen = (
            part.score
            for part in self.parts
            if (real is None or (part.part == "real") == real) and language in (None, part.language)
            if half in (None, part.half)
        )
        return sum(chosen, QuoteScore())


@dataclass(frozen=True, slots=True)
class _Link:
    """A link that counts: whether it is right, and the likeness with which it was found (None: it was not)."""

    part: str
    language: Language
    half: Half
    right: bool
    likeness: float | None
    fair: bool = True  # for recall


def evaluate_quotes(
    texts: Sequence[QuoteText],
    judged: Sequence[JudgedQuote],
    encoder: Encoder,
    planted_of_a_kind: int = PLANTED_OF_A_KIND,
) -> QuoteEvaluation:
    """Trace every judged and planted draft among all texts, the draft's own document left out.

    Raises InputError where a judged text is not there.
    """
    pairs = stored_pairs(texts)
    source = MemorySource(pairs, encoder)
    tracer = Tracer(source, Wording(word_encoder(encoder)).of, min(CURVE[0], LEAST_LIKENESS))
    real, unjudged = _real(texts, judged, pairs, tracer)
    links = [*real, *_planted(texts, pairs, tracer, planted_of_a_kind)]
    groups: dict[tuple[str, Language, Half], list[_Link]] = defaultdict(list)
    for link in links:
        groups[link.part, link.language, link.half].append(link)
    parts = tuple(QuotePart(*key, _score(found, LEAST_LIKENESS)) for key, found in sorted(groups.items()))
    curve = tuple((least, _score(links, least)) for least in CURVE)
    made = signature(
        model=encoder.name,
        task="eval-quotes",
        likeness=str(LEAST_LIKENESS),
        texts=str(len(texts)),
        judged=str(len(judged)),
        planted=f"{planted_of_a_kind}-{SEED}",
    )
    return QuoteEvaluation(made, len(links), unjudged, parts, curve)


def stored_pairs(texts: Sequence[QuoteText]) -> list[StoredPair]:
    """The texts as pairs of a corpus, numbered from 1 in their order."""
    documents: dict[str, int] = {}
    return [
        StoredPair(
            id=number,
            document=documents.setdefault(text.document, len(documents) + 1),
            position=number,
            record=BeadRecord((number,), (number,), text.zh, text.en, None, 1.0, BeadKind.LINK),
            symbol=text.document,
            type=document_type(text.document),
            date="",
            body="",
            state=1,
        )
        for number, text in enumerate(texts, start=1)
    ]


def _real(
    texts: Sequence[QuoteText], judged: Sequence[JudgedQuote], pairs: Sequence[StoredPair], tracer: Tracer
) -> tuple[list[_Link], int]:
    number = {text.id: pair for text, pair in zip(texts, pairs, strict=True)}
    drafts: dict[tuple[Language, str], list[JudgedQuote]] = defaultdict(list)
    for one in judged:
        for name in (one.draft, one.source):
            if name not in number:
                raise InputError(f"The texts have no {name!r}, which the judgements name: give all files of the set.")
        drafts[one.language, one.draft].append(one)
    links: list[_Link] = []
    unjudged = 0
    for (language, name), ones in drafts.items():
        draft = number[name]
        own = replace(tracer, without=frozenset([draft.document]))
        found = _best(own.trace(text_of(draft, language), language))
        half = half_of(draft.symbol)
        links.extend(
            _Link("real", language, half, one.quoted, found.pop(number[one.source].id, None), one.pool == "rule")
            for one in ones
        )
        unjudged += sum(likeness >= LEAST_LIKENESS for likeness in found.values())
    return links, unjudged


def _best(quotations: Sequence[Quotation]) -> dict[int, float]:
    found: dict[int, float] = {}
    for quotation in quotations:
        found[quotation.pair.id] = max(quotation.likeness, found.get(quotation.pair.id, 0.0))
    return found


def _planted(texts: Sequence[QuoteText], pairs: Sequence[StoredPair], tracer: Tracer, count: int) -> Iterator[_Link]:
    """Each draft's link to what it quotes (or only opens like), and those to texts that it has no more to do with.

    What a text quotes as it is, unchanged, is no fault of the change, and is judged among the real ones.
    """
    for language in LANGUAGES:
        sides = [text.side(language) for text in texts]
        unchanged = cache(partial(_found, tracer, language=language))
        for draft in planted(sides, language, count, SEED):
            half = half_of(texts[draft.source].document)
            without = frozenset() if draft.other is None else frozenset([pairs[draft.other].document])
            if pairs[draft.source].document in without:
                continue
            found = dict(_found(tracer, draft.text, without, language=language))
            yield _Link(draft.kind, language, half, draft.quotes, found.pop(pairs[draft.source].id, None))
            for made_of in (draft.source,) if draft.other is None else (draft.source, draft.other):
                for known in unchanged(sides[made_of], frozenset()):
                    found.pop(known, None)
            for likeness in found.values():
                yield _Link(draft.kind, language, half, False, likeness)


def _found(tracer: Tracer, text: str, without: frozenset[int], *, language: Language) -> Mapping[int, float]:
    """Pairs that a text quotes, with the greatest likeness of each."""
    return _best(replace(tracer, without=without).trace(text, language))


def _score(links: Sequence[_Link], least: float) -> QuoteScore:
    found = [link.likeness is not None and link.likeness >= least for link in links]
    counts = Counter((link.right, link.fair, hit) for link, hit in zip(links, found, strict=True))
    return QuoteScore(
        right=counts[True, True, True],
        wrong=counts[False, True, True] + counts[False, False, True],
        missed=counts[True, True, False],
        more=counts[True, False, True],
    )
