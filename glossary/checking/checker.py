"""The walk of a check: numbers and notes, terms, consistency, quotations; what people have dismissed goes apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from align.document import Language
from align.signature import signature
from glossary.checking.addresses import in_web_address
from glossary.checking.consistency import ConsistencyCheck
from glossary.checking.draft import Draft, Span
from glossary.checking.findings import Finding, Kind, Report, divided, keyed
from glossary.checking.footnotes import footnote_findings
from glossary.checking.numbers import number_findings
from glossary.checking.quotations import quotation_findings
from glossary.checking.rendering import Renderings
from glossary.checking.terms import Approved, TermCheck
from glossary.concepts import Concept, Workflow
from glossary.dismissals import Dismissal
from glossary.matching import TermMatcher
from search.locating.locator import Locator
from search.quotations.tracing import Tracer

_SETTLED = (Workflow.REJECTED, Workflow.RETIRED)
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Checker:
    """Checks drafts against one glossary and, where there is one, one corpus.

    ``concepts`` are all of the glossary. ``locator`` gives what shows renderings when it is first needed, for a draft;
    without it, approved terms are missed only where nothing can be said of what stands instead, and consistency is not
    looked at. ``tracer`` knows adopted texts; without it quotations are not looked at. ``model`` is the encoder's name.
    """

    concepts: Sequence[Concept] = ()
    locator: Callable[[Draft], Locator] | None = None
    tracer: Tracer | None = None
    model: str = ""

    def check(
        self,
        draft: Draft,
        dismissed: Callable[[Iterable[str]], Mapping[str, Dismissal]] | None = None,
        progress: Progress | None = None,
    ) -> Report:
        """All that is found in a draft. ``dismissed`` tells by keys what was set aside (``Dismissals.of``)."""
        found: list[Finding] = []
        tell = progress or _silent
        tell("checking numbers, dates, symbols and notes …")
        found += number_findings(draft)
        found += footnote_findings(draft)
        approved = Approved.of(self.concepts, draft.translation)
        renderings = Renderings(draft, self._load(draft)) if self.locator else None
        if approved.entries:
            tell(f"checking the terms of {len(approved.entries):,} approved entries …")
            found += TermCheck(draft, approved, renderings).findings()
        if renderings is not None and any(bead.whole for bead in draft.beads):
            tell("checking that terms are rendered the same …")
            check = ConsistencyCheck(draft, self._recurring(draft.original, approved), renderings)
            told = [one for one in found if one.kind in (Kind.TERM, Kind.FORBIDDEN)]
            found += [one for one in check.findings(_settled_places(draft, approved)) if not _overlaps(one, told)]
        if self.tracer is not None:
            tell("tracing quotations …")
            found += quotation_findings(draft, self.tracer)
        listed = keyed(draft, [one for one in found if not in_web_address(draft, one)])
        known = dismissed([one.key for one in listed]) if dismissed and listed else {}
        stand, gone = divided(listed, known)
        return Report(draft, stand, gone, known, signature=self._signature(approved))

    def _load(self, draft: Draft) -> Callable[[], Locator]:
        load = self.locator
        assert load is not None
        return lambda: load(draft)

    def _recurring(self, language: Language, approved: Approved) -> TermMatcher:
        """Terms that are to be rendered the same, whatever it is: those of concepts that are not approved yet."""
        open_ones = [
            one
            for one in self.concepts
            if one.id not in approved.entries and not all(status in _SETTLED for status in one.workflow.values())
        ]
        return TermMatcher.of(open_ones, language)

    def _signature(self, approved: Approved) -> str:
        return signature(
            model=self.model,
            task="check",
            approved=str(len(approved.entries)),
            quotations="yes" if self.tracer else "no",
        )


def _settled_places(draft: Draft, approved: Approved) -> dict[int, list[Span]]:
    """Places by bead of words whose rendering approved entries settle."""
    return {
        bead.number: [
            (match.start, match.end)
            for match in approved.original.find(bead.side(draft.original).text)
            if match.concept in approved.entries
        ]
        for bead in draft.beads
        if bead.whole
    }


def _overlaps(one: Finding, others: Iterable[Finding]) -> bool:
    """Whether one of the others is about some of the same words of the translation."""
    return any(
        one.bead == other.bead and any(a < d and c < b for a, b in one.translation for c, d in other.translation)
        for other in others
    )


def _silent(text: str) -> None:
    del text
