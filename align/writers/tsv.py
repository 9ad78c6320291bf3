r"""Tab-separated values: comment lines with signature and provenance, a header, one row a bead. UTF-8, LF.

Two reversible schemes keep a row a row and a spreadsheet from running a cell:

- A tab, line feed, carriage return or backslash in a text is ``\t``, ``\n``, ``\r``, ``\\``; any other control
  character, line separator or lone surrogate is ``\uHHHH``.
- A text that a spreadsheet could run gets an apostrophe in front (``align.writers.cells.guard``); on reading, one
  leading apostrophe is taken off. So does one that begins with a double quote, so that readers of quoted values see
  no open quotation.
"""

from __future__ import annotations

import re

from align.errors import UnreadableFileError
from align.table import AlignmentTable, BeadRecord
from align.writers.cells import guard
from align.writers.fields import (
    ADVICE,
    FLAT_BEAD_FIELDS,
    PROVENANCE_FIELDS,
    bead_from_flat,
    flat_bead,
    flat_head,
    table_from_flat,
)

COLUMNS = ("number", "zh", "en", *FLAT_BEAD_FIELDS[1:])
# Numbers and names of our own making; a negative similarity is a number to a spreadsheet too.
_PLAIN = frozenset(FLAT_BEAD_FIELDS) - {"number", "status"}
_HEAD_LINE = re.compile(r"# ([a-z_]+): (.*)", re.DOTALL)
_TO_ESCAPE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\\\]")
_ESCAPED = re.compile(r"\\(?:u([0-9a-f]{4})|([tnr\\]))")
_SHORT = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "\\": r"\\"}
_LONG = {short[1]: character for character, short in _SHORT.items()}


def dump(table: AlignmentTable) -> bytes:
    """The table as tab-separated values."""
    lines = [f"# {name}: {_escape(value)}" for name, value in flat_head(table).items()]
    lines.append("\t".join(COLUMNS))
    lines.extend("\t".join(_row(record)) for record in table.records)
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


def load(data: bytes, source: str) -> AlignmentTable:
    """Read what ``dump`` wrote; raises UnreadableFileError naming the line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(f"{source} is not UTF-8 text; {ADVICE}.") from error
    lines = text.replace("\r\n", "\n").removesuffix("\n").split("\n")
    head: dict[str, str] = {}
    at = 0
    while at < len(lines) and (found := _HEAD_LINE.fullmatch(lines[at])):
        if found[1] in ("signature", "level", *PROVENANCE_FIELDS):
            head[found[1]] = _unescape(found[2])
        at += 1
    if at == len(lines) or tuple(lines[at].split("\t")) != COLUMNS:
        raise UnreadableFileError(f"{source}, line {at + 1} is not the header that duizhao writes; {ADVICE}.")
    numbered = enumerate(lines[at + 1 :], at + 2)
    records = tuple(_record(line, f"{source}, line {number}") for number, line in numbered)
    return table_from_flat(head, records, source)


def _row(record: BeadRecord) -> list[str]:
    values = {**flat_bead(record), "zh": record.zh_text, "en": record.en_text}
    return [values[name] if name in _PLAIN else guard(_escape(values[name])) for name in COLUMNS]


def _record(line: str, place: str) -> BeadRecord:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        raise UnreadableFileError(f"{place} has {len(cells)} columns where there should be {len(COLUMNS)}; {ADVICE}.")
    pairs = zip(COLUMNS, cells, strict=True)
    values = {name: cell if name in _PLAIN else _text(cell) for name, cell in pairs}
    return bead_from_flat(values, values["zh"], values["en"], place)


def as_they_were(rows: list[tuple[int, tuple[str, ...]]]) -> list[tuple[int, tuple[str, ...]]]:
    """Numbered rows of any table; where ``dump`` wrote it, with the texts as they were before."""
    if not rows or rows[0][1] != COLUMNS:
        return rows
    texts = (COLUMNS.index("zh"), COLUMNS.index("en"))
    return [rows[0], *((k, tuple(_text(c) if at in texts else c for at, c in enumerate(row))) for k, row in rows[1:])]


def _text(cell: str) -> str:
    return _unescape(cell.removeprefix("'"))


def _escape(text: str) -> str:
    return _TO_ESCAPE.sub(lambda found: _SHORT.get(found[0], f"\\u{ord(found[0]):04x}"), text)


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else _LONG[found[2]], text)
