"""What a look-up of a term gives: its renderings, the evidence for each, and what is in no count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from align.document import Language
from search.precedents.longer_terms import LongerTerm
from search.precedents.places import Place
from search.precedents.question import date_of, document_of
from search.precedents.timeline import Point, TurningPoint
from search.precedents.unpaired import Likely
from search.records import StoredPair
from search.settings import LADDER
from search.versions import CHECKED

SURE = 0.6  # of a rendering's confidence; below it its doubt is told


@dataclass(frozen=True, slots=True)
class Evidence:
    """A pair that shows a rendering: where the term stands and where its rendering (code points, end exclusive).

    ``location`` is the probability in [0, 1] that this is the rendering if the pair is right, ``alignment`` that the
    pair is right: 1 where a person has checked it.
    """

    pair: StoredPair
    language: Language  # of the term
    term_span: Place
    span: Place
    text: str
    location: float
    alignment: float

    @property
    def confidence(self) -> float:
        """The probability that the pair shows this rendering."""
        return self.location * self.alignment

    @property
    def zh_span(self) -> Place:
        """The place in the Chinese text."""
        return self.term_span if self.language == "zh" else self.span

    @property
    def en_span(self) -> Place:
        """The place in the English text."""
        return self.span if self.language == "zh" else self.term_span

    @property
    def checked(self) -> bool:
        """Whether a person has checked the pair."""
        return self.pair.record.status == CHECKED

    def rank(self, authority: Mapping[str, float] = LADDER) -> tuple[object, ...]:
        """What orders evidence, best first: authority, checked, not doubtful, recency."""
        return (
            -authority.get(self.pair.type, 0.0),
            not self.checked,
            self.confidence < SURE,
            -int("".join(filter(str.isdecimal, date_of(self.pair))).ljust(8, "0")[:8]),  # undated last
            self.pair.id,
        )


@dataclass(frozen=True, slots=True)
class Rendering:
    """A rendering in its most frequent form, other forms with their counts, and all its evidence, best first."""

    text: str
    variants: tuple[tuple[str, int], ...]
    evidence: tuple[Evidence, ...]

    @property
    def count(self) -> int:
        """Occurrences of the term that are rendered so."""
        return len(self.evidence)

    @property
    def documents(self) -> int:
        """Distinct documents among the evidence."""
        return len({document_of(shown.pair) for shown in self.evidence})

    @property
    def dates(self) -> tuple[str, str]:
        """First and last date; both empty where no document has one."""
        dates = sorted(date for shown in self.evidence if (date := date_of(shown.pair)))
        return (dates[0], dates[-1]) if dates else ("", "")

    @property
    def types(self) -> Mapping[str, int]:
        """Occurrences by type of document, in the order of the evidence."""
        return dict(Counter(shown.pair.type for shown in self.evidence))

    @property
    def confidence(self) -> float:
        """The mean of its evidence: the share of these occurrences that one may expect to be right."""
        return sum(shown.confidence for shown in self.evidence) / self.count

    @property
    def checked(self) -> int:
        """Occurrences in pairs that a person has checked."""
        return sum(shown.checked for shown in self.evidence)

    @property
    def doubtful(self) -> int:
        """Occurrences in pairs whose alignment is doubtful."""
        return sum(shown.pair.record.doubtful for shown in self.evidence)

    @property
    def doubt(self) -> str:
        """In plain words why one should look before relying on it; empty where nothing speaks against it."""
        if self.doubtful == self.count:
            return (
                "rests on a doubtful alignment" if self.count == 1 else f"all {self.count} rest on doubtful alignments"
            )
        if 2 * self.doubtful >= self.count:
            return f"{self.doubtful} of {self.count} rest on doubtful alignments"
        if self.confidence < SURE:
            return "where it begins and ends is unsure"
        return ""


@dataclass(frozen=True, slots=True)
class Missing:
    """Paragraphs that hold the term and are in no count, and why."""

    unpaired: int = 0  # the other language is missing
    unpaired_documents: int = 0
    lists: int = 0  # lists that each language sorts its own way


@dataclass(frozen=True, slots=True)
class TermResult:
    """All precedents of a term: renderings (the most frequent first), what is in no count, and usage over time.

    ``unrendered``: occurrences for which no rendering was found with any confidence, with the best guess for each.
    ``likely``: where there are few, what probably renders the term in documents without their other language.
    ``bodies``: by body, how often each rendering was used there.
    """

    query: str
    language: Language
    renderings: tuple[Rendering, ...]
    unrendered: tuple[Evidence, ...] = ()
    likely: tuple[Likely, ...] = ()
    missing: Missing = Missing()
    longer: tuple[LongerTerm, ...] = ()
    timeline: tuple[Point, ...] = ()
    bodies: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    turning_points: tuple[TurningPoint, ...] = ()
    signature: str = ""

    @property
    def count(self) -> int:
        """Occurrences whose rendering was found."""
        return sum(rendering.count for rendering in self.renderings)
