"""The marks of Word's footnotes and endnotes, counted as Word counts them (ECMA-376 part 1, 17.11)."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.etree import _Element

from align.readers.docx_xml import W, attribute, children, integer, value
from align.readers.numbers import format_number

FOOTNOTE, ENDNOTE = "footnote", "endnote"
_DEFAULT_STYLES = {FOOTNOTE: "decimal", ENDNOTE: "lowerRoman"}


@dataclass(frozen=True, slots=True)
class NoteReference:
    """A reference in document order: which note it leads to, its mark, and whether the mark was typed by hand."""

    kind: str
    note: str
    mark: str
    custom: bool


class NoteMarks:
    """Gives each reference its mark; `section` is to be raised at each section's end."""

    def __init__(self, body: _Element, settings: _Element | None) -> None:
        self.references: list[NoteReference] = []
        self.section = 0
        self._sections = list(body.iter(f"{W}sectPr"))
        self._settings = settings
        self._counts: dict[str, int] = {}
        self._counted_in = 0

    def add(self, kind: str, note: str, custom: str = "") -> str:
        """Record a reference to ``note`` and return its mark, ``custom`` or the next in the section's style."""
        mark = custom or format_number(self._next(kind), self._property(kind, "numFmt") or _DEFAULT_STYLES[kind])
        self.references.append(NoteReference(kind, note, mark, bool(custom)))
        return mark

    def _next(self, kind: str) -> int:
        """Return the next number. Restarts by page are not followed: only a layout engine knows the pages."""
        restarts = self._property(kind, "numRestart") == "eachSect" and self.section != self._counted_in
        self._counted_in = self.section
        if kind not in self._counts or restarts:
            self._counts[kind] = integer(self._property(kind, "numStart"), 1)
        else:
            self._counts[kind] += 1
        return self._counts[kind]

    def _property(self, kind: str, name: str) -> str:
        """Return a property of the section's notes, or of all the document's."""
        section = self._sections[self.section] if self.section < len(self._sections) else None
        return value(section, f"{kind}Pr", name) or value(self._settings, f"{kind}Pr", name)


def note_bodies(root: _Element | None, kind: str) -> dict[str, _Element]:
    """Return the notes of a footnotes or endnotes part by their ids, without Word's separator lines."""
    if root is None:
        return {}
    return {attribute(item, "id"): item for item in children(root, kind) if attribute(item, "type") in ("", "normal")}
