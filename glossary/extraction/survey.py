"""A corpus surveyed: its runs in both languages, which are matched with which, and what speaks for each couple."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from align.document import Language
from glossary.extraction.background import learned_background, own_words
from glossary.extraction.features import Couples, Features, couple, features
from glossary.extraction.grid import Matches, match
from glossary.extraction.habits import Habits, learn_habits
from glossary.extraction.kinds import Spelled, learned_probe
from glossary.extraction.laid import Laid, lay
from glossary.extraction.runs import Runs, find_runs
from glossary.extraction.side import Side, Weighing
from glossary.extraction.types_table import Terms, gather
from models.encoder import Vectors
from search.locating.pair_words import SideWords, side_words
from search.locating.word_statistics import Statistics, TextPair
from search.locating.words import cut

AT_ONCE = 2000  # pairs
Progress = Callable[[int, int], None]  # pairs done, pairs to do


@dataclass(frozen=True)
class Survey:
    """What was found in pairs."""

    pairs: tuple[TextPair, ...]
    en: Side
    zh: Side
    couples: Couples
    matches: Matches
    habits: Habits
    features: Features

    def weighed(self, en: Side, zh: Side) -> Survey:
        """The same with its terms weighed otherwise."""
        evidence = features(self.couples, self.matches, en, zh, self.habits, len(self.pairs))
        return replace(self, en=en, zh=zh, features=evidence)


def survey(pairs: Sequence[TextPair], known: Statistics, progress: Progress | None = None) -> Survey:
    """Survey pairs with what is known of their words."""
    parts = list(_parts(pairs, known, progress))
    en, zh = _side("en", [part.en for part in parts]), _side("zh", [part.zh for part in parts])
    matches = _joined(parts)
    found = couple(matches, en.terms, zh.terms)
    habits = learn_habits(en.texts)
    evidence = features(found, matches, en, zh, habits, len(pairs))
    return Survey(tuple(pairs), en, zh, found, matches, habits, evidence)


@dataclass(frozen=True)
class _HalfPart:
    laid: Laid
    runs: Runs
    weights: np.ndarray


@dataclass(frozen=True)
class _Part:
    en: _HalfPart
    zh: _HalfPart
    matches: Matches

    def of(self, language: Language) -> _HalfPart:
        return self.en if language == "en" else self.zh


def _parts(pairs: Sequence[TextPair], known: Statistics, progress: Progress | None) -> Iterator[_Part]:
    for start in range(0, len(pairs), AT_ONCE):
        some = pairs[start : start + AT_ONCE]
        if progress is not None:
            progress(start, len(pairs))
        known, en = _words(some, "en", known)
        known, zh = _words(some, "zh", known)
        halves = [_half(side, known) for side in (en, zh)]
        matches = match(halves[0].runs, halves[1].runs, list(zip(zh, en, strict=True)), known)
        yield _Part(halves[0], halves[1], matches)
    if progress is not None:
        progress(len(pairs), len(pairs))


def _words(pairs: Sequence[TextPair], language: Language, known: Statistics) -> tuple[Statistics, list[SideWords]]:
    units = [cut(pair.side(language), language) for pair in pairs]
    known, pieces = known.read(units)
    return known, [side_words(text, part, known.costs) for text, part in zip(units, pieces, strict=True)]


def _half(sides: Sequence[SideWords], known: Statistics) -> _HalfPart:
    laid = lay([side.units for side in sides], sides[0].units.language)
    runs = find_runs(laid, sides)
    return _HalfPart(laid, runs, _weights(laid, sides, runs, known))


def _weights(laid: Laid, sides: Sequence[SideWords], runs: Runs, known: Statistics) -> np.ndarray:
    """(5, k) how much the first word of each run says, the last, and the mean; and of which kind the run is, twice.

    What a word says is the length of its vector: a model of words that was trained on sums gives frequent words short
    ones, which makes it a background of general language. For the kind see ``kinds``.
    """
    vectors, spelled = spell(laid, sides, runs, known)
    weight = np.linalg.norm(vectors, axis=1).astype(np.float64)
    total = np.concatenate(([0.0], np.cumsum(weight)))
    mean = (total[spelled.last + 1] - total[spelled.first]) / (spelled.last + 1 - spelled.first)
    probes = [learned_probe(which, laid.language) for which in ("marked", "known")]
    kinds = [probe(vectors, spelled) if probe else np.zeros(len(runs)) for probe in probes]
    return np.stack([weight[spelled.first], weight[spelled.last], mean, *kinds])


def spell(laid: Laid, sides: Sequence[SideWords], runs: Runs, known: Statistics) -> tuple[Vectors, Spelled]:
    """The vectors (n, d) of all words of texts, and the runs as words of these."""
    starts = np.concatenate(([0], np.cumsum([len(side.rows) for side in sides])))
    rows = np.concatenate([side.rows for side in sides])
    distinct, which = np.unique(rows, return_inverse=True)
    # Of each unit the word that it is in; the gap behind a text is in the last one.
    word_of = np.concatenate(
        [
            np.append(side.word_of_unit(), max(len(side.rows) - 1, 0)) + at
            for side, at in zip(sides, starts, strict=False)
        ]
    )
    first, last = word_of[runs.place], word_of[runs.place + (runs.end - runs.first) - 1]
    link = np.where(laid.function | laid.wall, np.arange(laid.size), laid.size)
    following = np.minimum.accumulate(link[::-1])[::-1]
    head = np.minimum(following[runs.place], runs.place + (runs.end - runs.first)) - 1
    return known.table.take(distinct)[which], Spelled(first, last, word_of[np.maximum(head, runs.place)])


def _side(language: Language, parts: Sequence[_HalfPart]) -> Side:
    laid = [part.laid for part in parts]
    runs = Runs.joined([part.runs for part in parts], laid)
    terms = gather(runs)
    texts = tuple(units for part in laid for units in part.texts)
    weights = np.concatenate([part.weights for part in parts], axis=1)[:, terms.sample]
    head, tail, mean, kind, known = weights
    return Side(language, texts, runs, terms, Weighing(head, tail, mean, kind, known, *_ownness(laid, runs, terms)))


def _ownness(laid: Sequence[Laid], runs: Runs, terms: Terms) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(t,) how much a term's words are the corpus's own: mean ratio, mean and least surprise."""
    if laid[0].language != "en":
        nothing = np.zeros(len(terms))
        return nothing, nothing, nothing
    telling = np.concatenate([part.content for part in laid])
    own = own_words(np.concatenate([part.hashes for part in laid]), telling, learned_background())
    first = runs.place[terms.sample]
    end = first + (runs.end - runs.first)[terms.sample]
    counted = np.concatenate(([0], np.cumsum(telling)))
    words = np.maximum(counted[end] - counted[first], 1)

    def mean(values: np.ndarray) -> np.ndarray:
        total = np.concatenate(([0.0], np.cumsum(values * telling)))
        return np.asarray((total[end] - total[first]) / words)

    least = np.minimum.reduceat(
        np.append(np.where(telling, own.surprise, np.inf), np.inf), np.stack([first, end], axis=1).ravel()
    )[::2]
    return mean(own.ratio), mean(own.surprise), np.where(np.isfinite(least), least, 0.0)


def _joined(parts: Sequence[_Part]) -> Matches:
    moved = []
    languages: tuple[Language, Language] = ("en", "zh")
    for language in languages:
        offsets = np.concatenate(([0], np.cumsum([len(part.of(language).runs) for part in parts])))
        moved.append(
            np.concatenate([getattr(part.matches, language) + at for part, at in zip(parts, offsets, strict=False)])
        )
    names = ("covered_en", "covered_zh", "near", "best_en", "best_zh")
    return Matches(*moved, *(np.concatenate([getattr(part.matches, name) for part in parts]) for name in names))
