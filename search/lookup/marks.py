"""The matched parts of hits, on both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from align.document import Language
from models.encoder import Encoder, WordEncoder
from search.grams import Phrase
from search.hits import Hit, Places
from search.locating.word_statistics import TextPair
from search.locating.words import Units, cut
from search.lookup import fuzzy, labels, marking
from search.lookup.partners import partners, places_of
from search.lookup.question import SHORT
from search.records import StoredPair

if TYPE_CHECKING:
    from search.locating.locator import Locator

SIDES: tuple[Language, ...] = ("zh", "en")
NAME = 2  # times as long as a term may be what is located, if it stands there word for word: the name of a treaty
_Marks = dict[Language, list[Places]]


@dataclass(frozen=True)
class Marker:
    """Marks what answers a question: the phrase itself and its rendering, words in common, or else what says it.

    ``locator`` is asked only where a term is to be located; it gives None where the corpus says nothing of its words.
    """

    question: str
    language: Language
    encoder: Encoder
    locator: Callable[[], Locator | None]

    def mark(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits with the matched parts of both texts."""
        pairs = [hit.pair for hit in hits]
        marks = self._itself(pairs)
        if len(self._units) <= NAME * SHORT[self.language]:
            self._renderings(pairs, marks)
        if not self._is_term:
            self._words_in_common(hits, marks)
        for side in SIDES:
            left = [k for k, pair in enumerate(pairs) if not marks[side][k] and pair.text(side)]
            found = self._by_meaning([pairs[k].text(side) for k in left], side)
            for k, places in zip(left, found, strict=True):
                marks[side][k] = places
        return [
            replace(hit, zh_spans=apart(marks["zh"][k]), en_spans=apart(marks["en"][k])) for k, hit in enumerate(hits)
        ]

    @cached_property
    def _units(self) -> Units:
        return cut(self.question, self.language)

    @property
    def _is_term(self) -> bool:
        return len(self._units) <= SHORT[self.language]

    def _itself(self, pairs: Sequence[StoredPair]) -> _Marks:
        """Where the question itself stands, or the number of a paragraph that it is."""
        phrase, label = Phrase.of(self.question), labels.only_label(self.question, self.language)

        def places(text: str, side: Language) -> Places:
            found = places_of(phrase, text)
            if found or label is None:
                return found
            own = labels.only_label(text, side)
            return (labels.place(text),) if own is not None and own.agrees(label) else ()

        return {side: [places(pair.text(side), side) for pair in pairs] for side in SIDES}

    def _renderings(self, pairs: Sequence[StoredPair], marks: _Marks) -> None:
        """What a term that stands on one side is on the other."""
        for side, other in (SIDES, SIDES[::-1]):
            held = [k for k, pair in enumerate(pairs) if marks[side][k] and not marks[other][k] and pair.text(other)]
            locator = self.locator() if held else None
            if locator is not None:
                texts = [TextPair(str(k), pairs[k].record.zh_text, pairs[k].record.en_text) for k in held]
                for k, places in zip(held, partners(locator, self.question, side, texts), strict=True):
                    marks[other][k] = places

    def _words_in_common(self, hits: Sequence[Hit], marks: _Marks) -> None:
        """The words of a text in the question's language that are the question's too."""
        own = marks[self.language]
        for k, hit in enumerate(hits):
            if not own[k] and "fuzzy" in hit.why:
                own[k] = fuzzy.match(self._units, hit.pair.text(self.language), self.language).agreeing(self._units)

    def _by_meaning(self, texts: Sequence[str], side: Language) -> Sequence[Places]:
        vector = self.encoder.encode([self.question])[0] if texts else None
        if vector is None or not vector.any():
            return [() for _ in texts]
        if self._is_term and isinstance(self.encoder, WordEncoder):
            return marking.nearest_words(self._units, vector, texts, side, self.encoder)
        return marking.nearest_sentences(vector, texts, side, self.encoder)


def apart(places: Places) -> Places:
    """Places in reading order; those that overlap, as parts of one character may that stands for several, are one."""
    return tuple(_apart(sorted(places)))


def _apart(places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    waiting: tuple[int, int] | None = None
    for start, end in places:
        if waiting is not None and start < waiting[1]:
            waiting = (waiting[0], max(end, waiting[1]))
        else:
            if waiting is not None:
                yield waiting
            waiting = (start, end)
    if waiting is not None:
        yield waiting
