"""How much of a question a text says, word by word: what a short heading of the same subject says little of.

For each token of the question the nearest token of the text, the mean weighed by the tokens' lengths: late
interaction (Khattab & Zaharia 2020, "ColBERT") over the static model's token vectors, whose lengths say how much a
token matters.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from models.encoder import WordEncoder
from search.lookup.products import products

WEIGHT = 0.25  # of the coverage against the cosine, chosen on UN Parallel Corpus sentences
MOST = 64  # tokens of the question, those that matter most


def coverages(question: str, texts: Sequence[str], encoder: WordEncoder) -> npt.NDArray[np.float32]:
    """For each text the share (n,) in [0, 1] of the question that its tokens cover."""
    table = encoder.token_vectors()
    asked, _ = encoder.tokens([question])
    ids, starts = encoder.tokens(texts)
    if not len(asked) or not len(ids):
        return np.zeros(len(texts), dtype=np.float32)
    weights = np.linalg.norm(table[asked], axis=1)
    chosen = np.argsort(-weights, kind="stable")[:MOST]
    weights = weights[chosen]
    distinct, where = np.unique(ids, return_inverse=True)
    cosines = products(_unit(table[asked[chosen]]), _unit(table[distinct]))
    found = np.zeros(len(texts), dtype=np.float32)
    for k in range(len(texts)):
        own = where[starts[k] : starts[k + 1]]
        if len(own):
            found[k] = cosines[:, own].max(axis=1) @ weights / max(float(weights.sum()), 1e-9)
    return np.clip(found, 0, 1)


def _unit(vectors: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
