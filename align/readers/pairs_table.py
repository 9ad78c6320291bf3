"""Tables with a Chinese and an English column: delimited text and .xlsx, columns found by heading or by script."""

from __future__ import annotations

import csv
import io
import re
import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from align.document import Language
from align.errors import UnreadableFileError
from align.readers.encoding import decode
from align.readers.language_codes import language_in_header
from align.readers.pair_file import AlignedPair, PairFile

_DELIMITERS = "\t,;|"
_SAMPLE_ROWS = 200
_MAX_COLUMNS = 200
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_KANA_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")
_LATIN = re.compile(r"[A-Za-z]")
_LETTER = re.compile(r"[^\W\d_]")
_MATCHES_FROM = 0.5  # of a column's filled cells that must be in the language
_KANA_UP_TO = 0.03  # of the cells of a Chinese column: product names
_ROLES = frozenset("source target src tgt trg original translation 原文 译文 譯文 term".split())

Row = tuple[int, tuple[str, ...]]  # the row's number in its file or sheet, from 1, and its cells


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns hold the two languages, the headings, and where the data begins."""

    zh: int
    en: int
    headings: tuple[str, ...]
    first: int


def read_delimited(data: bytes, source: str) -> PairFile:
    """Return the pairs of a .tsv, .csv or other delimited text in any encoding that `decode` finds.

    Raises UnreadableFileError if there are no two such columns, or no row has both sides.
    """
    from align.writers.tsv import as_they_were

    text, _ = decode(data, source)
    rows = as_they_were(delimited_rows(text, source))
    columns = _find_columns(rows)
    if columns is None:
        raise UnreadableFileError(_no_columns(source, rows))
    pairs, one_sided = _pairs(rows, columns, "row")
    return _file(pairs, one_sided, source, ())


def read_xlsx(data: bytes, source: str) -> PairFile:
    """Return the pairs of all sheets of a workbook that have the two columns; formulas count with their stored value.

    Raises UnreadableFileError if the workbook is damaged, or no sheet has a pair.
    """
    sheets = sheet_rows(data, source, values=True)
    pairs: list[AlignedPair] = []
    notes: list[str] = []
    one_sided = 0
    for name, rows in sheets.items():
        columns = _find_columns(rows)
        if columns is None:
            if rows:
                notes.append(f'{source}: sheet "{name}" has no Chinese and English column and was left out.')
            continue
        found, alone = _pairs(rows, columns, f'sheet "{name}", row' if len(sheets) > 1 else "row")
        pairs += found
        one_sided += alone
    if one_sided or not pairs:
        notes += _formula_note(data, source)
    if not pairs and not one_sided:
        hint = f" ({notes[-1]})" if notes and "formula" in notes[-1] else ""
        raise UnreadableFileError(_no_columns(source, next((rows for rows in sheets.values() if rows), [])) + hint)
    return _file(pairs, one_sided, source, tuple(notes))


def _file(pairs: list[AlignedPair], one_sided: int, source: str, notes: tuple[str, ...]) -> PairFile:
    if not pairs:
        raise UnreadableFileError(
            f"{source}: not one row has text in both the Chinese and the English column; fill them in."
        )
    if one_sided:
        count = "1 row with only one side was" if one_sided == 1 else f"{one_sided:,} rows with only one side were"
        notes = (f"{source}: {count} left out.", *notes)
    return PairFile(tuple(pairs), source, notes)


def _pairs(rows: list[Row], columns: _Columns, place: str) -> tuple[list[AlignedPair], int]:
    """Return the pairs, and how many rows had only one side."""
    pairs, one_sided = [], 0
    for number, cells in rows[columns.first :]:
        zh, en = (cells[k].strip() if k < len(cells) else "" for k in (columns.zh, columns.en))
        if zh and en:
            rest = tuple(
                (columns.headings[k] if k < len(columns.headings) and columns.headings[k] else f"column {k + 1}", cell)
                for k, cell in enumerate(cells)
                if k not in (columns.zh, columns.en) and cell.strip()
            )
            pairs.append(AlignedPair(zh, en, rest, f"{place} {number}"))
        elif zh or en:
            one_sided += 1
    return pairs, one_sided


def _find_columns(rows: list[Row]) -> _Columns | None:
    """Find the columns by their headings, or by the script of their cells where the first row heads nothing."""
    if not rows:
        return None
    headings = tuple(cell.strip().lstrip("#").strip() for cell in rows[0][1])
    named = {k: language for k, heading in enumerate(headings) if (language := language_in_header(heading))}
    is_heading = bool(named) or any(heading.lower() in _ROLES for heading in headings)
    body = [cells for _, cells in rows[1 if is_heading else 0 :]][:_SAMPLE_ROWS]
    width = max(len(cells) for _, cells in rows[: _SAMPLE_ROWS + 1])
    zh = _best_column(body, width, named, "zh")
    en = _best_column(body, width, named, "en", taken=zh)
    if zh is None or en is None:
        return None
    if not is_heading and rows[1:]:
        # A first row whose cells are in other scripts than those below it is a heading that names no language.
        first = rows[0][1]
        is_heading = not (_is_in(_cell(first, zh), "zh") and _is_in(_cell(first, en), "en"))
    return _Columns(zh, en, headings if is_heading else (), int(is_heading))


def _best_column(
    body: Sequence[tuple[str, ...]],
    width: int,
    named: dict[int, Language],
    language: Language,
    taken: int | None = None,
) -> int | None:
    """Return the column with the most cells in ``language``, one with such a heading first; None if none has enough."""

    def share(column: int) -> tuple[int, float]:
        filled = [cell for cells in body if (cell := _cell(cells, column).strip())]
        matching = sum(_is_in(cell, language) for cell in filled)
        return matching, matching / len(filled) if filled else 0.0

    free = [k for k in range(width) if k != taken]
    with_heading = [k for k in free if named.get(k) == language]
    without = [k for k in free if k not in named and not (language == "zh" and _is_japanese_or_korean(body, k))]
    for candidates in (with_heading, without):
        scored = [(share(k)[0], -k) for k in candidates if share(k)[1] >= _MATCHES_FROM]
        if scored:
            return -max(scored)[1]
    return None


def _is_japanese_or_korean(body: Sequence[tuple[str, ...]], column: int) -> bool:
    """Whether some cells have kana or Hangul: a Japanese column has many cells of Han characters alone."""
    filled = [cell for cells in body if (cell := _cell(cells, column).strip())]
    return sum(bool(_KANA_HANGUL.search(cell)) for cell in filled) > _KANA_UP_TO * len(filled)


def _cell(cells: tuple[str, ...], column: int) -> str:
    return cells[column] if column < len(cells) else ""


def _is_in(cell: str, language: Language) -> bool:
    """Whether a cell is in the language's script: Han without kana, or mostly Latin letters."""
    han = len(_HAN.findall(cell))
    if language == "zh":
        return han > 0 and not _KANA_HANGUL.search(cell)
    letters = len(_LETTER.findall(cell))
    return letters > 0 and len(_LATIN.findall(cell)) > 0.6 * letters


def _no_columns(source: str, rows: list[Row]) -> str:
    """Say which of the two columns is missing, and what the columns are."""
    width = max((len(cells) for _, cells in rows[:_SAMPLE_ROWS]), default=0)
    body = [cells for _, cells in rows[1 : _SAMPLE_ROWS + 1]] or [cells for _, cells in rows]
    has = {language: _best_column(body, width, {}, language) is not None for language in ("zh", "en")}
    what = (
        " and ".join(name for key, name in (("zh", "Chinese"), ("en", "English")) if not has[key]) or "second language"
    )
    headings = [cell.strip()[:30] for cell in rows[0][1] if cell.strip()][:12] if rows else []
    first = f"; its first row is: {' | '.join(headings)}" if headings else ""
    return f'{source}: it has no {what} column{first}. Name the two columns "zh" and "en".'


def delimited_rows(text: str, source: str) -> list[Row]:
    """Return the rows that have text; leading comment lines go, but a last one may head the columns (UTX does so)."""
    lines = text.split("\n")
    skip = next((k for k, line in enumerate(lines) if not line.startswith("#")), len(lines))
    delimiter = _delimiter([line for line in lines[skip:] if line.strip()][:_SAMPLE_ROWS])
    if skip and delimiter and _heads_columns(lines[skip - 1], delimiter):
        skip -= 1
    body = "\n".join(lines[skip:])
    if delimiter == "\t" and not _is_quoted(lines[skip:]):
        rows = [(k, tuple(line.split("\t"))) for k, line in enumerate(lines[skip:], skip + 1)]
    else:
        rows = _read_csv(body, delimiter or ",", skip, source)
    return [(number, cells[:_MAX_COLUMNS]) for number, cells in rows if any(cell.strip() for cell in cells)]


def _heads_columns(line: str, delimiter: str) -> bool:
    cells = line.lstrip("#").split(delimiter)
    return len(cells) > 1 and any(language_in_header(cell) for cell in cells)


def _read_csv(body: str, delimiter: str, skip: int, source: str) -> list[Row]:
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(body), delimiter=delimiter, skipinitialspace=delimiter != "\t")
    start = 0
    try:
        for cells in reader:
            rows.append((skip + start + 1, tuple(cells)))
            start = reader.line_num  # a quoted cell may run over several lines; a row is named by its first
    except csv.Error as error:
        place = skip + start + 1
        raise UnreadableFileError(
            f"{source}: row {place} cannot be read ({error}); a closing quotation mark may be missing."
        ) from None
    return rows


def _delimiter(lines: list[str]) -> str:
    """Return the delimiter that gives most lines the same number of columns, at least two, or ``""``."""
    best, best_share = "", 0.0
    for delimiter in _DELIMITERS:
        counts = Counter(
            len(next(csv.reader([line], delimiter=delimiter), [])) for line in lines if len(line) < 100_000
        )
        usual = [(count, number) for number, count in counts.items() if number > 1]
        share = max(usual)[0] / len(lines) if usual else 0.0
        # Tabs do not occur in text, commas do: each later delimiter must do better.
        if share > best_share + 0.1:
            best, best_share = delimiter, share
    return best


def _is_quoted(lines: list[str]) -> bool:
    """Whether cells of a tabbed text are quoted as in CSV: then quotes open and close cells, not only words in them."""
    cells = [cell for line in lines for cell in line.split("\t") if cell.startswith('"')]
    whole = [cell for cell in cells if len(cell) > 1 and cell.endswith('"') and cell.count('"') % 2 == 0]
    widths = Counter(line.count("\t") for line in lines if line.strip())
    return bool(cells) and (len(whole) > 0.5 * len(cells) or len(widths) > 1)


def sheet_rows(data: bytes, source: str, values: bool) -> dict[str, list[Row]]:
    """Return the rows with text of each sheet; ``values``: what formulas gave when last computed, else the formulas."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that reading does not need
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=values, keep_links=False)
            try:
                return {
                    sheet.title: _rows(sheet.iter_rows(max_col=_MAX_COLUMNS, values_only=True))
                    for sheet in book.worksheets
                }
            finally:
                book.close()
    except (InvalidFileException, KeyError, ValueError, TypeError, AttributeError, SyntaxError, OSError):
        raise UnreadableFileError(f"{source}: the workbook is damaged; open it in Excel and save it again.") from None


def _rows(cells: Iterable[Iterable[object]]) -> list[Row]:
    rows: list[Row] = []
    for number, row in enumerate(cells, 1):
        texts = tuple("" if cell is None else str(cell).replace("\r\n", "\n") for cell in row)
        if any(text.strip() for text in texts):
            rows.append((number, texts))
    return rows


def _formula_note(data: bytes, source: str) -> list[str]:
    """Return a sentence if formulas have no stored value: programs that only write a workbook do not compute them."""
    with_values = {
        (name, n, k)
        for name, rows in sheet_rows(data, source, True).items()
        for n, row in rows
        for k, v in enumerate(row)
        if v
    }
    missing = sum(
        cell.startswith("=") and (name, number, k) not in with_values
        for name, rows in sheet_rows(data, source, values=False).items()
        for number, row in rows
        for k, cell in enumerate(row)
    )
    if not missing:
        return []
    cells = "1 formula has" if missing == 1 else f"{missing:,} formulas have"
    return [f"{source}: {cells} no stored value; open the workbook in Excel, save it and try again."]
