"""Alignments that people are correcting. Never edited once released."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "alignment_drafts",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("editor", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=False),
        sa.Column("document", _NUMBER, nullable=True),
        sa.Column("expected", sa.String(64), nullable=False),
        sa.Column("edits", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Integer(), nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("changed", sa.String(32), nullable=False),
        sa.Column("dropped", sa.String(32), nullable=False),
    )
    op.create_index("alignment_drafts_by_user", "alignment_drafts", ["user"])
    op.create_index("alignment_drafts_by_document", "alignment_drafts", ["document"])
