"""Concepts as JSON values and back: the one place that knows the names of their fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from enum import Enum
from typing import Any, TypeVar

from glossary.concepts import Concept, Definition, Evidence, Extra, Term, TermType, Usage, Workflow
from glossary.errors import ExchangeError

_E = TypeVar("_E", bound=Enum)


def plain(concept: Concept) -> dict[str, Any]:
    """A concept as JSON values, all of it."""
    return {**asdict(concept), "workflow": {language: state.value for language, state in concept.workflow.items()}}


def concept_from(values: object, place: str) -> Concept:
    """Undo ``plain``; raises ExchangeError naming ``place`` and the field that is wrong."""
    fields = _object(values, place, "concept")
    workflow = _object(fields.get("workflow", {}), place, "workflow")
    return Concept(
        id=_text(fields, "id", place),
        subject=_text(fields, "subject", place),
        definitions=tuple(_definition(one, place) for one in _list(fields, "definitions", place)),
        note=_text(fields, "note", place),
        terms=tuple(_term(one, place) for one in _list(fields, "terms", place)),
        workflow={language: _choice(Workflow, state, place, "workflow") for language, state in workflow.items()},
        origins=_pairs(fields, "origins", place),
        extras=tuple(_extra(one, place) for one in _list(fields, "extras", place)),
        version=_number(fields.get("version", 0), place, "version"),
    )


def _term(values: object, place: str) -> Term:
    fields = _object(values, place, "terms")
    return Term(
        id=_text(fields, "id", place),
        language=_text(fields, "language", place),
        text=_text(fields, "text", place),
        usage=_choice(Usage, fields.get("usage", ""), place, "usage"),
        type=_choice(TermType, fields.get("type", ""), place, "type"),
        part_of_speech=_text(fields, "part_of_speech", place),
        source=_text(fields, "source", place),
        note=_text(fields, "note", place),
        evidence=tuple(_evidence(one, place) for one in _list(fields, "evidence", place)),
        extras=tuple(_extra(one, place) for one in _list(fields, "extras", place)),
    )


def _definition(values: object, place: str) -> Definition:
    fields = _object(values, place, "definitions")
    return Definition(*(_text(fields, name, place) for name in ("language", "text", "source")))


def _extra(values: object, place: str) -> Extra:
    fields = _object(values, place, "extras")
    kind, name, value = (_text(fields, name, place) for name in ("kind", "name", "value"))
    return Extra(kind, name, value, _pairs(fields, "attributes", place))


def _evidence(values: object, place: str) -> Evidence:
    fields = _object(values, place, "evidence")
    symbol, zh, en = (_text(fields, name, place) for name in ("symbol", "zh", "en"))
    spans = []
    for name in ("zh_span", "en_span"):
        ends = [_number(one, place, name) for one in _list(fields, name, place)]
        if len(ends) != 2:
            raise _wrong(place, name)
        spans.append((ends[0], ends[1]))
    return Evidence(_number(fields.get("pair"), place, "pair"), symbol, zh, en, *spans)


def _wrong(place: str, name: str) -> ExchangeError:
    return ExchangeError(f"{place}: the field “{name}” is missing or damaged; export the glossary again.")


def _object(values: object, place: str, name: str) -> Mapping[str, Any]:
    if not isinstance(values, dict):
        raise _wrong(place, name)
    return values


def _list(fields: Mapping[str, Any], name: str, place: str) -> list[Any]:
    values = fields.get(name, [])
    if not isinstance(values, list):
        raise _wrong(place, name)
    return values


def _text(fields: Mapping[str, Any], name: str, place: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise _wrong(place, name)
    return value


def _number(value: object, place: str, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise _wrong(place, name)
    return value


def _pairs(fields: Mapping[str, Any], name: str, place: str) -> tuple[tuple[str, str], ...]:
    found = []
    for one in _list(fields, name, place):
        if not isinstance(one, list) or len(one) != 2 or not all(isinstance(part, str) for part in one):
            raise _wrong(place, name)
        found.append((one[0], one[1]))
    return tuple(found)


def _choice(kind: type[_E], value: object, place: str, name: str) -> _E:
    try:
        return kind(value)
    except ValueError:
        raise _wrong(place, name) from None
