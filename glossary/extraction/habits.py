"""What the words of a language do in a corpus: whether they stand before articles, behind "to", at the end of phrases.

Verbs and prepositions stand before articles, verbs behind auxiliaries, nouns before function words and marks: that
tells them apart without a tagger. Words seen seldom are taken to be like the others with their ending.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from glossary.extraction.laid import Numbers
from search.locating.ngrams import unit_hashes
from search.locating.words import Units

Floats = npt.NDArray[np.float64]
BEFORE_NOUNS = frozenset("the a an its their his her our your my this that these those all any each every such".split())
AUXILIARIES = frozenset("to will would shall should must may might can could cannot not did does do who".split())
_PRIOR = 6.0  # occurrences that the ending's habit counts for
_ENDING = 3


@dataclass(frozen=True)
class Habits:
    """Of the words, ascending by number (w,), the shares of their occurrences, in [0, 1].

    ``governs``: an article or the like follows. ``verbal``: an auxiliary stands before. ``closes``: what follows is
    no word that says something.
    """

    words: npt.NDArray[np.uint64]
    governs: Floats
    verbal: Floats
    closes: Floats

    def of(self, hashes: npt.NDArray[np.uint64]) -> Numbers:
        """The places of words."""
        return np.minimum(np.searchsorted(self.words, hashes), max(len(self.words) - 1, 0))


def learn_habits(texts: Sequence[Units]) -> Habits:
    """From English texts."""
    counts: dict[str, list[float]] = {}
    for units in texts:
        keys = ("", *units.keys, "")
        words = [kind in {"word", "number"} for kind in ("mark", *units.kinds, "mark")]
        for k in range(1, len(keys) - 1):
            if not words[k]:
                continue
            row = counts.setdefault(keys[k], [0.0, 0.0, 0.0, 0.0])
            row[0] += 1
            row[1] += keys[k + 1] in BEFORE_NOUNS
            row[2] += keys[k - 1] in AUXILIARIES
            row[3] += not words[k + 1] or keys[k + 1] in _FUNCTION
    return _smoothed(counts)


def _smoothed(counts: dict[str, list[float]]) -> Habits:
    endings: dict[str, Floats] = {}
    for word, row in counts.items():
        found = endings.setdefault(word[-_ENDING:], np.zeros(4))
        found += np.minimum(1.0, 20.0 / row[0]) * np.array(row)
    total = sum(endings.values(), np.zeros(4)) + 1e-9
    general = total[1:] / total[0]
    table: dict[int, Floats] = {}
    hashes = unit_hashes(tuple(counts), "en").tolist() if counts else []
    for (word, row), number in zip(counts.items(), hashes, strict=True):
        ending = endings[word[-_ENDING:]]
        prior = (ending[1:] + 4.0 * general) / (ending[0] + 4.0)
        values = np.array([row[0], *row[1:]])
        table[number] = table.get(number, np.concatenate(([_PRIOR], _PRIOR * prior))) + values
    words = np.array(sorted(table), dtype=np.uint64)
    rates = np.array([table[int(word)][1:] / table[int(word)][0] for word in words]).reshape(-1, 3)
    return Habits(words, rates[:, 0], rates[:, 1], rates[:, 2])


def _function_words() -> frozenset[str]:
    from search.locating.boundaries import ARTICLES, LINKS, OTHERS

    return ARTICLES | LINKS | OTHERS


_FUNCTION = _function_words()
