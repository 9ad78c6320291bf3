"""How the probes of ``kinds`` are learned: runs that were marked as terms against the other runs of those sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from align.document import Language
from glossary.extraction.fitting.annotated import Annotated
from glossary.extraction.kinds import PARTS, Probe, cases
from glossary.extraction.laid import lay
from glossary.extraction.names import Shape
from glossary.extraction.runs import find_runs
from glossary.extraction.survey import spell
from search.locating.locator import rendering_key
from search.locating.pair_words import side_words
from search.locating.word_statistics import Statistics
from search.locating.words import cut

Floats32 = npt.NDArray[np.float32]
LONGEST = 12  # units of a run that a probe learns from
MOST = 15_000  # runs of a corpus that were not marked
SEED = 7
RIDGE = 30.0
FOLDS = 5


@dataclass(frozen=True)
class Runs:
    """Distinct runs of the annotated sentences of a corpus: their numbers, what their vectors say, which were marked.

    ``fold``: runs of one sentence are in one, because they share their words.
    """

    hashes: npt.NDArray[np.uint64]
    cases: Floats32
    right: npt.NDArray[np.bool_]
    fold: npt.NDArray[np.int64]


def gather(corpus: Annotated, language: Language, known: Statistics) -> Runs:
    """The runs of a corpus that a probe learns from."""
    some = [corpus.pairs[k] for k in corpus.marks]
    units = [cut(pair.side(language), language) for pair in some]
    known, pieces = known.read(units)
    sides = [side_words(text, part, known.costs) for text, part in zip(units, pieces, strict=True)]
    laid = lay(units, language)
    runs = find_runs(laid, sides)
    keep = (runs.end - runs.first <= LONGEST) & ~np.isin(runs.shape, [Shape.TORN, Shape.MIXED])
    runs = runs.take(np.flatnonzero(keep))
    _, sample = np.unique(runs.hashes, return_index=True)
    runs = runs.take(sample)
    vectors, spelled = spell(laid, sides, runs, known)
    marked = marked_keys(corpus, language)
    places = zip(runs.text.tolist(), runs.first.tolist(), runs.end.tolist(), strict=True)
    keys = [rendering_key(units[text].surface(first, end), language) for text, first, end in places]
    right = np.array([key in marked for key in keys], dtype=bool)
    drawn = np.random.default_rng(SEED).permutation(np.flatnonzero(~right))[:MOST]
    kept = np.sort(np.concatenate([np.flatnonzero(right), drawn]))
    return Runs(runs.hashes[kept], cases(vectors, spelled.take(kept)), right[kept], runs.text[kept] % FOLDS)


def of_entries(entries: Sequence[str], language: Language, known: Statistics) -> Floats32:
    """(n, 4 d) what a probe learns from entries of a thesaurus."""
    units = [cut(entry, language) for entry in entries]
    known, pieces = known.read(units)
    sides = [side_words(text, part, known.costs) for text, part in zip(units, pieces, strict=True)]
    laid = lay(units, language)
    runs = find_runs(laid, sides)
    whole = np.flatnonzero((runs.first == 0) & (runs.end == np.array([len(text) for text in units])[runs.text]))
    vectors, spelled = spell(laid, sides, runs, known)
    return cases(vectors, spelled.take(whole))


def marked_keys(corpus: Annotated, language: Language) -> set[str]:
    """What was marked in a corpus and is not to be left out, as renderings are grouped."""
    first = 0 if language == "en" else 2
    return {
        rendering_key(corpus.pairs[k].side(language)[mark[first] : mark[first + 1]], language)
        for k, marks in corpus.marks.items()
        for mark in marks
        if mark[4] > 1
    }


def against(right: Floats32, parts: Sequence[Runs]) -> list[Runs]:
    """Entries of a thesaurus against the runs of the parts that nobody marked."""
    wrong = np.concatenate([part.cases[~part.right] for part in parts])
    truth = np.concatenate([np.ones(len(right), dtype=bool), np.zeros(len(wrong), dtype=bool)])
    nothing = np.zeros(len(truth), dtype=np.int64)
    return [Runs(nothing.astype(np.uint64), np.concatenate([right, wrong]), truth, nothing)]


def learn(parts: Sequence[Runs], without: int = -1) -> Probe:
    """A probe of all runs but those of one fold; least squares, both classes with the same say."""
    size = parts[0].cases.shape[1] + 1
    square, product = np.zeros((size, size)), np.zeros(size)
    for part in parts:
        use = part.fold != without
        table = np.column_stack([part.cases[use], np.ones(int(use.sum()), dtype=np.float32)]).astype(np.float64)
        truth = part.right[use]
        weight = np.where(truth, 0.5 / max(truth.sum(), 1), 0.5 / max((~truth).sum(), 1)) * len(truth)
        square += (table * weight[:, None]).T @ table
        product += table.T @ (weight * np.where(truth, 1.0, -1.0))
    penalty = np.full(size, RIDGE)
    penalty[-1] = 1e-6
    found = np.linalg.solve(square + np.diag(penalty), product)
    return Probe(found[:-1].reshape(PARTS, -1).astype(np.float32), float(found[-1]))


def apply(part: Runs, probe: Probe) -> npt.NDArray[np.float64]:
    """What a probe says of runs."""
    found: npt.NDArray[np.float64] = part.cases.astype(np.float64) @ probe.directions.ravel() + probe.constant
    return found


def unseen(parts: Sequence[Runs]) -> list[npt.NDArray[np.float64]]:
    """Of each run what the probe says that was learned without its fold."""
    found = [np.zeros(len(part.hashes)) for part in parts]
    for fold in range(FOLDS):
        probe = learn(parts, fold)
        for part, values in zip(parts, found, strict=True):
            here = part.fold == fold
            values[here] = apply(part, probe)[here]
    return found
