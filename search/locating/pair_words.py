"""A pair as the locator sees it: both sides' units, their words, and which word each is aligned to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors
from search.locating.lexicon import Lexicon
from search.locating.word_vectors import WordTable, segment
from search.locating.words import Numbers, Units

Floats = npt.NDArray[np.float64]
NULL = 0.02  # what a word that translates nothing may claim of another, against p(word | word)
UNSEEN = 0.3  # weight of the embedding where the lexicon has never seen two words together
SHARPNESS = 10.0


@dataclass(frozen=True)
class SideWords:
    """One text: its units, the words that may begin at each, and the words it is cut into."""

    units: Units
    pieces: Numbers  # (units, 4)
    begins: Numbers  # (words,) first unit of each word
    ends: Numbers
    rows: Numbers

    def word_of_unit(self) -> Numbers:
        """Of each unit the word that it is in."""
        return np.repeat(np.arange(len(self.rows)), self.ends - self.begins)


def side_words(units: Units, pieces: Numbers, costs: Floats, breaks: tuple[int, ...] = ()) -> SideWords:
    """Cut a text into words (``pieces``: see ``WordTable.read``), with a boundary at every unit in ``breaks``."""
    if units.language == "en":
        every = np.arange(len(units))
        return SideWords(units, pieces, every, every + 1, pieces[:, 0].copy())
    words: list[tuple[int, int, int]] = []
    edges = sorted({0, len(units), *breaks})
    for first, end in pairwise(edges):
        words.extend((a + first, b + first, row) for a, b, row in segment(_within(pieces[first:end]), costs))
    cells = np.array(words, dtype=np.int64).reshape(-1, 3)
    return SideWords(units, pieces, cells[:, 0], cells[:, 1], cells[:, 2])


def _within(pieces: Numbers) -> Numbers:
    """Without the words that go past the end."""
    inside = pieces.copy()
    for length in range(1, inside.shape[1]):
        inside[max(0, len(inside) - length) :, length] = -1
    return inside


@dataclass(frozen=True)
class Links:
    """Soft links of a pair's words, (source words, target words).

    ``explains``: columns sum to at most one, how far each source word explains a target word.
    ``becomes``: rows sum to at most one, how far each source word becomes a target word.
    The rest goes to no word at all.
    """

    explains: Floats
    becomes: Floats


def link(pairs: Sequence[tuple[SideWords, SideWords]], table: WordTable, lexicon: Lexicon | None) -> list[Links]:
    """The links of (source, target) that the lexicon and, for words it does not know together, the embedding expect.

    All sources are in one language.
    """
    if not pairs:
        return []
    sources, source_at = _distinct([source.rows for source, _ in pairs])
    targets, target_at = _distinct([target.rows for _, target in pairs])
    if lexicon is None:
        explains = becomes = np.zeros((len(sources), len(targets)))
    elif pairs[0][0].units.language == "zh":
        explains, becomes = lexicon.table(sources, targets)
    else:
        en_given_zh, zh_given_en = lexicon.table(targets, sources)
        explains, becomes = zh_given_en.T, en_given_zh.T
    one, other = _unit(table.take(sources)), _unit(table.take(targets))
    return [_links(a, b, one, other, explains, becomes) for a, b in zip(source_at, target_at, strict=True)]


def _distinct(rows: Sequence[Numbers]) -> tuple[Numbers, list[Numbers]]:
    """All words, each once, and of each text the places of its words among these."""
    words, at = np.unique(np.concatenate(rows), return_inverse=True)
    return words, np.split(at, np.cumsum([len(part) for part in rows])[:-1])


def _links(a: Numbers, b: Numbers, one: Vectors, other: Vectors, explains: Floats, becomes: Floats) -> Links:
    # einsum, because a matrix product this small is slow where other programs use the processors too
    near = np.einsum("ik,jk->ij", one[a], other[b]).astype(np.float64)
    prior = UNSEEN * np.exp(SHARPNESS * (near - 1.0))
    forward = np.maximum(explains[a[:, None], b], prior)
    backward = np.maximum(becomes[a[:, None], b], prior)
    forward /= forward.sum(axis=0, keepdims=True) + NULL
    backward /= backward.sum(axis=1, keepdims=True) + NULL
    return Links(forward, backward)


def cosines(first: Vectors, second: Vectors) -> Floats:
    """Cosines (n, m) of rows; 0 for a zero row."""
    return np.asarray(_unit(first) @ _unit(second).T, dtype=np.float64)


def _unit(vectors: Vectors) -> Vectors:
    scaled: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return scaled
