"""Passages that the original takes word for word from an adopted text, and the translation puts otherwise than it did.

The original is traced (``search.quotations``). Where a passage is the same as in an adopted document, the wording of
that document in the other language is compared with the translation, character by character or word by word; edges are
left alone, because where the wording of a part begins and ends is not known to the character. One adopted document that
says it as the translation does is enough.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import pairwise

import regex

from align.document import Language
from glossary.checking.draft import Bead, Draft, Span
from glossary.checking.findings import Finding, Kind, Level
from search.folding import Folded, fold
from search.quotations.sources import text_of
from search.quotations.tracing import Quotation, Tracer, quoted_passages
from search.symbols import normal_symbol

_LEAST = {"zh": 20, "en": 60}  # characters of the translation that are compared
_ALIKE = 0.55  # of the official wording stands in the translation: below, the two are not the same passage
_BLOCK = {"zh": 2, "en": 4}  # characters that agree in a row before an edge counts as one
_LETTER = regex.compile(r"\p{L}")
_LINKS = frozenset("的之了和与及以或并其且而")
_WHOLE = 0.95  # of a paragraph is all of it but marks and numbers
_ROOM = 20  # characters around the passage


@dataclass(frozen=True, slots=True)
class Difference:
    """Where the translation has other words than the adopted text: its place there, both wordings."""

    span: Span
    found: str
    official: str


def quotation_findings(draft: Draft, tracer: Tracer) -> Iterator[Finding]:
    """Passages that are not in their official wording, one finding each."""
    own = normal_symbol(draft.symbol)
    for bead in draft.beads:
        if bead.whole:
            text = bead.side(draft.original).text
            usable = [one for one in tracer.trace(text, draft.original) if _counts(one, text, own)]
            for passage in quoted_passages(usable):
                yield from _of_passage(bead, draft, passage.quotations)


def _counts(one: Quotation, text: str, own: str) -> bool:
    """Whether it says how the translation should be: adopted, another document, the same words in the original."""
    another = not own or normal_symbol(one.pair.symbol) != own
    return one.adopted and another and bool(one.official) and _same_words(one, text)


def _same_words(one: Quotation, text: str) -> bool:
    """Whether nothing differs but numbers, marks and symbols, which other checks look after."""
    stored = text_of(one.pair, one.language)
    return one.verbatim or not any(
        run.change != "same" and (_words(text, run.draft) or _words(stored, run.stored)) for run in one.differences
    )


def _words(text: str, span: Span | None) -> bool:
    return span is not None and _LETTER.search(text[slice(*span)]) is not None


def _of_passage(bead: Bead, draft: Draft, quotations: Sequence[Quotation]) -> Iterator[Finding]:
    text = bead.side(draft.translation).text
    seen = fold(text)
    best: tuple[int, Quotation, tuple[Difference, ...]] | None = None
    for one in quotations:
        whole = _is_whole(one, bead.side(draft.original).text)
        official = text_of(one.pair, draft.translation) if whole else one.official
        found = compared(seen, text, official, draft.translation, whole)
        if found is None:
            continue
        size = sum(len(difference.found) + len(difference.official) for difference in found)
        if best is None or size < best[0]:
            best = size, one, found
    if best is None or not best[2]:
        return
    _, quotation, differences = best
    yield Finding(
        Kind.QUOTATION,
        Level.NOTE if bead.doubtful else Level.WARNING,
        bead.number,
        (quotation.span,),
        tuple(difference.span for difference in differences),
        bead.side(draft.original).text[slice(*quotation.span)],
        (quotation.official,),
        " … ".join(difference.found or f"[{difference.official}]" for difference in differences),
        source=_cited(quotation),
    )


def _is_whole(one: Quotation, text: str) -> bool:
    """Whether the whole paragraph is quoted, and the whole of the adopted one."""
    stored = text_of(one.pair, one.language)
    return all(end - start >= _WHOLE * len(of.strip()) for (start, end), of in ((one.span, text), (one.quoted, stored)))


def compared(
    seen: Folded, text: str, official: str, language: Language, whole: bool = False
) -> tuple[Difference, ...] | None:
    """What a text has otherwise than an official wording that it contains; None where it does not contain it.

    ``whole``: both are a whole paragraph, so that their beginnings and ends count too.
    """
    wanted = fold(official)
    if len(wanted.text) < _LEAST[language]:
        return None
    blocks = _chain(wanted.text, seen.text, _BLOCK[language])
    if sum(block.size for block in blocks) < _ALIKE * len(wanted.text):
        return None
    gaps = [((one.a + one.size, two.a), (one.b + one.size, two.b)) for one, two in pairwise(blocks)]
    if whole:
        first, last = blocks[0], blocks[-1]
        gaps = [((0, first.a), (0, first.b)), *gaps]
        gaps += [((last.a + last.size, len(wanted.text)), (last.b + last.size, len(seen.text)))]
    room = len(wanted.text) - sum(block.size for block in blocks) + _ROOM  # what stands around it may have moved there
    edges = (
        (max(blocks[0].b - room, 0), blocks[0].b),
        (blocks[-1].b + blocks[-1].size, blocks[-1].b + blocks[-1].size + room),
    )
    left = ("", "") if whole else (wanted.text[: blocks[0].a], wanted.text[blocks[-1].a + blocks[-1].size :])
    edges = ((0, 0), (0, 0)) if whole else edges
    there = _letters("".join([*left, *(wanted.text[slice(*a)] for a, _ in gaps)]))
    here = _letters("".join([*(seen.text[slice(*edge)] for edge in edges), *(seen.text[slice(*b)] for _, b in gaps)]))
    return tuple(
        _difference(seen, text, wanted, official, a, b)
        for a, b in gaps
        if _differ(_letters(wanted.text[slice(*a)]) - here, _letters(seen.text[slice(*b)]) - there)
    )


def _chain(wanted: str, seen: str, least: int) -> list[Match]:
    """Runs of characters that both have, in order and near each other: of several such chains the longest."""
    found = SequenceMatcher(None, wanted, seen, autojunk=False).get_matching_blocks()
    chains: list[list[Match]] = [[]]
    for block in found:
        if block.size < least:
            continue
        last = chains[-1][-1] if chains[-1] else None
        if last is not None and block.b - last.b - last.size > block.a - last.a - last.size + _ROOM:
            chains.append([])
        chains[-1].append(block)
    return max(chains, key=lambda chain: sum(block.size for block in chain))


def _letters(text: str) -> Counter[str]:
    return Counter(_LETTER.findall(text))


def _differ(there: Counter[str], here: Counter[str]) -> bool:
    """Whether what is left on either side, that did not only change its place, is more than what joins words."""
    return any(letter not in _LINKS for letter in (*there, *here))


def _difference(seen: Folded, text: str, wanted: Folded, official: str, a: Span, b: Span) -> Difference:
    span = seen.span(*b) if b[0] < b[1] else _between(seen, b[0])
    should = official[slice(*wanted.span(*a))] if a[0] < a[1] else ""
    return Difference(span, text[slice(*span)] if b[0] < b[1] else "", should)


def _between(seen: Folded, at: int) -> Span:
    """The character before a place where something is left out, so that there is something to mark."""
    return seen.span(max(at - 1, 0), max(at, 1))


def _cited(quotation: Quotation) -> str:
    pair = quotation.pair
    return " ".join(part for part in (pair.symbol, pair.record.number) if part)
