"""Every run of one side of a pair against every run of the other: how far their words explain each other.

The links of the words, weighted by how much each word says, are summed over rectangles of the pair's table of words;
prefix sums give all rectangles at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from glossary.extraction.laid import Numbers
from glossary.extraction.runs import Runs
from models.encoder import Vectors
from search.locating.pair_words import Links, SideWords, link
from search.locating.word_statistics import Statistics

Floats = npt.NDArray[np.float64]
TRIED = 8  # runs of the other side whose meaning is compared with each run's
BEST = 4  # of these that are kept
LEAST = 0.02
LINKED_AT_ONCE = 40  # pairs
ROOM = 2_000_000  # cells of one table at most; of a pair that has more the shortest runs are taken


@dataclass(frozen=True)
class Matches:
    """Occurrences of an English run and a Chinese one that may render it (n,).

    ``covered_en``: share in [0, 1] of the English run's content that the Chinese one explains; ``covered_zh`` the
    reverse; ``near``: cosine of what they mean; ``best_en``: how this run of Chinese compares with the best for the
    English one, in (0, 1]; ``best_zh`` the reverse.
    """

    en: Numbers
    zh: Numbers
    covered_en: Floats
    covered_zh: Floats
    near: Floats
    best_en: Floats
    best_zh: Floats

    def __len__(self) -> int:
        return len(self.en)


def match(en: Runs, zh: Runs, sides: Sequence[tuple[SideWords, SideWords]], known: Statistics) -> Matches:
    """The best matches of the runs of pairs; ``sides`` are (zh, en)."""
    en_at, zh_at = _places(en, len(sides)), _places(zh, len(sides))
    found: list[tuple[Numbers, Numbers, Floats]] = []
    for number, links in enumerate(_links(sides, known)):
        a, b = slice(*en_at[number]), slice(*zh_at[number])
        if a.start == a.stop or b.start == b.stop:
            continue
        zh_side, en_side = sides[number]
        table = _Table.make(links, zh_side, en_side, known)
        spans_en = (en.first[a], en.end[a])
        spans_zh = _in_words(zh_side, zh.first[b], zh.end[b])
        rows, columns, values = table.best(spans_zh, spans_en)
        found.append((columns + a.start, rows + b.start, values))
    if not found:
        nothing = np.zeros(0)
        return Matches(nothing.astype(np.int64), nothing.astype(np.int64), *([nothing] * 5))
    values = np.concatenate([part[2] for part in found], axis=1)
    return Matches(np.concatenate([part[0] for part in found]), np.concatenate([part[1] for part in found]), *values)


def _places(runs: Runs, texts: int) -> list[tuple[int, int]]:
    return list(pairwise(np.searchsorted(runs.text, np.arange(texts + 1)).tolist()))


def _links(sides: Sequence[tuple[SideWords, SideWords]], known: Statistics) -> Iterator[Links]:
    for start in range(0, len(sides), LINKED_AT_ONCE):
        here = list(range(start, min(start + LINKED_AT_ONCE, len(sides))))
        whole = [k for k in here if len(sides[k][0].rows) and len(sides[k][1].rows)]
        linked = dict(zip(whole, link([sides[k] for k in whole], known.table, known.lexicon), strict=True))
        nothing = Links(np.zeros((0, 0)), np.zeros((0, 0)))
        yield from (linked.get(k, nothing) for k in here)


def _in_words(side: SideWords, first: Numbers, end: Numbers) -> tuple[Numbers, Numbers]:
    word = np.append(side.word_of_unit(), len(side.rows))
    return word[first], word[end - 1] + 1


def content(rows: Numbers, known: Statistics) -> Floats:
    """How much content each word has, in [0, 1], from how rare it is."""
    return np.clip((known.costs[rows] - 3.0) / 5.0, 0.05, 1.0)


def _summed(table: Floats) -> Floats:
    found = np.zeros((table.shape[0] + 1, table.shape[1] + 1))
    found[1:, 1:] = table.cumsum(axis=0).cumsum(axis=1)
    return found


@dataclass(frozen=True)
class _Table:
    """A pair's words: prefix sums of weighted links (zh + 1, en + 1), of weights, and of vectors."""

    of_en: Floats
    of_zh: Floats
    weight_en: Floats
    weight_zh: Floats
    vectors_en: Vectors
    vectors_zh: Vectors

    @classmethod
    def make(cls, links: Links, zh: SideWords, en: SideWords, known: Statistics) -> _Table:
        a, b = content(zh.rows, known), content(en.rows, known)
        return cls(
            _summed(links.explains * b),
            _summed(links.becomes * a[:, None]),
            np.concatenate(([0.0], np.cumsum(b))),
            np.concatenate(([0.0], np.cumsum(a))),
            _running(known.table.take(en.rows)),
            _running(known.table.take(zh.rows)),
        )

    def best(self, zh: tuple[Numbers, Numbers], en: tuple[Numbers, Numbers]) -> tuple[Numbers, Numbers, Floats]:
        """Rows (zh), columns (en) and values (5, n) of the best runs of each side for each of the other's."""
        of_en = _inside(self.of_en, zh, en) / (self.weight_en[en[1]] - self.weight_en[en[0]])
        of_zh = _inside(self.of_zh, zh, en) / (self.weight_zh[zh[1]] - self.weight_zh[zh[0]])[:, None]
        score = of_en * of_zh
        rows, columns = _top(score, TRIED)
        near = self._near(zh, en, rows, columns)
        table = np.zeros_like(score)
        table[rows, columns] = score[rows, columns] * (0.6 + np.maximum(near, 0.0))
        top_en, top_zh = table.max(axis=0), table.max(axis=1)
        kept = table[rows, columns] >= np.sort(table, axis=0)[-min(BEST, len(table))][columns]
        kept &= table[rows, columns] > LEAST
        rows, columns, near = rows[kept], columns[kept], near[kept]
        own = table[rows, columns]
        values = [of_en[rows, columns], of_zh[rows, columns], near, own / top_en[columns], own / top_zh[rows]]
        return rows, columns, np.stack(values)

    def _near(
        self, zh: tuple[Numbers, Numbers], en: tuple[Numbers, Numbers], rows: Numbers, columns: Numbers
    ) -> Floats:
        one = _unit(self.vectors_zh[zh[1]] - self.vectors_zh[zh[0]])
        other = _unit(self.vectors_en[en[1]] - self.vectors_en[en[0]])
        near: Floats = np.einsum("kd,kd->k", one[rows], other[columns]).astype(np.float64)
        return near


def _top(score: Floats, count: int) -> tuple[Numbers, Numbers]:
    """Rows and columns of the best of each column."""
    some = min(count, len(score))
    rows = np.argpartition(-score, some - 1, axis=0)[:some].ravel()
    return rows, np.tile(np.arange(score.shape[1]), some)


def _inside(sums: Floats, zh: tuple[Numbers, Numbers], en: tuple[Numbers, Numbers]) -> Floats:
    columns = sums[:, en[1]] - sums[:, en[0]]
    return np.asarray(columns[zh[1]] - columns[zh[0]])


def _running(vectors: Vectors) -> Vectors:
    return np.concatenate((np.zeros((1, vectors.shape[1]), dtype=np.float32), np.cumsum(vectors, axis=0)))


def _unit(vectors: Vectors) -> Vectors:
    scaled: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return scaled
