"""The working form of a block on its way from the reader's blocks to the document's paragraphs."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from align.document import Kind, SetAside
from align.readers.raw import Role
from align.structure.rich import RichText


class Style(StrEnum):
    """How a label is written; it says at which depth the paragraph usually stands."""

    ARABIC = "1."
    DECIMAL = "1.1"
    CHAPTER = "第一章"
    ARTICLE = "第一条"
    HAN = "一、"
    ROMAN_UPPER = "I."
    LETTER_UPPER = "A."
    RESOLUTION = "67/189."
    HAN_ITEM = "(一)"
    LETTER_ITEM = "(a)"
    ROMAN_ITEM = "(i)"
    ARABIC_ITEM = "(1)"


@dataclass(frozen=True, slots=True)
class Label:
    """A paragraph's number: as printed, its style, and the ordinal that it stands for."""

    number: str
    style: Style
    ordinal: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, cleaned of markup. ``gap`` says that notes or page furniture stood before it."""

    content: RichText
    place: str
    role: Role = Role.TEXT
    level: int = 0
    label: Label | None = None
    mark: str = ""
    page: int | None = None
    centred: bool = False
    soft: bool = False
    gap: bool = False
    bullet: bool = False
    kind: Kind | None = None
    part: int = 0

    @property
    def text(self) -> str:
        """The text without its references."""
        return self.content.text

    @property
    def is_note(self) -> bool:
        """Whether the piece is a footnote or endnote."""
        return self.role is Role.NOTE


@dataclass(slots=True)
class Removed:
    """What the passes take out of the text: pieces of markup, and whole lines with the reason."""

    markup: list[str] = field(default_factory=list)
    hyphens: list[str] = field(default_factory=list)
    lines: list[SetAside] = field(default_factory=list)

    def set_aside(self) -> tuple[SetAside, ...]:
        """Everything removed, whole lines first, markup in one record."""
        collected = list(self.lines)
        if self.markup:
            collected.append(SetAside(" ".join(self.markup), "markup"))
        if self.hyphens:
            collected.append(SetAside(" ".join(self.hyphens), "hyphen at a line's end"))
        return tuple(collected)
