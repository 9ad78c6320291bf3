"""JSON Lines: a head line with signature and provenance, then one object a bead. UTF-8, Chinese as it is."""

from __future__ import annotations

import json
import re

from align.errors import UnreadableFileError
from align.table import AlignmentTable
from align.writers.fields import ADVICE, bead, bead_from, head, table_from

# Some readers break lines at these three, and JSON may hold them escaped just as well.
_LINE_BREAKERS = re.compile("[\x85\u2028\u2029]")


def dump(table: AlignmentTable) -> bytes:
    """The table as JSON Lines."""
    lines = [head(table), *(bead(record) for record in table.records)]
    text = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    text = _LINE_BREAKERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    # A lone surrogate is no UTF-8; Python's backslash form of it happens to be the JSON escape.
    return text.encode("utf-8", "backslashreplace")


def load(data: bytes, source: str) -> AlignmentTable:
    """Read what ``dump`` wrote; raises UnreadableFileError naming the line."""
    try:
        lines = data.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"{source} is not UTF-8 text, so it is not JSON Lines; {ADVICE}.") from error
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not numbered:
        raise UnreadableFileError(f"{source} is empty; {ADVICE}.")
    places = [f"{source}, line {number}" for number, _ in numbered]
    objects = [parse_object(line, place) for (_, line), place in zip(numbered, places, strict=True)]
    records = tuple(bead_from(values, place) for values, place in zip(objects[1:], places[1:], strict=True))
    return table_from(objects[0], records, places[0])


def parse_object(text: str, place: str) -> dict[str, object]:
    """Parse one JSON object; raises UnreadableFileError naming ``place``."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(f"{place} is not JSON; {ADVICE}.") from error
    if not isinstance(value, dict):
        raise UnreadableFileError(f"{place} is not a JSON object; {ADVICE}.")
    return value
