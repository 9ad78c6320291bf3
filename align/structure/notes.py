"""Footnotes: which blocks are notes, which bare digits are references, and what matches what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from align.document import FootnoteReference, Kind
from align.readers.raw import Role
from align.structure.patterns import MONTHS, SYMBOL
from align.structure.pieces import Piece, Removed
from align.structure.rich import RichText

STAR_NOTE = regex.compile(r"^(\*{1,4}|[†‡§]{1,2})\s*(?=\S)")
STAR_REFERENCE = regex.compile(r"(?<=[\p{L}\p{N}》”)）\]])(\*{1,4}|[†‡]{1,2})(?=$|[\s，。；：、,.;:)）])")
REISSUED = regex.compile(r"技术原因|重新印发|重印|technical reasons|[Rr]eissued|incorporating")

# "1 United Nations, Treaty Series, …": a bare number, a space, no stop.
BARE_NOTE = regex.compile(r"^(\d{1,3})\s+(?=[\p{Han}\p{Lu}《“\"(（])")
# What notes look like: citations, cross-references, symbols.
NOTE_LIKE = regex.compile(
    r"^(?:见|参见|另见|同上|联合国|《|“|第\s?[\d/\-S]+|大会|安全理事会|经济及社会理事会|[A-Z]{1,5}/|S-\d|See\b|Ibid"
    r"|For |United Nations|General Assembly|Security Council|Economic and Social|Official Records"
    r"|Resolutions?\b|Adopted)"
)
NOTE_ENDS = regex.compile(r"[.。;；!?！？][\p{Pf}\p{Pe}\"']*$")
NOTE_GOES_ON = regex.compile(rf"^(?:{SYMBOL}[,.;，。；、 ]|(?:paras?|chap|sect|vol|annex|No)\b\.?\s)")
NOTES_SKIPPED = 3  # so many notes may be missing in a row
# A bare digit in running text that can be a reference: right after a word or a closing mark, before a space, a
# closing mark or a Han character that is no measure word.
_NOT_AFTER = r"(?<!第|約|约|共|达|至|于|年|月|有|前|后|近|每|款|以|目标|项目|附件|补编|表|图|号|卷)"
_MEASURE = (
    r"[年月日号號条條款段次届屆个個章节節%％名项項位人国國天小时周岁卷页頁万萬亿億千百美元欧岁級级類类种種分秒度倍成]"
)
_UNIT_EN = rf"(?:per cent|{'|'.join(MONTHS)}|years?|days?|months?)\b"
BARE_REFERENCE = regex.compile(
    rf"(?<=[\p{{Han}}\p{{Ll}}》”’\"')）\]，、；。：,;:.])(?<![\p{{Ll}}\d][.:/、，,]){_NOT_AFTER}"
    r"(\d{1,3})(?=$|\s|[，。；：、,.;:)）《“]|\p{Han})"
    rf"(?!\s?(?:{_MEASURE}|[\d,.，]\d|{_UNIT_EN})|[./\-–:]\d|[.．、]\s?\p{{Han}})"
)
# The plainest of them, which may be out of order or repeat an earlier mark: after a closing title bracket or quote,
# or directly after a comma. A conjunction after the digit tells a number ("3 和 5") from a reference elsewhere.
STRICT_BEFORE = regex.compile(r"[》”]$")
COMMA_BEFORE = regex.compile(r"[，、；,;]$")
CONJUNCTION_AFTER = regex.compile(r"^\s?[和到至及或]")


def mark_notes(pieces: Sequence[Piece], removed: Removed) -> list[Piece]:
    """Mark the blocks that are notes, taking their marks off; blocks that hold several notes are divided."""
    starred = any(STAR_REFERENCE.search(piece.text) for piece in pieces)
    marked: list[Piece] = []
    for piece in _join_lone_marks(pieces):
        marked.extend(_divided(_as_note(piece, starred, removed)))
    return _mark_bare(marked)


def _join_lone_marks(pieces: Sequence[Piece]) -> list[Piece]:
    """Join a mark alone on a line to the soft block below it, its note; else the mark is the text."""
    joined: list[Piece] = []
    waiting: Piece | None = None
    for piece in pieces:
        if waiting is not None:
            content = waiting.content.join(piece.content)
            if piece.text and piece.soft and piece.role is Role.TEXT and piece.label is None:
                joined.append(replace(piece, content=content, gap=waiting.gap, place=waiting.place))
                waiting = None
                continue
            joined.append(_marks_as_text(waiting))
            waiting = None
        if piece.text or piece.label is not None or not (piece.content.references or piece.mark):
            joined.append(piece)
        elif piece.soft and piece.role is Role.TEXT and piece.content.references:
            waiting = piece
        else:
            joined.append(_marks_as_text(piece))
    return [*joined, _marks_as_text(waiting)] if waiting is not None else joined


def _marks_as_text(piece: Piece) -> Piece:
    marks = [reference.mark for reference in piece.content.references] or [piece.mark]
    return replace(piece, content=RichText(" ".join(marks)), mark=piece.mark if piece.content.references else "")


def join_notes(pieces: Sequence[Piece]) -> list[Piece]:
    """Join a note that goes on at the foot of the next page: its rest begins there as no paragraph does."""
    joined: list[Piece] = []
    cut: int | None = None  # where in ``joined`` the last note stands, if it ends in mid-sentence
    paged = any(piece.soft or piece.page is not None for piece in pieces)
    gap = False
    for piece in pieces:
        if piece.is_note:
            cut = len(joined) if paged and not NOTE_ENDS.search(piece.text) else None
        elif cut is not None and piece.role is Role.TEXT and piece.label is None and NOTE_GOES_ON.match(piece.text):
            separator = "" if regex.match(r"\p{Han}", piece.text) else " "
            joined[cut] = replace(joined[cut], content=joined[cut].content.join(piece.content, separator))
            cut, gap = None, True
            continue
        joined.append(replace(piece, gap=True) if gap else piece)
        gap = False
    return joined


def _as_note(piece: Piece, starred: bool, removed: Removed) -> Piece:
    content = piece.content
    leading = content.references[0] if content.references and content.references[0].offset == 0 else None
    if piece.is_note:
        if leading is not None and (not piece.mark or piece.mark == leading.mark):
            removed.markup.extend([leading.mark] if piece.mark else [])  # the mark stood twice
            content = RichText(content.text, content.references[1:])
            return replace(piece, mark=leading.mark, content=content)
        return _bare_mark(piece, removed) if not piece.mark else piece
    if piece.role in (Role.CELL, Role.HEADING) or piece.label is not None or not content.text:
        return piece
    if leading is not None:
        content = RichText(content.text, content.references[1:]).strip()
        return replace(piece, role=Role.NOTE, mark=leading.mark, content=content)
    star = STAR_NOTE.match(piece.text)
    if star is not None and len(piece.text) > star.end() and (starred or REISSUED.search(piece.text)):
        return replace(piece, role=Role.NOTE, mark=star[1], content=content.after(star.end()))
    return piece


def _bare_mark(piece: Piece, removed: Removed) -> Piece:
    match = STAR_NOTE.match(piece.text) or regex.match(r"^(\d{1,3}|[a-z])[.)]?\s+(?=\S)", piece.text)
    if match is None:
        return piece
    stop = match[0].strip().removeprefix(match[1])
    removed.markup.extend([stop] if stop else [])
    return replace(piece, mark=match[1], content=piece.content.after(match.end()))


def _divided(piece: Piece) -> list[Piece]:
    """Divide a note in whose text the next note's mark stands after a full stop."""
    if not piece.is_note or not piece.mark.isdecimal():
        return [piece]
    for reference in piece.content.references:
        before = piece.text[: reference.offset].rstrip()
        if reference.mark == str(int(piece.mark) + 1) and before[-1:] in (".", "。"):
            first, second = piece.content.split(reference.offset)
            rest = RichText(second.text, second.references[1:]).strip()
            if not rest.text:
                break
            return [replace(piece, content=first.strip()), *_divided(replace(piece, mark=reference.mark, content=rest))]
    return [piece]


def _mark_bare(pieces: Sequence[Piece]) -> list[Piece]:
    """Mark "1 United Nations, …" as a note where a bare 1 in the text before it can be its reference."""
    marked = list(pieces)
    window: list[RichText] = []
    last = 0
    for index, piece in enumerate(marked):
        if piece.is_note:
            last = int(piece.mark) if piece.mark.isdecimal() else last
            continue
        match = BARE_NOTE.match(piece.text) if piece.role is Role.TEXT and piece.label is None else None
        if match is None:
            window = [*window[-40:], piece.content]
            continue
        mark = match[1]
        in_order = int(mark) == 1 or last < int(mark) <= last + NOTES_SKIPPED
        answered = any(_has(content, mark) for content in window)
        before = marked[index - 1] if index else None
        follows = before is not None and before.is_note and before.mark == str(int(mark) - 1)
        likely = follows or NOTE_LIKE.match(piece.text[match.end() :]) or (answered and int(mark) == last + 1)
        if in_order and likely and (piece.soft or follows or answered):
            marked[index] = replace(piece, role=Role.NOTE, mark=mark, content=piece.content.after(match.end()))
            last = int(mark)
        else:
            window = [*window[-40:], piece.content]
    return marked


def _has(content: RichText, mark: str) -> bool:
    return any(reference.mark == mark for reference in content.references) or any(
        match[1] == mark for match in BARE_REFERENCE.finditer(content.text)
    )


def lift_bare(pieces: Sequence[Piece]) -> list[Piece]:
    """Lift bare digits and stars that are references: those whose note stands near and has none yet, in order."""
    lifted = list(pieces)
    stars = {piece.mark for piece in pieces if piece.is_note and not piece.mark.isdecimal()}
    start = limit = 0
    for first, end in _note_groups(pieces):
        marks = [piece.mark for piece in pieces[first:end] if piece.is_note and piece.mark.isdecimal()]
        limit = max((int(mark) for mark in marks), default=limit)
        _lift_group(lifted, start, first, marks, limit)
        # The paragraph that the notes cut goes on behind them: its end belongs to the next page.
        start = max(first - 1, 0)
    _lift_group(lifted, start, len(lifted), [], limit)
    if stars:
        for index, piece in enumerate(lifted):
            if not piece.is_note:
                lifted[index] = replace(piece, content=piece.content.lift(STAR_REFERENCE, lambda m: _star(m, stars)))
    return lifted


def _star(match: regex.Match[str], stars: set[str]) -> tuple[str, ...]:
    return (match[1],) if match[1] in stars else ()


def _note_groups(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Where runs of notes begin and end."""
    groups: list[tuple[int, int]] = []
    for index, piece in enumerate(pieces):
        if not piece.is_note:
            continue
        if groups and groups[-1][1] == index:
            groups[-1] = (groups[-1][0], index + 1)
        else:
            groups.append((index, index + 1))
    return groups


def _lift_group(pieces: list[Piece], start: int, stop: int, marks: Sequence[str], limit: int) -> None:
    """Find, in order, the bare references of one run of notes in the pieces before it."""
    present = {reference.mark for piece in pieces[start:stop] for reference in piece.content.references}
    wanted = [mark for mark in marks if mark not in present]
    raised = not wanted and bool(present)  # this document raises its references: bare digits are numbers
    for index in range(start, stop):
        if pieces[index].is_note or raised or not limit:
            continue
        content = pieces[index].content.lift(BARE_REFERENCE, lambda match: _bare(match, wanted, limit))
        pieces[index] = replace(pieces[index], content=content)


def _bare(match: regex.Match[str], wanted: list[str], limit: int) -> tuple[str, ...]:
    mark = match[1]
    before, after = match.string[: match.start()], match.string[match.end() :]
    strict = STRICT_BEFORE.search(before) is not None
    comma = COMMA_BEFORE.search(before) is not None and not CONJUNCTION_AFTER.match(after)
    if wanted and (mark == wanted[0] or (mark in wanted and (strict or comma))):
        if strict or not CONJUNCTION_AFTER.match(after):
            del wanted[: wanted.index(mark) + 1]
            return (mark,)
        return ()
    # A second reference to an earlier note, only where the digit can hardly be anything else.
    again = not mark.startswith("0") and int(mark) <= limit
    return (mark,) if again and (strict or (comma and after[:1] in ("《", "“", " "))) else ()


def unmatched(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """One plain sentence for each reference without a note and each note without a reference, part by part."""
    warnings: list[str] = []
    for part in sorted({piece.part for piece in pieces}):
        members = [piece for piece in pieces if piece.part == part]
        noted = {piece.mark for piece in members if piece.is_note and piece.mark}
        referred = {reference.mark for piece in members for reference in piece.content.references}
        where = f" of part {part}" if part else ""
        for piece in members:
            if piece.is_note and piece.mark and piece.mark not in referred:
                warnings.append(f"Note {piece.mark}{where} ({piece.place}) has no reference in the text.")
        missing: dict[str, str] = {}
        for piece in members:
            for reference in piece.content.references:
                if reference.mark not in noted:
                    missing.setdefault(reference.mark, piece.place)
        warnings += [f"Reference {mark}{where} ({place}) has no note." for mark, place in missing.items()]
    return tuple(warnings)


def settle_parts(pieces: Sequence[Piece]) -> list[Piece]:
    """Give a note at the foot of a page to the part that refers to it, where a new part began on that page."""
    settled = list(pieces)
    referred: dict[int, set[str]] = {}
    noted: dict[int, set[str]] = {}
    for piece in pieces:
        if piece.is_note:
            noted.setdefault(piece.part, set()).add(piece.mark)
        referred.setdefault(piece.part, set()).update(reference.mark for reference in piece.content.references)
    for index, piece in enumerate(pieces):
        if not piece.is_note or piece.kind is not Kind.NOTE or piece.mark in referred.get(piece.part, set()):
            continue
        before = piece.part - 1
        if piece.mark in referred.get(before, set()) and piece.mark not in noted.get(before, set()):
            settled[index] = replace(piece, part=before)
    return settled


def references_of(piece: Piece) -> tuple[FootnoteReference, ...]:
    """The piece's references, in the order in which they stand."""
    return tuple(sorted(piece.content.references, key=lambda reference: reference.offset))
