"""How much a run of words is of the kind that terminologists enter, by what the model's vectors say of its words.

A linear probe of the first word, the last one, the head ("Office" in "Office of Legal Affairs") and the mean of all.
It is learned for the embedded model; of a model with vectors of another width it says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from align.document import Language
from glossary.extraction.laid import Numbers
from models.encoder import Vectors

Floats = npt.NDArray[np.float64]
LEARNED = Path(__file__).parent / "kinds.safetensors"
PARTS = 4


@dataclass(frozen=True)
class Spelled:
    """Runs as words (k,): the first, the last and the head of each among the words that are given with them."""

    first: Numbers
    last: Numbers
    head: Numbers

    def take(self, chosen: Numbers) -> Spelled:
        """Some of them."""
        return Spelled(self.first[chosen], self.last[chosen], self.head[chosen])


@dataclass(frozen=True)
class Probe:
    """A direction (d,) for each of the first word, the last, the head and the mean; and the constant."""

    directions: npt.NDArray[np.float32]
    constant: float

    def __call__(self, vectors: Vectors, runs: Spelled) -> Floats:
        """(k,) of runs of words (n, d): log odds, or 0 where the model is another one."""
        if vectors.shape[1] != self.directions.shape[1]:
            return np.zeros(len(runs.first))
        lengths = np.linalg.norm(vectors, axis=1).astype(np.float64)
        says = vectors @ self.directions.T
        unit = says / np.maximum(lengths, 1e-9)[:, None]
        mean = _sums(says[:, 3], runs) / np.maximum(_sums(lengths, runs), 1e-9)
        found: Floats = unit[runs.first, 0] + unit[runs.last, 1] + unit[runs.head, 2] + mean + self.constant
        return found


def cases(vectors: Vectors, runs: Spelled) -> npt.NDArray[np.float32]:
    """(k, 4 d) what a probe is learned from."""
    lengths = np.maximum(np.linalg.norm(vectors, axis=1), 1e-9)
    unit = (vectors / lengths[:, None]).astype(np.float32)
    running = np.concatenate((np.zeros((1, vectors.shape[1])), np.cumsum(vectors, axis=0, dtype=np.float64)))
    mean = (running[runs.last + 1] - running[runs.first]) / _sums(lengths, runs)[:, None]
    return np.concatenate([unit[runs.first], unit[runs.last], unit[runs.head], mean.astype(np.float32)], axis=1)


def _sums(values: npt.NDArray[np.floating], runs: Spelled) -> Floats:
    total = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    found: Floats = total[runs.last + 1] - total[runs.first]
    return found


@cache
def learned_probe(which: str, language: Language) -> Probe | None:
    """A probe that duizhao comes with, or None without one: "marked" or "known".

    ``marked`` was learned from terms marked in sentences, ``known`` from the entries of a thesaurus
    (``python -m glossary.extraction.fitting``).
    """
    if not LEARNED.is_file():
        return None
    from safetensors.numpy import load_file

    table = load_file(LEARNED)
    name = f"{which}.{language}"
    return Probe(table[name], float(table[f"{name}.constant"][0])) if name in table else None
