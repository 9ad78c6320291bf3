"""Changes of one concept given in words, as a command line has them: ``t5.usage=deprecated``, ``zh:国际刑警组织``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from glossary.concepts import Concept, Definition, Term, TermType, Usage
from glossary.errors import GlossaryError, NotInGlossaryError
from glossary.rules import label
from search.folding import folded

_TERM_FIELDS = ("text", "usage", "type", "part_of_speech", "source", "note")
Kind = TypeVar("Kind", bound=StrEnum)
PARTS_OF_SPEECH = ("noun", "verb", "adjective", "adverb", "other", "")


@dataclass(frozen=True, slots=True)
class Instructions:
    """What to do with a concept.

    Terms ("LANGUAGE:WORDS") to add, terms (by id or words) to remove or give a usage, and fields to set
    ("FIELD=VALUE": subject, note, definition.en, definition.en.source, or one of a term as in "t5.usage").
    """

    add: Sequence[str] = ()
    remove: Sequence[str] = ()
    prefer: Sequence[str] = ()
    admit: Sequence[str] = ()
    deprecate: Sequence[str] = ()
    supersede: Sequence[str] = ()
    set: Sequence[str] = ()

    def applied(self, concept: Concept) -> Concept:
        """The concept as they make it; raises GlossaryError in one sentence for one that makes no sense."""
        gone = {find_term(concept, which).id for which in self.remove}
        changed = concept
        for which in self.prefer:
            changed = preferring(changed, find_term(concept, which))
        for many, usage in (
            (self.admit, Usage.ADMITTED),
            (self.deprecate, Usage.DEPRECATED),
            (self.supersede, Usage.SUPERSEDED),
        ):
            for which in many:
                term = find_term(concept, which)
                now = find_term(changed, term.id)
                changed = _with_term(changed, replace(now, usage=usage))
        for one in self.set:
            changed = _set(changed, one)
        kept = tuple(term for term in changed.terms if term.id not in gone)
        return replace(changed, terms=(*kept, *new_terms(self.add)))


def new_terms(given: Iterable[str]) -> tuple[Term, ...]:
    """Terms given as "LANGUAGE:WORDS"; what they are called is for the moment, until they are stored."""
    found: list[Term] = []
    for one in given:
        language, colon, text = one.partition(":")
        if not colon or not language.strip() or not text.strip():
            raise GlossaryError(f"“{one[:80]}” is no term; write the language and the words, as in zh:秘书长.")
        found.append(Term(f"n{len(found) + 1}", language.strip(), text.strip()))
    return tuple(found)


def find_term(concept: Concept, which: str) -> Term:
    """The term of a concept with this id or these words, folded; raises NotInGlossaryError."""
    for term in concept.terms:
        if term.id == which.strip():
            return term
    same = [term for term in concept.terms if folded(term.text) == folded(which)]
    exact = [term for term in same if term.text == which]
    if len(same) == 1 or len(exact) == 1:
        return (exact or same)[0]
    if same:
        ids = ", ".join(term.id for term in same)
        raise NotInGlossaryError(f"{label(concept)} has several terms “{which[:80]}” ({ids}); name one by its id.")
    ids = ", ".join(f"{term.id} {term.text}" for term in concept.terms)
    raise NotInGlossaryError(f"{label(concept)} has no term “{which[:80]}”; it has {ids[:300]}.")


def preferring(concept: Concept, term: Term) -> Concept:
    """This term as the preferred one of its language; the one that was is admitted."""
    terms = []
    for one in concept.terms:
        if one.id == term.id:
            one = replace(one, usage=Usage.PREFERRED)
        elif one.language == term.language and one.usage is Usage.PREFERRED:
            one = replace(one, usage=Usage.ADMITTED)
        terms.append(one)
    return replace(concept, terms=tuple(terms))


def _with_term(concept: Concept, term: Term) -> Concept:
    return replace(concept, terms=tuple(term if one.id == term.id else one for one in concept.terms))


def _set(concept: Concept, order: str) -> Concept:
    name, equals, value = order.partition("=")
    name, value = name.strip(), value.strip()
    if not equals:
        raise GlossaryError(f"“{order[:80]}” sets nothing; write FIELD=VALUE, as in subject=law or t5.usage=admitted.")
    if name == "subject":
        return replace(concept, subject=value)
    if name == "note":
        return replace(concept, note=value)
    first, _, rest = name.partition(".")
    if first == "definition" and rest:
        return _define(concept, rest, value)
    if rest in _TERM_FIELDS:
        return _with_term(concept, _changed_term(find_term(concept, first), rest, value))
    raise GlossaryError(
        f"there is no field “{name[:80]}”; there are subject, note, definition.en, definition.en.source, and of a term "
        f"{', '.join(f't5.{field}' for field in _TERM_FIELDS)}."
    )


def _changed_term(term: Term, field: str, value: str) -> Term:
    if field == "text":
        return replace(term, text=value)
    if field == "usage":
        return replace(term, usage=_one_of(Usage, value, field))
    if field == "type":
        return replace(term, type=_one_of(TermType, value, field))
    if field == "part_of_speech":
        if value not in PARTS_OF_SPEECH:
            raise GlossaryError(f"“{value[:80]}” is no part of speech; write {', '.join(PARTS_OF_SPEECH[:-1])}.")
        return replace(term, part_of_speech=value)
    return replace(term, source=value) if field == "source" else replace(term, note=value)


def _one_of(kind: type[Kind], value: str, field: str) -> Kind:
    try:
        return kind(value)
    except ValueError:
        names = ", ".join(one for one in kind if one)
        raise GlossaryError(f"“{value[:80]}” is no {field} of a term; write {names}, or nothing.") from None


def _define(concept: Concept, rest: str, value: str) -> Concept:
    """The first definition in a language, or its source, given, changed or (by nothing) taken away."""
    language, _, part = rest.partition(".")
    own = next((one for one in concept.definitions if one.language == language), None)
    if part not in ("", "source") or (part == "source" and own is None):
        raise GlossaryError(f"there is no definition.{rest[:80]}; write definition.{language[:20]}=WORDS first.")
    if part == "source":
        assert own is not None
        changed: Definition | None = replace(own, source=value)
    else:
        changed = Definition(language, value, own.source if own else "") if value else None
    before = list(concept.definitions)
    place = before.index(own) if own else len(before)
    before[place : place + 1] = [changed] if changed else []
    return replace(concept, definitions=tuple(before))
