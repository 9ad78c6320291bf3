"""An alignment as it is written and read back: one self-contained record a bead."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Level = Literal["paragraph", "sentence"]


class BeadKind(StrEnum):
    """What a bead says of its units."""

    LINK = "link"  # translations of each other, in order
    MOVED = "moved"  # translations of each other that stand elsewhere in the other language
    LIST = "list"  # a list sorted differently in each language, kept whole
    ZH_ONLY = "zh-only"
    EN_ONLY = "en-only"


@dataclass(frozen=True, slots=True)
class BeadRecord:
    """One bead: indices of the units on each side, their texts, and how sure the aligner is.

    ``similarity`` is the cosine of the two sides in [-1, 1], None where a side is empty; ``confidence`` is the
    calibrated probability in [0, 1] that the bead is right. ``number`` is the English original's paragraph
    label ("3", "(a)"; the Chinese one where there is no English).
    """

    zh: tuple[int, ...]
    en: tuple[int, ...]
    zh_text: str
    en_text: str
    similarity: float | None
    confidence: float
    kind: BeadKind
    status: str = "automatic"  # or "checked" once a person has confirmed it
    number: str = ""
    zh_paragraphs: tuple[int, ...] = ()  # the paragraphs that the units belong to; the units themselves by default
    en_paragraphs: tuple[int, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether a person should look at this bead before relying on it."""
        return self.status != "checked" and self.confidence < DOUBTFUL_BELOW


DOUBTFUL_BELOW = 0.6


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the aligned texts come from; an empty string where a thing is not known."""

    symbol: str = ""
    title_zh: str = ""
    title_en: str = ""
    date: str = ""
    body: str = ""
    session: str = ""
    agenda_item: str = ""
    zh_source: str = ""  # file names, without their folders
    en_source: str = ""
    zh_script: str = "Hans"


@dataclass(frozen=True, slots=True)
class AlignmentTable:
    """A whole alignment, ready to be written: ``level`` is "paragraph" or "sentence"."""

    signature: str
    records: tuple[BeadRecord, ...]
    provenance: Provenance = Provenance()
    level: Level = "paragraph"

    @property
    def doubtful(self) -> tuple[BeadRecord, ...]:
        """The beads that a person should look at first, in reading order."""
        return tuple(record for record in self.records if record.doubtful)
