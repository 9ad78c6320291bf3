"""Retrieval with the new model on the held-out sets: P@1 by cosine and by ratio margin."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from models.encoder import Vectors
from models.static import load_static
from models.training.data import thesaurus, thesaurus_is_held_out

_NEIGHBOURS = 4


def evaluate(folder: Path, shared: Path) -> dict[str, dict[str, float]]:
    """Scores of the model in ``folder`` by set: P@1 zh→en, en→zh, and both with the margin (Artetxe & Schwenk 2019)."""
    encoder = load_static(folder)
    return {
        name: _precision(encoder.encode(zh), encoder.encode(en)) for name, (zh, en) in held_out_sets(shared).items()
    }


def held_out_sets(shared: Path) -> dict[str, tuple[list[str], list[str]]]:
    """The line-parallel sets that nothing is trained on, as (zh, en)."""
    unpc = [(shared / f"bench/unpc_dev/{name}.txt").read_text(encoding="utf8").splitlines() for name in ("zh", "en")]
    rows = (shared / "bench/tico19/pairs.tsv").read_text(encoding="utf8").splitlines()
    tico = [row.split("\t") for row in rows[1:]]
    terms = [(zh, en) for identifier, zh, en in thesaurus(shared) if thesaurus_is_held_out(identifier)]
    return {
        "UNPC development set": (unpc[0], unpc[1]),
        "TICO-19": ([row[1] for row in tico], [row[2] for row in tico]),
        "held-out tenth of the UN thesaurus": ([zh for zh, _ in terms], [en for _, en in terms]),
    }


def _precision(zh: Vectors, en: Vectors) -> dict[str, float]:
    cosines = zh @ en.T
    forward = np.sort(cosines, axis=1)[:, -_NEIGHBOURS:].mean(axis=1)
    backward = np.sort(cosines, axis=0)[-_NEIGHBOURS:].mean(axis=0)
    margins = cosines / np.maximum((forward[:, None] + backward[None, :]) / 2, 1e-6)
    return {
        "pairs": float(len(zh)),
        "zh→en": _first(cosines, 1),
        "en→zh": _first(cosines, 0),
        "margin zh→en": _first(margins, 1),
        "margin en→zh": _first(margins, 0),
    }


def _first(scores: Vectors, axis: int) -> float:
    best: Sequence[int] = scores.argmax(axis=axis)
    return float(np.mean(best == np.arange(len(scores))))
