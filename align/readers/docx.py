"""Word documents (.docx) to blocks: paragraphs and tables in order, numbering, notes, tracked changes, boxes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from align.document import SetAside
from align.readers.docx_notes import ENDNOTE, FOOTNOTE, NoteMarks, NoteReference, note_bodies
from align.readers.docx_numbering import Numbering
from align.readers.docx_parts import Package, Styles
from align.readers.docx_text import Content, ParagraphReader, chosen
from align.readers.docx_xml import W, attribute, child, integer, local, value
from align.readers.raw import RawBlock, RawDocument, Role
from align.readers.wrapping import join_all

_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TRANSPARENT = frozenset({"sdtContent", "customXml", "ins", "moveTo", "smartTag"})
_LETTERHEAD_ROWS = 8
_NOT_READ = {"diagramData": "a diagram", "chart": "a chart", "aFChunk": "a part in another format"}


def read_docx(data: bytes, source: str) -> RawDocument:
    """Return the blocks of a .docx file; notes come last, in the order of their references.

    ``place`` is "paragraph 14" (of those with text), "table 1, row 2, cell 3" or "footnote 4". Headers, footers,
    comments, deletions and hidden text are set aside. Raises UnreadableFileError for a damaged or hostile file.
    """
    package = Package(data, source)
    reader = _DocumentReader(package)
    reader.read()
    return RawDocument(
        tuple(reader.blocks),
        source,
        tuple(reader.set_aside),
        title=package.title(),
        warnings=_warnings(package, source),
    )


class _DocumentReader:
    """Walks through the stories of a document: the body, then its notes, headers, footers and comments."""

    def __init__(self, package: Package) -> None:
        self.blocks: list[RawBlock] = []
        self.set_aside: list[SetAside] = []
        self._package = package
        root = package.xml(package.main)
        body = child(root, "body")
        self._body: _Element | None = body
        self._styles = Styles(package.related("styles"))
        self._numbering = Numbering(package.related("numbering"))
        self._marks = NoteMarks(body, package.related("settings")) if body is not None else None
        self._paragraphs = 0
        self._tables = 0

    def read(self) -> None:
        """Fill ``blocks`` and ``set_aside``."""
        if self._body is None or self._marks is None:
            return
        self._walk(self._body, ParagraphReader(self._marks, self.set_aside), "", Role.TEXT)
        self._read_notes(self._marks.references)
        self._read_margins()
        self._read_comments()

    def _walk(self, container: _Element, reader: ParagraphReader, place: str, role: Role) -> None:
        """Read the block-level content of ``container``; ``place`` is empty in the body itself."""
        tables = 0
        for item in _content(container):
            if local(item) == "p":
                self._paragraph(item, reader, place, role)
            else:
                tables += 1
                self._tables += not place
                name = f"{place}, table {tables}" if place else f"table {self._tables}"
                self._table(item, reader, name, role)

    def _paragraph(self, item: _Element, reader: ParagraphReader, place: str, role: Role) -> None:
        here = place or f"paragraph {self._paragraphs + 1}"
        content = reader.read(item, here)
        if content is not None:
            block = self._block(item, content, here, role)
            if block.text or block.footnotes:
                self._paragraphs += not place
                self.blocks.append(block)
            for number, box in enumerate(content.boxes, 1):
                name = f"{here}, text box" if len(content.boxes) == 1 else f"{here}, text box {number}"
                self._walk(box, reader, name, Role.TEXT)
        if not place and self._marks is not None and child(item, "pPr", "sectPr") is not None:
            self._marks.section += 1

    def _block(self, item: _Element, content: Content, place: str, role: Role) -> RawBlock:
        properties = child(item, "pPr")
        style_id = value(properties, "pStyle")
        style = self._styles.get(style_id)
        number = value(properties, "numPr", "numId") or style.number
        level = integer(value(properties, "numPr", "ilvl"), -1)
        if level < 0:
            level = style.level or self._numbering.level_of_style(number, style_id)
        label = self._numbering.label(number, level) if number not in ("", "0") else ""
        heading = style.heading
        outline = child(properties, "outlineLvl")
        if outline is not None:
            heading = (integer(attribute(outline, "val"), 9) + 1) % 10
        depth = 0
        if role is Role.TEXT and heading:
            role, depth = Role.HEADING, heading
        elif role is Role.TEXT and number not in ("", "0"):
            role, depth = Role.LIST_ITEM, level + 1
        aligned = value(properties, "jc")
        centred = aligned == "center" if aligned else style.centred
        return RawBlock(content.text, place, role, depth, label, footnotes=content.references, centred=centred)

    def _table(self, table: _Element, reader: ParagraphReader, place: str, role: Role) -> None:
        kept = (row for row in _content(table, "tr") if not self._deleted(row, place))
        rows = [list(_content(row, "tc")) for row in kept]
        frame = _is_frame(rows) or self._is_letterhead(table, len(rows), role)
        for r, row in enumerate(rows, 1):
            for c, cell in enumerate(row, 1):
                self._walk(cell, reader, f"{place}, row {r}, cell {c}", role if frame else Role.CELL)

    def _is_letterhead(self, table: _Element, rows: int, role: Role) -> bool:
        """Whether a table sets a letterhead: it stands above all text and draws no columns.

        United Nations documents set organ, symbol, distribution and date so; they are lines of text and no data.
        """
        above_all = role is Role.TEXT and not self._paragraphs and rows <= _LETTERHEAD_ROWS
        text_follows = any(item.text for p in table.itersiblings(f"{W}p") for item in p.iter(f"{W}t"))
        return above_all and text_follows and not self._styles.rules_columns(table)

    def _deleted(self, row: _Element, place: str) -> bool:
        if child(row, "trPr", "del") is None:
            return False
        text = " ".join(item.text or "" for item in row.iter(f"{W}t", f"{W}delText"))
        self.set_aside.append(SetAside(" ".join(text.split()), "tracked deletion", place))
        return True

    def _read_notes(self, references: list[NoteReference]) -> None:
        bodies = {kind: note_bodies(self._package.related(f"{kind}s"), kind) for kind in (FOOTNOTE, ENDNOTE)}
        used: set[tuple[str, str]] = set()
        for kind in (FOOTNOTE, ENDNOTE):
            for reference in references:
                key = (kind, reference.note)
                if reference.kind == kind and reference.note in bodies[kind] and key not in used:
                    used.add(key)
                    self._note(bodies[kind][reference.note], reference)
            for note, body in bodies[kind].items():
                text = "" if (kind, note) in used else self._story(body, f"{kind} without a reference")
                if text:
                    self.set_aside.append(SetAside(text, f"{kind} without a reference", kind))

    def _note(self, body: _Element, reference: NoteReference) -> None:
        place = f"{reference.kind} {reference.mark}"
        text = self._story(body, place)
        if reference.custom:
            text = text.removeprefix(reference.mark).lstrip()
        self.blocks.append(RawBlock(text, place, Role.NOTE, mark=reference.mark))

    def _story(self, container: _Element, place: str) -> str:
        """Return the text of a note, a header or a comment as one paragraph, with its tables and boxes."""
        kept, self.blocks = self.blocks, []
        self._walk(container, ParagraphReader(None, self.set_aside), place, Role.TEXT)
        texts = [f"{block.label} {block.text}".strip() for block in self.blocks]
        self.blocks = kept
        return join_all(texts)

    def _read_margins(self) -> None:
        """Set headers and footers aside, each text once however many sections show it."""
        targets = {relation.key: relation for relation in self._package.relations(self._package.main)}
        seen: set[tuple[str, str]] = set()
        used: set[str] = set()
        assert self._body is not None
        for reference in self._body.iter(f"{W}headerReference", f"{W}footerReference"):
            kind = local(reference).removesuffix("Reference")
            relation = targets.get(reference.get(_R_ID) or "")
            root = self._package.xml(relation.target) if relation and relation.target not in used else None
            if relation is None or root is None:
                continue
            used.add(relation.target)
            text = self._story(root, kind)
            if text and (kind, text) not in seen:
                seen.add((kind, text))
                number = sum(name == kind for name, _ in seen)
                self.set_aside.append(SetAside(text, f"running {kind}", f"{kind} {number}"))

    def _read_comments(self) -> None:
        root = self._package.related("comments")
        for number, comment in enumerate(root if root is not None else (), 1):
            text = self._story(comment, f"comment {number}")
            if text:
                self.set_aside.append(SetAside(text, "comment", f"comment {number}"))


def _is_frame(rows: list[list[_Element]]) -> bool:
    """Whether a table never has two filled cells side by side: then it is a frame around running text."""
    return all(sum(any(item.text for item in cell.iter(f"{W}t")) for cell in row) < 2 for row in rows)


def _content(container: _Element, *names: str) -> Iterator[_Element]:
    """Yield paragraphs and tables (or the elements called ``names``) through content controls and the like."""
    wanted = names or ("p", "tbl")
    for item in container:
        name = local(item)
        if name in wanted:
            yield item
        elif name in _TRANSPARENT or name == "sdt":
            yield from _content(item, *wanted)
        elif name == "AlternateContent":
            for inner in chosen(item):
                if local(inner) in wanted:
                    yield inner
                else:
                    yield from _content(inner, *wanted)


def _warnings(package: Package, source: str) -> tuple[str, ...]:
    found = sorted({_NOT_READ[item.kind] for item in package.relations(package.main) if item.kind in _NOT_READ})
    return tuple(
        f"{source}: it contains {name} whose text is not read; copy the text into the document." for name in found
    )
