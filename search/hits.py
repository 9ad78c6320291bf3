"""What a look-up gives: pairs with the matched parts of both sides, and why they rank where they do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from align.document import Language
from search.records import StoredPair

Places = tuple[tuple[int, int], ...]  # spans of code points, end exclusive, in reading order, not overlapping


@dataclass(frozen=True, slots=True)
class Hit:
    """A pair that answers a query.

    ``score`` orders the hits; ``why`` says what it is made of (each in [0, 1]): "exact", "fuzzy", "meaning",
    "authority", "recency". ``neighbours`` are the paragraphs around it, where they were asked for.
    """

    pair: StoredPair
    score: float
    zh_spans: Places = ()
    en_spans: Places = ()
    why: Mapping[str, float] = field(default_factory=dict)
    neighbours: tuple[StoredPair, ...] = ()

    def spans(self, language: Language) -> Places:
        """The marked parts of the text in that language."""
        return self.zh_spans if language == "zh" else self.en_spans


@dataclass(frozen=True, slots=True)
class Results:
    """The hits of a query, best first; ``language`` is the query's, ``signature`` how they were found."""

    query: str
    language: Language
    hits: tuple[Hit, ...]
    signature: str
    notes: tuple[str, ...] = ()
