"""From the lattice's probabilities to confidences that keep their word: of the beads at 0.9, nine in ten are right."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log

from align.scoring import LEARNED

_EDGE = 1e-6
_LEAST = 1e-4  # doubt that always remains


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt scaling (Platt 1999) of log-odds, for links and for lone units apart: slope and intercept."""

    link: tuple[float, float] = (1.0, 0.0)
    alone: tuple[float, float] = (1.0, 0.0)

    def of_link(self, probability: float) -> float:
        """Confidence that a bead of this probability is right."""
        return _scaled(probability, *self.link)

    def of_alone(self, probability: float) -> float:
        """Confidence that a unit without partner has none."""
        return _scaled(probability, *self.alone)


@lru_cache(maxsize=1)
def learned_calibration() -> Calibration:
    """The calibration that comes with duizhao; ``python -m align.fitting`` makes it."""
    stored = json.loads(LEARNED.read_text(encoding="utf8"))["calibration"]
    return Calibration(tuple(stored["link"]), tuple(stored["alone"]))


def _scaled(probability: float, slope: float, intercept: float) -> float:
    p = min(max(probability, _EDGE), 1 - _EDGE)
    confidence = 1 / (1 + exp(-(slope * log(p / (1 - p)) + intercept)))
    return round(min(max(confidence, _LEAST), 1 - _LEAST), 4)
