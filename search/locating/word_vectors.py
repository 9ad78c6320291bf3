"""Words and their vectors, as numbers and rows: what the lexicon and the alignment of words count with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors, WordEncoder
from search.locating.words import Numbers, Stream, Units

LONGEST_PIECE = 4  # Chinese characters in one word of the model's vocabulary; longer ones are phrases
_LENGTH_COSTS = (0.0, 0.0, 0.0, 3.0, 6.0)  # a vocabulary of byte pairs holds many a phrase among the longer ones
MUCH = 500_000  # units of text in which a run of two characters, too, must come twice to be worth looking up
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class WordTable:
    """Folded words to rows, and their vectors: the sums of those of the model's tokens that a word is made of.

    A Chinese word is a run of up to four characters that the encoder knows as one token; every single
    character and every English word is a word, whatever the tokens it is made of.
    The tokens of word k are ``tokens[starts[k]:starts[k + 1]]``.
    """

    encoder: WordEncoder
    rows: Mapping[str, int]
    tokens: Numbers
    starts: Numbers

    @classmethod
    def empty(cls, encoder: WordEncoder) -> WordTable:
        """No words yet."""
        return cls(encoder, {}, np.zeros(0, dtype=np.int64), np.zeros(1, dtype=np.int64))

    def __len__(self) -> int:
        return len(self.starts) - 1

    @property
    def width(self) -> int:
        """Numbers in a vector."""
        return int(self.encoder.token_vectors().shape[1])

    def take(self, rows: Numbers) -> Vectors:
        """Vectors (n, d) of words, not of unit length; of a word without tokens zero."""
        table = self.encoder.token_vectors()
        begins = self.starts[rows]
        counts = self.starts[rows + 1] - begins
        found = np.zeros((len(rows), table.shape[1]), dtype=np.float32)
        for k in range(int(counts.max(initial=0))):
            longer = np.flatnonzero(counts > k)
            found[longer] += table[self.tokens[begins[longer] + k]]
        return found

    def read(self, texts: Sequence[Units]) -> tuple[WordTable, list[Numbers]]:
        """A table that knows all words of the texts too, and of each text the words that may begin at its units.

        These are rows (n, 4) of the words that are 1 … 4 units long; -1 where there is none.
        """
        stream = Stream.of(texts)
        alone = 2 if len(stream.ids) < MUCH else 1
        runs = list(_runs(stream, 0 if self.rows else alone))
        missing = [
            word
            for length, run in enumerate(runs, start=1)
            for word, count in zip(run.words, run.counts, strict=True)
            # Runs that come once are hardly words, and looking each up takes most of the time.
            if word is not None and word not in self.rows and (length <= alone or count > 1)
        ]
        table = self._with(missing) if missing else self
        pieces = np.full((len(stream.ids), LONGEST_PIECE), -1, dtype=np.int64)
        for k, run in enumerate(runs):
            rows = [-1 if word is None else table.rows.get(word, -1) for word in run.words]
            pieces[run.begins, k] = np.array(rows, dtype=np.int64)[run.which]
        return table, np.split(pieces, stream.starts[1:-1]) if texts else []

    def _with(self, words: Sequence[str]) -> WordTable:
        ids, starts = self.encoder.tokens(words)
        counts = np.diff(starts)
        kept = np.array([n == 1 or len(w) == 1 or not is_han(w) for w, n in zip(words, counts.tolist(), strict=True)])
        rows = {**self.rows, **{words[k]: len(self) + n for n, k in enumerate(np.flatnonzero(kept).tolist())}}
        tokens = np.concatenate([self.tokens, ids[np.repeat(kept, counts)]])
        return replace(
            self, rows=rows, tokens=tokens, starts=np.append(self.starts, self.starts[-1] + np.cumsum(counts[kept]))
        )


@dataclass(frozen=True)
class _Runs:
    """Runs of Han units of one length (of one unit: all): where they begin, which each is, the words, how often."""

    begins: Numbers
    which: Numbers
    words: list[str | None]  # None for a rare run that nobody asks for
    counts: Numbers


def _runs(stream: Stream, alone: int) -> Iterator[_Runs]:
    """By length 1 … 4; with ``alone``, those that come once only up to this length."""
    every = np.arange(len(stream.ids))
    yield _Runs(every, stream.ids, list(stream.keys), np.bincount(stream.ids, minlength=len(stream.keys)))
    until, shorter = stream.until(), stream.ids.copy()
    begins = np.flatnonzero(stream.han)
    for length in range(2, LONGEST_PIECE + 1):
        begins = begins[begins + length <= until[begins]]
        begins = begins[stream.han[begins + length - 1]]
        codes = shorter[begins] * len(stream.keys) + stream.ids[begins + length - 1]
        _, firsts, which, counts = np.unique(codes, return_index=True, return_inverse=True, return_counts=True)
        shorter[begins] = which
        needed = (counts > 1) | (length <= (alone or LONGEST_PIECE))
        words = [
            "".join([stream.keys[k] for k in stream.ids[first : first + length]]) if wanted else None
            for first, wanted in zip(begins[firsts].tolist(), needed.tolist(), strict=True)
        ]
        yield _Runs(begins, which, words, counts)


def is_han(word: str) -> bool:
    """Whether a word is a run of Chinese characters."""
    return len(word) > 1 and "\u3400" <= word[0] <= "\U0003ffff" and word[-1] >= "\u3400"


def segment(pieces: Numbers, cost: Floats) -> list[tuple[int, int, int]]:
    """The cheapest words (begin, end, row) that cover a text, each row's cost given."""
    rows: list[list[int]] = pieces.tolist()
    costs: list[list[float]] = np.where(pieces >= 0, cost[pieces], np.inf).tolist()
    n = len(rows)
    best = [0.0] + [np.inf] * (n + LONGEST_PIECE)  # no word goes past the end, but it is looked whether one does
    back = [0] * (n + 1)
    for begin, prices in enumerate(costs):
        here, end = best[begin], begin
        for price in prices:
            end += 1
            if here + price < best[end]:
                best[end], back[end] = here + price, begin
    words = []
    end = n
    while end:
        begin = back[end]
        words.append((begin, end, rows[begin][end - begin - 1]))
        end = begin
    return words[::-1]


def word_costs(counts: Floats, words: Sequence[str]) -> Floats:
    """Minus log share of each row, from how often it occurs."""
    costs: Floats = np.log(max(float(counts.sum()) + len(counts), 1.0)) - np.log(counts + 0.5)
    extra: Floats = np.array([_LENGTH_COSTS[len(word) if is_han(word) else 1] for word in words])
    costs += extra
    return costs


def count_words(pieces: Sequence[Numbers], size: int) -> Floats:
    """How often each row occurs anywhere, overlapping ones too."""
    if not pieces:
        return np.zeros(size)
    flat = np.concatenate([part.ravel() for part in pieces])
    return np.bincount(flat[flat >= 0], minlength=size).astype(np.float64)
