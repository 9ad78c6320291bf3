"""The part of a long text that is shown around what is marked in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from align.document import Language
    from search.hits import Places

LONGEST: dict[Language, int] = {"zh": 150, "en": 420}  # characters of a text that is shown whole
AROUND: dict[Language, int] = {"zh": 55, "en": 160}  # before the first mark, and behind the last


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a text, what is marked in it, and whether there is more before and behind it."""

    text: str
    spans: Places
    more_before: bool = False
    more_behind: bool = False


def excerpt(text: str, spans: Places, language: Language) -> Excerpt:
    """The whole text, or as much of it around its first marks as is read at a glance."""
    longest = LONGEST[language]
    if len(text) <= longest:
        return Excerpt(text, spans)
    first = spans[0][0] if spans else 0
    last = max((end for _, end in spans if end - first <= longest), default=first)
    start = max(0, first - AROUND[language])
    end = min(len(text), max(last + AROUND[language], start + longest))
    start = max(0, min(start, end - longest))
    if language == "en":
        start, end = _between_words(text, start, end, first, last)
    kept = tuple((max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start)
    return Excerpt(text[start:end], kept, start > 0, end < len(text))


def _between_words(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """The same part without half words at its edges, if there is a space that does not cut into what is marked."""
    if start > 0:
        space = text.find(" ", start, first)
        start = space + 1 if space >= 0 else start
    if end < len(text):
        space = text.rfind(" ", last, end)
        end = space if space > start else end
    return start, end
