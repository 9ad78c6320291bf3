"""DOCX (Office Open XML, ECMA-376): the translation, with the findings as Word's comments at their places."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from align.writers.escapes import visible
from align.writers.word_page import set_fonts
from glossary.checking.draft import Bead
from glossary.checking.findings import Finding, Report
from glossary.checking.words import ICONS, LEVELS, NAMES, message, rendered

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.run import Run

AUTHOR, INITIALS = "duizhao", "dz"


def dump(report: Report) -> bytes:
    """The report as a Word document."""
    import docx

    document = docx.Document()
    set_fonts(document, report.draft.zh_script == "Hant")
    document.core_properties.title = visible(report.draft.source)
    document.core_properties.comments = visible(report.signature)[:255]
    by_bead: dict[int, list[Finding]] = {}
    for one in report.findings:
        by_bead.setdefault(one.bead, []).append(one)
    for bead in report.draft.beads:
        _write_bead(document, report, bead, by_bead.get(bead.number, []))
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _write_bead(document: Document, report: Report, bead: Bead, findings: list[Finding]) -> None:
    """The paragraphs of a bead in runs that begin and end where findings do."""
    side = bead.side(report.draft.translation)
    placed: dict[int, list[tuple[int, int, Finding]]] = {}
    for one in findings:
        spans = one.translation or ((0, len(side.text)),)
        place = side.place(spans[0])
        if place is None:  # nothing of the translation stands beside this paragraph: say it where one is
            paragraph = document.add_paragraph()
            _comment(document, [paragraph.add_run("[ ]")], one, report)
            continue
        at, (start, end) = place
        placed.setdefault(at.number, []).append((start, end, one))
    for own in side.paragraphs:
        paragraph = document.add_paragraph()
        if own.label:
            paragraph.add_run(visible(f"{own.label}\t"))
        marks = placed.get(own.number, [])
        runs = _runs(paragraph, own.text, [(start, end) for start, end, _ in marks])
        for start, end, one in marks:
            inside = [run for first, last, run in runs if start <= first and last <= max(end, start + 1)]
            _comment(document, inside or [runs[-1][2] if runs else paragraph.add_run(" ")], one, report)


def _runs(paragraph: Any, text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int, Run]]:
    edges = sorted({0, len(text), *(min(edge, len(text)) for start, end in spans for edge in (start, end))})
    return [(start, end, paragraph.add_run(visible(text[start:end]))) for start, end in pairwise(edges)]


def _comment(document: Document, runs: list[Run], one: Finding, report: Report) -> None:
    chinese, english = message(one, "zh"), message(one)
    lines = [f"{ICONS[one.level]} {LEVELS[one.level][0]} · {NAMES[one.kind][0]} {NAMES[one.kind][1]}", english, chinese]
    if rendered(one):
        lines.append("also approved 亦可: " + "; ".join(rendered(one)))
    original = report.draft.beads[one.bead].side(report.draft.original).text
    if original:
        lines.append(f"{'EN' if report.draft.original == 'en' else 'ZH'}: {original}")
    lines.append(f"{one.key[:10]}{f' · {one.concept}' if one.concept else ''}")
    document.add_comment(runs, text=visible("\n".join(lines)), author=AUTHOR, initials=INITIALS)
