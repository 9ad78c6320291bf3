"""Renderings that others set right: a piece of a well-known rendering is that rendering, where all of it stands there.

In one pair of many 外国恐怖 is located where others have 外国恐怖主义作战人员, and the pair has all of that: the place
is taken for the whole, if the whole is twice as frequent at least and surer where it was found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from align.document import Language
from search.precedents.evidence import Evidence
from search.precedents.places import Sought, overlapping
from search.precedents.renderings import grouped, surfaces

MORE = 2  # times as frequent


def agreed(shown: Sequence[Evidence], language: Language) -> list[list[Evidence]]:
    """The evidence by rendering, in that language, the most frequent first, what others set right included."""
    groups = list(grouped(shown, _text, language).values())
    if len(groups) < 2:
        return groups
    known = [
        (Sought.make(surfaces(map(_text, group))[0][0], language), len(group), _mean(group))
        for group in groups
        if len(group) >= MORE
    ]
    settled = [one for group in groups for one in _set_right(group, known, language)]
    return list(grouped(settled, _text, language).values())


def _set_right(
    group: Sequence[Evidence], known: Sequence[tuple[Sought, int, float]], language: Language
) -> Iterator[Evidence]:
    for one in group:
        better = [sought for sought, count, mean in known if count >= MORE * len(group) and mean > one.location]
        text = one.pair.record.zh_text if language == "zh" else one.pair.record.en_text
        places = (place for sought in better for place in sought.places(text) if overlapping(place, one.span))
        place = next((place for place in places if place != one.span), None)
        yield one if place is None else replace(one, span=place, text=text[slice(*place)])


def _text(shown: Evidence) -> str:
    return shown.text


def _mean(group: Sequence[Evidence]) -> float:
    return sum(shown.location for shown in group) / len(group)
