"""Which part of a pair's other side says what a part of this side says."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from align.document import Language
from models.encoder import WordEncoder
from search.locating.pair_words import SideWords, cosines, side_words
from search.locating.word_vectors import WordTable, count_words, word_costs
from search.locating.words import Units, cut

Floats = npt.NDArray[np.float64]
WHOLE = 0.93  # of a text's units is all of it
_SHARPNESS = 12.0  # of the choice between a quoted word and another one that are both near
_FAR, _NEAR = 0.25, 0.6  # cosines of words that have nothing, and that have all, to do with each other
_LENGTH = 3.0  # what it costs to be e times as long as expected, squared
_SENTENCE, _CLAUSE, _ITEM = frozenset("。.！!？?；;"), frozenset("，,：:"), frozenset('、()（）“”"')
_EDGE = ((_SENTENCE, 2.0), (_CLAUSE, 1.4), (_ITEM, 0.5))  # what it is worth to begin or end at such a mark
_CLOSED = frozenset("。.！!？?；;，,：:、")


@dataclass(frozen=True)
class Wording:
    """Finds official wordings with an encoder that can compare words one by one."""

    encoder: WordEncoder

    def of(self, text: str, quoted: tuple[int, int], language: Language, other: str) -> tuple[int, int] | None:
        """The place in the other side of what stands in ``text[slice(*quoted)]``; None where it is empty.

        All of it where (nearly) all of the text is quoted. Else the stretch that the quoted words explain best and
        the other words least, which begins and ends at marks where that costs little.
        """
        source, target = cut(text, language), cut(other, "en" if language == "zh" else "zh")
        inside = _units_within(source, quoted)
        if not len(target):
            return None
        if inside.sum() >= WHOLE * max(len(source), 1):
            return target.starts[0], target.ends[-1]
        scores = self._scores(source, inside, target)
        expected = float(inside.sum()) / len(source) * len(target)
        first, end = _best_stretch(scores, _edges(target), expected)
        return target.starts[first], target.ends[end - 1]

    def _scores(self, source: Units, inside: npt.NDArray[np.bool_], target: Units) -> Floats:
        """(target units,) in [-1, 1]: how much nearer each one's word is to a quoted word than to any other."""
        table, pieces = WordTable.empty(self.encoder).read([source, target])
        costs = word_costs(count_words(pieces, len(table)), tuple(table.rows))
        breaks = tuple(int(k) for k in np.flatnonzero(np.diff(inside.astype(np.int8))) + 1)
        one, two = side_words(source, pieces[0], costs, breaks), side_words(target, pieces[1], costs)
        near = cosines(table.take(one.rows), table.take(two.rows))
        quoted = inside[one.begins]
        ours, others = _nearest(near[quoted]), _nearest(near[~quoted])
        strength = np.clip((np.maximum(ours, others) - _FAR) / (_NEAR - _FAR), 0.0, 1.0)
        return _per_unit(strength * np.tanh(_SHARPNESS * (ours - others) / 2), two)


def _nearest(near: Floats) -> Floats:
    found: Floats = near.max(axis=0, initial=-1.0)
    return found


def _units_within(units: Units, place: tuple[int, int]) -> npt.NDArray[np.bool_]:
    starts, ends = np.array(units.starts, dtype=np.int64), np.array(units.ends, dtype=np.int64)
    return (starts >= place[0]) & (ends <= place[1])


def _per_unit(scores: Floats, words: SideWords) -> Floats:
    """Of each unit its word's score; marks count nothing. A Chinese word's is divided among its characters."""
    lengths = np.maximum(words.ends - words.begins, 1)
    found = np.repeat(scores / lengths, lengths)
    return np.where([kind == "mark" for kind in words.units.kinds], 0.0, found)


def _edges(target: Units) -> Floats:
    """(units + 1,) what it is worth to cut before each unit and behind the last."""
    worth = np.zeros(len(target) + 1)
    worth[0] = worth[-1] = _EDGE[0][1]
    for k, key in enumerate(target.keys):
        if target.kinds[k] == "mark":
            at = k + 1 if key in _CLOSED else k
            worth[at] = max([worth[at], *(value for marks, value in _EDGE if key in marks)])
    return worth


def _best_stretch(scores: Floats, edges: Floats, expected: float) -> tuple[int, int]:
    """First and end of the stretch with the greatest sum, its edges and how far its length is expected included."""
    sums = np.concatenate(([0.0], np.cumsum(scores)))
    worth = (edges + sums)[None, :] + (edges - sums)[:, None]
    lengths = np.arange(len(sums))[None, :] - np.arange(len(sums))[:, None]
    allowed = lengths > 0
    worth -= _LENGTH * np.log(np.where(allowed, lengths, 1) / max(expected, 1.0)) ** 2
    first, end = np.unravel_index(int(np.where(allowed, worth, -np.inf).argmax()), worth.shape)
    return int(first), int(end)
