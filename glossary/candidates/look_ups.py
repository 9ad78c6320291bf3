"""Located terms kept in a journal, so that an extraction that was interrupted does not locate them again."""

from __future__ import annotations

from dataclasses import dataclass

from glossary.candidates.journal import Journal
from glossary.extraction.renderings import Looked
from search.locating.locator import Located


@dataclass(frozen=True, slots=True)
class KeptLookUps:
    """What was located of terms, by the term as it is written."""

    journal: Journal

    def get(self, term: str) -> Looked | None:
        """What was located of a term; None where that is not known, or not as this version keeps it."""
        kept = self.journal.get(term)
        try:
            pairs, rows = kept
            return Looked(int(pairs), tuple(_located(*row) for row in rows))
        except (TypeError, ValueError):
            return None

    def put(self, term: str, looked: Looked) -> None:
        """Keep what was located of a term."""
        rows = [
            [one.pair_id, one.term_spans, one.span, one.text, one.key, float(one.confidence)] for one in looked.found
        ]
        self.journal.put(term, [looked.pairs, rows])


def _located(
    pair: str, term_spans: list[list[int]], span: list[int], text: str, key: str, confidence: float
) -> Located:
    spans = tuple((first, end) for first, end in term_spans)
    first, end = span
    return Located(str(pair), spans, (first, end), str(text), str(key), float(confidence))
