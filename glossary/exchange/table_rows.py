"""Concepts to rows of a table: one row a term, the concept's id on each, what is said of the concept on its first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import zip_longest

from glossary.concepts import Concept, Definition, Term
from glossary.exchange.headings import OWN, TERM_PREFIX, Role
from glossary.exchange.identifiers import unique
from glossary.exchange.table_entry import KIND
from glossary.exchange.values import original_or, part_of_speech_of, type_of, usage_of

_VALUES = frozenset({Role.USAGE.value, Role.TYPE.value, Role.PART_OF_SPEECH.value})


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows as texts, and what has no place in a table, in sentences."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def table_of(concepts: Iterable[Concept]) -> Table:
    """The table of all concepts; kept fields of other tables are columns at its right."""
    taken: set[str] = set()
    concepts = tuple(replace(one, id=unique(one.id or f"entry-{k}", taken)) for k, one in enumerate(concepts, 1))
    kept = dict.fromkeys(extra.name for one in concepts for extra in one.extras if extra.kind == KIND)
    of_terms = dict.fromkeys(
        f"{TERM_PREFIX}{extra.name}"
        for one in concepts
        for term in one.terms
        for extra in term.extras
        if extra.kind == KIND and extra.name not in _VALUES
    )
    headings = (*OWN.values(), *kept, *of_terms)
    rows = [tuple(row.get(heading, "") for heading in headings) for one in concepts for row in _rows(one)]
    return Table(headings, tuple(rows), _losses(concepts))


def _rows(concept: Concept) -> list[dict[str, str]]:
    """The rows of a concept, at least one."""
    spoken = [term.language for term in concept.terms]
    spoken += [definition.language for definition in concept.definitions] + list(concept.workflow)
    rows: list[dict[str, str]] = []
    for language in dict.fromkeys(spoken):
        terms = list(concept.of(language))
        definitions = [one for one in concept.definitions if one.language == language]
        for term, definition in zip_longest(terms, definitions):
            rows.append(_row(concept, language, term, definition))
    rows = rows or [_row(concept, "", None, None)]
    _first_row(concept, rows)
    return rows


def _row(concept: Concept, language: str, term: Term | None, definition: Definition | None) -> dict[str, str]:
    row = {OWN[Role.ID]: concept.id, OWN[Role.SUBJECT]: concept.subject, OWN[Role.LANGUAGE]: language}
    if language in concept.workflow:
        row[OWN[Role.WORKFLOW]] = concept.workflow[language].value
    if definition is not None:
        row |= {OWN[Role.DEFINITION]: definition.text, OWN[Role.DEFINITION_SOURCE]: definition.source}
    if term is None:
        return row
    kept = tuple(extra for extra in term.extras if extra.kind == KIND)
    row |= {
        OWN[Role.TERM]: term.text,
        OWN[Role.USAGE]: original_or(term.usage, term.usage.value, Role.USAGE.value, kept, usage_of),
        OWN[Role.TYPE]: original_or(term.type, term.type.value, Role.TYPE.value, kept, type_of),
        OWN[Role.PART_OF_SPEECH]: original_or(
            term.part_of_speech, term.part_of_speech, Role.PART_OF_SPEECH.value, kept, part_of_speech_of
        ),
        OWN[Role.SOURCE]: term.source,
        OWN[Role.TERM_NOTE]: term.note,
        OWN[Role.TERM_ID]: term.id,
    }
    return row | {f"{TERM_PREFIX}{extra.name}": extra.value for extra in kept if extra.name not in _VALUES}


def _first_row(concept: Concept, rows: list[dict[str, str]]) -> None:
    """Put on the first row what is said once; a kept field that has several values goes on below."""
    rows[0][OWN[Role.NOTE]] = concept.note
    origins = [f"{scheme}#{known}" for scheme, known in concept.origins if scheme != "duizhao"]
    rows[0][OWN[Role.ORIGINS]] = "\n".join(origins)
    for extra in concept.extras:
        if extra.kind != KIND:
            continue
        row = next((row for row in rows if not row.get(extra.name)), None)
        if row is None:
            row = _row(concept, rows[-1][OWN[Role.LANGUAGE]], None, None)
            rows.append(row)
        row[extra.name] = extra.value


def _losses(concepts: tuple[Concept, ...]) -> tuple[str, ...]:
    notes = []
    terms = [term for concept in concepts for term in concept.terms]
    if any(term.evidence for term in terms):
        notes.append("Tables have no place for evidence; it was left out. JSON keeps it.")
    extras = [extra for concept in concepts for extra in concept.extras]
    extras += [extra for term in terms for extra in term.extras]
    others = sorted({extra.kind for extra in extras if extra.kind != KIND})
    if others:
        notes.append(f"Fields kept from other kinds of file were left out ({', '.join(others)}).")
    return tuple(notes)
