"""What each piece is: masthead, title, heading, preambular, operative, item, body, note, cell, other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from align.document import Kind
from align.readers.raw import Role
from align.structure.joins import ending, is_opener
from align.structure.numbering import HEADING_STYLES, ITEM_STYLES, Outline
from align.structure.patterns import (
    ADOPTED,
    AGENDA_ITEM,
    ANNEX,
    CLOSING,
    LONE_SYMBOL,
    MASTHEAD,
    ORGANS,
    PART_HEAD,
    RAPPORTEUR,
    SIGNED,
    SPONSOR_LIST,
    SPONSORS,
    SUMMARY,
)
from align.structure.pieces import Piece, Style
from align.structure.regions import Region, find_regions, is_title_line

HEAD_LIMIT = 40  # pieces among which the masthead of a document is looked for
HEADING_HAN = 40  # characters up to which an unmarked line without a stop can be a heading
HEADING_LATIN = 100
TABLE_LINES = 5  # lines without a stop, one after the other, from which they are a table's and no headings
LEVELS = {Style.HAN: 1, Style.ROMAN_UPPER: 1, Style.LETTER_UPPER: 2, Style.ARABIC: 3}
CHAPTER_LEVELS = {"编": 1, "編": 1, "篇": 1, "部": 1, "章": 2, "节": 3, "節": 3}


def assign(pieces: Sequence[Piece]) -> tuple[list[Piece], tuple[Region, ...]]:
    """Give every piece its kind, level and part; also the (draft) resolutions found."""
    regions = find_regions(pieces)
    kinds: list[Kind | None] = [_fixed(piece) for piece in pieces]
    for index, piece in enumerate(pieces[1:], start=1):
        if kinds[index - 1] is Kind.MASTHEAD and piece.text in ORGANS:
            kinds[index] = Kind.MASTHEAD
    parts = [0] * len(pieces)
    for region in regions:
        _resolution(pieces, region, kinds)
        for index in range(region.start, region.end):
            parts[index] = region.part
    _head(pieces, regions, kinds)
    for index, piece in enumerate(pieces):
        if kinds[index] is None:
            kinds[index] = _plain(pieces, index, piece)
    if Kind.TITLE not in kinds:
        _first_title(pieces, kinds)
    assigned = [replace(piece, kind=kind, part=part) for piece, kind, part in zip(pieces, kinds, parts, strict=True)]
    return _levels(assigned), regions


def _fixed(piece: Piece) -> Kind | None:
    """What a piece is wherever it stands."""
    text = piece.text
    if piece.is_note:
        return Kind.NOTE
    if piece.role is Role.CELL:
        return Kind.CELL
    if piece.label is not None:
        return None
    if MASTHEAD.match(text) or LONE_SYMBOL.match(text):
        return Kind.MASTHEAD
    if ANNEX.match(text) or PART_HEAD.match(text):
        return Kind.HEADING
    if SIGNED.search(text) and len(text) < HEADING_LATIN:
        return Kind.OTHER
    return None


def _resolution(pieces: Sequence[Piece], region: Region, kinds: list[Kind | None]) -> None:
    """Walk one (draft) resolution: title, organ, preamble, operative part, closing lines, annex."""
    for index in range(region.title, region.opener):
        kinds[index] = kinds[index] or Kind.TITLE
    kinds[region.opener] = Kind.PREAMBULAR
    body = range(region.opener + 1, region.end)
    numbered = any((label := pieces[index].label) is not None and label.style is Style.ARABIC for index in body)
    last = _last_operative(pieces, body)
    stage = "preamble"
    for index in body:
        piece = pieces[index]
        if not piece.is_note and ANNEX.match(piece.text) and piece.label is None:
            stage = "annex"
        if kinds[index] is Kind.MASTHEAD and stage != "annex":
            stage = "closing"  # a masthead printed after the text, as in text taken from a word processor's boxes
        if kinds[index] is not None or stage == "annex":
            continue
        if index > last and (CLOSING.match(piece.text) or (stage == "closing" and piece.label is None)):
            stage = "closing"
            kinds[index] = Kind.OTHER if len(piece.text) <= HEADING_LATIN and _open(piece) else kinds[index]
            if CLOSING.match(piece.text):
                kinds[index] = Kind.OTHER
            continue
        kinds[index], stage = _paragraph(piece, stage, numbered)
        if kinds[index] is Kind.HEADING and piece.role is not Role.HEADING and _in_table(pieces, index):
            kinds[index] = Kind.CELL


def _last_operative(pieces: Sequence[Piece], body: range) -> int:
    """Index of the last numbered paragraph before the annex; -1 where there is none."""
    last = -1
    for index in body:
        label = pieces[index].label
        if label is None and ANNEX.match(pieces[index].text):
            break
        if label is not None and label.style is Style.ARABIC:
            last = index
    return last


def _in_table(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a short line stands among so many others that they are the cells of a table, read row by row."""
    start = end = index
    while start > max(0, index - TABLE_LINES) and _is_loose(pieces[start - 1]):
        start -= 1
    while end + 1 < min(len(pieces), index + TABLE_LINES) and _is_loose(pieces[end + 1]):
        end += 1
    return end - start + 1 >= TABLE_LINES


def _is_loose(piece: Piece) -> bool:
    return piece.label is None and piece.role is Role.TEXT and _open(piece) and _short(piece)


def _paragraph(piece: Piece, stage: str, numbered: bool) -> tuple[Kind, str]:
    """Kind of one paragraph of a preamble or operative part, and the stage after it."""
    style = piece.label.style if piece.label is not None else None
    if style is Style.ARABIC:
        return Kind.OPERATIVE, "operative"
    if style in ITEM_STYLES or piece.bullet or piece.role is Role.LIST_ITEM:
        return Kind.ITEM, stage
    if style in HEADING_STYLES or piece.role is Role.HEADING or (_open(piece) and _short(piece)):
        return Kind.HEADING, stage
    if stage == "preamble":
        # Without numbers, the operative part begins with the first paragraph that ends as only its ones do.
        if not numbered and piece.text[-1:] in "；;。.":
            return Kind.OPERATIVE, "operative"
        return Kind.PREAMBULAR, stage
    return (Kind.BODY if numbered else Kind.OPERATIVE), stage


def _head(pieces: Sequence[Piece], regions: Sequence[Region], kinds: list[Kind | None]) -> None:
    """Masthead and title lines above the text of a United Nations document."""
    end = _head_end(pieces, regions)
    signals = sum(kinds[index] is Kind.MASTHEAD or _is_masthead(pieces[index].text) for index in range(end))
    if signals < (1 if regions else 2):
        return
    run: list[int] = []
    item_before = False
    for index in range(end):
        piece = pieces[index]
        if kinds[index] is not None and kinds[index] is not Kind.MASTHEAD:
            continue
        if kinds[index] is Kind.MASTHEAD or _is_masthead(piece.text) or CLOSING.match(piece.text):
            kinds[index] = Kind.MASTHEAD
            _lines(pieces, run, kinds, item_before)
            run, item_before = [], AGENDA_ITEM.search(piece.text) is not None
        elif is_title_line(piece) or (item_before and not run and piece.text[-1:] in ":："):
            run.append(index)
        else:
            _lines(pieces, run, kinds, item_before, _above_title(piece.text))
            run, item_before = [], False
            kinds[index] = Kind.OTHER
    _lines(pieces, run, kinds, item_before)


def _lines(
    pieces: Sequence[Piece], run: Sequence[int], kinds: list[Kind | None], item_before: bool, title_later: bool = False
) -> None:
    """Tell the agenda item's own title, which follows its number, from the document's title after it."""
    if item_before and title_later:
        for index in run:
            kinds[index] = Kind.MASTHEAD
        return
    item_title = item_before and len(run) > 1
    for position, index in enumerate(run):
        if item_title and (position == 0 or pieces[run[position - 1]].text[-1:] in ":："):
            kinds[index] = Kind.MASTHEAD
        else:
            item_title = False
            kinds[index] = Kind.TITLE


def _above_title(text: str) -> bool:
    """Whether a line stands between the agenda item and the title: sponsors, how the text was adopted."""
    return bool(SPONSORS.search(text) or SPONSOR_LIST.match(text) or ADOPTED.match(text))


def _is_masthead(text: str) -> bool:
    return bool(MASTHEAD.match(text) or LONE_SYMBOL.match(text) or text.replace(" ", "") in ORGANS or text in ORGANS)


def _head_end(pieces: Sequence[Piece], regions: Sequence[Region]) -> int:
    """Index of the first piece that is no masthead or title line."""
    limit = min(len(pieces), HEAD_LIMIT)
    first = min((region.title for region in regions), default=limit)
    limit = min(limit, first)
    for index in range(limit):
        piece = pieces[index]
        label = piece.label
        if piece.is_note:
            continue
        if (label is not None and label.style is not Style.RESOLUTION) or SUMMARY.match(piece.text):
            return index
        if LONE_SYMBOL.match(piece.text.rstrip(".。")):
            continue  # a note to the agenda item, set among the lines of the masthead
        if _above_title(piece.text) or RAPPORTEUR.match(piece.text) or _is_masthead(piece.text):
            continue
        if ending(piece.text) == "closed" and (not piece.text.endswith((":", "：")) or not _short(piece)):
            return index
    return limit


def _plain(pieces: Sequence[Piece], index: int, piece: Piece) -> Kind:
    """Kind of a piece outside preambles and operative parts."""
    style = piece.label.style if piece.label is not None else None
    if piece.role is Role.HEADING:
        return Kind.HEADING
    numbered = style in (Style.ARABIC, Style.DECIMAL) and piece.level <= 1
    if style in ITEM_STYLES or piece.bullet or (piece.role is Role.LIST_ITEM and not numbered):
        return Kind.ITEM
    if style is Style.CHAPTER or (style in HEADING_STYLES and (_open(piece) or _is_number_only(piece))):
        return Kind.HEADING
    if style is not None:
        heading = (
            style in (Style.ARABIC, Style.DECIMAL) and _open(piece) and _short(piece) and _before_text(pieces, index)
        )
        return Kind.HEADING if heading else Kind.BODY
    if CLOSING.match(piece.text) or RAPPORTEUR.match(piece.text):
        return Kind.OTHER
    if _open(piece) and _short(piece) and _before_text(pieces, index):
        return Kind.HEADING
    return Kind.BODY


def _is_number_only(piece: Piece) -> bool:
    """Whether the label stands alone on its line, as "II." above a heading in text taken from tables of contents."""
    return piece.label is not None and piece.text.rstrip(".．、 ") == piece.label.number


def _before_text(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a longer text or a numbered paragraph follows, perhaps after one more short line."""
    following = [piece for piece in pieces[index + 1 : index + 12] if not piece.is_note][:2]
    if not following:
        return False
    first = following[0]
    if not (_open(first) and _short(first)) or first.label is not None:
        return True
    return len(following) == 2 and not (_open(following[1]) and _short(following[1]))


def _open(piece: Piece) -> bool:
    return ending(piece.text) == "open"


def _short(piece: Piece) -> bool:
    limit = HEADING_HAN if regex.search(r"\p{Han}", piece.text) else HEADING_LATIN
    return len(piece.text) <= limit


def _first_title(pieces: Sequence[Piece], kinds: list[Kind | None]) -> None:
    """The first line of another document is its title if it is a heading."""
    for index, kind in enumerate(kinds):
        if kind in (Kind.NOTE, Kind.CELL):
            continue
        piece = pieces[index]
        plain = kind in (Kind.HEADING, Kind.BODY, Kind.OTHER) and not ADOPTED.match(piece.text)
        if plain and len(pieces) > 1 and piece.label is None and _open(piece) and len(piece.text) <= 2 * HEADING_LATIN:
            kinds[index] = Kind.TITLE
        return


def _levels(pieces: Sequence[Piece]) -> list[Piece]:
    """Depth of headings and items; paragraphs of running text stand at 0."""
    outline = Outline()
    levelled: list[Piece] = []
    for piece in pieces:
        level = 0
        if piece.kind is Kind.ITEM:
            level = outline.level(piece.label) if piece.label is not None else max(piece.level, 1)
        elif piece.kind is Kind.HEADING:
            level = _heading_level(piece)
            outline.reset()
        elif piece.kind in (Kind.OPERATIVE, Kind.BODY, Kind.PREAMBULAR) and (piece.label or is_opener(piece.text)):
            outline.reset()
        levelled.append(replace(piece, level=level))
    return levelled


def _heading_level(piece: Piece) -> int:
    if piece.level or piece.label is None:
        return piece.level or 1
    if piece.label.style is Style.CHAPTER:
        return CHAPTER_LEVELS.get(piece.label.number[-1:], 1)
    return LEVELS.get(piece.label.style, 1)
