"""The aligner beside two plain ones over the same lattice: ``python -m benchmarks.baselines``.

*Plain*: cosine of span sums times a length penalty, and a constant for a unit left alone; *lengths*: the
model of Gale & Church (1993) on characters. The plain one gets, set by set, the best of five constants, which the
aligner does not.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from math import log

import numpy as np
import numpy.typing as npt
from scipy.stats import norm

from align.aligner import Aligner, find_corridor
from align.corridor import Corridor
from align.evaluate import GoldDocument, read_gold_folder
from align.evidence import SHAPES, Evidence
from align.lattice import Weights, best_path
from align.pairing import gather
from align.scores import AlignmentScore, Link, score
from align.scoring import NOT_THERE, fitting
from benchmarks.texts import SHARED
from models import load_embedded

ALONE = (-0.1, 0.0, 0.1, 0.2, 0.3)  # per unit, in cosines
# Prior probabilities of shapes by Gale & Church; shapes that they do not have share a small one.
PRIORS = {(1, 1): 0.89, (1, 2): 0.0445, (2, 1): 0.0445, (2, 2): 0.011}
OTHER_SHAPES, LONE_UNIT = 0.001, 0.005
VARIANCE = 3.0  # of the English length for each character of Chinese length

Floats = npt.NDArray[np.float64]


def nodes(corridor: Corridor) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Row and column of every node."""
    widths = corridor.highs - corridor.lows + 1
    rows = np.repeat(np.arange(len(widths)), widths)
    return rows, np.arange(len(corridor)) - corridor.offsets[rows] + corridor.lows[rows]


def lengths(evidence: Evidence, i: Floats, j: Floats, a: int, b: int) -> tuple[Floats, Floats]:
    """Lengths of both sides of a bead, in characters of Chinese."""
    zh, en = evidence.zh.characters, evidence.en.characters
    return zh[i + a] - zh[i], en[j + b] - en[j]


def plain(evidence: Evidence, corridor: Corridor, alone: float) -> Weights:
    """Cosine × length penalty, once a bead, against a constant for a unit left alone."""

    def weigh(i: Floats, j: Floats, a: int, b: int) -> Floats:
        cosine = np.einsum("nd,nd->n", evidence.zh.spans[a - 1][i], evidence.en.spans[b - 1][j])
        zh, en = lengths(evidence, i, j, a, b)
        ratio = np.log((en + 2) / (zh + 2))
        return cosine * np.exp(-(ratio**2) / 2)

    return over(evidence, corridor, weigh, alone, alone)


def by_length(evidence: Evidence, corridor: Corridor) -> Weights:
    """Log probability of the lengths, twice the tail of the normal, and of the shape."""

    def weigh(i: Floats, j: Floats, a: int, b: int) -> Floats:
        zh, en = lengths(evidence, i, j, a, b)
        delta = (en - zh) / np.sqrt(VARIANCE * np.maximum((zh + en) / 2, 1))
        return np.log(2) + norm.logsf(np.abs(delta)) + log(PRIORS.get((a, b), OTHER_SHAPES))

    return over(evidence, corridor, weigh, log(LONE_UNIT) - 2.0, log(LONE_UNIT) - 2.0)


def over(
    evidence: Evidence, corridor: Corridor, weigh: Callable[[Floats, Floats, int, int], Floats], zh: float, en: float
) -> Weights:
    """A lattice whose beads weigh what ``weigh`` says."""
    rows, columns = nodes(corridor)
    fits = fitting(corridor)
    beads = np.full(fits.shape, NOT_THERE, dtype=np.float32)
    for s, (a, b) in enumerate(SHAPES):
        there = fits[:, s]
        beads[there, s] = weigh(rows[there], columns[there], a, b)
    n, m = len(evidence.zh), len(evidence.en)
    shapes = np.array(SHAPES, dtype=np.int64)
    return Weights(beads, np.full(n, zh), np.full(m, en), np.zeros((3, 3)), shapes, corridor)


def links(weights: Weights) -> list[Link]:
    """The best path as links."""
    return [(tuple(range(i, i + a)), tuple(range(j, j + b))) for i, j, a, b in best_path(weights).steps.tolist()]


def best_plain(documents: Sequence[GoldDocument], evidence: Sequence[Evidence]) -> tuple[float, AlignmentScore]:
    """The plain aligner with the constant that suits the set best."""
    found = []
    for alone in ALONE:
        weights = (plain(e, find_corridor(e), alone) for e in evidence)
        total = sum((score(links(w), d.links) for d, w in zip(documents, weights, strict=True)), AlignmentScore())
        found.append((alone, total))
    return max(found, key=lambda pair: pair[1].strict.f1)


def main() -> None:
    """Print the table."""
    if not SHARED.is_dir():
        sys.exit("benchmarks.baselines needs the gold of ../shared, which is not there.")
    encoder = load_embedded()
    aligner = Aligner.make(encoder)
    print(f"{'strict F1 / null F1':24} {'lengths':>15} {'plain, best constant':>28} {'duizhao':>15}")
    for name in ("bench/champollion", "un/gold", "un/gold_variants"):
        documents = read_gold_folder(SHARED / name)
        evidence = [gather(d.zh, d.en, encoder, encoder) for d in documents]
        first = sum(
            (score(links(by_length(e, find_corridor(e))), d.links) for d, e in zip(documents, evidence, strict=True)),
            AlignmentScore(),
        )
        alone, second = best_plain(documents, evidence)
        ours = sum(
            (score([(b.zh, b.en) for b in aligner.align(d.zh, d.en)], d.links) for d in documents), AlignmentScore()
        )
        cells = [f"{x.strict.f1:.3f} / {x.null.f1:.3f}" for x in (first, second, ours)]
        print(f"{name:24} {cells[0]:>15} {cells[1] + f' ({alone:+.1f})':>28} {cells[2]:>15}")


if __name__ == "__main__":
    main()
