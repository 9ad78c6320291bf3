"""The narrow door between text and vectors: what an aligner or an index may ask of a model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]


class Encoder(Protocol):
    """A model of meaning for both languages."""

    @property
    def name(self) -> str:
        """Name and revision, as they stand in signatures."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, d) of unit length; a text without any token is a zero row."""

    def spans(self, texts: Sequence[str], longest: int) -> list[Vectors]:
        """For a = 1 … longest, the unit vectors (n - a + 1, d) of each run of a consecutive texts taken as one."""


@runtime_checkable
class WordEncoder(Protocol):
    """A model whose vectors are sums of its tokens' vectors, so that words can be compared one by one."""

    def tokens(self, texts: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Token ids of all texts end to end, and the (n + 1,) positions at which each text begins."""

    def token_vectors(self) -> Vectors:
        """The table (vocabulary, d); not of unit length."""
