"""Findings as SARIF 2.1.0 (OASIS): one run, a rule for each kind, a result for each finding.

Two things are this project's own, because translations are no program code: a region's ``charOffset`` is counted in
code points from the beginning of the paragraph that the logical location names, and ``properties`` hold both texts.
"""

from __future__ import annotations

import json
from typing import Any

from align.document import Language
from align.signature import VERSION
from glossary.checking.draft import Draft, Span
from glossary.checking.findings import Finding, Kind, Report
from glossary.checking.words import NAMES, RULES, message

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def dump(report: Report) -> bytes:
    """The report as UTF-8 bytes with a line feed at the end."""
    return (as_text(report) + "\n").encode("utf-8", "backslashreplace")


def as_text(report: Report) -> str:
    """The report as JSON."""
    return json.dumps(sarif(report), ensure_ascii=False, indent=1)


def sarif(report: Report) -> dict[str, Any]:
    """The report as JSON has it."""
    rules = [
        {
            "id": str(kind),
            "shortDescription": {"text": NAMES[kind][0]},
            "fullDescription": {"text": RULES[kind]},
        }
        for kind in Kind
    ]
    results = [_result(report, one) for one in report.findings]
    results += [_result(report, one) | {"suppressions": [_suppression(report, one)]} for one in report.dismissed]
    driver = {"name": "duizhao", "version": VERSION, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {
            "signature": report.signature,
            "alignment": report.draft.signature,
            "translation": report.draft.translation,
            "paragraphs": sum(bool(b.side(report.draft.translation).paragraphs) for b in report.draft.beads),
            "notes": list(report.notes),
        },
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _result(report: Report, one: Finding) -> dict[str, Any]:
    draft = report.draft
    own = _locations(draft, one, draft.translation, one.translation)
    properties = {
        "bead": one.bead,
        "about": one.about,
        "found": one.found,
        "expected": list(one.expected),
        "concept": one.concept,
        "source": one.source,
        "message_zh": message(one, "zh"),
        "texts": {"zh": draft.beads[one.bead].zh.text, "en": draft.beads[one.bead].en.text},
    }
    return {
        "ruleId": str(one.kind),
        "ruleIndex": list(Kind).index(one.kind),
        "level": str(one.level),
        "message": {"text": message(one)},
        "locations": own,
        "relatedLocations": _locations(draft, one, draft.original, one.original),
        "partialFingerprints": {"duizhao/v1": one.key},
        "properties": {name: value for name, value in properties.items() if value not in ("", [])},
    }


def _locations(draft: Draft, one: Finding, language: Language, spans: tuple[Span, ...]) -> list[dict[str, Any]]:
    """A location for each span; the whole first paragraph where there is none."""
    side = draft.beads[one.bead].side(language)
    name = draft.zh_source if language == "zh" else draft.en_source
    found = []
    for span in spans or ((0, len(side.text)),):
        place = side.place(span)
        if place is None:
            continue
        paragraph, (start, end) = place
        logical = {
            "name": paragraph.label or str(paragraph.number),
            "fullyQualifiedName": f"paragraph {paragraph.number}",
            "kind": "paragraph",
        }
        found.append(
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(name)},
                    "region": {
                        "charOffset": start,
                        "charLength": end - start,
                        "snippet": {"text": paragraph.text[start:end]},
                    },
                },
                "logicalLocations": [logical],
            }
        )
    return found


def _uri(name: str) -> str:
    from urllib.parse import quote

    return quote(name.encode("utf-8", "surrogatepass"))


def _suppression(report: Report, one: Finding) -> dict[str, Any]:
    said = report.reasons[one.key]
    return {
        "kind": "external",
        "status": "accepted",
        "justification": said.reason,
        "properties": {"user": said.user, "time": said.time},
    }
