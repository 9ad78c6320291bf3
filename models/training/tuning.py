"""The embedded model's vectors moved a little further, by a user's own pairs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.static import load_static
from models.training.data import Pair
from models.training.fit import Settings, fit, silence
from models.training.prepare import prepare

_BATCH = 512  # pairs; those of a few hundred learn in one
_RATE = 0.002  # a fifth of training's: the words that the pairs do not have must stay where they are


def tune(
    folder: Path,
    pairs: Sequence[tuple[str, str]],
    *,
    epochs: int,
    progress: Callable[[str], None] | None = None,
) -> npt.NDArray[np.float32]:
    """The table (vocabulary, d) of the model in ``folder`` after ``epochs`` over (zh, en) ``pairs``, at least two.

    What the pairs teach of a word goes by its parts to words like it. Raises ModelError where ``folder`` holds no
    static model.
    """
    encoder = load_static(folder)
    prepared = prepare([Pair(en, zh, "own") for zh, en in pairs], encoder.tokenizer)
    rounds = max(round(len(pairs) / _BATCH), 1)
    settings = Settings(
        vocabulary=len(encoder.table),
        dimensions=encoder.table.shape[1],
        batch=len(pairs) // rounds,
        epochs=epochs,
        rate=_RATE,
    )
    table = fit(prepared.material, settings, encoder.table, progress)
    silence(table, encoder.tokenizer)
    return table
