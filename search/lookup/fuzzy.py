"""How much of a text is the question already: the match of translation memories, for a whole text or a sentence of it.

One less the Levenshtein distance of words, of Chinese characters one by one, over the longer length: an insertion, a
deletion and a replacement cost the same.
"""

from __future__ import annotations

from dataclasses import dataclass

from align.document import Language
from align.sentences import split
from search.hits import Places
from search.locating.words import Units, cut

LEAST = 0.5  # what is less alike is no match
_LINKED = 2  # units in a row that are worth marking


@dataclass(frozen=True, slots=True)
class Match:
    """The likeness in [0, 1] of a question and a text, or the sentence most like it; where they agree."""

    likeness: float
    places: Places


def match(question: Units, text: str, language: Language) -> Match:
    """Compare a question with a text of the same language."""
    from rapidfuzz.distance import Levenshtein

    spans = split(text, language)
    stretches = [(0, len(text))] + ([(span.start, span.end) for span in spans] if len(spans) > 1 else [])
    best, where = 0.0, (0, 0)
    for start, end in stretches:
        # No need to cut what is so much longer that it cannot be a match.
        likeness = Levenshtein.normalized_similarity(question.keys, cut(text[start:end], language).keys)
        if likeness > best:
            best, where = likeness, (start, end)
    return Match(best, _agreeing(question, text, where, language) if best >= LEAST else ())


def _agreeing(question: Units, text: str, where: tuple[int, int], language: Language) -> Places:
    """The runs of the text that are in the question too, in its order."""
    from rapidfuzz.distance import Levenshtein

    units = cut(text[where[0] : where[1]], language)
    found: list[tuple[int, int]] = []
    for block in Levenshtein.opcodes(question.keys, units.keys):
        if block.tag == "equal" and (block.dest_end - block.dest_start >= _LINKED or len(units) < _LINKED):
            first, end = units.starts[block.dest_start], units.ends[block.dest_end - 1]
            found.append((first + where[0], end + where[0]))
    return tuple(found)
