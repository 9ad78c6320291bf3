"""What people have set aside, and what approved entries were warned of. Never edited once released."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "glossary_dismissals",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("dismissed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("time", sa.String(32), nullable=False),
    )
    op.create_index("glossary_dismissals_by_key", "glossary_dismissals", ["key"])
    op.create_table(
        "glossary_alerts",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("concept", _NUMBER, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("time", sa.String(32), nullable=False),
        sa.UniqueConstraint("key", name="glossary_alerts_by_key"),
    )
    op.create_index("glossary_alerts_by_concept", "glossary_alerts", ["concept"])
