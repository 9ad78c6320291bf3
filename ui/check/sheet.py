"""The checked translation as running text, findings in the margin beside their places. All text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from glossary.checking.findings import Finding, Kind, Level, Report
from glossary.checking.words import ICONS, LEVELS, NAMES, message, rendered
from ui.parts import safe, tag_of

if TYPE_CHECKING:
    from align.document import Language
    from glossary.checking.draft import Bead, Draft, Span
    from ui.words import Words

PAGE = 100  # paragraphs that are shown at once
AROUND = 1  # paragraphs before and after one with findings that stay with it
SHORT = 10  # letters of a key that name a finding in the address


@dataclass(frozen=True, slots=True)
class View:
    """What of a report is shown: the findings, the one that is looked at, the dismissed ones, the page."""

    shown: tuple[Finding, ...]
    current: str = ""  # a finding's key
    dismissed: tuple[Finding, ...] = ()
    beside: bool = False  # the original of every paragraph
    only: bool = False  # only paragraphs with findings
    page: int = 0

    @property
    def place(self) -> int | None:
        """Where the current finding stands among those shown."""
        return next((k for k, one in enumerate(self.shown) if one.key == self.current), None)


def chosen(report: Report, kinds: Iterable[str] = (), notes: bool = False) -> tuple[Finding, ...]:
    """The findings of some kinds, or of all; with those that are only to be looked at on request."""
    wanted = set(kinds)
    return tuple(
        one
        for one in report.findings
        if (not wanted or str(one.kind) in wanted) and (notes or one.level is not Level.NOTE)
    )


def counts_of(findings: Sequence[Finding]) -> dict[Kind, int]:
    """How many there are of each kind, in the order of the kinds; without those that there are none of."""
    return {kind: n for kind in Kind if (n := sum(one.kind is kind for one in findings))}


def counts(report: Report, words: Words) -> str:
    """How many of what, in a line of HTML."""
    parts = []
    for level in Level:
        n = len(report.of_level(level))
        if n:
            said = words(f"one_{level}") if n == 1 else words(f"n_{level}", n=n)
            parts.append(f'<span class="dz-ck-{level}"><b aria-hidden="true">{ICONS[level]}</b> {safe(said)}</span>')
    own = report.draft.translation
    n = sum(bool(bead.side(own).paragraphs) for bead in report.draft.beads)
    parts = parts or [f"<span>{safe(words('nothing'))}</span>"]
    parts.append(f"<span>{safe(words('in_paragraph') if n == 1 else words('in_paragraphs', n=n))}</span>")
    lost = len(untranslated(report.draft))
    if lost:
        said = words("lost_one") if lost == 1 else words("lost_n", n=lost)
        parts.append(f'<span class="dz-ck-warning"><b aria-hidden="true">▲</b> {safe(said)}</span>')
    if report.dismissed:
        parts.append(f"<span>{safe(words('n_dismissed', n=len(report.dismissed)))}</span>")
    return f'<p class="dz-ck-counts">{"".join(parts)}</p>'


def untranslated(draft: Draft) -> list[int]:
    """The paragraphs of the original that nothing in the translation stands for, by their places."""
    return [k for k, bead in enumerate(draft.beads) if not bead.side(draft.translation).paragraphs]


def sheet(report: Report, view: View, words: Words) -> str:
    """The page of the translation that the view is at."""
    numbers = {one.key: k for k, one in enumerate(view.shown, start=1)}
    by_bead: dict[int, list[Finding]] = {}
    for one in sorted((*view.shown, *view.dismissed), key=lambda one: numbers.get(one.key, 0)):
        by_bead.setdefault(one.bead, []).append(one)
    first, last = window(report.draft, view.page)
    beads = report.draft.beads
    wanted = range(first, last) if not view.only else _near({*by_bead, *untranslated(report.draft)}, first, last)
    parts, before = [], first - 1
    for number in wanted:
        if number > before + 1:
            parts.append(_gap(number - before - 1, words))
        parts.append(_Bead(report, view, words, numbers).html(beads[number], by_bead.get(number, [])))
        before = number
    if last > before + 1:
        parts.append(_gap(last - before - 1, words))
    beside = " dz-ck-beside" if view.beside else ""
    return f'<div class="dz-ck-sheet{beside}">{"".join(parts)}</div>'


def window(draft: Draft, page: int) -> tuple[int, int]:
    """The first paragraph of a page, and the one after its last."""
    count = len(draft.beads)
    first = min(max(page, 0), max(count - 1, 0) // PAGE) * PAGE
    return first, min(first + PAGE, count)


def _near(places: Iterable[int], first: int, last: int) -> list[int]:
    near = {number + d for number in places for d in range(-AROUND, AROUND + 1)}
    return [number for number in range(first, last) if number in near]


def _gap(n: int, words: Words) -> str:
    said = words("gap_one") if n == 1 else words("gap", n=n)
    return f'<p class="dz-ck-gap dz-quiet">{safe(said)}</p>'


@dataclass(frozen=True, slots=True)
class _Bead:
    """What a paragraph is drawn with. ``numbers``: by a finding's key its number in the margin and at its place."""

    report: Report
    view: View
    words: Words
    numbers: Mapping[str, int]

    def html(self, bead: Bead, findings: Sequence[Finding]) -> str:
        """The paragraph, its original where it is wanted, its findings."""
        draft = self.report.draft
        text = self._text(bead, draft.translation, findings)
        original = self._text(bead, draft.original, findings)
        lost = not bead.side(draft.translation).paragraphs
        if lost and not self.view.beside:  # nobody could tell what is missing without seeing it
            original = f'<div class="dz-ck-below dz-ck-lost">{original}</div>'
        elif not self.view.beside:
            current = any(one.key == self.view.current for one in findings)
            open_ = " open" if current else ""
            shown = f"<details{open_}><summary>{safe(self.words('original'))}</summary>{original}</details>"
            original = f'<div class="dz-ck-below">{shown}</div>' if findings else ""
        notes = "".join(self._finding(one) for one in findings)
        doubt = f'<p class="dz-ck-doubt">{safe(self.words("doubtful"))}</p>' if bead.doubtful and findings else ""
        return f'<section class="dz-ck-bead">{text}{original}<div class="dz-ck-margin">{doubt}{notes}</div></section>'

    def _text(self, bead: Bead, language: Language, findings: Sequence[Finding]) -> str:
        draft = self.report.draft
        own = language == draft.translation
        side = bead.side(language)
        kind = "dz-ck-own" if own else "dz-ck-other"
        if not side.paragraphs:
            said, look = ("lost", "dz-ck-doubt") if own else ("no_counterpart", "dz-quiet")
            return f'<div class="{kind} {look}">{safe(self.words(said))}</div>'
        live_ones = [one for one in findings if one.key in self.numbers]
        spans = [(span, one) for one in live_ones for span in (one.translation if own else one.original)]
        tag = tag_of(language, draft.zh_script)
        label = next((one.label or str(one.number) for one in side.paragraphs), "") if own else ""
        number = f'<span class="dz-ck-label" aria-hidden="true">{safe(label)}</span>' if label else ""
        body = self._marked(side.text, spans, own)
        return f'<div class="dz-text {kind}" lang="{escape(tag)}">{number}{body}</div>'

    def _marked(self, text: str, spans: Iterable[tuple[Span, Finding]], own: bool) -> str:
        """The text with marks; of overlapping ones the first, so that elements never cross."""
        pieces, at = [], 0
        for (start, end), one in sorted(spans, key=lambda pair: pair[0]):
            if start < at or end <= start:
                continue
            now = " dz-ck-now" if one.key == self.view.current else ""
            act = f' data-act="choose" data-key="{escape(one.key)}"' if own else ""
            look = f"dz-ck-mark dz-ck-{one.level}{now}"
            pieces.append(safe(text[at:start]))
            shown = safe(text[start:end])
            pieces.append(f'<mark class="{look}" data-n="{self.numbers[one.key]}"{act}>{shown}</mark>')
            at = end
        return "".join([*pieces, safe(text[at:])])

    def _finding(self, one: Finding) -> str:
        number = self.numbers.get(one.key)
        now = " dz-ck-now" if number and one.key == self.view.current else ""
        gone = "" if number else " dz-ck-gone"
        return (
            f'<article class="dz-ck-finding dz-ck-{one.level}{now}{gone}" tabindex="-1" '
            f'id="f-{escape(one.key[:SHORT])}">'
            f"{''.join(self._said(one, number))}</article>"
        )

    def _said(self, one: Finding, number: int | None) -> Iterator[str]:
        zh = self.words.tongue == "zh"
        place = f'<span class="dz-ck-n">{number}</span> ' if number else ""
        name, level = NAMES[one.kind][zh], LEVELS[one.level][zh]
        yield f'<h4>{place}<b aria-hidden="true">{ICONS[one.level]}</b> {safe(level)} · {safe(name)}</h4>'
        yield f"<p>{safe(message(one, self.words.tongue))}</p>"
        if rendered(one):
            yield f'<p class="dz-quiet">{safe(self.words("also", terms="; ".join(rendered(one))))}</p>'
        yield f'<p class="dz-ck-acts">{self._links(one)}{self._act(one, bool(number))}</p>'

    def _links(self, one: Finding) -> str:
        links = ""
        if one.concept:
            links += _link(f"/glossary?concept={quote(one.concept)}", self.words("entry", id=one.concept))
        if one.kind is Kind.QUOTATION and one.source:
            links += _link(f"/corpus?document={quote(one.source, safe='')}", self.words("precedent", symbol=one.source))
        return links

    def _act(self, one: Finding, stands: bool) -> str:
        act, said = ("dismiss", "dismiss_this") if stands else ("recall", "recall")
        button = (
            f'<button class="dz-do" data-act="{act}" data-key="{escape(one.key)}">{safe(self.words(said))}</button>'
        )
        known = self.report.reasons.get(one.key)
        if stands or known is None:
            return button
        said = self.words("dismissed_by", reason=known.reason, user=known.user, date=known.time[:10])
        return f'<span class="dz-quiet">{safe(said)}</span> {button}'


def _link(address: str, text: str) -> str:
    # In a tab of its own, so that the place in the text is not lost.
    return f'<a href="{escape(address)}" target="_blank" rel="noopener">{safe(text)}</a> '
