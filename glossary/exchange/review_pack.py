"""A pack for a reviewer without an account: a workbook to edit and send back (``review`` merges it).

The first sheet is the glossary's table, one row a term, with two columns to fill in: a decision and a comment. A hidden
sheet carries the concepts as they were sent, so that later only what the reviewer changed counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from align.readers.pairs_table import Row
from align.writers.atomic import check_destination, write_atomic
from align.writers.cells import pieces, put_text
from align.writers.escapes import unescape
from glossary.concepts import Concept, Definition, Term, TermType, Usage, Workflow
from glossary.errors import ExchangeError
from glossary.exchange.contracts import Notes
from glossary.exchange.headings import OWN, Role
from glossary.exchange.json_file import dumps, loads
from glossary.exchange.languages import language_by_script, tag_of
from glossary.exchange.table_rows import Table, table_of
from glossary.exchange.values import part_of_speech_of, type_of, usage_of
from glossary.exchange.workbook import neutralised, packed, read_sheets, write_about, write_table
from glossary.exchange.workbook_style import EXPLANATIONS, style_names

SHEET, _BASE = "Review", "Base"
DECISION, COMMENT = "Decision", "Comment"
_LEFT_OUT = frozenset({OWN[Role.ORIGINS]})
_APPROVE = frozenset("approve approved yes y ok accept accepted agree 同意 核准 批准 通过 是 √ ✓".split())
_REJECT = frozenset("reject rejected no n disagree 否决 不同意 反对 否 × ✗ x".split())
_ABOUT = {
    "What to do": "edit any cell of the first sheet; write approve or reject under Decision, and say why under Comment",
    DECISION: "approve 同意 or reject 否决: the concept in this row's language; empty leaves it as it is",
    COMMENT: "comes back to the terminologist with the row",
    "A new term": "a new row with the concept's id, the language and the term; leave Term id empty",
    "A new concept": "a new row without a concept id",
    "To remove a term": "empty its cell under Term; a row that is missing removes nothing",
}


@dataclass(frozen=True, slots=True)
class Returned:
    """A concept as it was sent and as it came back, with the decision by language and the comments, by language."""

    base: Concept
    theirs: Concept
    decisions: tuple[tuple[str, Workflow], ...] = ()
    comments: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewPack:
    """What came back: the concepts that were sent, those that the reviewer proposes, and what was not understood."""

    returned: tuple[Returned, ...]
    proposed: tuple[Concept, ...]
    source: str
    warnings: tuple[str, ...] = ()


def write_review(concepts: Iterable[Concept], path: Path) -> tuple[str, ...]:
    """Write the pack; return notes on what was neutralised. Raises OutputError, or ExchangeError if it is empty."""
    from openpyxl import Workbook

    concepts = tuple(concepts)
    if not concepts:
        raise ExchangeError("there is no concept to review; choose others.")
    check_destination(path)
    whole = table_of(replace(concept, extras=()) for concept in concepts)
    kept = [k for k, heading in enumerate(whole.headings) if heading in OWN.values() and heading not in _LEFT_OUT]
    rows = tuple((*(row[k] for k in kept), "", "") for row in whole.rows)
    table = Table((*(whole.headings[k] for k in kept), DECISION, COMMENT), rows, ())
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    style_names(workbook)
    write_table(workbook, SHEET, table, frozenset({DECISION, COMMENT}))
    write_about(workbook, _ABOUT | EXPLANATIONS)
    base: Any = workbook.create_sheet(_BASE)
    for row, piece in enumerate(pieces(dumps(concepts, indent=None).decode()), 1):
        put_text(base, row, 1, piece, "plain")
    base.sheet_state = "veryHidden"
    write_atomic(path, packed(workbook, "Review"))
    return neutralised(table)


def is_review(path: Path) -> bool:
    """Whether a workbook is a pack, by the names of its sheets. Raises ExchangeError or UnreadableFileError."""
    return path.suffix.lower() == ".xlsx" and {SHEET, _BASE} <= set(read_sheets(path))


def read_review(path: Path) -> ReviewPack:
    """What the reviewer changed, decided and said; raises ExchangeError or UnreadableFileError in one sentence."""
    sheets = read_sheets(path)
    if not {SHEET, _BASE} <= set(sheets):
        raise ExchangeError(
            f"{path.name}: this is no review pack of duizhao; its sheets {SHEET} and {_BASE} are missing."
        )
    text = unescape("".join(cells[0] for _, cells in sheets[_BASE]))
    base = loads(text.encode("utf-8", "surrogatepass"), path.name)
    spoken = {term.language for concept in base for term in concept.terms}
    spoken |= {one.language for concept in base for one in concept.definitions}
    rows = [_tagged(row, spoken) for row in _rows(sheets[SHEET], path.name)]
    by_concept: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        by_concept[row.get(OWN[Role.ID], "")].append(row)
    notes = Notes(path.name)
    returned = tuple(_returned(concept, by_concept.pop(concept.id.strip(), []), notes) for concept in base)
    proposed = _proposed(by_concept, notes)
    return ReviewPack(returned, proposed, path.name, notes.sentences())


def _rows(rows: Sequence[Row], source: str) -> list[dict[str, str]]:
    headings = [cell.strip() for cell in rows[0][1]] if rows else []
    missing = [heading for heading in (OWN[Role.ID], OWN[Role.LANGUAGE], OWN[Role.TERM]) if heading not in headings]
    if missing:
        raise ExchangeError(f"{source}: the column “{missing[0]}” is missing; put it back as it was sent.")
    texts = ([unescape(cell).strip() for cell in cells] for _, cells in rows[1:])
    found = (dict.fromkeys(headings, "") | dict(zip(headings, cells, strict=False)) for cells in texts)
    return [row for row in found if any(row.values())]


def _tagged(row: dict[str, str], spoken: Collection[str]) -> dict[str, str]:
    """A row with the tag of its language where a reviewer wrote another code or name, or none beside a new term."""
    code = row[OWN[Role.LANGUAGE]]
    if code in spoken:
        return row
    tag = tag_of(code) if code else language_by_script([row[OWN[Role.TERM]]])
    return row | {OWN[Role.LANGUAGE]: tag}


@dataclass(slots=True)
class _Edits:
    """What the rows of one concept say, beside the concept as it was sent."""

    base: Concept
    rows: list[dict[str, str]]
    notes: list[str] = field(default_factory=list)

    def get(self, row: dict[str, str], role: Role, was: str) -> str:
        """A cell; exactly what was sent where it looks the same."""
        cell = row.get(OWN[role])
        return was if cell is None or cell == was.strip() else cell

    def concept(self) -> Concept:
        """The concept as the reviewer would have it."""
        return replace(
            self.base,
            subject=self._common(Role.SUBJECT, self.base.subject),
            note=self._common(Role.NOTE, self.base.note),
            definitions=self._definitions(),
            terms=self._terms(),
        )

    def _common(self, role: Role, was: str) -> str:
        """A field that stands on several rows: what was changed on any of them counts."""
        cells = [row[OWN[role]] for row in self.rows if OWN[role] in row]
        changed = [cell for cell in cells if cell and cell != was.strip()]
        if changed:
            return changed[0]
        return was if not cells or was.strip() in cells else ""

    def _terms(self) -> tuple[Term, ...]:
        fresh = list(self.rows)
        terms = []
        for term in self.base.terms:
            row = self._row_of(term)
            if row is None:
                terms.append(term)
                self.notes.append(f"the row of “{term.text}” is missing; the term was kept.")
                continue
            fresh = [one for one in fresh if one is not row]
            if row[OWN[Role.TERM]]:
                terms.append(self._term(term, row))
        there = {(term.language, term.text) for term in terms}
        fresh = [row for row in fresh if row[OWN[Role.TERM]]]
        fresh = [row for row in fresh if (row[OWN[Role.LANGUAGE]], row[OWN[Role.TERM]]) not in there]
        for number, row in enumerate(fresh, 1):
            blank = Term(f"new-{number}", row[OWN[Role.LANGUAGE]] or "und", "")
            terms.append(self._term(blank, row))
        return tuple(terms)

    def _row_of(self, term: Term) -> dict[str, str] | None:
        """The row of a term; of copies of it, which are new terms, the one that was left alone."""
        rows = [row for row in self.rows if row.get(OWN[Role.TERM_ID]) == term.id.strip()]
        return min(rows, key=lambda row: row[OWN[Role.TERM]] != term.text.strip(), default=None)

    def _term(self, term: Term, row: dict[str, str]) -> Term:
        if row[OWN[Role.LANGUAGE]] not in ("", term.language):
            self.notes.append(
                f"the language of “{term.text}” was changed; it was left as it was: make a new row for it."
            )
        usage = self.get(row, Role.USAGE, term.usage.value)
        type_ = self.get(row, Role.TYPE, term.type.value)
        part = self.get(row, Role.PART_OF_SPEECH, term.part_of_speech)
        return replace(
            term,
            text=self.get(row, Role.TERM, term.text),
            usage=self._known(usage, term.usage, usage_of(usage)),
            type=self._known(type_, term.type, type_of(type_)),
            part_of_speech=part if part == term.part_of_speech else part_of_speech_of(part)[0],
            source=self.get(row, Role.SOURCE, term.source),
            note=self.get(row, Role.TERM_NOTE, term.note),
        )

    def _known(self, cell: str, was: Any, found: tuple[Usage | TermType, bool]) -> Any:
        """The value that a cell names; what it was, with a note, where nobody knows it."""
        if cell and cell != was and not found[0]:
            self.notes.append(f"“{cell[:40]}” is no usage or type of a term; it was left as it was.")
            return was
        return was if cell == was else found[0]

    def _definitions(self) -> tuple[Definition, ...]:
        languages = dict.fromkeys([one.language for one in self.base.definitions])
        languages |= dict.fromkeys(row[OWN[Role.LANGUAGE]] for row in self.rows if row.get(OWN[Role.DEFINITION]))
        return tuple(one for language in languages for one in self._defined(language))

    def _defined(self, language: str) -> list[Definition]:
        was = [one for one in self.base.definitions if one.language == language]
        rows = [row for row in self.rows if row[OWN[Role.LANGUAGE]] == language]
        cells = [(row.get(OWN[Role.DEFINITION], ""), row.get(OWN[Role.DEFINITION_SOURCE], "")) for row in rows]
        cells = [cell for cell in cells if cell[0]]
        known = {(one.text.strip(), one.source.strip()): one for one in was}
        sent = [term for term in self.base.terms if term.language == language]
        if sorted(cells) == sorted(known) or len(rows) < max(len(sent), len(was)):
            return was
        return [known.get(cell) or Definition(language, *cell) for cell in cells]


def _returned(base: Concept, rows: list[dict[str, str]], notes: Notes) -> Returned:
    if not rows:
        notes.count(
            "one concept is missing; nothing of it was changed", "{n} concepts are missing; nothing changed", base.id
        )
        return Returned(base, base)
    edits = _Edits(base, rows)
    theirs = edits.concept()
    decisions, unclear = _decisions(rows)
    workflow = {**theirs.workflow, **dict(decisions)}
    comments = tuple((row[OWN[Role.LANGUAGE]], row[COMMENT]) for row in rows if row.get(COMMENT))
    return Returned(base, replace(theirs, workflow=workflow), decisions, comments, (*edits.notes, *unclear))


def _decisions(rows: list[dict[str, str]]) -> tuple[tuple[tuple[str, Workflow], ...], list[str]]:
    """The decision by language, and what could not be understood."""
    found: dict[str, set[Workflow]] = defaultdict(set)
    unclear = []
    for row in rows:
        word = row.get(DECISION, "").casefold().strip(" .。!")
        if word in _APPROVE:
            found[row[OWN[Role.LANGUAGE]]].add(Workflow.APPROVED)
        elif word in _REJECT:
            found[row[OWN[Role.LANGUAGE]]].add(Workflow.REJECTED)
        elif word:
            unclear.append(f"the decision “{word[:40]}” was not understood; write approve or reject.")
    for language, states in found.items():
        if len(states) > 1:
            unclear.append(f"{language} is both approved and rejected; nothing was decided.")
    return tuple((language, min(states)) for language, states in found.items() if len(states) == 1), unclear


def _proposed(rows: dict[str, list[dict[str, str]]], notes: Notes) -> tuple[Concept, ...]:
    """New concepts: a row without an id each, and rows that share an id that was not sent."""
    groups = [[row] for row in rows.pop("", [])] + list(rows.values())
    found = []
    for group in groups:
        edits = _Edits(Concept(""), group)
        concept = edits.concept()
        if concept.terms:
            workflow = dict.fromkeys((term.language for term in concept.terms), Workflow.PROPOSED)
            found.append(replace(concept, workflow=workflow, terms=tuple(replace(t, id="") for t in concept.terms)))
            notes.count("one new concept is proposed", "{n} new concepts are proposed", concept.terms[0].text)
    return tuple(found)
