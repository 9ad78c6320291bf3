"""What new documents say against an approved entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from align.document import Language
from search.precedents.renderings import group_key

KEY = 12  # characters


class AlertKind(StrEnum):
    """What is no longer so: 首选译法不再使用, 首个反例, 禁用译法重现."""

    UNUSED = "preferred term no longer used"
    COUNTER = "counter-example"
    DEPRECATED = "deprecated term back in use"


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair that shows it, with the spans of the term and of what renders it (code points; (0, 0) where unknown)."""

    pair: int
    symbol: str
    date: str
    zh: str
    en: str
    zh_span: tuple[int, int]
    en_span: tuple[int, int]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Alert:
    """One approved entry, one thing that speaks against it, the ids of all pairs that show it, their documents, and
    some of the pairs with their texts.

    ``term`` is the one in the original, ``preferred`` the approved one of ``language``, ``subject`` what stands
    instead: the other rendering, the deprecated term, or "" where many do. ``time`` and ``last`` are when its first and
    last evidence came (ISO 8601, UTC). ``dismissed`` says by whom and why it is set aside; ``back`` the same, and that
    newer evidence has brought it back.
    """

    kind: AlertKind
    concept: str
    language: Language
    term: str
    preferred: str
    subject: str
    note: str
    pairs: tuple[int, ...]
    documents: tuple[str, ...]
    evidence: tuple[Shown, ...]
    time: str = ""
    last: str = ""
    dismissed: str = ""
    back: str = ""

    @property
    def key(self) -> str:
        """What it is named by: the same entry, kind and subject have the same, whatever the evidence."""
        return alert_key(self.kind, self.concept, self.subject, self.language)

    @property
    def sentence(self) -> str:
        """It in words."""
        pairs = f"{len(self.pairs)} {'pair' if len(self.pairs) == 1 else 'pairs'}"
        where = _listed(self.documents)
        if self.kind is AlertKind.UNUSED:
            return f"“{self.term}” stands in {pairs} of {where}, and {self.preferred} in none of them; {self.note}"
        if self.kind is AlertKind.DEPRECATED:
            return f"{self.subject}, which is deprecated, renders “{self.term}” in {pairs} of {where}"
        return f"“{self.term}” is {self.subject} instead of {self.preferred} in {pairs} of {where}"


def alert_key(kind: AlertKind, concept: str, subject: str, language: Language) -> str:
    """The key of an alert."""
    plain = "\n".join([kind, concept, language, group_key(subject, language)])
    return sha256(plain.encode("utf8", "surrogatepass")).hexdigest()[:KEY]


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    return ", ".join(names[:2]) + more
