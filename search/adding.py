"""Files into the corpus: read, align where both languages are there, store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from align.checks import check_sizes, checked_pair
from align.document import Document, Language
from align.errors import InputError
from align.readers import is_pair_file, read, read_pairs
from align.readers.limits import MAX_PAIRS_BYTES, read_bytes
from align.table import AlignmentTable, Level
from search.errors import CounterpartError
from search.identity import digest, name_of
from search.records import TWO_SIDED, Added, StoredDocument
from search.symbols import symbol_in_name

if TYPE_CHECKING:
    from models.encoder import Encoder
    from search.corpus import Corpus

# Before a file's name alone makes two texts a pair: the share of the shorter one's units that must be linked, and how
# alike the linked texts must be. Real pairs have 0.9 and 0.75 upwards, unlike documents up to 0.4 linked; texts that
# agree in nothing but their numbering are linked throughout, and have 0.2.
LEAST_LINKED = 0.5
LEAST_SIMILARITY = 0.35


@dataclass(frozen=True, slots=True)
class How:
    """How files are added. ``encoder`` loads the model, and is called once something must be aligned.

    ``again`` aligns anew what has not changed; ``force`` aligns texts that do not look like a pair.
    """

    encoder: Callable[[], Encoder]
    level: Level = "paragraph"
    force: bool = False
    again: bool = False
    progress: Callable[[str], None] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of adding one file or two, and what the user should be told of them."""

    added: tuple[Added, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AlignedFiles:
    """Two files read and aligned, and not stored yet."""

    table: AlignmentTable
    zh: Document
    en: Document
    name: str
    source_hash: str
    notes: tuple[str, ...]


def add_pair(corpus: Corpus, zh: Path, en: Path, how: How) -> Outcome:
    """Align two files and store them. The same files again are not even read.

    Raises InputError where they cannot be read or are no pair, CorpusError where they cannot be stored.
    """
    known = None if how.again else corpus.has_source(files_hash((zh, en), how.level))
    if known is not None:
        return Outcome((unchanged(known),))
    return store_aligned(corpus, align_pair(zh, en, how))


def align_pair(zh: Path, en: Path, how: How) -> AlignedFiles:
    """The part of ``add_pair`` that takes long and needs no corpus."""
    pair = checked_pair(zh, en, force=how.force, progress=how.progress)
    name = name_of(zh)
    first, second = (with_symbol(document, zh, en) for document in (pair.zh, pair.en))
    table = _aligned(first, second, how)
    return AlignedFiles(table, first, second, name, files_hash((zh, en), how.level), pair.notes)


def store_aligned(corpus: Corpus, files: AlignedFiles) -> Outcome:
    """The rest of ``add_pair``."""
    added = corpus.add_alignment(files.table, files.zh, files.en, name=files.name, source_hash=files.source_hash)
    return Outcome((added,), files.notes)


def add_file(corpus: Corpus, path: Path, how: How) -> Outcome:
    """Store one file: of pairs, or a document that is aligned with its other language if the corpus has it.

    Raises InputError, CorpusError.
    """
    source_hash = files_hash((path,), how.level)
    known = None if how.again else corpus.has_source(source_hash)
    if known is not None:
        return Outcome((unchanged(known),))
    if is_pair_file(path):
        return add_pairs(corpus, path)
    document = with_symbol(read(path), path)
    name = name_of(path)
    notes = tuple(f"{document.source}: {warning}" for warning in document.warnings)
    try:
        return Outcome((corpus.add_document(document, name=name, source_hash=source_hash),), notes)
    except CounterpartError:
        added, more = _add_counterpart(corpus, document, name, source_hash, how)
        return Outcome((added,), (*notes, *more))


def add_pairs(corpus: Corpus, path: Path) -> Outcome:
    """Store a file of pairs that are already aligned."""
    file = read_pairs(path)
    return Outcome(corpus.add_pairs(file, files_hash((path,))), file.warnings)


def files_hash(files: tuple[Path, ...], level: Level = "paragraph") -> str:
    """Of the bytes of files, in whatever order they are named, and of what is aligned in them."""
    contents = sorted(hashlib.sha256(read_bytes(file, MAX_PAIRS_BYTES)).hexdigest() for file in files)
    return digest([level, *contents])


def with_symbol(document: Document, *paths: Path) -> Document:
    """The document with the symbol that a file is named after, where it does not say its symbol itself."""
    named = next((symbol for path in paths if (symbol := symbol_in_name(name_of(path)))), "")
    return replace(document, symbol=named) if named and not document.symbol else document


def _add_counterpart(
    corpus: Corpus, document: Document, name: str, source_hash: str, how: How
) -> tuple[Added, tuple[str, ...]]:
    """Align a document with its other language, which the corpus has."""
    stored = corpus.version_of(document, name)
    other_language: Language = "en" if document.language == "zh" else "zh"
    other = corpus.document(stored.id, other_language) if stored else None
    if stored is None or other is None:
        raise InputError(
            f"{document.source}: the corpus has its other language as pairs only; add both files together."
        )
    zh, en = (document, other) if document.language == "zh" else (other, document)
    by_symbol = bool(document.symbol and document.symbol == stored.provenance.symbol)
    if by_symbol and not how.force:
        check_sizes(zh, en)
    table = _aligned(zh, en, how)
    if not by_symbol and not how.force and not _plausible(table):
        added = corpus.add_document(document, name=f"{name} ({document.language})", source_hash=source_hash)
        note = (
            f"{document.source} does not look like the other language of {stored.label} and was stored apart from it."
        )
        return added, (note,)
    return corpus.add_alignment(table, zh, en, name=stored.name, source_hash=source_hash), ()


def _aligned(zh: Document, en: Document, how: How) -> AlignmentTable:
    from align.aligner import Aligner
    from align.documents import align_documents

    return align_documents(zh, en, Aligner.make(how.encoder()), how.level, how.progress)


def _plausible(table: AlignmentTable) -> bool:
    """Whether enough of the shorter text is linked, and alike enough, for the two to be translations."""
    linked = [record for record in table.records if record.kind in TWO_SIDED]
    shares = []
    for side in ("zh", "en"):
        units, all_units = (sum(len(getattr(r, side)) for r in records) for records in (linked, table.records))
        shares.append((all_units, units / max(all_units, 1)))
    weights = [len(record.zh_text) for record in linked]
    alike = sum((r.similarity or 0.0) * weight for r, weight in zip(linked, weights, strict=True))
    return min(shares)[1] >= LEAST_LINKED and alike >= LEAST_SIMILARITY * max(sum(weights), 1)


def unchanged(document: StoredDocument) -> Added:
    """What comes of adding what is there already."""
    return Added("unchanged", document.id, document.label, document.pairs)
