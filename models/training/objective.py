"""The objective: symmetric InfoNCE over batches in which neighbouring paragraphs are each other's negatives."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor, nn

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the run is made with; hashed into the model card."""

    vocabulary: int = 64_000
    dimensions: int = 256
    matryoshka: tuple[int, ...] = ()  # leading dimensions that must do on their own too
    batch: int = 4096
    epochs: int = 5
    rate: float = 0.01  # SparseAdam, falling linearly to 0
    scale: float = 20.0  # inverse temperature of the cosines
    neighbours: int = 8  # consecutive pairs of one source that stay together in a batch
    seed: int = 20261121


@dataclass(frozen=True, slots=True)
class Tokens:
    """Token ids of many texts laid end to end; text k is ``ids[starts[k]:starts[k + 1]]``."""

    ids: npt.NDArray[np.int32]
    starts: npt.NDArray[np.int64]

    def gather(self, rows: npt.NDArray[np.int64]) -> tuple[Tensor, Tensor]:
        """The ids of these rows and the offsets at which each begins, as an embedding bag takes them."""
        lengths = self.starts[rows + 1] - self.starts[rows]
        offsets = np.concatenate(([0], np.cumsum(lengths)))
        positions = np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths) + np.repeat(self.starts[rows], lengths)
        return torch.from_numpy(self.ids[positions].astype(np.int64)), torch.from_numpy(offsets[:-1])


def epoch_rows(weights: npt.NDArray[np.int64], neighbours: int, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Row numbers of one epoch: runs of ``neighbours`` consecutive rows, shuffled; a row of weight w comes w times."""
    rounds = [np.flatnonzero(weights >= k) for k in range(1, int(weights.max()) + 1)]
    chunks: list[npt.NDArray[np.int64]] = []
    for rows in rounds:
        first = int(rng.integers(neighbours))  # another phase each epoch, so that other rows become neighbours
        chunks.extend(np.split(rows, range(first, len(rows), neighbours)))
    order = rng.permutation(len(chunks))
    return np.concatenate([chunks[k] for k in order])


def contrast(left: Tensor, right: Tensor, same: Tensor, scale: float) -> Tensor:
    """Symmetric InfoNCE (van den Oord et al. 2018) of two (n, d) batches whose rows belong together.

    ``same`` (n, n) marks the pairs off the diagonal that share a text, which are no negatives.
    """
    scores = scale * nn.functional.normalize(left) @ nn.functional.normalize(right).T
    scores = scores.masked_fill(same, -torch.inf)
    target = torch.arange(len(scores))
    return (nn.functional.cross_entropy(scores, target) + nn.functional.cross_entropy(scores.T, target)) / 2


def fit(
    english: Tokens,
    chinese: tuple[Tokens, ...],
    groups: npt.NDArray[np.int64],
    weights: npt.NDArray[np.int64],
    s: Settings,
) -> npt.NDArray[np.float32]:
    """Train the table of token vectors, float32 (vocabulary, dimensions).

    ``chinese`` holds the same texts in one or two scripts, drawn from at random; ``groups`` (n, 2) numbers equal
    English and equal Chinese texts, so that they are not set against each other.
    """
    torch.manual_seed(s.seed)
    rng = np.random.default_rng(s.seed)
    bag = nn.EmbeddingBag(s.vocabulary, s.dimensions, mode="sum", sparse=True)
    nn.init.normal_(bag.weight, std=0.1)
    optimiser = torch.optim.SparseAdam(bag.parameters(), lr=s.rate)
    steps_an_epoch = int(weights.sum()) // s.batch
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.0, steps_an_epoch * s.epochs)
    for epoch in range(s.epochs):
        losses: list[float] = []
        for rows in _batches(epoch_rows(weights, s.neighbours, rng), s.batch):
            script = chinese[int(rng.integers(len(chinese)))]
            left, right = bag(*english.gather(rows)), bag(*script.gather(rows))
            same = _same(groups[rows])
            widths = (s.dimensions, *s.matryoshka)
            loss = torch.stack([contrast(left[:, :w], right[:, :w], same, s.scale) for w in widths]).mean()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()  # type: ignore[no-untyped-call]
            schedule.step()
            losses.append(loss.item())
            if len(losses) % 100 == 0:
                log.info(
                    "epoch %d, step %d of %d, loss %.4f", epoch + 1, len(losses), steps_an_epoch, np.mean(losses[-100:])
                )
    return bag.weight.detach().numpy()


def _batches(rows: npt.NDArray[np.int64], size: int) -> Iterator[npt.NDArray[np.int64]]:
    for start in range(0, len(rows) - size + 1, size):
        yield rows[start : start + size]


def _same(groups: npt.NDArray[np.int64]) -> Tensor:
    en, zh = groups[:, 0], groups[:, 1]
    same = (en[:, None] == en[None, :]) | (zh[:, None] == zh[None, :])
    np.fill_diagonal(same, False)
    return torch.from_numpy(same)
