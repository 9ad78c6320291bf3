"""Words of the original that come again and again and are names or terms: what should be rendered the same each time.

Terms of the glossary, whatever their status; names in capitals; and runs of two to five words without small words at
their ends. A run that always stands in a longer one is not counted by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from glossary.checking.draft import Draft, Span
from glossary.matching import TermMatcher
from search.precedents.renderings import group_key

LEAST = 3  # paragraphs that hold it
MOST = 120  # of these are looked at in a document, the most frequent first
_LONGEST = 5  # words of a run
_WORD = regex.compile(r"\p{L}[\p{L}\p{N}’'-]*")
_BREAK = regex.compile(r"[^\p{L}\p{N}’'\s-]|\s{2,}")
_SMALL = frozenset(
    "a an the of for in on to and or by with at from as its their his her it this that these those which who whom "
    "be is are was were been being has have had do does did not no nor all any each every other others such some "
    "more most many much both either neither also further well including inter alia within between among through "
    "into under over during before after since until upon per than then there where when while if so but can "
    "could may might must shall should will would about against without towards toward throughout across along "
    "regarding concerning relating related relevant respective own same new only very too our we they he she you "
    "i us them between based taking account order view terms regard respect particular general specific".split()
)


@dataclass(frozen=True, slots=True)
class Recurring:
    """Words as they first stand, and by number of the bead the places of all occurrences in its original."""

    words: str
    places: Mapping[int, tuple[Span, ...]]


def recurring(draft: Draft, matcher: TermMatcher, leave: Mapping[int, Sequence[Span]]) -> list[Recurring]:
    """What recurs in an English original and what recurs of the glossary in either language, the most frequent first.

    ``leave``: places by bead that are looked after otherwise, as terms of approved entries.
    """
    found: dict[str, dict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for bead in draft.beads:
        if not bead.whole:
            continue
        text = bead.side(draft.original).text
        taken = leave.get(bead.number, ())
        places = {(one.start, one.end) for one in matcher.find(text)}
        if draft.original == "en":
            places |= set(_runs(text))
        for start, end in places:
            if not any(a <= start and end <= b for a, b in taken):
                found[group_key(text[start:end], draft.original)][bead.number].append((start, end))
    often = {key: places for key, places in found.items() if len(places) >= LEAST}
    chosen = sorted(_independent(often), key=lambda key: (-len(often[key]), -len(key), key))[:MOST]
    return [_recurring(draft, often[key]) for key in chosen]


def _recurring(draft: Draft, places: Mapping[int, Sequence[Span]]) -> Recurring:
    number, spans = next(iter(places.items()))
    words = draft.beads[number].side(draft.original).text[slice(*spans[0])]
    return Recurring(words, {bead: tuple(sorted(several)) for bead, several in places.items()})


def _runs(text: str) -> Iterator[Span]:
    """Runs of two to five words that neither begin nor end with a small one, and single names in capitals."""
    start = 0
    for stop in [*(found.start() for found in _BREAK.finditer(text)), len(text)]:
        words = [(found.start(), found.end()) for found in _WORD.finditer(text, start, stop)]
        small = [text[a:b].casefold() in _SMALL for a, b in words]
        for k in range(len(words)):
            if small[k]:
                continue
            for last in range(k + 1, min(k + _LONGEST, len(words))):
                own = range(k, last + 1)
                # “Stresses the need” is no name: small words may stand only between words in capitals.
                name = all(small[n] or text[words[n][0]].isupper() for n in own)
                if not small[last] and (name or not any(small[n] for n in own)):
                    yield words[k][0], words[last][1]
        start = stop + 1


def _independent(often: Mapping[str, Mapping[int, Sequence[Span]]]) -> Iterator[str]:
    """Runs that do not always stand in the same longer one."""
    counts = {key: sum(map(len, places.values())) for key, places in often.items()}
    inside: dict[str, int] = defaultdict(int)
    for key in often:
        words = key.split()
        for k in range(len(words)):
            for last in range(k + 1, len(words) + 1):
                part = " ".join(words[k:last])
                if part != key and part in counts:
                    inside[part] = max(inside[part], counts[key])
    return (key for key in often if inside[key] < counts[key])
