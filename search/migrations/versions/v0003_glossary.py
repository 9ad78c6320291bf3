"""The glossary: events, concepts, statuses, terms, people. Never edited once released."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables, and the one row of the state."""
    _state()
    _events()
    _concepts()
    op.create_table(
        "glossary_people",
        sa.Column("user", sa.Text(), primary_key=True),
        sa.Column("role", sa.String(16), nullable=False),
    )


def _state() -> None:
    op.create_table(
        "glossary_state",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("state", sa.BigInteger(), nullable=False),
        sa.Column("next_concept", sa.BigInteger(), nullable=False),
        sa.Column("next_term", sa.BigInteger(), nullable=False),
        sa.Column("next_event", sa.BigInteger(), nullable=False),
    )
    columns = ("id", "state", "next_concept", "next_term", "next_event")
    op.execute(
        sa.table("glossary_state", *map(sa.column, columns))
        .insert()
        .values(id=1, state=0, next_concept=1, next_term=1, next_event=1)
    )


def _events() -> None:
    op.create_table(
        "glossary_events",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("time", sa.String(32), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("action", sa.String(16), nullable=False),
        sa.Column("concept", _NUMBER, nullable=True),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("batch", _NUMBER, nullable=False),
        sa.Column("undoes", _NUMBER, nullable=True),
        sa.UniqueConstraint("concept", "version", name="glossary_events_by_version"),
    )
    op.create_index("glossary_events_by_batch", "glossary_events", ["batch"])
    op.create_index("glossary_events_by_undone", "glossary_events", ["undoes"])


def _concepts() -> None:
    op.create_table(
        "glossary_concepts",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("subject_key", sa.Text(), nullable=False),
    )
    op.create_table(
        "glossary_statuses",
        sa.Column("concept", _NUMBER, sa.ForeignKey("glossary_concepts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("language", sa.String(64), primary_key=True),
        sa.Column("status", sa.String(16), nullable=False),
    )
    op.create_index("glossary_statuses_by_status", "glossary_statuses", ["status", "language"])
    op.create_table(
        "glossary_terms",
        sa.Column("concept", _NUMBER, sa.ForeignKey("glossary_concepts.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("language", sa.String(64), nullable=False),
        sa.Column("family", sa.String(64), nullable=False),
        sa.Column("usage", sa.String(16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.Column("beginning", sa.Text(), nullable=False),
        sa.Column("tight", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    op.create_index("glossary_terms_by_beginning", "glossary_terms", ["beginning"])
    op.create_index("glossary_terms_by_family", "glossary_terms", ["family"])
    op.create_index("glossary_terms_by_id", "glossary_terms", ["id"])
