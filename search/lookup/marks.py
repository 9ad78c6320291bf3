"""The matched parts of hits, on both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from align.document import Language
from models.encoder import Encoder, WordEncoder
from search.grams import Phrase
from search.hits import Hit, Places
from search.locating.words import cut
from search.lookup import fuzzy, marking
from search.lookup.question import SHORT

SIDES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True)
class Marker:
    """Marks what answers a question: the phrase itself, words in common, or else what says it."""

    question: str
    language: Language
    encoder: Encoder

    def mark(self, hits: Sequence[Hit]) -> list[Hit]:
        """The hits with the matched parts of both texts."""
        marked = {side: self._side(hits, side) for side in SIDES}
        return [replace(hit, zh_spans=marked["zh"][k], en_spans=marked["en"][k]) for k, hit in enumerate(hits)]

    def _side(self, hits: Sequence[Hit], side: Language) -> list[Places]:
        phrase, units = Phrase.of(self.question), cut(self.question, self.language)
        texts = [hit.pair.text(side) for hit in hits]
        places: list[Places] = [phrase.places(text) for text in texts]
        if side == self.language and len(units) > SHORT[self.language]:
            for k, text in enumerate(texts):
                if not places[k] and "fuzzy" in hits[k].why:
                    places[k] = fuzzy.match(units, text, side).places
        left = [k for k, text in enumerate(texts) if text and not places[k]]
        for k, found in zip(left, self._by_meaning([texts[k] for k in left], side, len(units)), strict=True):
            places[k] = found
        return places

    def _by_meaning(self, texts: Sequence[str], side: Language, length: int) -> list[Places]:
        vector = self.encoder.encode([self.question])[0]
        if not texts or not vector.any():
            return [() for _ in texts]
        if length <= SHORT[self.language] and isinstance(self.encoder, WordEncoder):
            return marking.nearest_words(vector, texts, side, self.encoder)
        return marking.nearest_sentences(vector, texts, side, self.encoder)
