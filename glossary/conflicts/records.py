"""What a conflict is: a term that is shared, its rivals, and for each rival the reason that speaks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from align.document import Language
from search.precedents.evidence import Evidence, Rendering
from search.precedents.timeline import TurningPoint


class Reason(StrEnum):
    """Why a term has two renderings: 同义竞争, 不同概念, 缩略或异体, 对齐错误, 引文固定."""

    SYNONYMS = "rival synonyms"
    CONCEPTS = "different concepts"
    VARIANT = "abbreviation or variant"
    ALIGNMENT = "alignment error"
    QUOTATION = "fixed quotation"


# The gravest first: what a terminologist has to decide, then what explains itself.
GRAVITY = {reason: k for k, reason in enumerate(Reason)}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A reason, how sure it is in [0, 1], and in plain words what spoke for it, a sentence each."""

    reason: Reason
    confidence: float
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rival:
    """A rendering of the shared term: from the glossary (with the ids of its concepts), from the corpus, or both.

    ``evidence`` is best first; ``telling`` the shortest clear pair that shows it. ``verdict`` compares it with the
    leading rendering; None for the leading one itself.
    """

    text: str
    key: str
    concepts: tuple[str, ...] = ()
    status: str = ""  # of the glossary, its workflow and usage, in words
    rendering: Rendering | None = None
    telling: Evidence | None = None
    verdict: Verdict | None = None

    @property
    def count(self) -> int:
        """How often it was found among the pairs looked at."""
        return self.rendering.count if self.rendering else 0

    @property
    def documents(self) -> int:
        """In how many documents."""
        return self.rendering.documents if self.rendering else 0

    @property
    def years(self) -> str:
        """First and last year: "2015", "2015–2023", or "" without any."""
        first, last = (date[:4] for date in self.rendering.dates) if self.rendering else ("", "")
        return first if first == last else f"{first}–{last}"

    @property
    def confidence(self) -> float:
        """The share of its places that one may expect to be right; 0 where it has none."""
        return self.rendering.confidence if self.rendering else 0.0


@dataclass(frozen=True, slots=True)
class Conflict:
    """A term with two renderings at least; the leading one is the first of ``rivals``.

    ``occurrences`` in the corpus, of which ``looked_at`` pairs were read; ``back`` says why a conflict that was settled
    is here again; ``settled`` says that it is not.
    """

    key: str
    language: Language  # of the shared term
    term: str
    concepts: tuple[str, ...]
    rivals: tuple[Rival, ...]
    occurrences: int
    looked_at: int
    turning_points: tuple[TurningPoint, ...] = ()
    settled: str = ""
    back: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def other(self) -> Language:
        """The language of the rivals."""
        return "en" if self.language == "zh" else "zh"

    @property
    def verdict(self) -> Verdict:
        """The gravest verdict on a rival that the corpus shows, or on any; of equally grave ones that on the first."""
        found = [(rival.verdict, rival.count) for rival in self.rivals if rival.verdict]
        return min(found, key=lambda one: (not one[1], GRAVITY[one[0].reason], -one[1]))[0]

    @property
    def reason(self) -> Reason:
        """What the conflict is."""
        return self.verdict.reason
