"""A document as streams with one order each: body, notes, tables. Page breaks put notes elsewhere in each language."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

from align.document import Document, Kind, Paragraph


class Stream(StrEnum):
    """What keeps its order whatever the language."""

    BODY = "body"
    NOTES = "notes"
    TABLES = "tables"


def stream_of(paragraph: Paragraph) -> Stream:
    """The stream that a paragraph belongs to."""
    if paragraph.kind is Kind.NOTE:
        return Stream.NOTES
    return Stream.TABLES if paragraph.kind is Kind.CELL else Stream.BODY


def streams(zh: Document, en: Document) -> Iterator[tuple[list[Paragraph], list[Paragraph]]]:
    """Both documents' paragraphs stream by stream, leaving out streams that neither has.

    Where only one document has notes or tables of its own, the other's reader has not told them from the body,
    and they are aligned with it.
    """
    both = {s for s in Stream if _has(zh, s) and _has(en, s)} | {Stream.BODY}
    for stream in Stream:
        if stream in both:
            yield _members(zh, stream, both), _members(en, stream, both)


def _has(document: Document, stream: Stream) -> bool:
    return any(stream_of(paragraph) is stream for paragraph in document.paragraphs)


def _members(document: Document, stream: Stream, both: set[Stream]) -> list[Paragraph]:
    def home(paragraph: Paragraph) -> Stream:
        own = stream_of(paragraph)
        return own if own in both else Stream.BODY

    return [paragraph for paragraph in document.paragraphs if home(paragraph) is stream]
