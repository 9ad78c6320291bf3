"""A score that learns: what approvals and rejections say of the candidates that still wait.

The log odds that the extraction gave are corrected by a logistic model of a few numbers kept with each candidate. Its
prior is that there is nothing to correct (ridge): without decisions nothing changes, with twenty hardly anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import numpy.typing as npt

from glossary.candidates.figures import Figures
from glossary.candidates.standing import is_rejected, own_languages
from glossary.concepts import Concept, Workflow
from glossary.extraction.candidates import Candidate
from glossary.rules import status_of

Floats = npt.NDArray[np.float64]
PRIOR = 40.0  # what a weight must overcome, in information: a decision brings a quarter at most
WORD_PRIOR = 8.0  # of one bucket of words
RATE_PRIOR = 0.1  # of the share that is taken, which orders nothing: next to none, or the score's weight takes its part
BUCKETS = 64  # of words: the first ones of terms, and as many for the last ones
# What speaks for a candidate: the usual value and how far it varies (mean and standard deviation over UN and medical
# texts), so that a weight says the same of each. They are fixed: few decisions vary too little to measure by.
USUAL: Mapping[str, tuple[float, float]] = {
    "log odds": (-0.1, 0.9),
    "log frequency": (1.3, 0.8),
    "log frequency of the Chinese": (1.35, 0.85),
    "log words": (1.2, 0.35),
    "one word": (0.13, 0.33),
    "capitals": (0.24, 0.37),
    "abbreviation": (0.0, 0.3),
    "log Chinese characters": (1.8, 0.4),
    "share": (0.96, 0.12),
    "association": (13.8, 0.44),
}
FAR = 3.0  # times as far as usual: what is farther still says no more
_STEPS, _ENOUGH = 100, 1e-9
_SURE = 1e-6


@dataclass(frozen=True, slots=True)
class Decision:
    """A candidate that was decided on: whether it was taken."""

    figures: Figures
    taken: bool


@dataclass(frozen=True)
class Learned:
    """The correction, and of how many decisions it was learnt."""

    decisions: int
    weights: Floats

    def scores(self, candidates: Sequence[Figures]) -> list[float]:
        """Of each candidate the probability that it is taken, in [0, 1]."""
        if not candidates:
            return []
        table = _table(candidates)
        return [float(one) for one in _logistic(table.odds + table.evidence @ self.weights)]


def decisions(concepts: Iterable[Concept]) -> list[Decision]:
    """What was decided on candidates of extractions: approved in all its languages, or rejected in one."""
    found = []
    for concept in concepts:
        figures = Figures.kept_with(concept)
        if figures is None:
            continue
        statuses = {status_of(concept, language) for language in own_languages(concept)}
        if is_rejected(concept):
            found.append(Decision(figures, False))
        elif statuses == {Workflow.APPROVED}:
            found.append(Decision(figures, True))
    return found


def learn(decided: Sequence[Decision]) -> Learned:
    """The correction that decisions call for; none of none."""
    prior = np.concatenate([[RATE_PRIOR], np.full(len(USUAL), PRIOR), np.full(2 * BUCKETS, WORD_PRIOR)])
    if not decided:
        return Learned(0, np.zeros(len(prior)))
    table = _table([one.figures for one in decided])
    taken = np.array([one.taken for one in decided], dtype=np.float64)
    return Learned(len(decided), _fitted(table.evidence, table.odds, taken, prior))


def reorder(candidates: Sequence[Candidate], decided: Sequence[Decision]) -> tuple[Candidate, ...]:
    """Candidates in the order that decisions call for; equals in the given order."""
    scores = learn(decided).scores([Figures.of(one) for one in candidates])
    return tuple(candidates[k] for k in sorted(range(len(scores)), key=lambda k: -scores[k]))


@dataclass(frozen=True)
class _Table:
    odds: Floats  # (n,)
    evidence: Floats  # (n, 1 + numbers + 2 × BUCKETS)


def _table(candidates: Sequence[Figures]) -> _Table:
    numbers = np.array([_numbers(one) for one in candidates], dtype=np.float64)
    centre, scale = np.array(list(USUAL.values())).T
    words = np.zeros((len(candidates), 2 * BUCKETS))
    for row, one in zip(words, candidates, strict=True):
        parts = one.en.casefold().split() or [""]
        row[_bucket(parts[0])] = 1.0
        row[BUCKETS + _bucket(parts[-1].removesuffix("s"))] = 1.0
    usual = np.clip((numbers - centre) / scale, -FAR, FAR)
    evidence = np.column_stack([np.ones(len(candidates)), usual, words])
    return _Table(numbers[:, 0].copy(), evidence)


def _numbers(one: Figures) -> tuple[float, ...]:
    """In the order of ``USUAL``."""
    parts = one.en.split() or [""]
    score = min(max(one.score, _SURE), 1.0 - _SURE)
    return (
        float(np.log(score / (1.0 - score))),
        float(np.log1p(one.frequency)),
        float(np.log1p(one.zh_frequency)),
        float(np.log1p(len(parts))),
        float(len(parts) == 1),
        sum(part[:1].isupper() for part in parts) / len(parts),
        float(len(one.en) > 1 and one.en.isupper()),
        float(np.log1p(len(one.zh))),
        one.share,
        one.association,
    )


def _bucket(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass")) % BUCKETS


def _fitted(evidence: Floats, odds: Floats, taken: Floats, prior: Floats) -> Floats:
    """Weights of the greatest posterior: Newton's method on a strictly convex sum, with steps that never overshoot."""

    def loss(weights: Floats) -> float:
        total = odds + evidence @ weights
        return float((np.logaddexp(0.0, total) - taken * total).sum() + (prior * weights**2).sum() / 2)

    weights = np.zeros(evidence.shape[1])
    now = loss(weights)
    for _ in range(_STEPS):
        chance = _logistic(odds + evidence @ weights)
        slope = evidence.T @ (chance - taken) + prior * weights
        bend = (evidence * (chance * (1.0 - chance))[:, None]).T @ evidence + np.diag(prior)
        step = np.linalg.solve(bend, slope)
        while (then := loss(weights - step)) > now and float(np.abs(step).max()) > _ENOUGH:
            step /= 2
        if then >= now:
            break
        weights, now = weights - step, then
    return weights


def _logistic(odds: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(odds, -30.0, 30.0))))
