"""What a document says of itself: symbol, title, date, organ, session, agenda item."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import regex

from align.document import Kind, SetAside
from align.structure.joins import is_opener
from align.structure.numbering import han_number
from align.structure.patterns import (
    ADOPTED,
    AGENDA_ITEM,
    CLOSING,
    DATE_EN,
    DATE_EN_US,
    DATE_ZH,
    HAN_NUMERAL,
    LONE_SYMBOL,
    MONTHS,
    ORGANS,
    SYMBOL,
)
from align.structure.pieces import Piece, Style

HEAD_PIECES = 30
OWN_SYMBOL = regex.compile(rf"(?<![\w/]){SYMBOL}")
SESSION_ZH = regex.compile(rf"第\s*({HAN_NUMERAL}|\d{{1,3}})\s*[届屆]")
SESSION_YEAR = regex.compile(r"^(\d{4})\s*年.{0,8}(?:会|会议)$|^(\d{4}) (?:\w+ )?session$|session (\d{4})$")
SESSION_EN = regex.compile(
    r"((?:[A-Z][a-z]+[- ](?:hundred(?: and)?[- ])?)?[A-Za-z]+(?:st|nd|rd|th|ieth)) (?:\w+ )?session", regex.IGNORECASE
)
RESOLUTION_ZH = regex.compile(r"^第\s*((?:\d{1,4}|S-\d+)/\d+|\d{3,4}\s*[（(]\d{4}[)）])\s*号\s*(决议|决定)")
RESOLUTION_EN = regex.compile(r"^(Resolution|Decision)\s+((?:\d{1,4}|S-\d+)/\d+|\d{3,4} \(\d{4}\))")
DECISION = regex.compile(r"决定$|^Decisions?\b")
LETTERS = {
    "General Assembly": "A",
    "Security Council": "S",
    "Economic and Social Council": "E",
    "Human Rights Council": "A/HRC",
}

_ONES = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth"
)
_ORDINALS = {word: value for value, word in enumerate(_ONES.split())} | {
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
}
_TENS = {"twent": 20, "thirt": 30, "fort": 40, "fift": 50, "sixt": 60, "sevent": 70, "eight": 80, "ninet": 90}


@dataclass(frozen=True, slots=True)
class Metadata:
    """Fields of ``Document``; an empty string where the document does not say."""

    symbol: str = ""
    title: str = ""
    date: str = ""
    body: str = ""
    session: str = ""
    agenda_item: str = ""


def describe(pieces: Sequence[Piece], set_aside: Sequence[SetAside], title: str) -> Metadata:
    """Read the metadata from masthead, title and closing lines, and from running headers that were set aside."""
    head = [piece for piece in pieces[:HEAD_PIECES] if not piece.is_note]
    masthead = [piece for piece in pieces if piece.kind is Kind.MASTHEAD]
    body = _organ(pieces, masthead)
    symbol = _symbol(pieces, head, set_aside, body)
    if symbol and not body:
        body = _organ_of(symbol)
    return Metadata(
        symbol=symbol,
        title=_title(pieces, title),
        date=_date(pieces, masthead, head),
        body=body,
        session=_session(masthead),
        agenda_item=_agenda_item(masthead),
    )


def ordinal_word(words: str) -> int:
    """The value of an English ordinal: "Sixty-seventh" is 67, "12th" is 12; 0 where it is none."""
    lowered = words.lower().replace("-", " ").split()
    if not lowered:
        return 0
    digits = regex.match(r"\d+", lowered[-1])
    if digits is not None:
        return int(digits[0])
    last = lowered[-1]
    tens = next((value for stem, value in _TENS.items() if last == f"{stem}ieth"), 0)
    if not tens and last not in _ORDINALS:
        return 0
    before = next((value for stem, value in _TENS.items() if len(lowered) > 1 and lowered[-2] == f"{stem}y"), 0)
    return before + (tens or _ORDINALS[last])


def _title(pieces: Sequence[Piece], given: str) -> str:
    lines = [piece.text for piece in pieces if piece.kind is Kind.TITLE and piece.part == 0]
    if not lines:
        return given
    joiner = "" if regex.search(r"\p{Han}", lines[0]) else " "
    return " ".join(lines) if joiner else "　".join(lines)


def _organ(pieces: Sequence[Piece], masthead: Sequence[Piece]) -> str:
    for piece in pieces:
        if piece.kind is Kind.PREAMBULAR and piece.part == 0 and is_opener(piece.text):
            return _named(piece.text.rstrip("，,").removeprefix("The "))
    for piece in masthead:
        organ = _named(piece.text)
        if organ:
            return organ
    opened = {_named(piece.text.rstrip("，,").removeprefix("The ")) for piece in pieces if is_opener(piece.text)}
    return opened.pop() if len(opened) == 1 else ""


def _named(text: str) -> str:
    return ORGANS.get(text, ORGANS.get(text.replace(" ", ""), ""))


def _organ_of(symbol: str) -> str:
    if symbol.startswith("A/HRC"):
        return LETTERS_TO_ORGANS["A/HRC"]
    return LETTERS_TO_ORGANS.get(symbol.partition("/")[0], "")


LETTERS_TO_ORGANS = {letters: organ for organ, letters in LETTERS.items()}


def _symbol(pieces: Sequence[Piece], head: Sequence[Piece], set_aside: Sequence[SetAside], body: str) -> str:
    """The document's own symbol: from a line or header of its own, else from the resolution's number."""
    for piece in head:
        lone = LONE_SYMBOL.match(regex.sub(r"^(?:United Nations|联合国)\s*", "", piece.text))
        if lone is not None and piece.kind in (Kind.MASTHEAD, Kind.TITLE):
            return lone[1]
    for record in set_aside:
        if record.reason.startswith("running"):
            found = OWN_SYMBOL.search(record.text)
            if found is not None:
                return found[0]
    derived = _derived(head, body)
    if derived:
        return derived
    for piece in pieces:
        lone = LONE_SYMBOL.match(piece.text)
        if lone is not None and piece.kind in (Kind.MASTHEAD, Kind.OTHER):
            return lone[1]
    return ""


def _derived(head: Sequence[Piece], body: str) -> str:
    """ "67/189." before the title of a resolution of the General Assembly is A/RES/67/189."""
    letters = LETTERS.get(body, "")
    if not letters:
        return ""
    decision = any(piece.kind in (Kind.MASTHEAD, Kind.OTHER) and DECISION.search(piece.text) for piece in head)
    for piece in head:
        if piece.label is not None and piece.label.style is Style.RESOLUTION and piece.kind is Kind.TITLE:
            return f"{letters}/{'DEC' if decision else 'RES'}/{piece.label.number}"
        chinese = RESOLUTION_ZH.match(piece.text)
        english = RESOLUTION_EN.match(piece.text)
        if piece.kind not in (Kind.TITLE, Kind.MASTHEAD, Kind.OTHER) or not (chinese or english):
            continue
        number, kind = (chinese[1], chinese[2]) if chinese else (english[2], english[1]) if english else ("", "")
        number = regex.sub(r"\s*[（(](\d{4})[)）]", r" (\1)", number)
        return f"{letters}/{'DEC' if kind in ('决定', 'Decision') else 'RES'}/{number}"
    return ""


def find_date(text: str) -> str:
    """The first full date in ``text`` as ISO 8601, or nothing."""
    for pattern, order in ((DATE_ZH, (1, 2, 3)), (DATE_EN, (3, 2, 1)), (DATE_EN_US, (3, 1, 2))):
        match = pattern.search(text)
        if match is None:
            continue
        year, month, day = (match[group] for group in order)
        try:
            return date(int(year), MONTHS.get(month) or int(month), int(day)).isoformat()
        except ValueError:
            continue
    return ""


def _date(pieces: Sequence[Piece], masthead: Sequence[Piece], head: Sequence[Piece]) -> str:
    """The distribution date; else the day of adoption; else a date in title or adoption line."""
    distributed = [piece for piece in masthead if "Distr" in piece.text or "分发" in piece.text]
    singles = [piece for piece in masthead if CLOSING.match(piece.text)]
    closing = [piece for piece in pieces if piece.kind is Kind.OTHER and CLOSING.match(piece.text) and piece.part == 0]
    adopted = [piece for piece in head if ADOPTED.match(piece.text) or piece.kind is Kind.TITLE]
    passed = [
        piece
        for piece in head[:6]
        if (len(piece.text) < 120 or piece.text[0] in "（(") and regex.search(r"通过|公布|施行|adopted", piece.text)
    ]
    for piece in (*distributed, *singles, *closing, *adopted, *passed):
        found = find_date(piece.text)
        if found:
            return found
    return ""


def _session(masthead: Sequence[Piece]) -> str:
    for piece in masthead:
        chinese = SESSION_ZH.search(piece.text)
        if chinese is not None and "常会" not in piece.text:
            return chinese[1] if chinese[1].isdecimal() else str(han_number(chinese[1]))
        year = SESSION_YEAR.search(piece.text)
        if year is not None:
            return next(group for group in year.groups() if group)
        english = SESSION_EN.search(piece.text)
        if english is not None and (value := ordinal_word(english[1])):
            return str(value)
    return ""


def _agenda_item(masthead: Sequence[Piece]) -> str:
    for piece in masthead:
        match = AGENDA_ITEM.search(piece.text)
        if match is not None:
            printed = next(group for group in match.groups() if group)
            return regex.sub(r"\s+", "", printed).replace("（", "(").replace("）", ")")
    return ""
