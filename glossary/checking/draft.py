"""What is checked: a translation and its original, aligned, and where in their files each paragraph stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from align.document import Document, FootnoteReference, Language
from align.readers.pair_file import AlignedPair
from align.table import AlignmentTable, BeadRecord

if TYPE_CHECKING:
    from models.encoder import Encoder

Span = tuple[int, int]  # code points, end exclusive
UNLIKE = 0.65  # of the usual similarity of a document's beads: below, one must be sure by its place and numbers
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of one side: its number in its file, counted from 1, and its label as printed ("3", "(a)")."""

    number: int
    label: str
    text: str
    footnotes: tuple[FootnoteReference, ...] = ()
    note: bool = False  # whether it is a footnote itself


@dataclass(frozen=True, slots=True)
class Side:
    """The paragraphs of a bead in one language; ``text`` is all of them, a line each."""

    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """What the spans of findings are places in."""
        return "\n".join(one.text for one in self.paragraphs)

    def place(self, span: Span) -> tuple[Paragraph, Span] | None:
        """The paragraph that a span of ``text`` begins in, and the span in that paragraph's text."""
        starts = [0]
        for one in self.paragraphs[:-1]:
            starts.append(starts[-1] + len(one.text) + 1)
        if not self.paragraphs:
            return None
        k = bisect_right(starts, span[0]) - 1
        found = self.paragraphs[k]
        return found, (span[0] - starts[k], min(span[1] - starts[k], len(found.text)))

    @property
    def footnotes(self) -> tuple[tuple[str, int], ...]:
        """Mark and place in ``text`` of all references to notes."""
        found, start = [], 0
        for one in self.paragraphs:
            found += [(note.mark, start + note.offset) for note in one.footnotes]
            start += len(one.text) + 1
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Bead:
    """Paragraphs that belong together; ``doubtful`` where that is not sure. One side may be empty."""

    number: int  # in reading order, from 0
    zh: Side
    en: Side
    doubtful: bool = False

    def side(self, language: Language) -> Side:
        """Its paragraphs in a language."""
        return self.zh if language == "zh" else self.en

    @property
    def whole(self) -> bool:
        """Whether it has both sides."""
        return bool(self.zh.paragraphs and self.en.paragraphs)


@dataclass(frozen=True, slots=True)
class Draft:
    """A translation to be checked. ``translation`` is its language, the other one the original's."""

    beads: tuple[Bead, ...]
    translation: Language = "zh"
    zh_source: str = ""  # names of files
    en_source: str = ""
    symbol: str = ""
    zh_script: str = "Hans"
    signature: str = ""

    @property
    def original(self) -> Language:
        """The language of the original."""
        return "en" if self.translation == "zh" else "zh"

    @property
    def source(self) -> str:
        """The name of the translation's file."""
        return self.zh_source if self.translation == "zh" else self.en_source


def read_draft(
    zh: Path,
    en: Path,
    encoder: Callable[[], Encoder],
    translation: Language = "zh",
    *,
    force: bool = False,
    progress: Callable[[str], None] | None = None,
) -> tuple[Draft, tuple[str, ...]]:
    """Read two files and align them, as ``duizhao align`` does; the draft, and what the user should be told.

    Raises InputError where a file cannot be read or the two are no pair (``force`` lets the latter pass).
    """
    from align.aligner import Aligner
    from align.checks import checked_pair
    from align.documents import align_documents

    pair = checked_pair(zh, en, force=force, progress=progress)
    table = align_documents(pair.zh, pair.en, Aligner.make(encoder()), "paragraph", progress)
    return draft_of(pair.zh, pair.en, table, translation), pair.notes


def read_pairs_draft(path: Path, translation: Language = "zh") -> tuple[Draft, tuple[str, ...]]:
    """A file of pairs that are aligned already. Raises UnreadableFileError where it is none."""
    from align.readers import read_pairs

    found = read_pairs(path)
    beads = pair_beads(found.pairs)
    return Draft(beads, translation, found.source, found.source, signature="pairs of a file"), found.warnings


def draft_of(zh: Document, en: Document, table: AlignmentTable, translation: Language = "zh") -> Draft:
    """Two documents and their alignment by paragraphs."""
    usual = [record.similarity for record in table.records if record.similarity is not None]
    least = UNLIKE * median(usual) if usual else 0.0
    beads = tuple(
        Bead(k, _side(zh, record.zh_paragraphs), _side(en, record.en_paragraphs), _doubtful(record, least))
        for k, record in enumerate(table.records)
    )
    symbol = zh.symbol or en.symbol
    return Draft(beads, translation, zh.source, en.source, symbol, zh.script or "Hans", table.signature)


def pair_beads(pairs: Sequence[AlignedPair]) -> tuple[Bead, ...]:
    """Pairs as beads of one paragraph each; the label is the place in the file ("row 12")."""
    return tuple(
        Bead(k, Side((Paragraph(k + 1, pair.place, pair.zh),)), Side((Paragraph(k + 1, pair.place, pair.en),)))
        for k, pair in enumerate(pairs)
    )


def _doubtful(record: BeadRecord, least: float) -> bool:
    """Whether the two sides may not belong together: errors of alignment are no errors of translation."""
    unlike = record.similarity is not None and record.similarity < least
    return record.status != "checked" and (record.doubtful or (unlike and record.confidence < SURE))


def _side(document: Document, indices: Sequence[int]) -> Side:
    return Side(
        tuple(
            Paragraph(
                k + 1,
                document.paragraphs[k].number,
                document.paragraphs[k].text,
                document.paragraphs[k].footnotes,
                document.paragraphs[k].kind == "note",
            )
            for k in indices
        )
    )
