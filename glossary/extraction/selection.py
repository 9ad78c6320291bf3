"""Which runs become candidates: the best first, none a mere piece, string or crossing of better ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from glossary.extraction.runs import Runs
from glossary.extraction.types_table import Terms
from search.locating.words import Units

Floats = npt.NDArray[np.float64]
FREE = 0.3  # share of a run's occurrences that must be outside of better candidates
JOINTS = frozenset({"and", ",", "the", "or", "&", "as", "well"})
Span = tuple[int, int]


@dataclass(frozen=True)
class _Taken:
    """Where better candidates are, by text."""

    spans: dict[int, list[Span]]
    texts: Sequence[Units]

    def free(self, text: int, first: int, end: int) -> bool:
        """Whether a run here is no piece of a better one, crosses none, and is no string of two."""
        inner = []
        for a, b in self.spans.get(text, ()):
            if a < end and first < b:
                if not (first <= a and b <= end) or (a, b) == (first, end):
                    return False
                inner.append((a, b))
        return len(inner) < 2 or not self._strung(text, first, end, inner)

    def _strung(self, text: int, first: int, end: int, inner: Sequence[Span]) -> bool:
        """Whether two better candidates, joined by "and" or a comma, fill the run."""
        units = self.texts[text]
        named = [(a, b) for a, b in inner if b > a + 1 or units.surface(a, b).isupper()]
        left = [b for a, b in named if a == first]
        right = [a for a, b in named if b == end]
        return any(b < a and JOINTS.issuperset(units.keys[b:a]) for b in left for a in right)


def select(terms: Terms, runs: Runs, texts: Sequence[Units], score: Floats, most: int) -> Iterator[int]:
    """Numbers of terms, the best first, ``most`` at most; a score of minus infinity bars a term."""
    taken = _Taken(defaultdict(list), texts)
    found = 0
    for term in np.argsort(-score, kind="stable").tolist():
        if found >= most or not np.isfinite(score[term]):
            return
        places = [(int(runs.text[k]), int(runs.first[k]), int(runs.end[k])) for k in terms.occurrences(term)]
        free = sum(taken.free(*place) for place in places)
        if free >= max(1.0, FREE * len(places)):
            found += 1
            for text, first, end in places:
                taken.spans[text].append((first, end))
            yield term
