"""What a check finds: what kind of thing, where, what was expected, and by what it is known again in the next run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from glossary.checking.draft import Bead, Draft, Span
from glossary.dismissals import Dismissal
from search.folding import folded


class Kind(StrEnum):
    """What was checked."""

    TERM = "term-not-used"
    FORBIDDEN = "forbidden-term"
    CONSISTENCY = "inconsistent-term"
    NUMBER = "number"
    DATE = "date"
    SYMBOL = "symbol"
    FOOTNOTE = "footnote"
    QUOTATION = "quotation"


class Level(StrEnum):
    """How grave it is, in the words of SARIF 2.1.0."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a person should look at. Spans are places in the texts of the bead's two sides.

    ``about`` is the term, number or quoted text of the original; ``expected`` what should stand in the translation;
    ``found`` what stands there, "" where it is not known or nothing does. ``concept`` is the glossary's ("c12").
    ``key`` is the same in every run as long as both paragraphs and the finding are.
    """

    kind: Kind
    level: Level
    bead: int
    original: tuple[Span, ...]
    translation: tuple[Span, ...]
    about: str
    expected: tuple[str, ...] = ()
    found: str = ""
    concept: str = ""
    source: str = ""  # where the expectation comes from: a document's symbol, another paragraph
    key: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found in a draft, in reading order; what was dismissed stands apart with its reason."""

    draft: Draft
    findings: tuple[Finding, ...]
    dismissed: tuple[Finding, ...] = ()
    reasons: Mapping[str, Dismissal] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    signature: str = ""

    def of_level(self, *levels: Level) -> tuple[Finding, ...]:
        """The findings that are as grave."""
        return tuple(one for one in self.findings if one.level in levels)


def keyed(draft: Draft, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings in reading order with their keys; what is found several times in one place comes once."""
    order = list(Kind)
    found: dict[str, Finding] = {}
    seen: dict[str, int] = {}
    for one in sorted(findings, key=lambda f: (f.bead, _first(f), order.index(f.kind), f.about, f.found)):
        own = _content(draft.beads[one.bead], one)
        # The same thing twice in a paragraph is two findings.
        seen[own] = seen.get(own, 0) + 1
        key = hashlib.sha256(f"{own}\0{seen[own]}".encode("utf-8", "surrogatepass")).hexdigest()
        found.setdefault(key, replace(one, key=f"{key[:40]}"))
    return tuple(found.values())


def divided(
    findings: Sequence[Finding], known: Mapping[str, Dismissal]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Those that stand, and those that were dismissed."""
    gone = {key for key, one in known.items() if one.dismissed}
    return (
        tuple(one for one in findings if one.key not in gone),
        tuple(one for one in findings if one.key in gone),
    )


def _first(finding: Finding) -> int:
    return min((start for start, _ in (*finding.translation, *finding.original)), default=0)


def _content(bead: Bead, finding: Finding) -> str:
    """What the key is made of: never the number of a paragraph, which changes when others do."""
    parts = (
        str(finding.kind),
        finding.concept,
        folded(bead.zh.text),
        folded(bead.en.text),
        folded(finding.about),
        folded(finding.found),
    )
    return "\0".join(parts)
