"""Keeps an index in step with its corpus: what is new is encoded and put in, what has gone is taken out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from models.encoder import Encoder
from search.corpus import Corpus
from search.index.contract import Batch, Covered, Ids, VectorIndex

ENCODED_AT_ONCE = 4096  # pairs
Progress = Callable[[int, int], None]  # pairs done, pairs to do


@dataclass(frozen=True, slots=True)
class Kept:
    """How many pairs were put in and taken out; ``anew`` where no former index could be built upon."""

    added: int
    removed: int
    anew: bool


def bring_up_to_date(index: VectorIndex, corpus: Corpus, encoder: Encoder, progress: Progress | None = None) -> Kept:
    """Make the index that of the corpus as it is now; nothing is done where it is already.

    A pair's id never gets other texts, so that the ids alone say what is missing. Raises CorpusError.
    """
    dimensions = encoder.encode(["a"]).shape[1]
    wanted = Covered(corpus.name, corpus.state, encoder.name, dimensions)
    covered = index.covered()
    if covered == wanted:
        return Kept(0, 0, anew=False)
    anew = covered is None or replace(covered, state=wanted.state) != wanted
    present = corpus.ids()
    held = np.zeros(0, dtype=np.int64) if anew else index.ids()
    new = np.setdiff1d(present, held, assume_unique=True)
    gone = np.setdiff1d(held, present, assume_unique=True)
    index.update(wanted, gone, _encoded(new, corpus, encoder, progress))
    return Kept(len(new), len(gone), anew)


def _encoded(ids: Ids, corpus: Corpus, encoder: Encoder, progress: Progress | None) -> Iterator[Batch]:
    for start in range(0, len(ids), ENCODED_AT_ONCE):
        some = corpus.texts(ids[start : start + ENCODED_AT_ONCE])
        numbers = np.array([number for number, _, _ in some], dtype=np.int64)
        yield Batch(numbers, encoder.encode([zh for _, zh, _ in some]), encoder.encode([en for _, _, en in some]))
        if progress is not None:
            progress(min(start + ENCODED_AT_ONCE, len(ids)), len(ids))
