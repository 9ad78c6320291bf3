"""What an index on a Milvus server says of itself: what it covers, and whether it is being changed.

It stands as one property of the collection, so that a change of it is one step of the server's and every machine sees
it. A row carries the generation in which it was inserted (``since``). What a searcher may see is then a matter of this
text alone: rows up to ``generation`` but for those of ``void``, and of pairs that ``going`` names only those of
``generation`` itself.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from search.index.contract import Covered, Ids

KEY = "duizhao.state"  # the property's name
MOST_GOING = 300_000  # characters; etcd takes requests of 1.5 MB, and old and new text stand in one
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Coming:
    """A change under way: its generation, who makes it (a random word), and a count that grows while he lives."""

    generation: int
    by: str
    beat: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """What a collection says of itself.

    ``covered`` is None while nobody may search. ``at`` is the server's time (hybrid timestamp) by which all that
    belongs to it was written; ``last`` the largest id that was ever put in; ``kind`` the kind of its vector index;
    ``void`` the generations of writers that were taken for dead, so that what they may still put in is never seen.
    """

    covered: Covered | None
    generation: int
    at: int = 0
    last: int = -1
    kind: str = "FLAT"
    coming: Coming | None = None
    going: str = ""
    void: tuple[int, ...] = ()

    def same_for_searchers(self, other: State) -> bool:
        """Whether an answer found under one is right under the other: all but the beats of who makes a change."""
        mine = (self.covered, self.generation, self.at, self.coming is None, self.going)
        return mine == (other.covered, other.generation, other.at, other.coming is None, other.going)


def written(state: State) -> str:
    """As the property holds it."""
    covered, coming = state.covered, state.coming
    fields: dict[str, object] = {
        "format": _FORMAT,
        "covered": [covered.corpus, covered.state, covered.model, covered.dimensions] if covered else None,
        "generation": state.generation,
        "at": state.at,
        "last": state.last,
        "kind": state.kind,
        "coming": [coming.generation, coming.by, coming.beat] if coming else None,
        "going": state.going,
        "void": state.void,
    }
    return json.dumps(fields, ensure_ascii=True, separators=(",", ":"))


def read(text: str) -> State | None:
    """From the property; None where it is damaged, or of another version of duizhao."""
    try:
        fields: dict[str, Any] = json.loads(text)
        if fields["format"] != _FORMAT:
            return None
        covered, coming = fields["covered"], fields["coming"]
        state = State(
            covered=_covered(*covered) if covered is not None else None,
            generation=int(fields["generation"]),
            at=int(fields["at"]),
            last=int(fields["last"]),
            kind=str(fields["kind"]),
            coming=Coming(int(coming[0]), str(coming[1]), int(coming[2])) if coming is not None else None,
            going=str(fields["going"]),
            void=tuple(int(number) for number in fields["void"]),
        )
        unpacked(state.going)
    except (ValueError, TypeError, KeyError, IndexError, zlib.error, binascii.Error):
        return None
    return state


def _covered(corpus: object, state: object, model: object, dimensions: object) -> Covered:
    if not (isinstance(corpus, str) and isinstance(model, str) and isinstance(state, int)):
        raise TypeError
    if not isinstance(dimensions, int) or dimensions < 1:
        raise ValueError
    return Covered(corpus, state, model, dimensions)


def packed(ids: Ids) -> str:
    """Ascending ids as a short text: differences, seven bits a byte, compressed."""
    rest = np.diff(ids, prepend=np.int64(0)).astype(np.uint64)
    columns = [rest & np.uint64(127)]
    while (rest := rest >> np.uint64(7)).any():
        columns.append(rest & np.uint64(127))
    stacked = np.stack(columns).astype(np.uint8)  # one plane for each seven bits: most hold nothing and vanish
    return f"{len(columns)}:{base64.b64encode(zlib.compress(stacked.tobytes(), 9)).decode('ascii')}" if len(ids) else ""


@lru_cache(maxsize=4)
def unpacked(text: str) -> Ids:
    """The ids of such a text, ascending; not to be changed. Raises ValueError or zlib.error where it is damaged."""
    if not text:
        return np.zeros(0, dtype=np.int64)
    planes, _, body = text.partition(":")
    data = np.frombuffer(zlib.decompress(base64.b64decode(body, validate=True)), dtype=np.uint8)
    stacked = data.reshape(int(planes), -1).astype(np.int64)
    shifts = 7 * np.arange(int(planes), dtype=np.int64)
    found = np.cumsum((stacked << shifts[:, None]).sum(axis=0))
    found.flags.writeable = False
    return found
