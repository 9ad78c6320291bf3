"""What a draft and a stored text have in common: local alignment of their tokens (Smith and Waterman 1981).

Every token weighs what it says (``search.quotations.rarity``): a match adds its weight, a token that is in one of the
texts alone takes most of it away. So the best run is the one that says most, and it bridges a few words that changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from search.quotations.tokens import Tokens

Floats = npt.NDArray[np.float64]
Change = Literal["same", "inserted", "deleted", "replaced"]
Step = tuple[int, int]  # a token of the draft and one of the stored text
GAP = 0.75  # of its weight is taken away by a token that the other text has not
INFLECTED = 0.6  # of its weight is given by a word in the other number
OTHER_NUMBER = 0.05  # a number meets another number rather than nothing


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch that is the same in both texts, or not: spans in code points, None where that text has nothing.

    "inserted" stands in the draft alone, "deleted" in the stored text alone.
    """

    change: Change
    draft: tuple[int, int] | None
    stored: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A text's tokens and what each of them says, in nats."""

    tokens: Tokens
    weights: Floats

    def part(self, first: int, end: int) -> Weighed:
        """The tokens from ``first`` up to, not including, ``end``."""
        return Weighed(self.tokens.part(first, end), self.weights[first:end])


@dataclass(frozen=True, slots=True)
class Common:
    """The best run that two texts have in common: tokens that meet, in order, as numbers of tokens.

    ``information`` is what the tokens that are the same say, in nats; ``likeness`` in [0, 1] the share that they have
    of what both stretches say.
    """

    steps: tuple[Step, ...]
    information: float
    likeness: float

    @property
    def draft(self) -> tuple[int, int]:
        """First token of the draft, and the one after the last."""
        return self.steps[0][0], self.steps[-1][0] + 1

    @property
    def stored(self) -> tuple[int, int]:
        """First token of the stored text, and the one after the last."""
        return self.steps[0][1], self.steps[-1][1] + 1


def common(draft: Weighed, stored: Weighed) -> Common | None:
    """The best run that two texts have in common, None where they share no word."""
    if not len(draft.tokens) or not len(stored.tokens):
        return None
    matches = _matches(draft, stored)
    scores = _scores(matches, GAP * draft.weights, GAP * stored.weights)
    steps = _trace(scores, matches)
    return _measured(steps, draft, stored) if steps else None


def _matches(draft: Weighed, stored: Weighed) -> Floats:
    """(n, m) what it is worth that token i meets token j; minus infinity where they must not."""
    numbers: dict[str, int] = {}
    one, other = _numbered(draft.tokens.keys, numbers), _numbered(stored.tokens.keys, numbers)
    stem, other_stem = _numbered(draft.tokens.stems, numbers), _numbered(stored.tokens.stems, numbers)
    mean = (draft.weights[:, None] + stored.weights[None, :]) / 2
    worth = np.where(stem[:, None] == other_stem[None, :], INFLECTED * mean, -np.inf)
    worth = np.where(one[:, None] == other[None, :], mean, worth)
    numeric = np.array(draft.tokens.numeric)[:, None] & np.array(stored.tokens.numeric)[None, :]
    return np.where(numeric & (worth < 0), OTHER_NUMBER, worth)


def _numbered(keys: Sequence[str], numbers: dict[str, int]) -> npt.NDArray[np.int64]:
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)


def _scores(matches: Floats, draft_gaps: Floats, stored_gaps: Floats) -> Floats:
    """(n + 1, m + 1) the worth of the best run that ends before each pair of tokens.

    What comes from the left is a running maximum, once the gaps up to each column are added: a row is a few
    operations on whole arrays.
    """
    n, m = matches.shape
    scores = np.zeros((n + 1, m + 1))
    gaps = np.concatenate(([0.0], np.cumsum(stored_gaps)))
    for i in range(n):
        row = np.maximum(scores[i] - draft_gaps[i], 0.0)
        np.maximum(row[1:], scores[i, :-1] + matches[i], out=row[1:])
        scores[i + 1] = np.maximum.accumulate(row + gaps) - gaps
    return scores


def _trace(scores: Floats, matches: Floats) -> tuple[Step, ...]:
    """The tokens that meet on the way back from the best end."""
    i, j = (int(k) for k in np.unravel_index(int(scores.argmax()), scores.shape))
    steps: list[Step] = []
    while i and j and scores[i, j] > 1e-9:
        here = scores[i, j]
        if abs(scores[i - 1, j - 1] + matches[i - 1, j - 1] - here) < 1e-6:
            i, j = i - 1, j - 1
            steps.append((i, j))
        elif here <= scores[i, j - 1] and scores[i, j - 1] >= scores[i - 1, j]:
            j -= 1
        else:
            i, j = (i - 1, j) if scores[i - 1, j] >= scores[i, j - 1] else (i, j - 1)
    return tuple(reversed(steps))


def _measured(steps: Sequence[Step], draft: Weighed, stored: Weighed) -> Common:
    same = sum(_share(a, b, draft, stored) * (draft.weights[a] + stored.weights[b]) / 2 for a, b in steps)
    first, last = steps[0], steps[-1]
    whole = draft.weights[first[0] : last[0] + 1].sum() + stored.weights[first[1] : last[1] + 1].sum()
    return Common(tuple(steps), float(same), round(float(min(2 * same / whole, 1.0)), 6))


def _share(a: int, b: int, draft: Weighed, stored: Weighed) -> float:
    if draft.tokens.keys[a] == stored.tokens.keys[b]:
        return 1.0
    return 0.0 if draft.tokens.numeric[a] else INFLECTED


def differences(found: Common, draft: Tokens, stored: Tokens) -> tuple[Run, ...]:
    """The stretches of a common run in order; single words between two changes count as changed with them."""
    pieces = _without_islands(list(_pieces(found, draft, stored)))
    runs: list[Run] = []
    for same, (a, b), (c, d) in pieces:
        change: Change = "same" if same else "replaced" if b > a and d > c else "inserted" if b > a else "deleted"
        runs.append(Run(change, draft.span(a, b) if b > a else None, stored.span(c, d) if d > c else None))
    return tuple(runs)


_Piece = tuple[bool, Step, Step]  # whether it is the same; tokens of the draft, tokens of the stored text


def _pieces(found: Common, draft: Tokens, stored: Tokens) -> Iterator[_Piece]:
    """Same and changed in turn."""
    a, c = found.steps[0]
    start = (a, c)
    for i, j in found.steps:
        equal = draft.keys[i] == stored.keys[j]
        if equal and (i, j) == (a, c):
            a, c = i + 1, j + 1
            continue
        if (a, c) > start:
            yield True, (start[0], a), (start[1], c)
        start = (i, j) if equal else (i + 1, j + 1)
        yield False, (a, start[0]), (c, start[1])
        a, c = i + 1, j + 1
    if (a, c) > start:
        yield True, (start[0], a), (start[1], c)


def _without_islands(pieces: list[_Piece]) -> list[_Piece]:
    """Neighbouring changes joined, with what single token stands between them."""
    merged: list[_Piece] = []
    for k, (same, (a, b), (c, d)) in enumerate(pieces):
        island = same and b - a == 1 and 0 < k < len(pieces) - 1
        if merged and not merged[-1][0] and (island or not same):
            _, (first, _), (third, _) = merged[-1]
            merged[-1] = (False, (first, b), (third, d))
        else:
            merged.append((same, (a, b), (c, d)))
    return merged
