"""Plain text to blocks: one paragraph a line, or paragraphs between empty lines, wrapped by hand or not.

Which of these a file is, is told from the file as a whole; see `Layout`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from align.readers.raw import RawBlock, RawDocument
from align.readers.wrapping import MAX_WRAP_COLUMNS, STARTS_BLOCK, Wrap, columns, ends_open, find_wrap, join_all

_PAGE_BREAK_LINES = 2  # so many empty lines in a row stand for the end of a page in converted text
_INDENT = re.compile(r"\u3000{1,4}|[ \t]{2,}\S|[ \t\u00a0]*\u3000{2}")
_LIST_GOES_ON = "、，,"
_NEARLY_FULL = 0.7  # of the wrap width: a centred title breaks early
_MIN_LOCAL_WRAP = 50  # columns: shorter lines in a loose group are lines of their own (a letterhead, an address)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that has text: its number from 1, its text, the empty lines above it, and its page from 1."""

    number: int
    text: str
    gap: int
    page: int


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file sets its paragraphs."""

    wrap: Wrap
    spaced: bool  # empty lines separate paragraphs
    paged: bool  # runs of empty lines or form feeds show where pages ended
    form_feeds: bool
    indented: bool  # a paragraph's first line is indented and the others are not


def read_plain(text: str, source: str) -> RawDocument:
    """Return the blocks of a text with "\\n" line ends; ``place`` is "line 12", the block's first line from 1."""
    return RawDocument(blocks=tuple(text_blocks(text)), source=source)


def text_blocks(text: str, first_line: int = 1) -> Iterator[RawBlock]:
    """Yield the blocks of ``text`` in order; ``first_line`` is the number of its first line in the file."""
    lines = _lines(text, first_line)
    if not lines:
        return
    layout = _layout(lines)
    pieces = [piece for run in _runs(lines, layout) for piece in _pieces(run, layout)]
    for piece in pieces:
        joined = join_all([line.text for line in piece])
        yield RawBlock(
            text=joined,
            place=f"line {piece[0].number}",
            page=piece[0].page if layout.form_feeds else None,
            soft=is_soft(joined, layout.spaced, layout.paged),
        )


def _lines(text: str, first: int) -> list[Line]:
    """Return the lines with text; a form feed ends a page and, wherever it stands, a line."""
    lines: list[Line] = []
    gap, page = 0, 1
    for number, whole in enumerate(text.split("\n"), first):
        pieces = whole.replace("\v", "\f").split("\f")
        for k, piece in enumerate(pieces):
            if k:
                page += 1
                gap = max(gap, _PAGE_BREAK_LINES)
            if piece.strip():
                lines.append(Line(number, piece.rstrip(), gap, page))
                gap = 0
            elif k == len(pieces) - 1:
                gap += 1
    return lines


def _layout(lines: list[Line]) -> Layout:
    groups = _groups(lines)
    wrap = find_wrap([[line.text for line in group] for group in groups])
    sizes = sorted(len(group) for group in groups)
    if wrap.columns:
        spaced = len(groups) > 1 and len(lines) < 25 * len(groups)
    else:
        spaced = len(groups) > 1 and sizes[len(sizes) // 2] <= 3 and len(groups) > 0.2 * len(lines)
    form_feeds = lines[-1].page > 1
    paged = form_feeds or (spaced and any(line.gap > _PAGE_BREAK_LINES - 1 for line in lines[1:]))
    return Layout(wrap=wrap, spaced=spaced, paged=paged, form_feeds=form_feeds, indented=_is_indented(lines))


def _is_indented(lines: list[Line]) -> bool:
    """Whether paragraphs begin with an indent, unlike lists, whose items begin at the margin and go on indented."""
    margin = [line for line in lines if not _INDENT.match(line.text)]
    hanging = sum(bool(STARTS_BLOCK.match(line.text)) for line in margin)
    return 0.03 * len(lines) < len(lines) - len(margin) < 0.8 * len(lines) and hanging < 0.2 * len(margin)


def _groups(lines: list[Line]) -> list[list[Line]]:
    """Return the lines between empty lines."""
    groups: list[list[Line]] = []
    for line in lines:
        if line.gap or not groups:
            groups.append([])
        groups[-1].append(line)
    return groups


def _runs(lines: list[Line], layout: Layout) -> list[list[Line]]:
    """Return the lines within which a paragraph may run; empty lines always end it."""
    if layout.spaced or layout.wrap.columns:
        return _groups(lines)
    return [[line] for line in lines]


def _pieces(run: list[Line], layout: Layout) -> Iterator[list[Line]]:
    """Yield the paragraphs of a run as lists of lines."""
    piece = [run[0]]
    for above, line in pairwise(run):
        if _goes_on(above, line, layout):
            piece.append(line)
        else:
            yield piece
            piece = [line]
    yield piece


def _goes_on(above: Line, line: Line, layout: Layout) -> bool:
    """Whether ``line`` continues the paragraph of the line above it."""
    if above.page != line.page:
        return False
    opens = bool(STARTS_BLOCK.match(line.text))
    width = columns(above.text)
    if layout.wrap.columns:
        if layout.indented and _INDENT.match(line.text):
            return False
        if opens and not _in_mid_clause(above.text):
            return False
        nearly_full = layout.spaced and width >= _NEARLY_FULL * layout.wrap.columns and _in_mid_clause(above.text)
        return layout.wrap.is_full(above.text, line.text) or (nearly_full and not opens)
    # Elsewhere only a long line that plainly goes on is joined: a list of sponsors, say.
    goes_on = above.text[-1] in _LIST_GOES_ON or _in_mid_clause(above.text)
    return _MIN_LOCAL_WRAP <= width <= MAX_WRAP_COLUMNS and goes_on and not opens


def _in_mid_clause(text: str) -> bool:
    """Whether ``text`` ends with no punctuation at all, or with the comma of an enumeration."""
    text = text.rstrip()
    return text.endswith("、") or (ends_open(text) and (text[-1].isalnum()))


def is_soft(text: str, spaced: bool, paged: bool) -> bool:
    """Whether a block may go on in the next one: it ends in mid-sentence, in a file where pages end so.

    ``spaced``: empty lines separate paragraphs; ``paged``: the file shows where pages ended. A number on a line of
    its own may belong to the text below it. Where no pages show, only a long block that stops in mid-clause is soft.
    """
    if not ends_open(text):
        return paged and spaced and bool(_BARE_NUMBER.fullmatch(text))
    return paged or (spaced and columns(text) >= _MIN_LOCAL_WRAP and _in_mid_clause(text))


_BARE_NUMBER = re.compile(r"[-*]?\s*[((]?\s?(?:\d{1,3}|[a-z]{1,4}|[一二三四五六七八九十]{1,3})\s?[.、)):]?")
