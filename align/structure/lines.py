"""Lines inside a block: a new paragraph where a label begins one, else a wrapped line."""

from __future__ import annotations

from dataclasses import replace

import regex

from align.readers.raw import RawBlock, Role
from align.structure.joins import HYPHENATED
from align.structure.numbering import parse_label
from align.structure.patterns import CLOSING, MASTHEAD, PART_HEAD
from align.structure.rich import RichText

NEW_LINE = regex.compile(r"[^\S\n]*\n\s*")
# What begins a paragraph of its own on a line: a label, a list mark, a heading mark, a note's mark.
BEGINS = regex.compile(r"^\s*(?:#{1,6}\s|[-•·▪*]\s|[¹²³⁴⁵⁶⁷⁸⁹]|<sup>|\[\^)")
WIDE = regex.compile(r"[\p{Han}\u3000-\u303f\uff00-\uffef]")


def split_lines(block: RawBlock) -> list[RawBlock]:
    """Divide a block of several lines where a new paragraph begins, and unwrap the other lines."""
    if "\n" not in block.text:
        return [block]
    content = RichText(block.text, block.footnotes)
    if not block.soft or block.role not in (Role.TEXT, Role.LIST_ITEM):
        return [_unwrapped(block, content)]
    blocks: list[RawBlock] = []
    position = 0
    for match in NEW_LINE.finditer(block.text):
        before = block.text[position : match.start()].rpartition("\n")[2].strip()
        following = block.text[match.end() :].partition("\n")[0].strip()
        if following and (BEGINS.match(following) or parse_label(following) or _whole(before) or _whole(following)):
            first, content = content.split(match.end() - position)
            position = match.end()
            blocks.append(_unwrapped(block, first))
    blocks.append(_unwrapped(block, content))
    return [blocks[0], *(replace(rest, label="", mark="") for rest in blocks[1:])]


def _whole(line: str) -> bool:
    """Whether a line is a paragraph whatever stands around it: of a masthead, of the closing formula."""
    return any(pattern.match(line) for pattern in (MASTHEAD, CLOSING, PART_HEAD))


def _unwrapped(block: RawBlock, content: RichText) -> RawBlock:
    def joined(match: regex.Match[str]) -> str:
        before, after = match.string[: match.start()], match.string[match.end() :]
        if not before or not after or WIDE.match(before[-1]) or WIDE.match(after[0]):
            return ""
        return "" if HYPHENATED.search(before) and after[0].islower() else " "

    stripped = content.strip()
    unwrapped = stripped.substitute(NEW_LINE, joined)
    return replace(block, text=unwrapped.text, footnotes=unwrapped.references)
