"""What the occurrences of each run say of it: how often it comes, how freely, how it is written."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from glossary.extraction.laid import Numbers
from glossary.extraction.names import Shape
from glossary.extraction.runs import Hashes, Runs

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Terms:
    """Distinct runs (t,) of one language, ascending by number; shares are of a run's occurrences, in [0, 1].

    ``shapes`` (t, kinds of ``Shape``): the share of each. ``of`` (k,): which each occurrence is; ``order``, ``begins``:
    the occurrences of run j are
    ``order[begins[j]:begins[j + 1]]``. ``variety_left``, ``variety_right``: entropy (bits) of what stands beside,
    where each edge that is a mark or a function word counts as a neighbour of its own.
    """

    hashes: Hashes
    of: Numbers
    order: Numbers
    begins: Numbers
    count: Floats
    texts: Floats
    units: Floats
    name: Floats
    upper: Floats
    apart_left: Floats
    apart_right: Floats
    shapes: Floats
    strung: Floats
    quoted: Floats
    links: Floats
    variety_left: Floats
    variety_right: Floats
    sample: Numbers

    def __len__(self) -> int:
        return len(self.hashes)

    def occurrences(self, number: int) -> Numbers:
        """The places of one among the runs."""
        return self.order[self.begins[number] : self.begins[number + 1]]


def gather(runs: Runs) -> Terms:
    """Distinct runs and what their occurrences say."""
    hashes, sample, of = np.unique(runs.hashes, return_index=True, return_inverse=True)
    size = len(hashes)
    count = np.bincount(of, minlength=size).astype(np.float64)
    order = np.argsort(of, kind="stable")
    begins = np.concatenate(([0], np.cumsum(count))).astype(np.int64)

    def mean(values: npt.NDArray[np.generic]) -> Floats:
        return np.asarray(np.bincount(of, weights=values.astype(np.float64), minlength=size) / count)

    return Terms(
        hashes,
        of,
        order,
        begins,
        count,
        _distinct_texts(of, runs.text, size),
        mean(runs.end - runs.first),
        mean(runs.name * runs.cased) / np.maximum(mean(runs.cased), 1e-9),
        mean(runs.upper),
        mean(runs.apart_left),
        mean(runs.apart_right),
        np.stack([mean(runs.shape == shape) for shape in Shape], axis=1),
        mean(runs.strung),
        mean(runs.quoted),
        mean(runs.links),
        _entropy(of, runs.left, runs.apart_left, size),
        _entropy(of, runs.right, runs.apart_right, size),
        sample,
    )


def _distinct_texts(of: Numbers, text: Numbers, size: int) -> Floats:
    width = int(text.max(initial=0)) + 1
    return np.bincount(np.unique(of * width + text) // width, minlength=size).astype(np.float64)


def _entropy(of: Numbers, beside: Hashes, apart: npt.NDArray[np.bool_], size: int) -> Floats:
    """Branching entropy at one edge (Jin & Tanaka-Ishii 2006), in bits."""
    neighbour = beside.copy()
    neighbour[apart] = np.arange(int(apart.sum()), dtype=np.uint64)
    _, which = np.unique(neighbour, return_inverse=True)
    codes, counts = np.unique(of * (int(which.max(initial=0)) + 1) + which, return_counts=True)
    owner = codes // (int(which.max(initial=0)) + 1)
    total = np.bincount(owner, weights=counts, minlength=size)
    parts = counts * np.log2(counts)
    return np.asarray(np.log2(total) - np.bincount(owner, weights=parts, minlength=size) / total)
