"""The tables of the glossary, in the database of the corpus. ``search/migrations`` makes them; a test compares both.

They have a list of their own, because imports run from here to ``search.schema`` and never back. Concepts, statuses and
terms can be made anew from the events.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

from search.schema import Number, Words

metadata = MetaData()

# One row. Whoever writes locks it first, so that writers take turns; ``state`` grows with every committed change.
state = Table(
    "glossary_state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("state", BigInteger, nullable=False),
    Column("next_concept", BigInteger, nullable=False),
    Column("next_term", BigInteger, nullable=False),
    Column("next_event", BigInteger, nullable=False),
)

# Append-only. ``version`` is the one that the event made of its concept, and none where nothing of it changed (a
# comment, a role): two changes of one version cannot both be stored. ``batch`` is the first event of its transaction.
events = Table(
    "glossary_events",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("time", String(32), nullable=False),  # ISO 8601, UTC
    Column("user", Words, nullable=False),
    Column("role", String(16), nullable=False),
    Column("action", String(16), nullable=False),
    Column("concept", Number, nullable=True),
    Column("version", Integer, nullable=True),
    Column("before", Words, nullable=True),  # JSON of glossary.encoding; NULL where there was no such concept
    Column("after", Words, nullable=True),
    Column("reason", Words, nullable=False),
    Column("batch", Number, nullable=False),
    Column("undoes", Number, nullable=True),
    UniqueConstraint("concept", "version", name="glossary_events_by_version"),
    Index("glossary_events_by_batch", "batch"),
    Index("glossary_events_by_undone", "undoes"),
)

concepts = Table(
    "glossary_concepts",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("body", Words, nullable=False),  # JSON of glossary.encoding
    Column("subject_key", Words, nullable=False),  # folded, as compared
)

statuses = Table(
    "glossary_statuses",
    metadata,
    Column("concept", Number, ForeignKey("glossary_concepts.id", ondelete="CASCADE"), primary_key=True),
    Column("language", String(64), primary_key=True),
    Column("status", String(16), nullable=False),
    Index("glossary_statuses_by_status", "status", "language"),
)

# ``folded``, ``tight`` and ``words`` are what terms are compared by: see glossary.duplicates. A database may not index
# a text of any length, so the index holds the beginning of the folded one.
terms = Table(
    "glossary_terms",
    metadata,
    Column("concept", Number, ForeignKey("glossary_concepts.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("id", String(32), nullable=False),
    Column("language", String(64), nullable=False),
    Column("family", String(64), nullable=False),  # the language without script and country
    Column("usage", String(16), nullable=False),
    Column("text", Words, nullable=False),
    Column("folded", Words, nullable=False),
    Column("beginning", Words, nullable=False),
    Column("tight", Words, nullable=False),
    Column("words", Words, nullable=False),
    Index("glossary_terms_by_beginning", "beginning"),
    Index("glossary_terms_by_family", "family"),
    Index("glossary_terms_by_id", "id"),
)

people = Table(
    "glossary_people",
    metadata,
    Column("user", Words, primary_key=True),
    Column("role", String(16), nullable=False),
)

# Append-only: what was set aside (a finding of a check, a conflict, an alert), or brought back. The newest row of a
# key holds; ``key`` is a hash of what is meant, and ``about`` says it in a line.
dismissals = Table(
    "glossary_dismissals",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("key", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("about", Words, nullable=False),
    Column("dismissed", Boolean, nullable=False),
    Column("reason", Words, nullable=False),
    Column("user", Words, nullable=False),
    Column("time", String(32), nullable=False),  # ISO 8601, UTC
    Index("glossary_dismissals_by_key", "key"),
)

# What approved entries were warned of by new documents. The same evidence has the same key, and comes once.
alerts = Table(
    "glossary_alerts",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("key", String(64), nullable=False),
    Column("concept", Number, nullable=False),  # no foreign key: a concept that is merged away leaves its alerts
    Column("kind", String(32), nullable=False),
    Column("body", Words, nullable=False),  # JSON
    Column("time", String(32), nullable=False),
    UniqueConstraint("key", name="glossary_alerts_by_key"),
    Index("glossary_alerts_by_concept", "concept"),
)
