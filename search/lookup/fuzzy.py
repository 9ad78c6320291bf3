"""How much of a text is the question already: the match of translation memories, for a whole text or a sentence of it.

One less the Levenshtein distance of words, of Chinese characters one by one, over the longer length: an insertion, a
deletion and a replacement cost the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from align.document import Language
from align.sentences import split
from search.hits import Places
from search.locating.words import Units, cut
from search.lookup.question import SHORT

LEAST = 0.5  # what is less alike is no match
_LINKED = 2  # units in a row that are worth marking


@dataclass(frozen=True, slots=True)
class Match:
    """The likeness of a question and a text, or the sentence most like it: from LEAST to 1, or 0 for no match.

    ``units`` of the text, first to end, are what is alike.
    """

    likeness: float
    text: Units | None = None
    units: tuple[int, int] = (0, 0)

    def agreeing(self, question: Units) -> Places:
        """The runs of the text that are in the question too, in its order."""
        from rapidfuzz.distance import Levenshtein

        if self.text is None:
            return ()
        first, end = self.units
        runs: list[list[int]] = []
        for block in Levenshtein.opcodes(question.keys, self.text.keys[first:end]):
            if block.tag != "equal":
                continue
            if runs and runs[-1][1] == first + block.dest_start:  # the question has something between them
                runs[-1][1] = first + block.dest_end
            else:
                runs.append([first + block.dest_start, first + block.dest_end])
        least = min(_LINKED, end - first)
        return tuple((self.text.starts[a], self.text.ends[b - 1]) for a, b in runs if b - a >= least)


def match(question: Units, text: str, language: Language) -> Match:
    """Compare a question with a text of the same language; with its sentences too, if the question is no mere term."""
    from rapidfuzz.distance import Levenshtein

    most = len(question) / LEAST
    term = len(question) <= SHORT[language]
    if not question.keys or (term and _units_at_least(text) > most):
        return Match(0.0)
    units = cut(text, language)
    best = Match(0.0)
    for first, end in _stretches(units, sentences=not term):
        if len(question) * LEAST <= end - first <= most:
            likeness = Levenshtein.normalized_similarity(question.keys, units.keys[first:end], score_cutoff=LEAST)
            if likeness > best.likeness:
                best = Match(likeness, units, (first, end))
    return best


def _stretches(units: Units, sentences: bool) -> Iterator[tuple[int, int]]:
    """The whole text and, where there are several, its sentences, in units."""
    yield 0, len(units)
    spans = split(units.text, units.language) if sentences else ()
    if len(spans) > 1:
        for span in spans:
            yield bisect_left(units.starts, span.start), bisect_left(units.starts, span.end)


def _units_at_least(text: str) -> int:
    """How many units there are at least, without cutting: words, or Chinese characters by their three or four bytes."""
    return max(len(text.split()), (len(text.encode("utf8", "surrogatepass")) - len(text)) // 3)
