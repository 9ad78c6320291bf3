"""The parts of a Word document (Open Packaging Conventions, ECMA-376 part 2) and the styles it defines.

python-docx reads paragraphs and tables, but no footnotes, numbering, tracked changes or text boxes, and stops at a
dangling relation; so the parts are taken from the archive here, and only `align.readers.docx` walks through them.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from lxml.etree import _Element

from align.errors import UnreadableFileError
from align.readers.archive import check_archive
from align.readers.docx_xml import W, attribute, child, children, integer, parse, value

# The "strict" variant of the standard differs, for reading, in its namespaces alone.
_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_MAX_STYLE_CHAIN = 20
_NO_LINE = frozenset({"", "nil", "none"})
_HEADING_NAME = re.compile(r"(?:heading|标题|標題)\s*([1-9])", re.IGNORECASE)
_TITLE_NAME = re.compile(r"title|标题|標題", re.IGNORECASE)
# The templates of the United Nations: "_ H _Ch", "_ H_1", "_ H_2/3" in New York, with "_G" behind in Geneva.
_UN_HEADING_NAME = re.compile(r"_?\s?H\s?_?\s?(Ch|[1-6])(?:/\d|\d)?(?:_?G)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of a part: its id, the last word of its type ("footnotes"), and the member that it leads to."""

    key: str
    kind: str
    target: str


class Package:
    """The members of a .docx archive, opened only after `check_archive`."""

    def __init__(self, data: bytes, source: str) -> None:
        self._members = frozenset(check_archive(data, source))
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._source = source

    @cached_property
    def main(self) -> str:
        """The name of the main document part. Raises UnreadableFileError if there is none."""
        for relation in self.relations(""):
            if relation.kind == "officeDocument" and relation.target in self._members:
                return relation.target
        if "word/document.xml" in self._members:
            return "word/document.xml"
        raise UnreadableFileError(f"{self._source}: it holds no Word document; open it in Word and save it again.")

    def relations(self, part: str) -> list[Relation]:
        """Return the relations of ``part`` (``""`` for the package) that lead to a part of this file."""
        folder, name = posixpath.split(part)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        if root is None:
            return []
        return [
            Relation(item.get("Id") or "", (item.get("Type") or "").rsplit("/", 1)[-1], _resolve(folder, item))
            for item in root
            if isinstance(item.tag, str) and item.get("TargetMode") != "External"
        ]

    def related(self, kind: str) -> _Element | None:
        """Return the part that the main part relates to as ``kind``, or None."""
        for relation in self.relations(self.main):
            if relation.kind == kind and (root := self.xml(relation.target)) is not None:
                return root
        return None

    def xml(self, name: str) -> _Element | None:
        """Return the root element of a member, or None if there is no such member."""
        if name not in self._members:
            return None
        blob = self._archive.read(name)
        if b"purl.oclc.org/ooxml" in blob:
            for strict, usual in _STRICT:
                blob = blob.replace(strict, usual)
        try:
            return parse(blob)
        except etree.XMLSyntaxError:
            raise UnreadableFileError(
                f"{self._source}: its part {name} is damaged; open the file in Word and save it again."
            ) from None

    def title(self) -> str:
        """Return the title that the file's properties give, or ``""``."""
        for relation in self.relations(""):
            if relation.kind == "core-properties":
                root = self.xml(relation.target)
                found = root.findtext("{http://purl.org/dc/elements/1.1/}title") if root is not None else None
                return " ".join((found or "").split())
        return ""


def _resolve(folder: str, item: _Element) -> str:
    target = item.get("Target") or ""
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style, with those it is based on, says of a paragraph; heading 0 is none."""

    heading: int = 0
    number: str = ""  # of the list that the style belongs to
    level: int = 0
    centred: bool = False


class Styles:
    """The styles of a document."""

    def __init__(self, root: _Element | None) -> None:
        items = list(children(root, "style")) if root is not None else []
        self._items = {attribute(item, "styleId"): item for item in items}
        self._default = next(
            (
                attribute(item, "styleId")
                for item in items
                if attribute(item, "default") in ("1", "true") and attribute(item, "type") == "paragraph"
            ),
            "",
        )
        self._known: dict[str, Style] = {}

    def get(self, style_id: str) -> Style:
        """Return the style called ``style_id``, or the document's default one for ``""``."""
        style_id = style_id or self._default
        if style_id not in self._known:
            self._known[style_id] = self._resolve(style_id)
        return self._known[style_id]

    def rules_columns(self, table: _Element) -> bool:
        """Whether a table draws lines between its columns, itself, by its style or by a cell."""
        chain = self._chain(value(table, "tblPr", "tblStyle"))
        inner = [value(item, "tblPr", "tblBorders", "insideV") for item in (table, *chain)]
        sides = [
            value(item, "tcPr", "tcBorders", side)
            for item in table.iter(f"{W}tc")
            for side in ("left", "right", "start", "end")
        ]
        return next((line for line in inner if line), "nil") not in _NO_LINE or not _NO_LINE.issuperset(sides)

    def _chain(self, style_id: str) -> list[_Element]:
        """Return a style and those that it is based on."""
        chain: list[_Element] = []
        while style_id in self._items and len(chain) < _MAX_STYLE_CHAIN:
            chain.append(self._items[style_id])
            style_id = value(chain[-1], "basedOn")
        return chain

    def _resolve(self, style_id: str) -> Style:
        chain = self._chain(style_id)
        heading = next((found for item in chain if (found := _heading(item))), 0)
        listed = next((item for item in chain if value(item, "pPr", "numPr", "numId")), None)
        aligned = next((jc for item in chain if (jc := value(item, "pPr", "jc"))), "")
        return Style(
            heading=heading,
            number=value(listed, "pPr", "numPr", "numId"),
            level=integer(value(listed, "pPr", "numPr", "ilvl"), 0),
            centred=aligned == "center",
        )


def _heading(style: _Element) -> int:
    """Return the level of a heading style by its outline level or its name, or 0."""
    outline = child(style, "pPr", "outlineLvl")
    if outline is not None:
        level = integer(attribute(outline, "val"), 9)
        return level + 1 if 0 <= level < 9 else 0
    name = value(style, "name").strip()
    match = _HEADING_NAME.fullmatch(name)
    if match:
        return int(match.group(1))
    match = _UN_HEADING_NAME.fullmatch(name)
    if match:
        return 1 if match.group(1).lower() == "ch" else int(match.group(1))
    return 1 if _TITLE_NAME.fullmatch(name) else 0
