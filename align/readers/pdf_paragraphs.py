"""Lines of PDF pages to paragraphs: spacing, indents, how full a line is, and what goes on over the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from align.document import FootnoteReference
from align.readers.pdf_joins import HYPHENATED, SHARED_MARKS, Words, joined
from align.readers.pdf_lines import Line
from align.readers.raw import RawBlock, Role
from align.readers.wrapping import STARTS_BLOCK, is_wide

_SAME_SIZE = 0.07
_WIDE_LEADING = 1.28  # of the usual distance between lines: a gap between paragraphs
_OPEN_LEADING = 1.42
_INDENT = 0.8  # of the size
_HEADING_SIZE = 1.12  # of the body's
_HEADING_LINES = 4
_ENDS = re.compile(r"[.!?;:。！？；：…][”’」』）)\"'\]]*$")
_CLOSED = re.compile(r"[.!?;。！？；][”’」』）)\"'\]]*$")
_NUMBERED = re.compile(rf"{STARTS_BLOCK.pattern}|\d+/\d+\.", re.VERBOSE)  # "73/3." is a resolution's
_FIRST_TOKEN = re.compile(r"\S+")
_LOWER = re.compile(r"[a-z]+")
_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")


@dataclass(frozen=True, slots=True)
class Measures:
    """What is usual in the document: the text's size, and for each page and column the edges of its lines (points)."""

    size: float
    leading: dict[int, float]  # by rounded size
    edges: dict[tuple[int, int], tuple[float, float]]
    indent: float  # of a paragraph's first line, in points; 0 where paragraphs have none
    words: Words

    def leading_of(self, size: float) -> float:
        """Return the usual distance of lines set in ``size``."""
        return self.leading.get(round(2 * size), 1.25 * size)


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, while they are gathered."""

    lines: list[Line]
    role: Role = Role.TEXT
    soft: bool = False
    mark: str = ""
    level: int = 0
    centred: bool = False

    @property
    def first(self) -> Line:
        """The first line."""
        return self.lines[0]

    @property
    def last(self) -> Line:
        """The last line."""
        return self.lines[-1]


def body_size(lines: Iterable[Line]) -> float:
    """Return the size in which most characters are set, in points."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def measure(pages: Sequence[Sequence[Line]], size: float) -> Measures:
    """Measure the usual distances, edges and words of a document from the lines of its pages."""
    distances: dict[int, list[float]] = {}
    edges: dict[tuple[int, int], tuple[float, float]] = {}
    words: set[str] = set()
    for lines in pages:
        for before, line in pairwise(lines):
            gap = before.base - line.base
            if abs(before.size - line.size) < _SAME_SIZE * line.size and 0.9 * line.size < gap < 2.2 * line.size:
                distances.setdefault(round(2 * line.size), []).append(gap)
        for line in lines:
            inner = line.text.split(" ")[1:-1]
            words.update(word.lower() for word in _WORD.findall(" ".join(inner)))
    every = [line for lines in pages for line in lines if abs(line.size - size) <= _SAME_SIZE * size]
    for key in {(line.page, line.column) for lines in pages for line in lines}:
        edges[key] = _edges([line for line in every if (line.page, line.column) == key], every, key[1])
    leading = {key: sorted(gaps)[len(gaps) // 4] for key, gaps in distances.items()}
    return Measures(size, leading, edges, _indent(pages, size), Words(frozenset(words), _hyphenates(every)))


def _edges(lines: list[Line], every: list[Line], column: int) -> tuple[float, float]:
    """Return the left and right edge of running text; a page with few lines takes them from the document."""
    lines = [line for line in lines if not line.cell]
    alike = [line for line in every if line.column == column and not line.cell] or every
    if not alike:
        return 0.0, 1e9
    left, right = _left(alike), _right(alike)
    if len(lines) < 12:
        return left, right
    # Pages may be shifted, for binding; their lines are as long as everywhere.
    shifted = _left(lines)
    return shifted, max(_right(lines), shifted + 0.97 * (right - left))


def _left(lines: list[Line]) -> float:
    lefts = Counter(round(line.x0) for line in lines)
    return float(min(x for x, count in lefts.items() if count >= min(max(2, 0.05 * len(lines)), max(lefts.values()))))


def _right(lines: list[Line]) -> float:
    rights = sorted(line.x1 for line in lines)
    return rights[int(0.85 * (len(rights) - 1))]


def _hyphenates(lines: list[Line]) -> bool:
    """Tell whether words are divided at line ends: few documents have a compound at one line end in thirty."""
    return sum(HYPHENATED.search(line.text) is not None for line in lines) > max(2, len(lines) / 30)


def _indent(pages: Sequence[Sequence[Line]], size: float) -> float:
    """Return by how much a line stands in from the line below it, where that is how paragraphs begin; else 0."""
    steps: Counter[int] = Counter()
    hanging = 0
    for lines in pages:
        for before, line in pairwise(lines):
            if before.cell or line.cell or abs(line.size - size) > _SAME_SIZE * size:
                continue
            step = before.x0 - line.x0
            if step > _INDENT * size:
                steps[round(step)] += 1
            hanging += step < -_INDENT * size
    if steps.total() < 3 or steps.total() <= 0.6 * hanging:
        return 0.0
    return float(steps.most_common(1)[0][0])


def paragraphs(lines: Sequence[Line], measures: Measures) -> list[Paragraph]:
    """Gather the lines of one page to paragraphs."""
    found: list[Paragraph] = []
    for line in lines:
        if found and _goes_on(found[-1], line, measures):
            found[-1].lines.append(line)
        else:
            found.append(Paragraph([line]))
    return found


def _goes_on(paragraph: Paragraph, line: Line, measures: Measures) -> bool:
    before = paragraph.last
    if line.box and line.box == before.box:
        return True
    if line.cell or before.cell or line.column != before.column or line.mark:
        return False
    if abs(line.size - before.size) > _SAME_SIZE * max(line.size, before.size) or line.bold != before.bold:
        return _mixed_goes_on(paragraph, line, measures)
    if _stands_apart(before, line, measures):
        return False
    heading = line.size > _HEADING_SIZE * measures.size or line.bold
    gap = before.base - line.base
    # A line with a character from another face stands a little lower; an open sentence bears it.
    closed = heading or _ENDS.search(before.text) or before.text.endswith((",", "，"))
    if not 0 < gap <= (_WIDE_LEADING if closed else _OPEN_LEADING) * measures.leading_of(line.size):
        return False
    if STARTS_BLOCK.match(line.text) if heading else _is_short(before, line, measures):
        return False
    return not _begins_by_indent(paragraph, line, measures)


def _stands_apart(before: Line, line: Line, measures: Measures) -> bool:
    """Tell lines that share no paragraph by where they stand: one left of the other, or both far to the right."""
    left, right = measures.edges[(line.page, line.column)]
    width = right - left
    if line.x1 < before.x0 - 2.5 * line.size or line.x0 > before.x1:
        return True
    inset = min(before.x0, line.x0) - left
    if inset > 0.4 * width and abs(before.x1 - line.x1) < 2 < abs(before.x0 - line.x0):
        return True
    if inset > 0.55 * width and not line.text[0].islower():
        return True  # the corner of a masthead
    centred = _is_centred(before, left, right) and _is_centred(line, left, right)
    return abs(before.x0 - line.x0) > 0.25 * width and not centred


def _mixed_goes_on(paragraph: Paragraph, line: Line, measures: Measures) -> bool:
    """A line that is bold as it happens, or begins bold, inside running text."""
    before = paragraph.last
    if _stands_apart(before, line, measures):
        return False
    if abs(line.size - before.size) > _SAME_SIZE * max(line.size, before.size):
        return False
    gap = before.base - line.base
    close = 0 < gap <= _WIDE_LEADING * measures.leading_of(line.size)
    full = not _is_short(before, line, measures)
    return close and full and not _ENDS.search(before.text) and not _begins_by_indent(paragraph, line, measures)


def _is_short(before: Line, line: Line, measures: Measures) -> bool:
    """Tell whether ``before`` ends early: the first word of ``line`` would have fitted behind it."""
    _, right = measures.edges[(before.page, before.column)]
    token = _FIRST_TOKEN.match(line.text)
    if token is None:
        return False
    width = (line.x1 - line.x0) / max(len(line.text), 1)
    if token[0][0].islower() and not _ENDS.search(before.text) and before.x1 - before.x0 > 0.6 * (line.x1 - line.x0):
        return False  # lines of ragged text differ more than words do
    if is_wide(line.text.lstrip(SHARED_MARKS)[:1] or "“"):
        # A mark that may not begin a line pulls the character before it down; two more may stay unused.
        return right - before.x1 > 3.2 * line.size
    return right - before.x1 > width * (len(token[0]) + 1) + 0.6 * line.size


def _begins_by_indent(paragraph: Paragraph, line: Line, measures: Measures) -> bool:
    before = paragraph.last
    step = line.x0 - before.x0
    margin = _INDENT * line.size
    if step > margin:
        hanging = len(paragraph.lines) == 1 and _NUMBERED.match(before.text) is not None
        left = measures.edges[(line.page, line.column)][0]
        if hanging and before.x0 < left - margin and not STARTS_BLOCK.match(line.text):
            return False  # the number hangs out to the left of the text
        # The second line of a hanging indent stands further in than its number; the first of an indented one does too.
        return not (hanging and (line.x0 - left > 2.5 * margin or not measures.indent)) or bool(
            STARTS_BLOCK.match(line.text)
        )
    if abs(step) <= margin and len(paragraph.lines) == 1 and measures.indent:
        left = measures.edges[(line.page, line.column)][0]
        return abs(line.x0 - left - measures.indent) < 0.2 * line.size  # its second line would go back to the left
    if step < -margin:
        return len(paragraph.lines) > 1 and bool(_ENDS.search(before.text) or STARTS_BLOCK.match(line.text))
    return False


def join_pages(pages: Sequence[list[Paragraph]], measures: Measures) -> None:
    """Move the lines that a page begins with to the paragraph of the page before, where they plainly go on with it.

    Where that is likely but not plain the earlier piece is marked soft.
    """
    previous: Paragraph | None = None
    for found in pages:
        if not found:
            continue
        if previous is not None:
            verdict = _goes_over(previous, found[0], measures)
            if verdict == "joined":
                moved = found.pop(0)
                previous.lines += moved.lines
            elif verdict == "soft":
                previous.soft = True
        if found:
            previous = found[-1]


def _goes_over(before: Paragraph, after: Paragraph, measures: Measures) -> str:
    last, first = before.last, after.first
    if last.cell or first.cell or first.mark or abs(last.size - first.size) > _SAME_SIZE * last.size:
        return ""
    if _is_heading(after, measures) or _is_heading(before, measures):
        return ""
    left = measures.edges[(first.page, first.column)][0]
    indented = first.x0 - left > _INDENT * first.size and len(before.lines) > 1 and first.x0 - last.x0 > 1
    starts = STARTS_BLOCK.match(first.text) is not None and not (last.x0 < first.x0)
    open_end = not _ENDS.search(last.text)
    lower = _LOWER.match(first.text) is not None
    if (open_end or lower) and not indented and (lower or not starts):
        comma = last.text.endswith((",", "，"))
        if comma and not lower and _is_short(last, first, measures):
            return ""
        return "joined" if lower or not _is_short(last, first, measures) else "soft"
    if not open_end and measures.indent and not indented and not starts:
        # Paragraphs begin with an indent here and this one does not: its sentence only happened to end the page.
        closing = _is_short(last, first, measures)
        return "" if closing or abs(first.x0 - left) > first.size else "joined"
    return "soft" if open_end and not last.text.endswith((",", "，")) else ""


def _is_heading(paragraph: Paragraph, measures: Measures) -> bool:
    if len(paragraph.lines) > _HEADING_LINES or any(line.cell for line in paragraph.lines):
        return False
    larger = min(line.size for line in paragraph.lines) >= _HEADING_SIZE * measures.size
    if larger:
        return True
    return all(line.bold for line in paragraph.lines) and not _CLOSED.search(paragraph.last.text)


def set_roles(found: Sequence[Paragraph], measures: Measures) -> None:
    """Mark headings with their level, centred lines, and cells of tables."""
    sizes = sorted({round(p.first.size) for p in found if _is_heading(p, measures)}, reverse=True)
    for paragraph in found:
        first = paragraph.first
        left, right = measures.edges[(first.page, first.column)]
        paragraph.centred = not first.cell and all(_is_centred(line, left, right) for line in paragraph.lines)
        if _is_heading(paragraph, measures):
            paragraph.role, paragraph.level = Role.HEADING, min(sizes.index(round(first.size)) + 1, 6)
    _mark_cells(found)


def _is_centred(line: Line, left: float, right: float) -> bool:
    inset = min(line.x0 - left, right - line.x1)
    width = right - left
    return inset > max(1.5 * line.size, 0.07 * width) and abs((line.x0 - left) - (right - line.x1)) < 0.05 * width


def _mark_cells(found: Sequence[Paragraph]) -> None:
    """A table is at least two divided rows, one after the other, whose second parts begin at the same place."""
    for position, paragraph in enumerate(found):
        if not paragraph.first.cell:
            continue
        if paragraph.first.box:
            paragraph.role = Role.CELL
            continue
        near = found[max(0, position - 8) : position + 9]
        partners = [
            other
            for other in near
            if other.first.cell == paragraph.first.cell
            and other.first.number != paragraph.first.number
            and other.first.page == paragraph.first.page
            and abs(other.first.x0 - paragraph.first.x0) < 4
            and abs(other.first.base - paragraph.first.base) < 5 * paragraph.first.size
            and other.first.size == paragraph.first.size
        ]
        if partners:
            paragraph.role = Role.CELL


def block(paragraph: Paragraph, measures: Measures) -> RawBlock:
    """Join a paragraph's lines to a block of text."""
    text = ""
    references: list[FootnoteReference] = []
    for line in paragraph.lines:
        text, start = joined(text, line.text, measures.words)
        references += [replace(reference, offset=reference.offset + start) for reference in line.references]
    return RawBlock(
        text=text,
        place=paragraph.first.place,
        role=paragraph.role,
        level=paragraph.level,
        mark=paragraph.mark,
        footnotes=tuple(references),
        page=paragraph.first.page,
        centred=paragraph.centred,
        soft=paragraph.soft,
    )
