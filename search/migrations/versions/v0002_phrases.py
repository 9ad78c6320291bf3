"""Phrases are looked up by an index of our own tokens; bodies by a folded name. Never edited once released.

The index is made from the folded texts that are there, by today's ``search.grams``: a later change of these comes with
a migration of its own that makes it again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from align.writers.escapes import escape, unescape
from search import phrase_index
from search.folding import folded

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add what filters ask for, and replace the index."""
    _bodies()
    _indexes()
    if op.get_context().dialect.name == "sqlite":
        _on_sqlite()
    else:
        _on_postgresql()


def _bodies() -> None:
    op.add_column("documents", sa.Column("body_key", sa.Text(), nullable=False, server_default=""))
    documents = sa.table("documents", sa.column("body"), sa.column("body_key"))
    for body in op.get_bind().execute(sa.select(documents.c.body).distinct()).scalars().all():
        key = escape(folded(unescape(body)))
        op.execute(sa.update(documents).where(documents.c.body == body).values(body_key=key))


def _indexes() -> None:
    op.create_index("pairs_by_filter", "pairs", ["document", "kind", "status", "confidence", "state"])
    checked = sa.text("status = 'checked'")
    op.create_index("pairs_checked", "pairs", ["document"], sqlite_where=checked, postgresql_where=checked)


def _on_sqlite() -> None:
    for order in (
        "DROP TRIGGER pair_folds_in",
        "DROP TRIGGER pair_folds_out",
        "DROP TABLE pair_index",
        # What separates tokens is ASCII alone, and everything else is theirs: exactly what search.grams makes.
        "CREATE VIRTUAL TABLE pair_words USING fts5(zh, en, content='', tokenize='ascii')",
        # Bytes that it collects in memory before it writes them: large additions are a fifth faster.
        "INSERT INTO pair_words (pair_words, rank) VALUES ('hashsize', 16777216)",
    ):
        op.execute(order)
    phrase_index.fill(op.get_bind())


def _on_postgresql() -> None:
    op.create_table(
        "pair_words",
        sa.Column(
            "pair", _NUMBER, sa.ForeignKey("pairs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
        ),
        sa.Column("zh", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("en", sa.ARRAY(sa.Text()), nullable=False),
    )
    phrase_index.fill(op.get_bind())
    for language in ("zh", "en"):
        op.create_index(f"pair_words_{language}", "pair_words", [language], postgresql_using="gin")
