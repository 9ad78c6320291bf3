"""Pairs seen from a term: where it stands on one side, and the other side in which its rendering is looked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from search.locating.boundaries import Edges
from search.locating.pair_words import SideWords
from search.locating.words import Numbers

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class TermView:
    """A pair seen from a term: where the term stands in the source (units), the other side and its edges."""

    source: SideWords
    target: SideWords
    edges: Edges
    places: tuple[tuple[int, int], ...]

    @cached_property
    def inside(self) -> npt.NDArray[np.bool_]:
        """Which source words belong to the term."""
        middle = self.source.begins
        return np.array([any(a <= m < b for a, b in self.places) for m in middle], dtype=bool)


@dataclass(frozen=True)
class Views:
    """Views laid end to end, so that all their spans are looked at together.

    The target's units of view v have the numbers ``begins[v]`` … ``ends[v]``. Before, between and behind the views
    is a gap of one unit that belongs to none, in which all values are nothing.
    """

    views: tuple[TermView, ...]

    @cached_property
    def ends(self) -> Numbers:
        """(views,) the number behind each one's last unit: that of a gap."""
        return np.cumsum(np.array([len(view.target.units) + 1 for view in self.views], dtype=np.int64))

    @cached_property
    def begins(self) -> Numbers:
        """(views,) the number of each one's first unit."""
        return self.ends - np.array([len(view.target.units) for view in self.views], dtype=np.int64)

    @property
    def size(self) -> int:
        """Units and gaps."""
        return int(self.ends[-1]) + 1 if self.views else 1

    @cached_property
    def view_of(self) -> Numbers:
        """(size,) of each unit its view; of a gap the one before."""
        counts = np.diff(np.concatenate(([0], self.ends, [self.size])))
        return np.repeat(np.minimum(np.arange(len(self.views) + 1), max(len(self.views) - 1, 0)), counts)

    @cached_property
    def gap(self) -> npt.NDArray[np.bool_]:
        """(size,) which are gaps."""
        gap = np.zeros(self.size, dtype=bool)
        gap[0] = True
        gap[self.ends] = True
        return gap

    @cached_property
    def edges(self) -> Edges:
        """The classes of all units."""
        laid = {
            field.name: self.lay([getattr(view.edges, field.name) for view in self.views]) for field in fields(Edges)
        }
        return Edges(**laid)

    def lay(self, parts: Sequence[npt.NDArray[Any]]) -> npt.NDArray[Any]:
        """Values of each view's units, end to end (size,)."""
        kind = parts[0].dtype if parts else np.dtype(np.float64)
        laid = np.zeros(self.size, dtype=kind)
        if parts:
            laid[~self.gap] = np.concatenate(parts)
        return laid

    def per_view(self, value: Callable[[TermView], float]) -> Floats:
        """(views,) one number of each."""
        return np.array([value(view) for view in self.views], dtype=np.float64)
