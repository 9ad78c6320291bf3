"""What a corpus says of its words, computed once: which there are, how often, and which translate which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from align.document import Language
from models.encoder import WordEncoder
from search.locating.lexicon import Lexicon, learn_lexicon
from search.locating.ngrams import RunCounts, count_runs
from search.locating.pair_words import side_words
from search.locating.word_vectors import WordTable, count_words, word_costs
from search.locating.words import Numbers, Stream, Units, cut

Floats = npt.NDArray[np.float64]
RAREST = 10.0  # the cost of a word where no corpus says how rare words are


@dataclass(frozen=True)
class Statistics:
    """What a corpus says of its words: their vectors and costs, which translate which, how often runs occur.

    ``pairs`` are those that were looked at, of ``corpus_pairs`` in all.
    """

    table: WordTable
    costs: Floats
    lexicon: Lexicon
    zh_runs: RunCounts
    en_runs: RunCounts
    pairs: int
    corpus_pairs: int

    def read(self, texts: Sequence[Units]) -> tuple[Statistics, list[Numbers]]:
        """With the words of the texts too, as rare as the rarest; and of each text the words that may begin at units.

        See ``WordTable.read``.
        """
        table, pieces = self.table.read(texts)
        missing = len(table) - len(self.costs)
        if not missing:
            return self, pieces
        rarest = float(self.costs.max()) if len(self.costs) else RAREST
        return replace(self, table=table, costs=np.concatenate([self.costs, np.full(missing, rarest)])), pieces


@dataclass(frozen=True, slots=True)
class TextPair:
    """An aligned pair as the corpus stores it."""

    id: str
    zh: str
    en: str

    def side(self, language: Language) -> str:
        """The text in that language."""
        return self.zh if language == "zh" else self.en


def learn_statistics(pairs: Sequence[TextPair], encoder: WordEncoder, corpus_pairs: int = 0) -> Statistics:
    """What a corpus says of its words; ``corpus_pairs``: how many it has, where ``pairs`` are a fair sample."""
    zh = [cut(pair.zh, "zh") for pair in pairs]
    en = [cut(pair.en, "en") for pair in pairs]
    table, pieces = WordTable.empty(encoder).read([*zh, *en])
    costs = word_costs(count_words(pieces, len(table)), tuple(table.rows))
    sides = [side_words(units, part, costs).rows for units, part in zip([*zh, *en], pieces, strict=True)]
    lexicon = learn_lexicon(
        list(zip(sides[: len(zh)], sides[len(zh) :], strict=True)), table.take(np.arange(len(table)))
    )
    return Statistics(
        table,
        costs,
        lexicon,
        count_runs(Stream.of(zh), "zh"),
        count_runs(Stream.of(en), "en"),
        len(pairs),
        max(corpus_pairs, len(pairs)),
    )
