"""The glossary leafed through: concepts in a chosen order, a page at a time, and what there is to choose from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import sqlalchemy as sa

from glossary.concepts import Concept, Term, Usage
from glossary.duplicates import family
from glossary.glossary import Glossary
from glossary.reading import Query, by_ids, select
from glossary.schema import concepts, events, terms

A_PAGE = 50
_RANK = {Usage.PREFERRED: 0, Usage.NONE: 1, Usage.ADMITTED: 2, Usage.SUPERSEDED: 3, Usage.DEPRECATED: 4}


class Order(StrEnum):
    """In which order concepts are shown; those that hold a text come the closest first in any but CHANGED."""

    ENTERED = "entered"
    ENGLISH = "english"
    CHINESE = "chinese"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Leaf:
    """Some concepts of all that are meant, from the one at ``start`` (0 for the first) on, and the ids of all."""

    concepts: tuple[Concept, ...]
    start: int
    ids: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many concepts are meant."""
        return len(self.ids)

    @property
    def end(self) -> int:
        """How many come up to the last one of these."""
        return self.start + len(self.concepts)


@dataclass(frozen=True, slots=True)
class Choices:
    """What concepts can be chosen by: the languages of terms and the subjects, the most frequent first."""

    languages: tuple[str, ...]
    subjects: tuple[str, ...]


def browse(glossary: Glossary, query: Query, order: Order = Order.ENTERED, start: int = 0, count: int = A_PAGE) -> Leaf:
    """A page of the concepts that are meant. A start behind the last one gives the last page."""
    with glossary.database.reading() as connection:
        chosen = replace(query, limit=0)
        numbers = list(connection.execute(select(chosen).with_only_columns(concepts.c.id)).scalars())
        numbers = _ordered(connection, numbers, order, bool(query.text))
        last = max(0, (len(numbers) - 1) // count * count)
        begin = min(max(0, start), last)
        names = [f"c{number}" for number in numbers[begin : begin + count]]
        found = by_ids(connection, names)
    return Leaf(tuple(found[name] for name in names), begin, tuple(f"c{number}" for number in numbers))


def choices(glossary: Glossary) -> Choices:
    """What there is to choose from."""
    with glossary.database.reading() as connection:
        spoken = sa.select(terms.c.language).group_by(terms.c.language).order_by(sa.func.count().desc())
        languages = tuple(connection.execute(spoken).scalars())
        first = sa.select(sa.func.min(concepts.c.id)).where(concepts.c.subject_key != "")
        first = first.group_by(concepts.c.subject_key).order_by(sa.func.count().desc(), concepts.c.subject_key)
        named = [f"c{number}" for number in connection.execute(first).scalars()]
        found = by_ids(connection, named)
    return Choices(languages, tuple(found[name].subject for name in named))


def headword(concept: Concept, language: str) -> Term | None:
    """The term by which a concept is known in a language, in any script of it: the preferred one, else the best."""
    own = [term for term in concept.terms if family(term.language) == language]
    return min(own, key=lambda term: (term.language != language, _RANK[term.usage]), default=None)


def _ordered(connection: sa.Connection, numbers: Sequence[int], order: Order, asked: bool) -> list[int]:
    if order is Order.CHANGED:
        last = sa.select(events.c.concept, sa.func.max(events.c.id)).where(events.c.concept.is_not(None))
        rows = connection.execute(last.group_by(events.c.concept))
        changed = {row[0]: row[1] for row in rows}
        return sorted(numbers, key=lambda number: (-changed.get(number, 0), number))
    if order is Order.ENTERED or asked:
        return list(numbers)
    language = "zh" if order is Order.CHINESE else "en"
    query = sa.select(terms.c.concept, terms.c.folded, terms.c.usage).where(terms.c.family == language)
    names: dict[int, tuple[int, str]] = {}
    for concept, plain, usage in connection.execute(query.order_by(terms.c.concept, terms.c.position)):
        rank = _RANK[Usage(usage)]
        if concept not in names or rank < names[concept][0]:
            names[concept] = rank, plain
    keys = {concept: spelt(plain) for concept, (_, plain) in names.items()}
    return sorted(numbers, key=lambda number: (number not in keys, keys.get(number, b""), number))


def spelt(plain: str) -> bytes:
    """What terms are put in order by: English by its letters, Chinese by the sound of its common characters.

    In GB 18030 the 3,755 characters of everyday use stand in the order of their pinyin, the others behind them.
    """
    return plain.encode("gb18030", "replace")
