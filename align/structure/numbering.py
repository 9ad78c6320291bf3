"""Paragraph numbers: which beginnings of a text are labels, in which style, and at which depth they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from align.readers.raw import Role
from align.structure.patterns import HAN_NUMERAL
from align.structure.pieces import Label, Piece, Removed, Style

# "3. 大会", "3.大会": the stop ends a label unless a digit follows it (a decimal) or a unit does.
ARABIC = regex.compile(r"^(\d{1,3})(?:[.．](?!\d)(?:\s+|(?=[\p{Han}\p{Lu}“\"《（(\[])|$)|、(?!\d)\s*)")
DECIMAL = regex.compile(r"^(\d{1,2}(?:\.\d{1,2}){1,3})[.．]?(?:\s+(?=[\p{Han}\p{Lu}“\"《]))")
RESOLUTION = regex.compile(r"^((?:\d{1,4}|S-\d{1,2}|ES-\d{1,2})/\d{1,4}(?:\s?[A-Z](?:\s?[-–]\s?[A-Z])?)?)[.．]\s*")
BRACKETED = regex.compile(rf"^[（(]\s?({HAN_NUMERAL}|[a-z]{{1,2}}|[ivxlc]{{1,6}}|[A-Z]|\d{{1,2}})\s?[)）]\s*(?![)）])")
HALF_BRACKETED = regex.compile(r"^([a-z]|[ivx]{1,5}|\d{1,2})[)）]\s*(?=\S|$)")
LETTER = regex.compile(r"^([A-Z])[.．、]\s+(?!\p{Lu}[.．])|^([A-Z])[.．]$")
ROMAN = regex.compile(r"^([IVXL]{1,7})[.．](?:\s+|$)(?!\p{Lu}[.．])")
SMALL_LETTER = regex.compile(r"^([a-z])[.．]\s+(?=\S)")
BARE = regex.compile(r"\d{1,3}")
HAN = regex.compile(r"^([一二三四五六七八九十]{1,4})(?:[.．、]\s*|\s*$)")
# An article's number is followed by space, as 第一条 is in laws; "第一条规定的" in a sentence is a reference.
ARTICLE = regex.compile(rf"^(第(?:{HAN_NUMERAL}|\d{{1,4}})[条條](?:之{HAN_NUMERAL})?)(?:[\s\u3000]+|[：:]\s*|$)")
CHAPTER = regex.compile(rf"^(第(?:{HAN_NUMERAL}|\d{{1,3}})[编編章节節篇部](?!分))(?:[\s\u3000]+|$)")
ARTICLE_EN = regex.compile(r"^((?:Article|ARTICLE|Art\.) (?:\d{1,4}[A-Z]?|[IVXLC]+))(?:[.:]?\s*$|[.:]\s+|\s+[-–—]\s+)")
CHAPTER_EN = regex.compile(
    r"^((?:Chapter|CHAPTER|Part|PART|Section|SECTION|Title|TITLE) (?:\d{1,3}|[IVXLC]+|[A-Z]))"
    r"(?:[.:]?\s*$|[.:]\s+|\s+[-–—]\s+)"
)

_PLAIN = (
    (RESOLUTION, Style.RESOLUTION),
    (ARTICLE, Style.ARTICLE),
    (CHAPTER, Style.CHAPTER),
    (ARTICLE_EN, Style.ARTICLE),
    (CHAPTER_EN, Style.CHAPTER),
    (ARABIC, Style.ARABIC),
    (ROMAN, Style.ROMAN_UPPER),
    (LETTER, Style.LETTER_UPPER),
    (HAN, Style.HAN),
)
HEADING_STYLES = frozenset({Style.CHAPTER, Style.HAN, Style.ROMAN_UPPER, Style.LETTER_UPPER})
ITEM_STYLES = frozenset({Style.HAN_ITEM, Style.LETTER_ITEM, Style.ROMAN_ITEM, Style.ARABIC_ITEM})

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
LIST_INDENT = 2


def han_number(numeral: str) -> int:
    """The value of a Chinese numeral up to 9,999: 六十七 is 67, 一百零三 is 103, 二〇二三 is 2023."""
    if all(character in _DIGITS for character in numeral):
        return int("".join(str(_DIGITS[character]) for character in numeral) or 0)
    total = digit = 0
    for character in numeral:
        if character in _UNITS:
            total += (digit or 1) * _UNITS[character]
            digit = 0
        else:
            digit = _DIGITS.get(character, 0)
    return total + digit


def roman_number(numeral: str) -> int:
    """The value of a Roman numeral, in either case; 0 where it is none."""
    values = [_ROMAN.get(character, 0) for character in numeral.lower()]
    if not values or 0 in values:
        return 0
    return sum(
        -value if value < following else value for value, following in zip(values, [*values[1:], 0], strict=True)
    )


def take_labels(pieces: Sequence[Piece], removed: Removed) -> list[Piece]:
    """Take the labels off the texts; a label alone on a line joins the block after it where blocks are soft."""
    labelled = [_labelled(piece, removed) for piece in pieces]
    confirmed = _confirm_decimals(labelled, removed)
    return _join_lone(confirmed)


def parse_label(text: str) -> tuple[Label, int] | None:
    """The label at the beginning of ``text`` and where the text after it begins; None where there is none."""
    for pattern, style in _PLAIN:
        match = pattern.match(text)
        if match is not None:
            number = next(group for group in match.groups() if group)
            return Label(number, style, _ordinal(number, style)), match.end()
    match = BRACKETED.match(text)
    if match is not None:
        return _item(match[1], f"({match[1]})"), match.end()
    match = HALF_BRACKETED.match(text)
    if match is not None:
        return _item(match[1], f"{match[1]})"), match.end()
    match = SMALL_LETTER.match(text)
    return (_item(match[1], match[1]), match.end()) if match is not None else None


def _labelled(piece: Piece, removed: Removed) -> Piece:
    if piece.is_note or piece.role is Role.CELL or piece.label is not None:
        return piece
    found = parse_label(piece.text)
    if found is None:
        return _bare(piece)
    label, end = found
    rest = piece.text[end:]
    if label.style is Style.LETTER_UPPER and rest.endswith((".", ";", ",", "。", "；", "，")):
        return piece  # an initial ("J. Smith said …"), not a heading's letter
    if label.style is Style.ROMAN_UPPER and len(label.number) == 1 and rest[:1].islower():
        return piece
    if label.style is Style.HAN and not rest and len(piece.text) > 1 and not piece.text.endswith((".", "、", "．")):
        return piece
    if not rest and not piece.soft:
        return replace(piece, label=label)  # alone on its line, and lines must not be joined: it is the text too
    _note_stops(piece.text[:end], label, removed)
    return replace(piece, label=label, content=piece.content.after(end).strip())


def _bare(piece: Piece) -> Piece:
    """A bare number alone in a soft block is the label of what follows: page numbers are gone by now."""
    if not piece.soft or not BARE.fullmatch(piece.text):
        return piece
    label = Label(piece.text, Style.ARABIC, int(piece.text))
    return replace(piece, label=label, content=piece.content.after(len(piece.text)))


def _note_stops(printed: str, label: Label, removed: Removed) -> None:
    """The stop after a number is in no paragraph: list it with the markup."""
    stop = printed.strip()[-1:]
    if stop and stop not in ")）" and not label.number.endswith(stop):
        removed.markup.append(stop)


def label_of(printed: str) -> Label | None:
    """The label that a file keeps apart from the text ("1.", "(a)", "第一章"), read like a printed one."""
    text = printed.strip()
    if not text:
        return None
    found = parse_label(text) or parse_label(text + ".")
    if found is not None:
        return found[0]
    return Label(text.rstrip(".．、"), Style.DECIMAL, 0)


def _item(core: str, number: str) -> Label:
    if core.isdecimal():
        return Label(number, Style.ARABIC_ITEM, int(core))
    if regex.fullmatch(HAN_NUMERAL, core):
        return Label(number, Style.HAN_ITEM, han_number(core))
    return Label(number, Style.LETTER_ITEM, _letter(core))


def _letter(core: str) -> int:
    """The ordinal of a letter label: (b) is 2, (aa) is 27; a Roman numeral of several letters is a letter to none."""
    lowered = core.lower()
    if len(lowered) == 1:
        return ord(lowered) - ord("a") + 1
    return 26 + ord(lowered[0]) - ord("a") + 1 if len(set(lowered)) == 1 and len(lowered) == 2 else 0


def _ordinal(number: str, style: Style) -> int:
    if style is Style.ARABIC:
        return int(number)
    if style is Style.ROMAN_UPPER:
        return roman_number(number)
    if style is Style.LETTER_UPPER:
        return ord(number) - ord("A") + 1
    if style is Style.HAN:
        return han_number(number)
    digits = regex.search(rf"\d+|{HAN_NUMERAL}", number)
    if digits is None:
        return 0
    return int(digits[0]) if digits[0].isdecimal() else han_number(digits[0])


def _confirm_decimals(pieces: Sequence[Piece], removed: Removed) -> list[Piece]:
    """Accept "2.3" as a label only where the document has its neighbour 2.2 or 2.4 too; else it is a quantity."""
    matches = {
        index: match
        for index, piece in enumerate(pieces)
        if piece.label is None
        and not piece.is_note
        and piece.role is not Role.CELL
        and (match := DECIMAL.match(piece.text))
    }
    numbers = {match[1] for match in matches.values()}
    numbers |= {
        piece.label.number for piece in pieces if piece.label is not None and piece.label.style is Style.DECIMAL
    }
    confirmed = list(pieces)
    for index, match in matches.items():
        stem, _, last = match[1].rpartition(".")
        if f"{stem}.{int(last) + 1}" in numbers or f"{stem}.{int(last) - 1}" in numbers:
            label = Label(match[1], Style.DECIMAL, int(last))
            _note_stops(match[0], label, removed)
            content = pieces[index].content.after(match.end()).strip()
            confirmed[index] = replace(pieces[index], label=label, content=content)
    return confirmed


def _join_lone(pieces: Sequence[Piece]) -> list[Piece]:
    """Give a label without text to the next block, or make it the text where blocks must not be joined."""
    joined: list[Piece] = []
    waiting: Piece | None = None
    for piece in pieces:
        if waiting is not None:
            if piece.label is None and not piece.is_note and piece.role is not Role.CELL and piece.text:
                content = waiting.content.join(piece.content)
                joined.append(
                    replace(piece, content=content, label=waiting.label, gap=waiting.gap, place=waiting.place)
                )
                waiting = None
                continue
            joined.append(_as_text(waiting))
            waiting = None
        if piece.label is None or piece.text:
            joined.append(piece)
        elif piece.soft:
            waiting = piece
        else:
            joined.append(_as_text(piece))
    if waiting is not None:
        joined.append(_as_text(waiting))
    return joined


def _as_text(piece: Piece) -> Piece:
    assert piece.label is not None
    return replace(piece, content=replace(piece.content, text=piece.label.number))


class Outline:
    """The open lists at a point of the document; tells how deep the next label stands."""

    def __init__(self) -> None:
        self._open: list[tuple[Style, int]] = []

    def reset(self) -> None:
        """Close all lists, as a numbered paragraph or a heading does."""
        self._open.clear()

    def level(self, label: Label) -> int:
        """Open, continue or return to the list that ``label`` belongs to, and say its depth from 1."""
        readings = self._readings(label)
        for depth in range(len(self._open), 0, -1):
            style, last = self._open[depth - 1]
            for reading, ordinal in readings:
                if reading is style and ordinal == last + 1:
                    del self._open[depth - 1 :]
                    self._open.append((style, ordinal))
                    return depth
        first = next(((style, ordinal) for style, ordinal in readings if ordinal == 1), None)
        if first is None:
            first = readings[0]
            for depth, (style, _) in enumerate(self._open, start=1):
                if style is first[0]:
                    del self._open[depth - 1 :]
                    break
        self._open.append(first)
        return len(self._open)

    @staticmethod
    def _readings(label: Label) -> list[tuple[Style, int]]:
        """A letter may be a Roman numeral: (i) after (h) is a letter, after (a) it opens a list."""
        if label.style is not Style.LETTER_ITEM:
            return [(label.style, label.ordinal)]
        core = label.number.strip("()")
        readings = [(Style.LETTER_ITEM, label.ordinal)] if label.ordinal else []
        roman = roman_number(core)
        return readings + ([(Style.ROMAN_ITEM, roman)] if roman else []) or [(Style.LETTER_ITEM, 0)]
