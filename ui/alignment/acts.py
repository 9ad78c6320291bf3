"""What a click or a key on the facing texts means: a correction, or another place. No widgets here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from align.document import Language
from align.editing import Confirm, Edit, Link, Merge, Move, SetAside, Unlink
from align.editing_rows import Row, Rows, record_of
from align.editing_session import Session, first_change
from align.editing_splits import split_at
from align.errors import InputError
from ui.live import Act

PAGE = 40  # rows shown at a time


@dataclass(frozen=True, slots=True)
class Place:
    """The current row, and the one that waits to be linked with another."""

    row: int = 0
    link: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """Where an act leads: what the draft is then, and the place in it."""

    session: Session
    place: Place


def step(act: Act, session: Session, place: Place) -> Step:
    """What an act does. Raises InputError, one sentence, where it cannot be done."""
    here = within(session, place)
    name = act.get("act", "")
    if name in ("undo", "redo"):
        after = session.undo() if name == "undo" else session.redo()
        return Step(after, Place(first_change(session.rows, after.rows)))
    going = _going(act, session.rows, here)
    if going is not None:
        return Step(session, going)
    edit = edit_of(act, session, here)
    after = session.do(edit)
    return Step(after, Place(_where(after.rows, session.rows[edit.row], edit.row)))


def edit_of(act: Act, session: Session, place: Place) -> Edit:
    """The correction that an act asks for; raises InputError for none, or one that is not possible."""
    row, name = place.row, act.get("act", "")
    numbers = {key: _number(act, key) for key in ("zh", "en", "cut")}
    match name:
        case "merge":
            return Merge(row)
        case "split":
            return split_at(session.rows[row], row, zh=numbers["zh"], en=numbers["en"], cut=numbers["cut"] or 0)
        case "move":
            return Move(row, "zh" if act.get("side") == "zh" else "en", act.get("way") == "up")
        case "link" if place.link is not None:
            return Link(place.link, row)
        case "unlink":
            return Unlink(row)
        case "aside":
            return SetAside(row, not session.rows[row].aside)
        case "confirm":
            return Confirm(row, session.rows[row].status != "checked")
    raise InputError("this page is older than the app; reload it.")


def within(session: Session, place: Place) -> Place:
    """The place, in the rows that there are now."""
    last = max(len(session.rows) - 1, 0)
    link = place.link if place.link is not None and place.link <= last else None
    return Place(min(max(place.row, 0), last), link)


def shown(rows: Rows, row: int) -> range:
    """The rows that are shown together with one."""
    first = row // PAGE * PAGE
    return range(first, min(first + PAGE, len(rows)))


def doubtful(row: Row) -> bool:
    """Whether a person should look at a row before relying on it."""
    return not row.aside and record_of(row, "paragraph").doubtful


def next_doubtful(rows: Rows, row: int, way: int) -> int | None:
    """The next doubtful row behind (1) or before (-1) another, round the ends; None where none is."""
    places = [(row + way * k) % len(rows) for k in range(1, len(rows) + 1)] if rows else []
    return next((k for k in places if doubtful(rows[k])), None)


def _going(act: Act, rows: Rows, place: Place) -> Place | None:
    last = len(rows) - 1
    match act.get("act", ""):
        case "go":
            return replace(place, row=min(max(_number(act, "row") or 0, 0), last))
        case "next":
            return replace(place, row=min(place.row + 1, last))
        case "previous":
            return replace(place, row=max(place.row - 1, 0))
        case "doubt":
            found = next_doubtful(rows, place.row, -1 if act.get("way") == "up" else 1)
            return replace(place, row=place.row if found is None else found)
        case "link" if place.link is None:
            return replace(place, link=place.row)
        case "cancel":
            return replace(place, link=None)
    return None


def _where(rows: Rows, before: Row, near: int) -> int:
    """Where the first text of a row, English if it has any, has gone."""
    language: Language = "en" if before.en else "zh"
    unit = before.side(language)[0]
    found = [k for k, row in enumerate(rows) if any(one.order == unit.order for one in row.side(language))]
    return found[0] if found else min(near, len(rows) - 1)


def _number(act: Mapping[str, str], key: str) -> int | None:
    text = act.get(key, "")
    return int(text) if text.isdecimal() and len(text) < 9 else None
