"""What a reader returns: a document as an ordered list of paragraphs, and what was set aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

Language = Literal["zh", "en"]


class Kind(StrEnum):
    """What a paragraph is in its document."""

    MASTHEAD = "masthead"  # organ, distribution line, date, original language, session, agenda item
    TITLE = "title"  # of the document or of one of its parts
    HEADING = "heading"
    PREAMBULAR = "preambular"
    OPERATIVE = "operative"  # a numbered paragraph of a resolution's or decision's operative part
    ITEM = "item"  # lettered or bulleted, below a numbered paragraph
    BODY = "body"  # running text; a report's numbered paragraphs too
    NOTE = "note"  # footnote or endnote
    CELL = "cell"  # of a table
    OTHER = "other"  # signatures, sponsors, meeting lines


@dataclass(frozen=True, slots=True)
class FootnoteReference:
    """A reference that stood in a paragraph: its mark ("3", "*") and the code-point offset where it stood."""

    mark: str
    offset: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``number`` is its label as printed, without stops and brackets' spacing ("3", "(a)", "二")."""

    index: int
    kind: Kind
    text: str
    number: str = ""
    level: int = 0
    part: int = 0
    footnotes: tuple[FootnoteReference, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """Text of the file that is in no paragraph, and why ("running header", "page number", …)."""

    text: str
    reason: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A read document. ``paragraphs[k].index == k``; texts have no leading or trailing space."""

    paragraphs: tuple[Paragraph, ...]
    language: Language
    script: str = ""  # "Hans", "Hant" or "Latn"
    symbol: str = ""  # "A/RES/67/189"
    title: str = ""
    date: str = ""  # ISO 8601: "2012-12-20"
    body: str = ""  # "General Assembly"
    session: str = ""  # "67"
    agenda_item: str = ""  # "103"
    source: str = ""  # the file's name, without its folder
    set_aside: tuple[SetAside, ...] = ()
    warnings: tuple[str, ...] = ()  # what the reader could not put right, one plain sentence each
    parts: tuple[str, ...] = field(default=())  # titles of the parts; Paragraph.part counts from 1 into it
