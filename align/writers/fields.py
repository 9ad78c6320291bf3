"""Tables and beads as plain fields: the one place that knows their names in every format.

JSON formats carry typed values (``head`` and ``bead``); tagged and tabular formats carry the same as text
(``flat_head`` and ``flat_bead``), with an empty string where a thing is not known.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import cast

from align.errors import OutputError, UnreadableFileError
from align.table import AlignmentTable, BeadKind, BeadRecord, Level, Provenance

PROVENANCE_FIELDS = tuple(field.name for field in fields(Provenance))
ADVICE = "write it again with duizhao"


def head(table: AlignmentTable) -> dict[str, object]:
    """What a table says of the whole: signature, level, provenance."""
    return {"signature": table.signature, "level": table.level, "provenance": asdict(table.provenance)}


def bead(record: BeadRecord) -> dict[str, object]:
    """One bead as JSON values; raises OutputError for a score that is no finite number."""
    return {
        "zh": list(record.zh),
        "en": list(record.en),
        "zh_text": record.zh_text,
        "en_text": record.en_text,
        "similarity": None if record.similarity is None else _finite(record.similarity),
        "confidence": _finite(record.confidence),
        "kind": record.kind.value,
        "status": record.status,
        "number": record.number,
        "zh_paragraphs": list(record.zh_paragraphs),
        "en_paragraphs": list(record.en_paragraphs),
    }


def table_from(head_fields: Mapping[str, object], records: tuple[BeadRecord, ...], place: str) -> AlignmentTable:
    """Build a table from JSON values; raises UnreadableFileError naming ``place`` and the field that is wrong."""
    provenance = head_fields.get("provenance", {})
    if not isinstance(provenance, dict):
        raise _wrong(place, "provenance")
    known = {name: _text(provenance, name, place) for name in PROVENANCE_FIELDS if name in provenance}
    level = _text(head_fields, "level", place) if "level" in head_fields else "paragraph"
    return AlignmentTable(_text(head_fields, "signature", place), records, Provenance(**known), cast(Level, level))


def bead_from(values: Mapping[str, object], place: str) -> BeadRecord:
    """Build a bead from JSON values; raises UnreadableFileError naming ``place`` and the field that is wrong."""
    return BeadRecord(
        zh=_indices(values, "zh", place),
        en=_indices(values, "en", place),
        zh_text=_text(values, "zh_text", place),
        en_text=_text(values, "en_text", place),
        similarity=None if values.get("similarity") is None else _number(values, "similarity", place),
        confidence=_number(values, "confidence", place),
        kind=_kind(_text(values, "kind", place), place),
        status=_text(values, "status", place) if "status" in values else "automatic",
        number=_text(values, "number", place) if "number" in values else "",
        zh_paragraphs=_indices(values, "zh_paragraphs", place) if "zh_paragraphs" in values else (),
        en_paragraphs=_indices(values, "en_paragraphs", place) if "en_paragraphs" in values else (),
    )


def flat_head(table: AlignmentTable) -> dict[str, str]:
    """The head as text fields: ``signature``, ``level``, then the fields of the provenance by name."""
    return {"signature": table.signature, "level": table.level, **asdict(table.provenance)}


def table_from_flat(values: Mapping[str, str], records: tuple[BeadRecord, ...], place: str) -> AlignmentTable:
    """Undo ``flat_head``; raises UnreadableFileError where there is no signature, since duizhao always writes one."""
    if "signature" not in values:
        message = f"{place} carries no signature of duizhao, so it is not an alignment that duizhao wrote; {ADVICE}."
        raise UnreadableFileError(message)
    provenance = Provenance(**{name: values.get(name, "") for name in PROVENANCE_FIELDS})
    return AlignmentTable(values["signature"], records, provenance, cast(Level, values.get("level", "")))


def flat_bead(record: BeadRecord) -> dict[str, str]:
    """All of a bead but its two texts, as text; indices are joined by spaces, floats read back exactly."""
    return {
        "number": record.number,
        "similarity": "" if record.similarity is None else repr(_finite(record.similarity)),
        "confidence": repr(_finite(record.confidence)),
        "kind": record.kind.value,
        "status": record.status,
        "zh_indices": " ".join(map(str, record.zh)),
        "en_indices": " ".join(map(str, record.en)),
        "zh_paragraphs": " ".join(map(str, record.zh_paragraphs)),
        "en_paragraphs": " ".join(map(str, record.en_paragraphs)),
    }


FLAT_BEAD_FIELDS = (
    "number",
    "similarity",
    "confidence",
    "kind",
    "status",
    "zh_indices",
    "en_indices",
    "zh_paragraphs",
    "en_paragraphs",
)


def bead_from_flat(values: Mapping[str, str], zh_text: str, en_text: str, place: str) -> BeadRecord:
    """Undo ``flat_bead``; raises UnreadableFileError naming ``place`` and the field that is wrong."""
    similarity = values.get("similarity", "")
    return BeadRecord(
        zh=_flat_indices(values, "zh_indices", place),
        en=_flat_indices(values, "en_indices", place),
        zh_text=zh_text,
        en_text=en_text,
        similarity=_flat_number(similarity, "similarity", place) if similarity else None,
        confidence=_flat_number(values.get("confidence", ""), "confidence", place),
        kind=_kind(values.get("kind", ""), place),
        status=values.get("status", ""),
        number=values.get("number", ""),
        zh_paragraphs=_flat_indices(values, "zh_paragraphs", place),
        en_paragraphs=_flat_indices(values, "en_paragraphs", place),
    )


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise OutputError(f"a bead's score is {value}, which no format can hold; align the documents again.")
    return value


def _wrong(place: str, name: str) -> UnreadableFileError:
    return UnreadableFileError(f"{place}: the field “{name}” is missing or damaged; {ADVICE}.")


def _text(values: Mapping[str, object], name: str, place: str) -> str:
    value = values.get(name)
    if not isinstance(value, str):
        raise _wrong(place, name)
    return value


def _number(values: Mapping[str, object], name: str, place: str) -> float:
    value = values.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise _wrong(place, name)
    return value


def _indices(values: Mapping[str, object], name: str, place: str) -> tuple[int, ...]:
    value = values.get(name)
    if not isinstance(value, list) or not all(type(index) is int for index in value):
        raise _wrong(place, name)
    return tuple(value)


def _kind(value: str, place: str) -> BeadKind:
    try:
        return BeadKind(value)
    except ValueError as error:
        raise _wrong(place, "kind") from error


def _flat_number(value: str, name: str, place: str) -> float:
    try:
        number = float(value)
    except ValueError as error:
        raise _wrong(place, name) from error
    if not math.isfinite(number):
        raise _wrong(place, name)
    return number


def _flat_indices(values: Mapping[str, str], name: str, place: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in values.get(name, "").split())
    except ValueError as error:
        raise _wrong(place, name) from error
