"""The whole table as one JSON text, for formats that show it (HTML, DOCX) and carry it along to be read back."""

from __future__ import annotations

import json

from align.errors import UnreadableFileError
from align.table import AlignmentTable
from align.writers.escapes import json_in_markup
from align.writers.fields import ADVICE, bead, bead_from, head, table_from
from align.writers.jsonl import parse_object


def embed(table: AlignmentTable) -> str:
    """JSON that can stand inside an XML or HTML element as it is, with nothing in it that markup would read."""
    whole = {**head(table), "beads": [bead(record) for record in table.records]}
    return json_in_markup(json.dumps(whole, ensure_ascii=False))


def extract(text: str, source: str) -> AlignmentTable:
    """Undo ``embed``; raises UnreadableFileError naming the bead that is damaged."""
    whole = parse_object(text, f"the data in {source}")
    beads = whole.get("beads")
    if not isinstance(beads, list) or not all(isinstance(values, dict) for values in beads):
        raise UnreadableFileError(f"the data in {source} has no beads; {ADVICE}.")
    records = tuple(bead_from(values, f"{source}, bead {number}") for number, values in enumerate(beads, 1))
    return table_from(whole, records, source)
