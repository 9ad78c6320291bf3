"""Reads PDF files that carry text: pdfium gives the characters, their places give lines, paragraphs and notes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, groupby
from pathlib import Path
from threading import Lock
from typing import Any

from align.errors import UnreadableFileError
from align.readers.limits import MAX_DOCUMENT_BYTES, megabytes
from align.readers.pdf_furniture import Body, NoteLine, strip_pages
from align.readers.pdf_lines import Line, page_lines
from align.readers.pdf_page import Page, read_page
from align.readers.pdf_paragraphs import (
    Measures,
    Paragraph,
    block,
    body_size,
    join_pages,
    measure,
    paragraphs,
    set_roles,
)
from align.readers.raw import RawBlock, RawDocument, Role

MAX_PAGES = 3000
_MAX_GLYPHS = 20_000_000
_ONE_AT_A_TIME = Lock()  # pdfium crashes where two threads, such as two sessions of the app, use it at once
_FEW_GLYPHS = 8  # a page: below it the text is a stamp or page number on a picture


def read_pdf(path: Path) -> RawDocument:
    """Read a PDF's text in reading order.

    Running headers, footers and page numbers are set aside; footnotes become blocks of their own behind the page's
    text, references to them leave the text. A paragraph that goes on over a page break is joined.

    Raises UnreadableFileError if the file is protected by a password, damaged, too large, or a scan without text.
    """
    pages, title = _read_pages(path)
    if sum(len(page.glyphs) for page in pages) < _FEW_GLYPHS * len(pages) or _is_garbled(pages):
        raise UnreadableFileError(
            f"{path.name} has no text that can be read, only pictures of it: run OCR first (for example "
            f"ocrmypdf -l chi_sim+eng), then try again."
        )
    lines = [page_lines(page) for page in pages]
    size = body_size(line for found in lines for line in found)
    bodies = strip_pages(pages, lines, size)
    blocks = tuple(_blocks(bodies, measure([body.lines for body in bodies], size)))
    set_aside = tuple(said for body in bodies for said in body.set_aside)
    return RawDocument(blocks, path.name, set_aside, title)


def _read_pages(path: Path) -> tuple[list[Page], str]:
    import pypdfium2

    try:
        size = path.stat().st_size
        if size > MAX_DOCUMENT_BYTES:
            raise UnreadableFileError(
                f"{path.name} is {megabytes(size)} large, more than the {megabytes(MAX_DOCUMENT_BYTES)} that are read: "
                f"split it and try again."
            )
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise UnreadableFileError(f"{path.name} cannot be read: {reason}.") from error
    with _ONE_AT_A_TIME:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise UnreadableFileError(_why_not_opened(path, str(error))) from error
        try:
            return _pages_of(document, path)
        finally:
            document.close()


def _why_not_opened(path: Path, message: str) -> str:
    if "password" in message.lower():
        return f"{path.name} is protected by a password: save a copy without it, then try again."
    if "security" in message.lower():
        return (
            f"{path.name} is encrypted in a way that is not supported: save a copy without protection, then try again."
        )
    return f"{path.name} is damaged or no PDF: get the file again, or print it to a new PDF."


def _pages_of(document: Any, path: Path) -> tuple[list[Page], str]:
    import pypdfium2

    count = len(document)
    if not 0 < count <= MAX_PAGES:
        raise UnreadableFileError(f"{path.name} has {count:,} pages, and 1 to {MAX_PAGES:,} can be read: split it.")
    pages: list[Page] = []
    glyphs = 0
    for index in range(count):
        try:
            page = document[index]
        except pypdfium2.PdfiumError as error:
            raise UnreadableFileError(f"{path.name} is damaged on page {index + 1}: get the file again.") from error
        try:
            pages.append(read_page(page, index + 1))
        except pypdfium2.PdfiumError as error:
            raise UnreadableFileError(f"{path.name} is damaged on page {index + 1}: get the file again.") from error
        finally:
            page.close()
        glyphs += len(pages[-1].glyphs)
        if glyphs > _MAX_GLYPHS:
            raise UnreadableFileError(f"{path.name} has too much text for one document by page {index + 1}: split it.")
    return pages, str(document.get_metadata_dict().get("Title") or "").strip()


def _is_garbled(pages: list[Page]) -> bool:
    """Tell fonts that do not say which characters their shapes are: most come out as private use or unknown."""
    text = "".join(glyph.text for page in pages for glyph in page.glyphs)
    unknown = sum("\ue000" <= character <= "\uf8ff" or character == "\ufffd" for character in text)
    return unknown > 0.5 * len(text)


def _blocks(bodies: list[Body], measures: Measures) -> Iterator[RawBlock]:
    # A column goes on in the next one as a page does in the next.
    pages = [[paragraphs(list(part), measures) for _, part in groupby(body.lines, _column)] for body in bodies]
    join_pages([part for page in pages for part in page], measures)
    set_roles([paragraph for page in pages for part in page for paragraph in part], measures)
    notes = _notes([body.notes for body in bodies])
    for page, noted in zip(pages, notes, strict=True):
        for paragraph in (*chain.from_iterable(page), *noted):
            yield block(paragraph, measures)


def _column(line: Line) -> int:
    return line.column


def _notes(pages: list[tuple[NoteLine, ...]]) -> list[list[Paragraph]]:
    """Gather the notes of each page; lines before a page's first mark go on with the last note before."""
    gathered: list[list[Paragraph]] = []
    last: Paragraph | None = None
    for lines in pages:
        gathered.append([])
        for note in lines:
            if note.mark or last is None:
                last = Paragraph([note.line], Role.NOTE, mark=note.mark)
                gathered[-1].append(last)
            else:
                last.lines.append(note.line)
    return gathered
