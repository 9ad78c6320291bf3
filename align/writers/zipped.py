"""Office files as zip archives: the same bytes for the same input, and read without trust."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.sax.saxutils import escape as escape_xml

from align.readers.archive import check_archive
from align.writers.escapes import visible

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip archive can hold
_CORE = "docProps/core.xml"


def repack(data: bytes, title: str) -> bytes:
    """Rewrite an Office file without the time it was made: fixed dates, and core properties with the title only."""
    replaced = {_CORE: _core_properties(title)}
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as original, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in original.namelist():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0  # the same on every system
            copy.writestr(member, replaced.get(name) or original.read(name))
    return packed.getvalue()


def read_members(data: bytes, source: str) -> Iterator[tuple[str, bytes]]:
    """The parts of an Office file from elsewhere, one by one; raises UnreadableFileError for an unsafe archive."""
    names = check_archive(data, source)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in names:
            yield name, archive.read(name)


def _core_properties(title: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape_xml(visible(title))}</dc:title><dc:creator>duizhao</dc:creator>"
        "</cp:coreProperties>"
    ).encode()
