"""Rows of a table to concepts: a row a concept, with a column for each language, or a row a term with a shared id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from align.readers.pairs_table import Row
from align.writers.cells import guard
from align.writers.escapes import unescape
from glossary.concepts import Concept, Extra, Term, Usage
from glossary.errors import ExchangeError
from glossary.exchange.contracts import Notes
from glossary.exchange.headings import OWN, Column, Role, columns_of
from glossary.exchange.identifiers import unique
from glossary.exchange.languages import language_by_script
from glossary.exchange.table_entry import KIND, Entry, with_value, workflow_of

_HEADING_WITHIN = 10  # rows: titles may stand above the headings
_SEVERAL = re.compile(r"\s*[;；|]\s*|\s*\n\s*")
_LIKE_A_CODE = re.compile(r"[A-Za-z]{2}(?:[-_][A-Za-z]{2,4})?")
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns, where the data begins, and whether duizhao wrote the table, so that its escapes are undone."""

    columns: tuple[Column, ...]
    first: int
    own: bool = False
    guarded: bool = True  # delimited text may have apostrophes before what could run; typed cells have not

    def all(self, role: Role, language: str | None = None) -> list[Column]:
        """The columns of a role; of a language, or of none, where one is given."""
        return [one for one in self.columns if one.role is role and language in (None, one.language)]

    def one(self, role: Role, language: str = "") -> Column | None:
        """The first column of a role for a language; the empty one is that of no language."""
        return next(iter(self.all(role, language)), None)

    @property
    def by_term(self) -> bool:
        """Whether each row is a term whose language another column says."""
        return self.one(Role.LANGUAGE) is not None and len(self.all(Role.TERM)) == 1


def find_layout(rows: list[Row], notes: Notes) -> Layout | None:
    """The columns by their headings, or, where there are none, two columns of terms and one of notes.

    None if there are headings and none of them is of terms.
    """
    for k, (_, cells) in enumerate(rows[:_HEADING_WITHIN]):
        columns = columns_of(tuple(notes.heading(cell) for cell in cells))
        known = [column for column in columns if column.role not in (Role.EXTRA, Role.TERM_EXTRA)]
        if any(column.role is Role.TERM for column in known) and (len(known) > 1 or not k):
            _note_codes(columns, notes)
            own = {column.heading for column in columns} >= set(OWN.values())
            return Layout(_with_languages(columns, rows[k + 1 :], notes), k + 1, own)
        if sum(bool(cell.strip()) for cell in cells) > 1:
            break
    width = max((len(cells) for _, cells in rows), default=0)
    if width < 2:
        return None
    roles = [Role.TERM, Role.TERM, Role.NOTE, *[Role.EXTRA] * (width - 3)][:width]
    columns = tuple(Column(at, role, "", f"column {at + 1}") for at, role in enumerate(roles))
    notes.count("it has no headings; its first two columns were taken for the terms", "")
    return Layout(_with_languages(columns, rows, notes), 0)


def read_rows(rows: list[Row], layout: Layout, notes: Notes, place: str = "row") -> list[Concept]:
    """The concepts of a table."""
    entries = _by_term(rows, layout, notes) if layout.by_term else _by_concept(rows, layout, notes, place)
    taken: set[str] = set()
    concepts = []
    for number, entry in enumerate(entries, 1):
        if not entry.terms:
            continue
        given = entry.id
        entry.id = unique(given, taken) if given else ""
        if given and entry.id != given:
            notes.count(
                "one id stands on two rows without a term in common; they were kept apart",
                "{n} ids stand on rows without a term in common; they were kept apart",
                given,
            )
        if given:
            entry.origins.append(("duizhao" if layout.own else notes.source, entry.id))
        concepts.append(entry.concept(f"entry-{number}"))
    return concepts


def refuse_empty(concepts: list[Concept], source: str) -> None:
    """Raise ExchangeError for a file without one term."""
    if not concepts:
        raise ExchangeError(f"{source}: there is not one term in it; check that the right file was exported.")


def _note_codes(columns: tuple[Column, ...], notes: Notes) -> None:
    """Say which columns are kept as they are though their headings look like the codes of languages."""
    for column in columns:
        if column.role is Role.EXTRA and _LIKE_A_CODE.fullmatch(column.heading):
            how = f"if it is a language, say which with --language-map {column.heading}=zh"
            notes.count(f"column {column.at + 1} (“{column.heading}”) was kept as a field; {how}", "")


def _with_languages(columns: tuple[Column, ...], rows: list[Row], notes: Notes) -> tuple[Column, ...]:
    """Find out the language of each column of terms that names none, by the letters of its cells."""
    if any(column.role is Role.LANGUAGE for column in columns):
        return columns
    taken = {column.language for column in columns if column.role is Role.TERM}
    found = list(columns)
    nameless = [column for column in columns if column.role is Role.TERM and not column.language]
    guesses = [language_by_script([_cell(cells, column) for _, cells in rows]) for column in nameless]
    for k, (column, guess) in enumerate(zip(nameless, guesses, strict=True)):
        if not guess or guess in taken or guesses.count(guess) > 1:
            guess = ("x-source", "x-target", *(f"x-other{n}" for n in range(len(nameless))))[k]
            hint = f"name the column with its language, such as “en”, or say so with --language-map {guess}=en"
            guess = notes.renamed(guess)
            told = guess.startswith("x-") and f"the language of column {column.at + 1} could not be told; {hint}"
            notes.count(told or f"column {column.at + 1} names no language and was said to be {guess}", "")
        else:
            notes.count(f"column {column.at + 1} names no language and was taken for {guess}, by its letters", "")
            guess = notes.renamed(guess)
        taken.add(guess)
        found[column.at] = replace(column, language=guess)
    return tuple(found)


def _by_term(rows: list[Row], layout: Layout, notes: Notes) -> Iterator[Entry]:
    """One term a row; rows with one id, or without an id below one that has it, are one concept."""
    entries: dict[object, Entry] = {}
    reader = _Cells(layout)
    id_column = layout.one(Role.ID)
    last = ""  # an id holds for the rows below that have none
    for number, cells in rows[layout.first :]:
        given = reader.get(cells, id_column)
        last = given or last
        key: object = last or number
        entry = entries.setdefault(key, Entry(given))
        code = reader.get(cells, layout.one(Role.LANGUAGE))
        language = notes.language(code)
        _concept_fields(entry, reader, cells, layout, language)
        text = reader.get(cells, layout.all(Role.TERM)[0])
        if text:
            entry.terms.append(_term(Term("", language, text), reader, cells, layout, ""))
    yield from entries.values()


def _by_concept(rows: list[Row], layout: Layout, notes: Notes, place: str) -> Iterator[Entry]:
    """One concept a row; rows of one id that share a term are one concept."""
    known: dict[str, list[Entry]] = {}
    entries: list[Entry] = []
    reader = _Cells(layout)
    one_sided = len(layout.all(Role.TERM)) > 1
    for number, cells in rows[layout.first :]:
        entry = Entry(reader.get(cells, layout.one(Role.ID)))
        _concept_fields(entry, reader, cells, layout, "")
        for column in layout.all(Role.TERM):
            text = reader.get(cells, column)
            if text:
                usage = Usage.PREFERRED if column.preferred else Usage.NONE
                term = Term("", column.language, text, usage)
                entry.terms.append(_term(term, reader, cells, layout, column.language))
        for column in layout.all(Role.ALTERNATIVES):
            entry.terms.extend(_alternatives(reader.get(cells, column), column.language or _only(layout)))
        if one_sided and len({term.language for term in entry.terms}) == 1:
            notes.count(
                "one row has a term in one language only",
                "{n} rows have a term in one language only",
                f"{place} {number}",
            )
        same = next((one for one in known.get(entry.id, []) if entry.id and _share(one, entry)), None)
        if same is None:
            entries.append(entry)
            known.setdefault(entry.id, []).append(entry)
        else:
            same.terms.extend(term for term in entry.terms if term not in same.terms)
            same.definitions.extend(one for one in entry.definitions if one not in same.definitions)
            for extra in entry.extras:
                same.keep(extra.name, extra.value)
    yield from entries


def _share(one: Entry, other: Entry) -> bool:
    return bool({(t.language, t.text) for t in one.terms} & {(t.language, t.text) for t in other.terms})


def _only(layout: Layout) -> str:
    return next((column.language for column in layout.all(Role.TERM)), "und")


def _alternatives(cell: str, language: str) -> list[Term]:
    texts = dict.fromkeys(text for text in _SEVERAL.split(cell) if text)
    return [Term("", language, text, Usage.ADMITTED) for text in texts]


class _Cells:
    """Reads cells: without space around them, guards taken off, and escapes undone where duizhao wrote the table."""

    def __init__(self, layout: Layout) -> None:
        self._own, self._guarded = layout.own, layout.guarded

    def get(self, cells: tuple[str, ...], column: Column | None) -> str:
        """The text of a column, "" where there is none."""
        if column is None:
            return ""
        text = _cell(cells, column).strip()
        if self._guarded and text.startswith("'") and guard(text[1:]) == text:
            text = text[1:].strip()
        return unescape(text) if self._own else text


def _cell(cells: tuple[str, ...], column: Column) -> str:
    return cells[column.at] if column.at < len(cells) else ""


def _concept_fields(entry: Entry, reader: _Cells, cells: tuple[str, ...], layout: Layout, language: str) -> None:
    """What a row says of its concept; ``language`` is that of the row, or "" where it has several."""

    def get(role: Role) -> str:
        return reader.get(cells, layout.one(role))

    entry.subject = entry.subject or get(Role.SUBJECT)
    entry.note = entry.note or get(Role.NOTE)
    for column in layout.all(Role.DEFINITION):
        text = reader.get(cells, column)
        source = reader.get(cells, layout.one(Role.DEFINITION_SOURCE, column.language))
        entry.define(column.language or language or ("zh" if _HAN.search(text) else "en"), text, source)
    for column in layout.all(Role.WORKFLOW):
        state = workflow_of(reader.get(cells, column))
        known = column.language or language
        if state is not None:
            entry.workflow |= dict.fromkeys(
                [known] if known else [one.language for one in layout.all(Role.TERM)], state
            )
    for line in get(Role.ORIGINS).split("\n"):
        scheme, _, known = line.rpartition("#")
        if scheme and (scheme, known) not in entry.origins:
            entry.origins.append((scheme, known))
    for column in layout.all(Role.EXTRA):
        if column.heading:
            entry.keep(column.heading, reader.get(cells, column))


def _term(term: Term, reader: _Cells, cells: tuple[str, ...], layout: Layout, language: str) -> Term:
    """A term with what its row says of it: in columns of its language, else in those of none."""

    def get(role: Role) -> str:
        own = layout.one(role, language) if language else None
        return reader.get(cells, own or layout.one(role))

    for role in (Role.USAGE, Role.TYPE, Role.PART_OF_SPEECH):
        term = with_value(term, role.value, get(role))
    extras = tuple(
        Extra(KIND, column.heading, text)
        for column in layout.all(Role.TERM_EXTRA)
        if (text := reader.get(cells, column))
    )
    return replace(
        term,
        id=get(Role.TERM_ID),
        source=get(Role.SOURCE),
        note=get(Role.TERM_NOTE),
        extras=(*term.extras, *extras),
    )
