"""What ``duizhao check`` says: paragraph by paragraph, both texts with what is meant marked, and the findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from align.writers.escapes import visible
from cli.passages import GREY, HIT, PARTNER, excerpt
from glossary.checking.findings import Level
from glossary.checking.words import ICONS, LEVELS, NAMES, message, rendered

if TYPE_CHECKING:
    from rich.text import Text

    from glossary.checking.draft import Draft, Span
    from glossary.checking.findings import Finding, Report

_STYLES = {Level.ERROR: "red", Level.WARNING: "yellow", Level.NOTE: GREY}
KEY = 10  # letters of a key that are shown


def report_lines(report: Report, colour: bool, everything: bool, dismissed: bool) -> Iterator[Text]:
    """The findings under their paragraphs; what they come to; on request what was dismissed."""
    from rich.text import Text

    shown = [one for one in report.findings if everything or one.level is not Level.NOTE]
    for number, several in groupby(shown, key=lambda one: one.bead):
        yield from _bead(report.draft, number, list(several), colour)
        yield Text("")
    yield Text(summary(report, everything))
    if dismissed:
        for one in report.dismissed:
            said = report.reasons[one.key]
            line = f"– {one.key[:KEY]}  {message(one)}  {said.reason} · {said.user} · {said.time[:10]}"
            yield Text(visible(line), style=GREY)


def summary(report: Report, everything: bool) -> str:
    """How many of what, in a line."""
    counts = Counter(one.level for one in report.findings)
    if not report.findings:
        line = "nothing was found"
    else:
        parts = [(Level.ERROR, "error", "errors"), (Level.WARNING, "warning", "warnings")]
        line = ", ".join(f"{counts[k]:,} {one if counts[k] == 1 else many}" for k, one, many in parts)
        if counts[Level.NOTE]:
            line += f", {counts[Level.NOTE]:,} to look at" + ("" if everything else " (--all shows them)")
    checked = sum(bool(bead.side(report.draft.translation).paragraphs) for bead in report.draft.beads)
    line += f" in {checked:,} paragraphs"
    return line + (f"; {len(report.dismissed):,} dismissed" if report.dismissed else "")


def _bead(draft: Draft, number: int, findings: Sequence[Finding], colour: bool) -> Iterator[Text]:
    from rich.text import Text

    bead = draft.beads[number]
    own = bead.side(draft.translation)
    first = own.paragraphs[0] if own.paragraphs else None
    name = f"paragraph {first.number}" + (f" · {first.label}" if first.label else "") if first else "no counterpart"
    yield Text(visible(name + ("  ⚠ doubtful alignment" if bead.doubtful else "")), style="bold")
    for language, style in ((draft.translation, HIT), (draft.original, PARTNER)):
        spans = _apart(
            span for one in findings for span in (one.translation if language == draft.translation else one.original)
        )
        text = bead.side(language).text
        if text:
            yield excerpt(text, spans, language, style, colour)
    for one in findings:
        yield from _finding(one)


def _finding(one: Finding) -> Iterator[Text]:
    from rich.text import Text

    line = Text(f" {ICONS[one.level]} ", style=_STYLES[one.level])
    line.append(f"{LEVELS[one.level][0]}: {NAMES[one.kind][0]}", style=_STYLES[one.level])
    facts = f"  {one.key[:KEY]}" + (f" · {one.concept}" if one.concept else "")
    yield line.append(visible(facts), style=GREY)
    yield Text(visible(f"   {message(one)}"))
    if rendered(one):
        yield Text(visible(f"   also approved: {'; '.join(rendered(one))}"), style=GREY)


def _apart(spans: Iterator[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for start, end in sorted(set(spans)):
        if not found or start >= found[-1][1]:
            found.append((start, end))
    return tuple(found)
