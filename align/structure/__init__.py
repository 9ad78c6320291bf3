"""The structure of documents: from a reader's blocks to numbered, typed, joined paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from align.document import Document, Kind, Language, Paragraph
from align.errors import LanguageMismatchError
from align.language import Detected, detect, script_of
from align.readers.raw import RawBlock, RawDocument, Role
from align.structure import furniture, joins, kinds, notes, numbering
from align.structure.lines import split_lines
from align.structure.markup import clean
from align.structure.metadata import describe
from align.structure.parts import divide_items, gaps, titles
from align.structure.pieces import Piece, Removed
from align.structure.typography import tidy

__all__ = ["structure"]


def structure(raw: RawDocument, language: Language | None = None) -> Document:
    """Read the structure of ``raw``.

    Args:
        raw: Blocks in reading order. Blocks that are not ``soft`` keep their boundaries.
        language: The document's language; found from its characters where it is not given.

    Returns:
        The document. Every character of the blocks other than white space is in a paragraph's text, number or
        footnote marks, or in ``set_aside``.

    Raises:
        LanguageMismatchError: The text is neither plainly Chinese nor plainly English, and no language is given.
    """
    found = _language(raw, language)
    removed = Removed()
    cleaned = [clean(block, removed) for block in _blocks(raw)]
    pieces = _passes(cleaned, removed)
    pieces, regions = kinds.assign(pieces)
    named = titles(pieces, regions)
    pieces = divide_items(pieces)
    assert found.language is not None
    pieces = [replace(piece, content=tidy(piece.content, found.language)) for piece in notes.settle_parts(pieces)]
    set_aside = (*raw.set_aside, *removed.set_aside())
    about = describe(pieces, set_aside, raw.title)
    return Document(
        paragraphs=tuple(_paragraph(index, piece) for index, piece in enumerate(pieces)),
        language=found.language,
        script=found.script,
        symbol=about.symbol,
        title=about.title,
        date=about.date,
        body=about.body,
        session=about.session,
        agenda_item=about.agenda_item,
        source=raw.source,
        set_aside=set_aside,
        warnings=(*raw.warnings, *gaps(pieces), *notes.unmatched(pieces)),
        parts=named,
    )


def _language(raw: RawDocument, language: Language | None) -> Detected:
    text = "\n".join(block.text for block in raw.blocks)
    if language is not None:
        return Detected(language, script_of(text) if language == "zh" else "Latn")
    found = detect(text)
    if found.language is None:
        raise LanguageMismatchError(
            f"{raw.source} is neither plainly Chinese nor plainly English; check that it is the right file, "
            "and divide it first if it holds both languages."
        )
    return found


def _blocks(raw: RawDocument) -> list[RawBlock]:
    return [line for block in raw.blocks for line in split_lines(block)]


def _passes(cleaned: Sequence[Piece], removed: Removed) -> list[Piece]:
    """The passes in their order: each relies on what the ones before it took out."""
    pieces = furniture.set_aside(cleaned, removed)
    pieces = notes.join_notes(notes.mark_notes(pieces, removed))
    pieces = numbering.take_labels(pieces, removed)
    pieces = joins.join(pieces, removed)
    pieces = notes.lift_bare(pieces)
    return [piece for piece in pieces if piece.text]


def _paragraph(index: int, piece: Piece) -> Paragraph:
    number = piece.mark if piece.role is Role.NOTE else piece.label.number if piece.label is not None else ""
    return Paragraph(
        index=index,
        kind=piece.kind or Kind.BODY,
        text=piece.text,
        number=number,
        level=piece.level,
        part=piece.part,
        footnotes=notes.references_of(piece),
        place=piece.place,
    )
