"""What the aligner finds: a bead, that is an m-to-n link between two streams of units."""

from __future__ import annotations

from dataclasses import dataclass

from align.table import BeadKind


@dataclass(frozen=True, slots=True)
class Bead:
    """One bead of a stream: unit indices of each side, cosine (None where a side is empty), calibrated confidence."""

    zh: tuple[int, ...]
    en: tuple[int, ...]
    similarity: float | None
    confidence: float
    kind: BeadKind
