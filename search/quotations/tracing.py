"""What a draft quotes: its sentences, or parts of them, that (nearly) stand in a text of the corpus already."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from align.document import Language
from align.signature import signature
from search.quotations.candidates import candidates
from search.quotations.local_alignment import Common, Run, Weighed, common, differences
from search.quotations.passages import passages_of
from search.quotations.sources import QuotationSource, text_of
from search.quotations.tokens import tokens
from search.quotations.worth import OF_A_PIECE, covered, least_information, without_names
from search.records import StoredPair
from search.settings import LADDER

ADOPTED: Final = frozenset(("treaty", "RES", "DEC", "PRST"))
LEAST_LIKENESS = 0.6
_KNOWN = 2_000  # stored texts whose words are kept for the next passage
Place = tuple[int, int]
_Part = tuple[Common, Weighed, Weighed]  # of the draft and the stored text
WordingOf = Callable[[str, Place, Language, str], Place | None]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A part of a draft that stands, the same or nearly so, in a text of the corpus. Spans: code points, end exclusive.

    ``span`` is the place in the draft, ``quoted`` the place in the pair's text of the same language, ``wording`` the
    place of the official wording in its text of the other language (None where the pair has none). ``likeness`` is in
    [0, 1]; ``information`` is what the words say that are the same, in nats; ``verbatim``: no word or number differs.
    ``authority`` in [0, 1] is that of the pair's document.
    """

    span: Place
    language: Language
    pair: StoredPair
    quoted: Place
    wording: Place | None
    likeness: float
    information: float
    verbatim: bool
    differences: tuple[Run, ...]
    authority: float

    @property
    def quoted_text(self) -> str:
        """The words that are quoted, as the pair has them."""
        return text_of(self.pair, self.language)[slice(*self.quoted)]

    @property
    def official(self) -> str:
        """The official wording in the other language, "" where there is none."""
        return text_of(self.pair, other(self.language))[slice(*self.wording)] if self.wording else ""

    @property
    def adopted(self) -> bool:
        """Whether a body adopted the document: a treaty, resolution, decision or presidential statement."""
        return self.pair.type in ADOPTED


@dataclass(frozen=True, slots=True)
class Traced:
    """A draft and what it quotes, in the order of the places; ``signature`` says how that was found."""

    text: str
    language: Language
    quotations: tuple[Quotation, ...]
    signature: str


@dataclass(frozen=True, slots=True)
class QuotedPassage:
    """A place in the draft, and all that it may quote, best first."""

    span: Place
    quotations: tuple[Quotation, ...]


@dataclass(frozen=True)
class Tracer:
    """Finds what drafts quote in one source of texts.

    ``wording`` finds the official wording (``search.quotations.wording``). What a quotation must say
    (``search.quotations.worth``) is multiplied by ``strictness``. ``without`` are documents that count for nothing,
    such as the draft itself; ``authority`` is that of each type of document (``search.settings``).
    """

    source: QuotationSource
    wording: WordingOf
    least_likeness: float = LEAST_LIKENESS
    strictness: float = 1.0
    without: frozenset[int] = frozenset()
    authority: Mapping[str, float] = field(default_factory=lambda: LADDER)
    _known: dict[tuple[Language, str], Weighed] = field(default_factory=dict, repr=False)

    def trace(self, text: str, language: Language) -> tuple[Quotation, ...]:
        """All that a draft in that language quotes, in the order of the places, each (part of a) pair by itself."""
        found: list[Quotation] = []
        least = self.strictness * OF_A_PIECE[language]
        for start, passage in passages_of(text, language):
            weighed = self._weigh(passage, language)
            if weighed.weights.sum() < least:
                continue
            for pair in self._worth_comparing(weighed, language, least):
                found.extend(_moved(quotation, start) for quotation in self._of_pair(weighed, pair, language))
        return tuple(sorted(found, key=lambda quotation: (quotation.span, order(quotation))))

    def _of_pair(self, passage: Weighed, pair: StoredPair, language: Language) -> list[Quotation]:
        """What a passage quotes of one pair, in one part or several; nothing where all of it says too little."""
        stored = self._stored(text_of(pair, language), language)
        least = self.strictness * OF_A_PIECE[language]
        parts = [part for part in _parts(passage, stored, least) if part[0].likeness >= self.least_likeness]
        if sum(part[0].information for part in parts) < self.strictness * least_information(language):
            return []
        pieces = [piece for part in parts if (piece := self._quotation(part, pair, language)).information >= least]
        share = sum(
            min(covered(passage, piece.span, language), covered(stored, piece.quoted, language)) for piece in pieces
        )
        needed = self.strictness * least_information(language, min(1.0, share))
        return pieces if pieces and sum(piece.information for piece in pieces) >= needed else []

    def _worth_comparing(self, passage: Weighed, language: Language, least: float) -> Iterator[StoredPair]:
        said = _runs(passage)
        for pair in self.source.pairs(candidates(passage, language, self.source)):
            if pair.document in self.without:
                continue
            shared = _runs(self._stored(text_of(pair, language), language)).keys() & said.keys()
            if sum(said[run] for run in shared) >= least / 3:
                yield pair

    def _quotation(self, part: _Part, pair: StoredPair, language: Language) -> Quotation:
        found, draft, stored = part
        quoted = stored.tokens.span(*found.stored)
        translation = text_of(pair, other(language))
        wording = self.wording(stored.tokens.text, quoted, language, translation)
        information = found.information
        if wording is not None and language == "zh":
            information = without_names(information, self._stored(translation, "en"), wording)
        runs = differences(found, draft.tokens, stored.tokens)
        return Quotation(
            span=draft.tokens.span(*found.draft),
            language=language,
            pair=pair,
            quoted=quoted,
            wording=wording,
            likeness=found.likeness,
            information=information,
            verbatim=all(run.change == "same" for run in runs),
            differences=runs,
            authority=self.authority.get(pair.type, self.authority["other"]),
        )

    def _stored(self, text: str, language: Language) -> Weighed:
        key = (language, text)
        if key not in self._known:
            if len(self._known) >= _KNOWN:
                self._known.clear()
            self._known[key] = self._weigh(text, language)
        return self._known[key]

    def _weigh(self, text: str, language: Language) -> Weighed:
        found = tokens(text)
        return Weighed(found, self.source.rarity(language).weights(found))


def trace(text: str, language: Language, tracer: Tracer, model: str = "") -> Traced:
    """What a draft quotes; ``model`` is the name of the encoder behind the tracer's source."""
    made = signature(
        model=model,
        task="quotes",
        likeness=f"{tracer.least_likeness:g}",
        strictness=f"{tracer.strictness:g}",
    )
    return Traced(text, language, tracer.trace(text, language), made)


def order(quotation: Quotation) -> tuple[float, float, str]:
    """Sorts the likeliest source first; of equals the one of more authority, then the later one."""
    return -round(quotation.likeness, 2), -quotation.authority, _descending(quotation.pair.date)


def earliest_adopted(quotation: Quotation) -> tuple[bool, bool, str]:
    """Sorts adopted texts first, the earliest of them at the head; what has no date comes last."""
    return not quotation.adopted, not quotation.pair.date, quotation.pair.date


def quoted_passages(
    quotations: Sequence[Quotation], key: Callable[[Quotation], object] = order
) -> tuple[QuotedPassage, ...]:
    """Quotations that share more than half of the shorter one's place put together, those of each sorted by ``key``."""
    groups: list[list[Quotation]] = []
    for quotation in sorted(quotations, key=lambda one: (one.span[0] - one.span[1], order(one))):
        for group in groups:
            if _overlap(group[0].span, quotation.span) * 2 > quotation.span[1] - quotation.span[0]:
                group.append(quotation)
                break
        else:
            groups.append([quotation])
    found = [QuotedPassage(group[0].span, tuple(sorted(group, key=key))) for group in groups]  # type: ignore[arg-type]
    return tuple(sorted(found, key=lambda passage: passage.span))


def other(language: Language) -> Language:
    """The other language."""
    return "en" if language == "zh" else "zh"


def _overlap(one: Place, two: Place) -> int:
    return max(0, min(one[1], two[1]) - max(one[0], two[0]))


def _descending(date: str) -> str:
    return "".join(chr(0x10FFFF - ord(character)) for character in date) if date else "\U0010ffff"


def _moved(quotation: Quotation, start: int) -> Quotation:
    """The quotation of a passage as one of the draft that the passage begins in at ``start``."""
    if not start:
        return quotation
    first, end = quotation.span
    runs = tuple(
        replace(run, draft=(run.draft[0] + start, run.draft[1] + start)) if run.draft else run
        for run in quotation.differences
    )
    return replace(quotation, span=(first + start, end + start), differences=runs)


def _runs(text: Weighed) -> dict[tuple[str, str], float]:
    """Two words in a row, and what they say."""
    stems, weights = text.tokens.stems, text.weights
    return {(stems[k - 1], stems[k]): float(weights[k]) for k in range(1, len(stems))}


def _parts(draft: Weighed, stored: Weighed, least: float) -> Iterator[_Part]:
    """The best common run, and those of what is left of the draft before and behind it."""
    waiting = [draft]
    while waiting:
        part = waiting.pop()
        found = common(part, stored) if float(part.weights.sum()) >= least else None
        if found is None or found.information < least:
            continue
        yield found, part, stored
        first, end = found.draft
        waiting.extend((part.part(end, len(part.tokens)), part.part(0, first)))
