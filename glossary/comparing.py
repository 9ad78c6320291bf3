"""What differs between two versions of a concept, and versions made apart merged: field by field.

A field is named by its path: ``subject``, ``workflow/zh``, ``term/t5/usage``, ``definition/en/1/text`` (the first in
that language). Lists of evidence, origins and unknown fields are sets: what either side added or took away holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from glossary.concepts import Concept, Definition, Term, Workflow

_WORDS_OF_TERM = tuple(field.name for field in fields(Term) if field.name not in ("id", "evidence", "extras"))
_SETS_OF_TERM = ("evidence", "extras")
_TERMS = "terms"  # the order of the terms
Flat = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that is not the same before and after; None where there was none, or is none."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that two people have changed, each in another way."""

    field: str
    base: Any
    mine: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """What two versions make together. Where there are conflicts the other's version of those fields stands in it."""

    concept: Concept
    conflicts: tuple[Conflict, ...]


def alike(one: Concept | None, other: Concept | None) -> bool:
    """Whether two concepts say the same, whatever their versions."""
    if one is None or other is None:
        return one is other
    return replace(one, version=0) == replace(other, version=0)


def content(concept: Concept, language: str) -> tuple[object, ...]:
    """What is decided on when a language is approved: its terms without their evidence, and its definitions."""
    terms = (replace(term, evidence=(), extras=()) for term in concept.of(language))
    return (*terms, *(one for one in concept.definitions if one.language == language))


def changes(before: Concept | None, after: Concept | None) -> tuple[FieldChange, ...]:
    """Field by field what became of a concept; the order of its terms counts as a field where nothing else changed."""
    old, new = (_flat(one) if one else {} for one in (before, after))
    if set(old.get(_TERMS, ())) != set(new.get(_TERMS, ())):
        old.pop(_TERMS, None), new.pop(_TERMS, None)
    names = [*old, *(name for name in new if name not in old)]
    found = ((name, old.get(name) or None, new.get(name) or None) for name in names)
    return tuple(FieldChange(*one) for one in found if one[1] != one[2])


def three_way(base: Concept, mine: Concept, theirs: Concept, mine_wins: Collection[str] = ()) -> Merged:
    """Merge two versions made of one: what only one of them changed holds; what both changed is a conflict.

    ``mine_wins`` are fields of conflicts in which mine shall hold. The result has the version of ``theirs``, and can be
    saved over it. A decision about a language and a change of its words are a conflict, because nobody has decided on
    those words.
    """
    sides = _flat(base), _flat(mine), _flat(theirs)
    conflicts = [*_removals(sides, mine_wins), *_decisions(base, mine, theirs, sides, mine_wins)]
    result: Flat = {}
    for name in dict.fromkeys([*sides[2], *sides[1], *sides[0]]):
        old, own, other = (side.get(name) for side in sides)
        if isinstance(old or own or other, tuple):
            result[name] = _order(old or (), own or (), other or ())
            continue
        if own != other and other != old and own != old:
            conflicts.append(Conflict(name, old, own, other))
        value = own if other == old or (own != old and name in mine_wins) else other
        if value is not None:
            result[name] = value
    order = [k for k in result.get(_TERMS, ()) if f"term/{k}/text" in result]
    return Merged(_unflat(result, order, theirs), tuple(conflicts))


def _flat(concept: Concept) -> Flat:
    found: Flat = {"subject": concept.subject, "note": concept.note}
    count: dict[str, int] = defaultdict(int)
    for one in concept.definitions:
        count[one.language] += 1
        found[f"definition/{one.language}/{count[one.language]}/text"] = one.text
        found[f"definition/{one.language}/{count[one.language]}/source"] = one.source
    for term in concept.terms:
        found |= {f"term/{term.id}/{name}": getattr(term, name) for name in (*_WORDS_OF_TERM, *_SETS_OF_TERM)}
    found |= {f"workflow/{language}": status for language, status in concept.workflow.items()}
    found |= {"origins": concept.origins, "extras": concept.extras, _TERMS: tuple(term.id for term in concept.terms)}
    return found


def _unflat(found: Flat, order: Sequence[str], like: Concept) -> Concept:
    terms = [
        Term(k, **{name: found.get(f"term/{k}/{name}", "") for name in _WORDS_OF_TERM}, **_sets(found, k))
        for k in order
    ]
    places = [name.split("/")[1:3] for name in found if name.startswith("definition/") and name.endswith("/text")]
    definitions = tuple(
        Definition(
            language, found[f"definition/{language}/{k}/text"], found.get(f"definition/{language}/{k}/source", "")
        )
        for language, k in places
    )
    workflow = {name.split("/")[1]: Workflow(value) for name, value in found.items() if name.startswith("workflow/")}
    return replace(
        like,
        subject=found["subject"],
        note=found["note"],
        definitions=definitions,
        terms=tuple(terms),
        workflow=workflow,
        origins=found["origins"],
        extras=found["extras"],
    )


def _sets(found: Flat, term: str) -> dict[str, Any]:
    return {name: found.get(f"term/{term}/{name}", ()) for name in _SETS_OF_TERM}


def _order(old: Sequence[Any], own: Sequence[Any], other: Sequence[Any]) -> tuple[Any, ...]:
    """A list merged as a set: without what either took away, with what either added, in the order that one changed."""
    if other == old or own == old:
        return tuple(own if other == old else other)
    kept = [one for one in other if one in own or one not in old]
    return (*kept, *(one for one in own if one not in old and one not in kept))


def _removals(sides: tuple[Flat, Flat, Flat], mine_wins: Collection[str]) -> list[Conflict]:
    """Terms that one took away and the other changed; each side is made to look as if only the winner had done so."""
    base, mine, theirs = sides
    conflicts = []
    for identifier in base[_TERMS]:
        old, own, other = (_of_term(side, identifier) for side in sides)
        if bool(own) == bool(other) or old in (own, other):
            continue
        name = f"term/{identifier}"
        conflicts.append(Conflict(name, base[f"{name}/text"], mine.get(f"{name}/text"), theirs.get(f"{name}/text")))
        loser = theirs if name in mine_wins else mine
        for field in _of_term(loser, identifier):
            del loser[field]
        loser |= old
        loser[_TERMS] = tuple(dict.fromkeys([*loser[_TERMS], identifier]))
    return conflicts


def _of_term(side: Mapping[str, Any], identifier: str) -> Flat:
    return {name: value for name, value in side.items() if name.startswith(f"term/{identifier}/")}


def _decisions(
    base: Concept, mine: Concept, theirs: Concept, sides: tuple[Flat, Flat, Flat], mine_wins: Collection[str]
) -> list[Conflict]:
    """My decisions about words that the other changed meanwhile."""
    conflicts = []
    for language, decided in mine.workflow.items():
        name = f"workflow/{language}"
        before = base.workflow.get(language)
        untouched = theirs.workflow.get(language) == before
        if decided == before or not untouched or content(base, language) == content(theirs, language):
            continue
        conflicts.append(Conflict(name, before, decided, before))
        if name not in mine_wins and before is not None:
            sides[1][name] = before
        elif name not in mine_wins:
            del sides[1][name]
    return conflicts
