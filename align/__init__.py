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
    encoder: Encoder | Callable[[], Encoder],
    *,
    level: Level = "paragraph",
    force: bool = False,
    progress: Callable[[str], None] | None = None,
) -> tuple[AlignmentTable, tuple[str, ...]]:
    """Read two files and align them; returns the table and what the user should be told, a sentence each.

    An encoder that takes long to load may be given as what loads it: that is called once the documents are checked.

    Raises InputError where a file cannot be read or the two are no pair (``force`` lets the latter pass).
    """
    from align.aligner import Aligner
    from align.checks import checked_pair
    from align.documents import align_documents

    pair = checked_pair(zh, en, force=force, progress=progress)
    aligner = Aligner.make(encoder() if callable(encoder) else encoder)
    table = align_documents(pair.zh, pair.en, aligner, level, progress)
    return table, pair.notes
