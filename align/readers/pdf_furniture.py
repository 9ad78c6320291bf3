"""What stands around the text of PDF pages: running headers and footers, page numbers, and the notes at the bottom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from align.document import SetAside
from align.readers.pdf_lines import Line
from align.readers.pdf_page import Page

_MARGIN = 0.14  # of the page's height: where headers and footers are looked for
_GAP = 1.7  # of the size: between furniture and text
_MAX_ROWS = 5  # a block of more rows at the edge of a page is text
_SAME_PLACE = 6.0  # points
_SMALLER = 0.93  # of the body's size: notes
_PAGE_NUMBER = re.compile(
    r"[-－—–~·.\s]*(?:\d{1,4}|[ivxlc]{1,7}|(?:[Pp]age\s*)?\d{1,4}\s*(?:/|of)\s*\d{1,4}|[Pp]age\s*\d{1,4}"
    r"|第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?)[-－—–~·.\s]*"
)
# "18-16895", "18-16895 (E) 241018", "*1816895*", "Please recycle": what the United Nations' printers set.
_IMPRINT = re.compile(r"(?:GE\.)?\d{2}-\d{5,6}(?:\s*\([A-Z]\))?(?:\s*\d{6})*|\*\d{6,8}\*|Please recycle.*|请回收.*")
_SYMBOL = re.compile(r"(?:[AES]|ST|HRI|CCPR|CEDAW|CRC|TD|UNEP|DP|FCCC|[A-Z]{2,6})(?:/[\w.()-]+){1,6}")
_DIGITS = re.compile(r"\d+")
_RULE = re.compile(r"[_＿—―─-]{3,}")
# A space after it, or Chinese text.
_MARK = re.compile(r"(\d{1,3}|\*{1,4}|[†‡§]{1,2}|[①-⑳])(?:\s+(?=\S)|(?=[\u4e00-\u9fff《“「]))")


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A line of the notes; ``mark`` is set where a note begins."""

    line: Line
    mark: str


@dataclass(frozen=True, slots=True)
class Body:
    """A page without its furniture."""

    lines: tuple[Line, ...]
    notes: tuple[NoteLine, ...]
    set_aside: tuple[SetAside, ...]


def strip_pages(pages: Sequence[Page], lines: Sequence[Sequence[Line]], body_size: float) -> list[Body]:
    """Take headers, footers, page numbers and notes out of every page; ``body_size`` is the text's in points."""
    repeated = _repeated(pages, lines)
    first = {line.text for line in lines[0]} if lines else set()
    bodies = []
    expected = 1
    for page, found in zip(pages, lines, strict=True):
        aside = _furniture(page, found, repeated, first)
        rest = [line for line in found if id(line) not in aside]
        body, notes, rules = _notes(page, rest, body_size, expected)
        numbers = [int(note.mark) for note in notes if note.mark.isdigit()]
        expected = max([expected, *(number + 1 for number in numbers)])
        said = [SetAside(_full_text(line), aside[id(line)], line.place) for line in found if id(line) in aside]
        said += [SetAside(line.text, "rule", line.place) for line in rules]
        if page.turned:
            said.append(SetAside(page.turned, "turned text", f"page {page.number}"))
        bodies.append(Body(tuple(body), tuple(notes), tuple(said)))
    return bodies


def _full_text(line: Line) -> str:
    return " ".join(filter(None, (line.mark, line.text, *(reference.mark for reference in line.references))))


def _key(line: Line) -> str:
    """Return what a header has in common from page to page; the masthead's symbol is set larger than a header's."""
    return f"{_DIGITS.sub('#', line.text).replace(' ', '')}|{round(line.size)}|{line.bold}"


def _edge(page: Page, line: Line) -> str:
    if line.base > (1 - _MARGIN) * page.height:
        return "header"
    return "footer" if line.base < _MARGIN * page.height else ""


def _repeated(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> dict[str, list[float]]:
    """Return texts that stand at the same height near the edge of several pages, with those heights."""
    places: dict[str, Counter[float]] = {}
    for page, found in zip(pages, lines, strict=True):
        for line in found:
            if _edge(page, line):
                places.setdefault(_key(line), Counter())[_SAME_PLACE * round(line.base / _SAME_PLACE)] += 1
    wanted = 2 if len(pages) < 8 else 3
    return {
        key: [height for height, count in heights.items() if count >= 1]
        for key, heights in places.items()
        if sum(heights.values()) >= wanted and max(heights.values()) >= 2
    }


def _furniture(page: Page, lines: Sequence[Line], repeated: dict[str, list[float]], first: set[str]) -> dict[int, str]:
    """Return by identity the lines that are no text of this page, and why."""
    aside: dict[int, str] = {}
    for edge in ("header", "footer"):
        block = _edge_block(page, lines, edge)
        known = {id(line): _recognised(page, line, repeated, first) for line in block}
        whole = edge == "header" and any(known.values()) and page.number > 1
        for line in block:
            reason = known[id(line)] or (f"running {edge}" if whole else "")
            if reason:
                aside[id(line)] = reason if reason == "page number" else f"running {edge}"
    return aside


def _edge_block(page: Page, lines: Sequence[Line], edge: str) -> list[Line]:
    """Return the rows at one edge of the page up to the first wide gap, or none if they are too many for furniture."""
    ordered = sorted(
        (line for line in lines if _edge(page, line) == edge and not _RULE.fullmatch(line.text)),
        key=lambda line: -line.base,
    )
    if edge == "footer":
        ordered.reverse()
    block: list[Line] = []
    bases: set[int] = set()
    divided = False
    for line in [*ordered, *_next_inside(page, lines, ordered, edge)]:
        if block and abs(block[-1].base - line.base) > _GAP * max(line.size, block[-1].size):
            divided = True
            break
        block.append(line)
        bases.add(round(line.base / 3))
    if not divided or len(bases) > _MAX_ROWS:
        return [line for line in block if line in ordered and _stands_alone(line)]
    return block


def _next_inside(page: Page, lines: Sequence[Line], ordered: Sequence[Line], edge: str) -> list[Line]:
    """Return the first line beyond the margin, which tells whether a block at the edge goes on into the text."""
    inside = [line for line in lines if _edge(page, line) != edge]
    if not inside or not ordered:
        return []
    return [max(inside, key=lambda line: line.base) if edge == "header" else min(inside, key=lambda line: line.base)]


def _stands_alone(line: Line) -> bool:
    """Tell what can only be furniture, even close to the text."""
    return any(pattern.fullmatch(line.text.strip()) for pattern in (_PAGE_NUMBER, _IMPRINT, _SYMBOL))


def _recognised(page: Page, line: Line, repeated: dict[str, list[float]], first: set[str]) -> str:
    text = line.text.strip()
    outermost = line.base < 0.085 * page.height or line.base > 0.93 * page.height
    if _PAGE_NUMBER.fullmatch(text) and outermost and not line.mark:
        return "page number"
    if _IMPRINT.fullmatch(text) and _edge(page, line) == "footer":
        return "imprint"
    if _key(line) in repeated and any(abs(line.base - height) <= _SAME_PLACE for height in repeated[_key(line)]):
        return "page number" if _PAGE_NUMBER.fullmatch(text) else "repeated"
    if page.number > 1 and _SYMBOL.fullmatch(text) and text in first:
        return "symbol"
    return ""


def _notes(
    page: Page, lines: list[Line], body_size: float, expected: int
) -> tuple[list[Line], list[NoteLine], list[Line]]:
    """Divide a page's lines into text, the notes at its bottom, and rules that are set as characters."""
    rules = [line for line in lines if _RULE.fullmatch(line.text)]
    start = _notes_start(page, lines, rules, body_size, expected)
    kept = [line for line in lines if not _RULE.fullmatch(line.text)]
    if start is None:
        return kept, [], rules
    notes: list[NoteLine] = []
    for line in kept:
        if line.base > start:
            continue
        mark, rest = _leading_mark(line, expected)
        if mark.isdigit():
            expected = int(mark) + 1
        notes.append(NoteLine(rest, mark))
    return [line for line in kept if line.base > start], notes, rules


def _leading_mark(line: Line, expected: int) -> tuple[str, Line]:
    """Return a note's mark, raised or not, and the line without it. A number that is not raised must be the next."""
    if line.mark:
        return line.mark, line
    match = _MARK.match(line.text)
    if match and (not match[1].isdigit() or int(match[1]) == expected):
        moved = tuple(replace(ref, offset=max(0, ref.offset - match.end())) for ref in line.references)
        return match[1], replace(line, text=line.text[match.end() :], references=moved)
    return "", line


def _notes_start(page: Page, lines: list[Line], rules: list[Line], body_size: float, expected: int) -> float | None:
    """Return the height at which the notes begin: below a short rule, or where small lines with a mark begin."""
    drawn = [rule.y for rule in page.rules if rule.x1 - rule.x0 < 0.45 * page.width and rule.y < 0.75 * page.height]
    below_rule = [line.base for line in rules if line.x1 - line.x0 < 0.45 * page.width]
    for height in sorted([*drawn, *below_rule], reverse=True):
        below = [line for line in lines if line.base < height and not _RULE.fullmatch(line.text)]
        if below and all(line.size < 1.02 * body_size for line in below):
            small = max(line.size for line in below) <= _SMALLER * body_size
            if small or _leading_mark(below[0], expected)[0]:
                return height
    ordered = sorted((line for line in lines if not _RULE.fullmatch(line.text)), key=lambda line: line.base)
    tail: list[Line] = []
    for line in ordered:
        if line.size > _SMALLER * body_size:
            break
        tail.append(line)
    for line in reversed(tail):
        if _leading_mark(line, expected)[0]:
            return line.base + 0.1
    return None
