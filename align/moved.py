"""Units that stand elsewhere in the other language (titles, signatures, dates), found among those left alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import log

import numpy as np

from align.bead import Bead
from align.calibration import Calibration
from align.evidence import Evidence
from align.scoring import Scorer
from align.side import Floats
from align.table import BeadKind

# Log-odds against one pair of lone units having moved, over those of chance: about one unit in a document does, and
# every lone unit is tried with every other.
AGAINST = 2.0
AT_LEAST = 1.5  # log-odds at which two lone units are put together
_LONG_ENOUGH = 4.0  # characters


def reunite(beads: Sequence[Bead], evidence: Evidence, scorer: Scorer, calibration: Calibration) -> tuple[Bead, ...]:
    """Put together lone units that are clearly each other's translation; all other beads stay as they are."""
    zh = [bead.zh[0] for bead in beads if not bead.en and _long(evidence.zh.characters, bead.zh[0])]
    en = [bead.en[0] for bead in beads if not bead.zh and _long(evidence.en.characters, bead.en[0])]
    if not zh or not en:
        return tuple(beads)
    cosines = evidence.zh.spans[0][zh] @ evidence.en.spans[0][en].T
    found: dict[int, tuple[int, float, float]] = {}
    for row, column in enumerate(cosines.argmax(axis=1)):
        if cosines[:, column].argmax() == row:
            odds = _odds(evidence, scorer, zh[row], en[column]) - AGAINST - log(len(zh) * len(en))
            if odds >= AT_LEAST:
                confidence = calibration.of_link(1 / (1 + np.exp(-odds)))
                found[zh[row]] = (en[column], round(float(cosines[row, column]), 4), confidence)
    return tuple(_reunited(beads, found))


def _odds(evidence: Evidence, scorer: Scorer, i: int, j: int) -> float:
    """Log-odds that units i and j belong together against both being alone."""
    link = float(evidence.block(i, 1, j, 1)[0, 0, 0] @ scorer.bead)
    zh, en = evidence.alone
    return link - float(zh[i] @ scorer.alone) - float(en[j] @ scorer.alone)


def _reunited(beads: Sequence[Bead], found: dict[int, tuple[int, float, float]]) -> list[Bead]:
    taken = {partner for partner, _, _ in found.values()}
    kept: list[Bead] = []
    for bead in beads:
        if not bead.en and bead.zh[0] in found:
            partner, cosine, confidence = found[bead.zh[0]]
            moved = replace(bead, en=(partner,), similarity=cosine, confidence=confidence, kind=BeadKind.MOVED)
            kept.append(moved)
        elif bead.zh or bead.en[0] not in taken:
            kept.append(bead)
    return kept


def _long(cumulative: Floats, unit: int) -> bool:
    return float(cumulative[unit + 1] - cumulative[unit]) >= _LONG_ENOUGH
