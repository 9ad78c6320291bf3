"""Corrections of an alignment by a person: each a small value that is applied to the rows and can be replayed.

An English unit always stays whole: the translation adapts, so that only a Chinese unit may be cut. Every unit stays
in exactly one row. What a person has drawn is "checked"; a row that is set aside stays in its place, out of the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from align.document import Language
from align.editing_rows import Row, Rows, Unit
from align.errors import InputError
from align.table import BeadKind

CHECKED, AUTOMATIC = "checked", "automatic"
TWO_SIDED = (BeadKind.LINK, BeadKind.MOVED, BeadKind.LIST)


@dataclass(frozen=True, slots=True)
class Merge:
    """Join a row with the next one."""

    row: int


@dataclass(frozen=True, slots=True)
class Split:
    """Make two rows of one: the first ``zh`` and ``en`` units, and the rest.

    ``cut`` is where the Chinese unit that follows those ``zh`` is cut in two, in code points; 0 for not at all.
    """

    row: int
    zh: int
    en: int
    cut: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """Give the first unit of a side to the row above, or its last one to the row below."""

    row: int
    language: Language
    up: bool


@dataclass(frozen=True, slots=True)
class Link:
    """Join two rows, wherever they stand, of which one at least has one side only."""

    row: int
    other: int


@dataclass(frozen=True, slots=True)
class Unlink:
    """Make a row of each side."""

    row: int


@dataclass(frozen=True, slots=True)
class SetAside:
    """Leave a row out of the alignment and its counts, or bring it back."""

    row: int
    aside: bool = True


@dataclass(frozen=True, slots=True)
class Confirm:
    """Say that a person has found a row right, or take that back."""

    row: int
    checked: bool = True


Edit = Merge | Split | Move | Link | Unlink | SetAside | Confirm


def applied(rows: Rows, edit: Edit) -> Rows:
    """The rows after an edit. Raises InputError, one sentence, where it cannot be made."""
    if not 0 <= edit.row < len(rows):
        raise InputError("there is no such row any more; look at the alignment as it is now.")
    row = rows[edit.row]
    if row.aside and not isinstance(edit, SetAside):
        raise InputError("this row is set aside; bring it back before you change it.")
    match edit:
        case Merge():
            return _merged(rows, edit)
        case Split():
            return _split(rows, edit)
        case Move():
            return _moved(rows, edit)
        case Link():
            return _linked(rows, edit)
        case Unlink():
            return _unlinked(rows, edit)
        case SetAside():
            if row.aside == edit.aside:
                raise InputError("this row is set aside already." if row.aside else "this row is not set aside.")
            return _with(rows, {edit.row: replace(row, aside=edit.aside)})
        case Confirm():
            return _with(rows, {edit.row: replace(row, status=CHECKED if edit.checked else AUTOMATIC)})


def _merged(rows: Rows, edit: Merge) -> Rows:
    other = next_row(rows, edit.row)
    if other is None:
        raise InputError("there is no row below to merge with.")
    return _joined(rows, edit.row, other)


def _linked(rows: Rows, edit: Link) -> Rows:
    if not 0 <= edit.other < len(rows) or edit.other == edit.row or rows[edit.other].aside:
        raise InputError("choose another row to link with.")
    one, other = rows[edit.row], rows[edit.other]
    if one.two_sided and other.two_sided:
        raise InputError("both rows are linked already; unlink one of them first.")
    if not (one.zh or other.zh) or not (one.en or other.en):
        raise InputError("both rows are in one language; choose a row that has the other one.")
    place = min((k for k in (edit.row, edit.other) if rows[k].en), key=lambda k: rows[k].en[0].order)
    return _joined(rows, place, edit.row + edit.other - place)


def _joined(rows: Rows, place: int, other: int) -> Rows:
    one, two = rows[place], rows[other]
    drawn = _drawn(
        one,
        reunited(one.zh + two.zh),
        reunited(one.en + two.en),
        min(one.confidence, two.confidence),
        BeadKind.LIST if BeadKind.LIST in (one.kind, two.kind) else one.kind,
    )
    return _settled([row for k, row in enumerate(_with(rows, {place: drawn})) if k != other], [drawn])


def _split(rows: Rows, edit: Split) -> Rows:
    row = rows[edit.row]
    if not (0 <= edit.zh <= len(row.zh) and 0 <= edit.en <= len(row.en)):
        raise InputError("the row has fewer paragraphs than that; choose another place.")
    zh, rest = row.zh[: edit.zh], row.zh[edit.zh :]
    if edit.cut:
        if not rest:
            raise InputError("there is no Chinese text behind that place to cut.")
        first, second = cut(rest[0], edit.cut)
        zh, rest = (*zh, first), (second, *rest[1:])
    en, left = row.en[: edit.en], row.en[edit.en :]
    if not (zh or en) or not (rest or left):
        raise InputError("one of the two rows would be empty; choose another place.")
    parts = [_drawn(row, zh, en, row.confidence, row.kind), _drawn(row, rest, left, row.confidence, row.kind)]
    return _settled([*rows[: edit.row], *parts, *rows[edit.row + 1 :]], parts)


def cut(unit: Unit, at: int) -> tuple[Unit, Unit]:
    """A Chinese unit as two. Raises InputError where one would be empty."""
    before, after = unit.text[:at].rstrip(), unit.text[at:].lstrip()
    if not before or not after:
        raise InputError("one of the two parts would be empty; cut elsewhere.")
    start = len(unit.text) - len(after)
    second = replace(unit, text=after, part=unit.part + start, gap=unit.text[len(before) : start], label="")
    return replace(unit, text=before), second


def reunited(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Units in their order, with those made one again that were cut."""
    found: list[Unit] = []
    for unit in sorted(units, key=lambda one: one.order):
        before = found[-1] if found else None
        if before and before.numbers == unit.numbers and unit.part == before.end + len(unit.gap):
            found[-1] = replace(before, text=before.text + unit.gap + unit.text)
        else:
            found.append(unit)
    return tuple(found)


def _moved(rows: Rows, edit: Move) -> Rows:
    row = rows[edit.row]
    units = row.side(edit.language)
    other = previous_row(rows, edit.row) if edit.up else next_row(rows, edit.row)
    if not units:
        raise InputError("this row has nothing in that language to move.")
    if other is None:
        raise InputError("there is no row above." if edit.up else "there is no row below.")
    going, staying = (units[:1], units[1:]) if edit.up else (units[-1:], units[:-1])
    near = rows[other]
    changed = {other: _with_side(near, edit.language, reunited(near.side(edit.language) + going))}
    left = _with_side(row, edit.language, staying)
    kept = _with(rows, changed | {edit.row: left})
    return _settled([one for one in kept if one.zh or one.en], [*changed.values(), left])


def _unlinked(rows: Rows, edit: Unlink) -> Rows:
    row = rows[edit.row]
    if not row.two_sided:
        raise InputError("this row has one side only; there is nothing to unlink.")
    zh, en = _drawn(row, row.zh, (), row.confidence, row.kind), _drawn(row, (), row.en, row.confidence, row.kind)
    after = [*rows[: edit.row], en, *rows[edit.row + 1 :]]
    after.insert(_place_of(after, zh) if row.kind is BeadKind.MOVED else edit.row + 1, zh)
    return _settled(after, [zh, en])


def _place_of(rows: Sequence[Row], lone: Row) -> int:
    """Behind what it follows in Chinese, as ``align.documents`` has it."""
    before = [
        (row.zh[-1].order, k)
        for k, row in enumerate(rows)
        if row.zh and row.kind is not BeadKind.MOVED and row.zh[-1].order < lone.zh[0].order
    ]
    return max(before)[1] + 1 if before else 0


def _with_side(row: Row, language: Language, units: tuple[Unit, ...]) -> Row:
    zh, en = (units, row.en) if language == "zh" else (row.zh, units)
    return _drawn(row, zh, en, row.confidence, row.kind)


def _drawn(row: Row, zh: tuple[Unit, ...], en: tuple[Unit, ...], confidence: float, kind: BeadKind) -> Row:
    """A row as a person has drawn it: how alike its sides are is not known."""
    number = next((unit.label for unit in (*en, *zh) if unit.label), "")
    return replace(
        row, zh=zh, en=en, number=number, similarity=None, confidence=confidence, kind=kind, status=CHECKED, aside=False
    )


def _settled(rows: Sequence[Row], drawn: Sequence[Row]) -> Rows:
    """The rows with the kinds of those that were drawn set by where they stand."""
    return tuple(
        replace(row, kind=_kind(rows, k)) if any(row is one for one in drawn) else row for k, row in enumerate(rows)
    )


def _kind(rows: Sequence[Row], k: int) -> BeadKind:
    row = rows[k]
    if not row.two_sided:
        return BeadKind.ZH_ONLY if row.zh else BeadKind.EN_ONLY
    if row.kind is BeadKind.LIST:
        return row.kind
    above = _neighbour(rows, range(k - 1, -1, -1))
    below = _neighbour(rows, range(k + 1, len(rows)))
    first, last = row.zh[0].order, row.zh[-1].order
    crosses = (above and first < above.zh[-1].order) or (below and last > below.zh[0].order)
    return BeadKind.MOVED if crosses else BeadKind.LINK


def _neighbour(rows: Sequence[Row], places: range) -> Row | None:
    ordered = (BeadKind.LINK, BeadKind.LIST)
    return next((rows[k] for k in places if rows[k].two_sided and rows[k].kind in ordered and not rows[k].aside), None)


def next_row(rows: Rows, row: int) -> int | None:
    """The next row that is not set aside."""
    return next((k for k in range(row + 1, len(rows)) if not rows[k].aside), None)


def previous_row(rows: Rows, row: int) -> int | None:
    """The row before that is not set aside."""
    return next((k for k in range(row - 1, -1, -1) if not rows[k].aside), None)


def _with(rows: Rows, changed: dict[int, Row]) -> Rows:
    return tuple(changed.get(k, row) for k, row in enumerate(rows))
