"""Files of every kind that users bring, read to `RawDocument`, to `Document`, or to aligned pairs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from align.document import Document, Language
from align.errors import UnreadableFileError
from align.readers.limits import MAX_DOCUMENT_BYTES, read_bytes
from align.readers.pair_file import AlignedPair, PairFile
from align.readers.pairs import is_pair_file, read_pairs
from align.readers.sniff import READ_KINDS, FileKind, sniff

if TYPE_CHECKING:
    from align.readers.raw import RawDocument

__all__ = ["AlignedPair", "PairFile", "is_pair_file", "read", "read_pairs", "read_raw"]


def read(path: Path, language: Language | None = None) -> Document:
    """Return the document in ``path``; its language is found where ``language`` does not say it.

    Raises UnreadableFileError, one plain sentence that names the file, if it cannot be read.
    """
    from align.structure import structure

    return structure(read_raw(path), language)


def read_raw(path: Path) -> RawDocument:
    """Return the blocks of the document in ``path``, with the reader that its content asks for.

    Raises UnreadableFileError if it is missing, empty, binary, protected, damaged, too large, or of a kind that is
    not read.
    """
    data = read_bytes(path, MAX_DOCUMENT_BYTES)
    document = _read_kind(sniff(data, path.name), data, path)
    if not document.blocks:
        raise UnreadableFileError(f"{path.name}: the file holds no text; save or download it again.")
    return document


def _read_kind(kind: FileKind, data: bytes, path: Path) -> RawDocument:
    match kind:
        case FileKind.PDF:
            from align.readers.pdf import read_pdf

            return read_pdf(path)
        case FileKind.DOCX:
            from align.readers.docx import read_docx

            return read_docx(data, path.name)
        case FileKind.HTML:
            from align.readers.html import read_html

            return read_html(data, path.name)
        case FileKind.MARKDOWN | FileKind.PLAIN:
            return _read_text(kind, data, path.name)
    raise UnreadableFileError(f"{path.name}: this is a table of pairs and no document; documents may be {READ_KINDS}.")


def _read_text(kind: FileKind, data: bytes, source: str) -> RawDocument:
    from align.readers.encoding import REPLACEMENT, decode

    text, encoding = decode(data, source)
    if kind is FileKind.MARKDOWN:
        from align.readers.markdown import read_markdown

        document = read_markdown(text, source)
    else:
        from align.readers.plain import read_plain

        document = read_plain(text, source)
    damaged = text.count(REPLACEMENT)
    if damaged:
        count = "1 character" if damaged == 1 else f"{damaged:,} characters"
        warning = f"{source}: {count} could not be decoded as {encoding}; look for {REPLACEMENT} in the text."
        document = replace(document, warnings=(*document.warnings, warning))
    return document
