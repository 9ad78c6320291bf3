"""HTML pages to blocks: block elements in order, lists with their numbers, tables by cell, linked footnotes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree
from lxml.html import HtmlElement

from align.document import SetAside
from align.errors import UnreadableFileError
from align.readers.encoding import declared, decode
from align.readers.html_notes import NOTE_MARK, Notes, find_notes
from align.readers.inline import InlineText, superscript
from align.readers.numbers import format_number
from align.readers.plain import text_blocks
from align.readers.raw import RawBlock, RawDocument, Role

_IGNORED = frozenset("script style template noscript head iframe object svg canvas audio video map datalist".split())
_SET_ASIDE = {
    "nav": "navigation",
    "button": "form",
    "select": "form",
    "textarea": "form",
    "rt": "ruby",
    "rp": "ruby",
    "del": "deleted text",
}
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main ol p pre section summary table tbody td "
    "tfoot th thead tr ul".split()
)
_HEADING = re.compile(r"h([1-6])")
# Of <meta charset>, <meta http-equiv> and the XML declaration.
_META_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_INDENT = re.compile(r"[ \t\r\n]*(?:\u3000|\u00a0{2})")
_BACK_ARROWS = re.compile(r"[\s↩↑^⏎\ufe0e\ufe0f]+")
_LETTERHEAD_ROWS = 8
_LIST_TYPES = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass(frozen=True, slots=True)
class _Context:
    """What the elements around a text say of it."""

    role: Role = Role.TEXT
    level: int = 0
    mark: str = ""
    place: str = ""  # of a table cell; elsewhere the line is the place
    centred: bool = False


def read_html(data: bytes, source: str) -> RawDocument:
    """Return the blocks of an HTML page; ``place`` is "line 12" or "table 1, row 2, cell 3".

    The encoding is the page's byte order mark, the one it declares if all of it can be read so, or the one that
    `align.readers.encoding.decode` finds. Scripts and styles are no text; navigation, hidden text and forms are
    set aside. Raises UnreadableFileError if it holds no text.
    """
    match = _META_CHARSET.search(data[:4096])
    name = declared(data, match.group(1).decode("ascii")) if match else ""
    text = data.decode(name) if name and not name.startswith("utf-16") else decode(data, source)[0]
    walker = walk_html(text, source)
    return RawDocument(tuple(walker.blocks), source, tuple(walker.set_aside), title=walker.title)


def walk_html(text: str, source: str, first_line: int = 1) -> _Walker:
    """Parse ``text``, a page or a fragment that begins on ``first_line`` of its file, and walk through it."""
    # As bytes, because libxml2 rejects text that declares an encoding of its own.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_pis=True, remove_comments=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), _html_parser(parser))
    except (etree.ParserError, etree.XMLSyntaxError):
        root = None
    if root is None:
        raise UnreadableFileError(f"{source}: the page holds no text; open it in a browser and save it again.")
    walker = _Walker(root, first_line - 1)
    walker.walk(root, _Context())
    walker.flush(_Context())
    return walker


def _html_parser(parser: etree.HTMLParser) -> etree.HTMLParser:
    from lxml.html import HtmlElementClassLookup

    parser.set_element_class_lookup(HtmlElementClassLookup())
    return parser


class _Walker:
    """Walks through a page once, gathering inline text and closing a block at each block element's ends."""

    def __init__(self, root: HtmlElement, line_offset: int) -> None:
        self.blocks: list[RawBlock] = []
        self.set_aside: list[SetAside] = []
        title = root.find(".//head/title")
        self.title = " ".join("".join(title.itertext()).split()) if title is not None else ""
        self._notes: Notes = find_notes(root)
        self._text = InlineText()
        self._offset = line_offset
        self._line = 1
        self._label = ""  # of the list item that has begun, for its first block only
        self._mark = ""  # of the note that has begun, for its first block only
        self._break = False
        self._tables = 0

    def walk(self, element: HtmlElement, context: _Context) -> None:
        """Read ``element`` with all below it, but not its tail."""
        if not isinstance(element.tag, str) or element.tag in _IGNORED:
            return
        reason = _reason_to_set_aside(element)
        if reason:
            self._aside("".join(element.itertext()), reason, element)
        elif element.tag in _BLOCKS:
            self.flush(context)
            self._walk_block(element, self._context_of(element, context))
        else:
            self._walk_inline(element, context)

    def flush(self, context: _Context) -> None:
        """Close the block that is being gathered, if there is text in it."""
        self._break = False
        filled = bool(self._text)
        text, references = self._text.take()
        if not filled:
            return
        if context.mark:
            text, shift = _without_mark(text, context.mark)
            references = tuple(replace(item, offset=max(item.offset - shift, 0)) for item in references)
        place = context.place or f"line {self._line + self._offset}"
        if text or references:
            block = RawBlock(text, place, context.role, context.level, self._label, self._mark, references)
            self.blocks.append(replace(block, centred=context.centred))
            self._mark = ""
        self._label = ""

    def _walk_block(self, element: HtmlElement, context: _Context) -> None:
        letterhead = not self.blocks and context.role is Role.TEXT and _draws_no_grid(element)
        if element.tag == "table" and not letterhead and not _is_layout(element):
            self._walk_table(element, context)
        elif element.tag in ("ol", "ul"):
            self._walk_list(element, context)
        elif element.tag == "pre":
            text = "".join(element.itertext())
            self.blocks.extend(text_blocks(text, (element.sourceline or 1) + self._offset))
        else:
            self._walk_children(element, context)
        self.flush(context)

    def _walk_children(self, element: HtmlElement, context: _Context) -> None:
        self._add(element.text, element, context)
        for child in element:
            self.walk(child, context)
            if child.tag in _BLOCKS:
                self.flush(context)
            self._add(child.tail, child, context)

    def _walk_inline(self, element: HtmlElement, context: _Context) -> None:
        if element.tag == "br":
            self._line_break(context)
        elif element in self._notes.references:
            self._text.refer(self._notes.references[element])
        elif element in self._notes.back_links:
            self._back_link(element, context)
        elif element.tag == "sup" and len(element) == 0:
            self._add(superscript(element.text or ""), element, context)
        else:
            self._walk_children(element, context)

    def _back_link(self, element: HtmlElement, context: _Context) -> None:
        text = "".join(element.itertext()).strip()
        mark = NOTE_MARK.fullmatch(text)
        if mark is None or mark.group(1) != context.mark:
            if _BACK_ARROWS.fullmatch(text) or not text:
                self._aside(text, "back link", element)
            else:
                self._walk_children(element, context)

    def _walk_list(self, element: HtmlElement, context: _Context) -> None:
        number = _integer(element.get("start"), 1)
        inside = replace(context, level=context.level + 1 if context.role is Role.LIST_ITEM else 1)
        if context.role in (Role.TEXT, Role.HEADING):
            inside = replace(inside, role=Role.LIST_ITEM)
        for child in element:
            if child.tag == "li":
                number = _integer(child.get("value"), number)
                self.flush(context)
                if element.tag == "ol" and child not in self._notes.notes:
                    self._label = format_number(number, _LIST_TYPES.get(element.get("type") or "", "decimal")) + "."
                number += 1
            self.walk(child, inside)
            self._label = ""
            self._add(child.tail, child, context)

    def _walk_table(self, element: HtmlElement, context: _Context) -> None:
        self._tables += 1
        table = f"{context.place}, table {self._tables}" if context.place else f"table {self._tables}"
        for caption in element.iterchildren("caption"):
            self._walk_children(caption, replace(context, role=Role.TEXT))
            self.flush(context)
        rows = [row for part in element for row in ([part] if part.tag == "tr" else part.iterchildren("tr"))]
        for r, row in enumerate(rows, 1):
            for c, cell in enumerate((cell for cell in row if cell.tag in ("td", "th")), 1):
                inside = _Context(Role.CELL, place=f"{table}, row {r}, cell {c}", mark="")
                self._walk_children(cell, inside)
                self.flush(inside)

    def _context_of(self, element: HtmlElement, context: _Context) -> _Context:
        """Return what ``element`` says of the text in it."""
        if element in self._notes.notes:
            self._mark = self._notes.notes[element]
            context = replace(context, role=Role.NOTE, level=0, mark=self._mark)
        heading = _HEADING.fullmatch(element.tag)
        if heading and context.role in (Role.TEXT, Role.LIST_ITEM):
            context = replace(context, role=Role.HEADING, level=int(heading.group(1)))
        style = element.get("style") or ""
        if element.tag == "center" or (element.get("align") or "").lower() == "center" or _CENTRED.search(style):
            context = replace(context, centred=True)
        return context

    def _line_break(self, context: _Context) -> None:
        """One <br> is a space; two in a row end the paragraph."""
        if self._break:
            self.flush(context)
        elif self._text:
            self._break = True

    def _add(self, text: str | None, element: HtmlElement, context: _Context) -> None:
        if not text or not (text.strip() or self._text):
            return
        if self._break and text.strip():
            if _INDENT.match(text):
                self.flush(context)  # old pages set each paragraph as an indented line
            else:
                self._text.add_break()
            self._break = False
        if not self._text:
            self._line = element.sourceline or self._line
        self._text.add(text)

    def _aside(self, text: str, reason: str, element: HtmlElement) -> None:
        text = " ".join(text.split())
        if text:
            self.set_aside.append(SetAside(text, reason, f"line {(element.sourceline or 1) + self._offset}"))


def _reason_to_set_aside(element: HtmlElement) -> str:
    if element.get("hidden") is not None or _HIDDEN.search(element.get("style") or ""):
        return "hidden"
    if (element.get("role") or "") == "navigation":
        return "navigation"
    return _SET_ASIDE.get(element.tag, "")


def _is_layout(table: HtmlElement) -> bool:
    """Whether a table only places blocks on the page: other tables in it, or never two filled cells in a row."""
    if table.get("role") == "presentation" or table.find(".//table") is not None:
        return True
    rows = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    return all(sum(bool("".join(cell.itertext()).strip()) for cell in row) < 2 for row in rows)


def _draws_no_grid(table: HtmlElement) -> bool:
    """Whether a small table has neither borders nor headings: above all text it sets a letterhead."""
    bordered = table.get("border") not in (None, "0") or "border" in (table.get("style") or "")
    small = table.find(".//th") is None and len(list(table.iter("tr"))) <= _LETTERHEAD_ROWS
    return small and not bordered and bool(table.xpath("boolean(following::text()[normalize-space()])"))


def _without_mark(text: str, mark: str) -> tuple[str, int]:
    """Return a note's text without the mark it begins with, and how many characters went."""
    printed = "[" + "".join(re.escape(variant) for variant in {*mark, *superscript(mark)}) + "]"
    match = re.match(rf"[\[(（〔]?{printed}{{{len(mark)}}}(?!\w)[\])）〕]?[.:、]?\s*", text)
    return (text[match.end() :], match.end()) if match else (text, 0)


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else default
