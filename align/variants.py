"""Documents whose alignment is known, made from the user's own pairs: units left out on a side, neighbours joined."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from align.scores import Link

SHARE_ALONE = 0.14  # of the pairs, one side is left out: it is not translated
SHARE_JOINED = 0.13  # of those left, as many stand with the next in one paragraph, in one of the languages
LONGEST = 100  # pairs of one document
MOST = 10  # documents; a transformer encodes five overlaps of every unit


@dataclass(frozen=True, slots=True)
class Variant:
    """Units of both languages and the links between them, in order; a link with an empty side is an omission."""

    zh: tuple[str, ...]
    en: tuple[str, ...]
    links: tuple[Link, ...]


def variants(pairs: Sequence[tuple[str, str]], seed: int) -> tuple[Variant, ...]:
    """Up to ten documents out of (zh, en) pairs: runs of up to a hundred in a row, evenly spread over all of them.

    The same pairs and seed always give the same documents.
    """
    rng = random.Random(seed)  # noqa: S311 -- nothing secret
    count = max(1, min(MOST, len(pairs) // LONGEST))
    size = min(LONGEST, len(pairs))
    starts = [round(k * (len(pairs) - size) / max(1, count - 1)) for k in range(count)]
    return tuple(variant(pairs[start : start + size], rng) for start in starts)


def variant(pairs: Sequence[tuple[str, str]], rng: random.Random) -> Variant:
    """One document out of these pairs."""
    zh: list[str] = []
    en: list[str] = []
    links: list[Link] = []
    at = 0
    while at < len(pairs):
        left, right, used = _bead(pairs[at : at + 2], rng)
        links.append((_numbers(len(zh), left), _numbers(len(en), right)))
        zh.extend(left)
        en.extend(right)
        at += used
    return Variant(tuple(zh), tuple(en), tuple(links))


def _bead(pairs: Sequence[tuple[str, str]], rng: random.Random) -> tuple[list[str], list[str], int]:
    """The units of the next bead on either side, and how many pairs it uses."""
    zh, en = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    if rng.random() < SHARE_ALONE:
        return (zh[:1], [], 1) if rng.random() < 0.5 else ([], en[:1], 1)
    if len(pairs) == 2 and rng.random() < SHARE_JOINED:
        return (["".join(zh)], en, 2) if rng.random() < 0.5 else (zh, [" ".join(en)], 2)
    return zh[:1], en[:1], 1


def _numbers(start: int, units: Sequence[str]) -> tuple[int, ...]:
    return tuple(range(start, start + len(units)))
