"""A pair of documents as evidence: both sides, and what the pair as a whole says of cosines and lengths."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from align.evidence import FEATURES, Background, Evidence
from align.side import Floats, Side, two_sides
from models.encoder import Encoder, WordEncoder

Ints = npt.NDArray[np.int64]

NEAREST = 4
COVERAGE = FEATURES.index("worse coverage")
EXACT_SEARCH_UP_TO = 4_000_000  # cosines; above it FAISS looks up the neighbours
_LEAST_A_CELL = 39  # units; with fewer FAISS warns that a cell's centre is badly known
_SAMPLE = 20_000  # pairs of units that the background is measured on
_PRIOR = 4  # pairs that the usual values below, and equal lengths, count for
_USUAL_COSINE = 0.5
_USUAL_COVERAGE = 0.45
_USUAL = 25  # percentile: what all but the weakest quarter of the pairs reach
_PROBES = 100  # pairs that the usual coverage is measured on
_LONG_ENOUGH = 8.0  # characters of Chinese


def gather(zh: Sequence[str], en: Sequence[str], encoder: Encoder, words: WordEncoder) -> Evidence:
    """Everything the lattice is weighed with; ``zh`` and ``en`` are the units in order, neither empty."""
    left, right = two_sides(zh, en, encoder, words)
    forward, zh_near = nearest(left.spans[0], right.spans[0])
    backward, en_near = nearest(right.spans[0], left.spans[0])
    mutual = _mutual(left, right, forward[:, 0], backward[:, 0])
    evidence = Evidence(
        zh=left,
        en=right,
        background=_background(left, right, mutual, zh_near[mutual[:, 0], 0]),
        zh_reach=zh_near.mean(axis=1),
        en_reach=en_near.mean(axis=1),
        zh_best=zh_near[:, 0],
        en_best=en_near[:, 0],
        ratio=_ratio(left, right, mutual),
    )
    return replace(evidence, usual_coverage=_usual_coverage(evidence, mutual))


def nearest(queries: Floats, units: Floats, count: int = NEAREST) -> tuple[npt.NDArray[np.int64], Floats]:
    """Indices and cosines (n, count) of the nearest units of each query, nearest first."""
    count = min(count, len(units))
    if len(queries) * len(units) <= EXACT_SEARCH_UP_TO:
        cosines = queries @ units.T
        indices = np.argsort(-cosines, axis=1, kind="stable")[:, :count]
        return indices, np.take_along_axis(cosines, indices, axis=1)
    import faiss

    cells = min(int(4 * np.sqrt(len(units))), len(units) // _LEAST_A_CELL)
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(units.shape[1]), units.shape[1], cells, faiss.METRIC_INNER_PRODUCT)
    index.cp.seed = 1
    index.cp.niter = 6
    index.train(units)
    index.add(units)
    index.nprobe = 12
    cosines, indices = index.search(queries, count)
    return indices, np.where(indices < 0, -1, cosines)


def _mutual(zh: Side, en: Side, forward: Ints, backward: Ints) -> Ints:
    """Units (k, 2) that are each other's nearest, and long enough for that to say something."""
    rows = np.flatnonzero(backward[forward] == np.arange(len(forward)))
    pairs = np.stack((rows, forward[rows]), axis=1)
    long = (np.diff(zh.characters)[pairs[:, 0]] >= _LONG_ENOUGH) & (np.diff(en.characters)[pairs[:, 1]] >= _LONG_ENOUGH)
    return pairs[long]


def _background(zh: Side, en: Side, mutual: Ints, mutual_cosines: Floats) -> Background:
    """Cosines of units that are hardly ever translations, and of units that probably are."""
    if 1 < len(zh) * len(en) <= _SAMPLE:  # all but the likely translations, which are many among few
        others = np.ones((len(zh), len(en)), dtype=bool)
        others[mutual[:, 0], mutual[:, 1]] = False
        cosines = (zh.spans[0] @ en.spans[0].T)[others]
        cosines = cosines if len(cosines) else np.zeros(1, dtype=np.float32)
    else:
        rng = np.random.default_rng(len(zh) * 100_003 + len(en))
        rows, columns = rng.integers(len(zh), size=_SAMPLE), rng.integers(len(en), size=_SAMPLE)
        cosines = np.einsum("nd,nd->n", zh.spans[0][rows], en.spans[0][columns])
    middle, upper = np.percentile(cosines, (50, 84))
    usual = np.percentile(np.concatenate((mutual_cosines, np.full(_PRIOR, _USUAL_COSINE))), _USUAL)
    return Background(float(middle), max(float(upper - middle), 0.02), float(usual))


def _ratio(zh: Side, en: Side, mutual: Ints) -> float:
    """The usual ratio of lengths: geometric median over units that are each other's nearest, with a prior."""
    ratios = np.log(np.diff(en.characters)[mutual[:, 1]] / np.diff(zh.characters)[mutual[:, 0]])
    return float(np.exp(np.median(np.concatenate((ratios, np.zeros(_PRIOR))))))


def _usual_coverage(evidence: Evidence, mutual: Ints) -> float:
    """Lower quartile of the worse coverage over some of the units that are each other's nearest."""
    some = mutual[np.linspace(0, len(mutual) - 1, min(len(mutual), _PROBES)).astype(np.int64)]
    found = [float(evidence.block(int(i), 1, int(j), 1)[0, 0, 0, COVERAGE]) for i, j in some]
    return max(float(np.percentile([*found, *[_USUAL_COVERAGE] * _PRIOR], _USUAL)), 0.1)
