"""What a draft begins with, as JSON in the database: an alignment, its documents, and where they come from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from align.document import Document, FootnoteReference, Kind, Paragraph, SetAside
from align.table import AlignmentTable
from align.writers.fields import bead, bead_from, head, table_from


@dataclass(frozen=True)
class Base:
    """The alignment that is corrected. ``stored``: it is one of the corpus, and not of files that were just read.

    ``notes`` are what the user should be told of the files, a sentence each.
    """

    table: AlignmentTable
    zh: Document | None
    en: Document | None
    name: str
    source_hash: str = ""
    notes: tuple[str, ...] = ()
    stored: bool = False

    @property
    def label(self) -> str:
        """What to call it: its symbol, or else its name."""
        return self.table.provenance.symbol or self.name


def dumped(base: Base) -> str:
    """A base as JSON, in which nothing is beyond ASCII."""
    data = {
        "table": head(base.table),
        "records": [bead(record) for record in base.table.records],
        "zh": asdict(base.zh) if base.zh else None,
        "en": asdict(base.en) if base.en else None,
        "name": base.name,
        "source_hash": base.source_hash,
        "notes": base.notes,
        "stored": base.stored,
    }
    return json.dumps(data)


def loaded(text: str, place: str) -> Base:
    """What ``dumped`` wrote; ``place`` names it in errors. Raises UnreadableFileError."""
    data = json.loads(text)
    records = tuple(bead_from(values, place) for values in data["records"])
    return Base(
        table_from(data["table"], records, place),
        _document(data["zh"]),
        _document(data["en"]),
        data["name"],
        data["source_hash"],
        tuple(data["notes"]),
        data["stored"],
    )


def _document(data: Mapping[str, Any] | None) -> Document | None:
    if data is None:
        return None
    lists = {
        "paragraphs": tuple(_paragraph(one) for one in data["paragraphs"]),
        "set_aside": tuple(SetAside(**one) for one in data["set_aside"]),
        "warnings": tuple(data["warnings"]),
        "parts": tuple(data["parts"]),
    }
    return Document(**{**data, **lists})


def _paragraph(data: Mapping[str, Any]) -> Paragraph:
    notes = tuple(FootnoteReference(**one) for one in data["footnotes"])
    return Paragraph(**{**data, "kind": Kind(data["kind"]), "footnotes": notes})
