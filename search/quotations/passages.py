"""A draft divided into passages: what is compared with stored texts at one go."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from align.document import Language
from align.sentences import split

LONGEST_PASSAGE = 3_000  # code points
# A line break ends a passage where it is empty behind it, or the line ends with a mark or the next begins as an item;
# other lines were only broken to fit a page.
_END = regex.compile(
    r"\n[^\S\n]*\n\s*|(?<=[.;:,!?。；：，！？…][”’\"'）)]*[^\S\n]*)\n\s*|\n(?=\s*(?:[(（]?\w{1,3}[.)）、]))\s*"
)


def passages_of(text: str, language: Language) -> Iterator[tuple[int, str]]:
    """The passages in order, each with its offset in the text; long ones are divided between sentences."""
    start = 0
    for found in (*_END.finditer(text), None):
        end = found.start() if found else len(text)
        piece = text[start:end]
        if piece.strip():
            for offset, part in _divided(piece, language):
                yield start + offset, part
        start = found.end() if found else end


def _divided(piece: str, language: Language) -> Iterator[tuple[int, str]]:
    if len(piece) <= LONGEST_PASSAGE:
        yield 0, piece
        return
    first = last = 0
    for span in split(piece, language):
        if span.end - first > LONGEST_PASSAGE and last > first:
            yield first, piece[first:last]
            first = last
        last = span.end
        while last - first > LONGEST_PASSAGE:
            yield first, piece[first : first + LONGEST_PASSAGE]
            first += LONGEST_PASSAGE
    if last > first:
        yield first, piece[first:last]
