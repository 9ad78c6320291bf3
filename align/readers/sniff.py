"""What kind of file this is: by its content first, by its name second."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import PurePath

from align.errors import UnreadableFileError

READ_KINDS = ".docx, .pdf, .html, .md and .txt"
PAIR_KINDS = ".tmx, .tsv, .csv and .xlsx"


class FileKind(StrEnum):
    """The kinds of file that some reader takes."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    HTML = "html"
    TMX = "tmx"
    MARKDOWN = "markdown"
    TABLE = "table"  # delimited text: .tsv, .csv
    PLAIN = "plain"


_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_SAVE_AS_DOCX = "open it in Word or LibreOffice and save it as .docx"
_SUFFIXES = {
    ".htm": FileKind.HTML,
    ".html": FileKind.HTML,
    ".xhtml": FileKind.HTML,
    ".md": FileKind.MARKDOWN,
    ".markdown": FileKind.MARKDOWN,
    ".tsv": FileKind.TABLE,
    ".tab": FileKind.TABLE,
    ".csv": FileKind.TABLE,
    ".tmx": FileKind.TMX,
}
# Kinds that are text but no running text, or whose mark-up no reader understands.
_TEXT_NOT_READ = frozenset(".json .jsonl .yaml .yml .tex .srt .vtt .po .js .py .sgm .sgml .svg".split())
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf\x27\x1c", b"Rar!")
_PROLOG = re.compile(r"(?:\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)*", re.IGNORECASE | re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


def sniff(data: bytes, name: str) -> FileKind:
    """Return the kind of a file's ``data``; ``name`` decides only between kinds of text.

    Raises UnreadableFileError, one sentence with what to do, for a kind that no reader takes.
    """
    suffix = PurePath(name).suffix.lower()
    if b"%PDF-" in data[:1024]:
        return FileKind.PDF
    if data.startswith(_ZIP):
        return _sniff_zip(data, name)
    _refuse_binary_kinds(data, name)
    return _sniff_text(data, name, suffix)


def _sniff_zip(data: bytes, name: str) -> FileKind:
    from align.readers.archive import check_archive

    members = check_archive(data, name)
    if "word/document.xml" in members or any(member.startswith("word/") for member in members):
        return FileKind.DOCX
    if any(member.startswith("xl/") for member in members):
        return FileKind.XLSX
    if any(member.startswith("ppt/") for member in members):
        raise UnreadableFileError(f"{name}: presentations are not read; save its text as .docx, or use {READ_KINDS}.")
    if "mimetype" in members and "content.xml" in members:
        raise UnreadableFileError(f"{name}: OpenDocument files are not read; {_SAVE_AS_DOCX}.")
    raise UnreadableFileError(f"{name}: this is a zip archive and no Word document; unpack it and use {READ_KINDS}.")


def _refuse_binary_kinds(data: bytes, name: str) -> None:
    if data.startswith(_OLE2):
        _refuse_ole2(data, name)
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise UnreadableFileError(f"{name}: RTF files are not read; {_SAVE_AS_DOCX}.")
    if data.startswith(_IMAGES) and b"\0" in data[:4096]:
        raise UnreadableFileError(f"{name}: this is an image; run text recognition (OCR) first and use {READ_KINDS}.")
    if data.startswith(_PACKED):
        raise UnreadableFileError(f"{name}: this is a packed file; unpack it and use {READ_KINDS}.")


def _refuse_ole2(data: bytes, name: str) -> None:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise UnreadableFileError(f"{name}: the file is protected by a password; open it and save it without one.")
    if has("Workbook") or has("Book"):
        raise UnreadableFileError(f"{name}: legacy .xls files are not read; save it as .xlsx in Excel or LibreOffice.")
    if has("PowerPoint Document"):
        raise UnreadableFileError(f"{name}: presentations are not read; save its text as .docx, or use {READ_KINDS}.")
    raise UnreadableFileError(f"{name}: legacy .doc files are not read; save it as .docx in Word or LibreOffice.")


def _sniff_text(data: bytes, name: str, suffix: str) -> FileKind:
    head = data[:8192]
    head_text = (head.replace(b"\0", b"") if b"\0" in head else head).decode("utf-8", "ignore").lstrip("\ufeff\xff\xfe")
    if _HTML_START.match(head_text):
        return FileKind.HTML
    if suffix in (".md", ".markdown"):
        return FileKind.MARKDOWN
    root = _xml_root(head_text)
    if root in ("tmx", "html"):
        return FileKind.TMX if root == "tmx" else FileKind.HTML
    if root and suffix not in _SUFFIXES and (head_text.lstrip().startswith("<?xml") or suffix not in ("", ".txt")):
        raise UnreadableFileError(f"{name}: XML of the kind <{root}> is not read; documents may be {READ_KINDS}.")
    if suffix in _TEXT_NOT_READ:
        raise UnreadableFileError(f"{name}: {suffix} files are not read; documents may be {READ_KINDS}.")
    return _SUFFIXES.get(suffix, FileKind.PLAIN)


def _xml_root(text: str) -> str:
    """Return the lower-case local name of the root element if ``text`` begins as XML does, or ``""``."""
    if not text.lstrip().startswith("<"):
        return ""
    prolog = _PROLOG.match(text)
    root = _ROOT.match(text, prolog.end() if prolog else 0)
    return root.group(1).lower() if root else ""
