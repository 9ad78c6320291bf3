"""The marked parts of a text as stretches that are marked and stretches that are not."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from search.hits import Places


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a text, from ``start`` to before ``end``, and whether it is marked."""

    start: int
    end: int
    marked: bool


def tidy(spans: Iterable[tuple[int, int]], length: int) -> Places:
    """The spans inside a text of ``length`` code points, in order; empty ones go, overlapping ones become one."""
    inside = sorted((max(start, 0), min(end, length)) for start, end in spans)
    joined: list[tuple[int, int]] = []
    for start, end in inside:
        if start >= end:
            continue
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def stretches(spans: Places, first: int, last: int) -> list[Stretch]:
    """The part from ``first`` to before ``last`` of a text with tidy ``spans``, cut where a mark begins or ends."""
    found: list[Stretch] = []
    at = first
    for start, end in spans:
        start, end = max(start, first), min(end, last)
        if start >= end:
            continue
        if at < start:
            found.append(Stretch(at, start, False))
        found.append(Stretch(start, end, True))
        at = end
    if at < last:
        found.append(Stretch(at, last, False))
    return found


def as_json(spans: Places) -> str:
    """``[[3, 9], [14, 20]]``: a program reads it, and no spreadsheet takes it for a date as it would ``3-9``."""
    return json.dumps([list(span) for span in spans])
