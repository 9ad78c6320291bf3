"""The objective: the likelihood of the true alignments in the lattice, and Platt scaling of its confidences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from align.aligner import find_corridor
from align.corridor import Region
from align.evidence import ALONE_FEATURES, FEATURES, SHAPES
from align.fitting.synthetic import MadeUp
from align.lattice import Weights, best_path, marginals
from align.pairing import gather
from align.scoring import MOVES, NOT_THERE, Scorer, blocks, fitting, gap_odds, move_table
from models.encoder import Encoder, WordEncoder

Array = npt.NDArray[np.float64]

_BEAD = slice(0, len(FEATURES))
_ALONE = slice(_BEAD.stop, _BEAD.stop + len(ALONE_FEATURES))
_MOVES = slice(_ALONE.stop, _ALONE.stop + len(MOVES))
_GAPS = ALONE_FEATURES.index("gaps")

_SPEAK_FOR = {
    "cosine", "cosine squared", "relative cosine", "margin", "coverage zh", "coverage en", "worse coverage",
    "explained zh", "explained en", "worse explained", "relative coverage", "shared numbers", "shared names",
    "labels agree", "weakest part", "gaps", "label only",
}  # fmt: skip
_SPEAK_AGAINST = {
    "below usual cosine", "below usual coverage", "missing numbers", "numbers at odds", "labels differ",
    "label one-sided", "label against text", "length", "has a double", "relative double",
}  # fmt: skip

Alone = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Example:
    """A made-up pair as features, and the sum of the features along its true alignment."""

    region: Region
    features: npt.NDArray[np.float16]  # (nodes, shapes, features)
    fits: npt.NDArray[np.bool_]  # (nodes, shapes)
    alone: Alone
    truth: Array
    links: frozenset[tuple[int, int, int, int]]  # (i, j, a, b)
    lone: tuple[frozenset[int], frozenset[int]]  # units without partner

    def weigh(self, theta: Array) -> Weights:
        """The lattice under these weights."""
        beads = self.features.astype(np.float32) @ theta[_BEAD].astype(np.float32)
        beads[~self.fits] = NOT_THERE
        zh, en = (side @ theta[_ALONE] for side in self.alone)
        shapes = np.array(SHAPES, dtype=np.int64)
        return Weights(beads, zh, en, move_table(theta[_MOVES]), shapes, self.region.corridor)


def example(made: MadeUp, encoder: Encoder, words: WordEncoder) -> Example:
    """Features of a made-up pair."""
    evidence = gather(made.zh, made.en, encoder, words)
    region = Region(find_corridor(evidence))
    features = np.empty((len(region.corridor), len(SHAPES), len(FEATURES)), dtype=np.float16)
    for nodes, block in blocks(evidence, region):
        features[nodes] = block
    steps = _steps(made)
    return Example(
        region=region,
        features=features,
        fits=fitting(region.corridor),
        alone=evidence.alone,
        truth=_truth(steps, features, evidence.alone, region),
        links=frozenset(step for step in steps if all(step[2:])),
        lone=(frozenset(i for i, _, _, b in steps if not b), frozenset(j for _, j, a, _ in steps if not a)),
    )


def with_gaps(one: Example, scorer: Scorer) -> Example:
    """The same example with what a first pass tells of how much is missing."""
    share = marginals(replace(one, alone=_gapped(one.alone, 0.0)).weigh(_theta(scorer))).share_alone
    units = len(one.alone[0]) + len(one.alone[1])
    gapped = _gapped(one.alone, gap_odds(share, units))
    truth = one.truth.copy()
    truth[_ALONE.start + _GAPS] = sum(len(lone) for lone in one.lone) * gap_odds(share, units)
    return replace(one, alone=gapped, truth=truth)


def _gapped(alone: Alone, odds: float) -> Alone:
    zh, en = alone[0].copy(), alone[1].copy()
    zh[:, _GAPS], en[:, _GAPS] = odds, odds
    return zh, en


def _theta(scorer: Scorer) -> Array:
    return np.concatenate((scorer.bead, scorer.alone, scorer.moves))


def fit(examples: Sequence[Example], start: Scorer | None = None, ridge: float = 0.3, rounds: int = 80) -> Scorer:
    """Maximum likelihood with a ridge penalty, by L-BFGS.

    No evidence may speak against its own sense: of features that say nearly the same, a free fit sets one against
    the other, and such weights reward unlikeness where a text is unlike what they were learned on.
    """
    from scipy.optimize import minimize

    def loss(theta: Array) -> tuple[float, Array]:
        value, slope = ridge / 2 * float(theta @ theta), ridge * theta
        for one in examples:
            log_weight, expected = _expectation(one, theta)
            value += log_weight - float(one.truth @ theta)
            slope = slope + expected - one.truth
        return value / len(examples), slope / len(examples)

    begin = _theta(start) if start else np.zeros(_MOVES.stop)
    found = minimize(loss, begin, jac=True, method="L-BFGS-B", bounds=_bounds(), options={"maxiter": rounds})
    return Scorer(found.x[_BEAD], found.x[_ALONE], found.x[_MOVES])


def judged(examples: Sequence[Example], scorer: Scorer) -> tuple[list[tuple[float, bool]], list[tuple[float, bool]]]:
    """Probability of every bead of the best alignments and whether it is right: links, and units alone."""
    theta = _theta(scorer)
    links: list[tuple[float, bool]] = []
    alone: list[tuple[float, bool]] = []
    for one in examples:
        weights = one.weigh(theta)
        likely = marginals(weights)
        for i, j, a, b in best_path(weights).steps.tolist():
            if a and b:
                node = one.region.corridor.offsets[i] + j - one.region.corridor.lows[i]
                links.append((float(likely.beads[node, SHAPES.index((a, b))]), (i, j, a, b) in one.links))
            elif a:
                alone.append((float(likely.zh_alone[i]), i in one.lone[0]))
            else:
                alone.append((float(likely.en_alone[j]), j in one.lone[1]))
    return links, alone


def platt(pairs: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Slope and intercept of the log-odds that make the probabilities true (Platt 1999, with his smoothed targets)."""
    from scipy.optimize import minimize

    p = np.clip([probability for probability, _ in pairs], 1e-6, 1 - 1e-6)
    right = np.array([hit for _, hit in pairs], dtype=np.float64)
    positive, negative = right.sum(), len(right) - right.sum()
    target = np.where(right > 0, (positive + 1) / (positive + 2), 1 / (negative + 2))
    odds = np.log(p / (1 - p))

    def loss(x: Array) -> float:
        z = x[0] * odds + x[1]
        return float(np.mean(np.logaddexp(0, z) - target * z))

    found = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead")
    return float(found.x[0]), float(found.x[1])


def _bounds() -> list[tuple[float | None, float | None]]:
    names = (*FEATURES, *ALONE_FEATURES)
    signed: list[tuple[float | None, float | None]] = [
        (0.0 if name in _SPEAK_FOR else None, 0.0 if name in _SPEAK_AGAINST else None) for name in names
    ]
    return [*signed, *[(None, None)] * len(MOVES)]


def _steps(made: MadeUp) -> list[tuple[int, int, int, int]]:
    steps, i, j = [], 0, 0
    for zh, en in _gaps_sorted(made):
        steps.append((i, j, zh, en))
        i, j = i + zh, j + en
    return steps


def _gaps_sorted(made: MadeUp) -> list[tuple[int, int]]:
    """Sizes of the beads, in every gap the Chinese units first, as the lattice has them."""
    out: list[tuple[int, int]] = []
    gap: list[tuple[int, int]] = []
    for zh, en in [*((len(zh), len(en)) for zh, en in made.links), (1, 1)]:
        if zh and en:
            out.extend(sorted(gap, reverse=True))
            gap = []
            out.append((zh, en))
        else:
            gap.append((zh, en))
    return out[:-1]


def _truth(
    steps: Sequence[tuple[int, int, int, int]],
    features: npt.NDArray[np.float16],
    alone: Alone,
    region: Region,
) -> Array:
    total = np.zeros(_MOVES.stop)
    state = 0
    for i, j, a, b in steps:
        after = 0 if a and b else 1 if a else 2
        if (state, after) in MOVES:
            total[_MOVES.start + MOVES.index((state, after))] += 1
        if after == 0:
            node = region.corridor.offsets[i] + j - region.corridor.lows[i]
            total[_BEAD] += features[node, SHAPES.index((a, b))]
        else:
            total[_ALONE] += alone[0][i] if a else alone[1][j]
        state = after
    return total


def _expectation(one: Example, theta: Array) -> tuple[float, Array]:
    """Log weight of all alignments and the expected sum of features."""
    likely = marginals(one.weigh(theta))
    expected = np.zeros(_MOVES.stop)
    nodes = np.flatnonzero(likely.beads.reshape(-1) > 1e-7)
    flat = one.features.reshape(-1, len(FEATURES))
    expected[_BEAD] = likely.beads.reshape(-1)[nodes].astype(np.float64) @ flat[nodes].astype(np.float64)
    expected[_ALONE] = likely.zh_alone @ one.alone[0] + likely.en_alone @ one.alone[1]
    expected[_MOVES] = [likely.moves[before, after] for before, after in MOVES]
    return likely.log_weight, expected
