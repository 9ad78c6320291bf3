"""Concepts as JSON and back, exactly, for the log and for programs. Fields that say nothing are left out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from glossary.concepts import Concept, Definition, Evidence, Extra, Term, TermType, Usage, Workflow


def concept_data(concept: Concept) -> dict[str, Any]:
    """A concept as JSON has it, without its version."""
    found = {
        "id": concept.id,
        "subject": concept.subject,
        "definitions": [_definition_data(one) for one in concept.definitions],
        "note": concept.note,
        "terms": [term_data(term) for term in concept.terms],
        "workflow": {language: str(status) for language, status in concept.workflow.items()},
        "origins": [list(origin) for origin in concept.origins],
        "extras": [_extra_data(extra) for extra in concept.extras],
    }
    return {name: value for name, value in found.items() if value or name in ("id", "terms", "workflow")}


def term_data(term: Term) -> dict[str, Any]:
    """A term as JSON has it."""
    found = {
        "id": term.id,
        "language": term.language,
        "text": term.text,
        "usage": str(term.usage),
        "type": str(term.type),
        "part_of_speech": term.part_of_speech,
        "source": term.source,
        "note": term.note,
        "evidence": [_evidence_data(one) for one in term.evidence],
        "extras": [_extra_data(extra) for extra in term.extras],
    }
    return {name: value for name, value in found.items() if value or name in ("id", "language", "text")}


def concept_from(data: Mapping[str, Any], version: int) -> Concept:
    """The concept that ``concept_data`` made this of."""
    return Concept(
        data["id"],
        data.get("subject", ""),
        tuple(Definition(one["language"], one["text"], one.get("source", "")) for one in data.get("definitions", ())),
        data.get("note", ""),
        tuple(_term_from(term) for term in data["terms"]),
        {language: Workflow(status) for language, status in data["workflow"].items()},
        tuple((scheme, identifier) for scheme, identifier in data.get("origins", ())),
        tuple(_extra_from(extra) for extra in data.get("extras", ())),
        version,
    )


def dumped(data: Mapping[str, Any] | None) -> str | None:
    """JSON for the database."""
    return None if data is None else json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _term_from(data: Mapping[str, Any]) -> Term:
    return Term(
        data["id"],
        data["language"],
        data["text"],
        Usage(data.get("usage", "")),
        TermType(data.get("type", "")),
        data.get("part_of_speech", ""),
        data.get("source", ""),
        data.get("note", ""),
        tuple(_evidence_from(one) for one in data.get("evidence", ())),
        tuple(_extra_from(extra) for extra in data.get("extras", ())),
    )


def _definition_data(definition: Definition) -> dict[str, str]:
    return {"language": definition.language, "text": definition.text, "source": definition.source}


def _evidence_data(evidence: Evidence) -> dict[str, Any]:
    return {
        "pair": evidence.pair,
        "symbol": evidence.symbol,
        "zh": evidence.zh,
        "en": evidence.en,
        "zh_span": list(evidence.zh_span),
        "en_span": list(evidence.en_span),
    }


def _evidence_from(data: Mapping[str, Any]) -> Evidence:
    zh_start, zh_end = data["zh_span"]
    en_start, en_end = data["en_span"]
    return Evidence(data["pair"], data["symbol"], data["zh"], data["en"], (zh_start, zh_end), (en_start, en_end))


def _extra_data(extra: Extra) -> dict[str, Any]:
    found = {"kind": extra.kind, "name": extra.name, "value": extra.value}
    return found | ({"attributes": [list(one) for one in extra.attributes]} if extra.attributes else {})


def _extra_from(data: Mapping[str, Any]) -> Extra:
    attributes = tuple((name, value) for name, value in data.get("attributes", ()))
    return Extra(data["kind"], data["name"], data["value"], attributes)
