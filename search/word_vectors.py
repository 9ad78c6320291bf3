"""Words and their vectors, as numbers and rows: what the lexicon and the alignment of words count with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors, WordEncoder
from search.words import Units

LONGEST_PIECE = 4  # Chinese characters in one word of the model's vocabulary; longer ones are phrases
_LENGTH_COSTS = (0.0, 0.0, 0.0, 3.0, 6.0)  # a vocabulary of byte pairs holds many a phrase among the longer ones
Numbers = npt.NDArray[np.int64]


@dataclass
class WordTable:
    """Folded words to rows, and their vectors; grows as texts come.

    A Chinese word is a run of up to four characters that the encoder knows as one token; every single
    character and every English word is a word, whatever the tokens it is made of.
    """

    encoder: WordEncoder
    rows: dict[str, int] = field(default_factory=dict)  # -1: no word
    vectors: Vectors = field(init=False)
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.table = self.encoder.token_vectors()
        self.vectors = np.zeros((0, self.table.shape[1]), dtype=np.float32)

    def learn(self, texts: Iterable[Units]) -> None:
        """Give rows to all words of the texts that have none yet."""
        often = Counter(word for units in texts for word in _candidates(units))
        # Long runs that come once are hardly words, and looking each up takes most of the time.
        new = {
            word for word, count in often.items() if count > 1 or len(word) < 3 or not _is_han(word)
        } - self.rows.keys()
        if not new:
            return
        ordered = sorted(new)
        ids, starts = self.encoder.tokens(ordered)
        sums = np.add.reduceat(np.vstack([self.table[ids], np.zeros_like(self.table[:1])]), starts[:-1])
        counts = np.diff(starts)
        keep = [counts[k] == 1 or len(word) == 1 or not _is_han(word) for k, word in enumerate(ordered)]
        sums[counts == 0] = 0.0
        self.vectors = np.vstack([self.vectors, sums[keep]])
        for word, kept in zip(ordered, keep, strict=True):
            self.rows[word] = len(self.words) if kept else -1
            if kept:
                self.words.append(word)

    def pieces(self, units: Units) -> Numbers:
        """Rows (n, 4) of the words that begin at each unit and are 1 … 4 units long; -1 where there is none."""
        found = np.full((len(units), LONGEST_PIECE), -1, dtype=np.int64)
        keys, kinds, rows = units.keys, units.kinds, self.rows
        for k, key in enumerate(keys):
            found[k, 0] = rows[key]
            word = key
            for length in range(1, LONGEST_PIECE if kinds[k] == "han" else 1):
                if k + length >= len(keys) or kinds[k + length] != "han":
                    break
                word += keys[k + length]
                found[k, length] = rows.get(word, -1)
        return found


def _candidates(units: Units) -> list[str]:
    keys, kinds = units.keys, units.kinds
    found = list(keys)
    for k, kind in enumerate(kinds):
        if kind == "han":
            word = keys[k]
            for key, next_kind in zip(keys[k + 1 : k + LONGEST_PIECE], kinds[k + 1 : k + LONGEST_PIECE], strict=True):
                if next_kind != "han":
                    break
                word += key
                found.append(word)
    return found


def _is_han(word: str) -> bool:
    return len(word) > 1 and "\u3400" <= word[0] <= "\U0003ffff" and word[-1] >= "\u3400"


def segment(pieces: Numbers, cost: npt.NDArray[np.float64]) -> list[tuple[int, int, int]]:
    """The cheapest words (begin, end, row) that cover a text, each row's cost given."""
    n = len(pieces)
    best = np.full(n + 1, np.inf)
    best[0] = 0.0
    back = [0] * (n + 1)
    for end in range(1, n + 1):
        for length in range(1, min(LONGEST_PIECE, end) + 1):
            row = pieces[end - length, length - 1]
            if row >= 0 and best[end - length] + cost[row] < best[end]:
                best[end], back[end] = best[end - length] + cost[row], end - length
    words = []
    end = n
    while end:
        begin = back[end]
        words.append((begin, end, int(pieces[begin, end - begin - 1])))
        end = begin
    return words[::-1]


def word_costs(counts: npt.NDArray[np.float64], words: Sequence[str]) -> npt.NDArray[np.float64]:
    """Minus log share of each row, from how often it occurs."""
    costs: npt.NDArray[np.float64] = np.log(counts.sum() + len(counts)) - np.log(counts + 0.5)
    extra: npt.NDArray[np.float64] = np.array([_LENGTH_COSTS[len(word) if _is_han(word) else 1] for word in words])
    costs += extra
    return costs


def count_words(pieces: Sequence[Numbers], size: int) -> npt.NDArray[np.float64]:
    """How often each row occurs anywhere, overlapping ones too."""
    if not pieces:
        return np.zeros(size)
    flat = np.concatenate([part.ravel() for part in pieces])
    return np.bincount(flat[flat >= 0], minlength=size).astype(np.float64)
