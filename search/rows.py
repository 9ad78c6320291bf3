"""Rows of the tables as records of ``search.records``, and back."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, cast

import regex

from align.document import Document, FootnoteReference, Kind, Language, Paragraph
from align.table import BeadKind, BeadRecord, Level, Provenance
from search.folding import folded
from search.phrase_index import FoldedPair
from search.records import Origin, StoredDocument, StoredPair

PROVENANCE = (
    "symbol",
    "title_zh",
    "title_en",
    "date",
    "body",
    "session",
    "agenda_item",
    "zh_source",
    "en_source",
    "zh_script",
)


def document_from(row: Any) -> StoredDocument:
    """A row of ``documents`` with the counts of its pairs."""
    return StoredDocument(
        id=row.id,
        provenance=provenance_from(row),
        name=row.name,
        type=row.type,
        origin=cast(Origin, row.origin),
        languages=cast(tuple[Language, ...], tuple(row.languages.split())),
        level=cast(Level, row.level),
        signature=row.signature,
        added=row.added,
        changed=row.changed,
        state=row.state,
        pairs=row.pairs or 0,
        linked=row.linked or 0,
        checked=row.checked or 0,
        doubtful=row.doubtful or 0,
    )


def provenance_from(row: Any) -> Provenance:
    """Where the texts of a row of ``documents`` come from."""
    return Provenance(**{name: getattr(row, name) for name in PROVENANCE})


def pair_from(row: Any) -> StoredPair:
    """A row of ``pairs`` joined with what is asked of its document."""
    return StoredPair(
        id=row.id,
        document=row.document,
        position=row.position,
        record=record_from(row),
        symbol=row.symbol,
        type=row.type,
        date=row.date,
        body=row.body,
        state=row.state,
        properties=_properties(row.properties),
    )


def record_from(row: Any) -> BeadRecord:
    """The bead of a row of ``pairs``."""
    return BeadRecord(
        zh=_indices(row.zh_units),
        en=_indices(row.en_units),
        zh_text=row.zh,
        en_text=row.en,
        similarity=row.similarity,
        confidence=row.confidence,
        kind=BeadKind(row.kind),
        status=row.status,
        number=row.number,
        zh_paragraphs=_indices(row.zh_paragraphs),
        en_paragraphs=_indices(row.en_paragraphs),
    )


def pair_row(record: BeadRecord) -> dict[str, Any]:
    """The columns of ``pairs`` that a bead fills."""
    return {
        "zh": record.zh_text,
        "en": record.en_text,
        "zh_units": _joined(record.zh),
        "en_units": _joined(record.en),
        "zh_paragraphs": _joined(record.zh_paragraphs),
        "en_paragraphs": _joined(record.en_paragraphs),
        "similarity": record.similarity,
        "confidence": record.confidence,
        "kind": record.kind.value,
        "status": record.status,
        "number": record.number,
    }


def folded_pair(pair: int, zh: str, en: str) -> FoldedPair:
    """The row of ``pair_folds`` of a pair."""
    return FoldedPair(pair, folded(zh), folded(en))


def paragraph_rows(identifier: int, document: Document) -> Iterator[dict[str, Any]]:
    """The rows of ``paragraphs`` of a document in one language."""
    for paragraph in document.paragraphs:
        notes = [[note.mark, note.offset] for note in paragraph.footnotes]
        yield {
            "document": identifier,
            "language": document.language,
            "position": paragraph.index,
            "kind": paragraph.kind.value,
            "number": paragraph.number,
            "level": paragraph.level,
            "part": paragraph.part,
            "text": paragraph.text,
            "footnotes": json.dumps(notes, ensure_ascii=False) if notes else "",
            "place": paragraph.place,
        }


def document_of(row: Any, paragraphs: Sequence[Any], language: Language) -> Document:
    """The document in one language as it was read, from its rows; what was set aside is not kept."""
    return Document(
        paragraphs=tuple(_paragraph(paragraph) for paragraph in paragraphs),
        language=language,
        script=row.zh_script if language == "zh" else "Latn",
        symbol=row.symbol,
        title=row.title_zh if language == "zh" else row.title_en,
        date=row.date,
        body=row.body,
        session=row.session,
        agenda_item=row.agenda_item,
        source=row.zh_source if language == "zh" else row.en_source,
        parts=tuple(json.loads(row.zh_parts if language == "zh" else row.en_parts)),
    )


def year_of(date: str) -> int | None:
    """The year of an ISO date ("2012-12-20", "2012"), None where it says none."""
    found = regex.match(r"[12]\d{3}(?!\d)", date)
    return int(found[0]) if found else None


@lru_cache(maxsize=1024)  # pairs of one document have mostly the same
def _properties(written: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in json.loads(written)) if written else ()


def _paragraph(row: Any) -> Paragraph:
    notes = json.loads(row.footnotes) if row.footnotes else []
    return Paragraph(
        index=row.position,
        kind=Kind(row.kind),
        text=row.text,
        number=row.number,
        level=row.level,
        part=row.part,
        footnotes=tuple(FootnoteReference(mark, offset) for mark, offset in notes),
        place=row.place,
    )


def _joined(indices: Sequence[int]) -> str:
    return " ".join(map(str, indices))


def _indices(joined: str) -> tuple[int, ...]:
    return tuple(map(int, joined.split()))
