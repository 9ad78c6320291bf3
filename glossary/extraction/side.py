"""One language of a corpus that is surveyed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from align.document import Language
from glossary.extraction.runs import Runs
from glossary.extraction.types_table import Terms
from search.locating.locator import rendering_key
from search.locating.words import Units

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Weighing:
    """How much the words of terms say (t,): the first, the last, the mean of all; of which kind the term is.

    ``kind`` is what marked terms say, ``known`` what a thesaurus does (see ``kinds``).
    ``own``, ``surprise``, ``least``: how much more often its words come than elsewhere (see ``background``).
    """

    head: Floats
    tail: Floats
    mean: Floats
    kind: Floats
    known: Floats
    own: Floats
    surprise: Floats
    least: Floats


@dataclass(frozen=True)
class Side:
    """One language of a corpus: its texts, the runs in them, and the distinct ones."""

    language: Language
    texts: tuple[Units, ...]
    runs: Runs
    terms: Terms
    weighing: Weighing

    def surface(self, run: int) -> str:
        """A run's text as it stands there."""
        units = self.texts[int(self.runs.text[run])]
        return units.surface(int(self.runs.first[run]), int(self.runs.end[run]))

    def span(self, run: int) -> tuple[int, int]:
        """Its place in the text, in code points."""
        units = self.texts[int(self.runs.text[run])]
        return units.starts[int(self.runs.first[run])], units.ends[int(self.runs.end[run]) - 1]

    def folded(self) -> list[str]:
        """The distinct runs, units parted by spaces in English."""
        runs = self.runs
        places = zip(*(v[self.terms.sample].tolist() for v in (runs.text, runs.first, runs.end)), strict=True)
        return [self.texts[text].folded(first, end) for text, first, end in places]

    def keys(self) -> list[str]:
        """The distinct runs as renderings are grouped: free of case, script, spacing and plural."""
        return [rendering_key(self.surface(run), self.language) for run in self.terms.sample.tolist()]
