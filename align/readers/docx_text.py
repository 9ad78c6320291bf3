"""The text of one Word paragraph: runs in order, without field codes, deletions and hidden text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from align.document import FootnoteReference, SetAside
from align.readers.docx_notes import ENDNOTE, FOOTNOTE, NoteMarks
from align.readers.docx_xml import W, attribute, child, children, is_on, local, value
from align.readers.inline import InlineText, superscript

_SPACES = frozenset({"tab", "ptab"})
_LINE_ENDS = frozenset({"br", "cr"})
_WRAPPERS = frozenset({"hyperlink", "ins", "moveTo", "smartTag", "customXml", "fldSimple", "dir", "bdo", "sdtContent"})
_OFF = ("", "0", "false", "off")
_DELETIONS = {"del": "tracked deletion", "moveFrom": "tracked move"}
_SYMBOLS = {"F0B7": "•", "F0A7": "▪", "F0D8": "➢", "F0FC": "✓", "F0FE": "☒", "F0A8": "☐", "F02D": "-", "F020": " "}


@dataclass(frozen=True, slots=True)
class Content:
    """A paragraph's text, its references, and the text boxes anchored in it."""

    text: str
    references: tuple[FootnoteReference, ...]
    boxes: tuple[_Element, ...]


class ParagraphReader:
    """Reads the paragraphs of one story (body, note, header) in order; a field may run over several of them."""

    def __init__(self, marks: NoteMarks | None, set_aside: list[SetAside]) -> None:
        self._marks = marks
        self._set_aside = set_aside
        self._text = InlineText()
        self._boxes: list[_Element] = []
        self._fields: list[bool] = []  # for each open field, whether its result has begun
        self._awaited: tuple[str, str] | None = None  # a reference whose typed mark is yet to come
        self._gone: dict[str, list[str]] = {}  # texts of this paragraph by why they are set aside

    def read(self, paragraph: _Element, place: str) -> Content | None:
        """Return the paragraph's content; None if its end was deleted and it goes on in the next one."""
        for item in paragraph:
            self._walk(item)
        for reason, texts in self._gone.items():
            if text := " ".join("".join(texts).split()):
                self._set_aside.append(SetAside(text, reason, place))
        self._gone.clear()
        properties = child(paragraph, "pPr", "rPr")
        if child(properties, "del") is not None or child(properties, "moveFrom") is not None:
            return None
        text, references = self._text.take()
        boxes, self._boxes = tuple(self._boxes), []
        return Content(text, references, boxes)

    def _walk(self, item: _Element) -> None:
        name = local(item)
        if name == "r":
            self._run(item)
        elif name in _WRAPPERS:
            for inner in item:
                self._walk(inner)
        elif name == "sdt":
            for inner in children(item, "sdtContent"):
                self._walk(inner)
        elif name in _DELETIONS:
            self._aside(_all_text(item), _DELETIONS[name])
        elif name == "AlternateContent":
            for inner in chosen(item):
                self._walk(inner)
        elif name in ("oMath", "oMathPara"):
            self._add("".join(part.text or "" for part in item.iter() if local(part) == "t"))

    def _run(self, run: _Element) -> None:
        properties = child(run, "rPr")
        if is_on(properties, "vanish"):
            self._aside(_all_text(run), "hidden text")
            self._fields_only(run)
            return
        raised = value(properties, "vertAlign") == "superscript"
        custom = self._custom_reference(run)
        for item in run:
            name = local(item)
            if name == "t" and not custom:
                text = item.text or ""
                self._add(superscript(text) if raised else text)
            else:
                self._run_item(name, item)

    def _run_item(self, name: str, item: _Element) -> None:
        if name in _SPACES:
            self._add(" ")
        elif name in _LINE_ENDS:
            self._text.add_break()
        elif name == "noBreakHyphen":
            self._add("-")
        elif name == "sym":
            self._symbol(item)
        elif name == "fldChar":
            self._field(item)
        elif name == "delText":
            self._aside(item.text or "", "tracked deletion")
        elif name in ("footnoteReference", "endnoteReference") and attribute(item, "customMarkFollows") in _OFF:
            self._refer(item)
        elif name == "ruby":
            self._ruby(item)
        elif name in ("drawing", "pict", "object"):
            self._boxes.extend(_boxes(item))
        elif name == "AlternateContent":
            for inner in chosen(item):
                self._run_item(local(inner), inner)

    def _custom_reference(self, run: _Element) -> bool:
        """Take a reference whose mark was typed by hand: the text of its run, or of the next, is the mark."""
        mark = "".join(part.text or "" for part in children(run, "t")).strip()
        for kind in (FOOTNOTE, ENDNOTE):
            item = child(run, f"{kind}Reference")
            if item is not None and attribute(item, "customMarkFollows") not in _OFF:
                self._awaited = (kind, attribute(item, "id"))
        if self._awaited is None or not mark:
            return False
        if self._marks is not None:
            self._text.refer(self._marks.add(*self._awaited, mark))
        self._awaited = None
        return True

    def _refer(self, item: _Element) -> None:
        if self._marks is not None:
            kind = local(item).removesuffix("Reference")
            self._text.refer(self._marks.add(kind, attribute(item, "id")))

    def _field(self, item: _Element) -> None:
        """Follow a field: its code is no text of the document, its result is."""
        match attribute(item, "fldCharType"):
            case "begin":
                self._fields.append(False)
            case "separate" if self._fields:
                self._fields[-1] = True
            case "end" if self._fields:
                self._fields.pop()

    def _fields_only(self, run: _Element) -> None:
        for item in children(run, "fldChar"):
            self._field(item)

    def _symbol(self, item: _Element) -> None:
        code = attribute(item, "char").upper()
        if code in _SYMBOLS:
            self._add(_SYMBOLS[code])
        elif re.fullmatch(r"[0-9A-F]{4}", code) and not code.startswith(("F0", "D8", "D9", "DA", "DB", "DC", "00")):
            self._add(chr(int(code, 16)))
        else:
            self._aside(f"{attribute(item, 'font')} {code}", "symbol")

    def _ruby(self, item: _Element) -> None:
        for run in item.iterfind(f"{W}rubyBase/{W}r"):
            self._run(run)
        for note in children(item, "rt"):
            self._aside(_all_text(note), "ruby")

    def _add(self, text: str) -> None:
        if all(self._fields):
            self._text.add(text)

    def _aside(self, text: str, reason: str) -> None:
        self._gone.setdefault(reason, []).append(text)


def chosen(alternate: _Element) -> list[_Element]:
    """Return the content of mc:AlternateContent that is read: its first choice, else the fallback, never both."""
    options = sorted((item for item in alternate if local(item) in ("Choice", "Fallback")), key=local)
    return list(options[0]) if options else []


def _all_text(element: _Element) -> str:
    """Return all text in ``element``, deleted or not, without field codes."""
    names = ("t", "delText", "tab", "br")
    return "".join((item.text or " ") for item in element.iter() if local(item) in names)


def _boxes(element: _Element) -> Iterator[_Element]:
    """Yield the outermost text boxes in a drawing."""
    for item in chosen(element) if local(element) == "AlternateContent" else element:
        if local(item) == "txbxContent":
            yield item
        else:
            yield from _boxes(item)
