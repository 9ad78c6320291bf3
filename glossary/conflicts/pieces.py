"""Renderings that are pieces of others: 外国恐怖, where each of its places is part of a 外国恐怖主义作战人员."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from align.document import Language
from search.precedents.evidence import Evidence, Rendering
from search.precedents.places import Sought, within


def whole(renderings: Sequence[Rendering], language: Language) -> list[Rendering]:
    """The renderings, each piece counted with the whole that it is always a part of; the most frequent first.

    The locator cuts a rendering short now and then; where all places of a short one lie in places of a longer one that
    is as frequent at least, there is no short one.
    """
    kept = list(renderings)
    for piece in sorted(renderings, key=lambda one: one.count):
        for longer in kept:
            moved = _moved(piece, longer, language) if longer.count >= piece.count else None
            if moved:
                place = next(k for k, one in enumerate(kept) if one is longer)
                kept[place] = replace(longer, evidence=longer.evidence + moved)
                kept = [one for one in kept if one is not piece]
                break
    return sorted(kept, key=lambda one: -one.count)


def _moved(piece: Rendering, longer: Rendering, language: Language) -> tuple[Evidence, ...] | None:
    """The piece's places as those of the whole; None where one of them is not."""
    if piece.text == longer.text or piece.text.lower() not in longer.text.lower():
        return None
    sought = Sought.make(longer.text, language)
    moved = []
    for one in piece.evidence:
        text = one.pair.text(language)
        span = next((place for place in sought.places(text) if within(one.span, [place])), None)
        if span is None:
            return None
        moved.append(replace(one, span=span, text=text[slice(*span)]))
    return tuple(moved)
