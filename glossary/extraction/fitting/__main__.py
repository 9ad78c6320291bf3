"""``python -m glossary.extraction.fitting SHARED``: learn how candidates are scored, from terms marked by reading.

First what words are common anywhere, then the probes of ``kinds``, then the weights of couples, then those of
renderings. Each stage sees of the one before only what that says of runs it was not learned from.
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from align.document import Language
from glossary.extraction import kinds
from glossary.extraction.extract import look_up
from glossary.extraction.features import Features
from glossary.extraction.fitting import common_words, probes
from glossary.extraction.fitting.annotated import UNITED_NATIONS, Annotated, corpora, thesaurus
from glossary.extraction.fitting.logistic import fit
from glossary.extraction.ranked import Ranked, barred
from glossary.extraction.renderings import RenderingEvidence, Weigher
from glossary.extraction.scoring import LEARNED, Weights
from glossary.extraction.side import Side
from glossary.extraction.survey import Survey, survey
from models import load_embedded
from search.fitting.__main__ import Blurred
from search.locating.locator import Locator, rendering_key
from search.locating.word_statistics import Statistics, learn_statistics

log = logging.getLogger("glossary.extraction.fitting")
WORTH = {3: 1.0, 2: 0.4, 1: 0.1}  # of a grade, how likely a terminologist enters the term
BLUR = 0.4  # the model was trained on these very texts
RIDGE_COUPLES, RIDGE_RENDERINGS = 30.0, 10.0
LANGUAGES: tuple[Language, Language] = ("zh", "en")
LOOKED_UP, FOR_EACH = (
    1500,
    5,
)  # terms of a corpus whose renderings are learned from: at most, and for a line that was read
# How often words come is learned from corpora of documents only: the lines of the sample of the United Nations are from
# thousands of documents, where hardly anything comes twice.
FREQUENCIES = frozenset(
    "en_often en_texts en_name_often single_often single_surprise en_surprise together zh_often places".split()
)
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Lesson:
    """A corpus surveyed, and which of its distinct English runs stand in the sentences that were read."""

    corpus: Annotated
    known: Statistics
    found: Survey
    read: Flags

    @property
    def worth(self) -> dict[tuple[str, str], float]:
        """The marked pairs of terms, as renderings are grouped, and how likely each is entered, from its grade."""
        pairs = self.corpus.pairs
        return {
            (rendering_key(pairs[k].en[a:b], "en"), rendering_key(pairs[k].zh[c:d], "zh")): WORTH[grade]
            for k, marks in self.corpus.marks.items()
            for a, b, c, d, grade in marks
        }


def main() -> None:
    """Learn and write everything."""
    parser = argparse.ArgumentParser(description="Learn how candidates are scored.")
    parser.add_argument("shared", type=Path, help="the folder of the training data")
    shared: Path = parser.parse_args().shared
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    common_words.count(shared)
    kinds.LEARNED.unlink(missing_ok=True)
    kinds.learned_probe.cache_clear()
    lessons = [_lesson(corpus, number) for number, corpus in enumerate(corpora(shared))]
    lessons = _with_kinds(lessons, shared)
    couples = _couples(lessons)
    renderings = _renderings(lessons, couples)
    stored = {"couples": _rounded(couples), "renderings": _rounded(renderings)}
    LEARNED.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf8")


def _rounded(weights: Weights) -> dict[str, object]:
    return {
        "constant": round(weights.constant, 4),
        "weights": {name: round(value, 4) for name, value in weights.weights.items()},
    }


def _lesson(corpus: Annotated, number: int) -> Lesson:
    known = learn_statistics(corpus.pairs, Blurred.make(load_embedded(), BLUR, number))
    found = survey(corpus.pairs, known)
    read = np.zeros(len(found.en.terms), dtype=bool)
    read[found.en.terms.of[np.isin(found.en.runs.text, list(corpus.marks))]] = True
    log.info(
        "%s: %d pairs, %d read, %d couples", corpus.name, len(corpus.pairs), len(corpus.marks), len(found.couples.en)
    )
    return Lesson(corpus, known, found, read)


def _with_kinds(lessons: list[Lesson], shared: Path) -> list[Lesson]:
    """Learn the probes and write them; the lessons get what probes say that have not seen the run."""
    from safetensors.numpy import save_file

    stored: dict[str, npt.NDArray[np.float32]] = {}
    said: dict[str, list[npt.NDArray[np.float64]]] = {}
    entries = list(thesaurus(shared))
    for side, language in enumerate(LANGUAGES):
        parts = [probes.gather(lesson.corpus, language, lesson.known) for lesson in lessons]
        known = probes.of_entries([entry[side] for entry in entries], language, lessons[0].known)
        log.info(
            "%s: %d runs, %d marked, %d entries",
            language,
            *np.sum([(len(p.right), p.right.sum()) for p in parts], axis=0),
            len(known),
        )
        probe = probes.learn(probes.against(known, parts))
        for which, one in (("marked", probes.learn(parts)), ("known", probe)):
            stored[f"{which}.{language}"] = one.directions
            stored[f"{which}.{language}.constant"] = np.array([one.constant], dtype=np.float32)
        sides = [lesson.found.en if language == "en" else lesson.found.zh for lesson in lessons]
        for which, values in (("kind", probes.unseen(parts)), ("known", [probes.apply(part, probe) for part in parts])):
            said[f"{language}_{which}"] = list(map(_spread, sides, parts, values))
    save_file(stored, str(kinds.LEARNED))
    return [_told(lesson, {name: values[k] for name, values in said.items()}) for k, lesson in enumerate(lessons)]


def _spread(side: Side, part: probes.Runs, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Of the distinct runs of a survey what was said of those that a probe has seen; of the others 0."""
    at = np.minimum(np.searchsorted(side.terms.hashes, part.hashes), len(side.terms) - 1)
    same = side.terms.hashes[at] == part.hashes
    found = np.zeros(len(side.terms))
    found[at[same]] = values[same]
    return found


def _told(lesson: Lesson, said: Mapping[str, npt.NDArray[np.float64]]) -> Lesson:
    """The same with the evidence worked out anew."""
    sides = {
        language: replace(
            getattr(lesson.found, language),
            weighing=replace(
                getattr(lesson.found, language).weighing, kind=said[f"{language}_kind"], known=said[f"{language}_known"]
            ),
        )
        for language in LANGUAGES
    }
    return replace(lesson, found=lesson.found.weighed(**sides))


def _couples(lessons: list[Lesson]) -> Weights:
    tables, right = [], []
    for lesson in lessons:
        found, worth = lesson.found, lesson.worth
        here = np.flatnonzero(lesson.read[found.couples.en] & ~barred(found))
        en, zh = found.en.keys(), found.zh.keys()
        both = zip(found.couples.en[here].tolist(), found.couples.zh[here].tolist(), strict=True)
        tables.append(found.features.table()[here])
        right.append(np.array([worth.get((en[a], zh[b]), 0.0) for a, b in both]))
    log.info("couples: %d of %d are marked", sum((r > 0).sum() for r in right), sum(len(r) for r in right))
    return _fit(lessons, tables, right, Features.names(), RIDGE_COUPLES)


def _renderings(lessons: list[Lesson], weights: Weights) -> Weights:
    tables, right = [], []
    for lesson in lessons:
        score = np.where(lesson.read[lesson.found.couples.en], weights(lesson.found.features), -np.inf)
        weigher = Weigher(lesson.found, Ranked.of(lesson.found, score), Locator(lesson.known))
        looked = look_up(weigher, min(LOOKED_UP, FOR_EACH * len(lesson.corpus.marks)))
        options = [option for term, seen in looked.items() for option in weigher.options(term, seen)]
        en, worth = lesson.found.en.keys(), lesson.worth
        tables.append(weigher.evidence(options, looked).table())
        right.append(np.array([worth.get((en[option.term], option.key), 0.0) for option in options]))
        log.info("%s: %d renderings, %d marked", lesson.corpus.name, len(right[-1]), (right[-1] > 0).sum())
    return _fit(lessons, tables, right, RenderingEvidence.names(), RIDGE_RENDERINGS)


def _fit(
    lessons: list[Lesson],
    tables: list[npt.NDArray[np.float64]],
    right: list[npt.NDArray[np.float64]],
    names: tuple[str, ...],
    ridge: float,
) -> Weights:
    """Frequencies in lines drawn from everywhere have weights of their own, which are not kept."""
    apart = np.array([name in FREQUENCIES for name in names])
    rows = []
    for lesson, table in zip(lessons, tables, strict=True):
        drawn = lesson.corpus.name == UNITED_NATIONS
        rows.append(np.column_stack([np.where(apart & drawn, 0.0, table), table[:, apart] * drawn]))
    extra = [f"{name} in lines" for name in names if name in FREQUENCIES]
    found = fit(np.concatenate(rows), np.concatenate(right), [*names, *extra], ridge)
    return Weights(found.constant, {name: found.weights[name] for name in names})


if __name__ == "__main__":
    main()
