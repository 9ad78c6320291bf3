"""Page furniture in converted text: rules, page numbers, running headers, job numbers, bar codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from align.document import SetAside
from align.readers.raw import Role
from align.structure.patterns import LONE_SYMBOL
from align.structure.pieces import Piece, Removed

RULE = regex.compile(r"^(?:[-_=~*—–―─━﹣]\s?){3,}$|^[_—―─━]{2,}$")
PAGE_NUMBER = regex.compile(
    r"^(?:第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}|[Pp]age\s+\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?"
    r"|[-–—－]\s*\d{1,4}\s*[-–—－])$"
)
# The foot of a first page: job number "12-48904 (C)", dates of typing, bar code, the plea to recycle.
JOB_NUMBER = regex.compile(r"^(?:\*\d{7,9}\*|\d{2}-\d{5}\*?(?:\s*\([A-Z]\))?)(?:[\s\d/*-]|\([A-Z]\))*$")
RECYCLE = regex.compile(r"^(?:请回收|请循环使用|Please recycle)[\s♲♻*]*$", regex.IGNORECASE)
BARE_NUMBER = regex.compile(r"^\d{1,4}$")
# What a running header or footer is made of: the symbol, a page fraction, a job number, in any order.
TOKEN = regex.compile(
    r"\d{1,4}/\d{1,4}|\d{2}-\d{5}\*?|\([A-Z]\)|\*?\d{6,9}\*?|[A-Z]{1,5}(?:/[\w.\-()]+)+|第\d{1,4}页|\d{1,3}$"
)
ENDS_SENTENCE = regex.compile(r"[。．.；;：:！!？?…][\p{Pf}\p{Pe}\"'»]*$")

REPEATS = 3  # a line must stand on this many pages before it is taken for a running header
HEADER_LENGTH = 80


def set_aside(pieces: Sequence[Piece], removed: Removed) -> list[Piece]:
    """Take rules out of every document, and page furniture out of those that have pages."""
    paged = any(piece.soft or piece.page is not None for piece in pieces)
    headers = _headers(pieces) if paged else frozenset[str]()
    kept: list[Piece] = []
    gap = False
    for index, piece in enumerate(pieces):
        reason = _reason(pieces, index, kept, headers, paged)
        if reason:
            if piece.text:
                removed.lines.append(SetAside(piece.text, reason, piece.place))
                gap = True
            continue
        kept.append(replace(piece, gap=True) if gap else piece)
        gap = False
    return kept


def _reason(pieces: Sequence[Piece], index: int, kept: Sequence[Piece], headers: frozenset[str], paged: bool) -> str:
    """Why this piece is no text of the document, or nothing."""
    piece = pieces[index]
    text = piece.text
    if not text:
        return "" if piece.content.references or piece.label is not None or piece.mark else "empty"
    if piece.role in (Role.CELL, Role.NOTE) or piece.content.references or piece.label is not None:
        return ""
    if RULE.match(text):
        return "rule"
    if not paged:
        return ""
    if PAGE_NUMBER.match(text) or (BARE_NUMBER.match(text) and _is_page_number(pieces, index, kept)):
        return "page number"
    if JOB_NUMBER.match(text) or RECYCLE.match(text):
        return "job number"
    key = _key(text)
    if key in headers and not (LONE_SYMBOL.match(text) and all(text not in other.text for other in kept)):
        return "running header"
    return ""


def _is_page_number(pieces: Sequence[Piece], index: int, kept: Sequence[Piece]) -> bool:
    """A bare number is a page's if it cuts a sentence, or if the next block has a number of its own."""
    following = next((piece.text for piece in pieces[index + 1 : index + 6] if piece.text), "")
    before = kept[-1].text if kept else ""
    if not following or regex.match(r"^(?:\d{1,3}[.．、]\s|\([a-z]\)\s|第.{1,5}条)", following):
        return True
    if pieces[index].page is not None and str(pieces[index].page) == pieces[index].text:
        return True
    return len(before) > 20 and not ENDS_SENTENCE.search(before) and before[-1:] not in ",，"


def _headers(pieces: Sequence[Piece]) -> frozenset[str]:
    """Keys of short lines that repeat as running headers do, digits apart."""
    texts = [piece for piece in pieces if piece.role is not Role.CELL and len(piece.text) <= HEADER_LENGTH]
    counts = Counter(_key(piece.text) for piece in texts)
    made_of_tokens = {
        key: count
        for key, count in counts.items()
        if not BARE_NUMBER.match(key) and all(TOKEN.fullmatch(word) for word in key.split())
    }
    headers = {key for key, count in made_of_tokens.items() if count >= 2 or (len(key.split()) > 1 and "/" in key)}
    cutting = Counter(
        _key(piece.text)
        for before, piece in pairwise(pieces)
        if len(before.text) > 20 and before.text[-1:] not in ",，" and not ENDS_SENTENCE.search(before.text)
        if piece.text[-1:] not in ",，" and not ENDS_SENTENCE.search(piece.text)
    )
    return frozenset(headers | {key for key, count in counts.items() if count >= REPEATS and cutting[key] * 2 > count})


def _key(text: str) -> str:
    """A line with the numbers of its pages folded, so that "A/75/1 2/9" and "A/75/1 3/9" are one."""
    return regex.sub(r"(?<![\w/.-])\d{1,4}(?:/\d{1,4})?(?![\w/.-])", "1", " ".join(text.split()))
