"""What stands in the translation for words of the original: ``search.locating``, asked within a draft."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import regex

from glossary.checking.draft import Draft, Span
from glossary.checking.wording import likeness
from search.locating.locator import Located, Locator
from search.locating.word_statistics import TextPair

_LIKE = 0.5  # of the characters of a rendering are those of the term that should stand there
_VERY_LIKE = 0.7
_HALF, _LITTLE = 0.5, 0.15
_BEFORE = regex.compile(r"(\p{L}+)(?: and | or |[-/])$")
_BEHIND = regex.compile(r"(?: and | or |[-/])(\p{L}+)")
COMPANY = 24  # other beads with the same words that are looked at with a bead: more add little


@dataclass(frozen=True, slots=True)
class Rendering:
    """Of one occurrence: its place in the original, the place and text of its rendering, and how sure that is."""

    bead: int
    term_span: Span
    span: Span
    text: str
    key: str
    confidence: float


@dataclass
class Renderings:
    """Renderings in a draft; what was looked up once is kept. ``load`` gives the locator when it is first needed."""

    draft: Draft
    load: Callable[[], Locator]
    _locator: Locator | None = None
    _known: dict[tuple[str, tuple[int, ...]], dict[int, tuple[Rendering, ...]]] = field(default_factory=dict)

    def of(self, words: str, bead: int, beads: Sequence[int]) -> tuple[Rendering, ...]:
        """The renderings of words of the original in one bead; ``beads`` are all that hold them."""
        if bead not in beads:
            return self.of_all(words, [bead]).get(bead, ())
        # Always the same parts of all, evenly mixed, so that what is looked up for one bead serves the others.
        parts = -(-len(beads) // COMPANY)
        at = list(beads).index(bead) % parts
        return self.of_all(words, tuple(beads[at::parts])).get(bead, ())

    def of_some(self, words: str, some: Sequence[int], beads: Sequence[int]) -> dict[int, tuple[Rendering, ...]]:
        """The renderings in some of the beads that hold the words, in the company of a few of the others."""
        others = [number for number in beads if number not in some]
        return self.of_all(words, tuple(sorted([*some, *spread(others, COMPANY)])))

    def of_all(self, words: str, beads: Sequence[int]) -> dict[int, tuple[Rendering, ...]]:
        """The renderings in several beads, by their numbers."""
        key = (words, tuple(beads))
        if key not in self._known:
            pairs = [self._pair(number) for number in beads]
            found = self.locator.locate_all(words, self.draft.original, pairs)
            self._known[key] = {
                number: tuple(_rendering(number, one) for one in several)
                for number, several in zip(beads, found, strict=True)
            }
        return self._known[key]

    def drawn_together(self, one: Rendering) -> bool:
        """Whether it renders the word beside the term too, as Chinese does in a row: 公私部门, 研发."""
        text = self.draft.beads[one.bead].side(self.draft.original).text
        before, behind = _BEFORE.search(text[: one.term_span[0]]), _BEHIND.match(text, one.term_span[1])
        return any(
            other.span[0] < one.span[1] and one.span[0] < other.span[1]
            for found in (before, behind)
            if found
            for other in self.of(found[1], one.bead, [one.bead])
            if other.confidence >= _HALF
        )

    @property
    def locator(self) -> Locator:
        """The locator, loaded now if it was not before."""
        if self._locator is None:
            self._locator = self.load()
        return self._locator

    def _pair(self, number: int) -> TextPair:
        bead = self.draft.beads[number]
        return TextPair(str(number), bead.zh.text, bead.en.text)


def is_another(one: Rendering, wanted: Iterable[str], least: float) -> bool:
    """Whether this is what stands instead: the locator is sure enough, or less sure and it is much like the term."""
    if one.confidence >= least:
        return True
    like = max((likeness(one.text, form) for form in wanted), default=0.0)
    return (like >= _LIKE and one.confidence >= _HALF * least) or (like >= _VERY_LIKE and one.confidence >= _LITTLE)


def text_pairs(draft: Draft) -> list[TextPair]:
    """The beads with both sides as the locator learns from them."""
    return [TextPair(str(bead.number), bead.zh.text, bead.en.text) for bead in draft.beads if bead.whole]


def spread(numbers: Sequence[int], most: int) -> list[int]:
    """At most so many of some numbers, evenly spread."""
    step = max(1, -(-len(numbers) // most))
    return list(numbers[::step])


def _rendering(bead: int, found: Located) -> Rendering:
    return Rendering(bead, found.term_spans[0], found.span, found.text, found.key, found.confidence)
