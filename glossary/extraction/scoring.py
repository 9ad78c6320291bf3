"""Learned weights, and the scores they give."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
LEARNED = Path(__file__).parent / "weights.json"


@dataclass(frozen=True)
class Weights:
    """A weight for each number of a table of evidence, and the constant, of a logistic model."""

    constant: float
    weights: Mapping[str, float]

    def __call__(self, evidence: Any) -> Floats:
        """(n,) log odds; ``evidence`` has an array (n,) of each name."""
        parts = [weight * getattr(evidence, name) for name, weight in self.weights.items()]
        return np.asarray(self.constant + np.sum(parts, axis=0))


@cache
def learned_weights(which: str) -> Weights:
    """The weights that duizhao comes with (made by ``python -m glossary.extraction.fitting``): couples, renderings."""
    stored = json.loads(LEARNED.read_text(encoding="utf8"))[which]
    return Weights(stored["constant"], stored["weights"])


def probability(score: float | Floats) -> Floats:
    """Log odds to [0, 1]."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(score, -30.0, 30.0))))
