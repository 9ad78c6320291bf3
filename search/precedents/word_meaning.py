"""What short texts mean to a model of words: the sums of their tokens' vectors."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from models.encoder import Vectors, WordEncoder


def meanings(texts: Sequence[str], encoder: WordEncoder) -> Vectors:
    """Unit vectors (n, d) of texts; zero for a text without any token."""
    table = encoder.token_vectors()
    ids, starts = encoder.tokens(texts)
    sums = np.stack([table[ids[a:b]].sum(axis=0) for a, b in pairwise(starts)])
    norms = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(np.divide(sums, norms, out=np.zeros_like(sums), where=norms > 1e-9), dtype=np.float32)
