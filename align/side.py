"""One side of a pair as arrays: vectors of spans, words, anchors, labels and lengths of its units."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt
import regex
from scipy import sparse

from align.anchors import anchors
from align.document import Language
from align.labels import label
from models.encoder import Encoder, WordEncoder

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

MAX_SPAN = 5
HIGHEST_LABEL = 64
_SENTENCE_END = regex.compile(r"[。！？；.!?;…][\p{Pe}\p{Pf}\"'\s]*$")
_LONE_LABEL = regex.compile(r"\P{L}*(?:\p{L}{1,4}|[\p{N}\p{Han}]{1,4})?\P{L}*")


@dataclass(frozen=True, slots=True)
class Words:
    """The word tokens of one side: ``tokens[starts[k]:starts[k + 1]]`` are unit k's, as numbers of types.

    ``vectors`` (types, d) are of unit length; ``rarity`` (types,) weighs a type; ``weight`` (n + 1,) is cumulative.
    """

    tokens: Ints
    starts: Ints
    vectors: Floats
    rarity: Floats
    weight: Floats

    def slice(self, units: slice) -> WordBlock:
        """The words of some consecutive units, with types numbered anew."""
        starts = self.starts[units.start : units.stop + 1]
        types, positions = np.unique(self.tokens[starts[0] : starts[-1]], return_inverse=True)
        return WordBlock(types, positions, starts - starts[0], self.rarity[types])


@dataclass(frozen=True, slots=True)
class WordBlock:
    """Words of consecutive units: ``types`` are rows of the vocabulary, ``positions`` number them per token."""

    types: Ints
    positions: Ints
    starts: Ints
    rarity: Floats

    @property
    def bag(self) -> sparse.csr_matrix:
        """(units, types): the weight of each type in each unit."""
        shape = (len(self.starts) - 1, len(self.types))
        return sparse.csr_matrix((self.rarity[self.positions], self.positions, self.starts), shape=shape)

    def maxima(self, alike: Floats) -> Floats:
        """(other types, units): the best match of each type of the other side within each unit; 0 in an empty unit."""
        out = np.zeros((len(alike), len(self.starts) - 1), dtype=np.float32)
        filled = np.flatnonzero(np.diff(self.starts))
        if len(filled):
            out[:, filled] = np.maximum.reduceat(alike[:, self.positions], self.starts[:-1][filled], axis=1)
        return np.maximum(out, 0)


@dataclass(frozen=True)
class Side:
    """One side of the pair, per unit; cumulative arrays have one more entry than there are units."""

    spans: tuple[Floats, ...]  # [a - 1] is (n - a + 1, d): unit vectors of the spans of a units
    words: Words
    characters: Floats  # cumulative
    numbers: Floats  # cumulative weight of numbers, dates and symbols
    number_keys: sparse.csr_matrix  # (n, keys): square roots of the weights of numbers, dates and symbols
    name_keys: sparse.csr_matrix  # the same of Latin words
    labels: npt.NDArray[np.bool_]  # (n, HIGHEST_LABEL): the values that the opening label may have
    only_label: Floats  # 1 where a unit is nothing but a label
    open_ends: Floats  # 1 where no sentence ends with the unit

    def __len__(self) -> int:
        return len(self.characters) - 1


def two_sides(zh: Sequence[str], en: Sequence[str], encoder: Encoder, words: WordEncoder) -> tuple[Side, Side]:
    """Both sides as arrays. Weights of words and anchors come from how many units of the pair have them."""
    zh_anchors, en_anchors = _anchor_sets(zh, "zh"), _anchor_sets(en, "en")
    frequency = Counter(key for keys in (*zh_anchors, *en_anchors) for key in keys)
    total = len(zh) + len(en)
    known = {key: k for k, key in enumerate(frequency)}
    weights = np.array([log(1 + total / count) / 2 for count in frequency.values()], dtype=np.float32)
    return (
        _side(zh, zh_anchors, "zh", encoder, words, known, weights),
        _side(en, en_anchors, "en", encoder, words, known, weights),
    )


def _side(
    texts: Sequence[str], keys: list[frozenset[str]], language: Language, encoder: Encoder, words: WordEncoder,
    known: dict[str, int], weights: Floats,
) -> Side:  # fmt: skip
    names = [frozenset(k for k in unit if k.startswith("w:")) for unit in keys]
    numbers = [unit - others for unit, others in zip(keys, names, strict=True)]
    heavy = [sum(float(weights[known[k]]) for k in unit) for unit in numbers]
    return Side(
        spans=tuple(encoder.spans(texts, MAX_SPAN)),
        words=_words(texts, words),
        characters=_cumulative([_length(text) for text in texts]),
        numbers=_cumulative(heavy),
        number_keys=_incidence(numbers, known, weights),
        name_keys=_incidence(names, known, weights),
        labels=_labels(texts, language),
        open_ends=np.array([not _SENTENCE_END.search(text) for text in texts], dtype=np.float32),
        only_label=np.array([bool(_LONE_LABEL.fullmatch(text)) for text in texts], dtype=np.float32),
    )


def _words(texts: Sequence[str], encoder: WordEncoder) -> Words:
    ids, starts = encoder.tokens(texts)
    types, tokens = np.unique(ids, return_inverse=True)
    vectors = encoder.token_vectors()[types]
    units = np.repeat(np.arange(len(texts)), np.diff(starts))
    present = np.unique(np.stack((units, tokens)), axis=1)[1]
    frequency = np.bincount(present, minlength=len(types))
    norms = np.linalg.norm(vectors, axis=1)
    rarity = (norms * np.log(1 + len(texts) / np.maximum(frequency, 1))).astype(np.float32)
    # The tiny slope keeps the weight of a unit without words above zero, as a divisor must be.
    weight = np.concatenate(([0.0], np.cumsum(rarity[tokens], dtype=np.float64)))[starts] + 1e-6 * np.arange(
        len(starts)
    )
    unit = vectors / np.maximum(norms, 1e-9)[:, None]
    return Words(tokens.astype(np.int64), starts, unit.astype(np.float32), rarity, weight)


def _anchor_sets(texts: Sequence[str], language: Language) -> list[frozenset[str]]:
    return [frozenset(anchor.key for anchor in anchors(text, language)) for text in texts]


def _incidence(units: list[frozenset[str]], known: dict[str, int], weights: Floats) -> sparse.csr_matrix:
    columns = [known[key] for unit in units for key in sorted(unit)]
    starts = np.concatenate(([0], np.cumsum([len(unit) for unit in units]))).astype(np.int64)
    values = np.sqrt(weights[columns]) if columns else np.zeros(0, dtype=np.float32)
    return sparse.csr_matrix((values, columns, starts), shape=(len(units), max(len(known), 1)), dtype=np.float32)


def _labels(texts: Sequence[str], language: Language) -> npt.NDArray[np.bool_]:
    out = np.zeros((len(texts), HIGHEST_LABEL), dtype=np.bool_)
    for k, text in enumerate(texts):
        found = label(text, language)
        if found:
            out[k, [value % HIGHEST_LABEL for value in found.values]] = True
    return out


def _length(text: str) -> float:
    """Length in characters of Chinese: a Latin letter is about 0.3 of one."""
    han = len(regex.findall(r"[\p{Han}\p{P}]", text)) if regex.search(r"\p{Han}", text) else 0
    return float(han + 0.3 * (len(text) - han))


def _cumulative(values: Sequence[float]) -> Floats:
    return np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
