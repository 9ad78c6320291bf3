"""A concept as a form: what stands in its fields, and the concept that they make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from glossary.concepts import Concept, Definition, Term, TermType, Usage
from glossary.rules import languages_of

NEW = "n"  # what the ids of terms begin with that are not stored yet


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term as it stands in the form; one whose words are empty goes."""

    id: str
    language: str
    text: str = ""
    usage: str = ""
    type: str = ""
    part_of_speech: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DefinitionRow:
    """The first definition in a language as it stands in the form."""

    language: str
    text: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """All that can be edited of a concept."""

    terms: tuple[TermRow, ...]
    definitions: tuple[DefinitionRow, ...] = ()
    subject: str = ""
    note: str = ""


def form_of(concept: Concept) -> Form:
    """A concept as a form."""
    rows = tuple(
        TermRow(t.id, t.language, t.text, str(t.usage), str(t.type), t.part_of_speech, t.source, t.note)
        for t in concept.terms
    )
    first: dict[str, Definition] = {}
    for one in concept.definitions:
        first.setdefault(one.language, one)
    for language in languages_of(concept):
        first.setdefault(language, Definition(language, ""))
    definitions = tuple(DefinitionRow(one.language, one.text, one.source) for one in first.values())
    return Form(rows, definitions, concept.subject, concept.note)


def blank(given: Iterable[tuple[str, str]] = ()) -> Form:
    """The form of a new concept, with a term in each language that may be given already."""
    rows = tuple(TermRow(f"{NEW}{k}", language, text) for k, (language, text) in enumerate(given, 1))
    return Form(rows, tuple(DefinitionRow(language) for language in dict.fromkeys(row.language for row in rows)))


def concept_of(base: Concept, form: Form) -> Concept:
    """The concept that a form makes of what it was; what the form does not show stays as it is."""
    known = {term.id: term for term in base.terms}
    terms = tuple(_term(known.get(row.id), row) for row in form.terms if row.text.strip())
    definitions = list(base.definitions)
    for row in form.definitions:
        own = next((one for one in base.definitions if one.language == row.language), None)
        place = definitions.index(own) if own else len(definitions)
        changed = [Definition(row.language, row.text.strip(), row.source.strip())] if row.text.strip() else []
        definitions[place : place + 1] = changed
    return replace(
        base, subject=form.subject.strip(), note=form.note.strip(), definitions=tuple(definitions), terms=terms
    )


def touched(base: Concept, concept: Concept) -> list[Term]:
    """Terms that are new, or have other words than before: those that may be somewhere else already."""
    before = {term.id: term.text for term in base.terms}
    return [term for term in concept.terms if before.get(term.id) != term.text.strip()]


def next_id(form: Form) -> str:
    """An id for one more term."""
    used = {row.id for row in form.terms}
    return next(name for name in (f"{NEW}{k}" for k in range(1, len(used) + 2)) if name not in used)


def _term(before: Term | None, row: TermRow) -> Term:
    text = {field.name: str(getattr(row, field.name)).strip() for field in fields(row) if field.name != "id"}
    known = before or Term(row.id, row.language, "")
    return replace(known, **{**text, "usage": Usage(row.usage), "type": TermType(row.type)})  # type: ignore[arg-type]
