"""Small pieces of HTML that several pages show: marked texts, where they come from, statuses. All text is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from align.document import Language
from align.writers.escapes import visible
from align.writers.summary import level_of, verdict

if TYPE_CHECKING:
    from align.table import BeadRecord
    from glossary.concepts import Usage, Workflow
    from search.records import StoredPair
    from ui.words import Words

_MARKDOWN = frozenset("\\`*_[]<>#!|~$:&")
_LISTED = re.compile(r"^(\d*)([-+=.)])", re.MULTILINE)
_INDENTED = re.compile(r"^[ \t]+", re.MULTILINE)
# What Streamlit looks for after the escapes are gone: addresses, icons and emoji by their names, arrows, dashes.
_TURNED = re.compile(r":(?=//|[\w/+-]+:)|\bwww(?=\.)|<(?=[-=])|-(?=[->])|[>~](?==)", re.IGNORECASE)
_NOTHING = "\u200b"  # a space of no width
Spans = Iterable[tuple[int, int]]  # code points, end exclusive, in reading order, not overlapping
# A sign beside every colour.
_WORKFLOW_SIGNS = {
    "candidate": "○",
    "proposed": "◔",
    "in-review": "◑",
    "approved": "●",
    "rejected": "✕",
    "retired": "◌",
}
_USAGE_SIGNS = {"preferred": "★", "admitted": "✓", "deprecated": "⊘", "superseded": "↩", "": "·"}


def tag_of(language: str, script: str = "Hans") -> str:
    """The language tag by which fonts and screen readers choose: "zh-Hans", "zh-Hant", "en"."""
    return language if language != "zh" else f"zh-{script or 'Hans'}"


def safe(text: str) -> str:
    """A text as HTML: escaped, control characters made visible."""
    return escape(visible(text))


def literal(text: str) -> str:
    """A text for what Streamlit takes for Markdown (labels, messages): shown as it is, so that it leads nowhere.

    Addresses of e-mail stay links, which is harmless.
    """
    apart = _TURNED.sub(lambda found: found[0] + _NOTHING, _INDENTED.sub("", visible(text)))
    escaped = "".join(f"\\{sign}" if sign in _MARKDOWN else sign for sign in apart)
    return _LISTED.sub(r"\1\\\2", escaped)


def marked(text: str, spans: Spans = (), kind: str = "hit") -> str:
    """A text with parts of it marked; ``kind`` is "hit" for what was asked for, "partner" for its other language."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts.append(f'{safe(text[at:start])}<mark class="dz-{kind}">{safe(text[start:end])}</mark>')
        at = end
    return "".join([*parts, safe(text[at:])])


def running(text: str, tag: str, spans: Spans = (), kind: str = "hit") -> str:
    """A text to read, in the type of its language."""
    return f'<div class="dz-text" lang="{escape(tag)}">{marked(text, spans, kind)}</div>'


def confidence_class(record: BeadRecord) -> str:
    """The classes of the bar at the left of a pair: its level, and solid where a person has checked it."""
    return f"dz-bar dz-{level_of(record)}{' dz-checked' if record.status == 'checked' else ''}"


def provenance(pair: StoredPair, words: Words, *, link: str = "") -> str:
    """Symbol · paragraph · date · body · checked or automatic, small; ``link`` is where the symbol leads."""
    name = safe(pair.symbol or f"#{pair.document}")
    shown = f'<a href="{escape(link)}" target="_self">{name}</a>' if link else name
    number = f"{words('paragraph')} {safe(pair.record.number)}" if pair.record.number else ""
    said = [shown, number, safe(pair.date), safe(pair.body), words(f"v_{verdict(pair.record)}")]
    return f'<div class="dz-from">{" · ".join(part for part in said if part)}</div>'


def workflow_badge(status: Workflow, words: Words) -> str:
    """A workflow status: its colour, sign and word."""
    return f'<span class="dz-badge dz-w-{status}">{_WORKFLOW_SIGNS[status]} {words(f"w_{status}")}</span>'


def usage_badge(usage: Usage, words: Words) -> str:
    """What a term is to be used for: its colour, sign and word."""
    return f'<span class="dz-badge dz-u-{usage or "none"}">{_USAGE_SIGNS[usage]} {words(f"u_{usage}")}</span>'


def key_cap(key: str) -> str:
    """A key as it is printed on the keyboard."""
    return f"<kbd>{escape(key)}</kbd>"


def side_of(language: Language) -> Language:
    """The other language."""
    return "en" if language == "zh" else "zh"
