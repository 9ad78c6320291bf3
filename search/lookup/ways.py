"""The ways in which pairs are found: by the phrase itself, by likeness, by meaning."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from align.document import Language
from align.labels import Label
from models.encoder import Encoder, Vectors, WordEncoder
from search.corpus import Corpus
from search.folding import folded
from search.index.contract import Ids, VectorIndex
from search.locating.words import Units
from search.lookup import fuzzy, labels, runs
from search.lookup.coverage import WEIGHT, coverages
from search.lookup.question import How, is_term, language_of
from search.records import StoredPair

EXACT = 100  # pairs with the phrase in a language that are put in order, those added last
EXACT_BY_STANDING = 1000  # the same where the standing of the documents decides
DEPTH = 50  # pairs by meaning in each language
DEPTH_OF_TERMS = 100  # in the other language, of a term: what holds its rendering may be about something else


@dataclass(frozen=True)
class Way:
    """Pairs that one way found, best first, and in [0, 1] how well each answers."""

    name: str
    values: Mapping[int, float]

    @property
    def ranking(self) -> list[int]:
        """The ids, best first."""
        return list(self.values)


@dataclass
class Found:
    """Pairs that were read, by id, so that none is read twice; ``gone`` are in the index but not in the corpus."""

    corpus: Corpus
    pairs: dict[int, StoredPair] = field(default_factory=dict)

    def keep(self, some: Iterable[StoredPair]) -> list[StoredPair]:
        """Remember some pairs."""
        kept = list(some)
        self.pairs.update((pair.id, pair) for pair in kept)
        return kept

    def read(self, ids: list[int]) -> None:
        """Read those that are not known yet, as far as they are there."""
        missing = [number for number in dict.fromkeys(ids) if number not in self.pairs]
        self.keep(self.corpus.pairs_among(missing))


def exact(text: str, language: Language, how: How, found: Found, worth: Callable[[StoredPair], float]) -> Way:
    """Pairs that hold the phrase in any of the languages; those that are nothing else first, then those worth most.

    Where the accent is on the standing of documents, those worth most are first.
    The number of a paragraph is also found alone in its other forms: (xi) where (十一) is asked.
    """
    whole: dict[int, bool] = {}
    label = labels.only_label(text, language)
    limit = max(how.top, EXACT if how.rank == "meaning" else EXACT_BY_STANDING)
    for phrase in dict.fromkeys((text, *(labels.forms(label) if label else ()))):
        plain = folded(phrase)
        for side in how.languages:
            for pair in found.keep(found.corpus.containing(phrase, side, how.filters, limit=limit, newest_first=True)):
                alone = _is_alone(pair.text(side), side, plain, label)
                if alone or phrase == text:
                    whole[pair.id] = whole.get(pair.id, False) or alone
    alone_first = how.rank == "meaning"
    best = sorted(whole, key=lambda k: (alone_first and not whole[k], -worth(found.pairs[k]), -k))
    return Way("exact", dict.fromkeys(best, 1.0))


def _is_alone(text: str, side: Language, phrase: str, label: Label | None) -> bool:
    """Whether a text is nothing but the folded phrase that stands in it, or the label that is asked."""
    if label is not None:
        own = labels.only_label(text, side)
        return own is not None and own.agrees(label)
    return len(text) <= 2 * len(phrase) + 8 and len(folded(text)) == len(phrase)


def meaning(
    text: str, encoder: Encoder, how: How, index: VectorIndex, only: Ids | None, found: Found
) -> dict[Language, Way]:
    """Of each language the pairs whose text is nearest to a question, with their cosines.

    Where the encoder knows words they are in the order of cosine and coverage together (``search.lookup.coverage``);
    of a term, the cosine of that part of a text counts which says it (``search.lookup.runs``).
    """
    vector, term = encoder.encode([text])[0], is_term(text)
    own = language_of(text)
    ways: dict[Language, Way] = {}
    if not vector.any():
        return ways
    for side in how.languages:
        depth = DEPTH_OF_TERMS if term and side != own else DEPTH
        near = index.search(vector[None, :], side, max(depth, how.top), only)
        values = dict(zip(near.ids[0].tolist(), np.clip(near.similarities[0], 0, 1).tolist(), strict=True))
        values.pop(-1, None)
        found.read(list(values))
        there = {number: value for number, value in values.items() if number in found.pairs}
        ways[side] = Way("meaning", _in_order(text, vector, encoder, side, there, found))
    return ways


def _in_order(
    text: str, vector: Vectors, encoder: Encoder, side: Language, values: Mapping[int, float], found: Found
) -> dict[int, float]:
    """The cosines, or those of the parts that say a term, in the order that the words decide too."""
    if not isinstance(encoder, WordEncoder) or not values:
        return dict(values)
    texts = [found.pairs[number].text(side) for number in values]
    cosines = np.fromiter(values.values(), dtype=np.float32)
    scores = cosines + WEIGHT * coverages(text, texts, encoder)
    if is_term(text):
        parts = runs.nearest_runs(vector, texts, encoder)
        scores = np.maximum(scores, runs.WEIGHT * parts + runs.REST * cosines)
        cosines = np.maximum(cosines, parts)
    numbers = list(values)
    return {numbers[k]: float(cosines[k]) for k in np.lexsort((np.array(numbers), -scores)).tolist()}


def alike(question: Units, language: Language, candidates: list[int], found: Found) -> Way:
    """Those of the candidates that are a match as translation memories count it."""
    values: dict[int, float] = {}
    for number in candidates:
        text = found.pairs[number].text(language)
        likeness = fuzzy.match(question, text, language).likeness if text else 0.0
        if likeness >= fuzzy.LEAST:
            values[number] = likeness
    return Way("fuzzy", dict(sorted(values.items(), key=lambda each: (-each[1], -each[0]))))
