"""The aligner of one stream: two lists of units to beads, each with similarity and calibrated confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from align.bead import Bead
from align.calibration import Calibration, learned_calibration
from align.corridor import FULL_UP_TO, Corridor, Region, along, chain, full
from align.evidence import SHAPES, Evidence
from align.lattice import Marginals, Weights, best_path, marginals
from align.moved import reunite
from align.pairing import gather, nearest
from align.scoring import Scorer, learned
from align.table import BeadKind
from models import load_embedded
from models.encoder import Encoder, WordEncoder

SURE = 4.0  # standard deviations above the background that make mutual neighbours a landmark
LONG_ENOUGH = 8.0  # characters; shorter units repeat too often to be landmarks
_NEVER = np.full(1, -1e6)  # weight of the one unit of a side being alone
_SHAPE_NUMBERS = {shape: k for k, shape in enumerate(SHAPES)}


@dataclass(frozen=True)
class Aligner:
    """Everything that an alignment is made with. ``encoder`` tells meaning, ``words`` how well single words match."""

    encoder: Encoder
    words: WordEncoder
    scorer: Scorer
    calibration: Calibration

    @classmethod
    def make(cls, encoder: Encoder) -> Aligner:
        """An aligner with the weights and the calibration that come with duizhao."""
        words = encoder if isinstance(encoder, WordEncoder) else load_embedded()
        return cls(encoder, words, learned(), learned_calibration())

    @property
    def parts(self) -> dict[str, str]:
        """The parts of a signature that tell how beads were found."""
        return {"model": self.encoder.name, "aligner": self.scorer.name}

    def align(self, zh: Sequence[str], en: Sequence[str]) -> tuple[Bead, ...]:
        """Beads in order; every unit is in exactly one. Only beads of kind MOVED cross others. Deterministic."""
        if not zh or not en:
            return _all_alone(range(len(zh)), range(len(en)))
        evidence = gather(zh, en, self.encoder, self.words)
        beads = self._solve(evidence, Region(find_corridor(evidence)))
        return reunite(beads, evidence, self.scorer, self.calibration)

    def align_boxes(
        self, zh: Sequence[str], en: Sequence[str], boxes: Sequence[tuple[range, range]]
    ) -> list[tuple[Bead, ...]]:
        """Beads within each box (a run of units on each side); what is known of the whole pair serves in every box."""
        if not zh or not en:
            return [_all_alone(left, right) for left, right in boxes]
        evidence = gather(zh, en, self.encoder, self.words)
        return [self._solve_box(evidence, left, right) for left, right in boxes]

    def _solve_box(self, evidence: Evidence, zh: range, en: range) -> tuple[Bead, ...]:
        if not zh or not en:
            return _all_alone(zh, en)
        region = Region(full(len(zh), len(en)), zh.start, en.start)
        # What holds them is known to be a translation, so that little in it will be missing.
        weights = self.scorer.adapt(self.scorer.weigh(evidence, region), 0.0)
        if len(zh) == len(en) == 1:
            weights = replace(weights, beads=np.zeros_like(weights.beads), zh_alone=_NEVER, en_alone=_NEVER)
        return tuple(self._beads(evidence, region, weights))

    def _solve(self, evidence: Evidence, region: Region) -> list[Bead]:
        """Two passes: the first tells how much is missing in this pair, the second decides."""
        weights = self.scorer.weigh(evidence, region)
        weights = self.scorer.adapt(weights, marginals(weights).share_alone)
        return self._beads(evidence, region, weights)

    def _beads(self, evidence: Evidence, region: Region, weights: Weights) -> list[Bead]:
        likely = marginals(weights)
        return [self._bead(step, evidence, likely, region) for step in best_path(weights).steps.tolist()]

    def _bead(self, step: list[int], evidence: Evidence, likely: Marginals, region: Region) -> Bead:
        i, j, a, b = step
        zh, en = _run(region.zh + i, a), _run(region.en + j, b)
        if a and b:
            node = region.corridor.offsets[i] + j - region.corridor.lows[i]
            probability = float(likely.beads[node, _SHAPE_NUMBERS[a, b]])
            cosine = round(float(evidence.zh.spans[a - 1][zh[0]] @ evidence.en.spans[b - 1][en[0]]), 4)
            return Bead(zh, en, cosine, self.calibration.of_link(probability), BeadKind.LINK)
        probability = float(likely.zh_alone[i] if a else likely.en_alone[j])
        kind = BeadKind.ZH_ONLY if a else BeadKind.EN_ONLY
        return Bead(zh, en, None, self.calibration.of_alone(probability), kind)


def find_corridor(evidence: Evidence) -> Corridor:
    """The whole lattice for short texts; for longer ones what lies between landmarks."""
    n, m = len(evidence.zh), len(evidence.en)
    if (n + 1) * (m + 1) <= FULL_UP_TO:
        return full(n, m)
    return along(chain(_landmarks(evidence)), n, m)


def _landmarks(evidence: Evidence) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Points (k, 2) of units that are each other's nearest, clearly alike and not short."""
    forward, cosines = nearest(evidence.zh.spans[0], evidence.en.spans[0], 1)
    backward, _ = nearest(evidence.en.spans[0], evidence.zh.spans[0], 1)
    rows = np.arange(len(forward))
    sure = cosines[:, 0] > evidence.background.mean + SURE * evidence.background.deviation
    mutual = backward[forward[:, 0], 0] == rows
    kept = sure & mutual & (np.diff(evidence.zh.characters) >= LONG_ENOUGH)
    return np.stack((rows[kept], forward[kept, 0]), axis=1)


def _run(start: int, count: int) -> tuple[int, ...]:
    return tuple(range(start, start + count))


def _all_alone(zh: range, en: range) -> tuple[Bead, ...]:
    left = [Bead((k,), (), None, 1.0, BeadKind.ZH_ONLY) for k in zh]
    return (*left, *(Bead((), (k,), None, 1.0, BeadKind.EN_ONLY) for k in en))
