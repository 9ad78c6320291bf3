"""A pair seen from a term: where it stands on one side, and the other side in which its rendering is looked for."""

from __future__ import annotations

from dataclasses import dataclass

from search.boundaries import Edges
from search.pair_words import SideWords


@dataclass(frozen=True)
class TermView:
    """A pair seen from a term: where the term stands in the source (units), the other side and its edges."""

    source: SideWords
    target: SideWords
    edges: Edges
    places: tuple[tuple[int, int], ...]
