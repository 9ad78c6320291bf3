"""The parts of a document that carries several (draft) resolutions, and the gaps in their numbering."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from align.document import Kind
from align.structure.numbering import parse_label
from align.structure.pieces import Piece, Style
from align.structure.regions import Region

# Lettered items directly after a colon or semicolon. In resolutions they stand on lines of their own; converters
# run them together.
INLINE_ITEM = regex.compile(r"(?<=[:：；;])\s*(?=[（(][a-z][)）]\s*\S)")


def divide_items(pieces: Sequence[Piece]) -> list[Piece]:
    """Divide operative paragraphs of converted text before their items (a), (b), … where these are run together."""
    divided: list[Piece] = []
    converted = any(piece.soft for piece in pieces)
    for piece in pieces:
        starts = _item_starts(piece) if piece.kind is Kind.OPERATIVE and converted else []
        if len(starts) < 2:
            divided.append(piece)
            continue
        content = piece.content
        ends: list[Piece] = []
        for start in reversed(starts):
            content, item = content.split(start)
            found = parse_label(item.text)
            assert found is not None
            label, end = found
            ends.append(replace(piece, content=item.after(end).strip(), label=label, kind=Kind.ITEM, level=1))
        divided.extend((replace(piece, content=content.strip()), *reversed(ends)))
    return divided


def _item_starts(piece: Piece) -> list[int]:
    """Where (a), (b), (c) … begin, as far as they follow one another, the first after a colon."""
    starts: list[int] = []
    for match in INLINE_ITEM.finditer(piece.text):
        letter = piece.text[match.end() + 1]
        expected = chr(ord("a") + len(starts))
        if letter == expected and (starts or piece.text[match.start() - 1] in ":："):
            starts.append(match.end())
    return starts


def titles(pieces: Sequence[Piece], regions: Sequence[Region]) -> tuple[str, ...]:
    """Titles of the parts, in order; empty for a document that is one resolution or none."""
    count = max((region.part for region in regions), default=0)
    return tuple(_title(pieces, part) for part in range(1, count + 1))


def _title(pieces: Sequence[Piece], part: int) -> str:
    members = [piece for piece in pieces if piece.part == part]
    lines = [piece.text for piece in members if piece.kind is Kind.TITLE]
    if not lines:
        lines = [piece.text for piece in members[:1] if piece.kind is Kind.HEADING]
    return " ".join(lines)


def gaps(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """One sentence for each place where the numbers of operative paragraphs do not go on by one."""
    warnings: list[str] = []
    for part in sorted({piece.part for piece in pieces}):
        last = 0
        for piece in pieces:
            label = piece.label
            if (
                piece.part != part
                or piece.kind is not Kind.OPERATIVE
                or label is None
                or label.style is not Style.ARABIC
            ):
                continue
            if label.ordinal != last + 1:
                where = f" of part {part}" if part else ""
                after = f"follows {last}" if last else "comes first"
                warnings.append(
                    f"Operative paragraph {label.number}{where} ({piece.place}) {after}; one may be missing."
                )
            last = label.ordinal
    return tuple(warnings)
