"""What a file of already aligned material gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """Two texts that a file gives as translations of each other, neither of them empty.

    ``properties`` are name and value of all else that the file says of the pair, in the file's order; a name may
    come more than once. ``place`` is "unit 12" or "row 12", counted from 1, a table's heading included.
    """

    zh: str
    en: str
    properties: tuple[tuple[str, str], ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class PairFile:
    """The pairs of a file, at least one, and what was left out of it, one plain sentence each."""

    pairs: tuple[AlignedPair, ...]
    source: str
    warnings: tuple[str, ...] = ()
