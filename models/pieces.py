"""Texts longer than a model's window: cut where a reader would pause, embedded in pieces, pooled by length."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import regex

from models.encoder import Vectors

# From the best place for a cut to the worst; a match ends where the next piece begins. A Latin full stop ends a
# sentence only before a space, so that 1.5 stays whole.
_PAUSES = (
    regex.compile(r"\n+|[。！？；][”’」』）]*|[.!?;][\"”’)]*\s+"),
    regex.compile(r"[，、：,:]\s*"),
    regex.compile(r"\s+"),
    regex.compile(r"\X"),  # between any two characters, but never inside one that is written with several
)
_SLACK = 0.25  # of a piece's length: how far from the even place a pause may lie


def cut(text: str, window: int, count: Callable[[str], int]) -> list[str]:
    """Pieces of ``text``, in order and with nothing lost, of at most ``window`` tokens as ``count`` counts them."""
    tokens = count(text)
    if tokens <= window or len(text) < 2:
        return [text]
    pieces = -(-tokens // window)
    at = _pause(text, len(text) * (pieces // 2) / pieces, len(text) / pieces * _SLACK)
    return [*cut(text[:at], window, count), *cut(text[at:], window, count)]


def _pause(text: str, even: float, slack: float) -> int:
    """The best place to cut near ``even``: the strongest pause within ``slack`` characters, of several the nearest."""
    first, last = max(1, int(even - slack)), min(len(text) - 1, int(even + slack) + 1)
    for pauses in _PAUSES:
        places = [match.end() for match in pauses.finditer(text, max(0, first - 1), last) if first <= match.end()]
        if places:
            return min(places, key=lambda place: abs(place - even))
    return min(max(1, round(even)), len(text) - 1)


def pool(vectors: Vectors, weights: Sequence[int], counts: Sequence[int]) -> Vectors:
    """One unit vector a text from its pieces' unit vectors (p, d): their mean, weighted by length.

    ``weights`` (p,) are the lengths of the pieces, ``counts`` (n,) how many pieces each text has, at least one.
    """
    weighted = unit(vectors) * np.maximum(np.asarray(weights, dtype=np.float32), 1)[:, None]
    starts: npt.NDArray[np.int64] = np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.int64)
    return unit(np.add.reduceat(weighted, starts, axis=0))


def unit(vectors: Vectors) -> Vectors:
    """Rows at unit length; zero rows stay zero."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 1e-9), dtype=np.float32)
