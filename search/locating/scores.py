"""Evidence to scores: learned weights for each span, and what a term's occurrences say for each other."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from align.document import Language

Floats = npt.NDArray[np.float64]
LEARNED = Path(__file__).parent / "weights.json"
EVEN = 0.02  # support that says neither yes nor no


@dataclass(frozen=True)
class Weights:
    """Weights by name of evidence, for renderings in one language.

    ``first`` scores a span by itself, ``final`` with the support of the term's other occurrences too; ``trust``
    turns the evidence of the chosen span into the probability that it is right.
    """

    first: Mapping[str, float]
    final: Mapping[str, float]
    trust: Mapping[str, float]


@cache
def learned_weights(language: Language) -> Weights:
    """The weights that duizhao comes with (made by ``search.fitting``), for renderings in that language."""
    values = json.loads(LEARNED.read_text(encoding="utf8"))[language]
    return Weights(values["first"], values["final"], values["trust"])


def score(evidence: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """The weighted sum of the evidence that has a weight."""
    found = next(iter(evidence.values()))
    total = np.zeros(len(found))
    for name, weight in weights.items():
        if name in evidence:
            total += weight * evidence[name]
    return total


def shares(scores: Floats) -> Floats:
    """Scores to probabilities that sum to one."""
    raised = np.exp(scores - scores.max())
    found: Floats = raised / raised.sum()
    return found


@dataclass(frozen=True)
class Support:
    """How much each rendering, written in its folded form, is backed by all occurrences of a term."""

    total: Mapping[str, float]
    occurrences: int

    @classmethod
    def gather(cls, occurrences: Sequence[Mapping[str, float]]) -> Support:
        """From each occurrence's probabilities by folded form."""
        return cls({}, 0).and_of(occurrences)

    def and_of(self, occurrences: Sequence[Mapping[str, float]]) -> Support:
        """With more of them, of which each folded form's probability is known."""
        total = dict(self.total)
        for found in occurrences:
            for key, probability in found.items():
                total[key] = total.get(key, 0.0) + probability
        return Support(total, self.occurrences + len(occurrences))

    def plus(self, occurrences: Sequence[tuple[str, float]]) -> Support:
        """With more of them, of which one folded form each is known and its probability."""
        total = dict(self.total)
        for key, probability in occurrences:
            total[key] = total.get(key, 0.0) + probability
        return Support(total, self.occurrences + len(occurrences))

    def evidence(self, keys: Sequence[str], own: Mapping[str, float]) -> dict[str, Floats]:
        """What the other occurrences say for each folded form; nothing where there is no other."""
        others = self.occurrences - 1
        if others < 1:
            nothing = np.zeros(len(keys))
            return {"pool_log": nothing, "pool": nothing, "pool_count": nothing, "pool_n": nothing}
        backed = np.array([max(self.total.get(key, 0.0) - own.get(key, 0.0), 0.0) for key in keys])
        share = backed / others
        return {
            "pool_log": np.log(share + EVEN) - np.log(EVEN),
            "pool": share,
            "pool_count": np.log(backed + 0.1) - np.log(0.1),
            "pool_n": share * np.log(self.occurrences),
        }


def by_key(keys: Sequence[str], probabilities: Floats) -> dict[str, float]:
    """The best probability of each folded form."""
    found: dict[str, float] = {}
    for key, probability in zip(keys, probabilities, strict=True):
        found[key] = max(found.get(key, 0.0), float(probability))
    return found


def trust(evidence: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability in [0, 1] that a chosen span is the rendering."""
    total = weights.get("constant", 0.0) + sum(weights.get(name, 0.0) * value for name, value in evidence.items())
    return float(1.0 / (1.0 + np.exp(-np.clip(total, -30.0, 30.0))))
