"""Zip archives from elsewhere (.docx, .xlsx): size, ratio, names and entities, before a library opens them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from align.errors import UnreadableFileError
from align.readers.limits import megabytes

MAX_MEMBERS = 5_000
MAX_INFLATED_BYTES = 300_000_000
MAX_XML_BYTES = 80_000_000  # of one XML member: parsed, it takes ten times as much memory
MAX_RATIO = 250  # Word's own XML shrinks 10 to 40 times; repeated bytes shrink about 1,000 times
RATIO_COUNTS_FROM = 5_000_000  # inflated bytes; a small member may shrink as much as it likes
_CHUNK = 1 << 16
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_XML_NAMES = (".xml", ".rels", ".vml")


def check_archive(data: bytes, source: str) -> tuple[str, ...]:
    """Return the members' names if the zip archive is safe to open.

    Raises UnreadableFileError, naming ``source``, if it is damaged, protected, a zip bomb, has paths that lead out
    of it, or has an XML member with a document type (where entities are declared).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_listing(members, len(data), source)
            _check_members(archive, members, source)
            return tuple(member.filename for member in members)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        raise UnreadableFileError(f"{source}: the file is damaged or cut short; download or save it again.") from None


def _check_listing(members: list[zipfile.ZipInfo], packed: int, source: str) -> None:
    if len(members) > MAX_MEMBERS:
        raise UnreadableFileError(
            f"{source}: it packs {len(members):,} files, more than the {MAX_MEMBERS:,} that are read; "
            "it is no usual document."
        )
    for member in members:
        if member.flag_bits & 0x1:
            raise UnreadableFileError(f"{source}: the file is protected by a password; save it without one.")
        parts = member.filename.replace("\\", "/").split("/")
        if member.filename.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
            raise UnreadableFileError(f"{source}: it packs a file whose path leads out of it; it is not opened.")
    declared = sum(member.file_size for member in members)
    _check_size(declared, packed, source)


def _check_size(inflated: int, packed: int, source: str) -> None:
    too_dense = inflated > RATIO_COUNTS_FROM and inflated > MAX_RATIO * max(packed, 1)
    if inflated > MAX_INFLATED_BYTES or too_dense:
        raise UnreadableFileError(
            f"{source}: it unpacks from {megabytes(packed)} to {megabytes(inflated)} or more, as a zip bomb does; "
            "it is not opened."
        )


def _check_members(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], source: str) -> None:
    """Inflate every member once: the sizes in the listing are only what the file says of itself."""
    total, packed = 0, max(sum(member.compress_size for member in members), 1)
    for member in members:
        is_xml = member.filename.lower().endswith(_XML_NAMES)
        size, tail = 0, b""
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                size += len(chunk)
                _check_size(total + size, packed, source)
                if is_xml:
                    tail = _check_xml(tail + chunk, member.filename, size, source)
        total += size


def _check_xml(chunk: bytes, name: str, size: int, source: str) -> bytes:
    """Refuse a document type in any encoding that XML parsers take unasked; return the bytes to see again."""
    if size > MAX_XML_BYTES:
        most = megabytes(MAX_XML_BYTES)
        raise UnreadableFileError(f"{source}: its part {name} has more than {most}; split the document.")
    if _DOCTYPE.search(chunk.replace(b"\0", b"")):  # without NULs UTF-16 and UTF-32 read as ASCII
        raise UnreadableFileError(f"{source}: its part {name} declares XML entities; it is not opened.")
    return chunk[-64:]
