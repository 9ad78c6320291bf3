"""How sure the pairs of a corpus are: by confidence, and where the first doubtful one of a document stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from align.table import DOUBTFUL_BELOW
from search.records import TWO_SIDED
from search.schema import pairs
from search.versions import CHECKED

BINS = 20  # of equal width, from 0 to 1
_LINKED = pairs.c.kind.in_([kind.value for kind in TWO_SIDED])
_AT_ONCE = 900


@dataclass(frozen=True, slots=True)
class Share:
    """The pairs with a confidence from ``low`` to ``high``: how many, and how many of them people have checked."""

    low: float
    high: float
    count: int
    checked: int


def confidences(connection: sa.Connection) -> tuple[Share, ...]:
    """The pairs with text on both sides by their confidence, 20 bins; those that are empty too."""
    columns = []
    for k in range(BINS):
        # The last one holds 1.0 too. Compared, since databases do not agree on how to round.
        above = pairs.c.confidence < (k + 1) / BINS if k + 1 < BINS else sa.true()
        inside = sa.and_(above, pairs.c.confidence >= k / BINS if k else sa.true())
        columns.append(sa.func.sum(sa.case((inside, 1), else_=0)))
        columns.append(sa.func.sum(sa.case((sa.and_(inside, pairs.c.status == CHECKED), 1), else_=0)))
    row = connection.execute(sa.select(*columns).where(_LINKED)).one()
    found = [int(count or 0) for count in row]
    return tuple(Share(k / BINS, (k + 1) / BINS, found[2 * k], found[2 * k + 1]) for k in range(BINS))


def first_doubtful(connection: sa.Connection, identifiers: Sequence[int]) -> dict[int, int]:
    """By document the first pair in reading order that is doubtful, where it has one."""
    found: dict[int, int] = {}
    for start in range(0, len(identifiers), _AT_ONCE):
        query = (
            sa.select(pairs.c.document, pairs.c.id)
            .where(pairs.c.document.in_(identifiers[start : start + _AT_ONCE]))
            .where(_LINKED, pairs.c.status != CHECKED, pairs.c.confidence < DOUBTFUL_BELOW)
            .order_by(pairs.c.document, pairs.c.position)
        )
        for document, pair in connection.execute(query):
            found.setdefault(document, pair)
    return found
