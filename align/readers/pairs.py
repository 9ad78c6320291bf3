"""Already aligned material from any program: translation memories and tables with a Chinese and an English column."""

from __future__ import annotations

from pathlib import Path

from align.errors import UnreadableFileError
from align.readers.limits import MAX_PAIRS_BYTES, read_bytes
from align.readers.pair_file import PairFile
from align.readers.sniff import PAIR_KINDS, FileKind, sniff

PAIR_SUFFIXES = frozenset({".tmx", ".tsv", ".tab", ".csv", ".xlsx"})


def is_pair_file(path: Path) -> bool:
    """Whether ``path`` is of a kind that holds aligned pairs, by its name or, for TMX, by its content."""
    if path.suffix.lower() in PAIR_SUFFIXES:
        return True
    try:
        with path.open("rb") as file:
            head = file.read(2048)
    except OSError:
        return False
    return b"<tmx" in head.replace(b"\0", b"").lower()


def read_pairs(path: Path) -> PairFile:
    """Return the Chinese–English pairs of a .tmx, .tsv, .csv or .xlsx file.

    Raises UnreadableFileError if it is of another kind, damaged, or has not one pair in these two languages.
    """
    data = read_bytes(path, MAX_PAIRS_BYTES)
    match sniff(data, path.name):
        case FileKind.TMX:
            from align.readers.pairs_tmx import read_tmx

            return read_tmx(data, path.name)
        case FileKind.XLSX:
            from align.readers.pairs_table import read_xlsx

            return read_xlsx(data, path.name)
        case FileKind.TABLE | FileKind.PLAIN:
            from align.readers.pairs_table import read_delimited

            return read_delimited(data, path.name)
    raise UnreadableFileError(
        f"{path.name}: this is a document and no table of pairs; pairs are read from {PAIR_KINDS}."
    )
