"""Where the (draft) resolutions of a document stand, and which of them are parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from align.readers.raw import Role
from align.structure.joins import ending, is_opener
from align.structure.patterns import (
    ADOPTED,
    ANNEX,
    CLOSING,
    MASTHEAD,
    PART_HEAD,
    RAPPORTEUR,
    SIGNED,
    SPONSOR_LIST,
    SPONSORS,
)
from align.structure.pieces import Piece, Style

TITLE_LINES = 3  # a title is set in at most so many lines
TITLE_LENGTH = 400  # characters of one of them; longer text is no title


@dataclass(frozen=True, slots=True)
class Region:
    """A (draft) resolution: pieces [start, end); its title lines from ``title`` to ``opener``, the organ's line.

    ``part`` counts from 1 where the document carries several, and is 0 where it is the document itself.
    """

    start: int
    title: int
    opener: int
    end: int
    part: int


def find_regions(pieces: Sequence[Piece]) -> tuple[Region, ...]:
    """The (draft) resolutions in order. What follows the last one belongs to it until the document says otherwise."""
    found = [index for index, piece in enumerate(pieces) if not piece.is_note and is_opener(piece.text)]
    spans = [(opener, _title_start(pieces, opener)) for opener in found]
    # What is annexed to a resolution is no part of its own, be it another body's decision.
    spans = [(opener, start) for opener, start in spans if not start[0] or not ANNEX.match(pieces[start[0] - 1].text)]
    if not spans:
        return ()
    openers = [opener for opener, _ in spans]
    starts = [start for _, start in spans]
    headed = any(PART_HEAD.match(pieces[start].text) for start, _ in starts)
    report = sum(_is_body_number(piece) for piece in pieces[: openers[0]]) >= 2
    several = headed or report or len(openers) > 1
    last_own = _last_number(pieces[: starts[0][0]]) if report else 0
    regions: list[Region] = []
    for position, (opener, (start, title)) in enumerate(zip(openers, starts, strict=True)):
        limit = starts[position + 1][0] if position + 1 < len(starts) else len(pieces)
        end = _end(pieces, opener, limit, last_own)
        regions.append(Region(start, title, opener, end, position + 1 if several else 0))
    return tuple(regions)


def is_title_line(piece: Piece) -> bool:
    """Whether a line before the preamble can belong to the title."""
    text = piece.text
    if piece.is_note or piece.role is Role.CELL or len(text) > TITLE_LENGTH or is_opener(text):
        return False
    if piece.label is not None and piece.label.style is not Style.RESOLUTION:
        return False
    if any(pattern.match(text) for pattern in (ADOPTED, ANNEX, CLOSING, MASTHEAD, RAPPORTEUR)):
        return False
    if SPONSORS.search(text) or SPONSOR_LIST.match(text) or SIGNED.search(text):
        return False
    return ending(text) == "open" or piece.role is Role.HEADING


def _title_start(pieces: Sequence[Piece], opener: int) -> tuple[int, int]:
    """Index of the part's head line (the title's where there is none) and of the title's first line."""
    index = title = opener
    lines = 0
    while index > 0 and lines <= TITLE_LINES:
        piece = pieces[index - 1]
        if piece.is_note:
            index -= 1
            continue
        if PART_HEAD.match(piece.text):
            return index - 1, title
        if lines == TITLE_LINES or not is_title_line(piece):
            break
        index -= 1
        title = index
        lines += 1
    return title, title


def _is_body_number(piece: Piece) -> bool:
    return piece.label is not None and piece.label.style is Style.ARABIC and not piece.is_note


def _last_number(pieces: Sequence[Piece]) -> int:
    numbers = [piece.label.ordinal for piece in pieces if piece.label is not None and _is_body_number(piece)]
    return numbers[-1] if numbers else 0


def _end(pieces: Sequence[Piece], opener: int, limit: int, last_own: int) -> int:
    """Where a resolution ends: at the next one, or where the report's own numbering goes on."""
    last = 0
    annex = False
    for index in range(opener + 1, limit):
        piece = pieces[index]
        if piece.is_note:
            continue
        if piece.label is not None and piece.label.style in (Style.ARTICLE, Style.CHAPTER):
            return index  # a convention or declaration with articles of its own
        annex = annex or bool(ANNEX.match(piece.text))
        if (
            piece.label is not None
            and piece.label.style is Style.HAN
            and last
            and last_own
            and ending(piece.text) == "open"
        ):
            return index
        if piece.label is not None and _is_body_number(piece):
            number = piece.label.ordinal
            if last and last_own and number == last_own + 1 and number != last + 1:
                return index
            if number == 1 and last and not annex:
                return _before_headings(pieces, index)  # numbers begin anew: other text, not this resolution's
            last = number
    return limit


def _before_headings(pieces: Sequence[Piece], index: int) -> int:
    """Step back over the headings above ``pieces[index]``."""
    while index and pieces[index - 1].label is None and ending(pieces[index - 1].text) == "open":
        index -= 1
    return index
