"""Join what a page break has cut: the two halves of a paragraph, with the notes between them moved behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from align.readers.raw import Role
from align.structure.numbering import HEADING_STYLES, ITEM_STYLES
from align.structure.patterns import (
    ADOPTED,
    ANNEX,
    CLOSING,
    FORMULA_EN,
    FORMULA_ZH,
    MASTHEAD,
    OPENER_EN,
    OPENER_ZH,
    PART_HEAD,
    SIGNED,
)
from align.structure.pieces import Piece, Removed, Style
from align.structure.rich import RichText

CLOSERS = regex.compile(r"[\p{Pf}\p{Pe}\"'》」』\s]+$")
# A bare digit after the last stop is a reference that still stands in the text.
TRAILING_REFERENCE = regex.compile(r"(?:(?<=[，。；：])|(?<=\p{L}[,;:]))\s?\d{1,3}$")
STOPS = "。．；：？！….;:?!"
COMMAS = "，,"
# An English text that ends so has not ended: abbreviations before a number, words that lead on.
ABBREVIATED = regex.compile(
    r"(?:\b(?:[Nn]os?|paras?|vols?|chaps?|sects?|arts?|pp?|Add|Corr|Rev|cf|e\.g|i\.e|Mr|Mrs|Ms|Dr|St))\.$"
)
LEADS_ON = regex.compile(
    r"\b(?:a|an|the|of|and|or|to|in|for|on|by|with|from|at|as|that|which|its|their|under|between|into|this|these|be|is|are|was)$"
)
CLAUSE_MARK = regex.compile(r"[，；。：、,;]")
HYPHENATED = regex.compile(r"(\p{L}+)-$")
# First members after which a hyphen at a line's end belongs to the word.
KEEP_HYPHEN = frozenset(
    "non self counter co well long high low multi inter-agency cross follow anti pre post sub short mid full one two "
    "three so vice ex re all ever much decision policy law gender age human child climate community evidence rights "
    "result".split()
)

ZH_RUNNING = 25  # Han characters from which an unnumbered line with a clause mark is running text, no heading
ZH_NUMBERED = 12  # the same for a numbered one
EN_RUNNING = 8  # words, likewise
EN_LONG = 14


def is_opener(text: str) -> bool:
    """Whether the line is an organ's name and a comma: the words that open a preamble."""
    return bool(OPENER_ZH.match(text) or OPENER_EN.match(text))


def is_formula(text: str) -> bool:
    """Whether the text begins as preambular and operative paragraphs do: "Recalling …", "又重申…"."""
    return bool(FORMULA_ZH.match(text) or FORMULA_EN.match(text))


def ending(text: str) -> str:
    """How a text ends: "closed" by a stop, with a "comma", or "open" in mid-sentence."""
    bare = CLOSERS.sub("", TRAILING_REFERENCE.sub("", text))
    last = bare[-1:]
    if last in COMMAS and last:
        return "comma"
    if last in STOPS and last and not ABBREVIATED.search(bare):
        return "closed"
    # A stop inside a closing quotation mark or bracket ends the sentence too.
    return "open"


def join(pieces: Sequence[Piece], removed: Removed) -> list[Piece]:
    """Join halves of paragraphs across breaks; notes between them follow the joined paragraph."""
    head = _head_end(pieces)
    words = _words(pieces)
    paged = any(piece.soft or piece.page is not None for piece in pieces)
    joined: list[Piece] = []
    open_at: int | None = None  # where in ``joined`` the paragraph stands that may go on
    preamble = gap = False
    for index, piece in enumerate(pieces):
        if piece.is_note:
            gap = True
            joined.append(piece)
            continue
        before = joined[open_at] if open_at is not None else None
        gap = paged and (gap or piece.gap or (before is not None and before.page != piece.page))
        if before is not None and open_at is not None and index > head and goes_on(before, piece, gap, preamble):
            joined[open_at] = _joined(before, piece, words, removed)
        else:
            open_at = len(joined)
            joined.append(piece)
        preamble = _in_preamble(piece, preamble)
        gap = False
    return joined


def goes_on(before: Piece, piece: Piece, gap: bool, preamble: bool) -> bool:
    """Whether ``piece`` goes on where ``before`` stops. ``gap``: notes or page furniture stood between them."""
    if not (before.soft or gap):
        return False
    if not _may_go_on(before) or begins_anew(piece):
        return False
    end = ending(before.text)
    numbered = before.label is not None and before.label.style not in HEADING_STYLES
    if end == "closed":
        # A page break after a semicolon inside a numbered paragraph: the rest is long and has no number.
        rest = len(piece.text) > ZH_RUNNING and ending(piece.text) != "open"
        return gap and numbered and not preamble and before.text[-1:] in "；;" and rest
    if end == "comma":
        if numbered and not preamble:
            return True
        if preamble or not numbered:
            return piece.text[:1].islower() or (gap and not is_formula(piece.text))
    if preamble and not numbered and before.text.endswith("、") and is_formula(piece.text):
        return False  # an enumeration comma where the preamble's comma should stand
    if piece.text[:1].islower() or LEADS_ON.search(before.text):
        return True
    return _running(before, gap)


def begins_anew(piece: Piece) -> bool:
    """Whether a piece plainly begins a paragraph or is none."""
    text = piece.text
    return (
        piece.label is not None
        or piece.bullet
        or piece.centred
        or piece.role is not Role.TEXT
        or is_opener(text)
        or any(pattern.match(text) for pattern in (PART_HEAD, ANNEX, CLOSING, MASTHEAD, ADOPTED))
        or SIGNED.search(text) is not None
    )


def _may_go_on(before: Piece) -> bool:
    if before.role not in (Role.TEXT, Role.LIST_ITEM) or before.centred or is_opener(before.text):
        return False
    if before.label is not None and (before.label.style in HEADING_STYLES or before.label.style is Style.RESOLUTION):
        return CLAUSE_MARK.search(before.text) is not None and len(before.text) > 2 * ZH_RUNNING
    return not any(pattern.match(before.text) for pattern in (PART_HEAD, ANNEX, CLOSING, MASTHEAD, ADOPTED))


def _running(before: Piece, gap: bool) -> bool:
    """Whether a text that ends without a stop is running text cut off, not a heading."""
    text = before.text
    if regex.search(r"\p{Han}", text):
        numbered = before.label is not None and before.label.style in {*ITEM_STYLES, Style.ARABIC, Style.ARTICLE}
        long = len(text) >= (ZH_NUMBERED if numbered else ZH_RUNNING)
        return long and (gap or CLAUSE_MARK.search(text) is not None or (numbered and len(text) >= ZH_RUNNING))
    words = len(text.split())
    return words >= EN_LONG or (words >= EN_RUNNING and (gap or CLAUSE_MARK.search(text) is not None))


def _in_preamble(piece: Piece, preamble: bool) -> bool:
    if is_opener(piece.text):
        return True
    if piece.label is not None and piece.label.style not in ITEM_STYLES:
        return False
    return preamble


def _head_end(pieces: Sequence[Piece]) -> int:
    """Index of the first piece of running text: above it stand masthead and title lines, which are never joined."""
    for index, piece in enumerate(pieces):
        if piece.is_note or MASTHEAD.match(piece.text) or ADOPTED.match(piece.text):
            continue
        style = piece.label.style if piece.label is not None else None
        if is_opener(piece.text) or style in (Style.ARABIC, Style.HAN, Style.ROMAN_UPPER, Style.ARTICLE):
            return index
        if ending(piece.text) != "open" and len(piece.text) > ZH_RUNNING and not piece.text.endswith((":", "：")):
            return index
        if len(piece.text) > 6 * ZH_RUNNING:
            return index
    return len(pieces)


def _joined(before: Piece, piece: Piece, words: frozenset[str], removed: Removed) -> Piece:
    content, rest = before.content, piece.content
    hyphen = HYPHENATED.search(content.text)
    if hyphen is not None and rest.text[:1].islower():
        tail = regex.match(r"\p{L}+", rest.text)
        whole = hyphen[1] + (tail[0] if tail is not None else "")
        if hyphen[1].lower() not in KEEP_HYPHEN or whole.lower() in words:
            content = content.split(len(content.text) - 1)[0]
            removed.hyphens.append("-")
        return replace(before, content=content.join(rest))
    return replace(before, content=content.join(rest, _separator(content, rest)), soft=piece.soft)


def _separator(before: RichText, after: RichText) -> str:
    """No space beside Han characters and their punctuation, one between Latin words."""
    wide = regex.compile(r"[\p{Han}\u3000-\u303f\uff00-\uffef]")
    if wide.match(before.text[-1:]) or wide.match(after.text[:1]):
        return ""
    return " "


def _words(pieces: Sequence[Piece]) -> frozenset[str]:
    """All Latin words of the document, to tell a hyphenated word from a compound."""
    return frozenset(word.lower() for piece in pieces for word in regex.findall(r"\p{Latin}+", piece.text))
