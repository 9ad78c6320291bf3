"""Markup that converters leave in text: Markdown, inline HTML, raised reference marks.

The marks of references leave the text as ``FootnoteReference``s; every other piece of markup is listed as removed.
"""

from __future__ import annotations

import html
from dataclasses import replace

import regex

from align.readers.raw import RawBlock, Role
from align.structure.numbering import label_of
from align.structure.pieces import Label, Piece, Removed
from align.structure.rich import RichText

# Characters without a glyph: zero-width spaces and joiners, the byte order mark, soft hyphens, directional marks.
INVISIBLE = regex.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1f]+")
SPACES = regex.compile(r"[^\S\n]+")

HEADING = regex.compile(r"^\s{0,3}(#{1,6})\s+(?=\S)")
HEADING_END = regex.compile(r"\s+#+\s*$")
QUOTE = regex.compile(r"^\s{0,3}(?:>\s?)+(?=\S)")
# A dash or a dot before a list item; "*" is a bullet only if no note is marked so (see ``align.structure.notes``).
BULLET = regex.compile(r"^\s*(?:[-•·▪◦‣●○■□◆]|–)\s+(?=\S)(?!\d{1,4}\s*[-–—]\s*$)")

BULLET_LABEL = regex.compile(r"^\s*[^\p{L}\p{N}\s]+\s*$")

ESCAPE = regex.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|&<])")
# An escaped character must not be read as markup: it waits in the private use area and comes back at the end.
SHIELDED = regex.compile(r"[\U0010ff00-\U0010ff7f]")
_SHIELD = 0x10FF00

LINK = regex.compile(r"!?\[([^\[\]\n]*)\]\(((?:[^()\s]|\([^()\s]*\))*)(?:\s+\"[^\"\n]*\")?\)")
# What stands in the round brackets must look like an address, or "[on the report](A/67/458)" would lose it.
ADDRESS = regex.compile(r"(?:https?://|mailto:|www\.|[#/.]|[\w.-]+\.(?:html?|pdf|md|org|com|int)\b)", regex.IGNORECASE)
BOLD = regex.compile(r"(\*\*\*|\*\*|___|__)(?=\S)((?:(?!\1).)+?)(?<=\S)\1")
ITALIC = regex.compile(r"(?<![^\s(（“\"：:])([*_])(?=[^\s*_])(?!\d+\*)([^*_\n]+?)(?<=[^\s*_])\1(?![\p{Latin}\d*_])")
TAG = regex.compile(
    r"<!--.*?-->|</?(?:b|i|em|strong|u|s|sub|span|font|small|a|p|div|br|center|table|tr|td|th|img)\b[^<>]*>",
    regex.IGNORECASE,
)
ENTITY = regex.compile(r"&(?:amp|lt|gt|quot|nbsp|apos|#\d{1,6}|#x[\da-fA-F]{1,6});")

_MARK = r"(?:\d{1,3}|[a-z]|\*{1,4}|[†‡§]{1,3}|[ivx]{1,5})"
SUP = regex.compile(rf"<sup>\s*(?:\[|\()?({_MARK}(?:\s*[,，、]\s*{_MARK})*)(?:\]|\))?\s*</sup>", regex.IGNORECASE)
SUP_OTHER = regex.compile(r"<sup>([^<>]*)</sup>", regex.IGNORECASE)
CARET = regex.compile(r"\[\^([^\s\]]{1,12})\](:?)")
RAISED = regex.compile(r"([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
# Raised digits that are no reference: units of area and volume, powers of ten.
UNIT_BEFORE = regex.compile(r"(?:\b[kcmd]?m|公里|米|(?<!\d)10|[×x]\s?10)$")
_FROM_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_TO_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MARK_SEPARATOR = regex.compile(r"\s*[,，、]\s*")


def clean(block: RawBlock, removed: Removed) -> Piece:
    """One block as a piece: markup out, references lifted, what was a heading, quotation or list mark noted."""
    content = RichText(block.text, block.footnotes)
    content = content.substitute(INVISIBLE, lambda match: _drop(match, removed))
    piece = Piece(
        content,
        block.place,
        role=block.role,
        level=block.level,
        mark=block.mark,
        page=block.page,
        centred=block.centred,
        soft=block.soft,
        label=_label(block.label),
        bullet=bool(BULLET_LABEL.match(block.label)),
    )
    if block.label:
        number = "" if piece.label is None else piece.label.number
        removed.markup.extend(set(block.label.strip()) - set(number) - {" "})
    if piece.is_note and piece.label is not None:
        removed.markup.extend([piece.label.number] if piece.mark else [])
        piece = replace(piece, mark=piece.mark or piece.label.number, label=None)
    piece = _line_marks(piece, removed)
    content = piece.content.substitute(ESCAPE, lambda match: _shield(match, removed))
    content = _references(content, removed)
    content = _inline(content, removed)
    content = content.substitute(SHIELDED, lambda match: chr(ord(match[0]) - _SHIELD))
    return replace(piece, content=content.substitute(SPACES, " ").strip())


def _label(printed: str) -> Label | None:
    return None if BULLET_LABEL.match(printed) else label_of(printed)


def _line_marks(piece: Piece, removed: Removed) -> Piece:
    """Take the marks off that stand at the beginning of a line: ``#``, ``>``, a bullet."""
    content = piece.content.substitute(QUOTE, lambda match: _drop(match, removed))
    heading = HEADING.match(content.text)
    if heading is not None:
        removed.markup.append(heading[1])
        content = content.after(heading.end()).substitute(HEADING_END, lambda match: _drop(match, removed))
        return replace(piece, content=content, role=Role.HEADING, level=len(heading[1]))
    bullet = BULLET.match(content.text)
    if bullet is not None and piece.role is not Role.CELL:
        removed.markup.append(bullet[0].strip())
        return replace(piece, content=content.after(bullet.end()), bullet=True)
    return replace(piece, content=content)


def _references(content: RichText, removed: Removed) -> RichText:
    def sup(match: regex.Match[str]) -> tuple[str, ...]:
        if UNIT_BEFORE.search(match.string[: match.start()]):
            return ()
        removed.markup.append("<sup></sup>" + "".join(MARK_SEPARATOR.findall(match[1])))
        return tuple(MARK_SEPARATOR.split(match[1]))

    def caret(match: regex.Match[str]) -> tuple[str, ...]:
        removed.markup.append("[^]" + match[2])
        return (match[1],)

    def raised(match: regex.Match[str]) -> tuple[str, ...]:
        return () if UNIT_BEFORE.search(match.string[: match.start()]) else (match[1].translate(_FROM_RAISED),)

    content = content.lift(SUP, sup).lift(CARET, caret).lift(RAISED, raised)
    return content.substitute(SUP_OTHER, lambda match: _unwrap_sup(match, removed))


def _inline(content: RichText, removed: Removed) -> RichText:
    def link(match: regex.Match[str]) -> bool:
        if not ADDRESS.match(match[2]):
            return False
        removed.markup.append(match[0].replace(match[1], "", 1) if match[1] else match[0])
        return True

    def emphasis(match: regex.Match[str]) -> bool:
        removed.markup.append(match[1] * 2)
        return True

    content = content.unwrap(LINK, 1, link).unwrap(BOLD, 2, emphasis).unwrap(ITALIC, 2, emphasis)
    content = content.substitute(TAG, lambda match: _drop(match, removed, " " if _breaks(match[0]) else ""))

    def entity(match: regex.Match[str]) -> str:
        removed.markup.append(match[0])
        return html.unescape(match[0])

    return content.substitute(ENTITY, entity)


def _breaks(tag: str) -> bool:
    return tag.lower().lstrip("</").startswith(("br", "p", "div", "tr", "td", "th"))


def _drop(match: regex.Match[str], removed: Removed, instead: str = "") -> str:
    removed.markup.append(match[0])
    return instead


def _shield(match: regex.Match[str], removed: Removed) -> str:
    removed.markup.append("\\")
    return chr(ord(match[1]) + _SHIELD)


def _unwrap_sup(match: regex.Match[str], removed: Removed) -> str:
    """``19<sup>th</sup>`` keeps its letters, ``10<sup>6</sup>`` becomes 10⁶."""
    removed.markup.append("<sup></sup>")
    raised: str = match[1].translate(_TO_RAISED) if match[1].strip().isdecimal() else match[1]
    return raised
