"""One self-contained HTML page: the translation beside its original, findings in the margin; asks the network nothing.

Every finding is an anchor by its key. The page reads without a script, in the colours of the system; its own words
stand in both languages, of which the one that the reader chooses is shown, by style alone.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape

from align.document import Language
from align.writers.escapes import visible
from glossary.checking.draft import Bead, Draft, Side, Span
from glossary.checking.findings import Finding, Level, Report
from glossary.checking.reports.page_style import STYLE
from glossary.checking.words import ICONS, LEVELS, NAMES, message, rendered

_AROUND = 1  # paragraphs before and after one with a finding that are shown with it


def dump(report: Report) -> bytes:
    """The report as an HTML page, UTF-8."""
    return "\n".join(_page(report)).encode("utf-8", "replace")


def _page(report: Report) -> Iterator[str]:
    draft = report.draft
    policy = f"default-src 'none'; style-src '{_hash(STYLE)}'; base-uri 'none'; form-action 'none'"
    title = " · ".join(part for part in (draft.symbol, draft.source) if part)
    yield "<!DOCTYPE html>"
    yield '<html lang="en"><head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{_shown(title)}</title><style>{STYLE}</style></head><body>"
    yield '<input type="radio" name="words" id="words-en" checked><input type="radio" name="words" id="words-zh">'
    yield '<nav><label for="words-en">English</label><label for="words-zh" lang="zh-Hans">中文</label></nav><main>'
    yield f"<header><h1>{_both('Check of a translation', '译文检查')}</h1><p class='source'>{_shown(title)}</p>"
    yield f"<p class='counts'>{_counts(report)}</p></header>"
    yield from _beads(report)
    yield from _dismissed(report)
    yield f"<footer>{_shown(report.signature)}<br>{_shown(draft.signature)}</footer></main></body></html>"


def _counts(report: Report) -> str:
    if not report.findings:
        return _both("Nothing was found.", "未发现问题。")
    parts = []
    for level in Level:
        count = len(report.of_level(level))
        if count:
            english, chinese = LEVELS[level]
            label = _both(
                f"{count} {english}{'s' if count > 1 and level is not Level.NOTE else ''}", f"{count} 项{chinese}"
            )
            parts.append(f'<span class="level {level}"><b aria-hidden="true">{ICONS[level]}</b> {label}</span>')
    return "".join(parts)


def _beads(report: Report) -> Iterator[str]:
    """The paragraphs that have findings, and their neighbours; a line where some are left out."""
    by_bead: dict[int, list[Finding]] = {}
    for one in report.findings:
        by_bead.setdefault(one.bead, []).append(one)
    shown = sorted({k + d for k in by_bead for d in range(-_AROUND, _AROUND + 1)} & set(range(len(report.draft.beads))))
    before = -1
    for number in shown:
        if number > before + 1:
            count = number - before - 1
            english = f"{count} paragraph{'s' * (count > 1)} without findings"
            yield f"<p class='gap'>{_both(english, f'{count} 段无问题')}</p>"
        yield _bead(report.draft, report.draft.beads[number], by_bead.get(number, []))
        before = number


def _bead(draft: Draft, bead: Bead, findings: list[Finding]) -> str:
    sides = [
        _side(draft, bead.side(language), language, findings, language == draft.translation)
        for language in (draft.translation, draft.original)
    ]
    notes = "".join(_finding(one) for one in findings)
    worst = min((list(Level).index(one.level) for one in findings), default=None)
    mark = f" {list(Level)[worst]}" if worst is not None else ""
    return f'<section class="bead{mark}">{"".join(sides)}<div class="margin">{notes}</div></section>'


def _side(draft: Draft, side: Side, language: Language, findings: list[Finding], own: bool) -> str:
    tag = ("zh-Hant" if draft.zh_script == "Hant" else "zh-Hans") if language == "zh" else "en"
    if not side.paragraphs:
        return f'<div class="text missing">{_both("no counterpart", "无对应段落")}</div>'
    label = next((one.label or str(one.number) for one in side.paragraphs), "")
    spans = [(span, one) for one in findings for span in (one.translation if own else one.original)]
    body = _marked(side.text, spans, "hit" if own else "partner")
    return f'<div class="text" lang="{tag}"><span class="number">{_shown(label)}</span>{body}</div>'


def _marked(text: str, spans: Iterable[tuple[Span, Finding]], look: str) -> str:
    """The text with marks; of overlapping ones the first, so that elements never cross."""
    pieces, at = [], 0
    for (start, end), one in sorted(spans, key=lambda pair: pair[0]):
        if start < at or end <= start:
            continue
        pieces.append(_shown(text[at:start]))
        pieces.append(f'<mark class="{look} {one.level}">{_shown(text[start:end])}</mark>')
        at = end
    return "".join([*pieces, _shown(text[at:])])


def _finding(one: Finding) -> str:
    name = _both(*NAMES[one.kind])
    level = _both(*LEVELS[one.level])
    more = (
        f"<p class='more'>{_both('also approved', '亦可')}: {_shown('; '.join(rendered(one)))}</p>"
        if rendered(one)
        else ""
    )
    facts = " · ".join(part for part in (one.concept, one.key[:10]) if part)
    return (
        f'<article class="finding {one.level}" id="f-{one.key}"><h2><b aria-hidden="true">{ICONS[one.level]}</b> '
        f'{name} <span class="quiet">{level}</span></h2>'
        f"<p>{_both(message(one), message(one, 'zh'))}</p>{more}<p class='quiet'>{_shown(facts)}</p></article>"
    )


def _dismissed(report: Report) -> Iterator[str]:
    if not report.dismissed:
        return
    count = len(report.dismissed)
    yield f"<details><summary>{_both(f'{count} dismissed', f'已忽略 {count} 项')}</summary><ul>"
    for one in report.dismissed:
        said = report.reasons[one.key]
        yield (
            f"<li>{_both(message(one), message(one, 'zh'))} <span class='quiet'>{_shown(said.reason)} · "
            f"{_shown(said.user)} · {_shown(said.time[:10])} · {one.key[:10]}</span></li>"
        )
    yield "</ul></details>"


def _both(english: str, chinese: str) -> str:
    own = f'<span class="w-en" lang="en">{_shown(english)}</span>'
    return f'{own}<span class="w-zh" lang="zh-Hans">{_shown(chinese)}</span>'


def _shown(text: str) -> str:
    return escape(visible(text))


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
