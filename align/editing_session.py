"""An alignment and what a person has done to it so far: every step can be undone and done again by replay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from align.document import Document
from align.editing import Confirm, Edit, Link, Merge, Move, SetAside, Split, Unlink, applied
from align.editing_rows import Rows, records_of, rows_of
from align.errors import InputError
from align.table import AlignmentTable

_EDITS: Mapping[str, type[Edit]] = {
    "merge": Merge,
    "split": Split,
    "move": Move,
    "link": Link,
    "unlink": Unlink,
    "aside": SetAside,
    "confirm": Confirm,
}
_NAMES = {kind: name for name, kind in _EDITS.items()}


@dataclass(frozen=True)
class Session:
    """``edits`` are all that were made, of which the first ``position`` hold; the others may be done again."""

    base: AlignmentTable
    begun: Rows
    edits: tuple[Edit, ...] = ()
    position: int = 0

    @classmethod
    def of(
        cls,
        table: AlignmentTable,
        zh: Document | None = None,
        en: Document | None = None,
        edits: Sequence[Edit] = (),
        position: int | None = None,
    ) -> Session:
        """A table to correct; with its documents, labels are known, and what is missing in it is set aside."""
        return cls(table, rows_of(table, zh, en), tuple(edits), len(edits) if position is None else position)

    @cached_property
    def rows(self) -> Rows:
        """All rows as they are now. Raises InputError where the edits are not of this table."""
        rows = self.begun
        for edit in self.edits[: self.position]:
            rows = applied(rows, edit)
        return rows

    @cached_property
    def table(self) -> AlignmentTable:
        """The alignment as it is now, without what is set aside."""
        return replace(self.base, records=records_of(self.rows, self.base.level))

    @property
    def aside(self) -> int:
        """How many rows are set aside."""
        return sum(row.aside for row in self.rows)

    @property
    def can_undo(self) -> bool:
        """Whether anything has been done."""
        return self.position > 0

    @property
    def can_redo(self) -> bool:
        """Whether anything has been undone."""
        return self.position < len(self.edits)

    def do(self, edit: Edit) -> Session:
        """After one more edit; what was undone is forgotten. Raises InputError where it cannot be made."""
        rows = applied(self.rows, edit)
        after = Session(self.base, self.begun, (*self.edits[: self.position], edit), self.position + 1)
        after.__dict__["rows"] = rows  # what the property would find by replay
        return after

    def undo(self) -> Session:
        """Before the last edit. Raises InputError where there is none."""
        if not self.can_undo:
            raise InputError("there is nothing to undo.")
        return replace(self, position=self.position - 1)

    def redo(self) -> Session:
        """After the edit that was undone last. Raises InputError where there is none."""
        if not self.can_redo:
            raise InputError("there is nothing to do again.")
        return replace(self, position=self.position + 1)


def first_change(before: Rows, after: Rows) -> int:
    """The first row that is not the same; the last one where all are."""
    same = next((k for k, (one, two) in enumerate(zip(before, after, strict=False)) if one != two), None)
    return same if same is not None else max(min(len(before), len(after)) - 1, 0)


def edit_data(edit: Edit) -> dict[str, Any]:
    """An edit as JSON has it."""
    return {"do": _NAMES[type(edit)], **asdict(edit)}


def edit_from(data: Mapping[str, Any]) -> Edit:
    """The edit that ``edit_data`` made this of; raises InputError for anything else."""
    try:
        return _EDITS[data["do"]](**{name: value for name, value in data.items() if name != "do"})
    except (KeyError, TypeError) as error:
        raise InputError("these are no corrections of duizhao; begin the draft anew.") from error
