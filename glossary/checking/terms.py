"""Approved terms that a translation does not use, and forbidden ones that it does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from align.document import Language
from glossary.checking.draft import Bead, Draft, Span
from glossary.checking.findings import Finding, Kind, Level
from glossary.checking.rendering import Rendering, Renderings, is_another
from glossary.checking.wording import Reading, contracted, nearest, nearest_english
from glossary.concepts import Concept, Term, Usage, Workflow
from glossary.duplicates import family
from glossary.matching import Match, TermMatcher
from glossary.rules import USABLE, status_of
from search.folding import folded
from search.precedents.defined_names import defined_names

FORBIDDEN = (Usage.DEPRECATED, Usage.SUPERSEDED)
_OPEN = (Workflow.APPROVED, Workflow.IN_REVIEW, Workflow.PROPOSED)
_NEAR = 0.75  # likeness of a stretch that is taken for another form of a term
_SURE = 0.5  # that what the locator shows is the rendering
_SURER = 0.8  # where other occurrences in the paragraph are rendered as they should be


@dataclass(frozen=True)
class Entry:
    """An approved concept: the terms that a translation may use, those that it must not."""

    concept: Concept
    usable: tuple[Term, ...]
    forbidden: tuple[Term, ...]

    @property
    def preferred(self) -> str:
        """What to use."""
        best = [term for term in self.usable if term.usage is Usage.PREFERRED]
        return (best or self.usable)[0].text


@dataclass(frozen=True)
class Approved:
    """The approved entries of a glossary for a direction, and what finds their terms in both languages."""

    entries: Mapping[str, Entry]
    original: TermMatcher
    translation: TermMatcher

    @classmethod
    def of(cls, concepts: Iterable[Concept], translation: Language) -> Approved:
        """Concepts approved in the language of the translation that have a usable term there.

        Terms of concepts still under discussion are found too, so that no approved term is seen inside a longer one.
        """
        known = [one for one in concepts if any(status in _OPEN for status in one.workflow.values())]
        entries = {}
        for one in known:
            own = [term for term in one.terms if family(term.language) == translation]
            good = tuple(
                term for term in own if term.usage in USABLE and status_of(one, term.language) is Workflow.APPROVED
            )
            bad = tuple(term for term in own if term.usage in FORBIDDEN)
            if good:
                entries[one.id] = Entry(one, good, bad)
        original: Language = "en" if translation == "zh" else "zh"
        return cls(entries, TermMatcher.of(known, original), TermMatcher.of(known, translation))


@dataclass
class TermCheck:
    """The terms of one draft."""

    draft: Draft
    approved: Approved
    renderings: Renderings | None
    short: dict[str, tuple[str, ...]] = field(default_factory=dict)  # forms that the text defines, by folded full name

    def findings(self) -> Iterator[Finding]:
        """All of them, bead by bead."""
        self.short = _defined(self.draft)
        held: dict[int, dict[tuple[str, ...], list[Match]]] = {}
        for bead in self.draft.beads:
            if bead.whole:
                held[bead.number] = _grouped(self.approved.original.find(bead.side(self.draft.original).text))
        for bead in self.draft.beads:
            if bead.number in held:
                yield from self._of_bead(bead, held[bead.number], held)

    def _of_bead(
        self,
        bead: Bead,
        groups: Mapping[tuple[str, ...], list[Match]],
        held: Mapping[int, Mapping[tuple[str, ...], list[Match]]],
    ) -> Iterator[Finding]:
        text = bead.side(self.draft.translation).text
        forbidden = list(self._forbidden(bead, text, groups))
        yield from forbidden
        told = {one.concept for one in forbidden}
        reading = Reading.of(text, self.draft.translation)
        for concepts, matches in groups.items():
            entries = [self.approved.entries[one] for one in concepts if one in self.approved.entries]
            if len(entries) < len(concepts) or told & set(concepts):
                continue  # one of the concepts of these words is not decided yet: nobody can say what should stand here
            wanted = [form for entry in entries for term in entry.usable for form in self._forms(term.text)]
            there = sum(reading.count(form) for form in dict.fromkeys(map(folded, wanted)))
            if there < len(matches):
                beads = [number for number, others in held.items() if concepts in others]
                yield from self._missing(bead, entries, matches, there, wanted, beads)

    def _forms(self, term: str) -> Iterator[str]:
        yield term
        yield from self.short.get(folded(term), ())

    def _missing(
        self,
        bead: Bead,
        entries: Sequence[Entry],
        matches: Sequence[Match],
        there: int,
        wanted: Sequence[str],
        beads: Sequence[int],
    ) -> Iterator[Finding]:
        original = bead.side(self.draft.original).text
        surface = original[matches[0].start : matches[0].end].casefold()
        located = self.renderings.of(surface, bead.number, beads) if self.renderings else ()
        least = _SURER if there else _SURE
        others = [
            one
            for one in located
            if is_another(one, wanted, least) and not _is_one_of(one.text, wanted, self.draft.translation)
        ]
        drawn = [one for one in others if contracted(one.text, wanted) or self._drawn_together(one)]
        others = [one for one in others if one not in drawn]
        if there:
            for one in others[: len(matches) - there]:
                yield self._finding(bead, entries, one.term_span, one.span, one.text, Level.WARNING)
        elif others:
            best = max(others, key=lambda one: one.confidence)
            yield self._finding(bead, entries, best.term_span, best.span, best.text, Level.ERROR)
        elif not drawn and (like := self._like(bead, wanted)):
            found = bead.side(self.draft.translation).text[slice(*like)]
            yield self._finding(bead, entries, (matches[0].start, matches[0].end), like, found, Level.WARNING)
        else:  # left out, said by a pronoun, or put so freely that nobody can point at it
            place = matches[0].start, matches[0].end
            level = Level.NOTE if drawn or self._hinted(bead, wanted) or not self.renderings else Level.WARNING
            yield self._finding(bead, entries, place, None, "", level)

    def _drawn_together(self, one: Rendering) -> bool:
        return self.renderings is not None and self.renderings.drawn_together(one)

    def _like(self, bead: Bead, wanted: Sequence[str]) -> Span | None:
        """A stretch of the translation that is the term but for a part of it."""
        text = bead.side(self.draft.translation).text
        if self.draft.translation == "en":
            return next((found for form in wanted if (found := nearest_english(text, form))), None)
        return next((found for form in wanted if (found := nearest(text, form, _NEAR))), None)

    def _hinted(self, bead: Bead, wanted: Sequence[str]) -> bool:
        """Whether something of the term stands there, as in a contraction nobody can point at (医德 for 道德)."""
        text = set(folded(bead.side(self.draft.translation).text))
        return self.draft.translation != "zh" or any(set(folded(form)) & text for form in wanted)

    def _finding(
        self, bead: Bead, entries: Sequence[Entry], original: Span, own: Span | None, found: str, level: Level
    ) -> Finding:
        expected = tuple(
            dict.fromkeys([entry.preferred for entry in entries] + [t.text for e in entries for t in e.usable])
        )
        return Finding(
            Kind.TERM,
            Level.NOTE if bead.doubtful else level,
            bead.number,
            (original,),
            (own,) if own else (),
            bead.side(self.draft.original).text[slice(*original)],
            expected,
            found,
            entries[0].concept.id,
        )

    def _forbidden(self, bead: Bead, text: str, groups: Mapping[tuple[str, ...], list[Match]]) -> Iterator[Finding]:
        """Forbidden terms, unless the same words are a usable term of another concept or part of a longer term."""
        asked = {concept for concepts in groups for concept in concepts}
        original = bead.side(self.draft.original).text
        for place, matches in _by_place(self.approved.translation.find(text)).items():
            entries = self.approved.entries
            if any(match.term.usage not in FORBIDDEN for match in matches):
                continue
            own = [match for match in matches if match.concept in entries]
            if not own:
                continue
            best = next((match for match in own if match.concept in asked), own[0])
            entry = entries[best.concept]
            said = next((ms for concepts, ms in groups.items() if best.concept in concepts), [])
            level = Level.ERROR if said else Level.WARNING
            yield Finding(
                Kind.FORBIDDEN,
                Level.NOTE if bead.doubtful else level,
                bead.number,
                tuple((match.start, match.end) for match in said[:1]),
                (place,),
                original[said[0].start : said[0].end] if said else "",
                (entry.preferred,),
                text[slice(*place)],
                best.concept,
            )


def _grouped(matches: Iterable[Match]) -> dict[tuple[str, ...], list[Match]]:
    """Occurrences by the concepts that their words may mean; of each place the first match."""
    found: dict[tuple[str, ...], list[Match]] = defaultdict(list)
    for several in _by_place(matches).values():
        found[tuple(sorted({match.concept for match in several}))].append(several[0])
    return found


def _by_place(matches: Iterable[Match]) -> dict[Span, list[Match]]:
    found: dict[Span, list[Match]] = defaultdict(list)
    for match in matches:
        found[match.start, match.end].append(match)
    return found


def _is_one_of(text: str, wanted: Sequence[str], language: Language) -> bool:
    reading = Reading.of(text, language)
    own = folded(text)
    return any(reading.uses(form) or (own and own in folded(form)) for form in wanted)


def _defined(draft: Draft) -> dict[str, tuple[str, ...]]:
    """Short forms that the translation defines itself, 全称(简称), by the folded full name."""
    found: dict[str, list[str]] = defaultdict(list)
    for bead in draft.beads:
        for full, brief in defined_names(bead.side(draft.translation).text, draft.translation):
            found[folded(full)].append(brief)
    return {full: tuple(dict.fromkeys(briefs)) for full, briefs in found.items()}
