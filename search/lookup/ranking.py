"""One order out of several: reciprocal rank fusion, then the authority of the document and how recent it is.

Cormack, Clarke & Büttcher 2009, "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.lookup.question import Accent
from search.records import StoredPair

SMOOTHING = 60  # of the ranks, as in the paper
HALF_LIFE = 10.0  # years after which a document counts as half as recent
UNDATED = 0.3

# How much authority and recency may lower the score of what answers as well: exponents of both.
ACCENTS: Mapping[Accent, tuple[float, float]] = {
    "meaning": (0.05, 0.02),
    "authority": (1.0, 0.1),
    "recent": (0.1, 1.0),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """The authority of a pair's document and its recency, each in [0, 1]."""

    authority: float
    recency: float

    def factor(self, accent: Accent) -> float:
        """What the score is multiplied by: 1 for the highest authority today."""
        authority, recency = ACCENTS[accent]
        return float(max(self.authority, 0.01) ** authority * max(self.recency, 0.01) ** recency)


def fuse(rankings: Sequence[tuple[Sequence[int], float]]) -> dict[int, float]:
    """The score in [0, 1] of every id in any of some rankings, each with a weight; 1 for what is first in all."""
    most = sum(weight for _, weight in rankings) / (SMOOTHING + 1)
    scores: dict[int, float] = {}
    for ranking, weight in rankings:
        for rank, number in enumerate(ranking, start=1):
            scores[number] = scores.get(number, 0.0) + weight / (SMOOTHING + rank) / most
    return scores


def placed(score: float, exact: bool) -> float:
    """A score in [0, 1] such that whatever holds the question itself comes before all that does not."""
    return (1 + score) / 2 if exact else score / 2


def standing(pair: StoredPair, ladder: Mapping[str, float], this_year: int) -> Standing:
    """Authority by the type of the document, recency by its year."""
    year = pair.date[:4]
    age = max(0, this_year - int(year)) if year.isdecimal() else None
    recency = UNDATED if age is None else 0.5 ** (age / HALF_LIFE)
    return Standing(ladder.get(pair.type, ladder["other"]), recency)
