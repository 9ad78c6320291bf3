"""What every engine that keeps the vectors of a corpus must do, whether FAISS beside the database or a Milvus server.

An index is derived: it says which corpus, state and model it belongs to, and ``search.index.keeping`` brings it up to
date or makes it anew. It holds up to two vectors a pair, of its Chinese and of its English text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from align.document import Language
from models.encoder import Vectors

Ids = npt.NDArray[np.int64]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
NOBODY = -1  # the id where fewer than ``count`` were found


@dataclass(frozen=True, slots=True)
class Covered:
    """What an index was made from: a corpus by its random name, the state it was in, a model by its name, d."""

    corpus: str
    state: int
    model: str
    dimensions: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Vectors of some pairs: ids (n,), and of each language (n, d), of unit length or, where there is no text, zero.

    A zero vector is not kept: no search ever finds it.
    """

    ids: Ids
    zh: Vectors
    en: Vectors

    def of(self, language: Language) -> Vectors:
        """The vectors (n, d) in that language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class Neighbours:
    """For each query its nearest pairs, nearest first: ids and cosines (queries, count), padded with NOBODY."""

    ids: Ids
    similarities: Vectors


class VectorIndex(Protocol):
    """An open index. What goes wrong is a ``search.errors.VectorIndexError``, in one sentence."""

    @property
    def place(self) -> str:
        """The folder, or the URL without its password."""

    def covered(self) -> Covered | None:
        """What it was made from; None where there is none, or it is damaged and must be made anew."""

    def ids(self) -> Ids:
        """The ids of all pairs that it holds, ascending."""

    def update(self, covered: Covered, removed: Ids, added: Iterable[Batch]) -> None:
        """Take pairs out and put pairs in (with those of an id that is there already replaced).

        Whoever searches meanwhile sees all of it or nothing; if it is killed on the way, what was there before is
        there still, or ``covered`` says None. Where ``covered`` names another corpus or model than before, what was
        there before is dropped.
        """

    def search(self, queries: Vectors, language: Language, count: int, only: Ids | None = None) -> Neighbours:
        """The ``count`` pairs whose text in ``language`` is nearest to each query (q, d), by cosine.

        ``only``: of these pairs alone (ascending ids). Equal cosines are ordered by id.
        """

    def clear(self) -> None:
        """Drop all of it, so that ``covered`` is None."""

    def close(self) -> None:
        """Let go of files and connections."""
