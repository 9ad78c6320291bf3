"""Inputs for the readers' tests: Word packages from hand-written XML, and what of a file must be found again."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from collections import Counter
from pathlib import Path

from align.readers.raw import RawDocument

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)


def word_part(name: str, content: str) -> str:
    """Return a part with the root element w:``name``."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {_NAMESPACES}>{content}</w:{name}>'


def word_package(body: str, **parts: str) -> bytes:
    """Return a .docx whose body is ``body``; ``parts`` are the contents of other parts by their root's name.

    A name may end in a digit ("header1"); the relation to it is called so too.
    """
    members = {"word/document.xml": word_part("document", f"<w:body>{body}</w:body>")}
    relations = ""
    roots = {"header": "hdr", "footer": "ftr"}
    for name, content in parts.items():
        kind = name.rstrip("0123456789")
        members[f"word/{name}.xml"] = word_part(roots.get(kind, kind), content)
        relations += f'<Relationship Id="{name}" Type="{_R}/{kind}" Target="{name}.xml"/>'
    main = f'<Relationship Id="main" Type="{_R}/officeDocument" Target="word/document.xml"/>'
    members["_rels/.rels"] = f'<Relationships xmlns="{_RELATIONS}">{main}</Relationships>'
    members["word/_rels/document.xml.rels"] = f'<Relationships xmlns="{_RELATIONS}">{relations}</Relationships>'
    return zipped(members)


def zipped(members: dict[str, str | bytes]) -> bytes:
    """Return a compressed zip archive of ``members``."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    """Return a w:p with one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    """Return a w:p in a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def written(tmp_path: Path, name: str, data: bytes | str) -> Path:
    """Write ``data`` under ``name`` and return its path."""
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def characters(text: str) -> Counter[str]:
    """Count the characters of ``text`` that are no space, compatibility forms folded (¹ is 1)."""
    folded = unicodedata.normalize("NFKC", text)
    return Counter(char for char in folded if not char.isspace() and char not in "\u00ad\ufeff\u200b")


def kept_characters(document: RawDocument) -> Counter[str]:
    """Count the characters that a reader kept: texts, labels, marks, references, the title and what was set aside."""
    texts = [document.title]
    for block in document.blocks:
        texts += [block.text, block.label, block.mark, *(reference.mark for reference in block.footnotes)]
    texts += [item.text for item in document.set_aside]
    return characters("\n".join(texts))


def texts(document: RawDocument) -> list[str]:
    """Return the blocks' texts."""
    return [block.text for block in document.blocks]
