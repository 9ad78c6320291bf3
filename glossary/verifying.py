"""Whether the glossary fits together: the log comes to the concepts, and what is looked up by comes from them."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from glossary import reading
from glossary.comparing import alike
from glossary.log import replay
from glossary.reading import Query
from glossary.schema import statuses, terms


def problems(connection: sa.Connection) -> Iterator[str]:
    """What does not fit, a sentence each."""
    replayed = replay(reading.history(connection))
    stored = {concept.id: concept for concept in reading.stream(connection, Query())}
    for identifier in sorted({*replayed, *stored}, key=reading.number_of):
        one, other = replayed.get(identifier), stored.get(identifier)
        if not alike(one, other) or (one and other and one.version != other.version):
            yield f"{identifier} is not what its history comes to."
    held = {(f"c{row.concept}", row.position, row.id, row.text) for row in connection.execute(sa.select(terms))}
    made = {(k, place, term.id, term.text) for k, one in stored.items() for place, term in enumerate(one.terms)}
    for identifier in sorted({one[0] for one in held ^ made}, key=reading.number_of):
        yield f"the terms of {identifier} are not those that it is looked up by."
    told = {(f"c{row.concept}", row.language, row.status) for row in connection.execute(sa.select(statuses))}
    right = {(k, language, str(status)) for k, one in stored.items() for language, status in one.workflow.items()}
    for identifier in sorted({one[0] for one in told ^ right}, key=reading.number_of):
        yield f"the status of {identifier} is not the one that it is found by."
