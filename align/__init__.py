"""Documents to aligned pairs: read, align, write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from align.document import Document
from align.table import AlignmentTable, Level

if TYPE_CHECKING:
    from models.encoder import Encoder

__all__ = ["AlignmentTable", "Document", "align_files"]


def align_files(
    zh: Path,
    en: Path,
    encoder: Encoder,
    *,
    level: Level = "paragraph",
    force: bool = False,
    progress: Callable[[str], None] | None = None,
) -> tuple[AlignmentTable, tuple[str, ...]]:
    """Read two files and align them; returns the table and what the user should be told, a sentence each.

    Raises InputError where a file cannot be read or the two are no pair (``force`` lets the latter pass).
    """
    from align.aligner import Aligner
    from align.checks import checked_pair
    from align.documents import align_documents

    pair = checked_pair(zh, en, force=force, progress=progress)
    table = align_documents(pair.zh, pair.en, Aligner.make(encoder), level, progress)
    return table, pair.notes
