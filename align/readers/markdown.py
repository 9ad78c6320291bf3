"""Markdown to blocks: CommonMark with tables, and footnotes as ``[^1]`` and ``[^1]: text``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from markdown_it import MarkdownIt
from markdown_it.token import Token

from align.document import FootnoteReference, SetAside
from align.readers.inline import InlineText
from align.readers.plain import is_soft, text_blocks
from align.readers.raw import RawBlock, RawDocument, Role

_DEFINITION = re.compile(r" {0,3}\[\^([^\]\s]{1,40})\]:[ \t]*(.*)")
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,40})\]")
_PAGE_BREAK = re.compile(r"\n(?:[ \t]*\n){2,}")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_FRONT_MATTER_TITLE = re.compile(r"title\s*:\s*[\"']?(.*?)[\"']?\s*")
# Tags that say what their text is; the structure reads them. All other tags are mark-up.
_KEPT_TAG = re.compile(r"</?su[bp]>", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Note:
    """A footnote's definition: its mark, its text and its line from 1."""

    mark: str
    text: str
    line: int


@dataclass(slots=True)
class _State:
    """Where the walk stands among the tokens."""

    blocks: list[RawBlock] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    label: str = ""
    heading: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0
    paged: bool = False  # runs of empty lines show where pages ended


def read_markdown(text: str, source: str) -> RawDocument:
    """Return the blocks of a Markdown text with "\\n" line ends; ``place`` is "line 12" or "table 1, row 2, cell 3".

    Emphasis, links and code lose their marks; link addresses, rules and tags are set aside; ``<sup>`` and ``<sub>``
    stay in the text. Notes come last, in the order of their definitions, each with its mark.
    """
    lines = text.split("\n")
    state = _State(paged=bool(_PAGE_BREAK.search(text.strip())))
    title = _take_front_matter(lines, state)
    notes = _take_notes(lines)
    # Indented code is switched off: converters and typists indent paragraphs.
    parser = MarkdownIt("commonmark").enable("table").disable("code")
    marks = frozenset(note.mark for note in notes)
    state.lines = lines
    _walk(parser.parse("\n".join(lines)), state, marks, source)
    for note in notes:
        inner = [token for token in parser.parse(note.text) if token.type == "inline"]
        text_of, references = _inline(inner, state, marks, f"line {note.line}")
        state.blocks.append(RawBlock(text_of, f"line {note.line}", Role.NOTE, mark=note.mark, footnotes=references))
    return RawDocument(tuple(state.blocks), source, tuple(state.set_aside), title=title)


def _take_front_matter(lines: list[str], state: _State) -> str:
    """Set YAML front matter aside, leave its lines empty, and return the title in it."""
    end = next((n for n, line in enumerate(lines[1:60], 1) if line.strip() in ("---", "...")), 1)
    matter = lines[1:end]
    if not matter or lines[0].strip() != "---" or not all(":" in line or line[:1] in " -#" for line in matter if line):
        return ""
    lines[: end + 1] = [""] * (end + 1)
    state.set_aside.append(SetAside("\n".join(matter), "front matter", "line 1"))
    titles = [match.group(1) for line in matter if (match := _FRONT_MATTER_TITLE.fullmatch(line))]
    return titles[0] if titles else ""


def _take_notes(lines: list[str]) -> list[_Note]:
    """Return the footnotes' definitions and leave their lines empty; CommonMark itself has no footnotes."""
    notes: list[_Note] = []
    fenced, index = False, 0
    while index < len(lines):
        fenced ^= bool(_FENCE.match(lines[index]))
        match = None if fenced else _DEFINITION.fullmatch(lines[index])
        if match is None:
            index += 1
            continue
        first, body = index, [match.group(2)]
        lines[index] = ""
        index += 1
        while index < len(lines) and _continues(lines, index, bool(body[-1])):
            body.append(lines[index].strip())
            lines[index] = ""
            index += 1
        notes.append(_Note(match.group(1), "\n".join(body), first + 1))
    return notes


def _continues(lines: list[str], index: int, close: bool) -> bool:
    """Whether a definition goes on: on the line right below (``close``), or indented after an empty line."""
    if lines[index].strip():
        starts = _DEFINITION.fullmatch(lines[index]) or lines[index].startswith(("#", "- ", "* ", "|", ">", "---"))
        return lines[index].startswith(("    ", "\t")) or (close and not starts)
    following = lines[index + 1] if index + 1 < len(lines) else ""
    return following.startswith(("    ", "\t")) and bool(following.strip())


def _walk(tokens: Sequence[Token], state: _State, marks: frozenset[str], source: str) -> None:
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        if token.type == "inline":
            _add_inline(token, state, marks, line)
        elif token.type in ("fence", "code_block"):
            state.blocks.extend(text_blocks(token.content, line + (token.type == "fence")))
        elif token.type == "html_block":
            _add_html(token.content, state, source, line)
        elif token.type == "hr":
            state.set_aside.append(SetAside(state.lines[line - 1].strip(), "rule", f"line {line}"))
        else:
            _follow(token, state)


def _follow(token: Token, state: _State) -> None:
    """Keep track of headings, lists and tables as they open and close."""
    match token.type:
        case "heading_open":
            state.heading = int(token.tag[1:])
        case "heading_close":
            state.heading = 0
        case "bullet_list_open" | "ordered_list_open":
            state.lists.append(token.type)
        case "bullet_list_close" | "ordered_list_close":
            state.lists.pop()
        case "list_item_open":
            ordered = state.lists[-1] == "ordered_list_open"
            if state.label:  # an item with nothing in it
                state.blocks.append(RawBlock(state.label, f"line {(token.map or [1])[0]}", Role.LIST_ITEM, soft=True))
            state.label = f"{token.info}{token.markup}" if ordered else ""
        case "table_open":
            state.table += 1
            state.row = 0
        case "tr_open":
            state.row += 1
            state.cell = 0
        case "th_open" | "td_open":
            state.cell += 1
        case "table_close":
            state.row = 0


def _add_inline(token: Token, state: _State, marks: frozenset[str], line: int) -> None:
    place = f"table {state.table}, row {state.row}, cell {state.cell}" if state.row else f"line {line}"
    text, references = _inline([token], state, marks, place)
    if not text and not references:
        return
    soft = is_soft(text, spaced=True, paged=state.paged) and not (state.heading or state.row)
    block = RawBlock(text, place, label=state.label, footnotes=references, soft=soft)
    if state.row:
        block = replace(block, role=Role.CELL)
    elif state.heading:
        block = replace(block, role=Role.HEADING, level=state.heading)
    elif state.lists:
        block = replace(block, role=Role.LIST_ITEM, level=len(state.lists))
    state.blocks.append(block)
    state.label = ""


def _inline(
    tokens: Sequence[Token], state: _State, marks: frozenset[str], place: str
) -> tuple[str, tuple[FootnoteReference, ...]]:
    """Return the text of inline tokens without mark-up, and the references in it."""
    text = InlineText()
    for token in tokens:
        if text:
            text.add(" ")
        for child in token.children or ():
            _add_child(child, text, state, marks, place)
    return text.take()


def _add_child(child: Token, text: InlineText, state: _State, marks: frozenset[str], place: str) -> None:
    if child.type == "text":
        _add_with_references(child.content, text, marks)
    elif child.type == "softbreak":
        text.add_break()
    elif child.type == "hardbreak" or _BREAK_TAG.fullmatch(child.content):
        text.add(" ")
    elif child.type == "html_inline" and not _KEPT_TAG.fullmatch(child.content):
        state.set_aside.append(SetAside(child.content, "markup", place))
    elif child.type == "link_open":
        state.set_aside.append(SetAside(str(child.attrs.get("href", "")), "link address", place))
    elif child.type == "image":
        state.set_aside.append(SetAside(str(child.attrs.get("src", "")), "link address", place))
        text.add(child.content)
    else:
        text.add(child.content)


def _add_with_references(content: str, text: InlineText, marks: frozenset[str]) -> None:
    position = 0
    for match in _REFERENCE.finditer(content):
        if match.group(1) in marks:
            text.add(content[position : match.start()])
            text.refer(match.group(1))
            position = match.end()
    text.add(content[position:])


def _add_html(content: str, state: _State, source: str, line: int) -> None:
    """Read a block of HTML (converters write tables so) with the HTML reader; a comment alone is mark-up."""
    from align.errors import UnreadableFileError
    from align.readers.html import walk_html

    try:
        walker = walk_html(content, source, line)
    except UnreadableFileError:
        state.set_aside.append(SetAside(content.strip(), "markup", f"line {line}"))
        return
    if not walker.blocks:
        state.set_aside.append(SetAside(content.strip(), "markup", f"line {line}"))
    state.blocks.extend(walker.blocks)
    state.set_aside.extend(walker.set_aside)
