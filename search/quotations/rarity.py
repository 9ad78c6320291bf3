"""How much each word of a text says, given the word before it: little in a formula, much in what is seldom said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.quotations.tokens import NUMBER, Tokens, counted, tokens

Floats = npt.NDArray[np.float64]
NUMBER_WEIGHT = 0.3  # numbers may differ, so they say little either way
NAME_SHARE = 0.4  # many texts name the same body or treaty, and quote nothing
LIGHTEST, HEAVIEST = 0.3, 9.0
_TRUST = 12.0  # words seen after another one before what follows it counts as much as how often it comes at all
_LEAST = 20_000.0  # words: in a smaller corpus a word that comes once is not taken for frequent
_OWN = 4  # occurrences that do not count: what a few texts repeat of each other is no formula


@dataclass(frozen=True)
class Rarity:
    """How often words, and words after words, stand in the texts of a corpus (or of a fair sample)."""

    rows: Mapping[str, int]
    words: Floats  # (rows,): occurrences
    runs: npt.NDArray[np.int64]  # ascending: first row * rows + second row
    run_counts: Floats
    total: float

    @classmethod
    def count(cls, texts: Iterable[str]) -> Rarity:
        """Count the words of some texts."""
        rows: dict[str, int] = {}
        numbers: list[npt.NDArray[np.int64]] = []
        for text in texts:
            numbers.append(np.array([rows.setdefault(k, len(rows)) for k in counted(tokens(text))], dtype=np.int64))
        size = max(len(rows), 1)
        all_words = np.concatenate([*numbers, np.zeros(0, dtype=np.int64)])
        pairs = [found[:-1] * size + found[1:] for found in numbers if len(found) > 1]
        runs, counts = np.unique(np.concatenate([*pairs, np.zeros(0, dtype=np.int64)]), return_counts=True)
        words = np.bincount(all_words, minlength=size).astype(np.float64)
        return cls(rows, words, runs, counts.astype(np.float64), float(len(all_words)))

    def weights(self, found: Tokens) -> Floats:
        """(n,) what each token says, in nats: minus the logarithm of its probability after the one before it.

        P(word | before) = (count(before word) - 4 + 12 P(word)) / (count(before) + 12), with P(word) smoothed so too;
        within ``LIGHTEST`` and ``HEAVIEST``. Numbers have a weight of their own, names a share of theirs.
        """
        if not len(found):
            return np.zeros(0)
        keys = counted(found)
        row = np.array([self.rows.get(key, -1) for key in keys], dtype=np.int64)
        often = np.where(row >= 0, self.words[row], 0.0)
        alone = (np.maximum(often - _OWN, 0.0) + 0.5) / (max(self.total, _LEAST) + 0.5 * (len(self.rows) + 1))
        before, runs = np.zeros(len(keys)), np.zeros(len(keys))
        before[1:] = often[:-1]
        known = np.flatnonzero((row[:-1] >= 0) & (row[1:] >= 0)) + 1
        runs[known] = self._of_runs(row[known - 1] * max(len(self.rows), 1) + row[known])
        chance = (np.maximum(runs - _OWN, 0.0) + _TRUST * alone) / (before + _TRUST)
        weights = np.clip(-np.log(np.maximum(chance, alone)), LIGHTEST, HEAVIEST)
        weights *= np.where(found.named, NAME_SHARE, 1.0)
        return np.where([key == NUMBER for key in keys], NUMBER_WEIGHT, weights)

    def _of_runs(self, wanted: npt.NDArray[np.int64]) -> Floats:
        if not len(self.runs):
            return np.zeros(len(wanted))
        place = np.minimum(np.searchsorted(self.runs, wanted), len(self.runs) - 1)
        return np.where(self.runs[place] == wanted, self.run_counts[place], 0.0)
