"""Web addresses: two language versions of a page have different ones, and their words are no translation."""

from __future__ import annotations

import regex

from glossary.checking.draft import Draft, Side, Span
from glossary.checking.findings import Finding

_ADDRESS = regex.compile(r"(?:https?://|www\.)[^\s\p{Han}，。；（）《》<>\"“”]+", regex.IGNORECASE)


def in_web_address(draft: Draft, finding: Finding) -> bool:
    """Whether what a finding is about, or what it found, is only a part of a web address."""
    bead = draft.beads[finding.bead]
    original, own = bead.side(draft.original), bead.side(draft.translation)
    return _inside(original, finding.original) or _inside(own, finding.translation)


def _inside(side: Side, spans: tuple[Span, ...]) -> bool:
    addresses = [found.span() for found in _ADDRESS.finditer(side.text)]
    real = [(a, b) for a, b in spans if a < b]
    return bool(real) and all(any(c <= a and b <= d for c, d in addresses) for a, b in real)
