"""A term's occurrences made ready to be studied: both sides cut into words, and the spans that may be renderings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from align.document import Language
from search.locating.boundaries import look_at
from search.locating.company import Runs
from search.locating.ngrams import plain
from search.locating.pair_words import side_words
from search.locating.spans import Spans, all_spans
from search.locating.term_view import TermView, Views
from search.locating.word_statistics import Statistics, TextPair
from search.locating.words import Units, cut

LONGEST: dict[Language, int] = {"en": 26, "zh": 44}  # units in a rendering
AT_ONCE = 4000  # units of the other side that are looked at together: what follows is some hundred numbers each
_ARTICLES = {"the", "a", "an"}


@dataclass(frozen=True)
class Prepared:
    """Occurrences of a term: the views, which of the pairs each is of, the spans, their runs, and what is known."""

    places: tuple[int, ...]
    views: Views
    spans: Spans
    runs: Runs
    known: Statistics


def prepare(term: str, language: Language, pairs: Sequence[TextPair], known: Statistics) -> Iterator[Prepared]:
    """The pairs that hold the term, some at a time."""
    other = other_language(language)
    wanted = cut(term, language)
    ready: list[tuple[int, Units, Units, tuple[tuple[int, int], ...]]] = []
    room = AT_ONCE
    for number, pair in enumerate(pairs):
        source, target = cut(pair.side(language), language), cut(pair.side(other), other)
        places = find_places(source, wanted)
        if places and len(target):
            if ready and len(target) > room:
                yield _prepared(ready, len(wanted), known)
                ready, room = [], AT_ONCE
            ready.append((number, source, target, places))
            room -= len(target)
    if ready:
        yield _prepared(ready, len(wanted), known)


def _prepared(
    ready: Sequence[tuple[int, Units, Units, tuple[tuple[int, int], ...]]], units: int, known: Statistics
) -> Prepared:
    known, pieces = known.read([text for _, source, target, _ in ready for text in (source, target)])
    found = []
    for k, (_, source, target, places) in enumerate(ready):
        breaks = tuple(edge for place in places for edge in place)
        words = side_words(source, pieces[2 * k], known.costs, breaks)
        found.append(TermView(words, side_words(target, pieces[2 * k + 1], known.costs), look_at(target), places))
    views = Views(tuple(found))
    longest = _longest(units, ready[0][2].language)
    return Prepared(
        tuple(number for number, *_ in ready),
        views,
        all_spans(views, longest),
        Runs.of(views, longest + 1, known),
        known,
    )


def _longest(units: int, other: Language) -> int:
    return min(LONGEST[other], 6 + (2 * units if other == "en" else 5 * units))


def other_language(language: Language) -> Language:
    """The one that renderings of a term in this language are in."""
    return "en" if language == "zh" else "zh"


def find_places(units: Units, term: Units) -> tuple[tuple[int, int], ...]:
    """Where a term stands in a text, as runs of units; English: in either number, if it does not stand as it is."""
    for keys, wanted in ((units.keys, term.keys), (plain_keys(units), plain_keys(term))):
        n = len(wanted)
        found = tuple((k, k + n) for k in range(len(keys) - n + 1) if n and keys[k : k + n] == wanted)
        if found:
            return found
    return ()


def plain_keys(units: Units) -> tuple[str, ...]:
    """A text's units, English ones without the plural's ending."""
    return units.keys if units.language == "zh" else tuple([plain(key) for key in units.keys])


def rendering_key(text: str, language: Language) -> str:
    """The form that variants of a rendering share: without case, script, spacing, article and plural."""
    units = cut(text, language)
    return key_of(units, 0, len(units))


def key_of(units: Units, first: int, end: int) -> str:
    """That form of a text's units from ``first`` up to, not including, ``end``."""
    if units.language == "zh":
        return units.folded(first, end)
    words = [plain(key) for key in units.keys[first:end]]
    return " ".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)
