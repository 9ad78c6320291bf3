"""How far confidences kept their word on texts aligned by hand; ``python -m benchmarks.calibration`` writes it down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

MEASURED = Path(__file__).with_name("measured_calibration.json")


@dataclass(frozen=True, slots=True)
class Bin:
    """Beads from ``low`` to 0.1 above: how many, their mean confidence, the share of them that is right."""

    low: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All beads of the sets aligned by hand; ``error`` is the expected calibration error in ten bins."""

    pairs: int
    error: float
    bins: tuple[Bin, ...]


@lru_cache(maxsize=1)
def measured_calibration() -> Measured:
    """What was measured with the embedded model."""
    stored = json.loads(MEASURED.read_text(encoding="utf8"))
    return Measured(stored["pairs"], stored["error"], tuple(Bin(**one) for one in stored["bins"]))
