"""What an extraction gives: candidates with their evidence, and how it was made."""

from __future__ import annotations

from dataclasses import dataclass

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class EvidencePair:
    """A pair that shows a candidate: its id, and the spans of both terms (code points, end exclusive)."""

    pair_id: str
    zh_span: Span
    en_span: Span


@dataclass(frozen=True, slots=True)
class Competitor:
    """Another rendering of a candidate's English term, and in how many of the pairs looked at it stands."""

    zh: str
    count: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair of terms that a terminologist may want to decide on.

    ``frequency``: occurrences of the English term; ``pairs``: pairs of the corpus that hold it; ``zh_frequency``: of
    the Chinese one. ``association``: logDice (14 at most; Rychlý 2008) of the two terms being matched. ``share``: of
    the English term's occurrences looked at, those with this rendering, in [0, 1]. ``score``: the probability that a
    terminologist takes it, in [0, 1]; it is learned from dictionaries, so it orders better than it counts.
    """

    zh: str
    en: str
    frequency: int
    zh_frequency: int
    pairs: int
    association: float
    share: float
    score: float
    evidence: tuple[EvidencePair, ...]
    competitors: tuple[Competitor, ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """Candidates, the likeliest first; how they were found; of how many pairs, and of how many these are a sample."""

    signature: str
    candidates: tuple[Candidate, ...]
    pairs: int
    of: int = 0  # more where only a sample was surveyed
