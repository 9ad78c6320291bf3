"""Whether a difference means anything: intervals of shares, and a paired test of two models on the same items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

LEVEL = 0.05  # a difference that chance gives less often than this is called clear
_NORMAL_95 = 1.959964  # quantile of the normal distribution that leaves 2.5 % on either side


class Verdict(StrEnum):
    """What a paired test says of a model against another."""

    BETTER = "better"
    WORSE = "worse"
    UNCLEAR = "no clear difference"


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some items are right, with the 95 % interval of Wilson (1927), which holds near 0 and 1 too."""

    right: int
    count: int

    @property
    def value(self) -> float:
        """The share in [0, 1]; 0 of none."""
        return self.right / self.count if self.count else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """Lower and upper end; (0, 1) of none."""
        if not self.count:
            return 0.0, 1.0
        square = _NORMAL_95**2 / self.count
        middle = (self.value + square / 2) / (1 + square)
        half = sqrt(square * self.value * (1 - self.value) + square**2 / 4) / (1 + square)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True, slots=True)
class PairedTest:
    """Two models on the same items: in how many the one did more right, in how many the other.

    ``difference`` is that of the mean scores; ``p`` is the exact two-sided probability that chance alone divides the
    items so unevenly (sign test; McNemar's, exact, where an item is either right or wrong).
    """

    more: int
    fewer: int
    difference: float
    p: float

    def verdict(self, comparisons: int = 1) -> Verdict:
        """Better, worse or unclear; with several comparisons in one run each must be the clearer (Bonferroni)."""
        if self.p * comparisons >= LEVEL or self.more == self.fewer:
            return Verdict.UNCLEAR
        return Verdict.BETTER if self.more > self.fewer else Verdict.WORSE


def paired(model: Sequence[float], other: Sequence[float]) -> PairedTest:
    """Test the scores of a model against another's; item k of both is the same."""
    from scipy.stats import binomtest

    more = sum(a > b for a, b in zip(model, other, strict=True))
    fewer = sum(a < b for a, b in zip(model, other, strict=True))
    difference = (sum(model) - sum(other)) / len(model) if model else 0.0
    p = float(binomtest(more, more + fewer).pvalue) if more + fewer else 1.0
    return PairedTest(more, fewer, difference, p)
