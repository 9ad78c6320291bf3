"""Characters of a page to lines in reading order: superscripts taken out, columns told from table cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from align.document import FootnoteReference
from align.readers.pdf_page import Glyph, Page
from align.readers.wrapping import is_wide

_SAME_BASELINE = 0.25  # of the size
_WORD_GAP = 0.18  # of the size: a narrower gap is letter spacing; Times has word spaces of 0.25
_WIDE_GAP = 0.45  # between two characters of which one is Han
_SEGMENT_GAP = 3.0  # of the size: a wider gap divides columns or cells
_MIN_GUTTER = 9.0  # points
_SUPERSCRIPT_SIZE, _SUPERSCRIPT_RISE = 0.8, 0.12  # of the size of the line
_MARK = re.compile(r"\d{1,3}|\*{1,4}|[†‡§]{1,2}")
_ENUMERATOR = re.compile(
    r"[(（]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,5}|[一二三四五六七八九十]{1,3})[.)）、．]|\d+/\d+\.|[•·–—-]"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line, or the part of it between two wide gaps. ``mark`` is a superscript that it begins with.

    Coordinates are in points from the page's lower left corner; ``number`` counts the page's rows from 1 at the top.
    """

    text: str
    references: tuple[FootnoteReference, ...]
    mark: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    page: int
    number: int
    cell: int = 0  # 0 stands alone in its row, 1, 2, … are the segments of a divided row
    column: int = 0  # of a page set in columns
    box: tuple[int, int] | None = None  # of a table with drawn borders: left and upper edge

    @property
    def place(self) -> str:
        """Where a person finds the line."""
        return f"page {self.page}, line {self.number}"


def page_lines(page: Page) -> list[Line]:
    """Return the lines of a page in reading order."""
    rows = _rows(page.glyphs)
    gutter = _gutter(rows, page.width)
    lines = [line for number, row in enumerate(rows, start=1) for line in _segments(row, page, number, gutter)]
    return _in_boxes(_in_columns(_with_fallen_marks(lines), gutter))


def _with_fallen_marks(lines: list[Line]) -> list[Line]:
    """Give a mark that slipped to a line of its own back to the line before, which had no room for it."""
    kept: list[Line] = []
    for line in lines:
        before = kept[-1] if kept else None
        small = before is not None and line.size <= _SUPERSCRIPT_SIZE * before.size
        if before and small and _MARK.fullmatch(line.text) and before.base - line.base < 2 * before.size:
            mark = FootnoteReference(line.text, len(before.text))
            kept[-1] = replace(before, references=(*before.references, mark))
        else:
            kept.append(line)
    return kept


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Gather characters by baseline, from the top; what is small and raised joins the row that it hangs on."""
    rows: list[list[Glyph]] = []
    bases: list[float] = []
    for glyph in sorted((g for g in glyphs if g.text != " "), key=lambda g: (-g.base, g.x0)):
        if rows and bases[-1] - glyph.base <= _SAME_BASELINE * max(glyph.size, 1.0):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            bases.append(glyph.base)
    rows = _hang_superscripts(rows)
    return _with_spaces(rows, [g for g in glyphs if g.text == " "])


def _hang_superscripts(rows: list[list[Glyph]]) -> list[list[Glyph]]:
    """Merge a row of small raised characters into the row below whose letters it touches."""
    merged: list[list[Glyph]] = []
    for row in rows:
        above = merged[-1] if merged else None
        if above is not None:
            small, large = median(g.size for g in above), median(g.size for g in row)
            rise = above[0].base - row[0].base
            if small <= _SUPERSCRIPT_SIZE * large and _SUPERSCRIPT_RISE * large < rise < 0.7 * large:
                reach = 0.6 * large
                if all(any(-reach < g.x0 - h.x1 < reach or -reach < h.x0 - g.x1 < reach for h in row) for g in above):
                    merged[-1] = above + row
                    continue
        merged.append(row)
    return merged


def _with_spaces(rows: list[list[Glyph]], spaces: list[Glyph]) -> list[list[Glyph]]:
    """Put the file's own spaces into the rows by baseline, and sort each row from left to right."""
    by_base: dict[int, list[Glyph]] = {}
    for space in spaces:
        by_base.setdefault(round(space.base), []).append(space)
    full = []
    for row in rows:
        bases = {round(g.base) + d for g in row for d in (-1, 0, 1)}
        near = [s for base in bases for s in by_base.get(base, ()) if any(abs(s.base - g.base) < 0.5 for g in row)]
        full.append(sorted([*row, *near], key=lambda g: (g.x0, g.text != " ")))
    return full


def _segments(row: list[Glyph], page: Page, number: int, gutter: float | None) -> list[Line]:
    """Divide a row at its wide gaps and where a table's border runs, but not after a number that only stands out."""
    size = _main_size(row)
    widest = _SEGMENT_GAP * size + _tracking(row)
    base = median(g.base for g in row)
    bars = sorted(bar.x for bar in page.bars if bar.y0 - 1 <= base + 0.3 * size <= bar.y1 + 1)
    walls = bars if gutter is None else [*bars, gutter]
    pieces: list[list[Glyph]] = [[]]
    right = None
    for glyph in row:
        if glyph.text != " ":
            if right is not None and any(right - 1 < x < glyph.x0 + 1 for x in walls):
                pieces.append([])
            elif right is not None and glyph.x0 - right > widest:
                so_far = "".join(g.text for g in pieces[-1]).strip()
                if (
                    not (len(pieces) == 1 and _ENUMERATOR.fullmatch(so_far))
                    or glyph.x0 - right > 3 * _SEGMENT_GAP * size
                ):
                    pieces.append([])
            right = glyph.x1 if right is None else max(right, glyph.x1)
        pieces[-1].append(glyph)
    found = [line for piece in pieces if (line := _line(piece, page.number, number)) is not None]
    found = [replace(line, box=_box(line, bars, page)) for line in found]
    if len(found) < 2 and not any(line.box for line in found):
        return found
    return [replace(line, cell=cell) for cell, line in enumerate(found, start=1)]


def _box(line: Line, bars: list[float], page: Page) -> tuple[int, int] | None:
    """Return the left and upper border of the cell that a line stands in, if borders are drawn on both sides."""
    left = [x for x in bars if x <= line.x0 + 1]
    if not left or not any(x >= line.x1 - 1 for x in bars):
        return None
    above = [rule.y for rule in page.rules if rule.y > line.base and rule.x0 - 1 <= line.x0 <= rule.x1 + 1]
    return (round(left[-1]), round(min(above))) if above else None


def _in_boxes(lines: list[Line]) -> list[Line]:
    """Bring the lines of bordered cells together, cell by cell and row by row."""
    ordered: list[Line] = []
    table: list[Line] = []
    for line in [*lines, None]:
        if line is not None and line.box:
            table.append(line)
            continue
        ordered += sorted(table, key=lambda cell: (-cell.box[1], cell.box[0], -cell.base) if cell.box else (0, 0, 0.0))
        table = []
        if line is not None:
            ordered.append(line)
    return ordered


def _main_size(glyphs: Iterable[Glyph]) -> float:
    return median(g.size for g in glyphs if g.text != " ")


def _line(glyphs: list[Glyph], page: int, number: int) -> Line | None:
    printed = [g for g in glyphs if g.text != " "]
    if not printed:
        return None
    size = max(_main_size(printed), 0.75 * _main_size(sorted(printed, key=lambda g: g.size)[len(printed) // 2 :]))
    base = median(g.base for g in printed if g.size > _SUPERSCRIPT_SIZE * size)
    text, marks = _text(glyphs, size, base)
    lead = ""
    if not text:  # nothing but raised characters
        text, marks = " ".join(mark.mark for mark in marks) or "".join(g.text for g in printed), []
    if marks and marks[0].offset == 0 and text:
        lead, marks = marks[0].mark, marks[1:]
    body = [g for g in printed if g.size > _SUPERSCRIPT_SIZE * size] or printed
    bold = sum(g.bold for g in body) > 0.9 * len(body)
    x0, x1 = min(g.x0 for g in printed), max(g.x1 for g in printed)
    return Line(text, tuple(marks), lead, x0, x1, base, size, bold, page, number)


def _text(glyphs: list[Glyph], size: float, base: float) -> tuple[str, list[FootnoteReference]]:
    """Join characters to text; raised marks leave it and become references."""
    text = ""
    raised: list[tuple[str, int]] = []
    before: Glyph | None = None
    pending_space = False
    tracking = _tracking(glyphs)
    for glyph in glyphs:
        if glyph.text == " ":
            pending_space = True
            continue
        if glyph.size <= _SUPERSCRIPT_SIZE * size and glyph.base - base > _SUPERSCRIPT_RISE * size:
            offset = len(text.rstrip())
            joined = raised and raised[-1][1] == offset and not pending_space
            raised[-1:] = [(raised[-1][0] + glyph.text, offset)] if joined else [*raised[-1:], (glyph.text, offset)]
            pending_space = False
            before = glyph
            continue
        if text and before is not None and not text.endswith(" ") and _apart(before, glyph, pending_space, tracking):
            text += " "
        text += glyph.text
        before, pending_space = glyph, False
    return _sorted_out(text.strip(), raised)


def _apart(before: Glyph, glyph: Glyph, spaced: bool, tracking: float) -> bool:
    gap = glyph.x0 - before.x1 - tracking
    wide = is_wide(before.text[-1]) or is_wide(glyph.text[0])
    if spaced:
        # Word sets spaces of no width between Han and digits; a real one shows.
        return not wide or gap > 0.08 * glyph.size
    return gap > (_WIDE_GAP if wide else _WORD_GAP) * glyph.size


def _sorted_out(text: str, raised: list[tuple[str, int]]) -> tuple[str, list[FootnoteReference]]:
    """Keep as references what looks like marks; put back "m²" and "1st"."""
    references: list[FootnoteReference] = []
    shift = 0
    for mark, offset in raised:
        place = offset + shift
        stripped = mark.strip(",， ")
        unit = stripped in ("2", "3") and re.search(r"(?<![A-Za-z])(?:[kcmd]?m|ft)$", text[:place]) is not None
        parts = re.split(r"[,，]", stripped)
        if not unit and all(_MARK.fullmatch(part) for part in parts):
            references += [FootnoteReference(part, place) for part in parts]
            continue
        back = mark.translate(str.maketrans("23", "²³")) if unit else mark
        text = text[:place] + back + text[place:]
        shift += len(back)
    return text, references


def _in_columns(lines: list[Line], gutter: float | None) -> list[Line]:
    """Reorder a page that is plainly set in two columns; lines across both divide it into bands."""
    if gutter is None:
        return lines
    ordered: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if line.x0 < gutter < line.x1:
            ordered += [*left, *right, line]
            left, right = [], []
        elif line.x1 <= gutter:
            left.append(replace(line, cell=0, column=1))
        else:
            right.append(replace(line, cell=0, column=2))
    return [*ordered, *left, *right]


def _gutter(rows: list[list[Glyph]], width: float) -> float | None:
    """Return the middle of the gap between two columns of running text, if there is one; cells are narrower."""
    printed = [[glyph for glyph in row if glyph.text != " "] for row in rows]
    best: tuple[float, float] | None = None
    for x in range(int(0.4 * width), int(0.6 * width), 2):
        sides = _sides(printed, x)
        if sides is None:
            continue
        left, right = sides
        if min(_common_width(left), _common_width(right)) < 0.28 * width:
            continue
        ends, starts = sorted(b for _, b in left), sorted(a for a, _ in right)
        near, far = ends[int(0.9 * (len(ends) - 1))], starts[int(0.1 * (len(starts) - 1))]
        if far - near > max(_MIN_GUTTER, *(best or (0.0,))[:1]):
            best = (far - near, (near + far) / 2)
    return None if best is None else best[1]


def _common_width(extents: list[tuple[float, float]]) -> float:
    """Return the width that a third of the lines reach: of running text most do, of cells and lists hardly any."""
    widths = sorted(end - start for start, end in extents)
    return widths[int(0.67 * (len(widths) - 1))]


def _sides(rows: list[list[Glyph]], x: float) -> tuple[list[tuple[float, float]], list[tuple[float, float]]] | None:
    """Return the extents of what stands left and right of ``x``, or None if too many rows go across it."""
    left: list[tuple[float, float]] = []
    right: list[tuple[float, float]] = []
    across = 0
    for row in rows:
        before = [glyph for glyph in row if glyph.x0 < x]
        after = [glyph for glyph in row if glyph.x0 >= x]
        gap = min(g.x0 for g in after) - max(g.x1 for g in before) if before and after else _MIN_GUTTER + 1
        if (before and max(g.x1 for g in before) > x) or gap - _tracking(row) < _MIN_GUTTER:
            across += 1
            continue
        if before:
            left.append((before[0].x0, max(g.x1 for g in before)))
        if after:
            right.append((min(g.x0 for g in after), after[-1].x1))
    return (left, right) if min(len(left), len(right)) >= 8 and across <= 0.25 * len(rows) else None


def _tracking(glyphs: Sequence[Glyph]) -> float:
    """Return by how much the letters of a row are set apart, in points; 0 for ordinary text."""
    printed = [glyph for glyph in glyphs if glyph.text != " "]
    gaps = sorted(glyph.x0 - before.x1 for before, glyph in pairwise(printed))
    usual = gaps[len(gaps) // 2] if len(gaps) >= 4 else 0.0
    return usual if usual > 0.12 * printed[0].size else 0.0
