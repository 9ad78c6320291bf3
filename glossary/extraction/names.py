"""Names in English texts by their capitals: where each begins and ends, and what a run inside one cuts off.

A name goes from capital to capital, across the small words that join them: "Office of the High Commissioner for Human
Rights". Where "and" or a comma joins, there may be one name or two: both readings stay open.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from glossary.extraction.laid import Flags, Laid, Numbers
from search.locating.ngrams import unit_hashes

BRIDGES = frozenset(
    "of for on to in the against at with from by as relating relative concerning regarding de la du".split()
)
LOOSE = frozenset({"and", ",", "&", "/"})
HYPHENS = frozenset({"-", "–", "‑", "'s", "’s"})
LONGEST_BRIDGE = 3  # small words between two capitals
Cuts = npt.NDArray[np.int8]


class Cut(IntEnum):
    """What of a name goes on beside a word."""

    NOTHING = 0
    LOOSE = 1  # "and" or a comma, then more of it
    LINK = 2  # "of", "on" …, then more of it
    HARD = 3  # its next word


class Shape(IntEnum):
    """What a run is of a name."""

    NO_NAME = 0
    WHOLE = 1
    PART = 2  # one of several that "and" joins
    TORN = 3  # its next word stands beside the run
    TAIL = 4  # what follows a link
    HEAD = 5  # what is before a link
    MIXED = 6  # words in small letters, and a piece of a name


@dataclass(frozen=True)
class _Names:
    """Of each unit (size,): whether it is a word of a name, of which, and what goes on to its left and right."""

    capital: Flags
    left: Cuts
    right: Cuts
    number: Numbers


def shapes(laid: Laid, first: Numbers, end: Numbers) -> tuple[Cuts, Flags]:
    """Of each run of units (k,) its ``Shape``, and whether "and" or a comma joins it."""
    names = _find(laid)
    last = end - 1
    small = np.concatenate(([0], np.cumsum(laid.content & ~names.capital & ~np.isin(laid.hashes, _bridges()))))
    loose = np.concatenate(([0], np.cumsum(names.left == Cut.LOOSE)))
    name = (small[end] == small[first]) & names.capital[first] & names.capital[last]
    name &= names.number[first] == names.number[last]
    left, right = names.left[first], names.right[last]
    torn = (left == Cut.HARD) | (right == Cut.HARD)
    shape = np.select(
        [
            ~name & torn,
            ~name,
            torn,
            left == Cut.LINK,
            right == Cut.LINK,
            (left == Cut.NOTHING) & (right == Cut.NOTHING),
        ],
        [Shape.MIXED, Shape.NO_NAME, Shape.TORN, Shape.TAIL, Shape.HEAD, Shape.WHOLE],
        Shape.PART,
    )
    return shape.astype(np.int8), np.asarray(name & (loose[end] > loose[first + 1]))


def _find(laid: Laid) -> _Names:
    capital = _capital(laid)
    left, right = np.zeros(laid.size, dtype=np.int8), np.zeros(laid.size, dtype=np.int8)
    number = np.full(laid.size, -1, dtype=np.int64)
    places = np.flatnonzero(capital).tolist()
    number[places] = 0
    for k, (a, b) in enumerate(pairwise(places)):
        kind = _bridge(laid, a, b)
        right[a] = left[b] = kind
        number[b] = number[a] if kind else k + 1
    return _Names(capital, left, right, number)


def _capital(laid: Laid) -> Flags:
    """Words of names; at the beginning of a sentence those that have a capital elsewhere, or before another one."""
    word = laid.capital & laid.content
    inside = word & ~laid.begins
    total = Counter(laid.hashes[laid.content & ~laid.begins].tolist())
    named = Counter(laid.hashes[inside].tolist())
    found = inside.copy()
    for k in np.flatnonzero(word & laid.begins).tolist():
        key = int(laid.hashes[k])
        follows = k + 1 < laid.size and inside[k + 1]
        found[k] = named[key] * 2 > total[key] if total[key] else follows
    for k in np.flatnonzero(laid.joined).tolist():  # "looking" in "Forward-looking"
        found[k + 1] |= found[k] and laid.content[k + 1]
        if k + 2 < laid.size and not laid.content[k + 1] and laid.joined[k + 1]:
            found[k + 2] |= found[k] and laid.content[k + 2]
    return found


@cache
def _bridges() -> npt.NDArray[np.uint64]:
    """Numbers of the words that join those of a name."""
    return unit_hashes(sorted(BRIDGES), "en")


def _bridge(laid: Laid, a: int, b: int) -> Cut:
    """What joins two capitalised words; NOTHING where the second belongs to another name."""
    if laid.text[a] != laid.text[b]:
        return Cut.NOTHING
    if b == a + 1:
        return Cut.HARD
    start = int(laid.starts[laid.text[a]])
    keys = laid.texts[int(laid.text[a])].keys
    between = [keys[k - start] for k in range(a + 1, b) if not laid.capital[k]]  # "All" in "of All Forms of"
    if not between:
        return Cut.HARD
    if HYPHENS.issuperset(between):
        return Cut.HARD
    if len(between) > LONGEST_BRIDGE or between == ["the"]:
        return Cut.NOTHING
    if BRIDGES.issuperset(between):
        return Cut.LINK
    joined = between[0] in LOOSE and (BRIDGES | LOOSE).issuperset(between)
    return Cut.LOOSE if joined else Cut.NOTHING
