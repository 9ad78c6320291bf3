"""What a corpus says of its words, computed once: which there are, how often, and which translate which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from align.document import Language
from models.encoder import WordEncoder
from search.lexicon import Lexicon, learn_lexicon
from search.ngrams import RunCounts, count_runs
from search.pair_words import side_words
from search.word_vectors import WordTable, count_words, word_costs
from search.words import cut

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Statistics:
    """What a corpus says of its words: their vectors and costs, which translate which, how often runs occur."""

    table: WordTable
    costs: Floats
    lexicon: Lexicon
    zh_runs: RunCounts
    en_runs: RunCounts
    pairs: int

    def grown(self) -> Statistics:
        """With a cost for the words learnt since: they are as rare as the rarest."""
        missing = len(self.table.words) - len(self.costs)
        if not missing:
            return self
        rarest = float(self.costs.max()) if len(self.costs) else 10.0
        return replace(self, costs=np.concatenate([self.costs, np.full(missing, rarest)]))


@dataclass(frozen=True, slots=True)
class TextPair:
    """An aligned pair as the corpus stores it."""

    id: str
    zh: str
    en: str

    def side(self, language: Language) -> str:
        """The text in that language."""
        return self.zh if language == "zh" else self.en


def learn_statistics(pairs: Sequence[TextPair], encoder: WordEncoder) -> Statistics:
    """What a corpus (or a fair sample of one) says of its words."""
    zh = [cut(pair.zh, "zh") for pair in pairs]
    en = [cut(pair.en, "en") for pair in pairs]
    table = WordTable(encoder)
    table.learn([*zh, *en])
    pieces = [table.pieces(units) for units in (*zh, *en)]
    costs = word_costs(count_words(pieces, len(table.words)), table.words)
    rows = [(side_words(a, table, costs).rows, side_words(b, table, costs).rows) for a, b in zip(zh, en, strict=True)]
    lexicon = learn_lexicon(rows, table.vectors)
    return Statistics(table, costs, lexicon, count_runs(zh), count_runs(en), len(pairs))
