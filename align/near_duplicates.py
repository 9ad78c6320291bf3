"""Pairs that nearly repeat each other, so that a test part of them holds nothing that was learned from."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt
import regex

SHINGLE = {"zh": 3, "en": 8}  # characters
ALIKE = 0.5  # share of common shingles (Jaccard) from which two texts are near-duplicates
_BANDS, _ROWS = 12, 2  # of the hashes: 97 in 100 pairs of texts with half of their shingles in common meet
_NOT_LETTER = regex.compile(r"[^\p{L}]+")  # what differs in a number or a date alone is the same text here
_PRIME = np.uint64((1 << 31) - 1)

Shingles = npt.NDArray[np.uint64]


def clusters(pairs: Sequence[tuple[str, str]]) -> list[list[int]]:
    """Row numbers of (zh, en) pairs by cluster: two that are alike on either side are in one; in order of first rows.

    Likely neighbours are found by MinHash in bands (Broder 1997) and checked by their true overlap. Numbers,
    punctuation, case and width do not count.
    """
    roots = list(range(len(pairs)))
    _unite([_shingles(zh, SHINGLE["zh"]) for zh, _ in pairs], roots)
    _unite([_shingles(en, SHINGLE["en"]) for _, en in pairs], roots)
    found: dict[int, list[int]] = {}
    for row in range(len(pairs)):
        found.setdefault(_root(roots, row), []).append(row)
    return list(found.values())


def _unite(texts: Sequence[Shingles], roots: list[int]) -> None:
    """Join the clusters of texts that are alike; ``roots`` is the forest of a union-find, changed in place."""
    rng = np.random.default_rng(1)
    factors, summands = rng.integers(1, int(_PRIME), size=(2, _BANDS * _ROWS, 1), dtype=np.uint64)
    signatures = np.stack([_signature(text, factors, summands) for text in texts])
    for band in range(_BANDS):
        first: dict[bytes, int] = {}
        for row, key in enumerate(signatures[:, band * _ROWS : (band + 1) * _ROWS]):
            other = first.setdefault(key.tobytes(), row)
            if _root(roots, row) != _root(roots, other) and _alike(texts[row], texts[other]):
                low, high = sorted((_root(roots, row), _root(roots, other)))
                roots[high] = low


def _root(roots: list[int], row: int) -> int:
    while roots[row] != row:
        roots[row] = roots[roots[row]]
        row = roots[row]
    return row


def _alike(left: Shingles, right: Shingles) -> bool:
    common = len(np.intersect1d(left, right, assume_unique=True))
    return common >= ALIKE * (len(left) + len(right) - common)


def _shingles(text: str, length: int) -> Shingles:
    """Hashes of all runs of ``length`` letters, each once; of a text without letters, or a short one, of it whole."""
    letters = _NOT_LETTER.sub("", unicodedata.normalize("NFKC", text).lower()) or text
    runs = {letters[k : k + length] for k in range(max(1, len(letters) - length + 1))}
    return np.array(sorted(crc32(run.encode("utf8", "surrogatepass")) for run in runs), dtype=np.uint64)


def _signature(shingles: Shingles, factors: Shingles, summands: Shingles) -> Shingles:
    """The least of the shingles under each of the hashes x → (a x + b) mod 2³¹ − 1: (bands × rows,)."""
    least: Shingles = ((factors * (shingles % _PRIME) + summands) % _PRIME).min(axis=1)
    return least
