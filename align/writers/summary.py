"""What a table amounts to in a few numbers, and how sure each bead is in one word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from align.table import DOUBTFUL_BELOW, AlignmentTable, BeadKind, BeadRecord

GOOD_FROM = 0.9


class Verdict(StrEnum):
    """How far a bead may be relied on: a person's word first, then the calibrated confidence."""

    CHECKED = "checked"
    GOOD = "good"  # confidence from 0.9
    FAIR = "fair"  # from 0.6
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of a table. Units are paragraphs or sentences by the table's level; the others are counts of beads.

    ``beads`` = ``linked`` + ``zh_only`` + ``en_only``; ``moved`` and ``lists`` are among the linked.
    """

    zh_units: int
    en_units: int
    beads: int
    linked: int
    zh_only: int
    en_only: int
    doubtful: int
    moved: int
    lists: int
    checked: int

    @property
    def one_sided(self) -> int:
        """Beads without a partner in the other language."""
        return self.zh_only + self.en_only


def summarise(table: AlignmentTable) -> Summary:
    """Count a table's units and beads."""
    records = table.records
    zh_only = _count(records, BeadKind.ZH_ONLY)
    en_only = _count(records, BeadKind.EN_ONLY)
    return Summary(
        zh_units=sum(len(record.zh) for record in records),
        en_units=sum(len(record.en) for record in records),
        beads=len(records),
        linked=len(records) - zh_only - en_only,
        zh_only=zh_only,
        en_only=en_only,
        doubtful=len(table.doubtful),
        moved=_count(records, BeadKind.MOVED),
        lists=_count(records, BeadKind.LIST),
        checked=sum(verdict(record) is Verdict.CHECKED for record in records),
    )


def verdict(record: BeadRecord) -> Verdict:
    """The word for a bead's reliability, the same in every format."""
    if record.status == "checked":
        return Verdict.CHECKED
    if record.confidence < DOUBTFUL_BELOW:
        return Verdict.DOUBTFUL
    return Verdict.GOOD if record.confidence >= GOOD_FROM else Verdict.FAIR


def level_of(record: BeadRecord) -> Verdict:
    """The colour of a bead: its verdict, and green for one that a person has checked."""
    word = verdict(record)
    return Verdict.GOOD if word is Verdict.CHECKED else word


def _count(records: Iterable[BeadRecord], kind: BeadKind) -> int:
    return sum(record.kind is kind for record in records)
