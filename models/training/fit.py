"""Training: batches through sparse products, to the vectors of tokens."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

import numpy as np
import numpy.typing as npt
import torch
from scipy.sparse import csr_array, vstack
from tokenizers import Tokenizer
from torch import Tensor

from models.training.adam import LazyAdam
from models.training.batches import Rows, Tokens, batches, used
from models.training.objective import contrast, same_texts
from models.training.vocabulary import PADDING, UNKNOWN

log = logging.getLogger(__name__)

_TOLD_EVERY = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Settings:
    """What the run is made with; hashed into the model card."""

    vocabulary: int = 64_000
    dimensions: int = 512
    batch: int = 4096
    epochs: int = 8
    rate: float = 0.01  # of Adam, falling linearly to 0
    scale: float = 15.0  # inverse temperature of the cosines
    neighbours: int = 8  # consecutive pairs of one source that stay together in a batch
    spread: float = 0.1  # standard deviation of the vectors at the start
    seed: int = 20261121


@dataclass(frozen=True, slots=True)
class Material:
    """Texts as tokens. ``chinese`` holds the same texts in one or two scripts, drawn from at random.

    ``groups`` (n, 2) numbers equal English and equal Chinese texts, so that they are not set against each other;
    ``weights`` (n,) tells how often a pair comes in an epoch; ``composition`` makes token vectors of their parts'.
    """

    english: Tokens
    chinese: tuple[Tokens, ...]
    groups: npt.NDArray[np.int64]
    weights: npt.NDArray[np.int64]
    composition: csr_array


def silence(table: npt.NDArray[np.float32], tokenizer: Tokenizer) -> None:
    """Zero the rows, in place, of the tokens that stand for padding and for what is unknown: they say nothing."""
    for token in (PADDING, UNKNOWN):
        row = tokenizer.token_to_id(token)
        if row is not None:
            table[row] = 0


def fit(
    material: Material,
    settings: Settings,
    start: npt.NDArray[np.float32] | None = None,
    progress: Callable[[str], None] | None = None,
) -> npt.NDArray[np.float32]:
    """The table of token vectors, float32 (vocabulary, dimensions), learned from ``material``.

    Begins from noise, or from the tokens' vectors in ``start`` with nothing known of their parts. Uses a GPU where
    there is one.
    """
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    table = torch.randn(material.composition.shape[1], settings.dimensions) * settings.spread
    if start is not None:
        table[:] = 0
        table[: len(start)] = torch.from_numpy(start)
    adam = LazyAdam(table.to(device))
    steps = max(int(material.weights.sum()) // settings.batch, 1) * settings.epochs
    told, losses = monotonic(), list[float]()
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Sparse", UserWarning)  # torch calls its CSR matrices a beta feature
        for epoch in range(settings.epochs):
            for rows in batches(material.weights, settings.batch, settings.neighbours, rng):
                script = material.chinese[int(rng.integers(len(material.chinese)))]
                rate = settings.rate * max(1 - len(losses) / steps, 0)
                losses.append(_step(adam, material, script, rows, rate, settings.scale))
                if monotonic() - told > _TOLD_EVERY:
                    told = monotonic()
                    tell = progress or log.info
                    tell(f"epoch {epoch + 1}, step {len(losses)} of {steps}, loss {np.mean(losses[-100:]):.4f}")
        if start is None:
            adam.forget_untouched()
        vectors: npt.NDArray[np.float32] = (_sparse(material.composition, device) @ adam.table).cpu().numpy()
    return vectors


def _step(adam: LazyAdam, material: Material, script: Tokens, rows: Rows, rate: float, scale: float) -> float:
    """One batch forward and back: parts → tokens → texts → loss. Returns the loss."""
    device = adam.table.device
    vocabulary = material.composition.shape[0]
    texts = vstack((material.english.counts(rows, vocabulary), script.counts(rows, vocabulary)), format="csr")
    tokens, counts = used(texts)
    parts, composition = used(material.composition[tokens])
    touched = torch.from_numpy(parts).to(device)
    sums = _sparse(counts, device) @ (_sparse(composition, device) @ adam.table[touched])
    same = [torch.from_numpy(side).to(device) for side in same_texts(material.groups[rows])]
    loss, left, right = contrast(sums[: len(rows)], sums[len(rows) :], (same[0], same[1]), scale)
    gradient = _sparse(counts.T.tocsr(), device) @ torch.cat((left, right))
    adam.step(touched, _sparse(composition.T.tocsr(), device) @ gradient, rate)
    return loss


def _sparse(matrix: csr_array, device: torch.device) -> Tensor:
    starts, indices, values = (torch.from_numpy(array) for array in (matrix.indptr, matrix.indices, matrix.data))
    return torch.sparse_csr_tensor(starts, indices, values, size=matrix.shape).to(device)
