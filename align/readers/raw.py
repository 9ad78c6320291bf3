"""What a format reader hands to ``align.structure``: blocks of text in reading order, with what the file says of them.

A format reader knows its format and nothing of United Nations documents; ``align.structure`` knows the documents
and nothing of formats. This is the door between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from align.document import FootnoteReference, SetAside


class Role(StrEnum):
    """What the file itself says that a block is."""

    TEXT = "text"
    HEADING = "heading"
    LIST_ITEM = "list item"
    CELL = "cell"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class RawBlock:
    """A paragraph or, where ``soft`` is set, a piece that may go on in the next block (a page or line break).

    ``label`` is a number that the file keeps apart from the text (Word's automatic numbering, an <ol>): "1.",
    "(a)". ``mark`` is a note's own mark. ``footnotes`` are references that the file marks as such; they are no
    longer in ``text``, their offsets point into it. ``level`` is a heading's or list's depth, from 1; 0 is none.
    """

    text: str
    place: str
    role: Role = Role.TEXT
    level: int = 0
    label: str = ""
    mark: str = ""
    footnotes: tuple[FootnoteReference, ...] = ()
    page: int | None = None
    centred: bool = False
    soft: bool = False


@dataclass(frozen=True, slots=True)
class RawDocument:
    """The blocks of a file in reading order, what the reader itself set aside, and what the file says of itself."""

    blocks: tuple[RawBlock, ...]
    source: str
    set_aside: tuple[SetAside, ...] = ()
    title: str = ""
    warnings: tuple[str, ...] = ()
