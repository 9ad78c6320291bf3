"""Where quoted texts are looked for: the corpus with its index, or a list of pairs in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Protocol

import numpy as np

from align.document import Language
from models.encoder import Encoder, Vectors
from search.corpus import Corpus
from search.folding import folded
from search.index.contract import NOBODY, Ids, VectorIndex
from search.quotations.rarity import Rarity
from search.records import Filters, StoredPair

SAMPLE = 4_000  # texts from which is learnt what is said often


class QuotationSource(Protocol):
    """What tracing must be able to ask of the texts that may be quoted. Ids are those of pairs."""

    def nearest(self, texts: Sequence[str], language: Language, count: int) -> list[list[int]]:
        """Of each text the pairs whose text in that language means most nearly the same, nearest first."""

    def holding(self, phrase: str, language: Language, count: int) -> list[int]:
        """Up to ``count`` pairs whose text in that language holds a phrase, whatever its script, width and case."""

    def pairs(self, ids: Sequence[int]) -> Sequence[StoredPair]:
        """These pairs, in that order."""

    def rarity(self, language: Language) -> Rarity:
        """How often words stand in the texts of that language; counted once."""


def text_of(pair: StoredPair, language: Language) -> str:
    """A pair's text in one language, "" where it has none."""
    return pair.record.zh_text if language == "zh" else pair.record.en_text


def spread(ids: Ids, most: int = SAMPLE) -> list[int]:
    """At most ``most`` of some ids, evenly spread."""
    if not len(ids):
        return []
    places = np.linspace(0, len(ids) - 1, min(len(ids), most)).astype(np.int64)
    return [int(number) for number in ids[np.unique(places)]]


@dataclass
class CorpusSource:
    """The corpus and its index of vectors; without an index only what is held word by word is found.

    ``filters`` say of which pairs alone.
    """

    corpus: Corpus
    encoder: Encoder
    index: VectorIndex | None = None
    filters: Filters = field(default_factory=Filters)
    _rarity: dict[Language, Rarity] = field(default_factory=dict, init=False)

    def nearest(self, texts: Sequence[str], language: Language, count: int) -> list[list[int]]:
        """By the index."""
        if self.index is None or not texts:
            return [[] for _ in texts]
        found = self.index.search(self.encoder.encode(texts), language, count, self._only)
        return [[int(number) for number in row if number != NOBODY] for row in found.ids]

    def holding(self, phrase: str, language: Language, count: int) -> list[int]:
        """The first that the corpus finds."""
        found = self.corpus.containing(phrase, language, self.filters, limit=count)
        return [pair.id for pair in found]

    def pairs(self, ids: Sequence[int]) -> Sequence[StoredPair]:
        """From the database."""
        return self.corpus.pairs_by_id(ids)

    def rarity(self, language: Language) -> Rarity:
        """From an even sample of the corpus."""
        if language not in self._rarity:
            chosen = self.corpus.texts(np.array(spread(self.corpus.ids()), dtype=np.int64))
            self._rarity[language] = Rarity.count(zh if language == "zh" else en for _, zh, en in chosen)
        return self._rarity[language]

    @cached_property
    def _only(self) -> Ids | None:
        return None if self.filters == Filters() else self.corpus.ids(self.filters)


@dataclass
class MemorySource:
    """Pairs held in memory, up to some ten thousand; everything is compared with everything."""

    held: Sequence[StoredPair]
    encoder: Encoder
    _rarity: dict[Language, Rarity] = field(default_factory=dict, init=False)
    _vectors: dict[Language, Vectors] = field(default_factory=dict, init=False)
    _folds: dict[Language, list[str]] = field(default_factory=dict, init=False)

    @cached_property
    def _rows(self) -> dict[int, int]:
        return {pair.id: row for row, pair in enumerate(self.held)}

    def nearest(self, texts: Sequence[str], language: Language, count: int) -> list[list[int]]:
        """By the cosine with every pair."""
        if language not in self._vectors:
            self._vectors[language] = self.encoder.encode([text_of(pair, language) for pair in self.held])
        cosines = self.encoder.encode(texts) @ self._vectors[language].T
        most = min(count, len(self.held))
        best = np.argsort(-cosines, axis=1, kind="stable")[:, :most]
        return [
            [self.held[column].id for column in row if values[column] > 0]
            for row, values in zip(best, cosines, strict=True)
        ]

    def holding(self, phrase: str, language: Language, count: int) -> list[int]:
        """By reading all folded texts."""
        if language not in self._folds:
            self._folds[language] = [folded(text_of(pair, language)) for pair in self.held]
        wanted = folded(phrase)
        rows = (row for row, text in enumerate(self._folds[language]) if wanted and wanted in text)
        return [self.held[row].id for row in islice(rows, count)]

    def pairs(self, ids: Sequence[int]) -> Sequence[StoredPair]:
        """As they were given."""
        return [self.held[self._rows[number]] for number in ids]

    def rarity(self, language: Language) -> Rarity:
        """From an even sample of them."""
        if language not in self._rarity:
            chosen = spread(np.arange(len(self.held), dtype=np.int64))
            self._rarity[language] = Rarity.count(text_of(self.held[row], language) for row in chosen)
        return self._rarity[language]
