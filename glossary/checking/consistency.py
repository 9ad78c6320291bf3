"""One term of the original, two renderings in one document.

The usual rendering is what the locator finds in most places. Where it does not stand in a paragraph that has the term,
and the locator is sure of what stands there instead, that is told: unless the two are forms of one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from glossary.checking.draft import Draft, Span
from glossary.checking.findings import Finding, Kind, Level
from glossary.checking.recurring import Recurring, recurring
from glossary.checking.rendering import Rendering, Renderings, is_another, spread
from glossary.checking.wording import Reading, contracted, nearest, padded, shortened
from glossary.matching import TermMatcher

_SAMPLE = 6  # paragraphs from which the usual rendering is known
_SURE = 0.55  # that this is the rendering, where it is not the usual one
_NEAR = 0.6  # likeness to the usual rendering of a stretch that stands for it
_TRUSTED = 0.6  # that this is one, where it is
_USUAL = 0.7  # of the paragraphs have the usual rendering at least


@dataclass
class ConsistencyCheck:
    """Terms of one draft that no approved entry settles."""

    draft: Draft
    matcher: TermMatcher
    renderings: Renderings

    def findings(self, leave: Mapping[int, Sequence[Span]]) -> Iterator[Finding]:
        """All of them; ``leave`` are the places, by bead, that approved entries settle."""
        taken: dict[int, list[Span]] = {}
        for one in recurring(self.draft, self.matcher, leave):
            for found in self._of_term(one):
                own = found.translation[0]
                others = taken.setdefault(found.bead, [])
                if not any(own[0] < end and start < own[1] for start, end in others):
                    others.append(own)
                    yield found

    def _of_term(self, term: Recurring) -> Iterator[Finding]:
        usual = self._usual(term)
        if not usual:
            return
        language = self.draft.translation
        odd = [
            number
            for number, places in term.places.items()
            if Reading.of(self.draft.beads[number].side(language).text, language).count(usual) < len(places)
        ]
        having = [number for number in term.places if number not in odd]
        if not odd or len(having) < _USUAL * len(term.places) or len(having) < 2:
            return
        located = self.renderings.of_some(term.words, odd, list(term.places))
        for number in odd:
            places = term.places[number]
            for one in located.get(number, ()):
                found = self._whole(one, usual)
                sure = found.term_span in places and is_another(found, [usual], _SURE)
                if sure and not self._alike(found, usual):
                    yield self._finding(term, found, usual, having[0])

    def _whole(self, one: Rendering, usual: str) -> Rendering:
        """A rendering of which the locator shows only what is the same as usual, with what is another word in it."""
        text = self.draft.beads[one.bead].side(self.draft.translation).text
        if self.draft.translation != "zh" or not shortened(one.text, usual):
            return one
        span = nearest(text, usual, _NEAR)
        if span is None or not (span[0] < one.span[1] and one.span[0] < span[1]):
            return one
        return replace(one, span=span, text=text[slice(*span)])

    def _usual(self, term: Recurring) -> str:
        """The rendering of most of a few paragraphs; "" where there is none that most have."""
        beads = spread(list(term.places), _SAMPLE)
        found = [
            max(several, key=lambda one: one.confidence)
            for several in self.renderings.of_all(term.words, beads).values()
            if several
        ]
        counts = Counter(one.key for one in found if one.confidence >= _TRUSTED)
        if not counts:
            return ""
        key, count = counts.most_common(1)[0]
        return next(one.text for one in found if one.key == key) if 2 * count > len(beads) else ""

    def _alike(self, one: Rendering, usual: str) -> bool:
        language = self.draft.translation
        if Reading.of(one.text, language).uses(usual) or Reading.of(usual, language).uses(one.text):
            return True
        if language == "zh" and (
            padded(one.text, usual) or shortened(one.text, usual) or contracted(usual, [one.text])
        ):
            return True
        return self.renderings.drawn_together(one)

    def _finding(self, term: Recurring, one: Rendering, usual: str, elsewhere: int) -> Finding:
        bead = self.draft.beads[one.bead]
        where = self.draft.beads[elsewhere].side(self.draft.translation).paragraphs[0]
        return Finding(
            Kind.CONSISTENCY,
            Level.NOTE if bead.doubtful else Level.WARNING,
            one.bead,
            (one.term_span,),
            (one.span,),
            term.words,
            (usual,),
            one.text,
            source=f"{where.number}" if where.label.startswith("row ") else where.label or f"{where.number}",
        )
