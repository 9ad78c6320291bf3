"""The corpus: documents, paragraphs, pairs, folded texts. Never edited once released."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables, and the one row of the state."""
    _state()
    _documents()
    _texts()
    if op.get_context().dialect.name == "sqlite":
        _index()


def _state() -> None:
    op.create_table(
        "corpus_state",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("corpus", sa.String(32), nullable=False),
        sa.Column("state", sa.BigInteger(), nullable=False),
        sa.Column("next_document", sa.BigInteger(), nullable=False),
        sa.Column("next_pair", sa.BigInteger(), nullable=False),
    )
    op.execute(
        sa.table("corpus_state", *map(sa.column, ("id", "corpus", "state", "next_document", "next_pair")))
        .insert()
        .values(id=1, corpus=uuid.uuid4().hex, state=0, next_document=1, next_pair=1)
    )


def _documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("identity", sa.Text(), nullable=False, unique=True),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("symbol", sa.Text(), nullable=False),
        sa.Column("symbol_key", sa.Text(), nullable=False),
        sa.Column("type", sa.String(16), nullable=False),
        sa.Column("title_zh", sa.Text(), nullable=False),
        sa.Column("title_en", sa.Text(), nullable=False),
        sa.Column("date", sa.Text(), nullable=False),
        sa.Column("year", sa.SmallInteger(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("session", sa.Text(), nullable=False),
        sa.Column("agenda_item", sa.Text(), nullable=False),
        sa.Column("zh_source", sa.Text(), nullable=False),
        sa.Column("en_source", sa.Text(), nullable=False),
        sa.Column("zh_script", sa.Text(), nullable=False),
        sa.Column("languages", sa.String(8), nullable=False),
        sa.Column("zh_parts", sa.Text(), nullable=False),
        sa.Column("en_parts", sa.Text(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("zh_hash", sa.String(64), nullable=False),
        sa.Column("en_hash", sa.String(64), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("source_hash", sa.String(64), nullable=False),
        sa.Column("added", sa.String(32), nullable=False),
        sa.Column("changed", sa.String(32), nullable=False),
        sa.Column("state", sa.BigInteger(), nullable=False),
    )
    op.create_index("documents_by_en_hash", "documents", ["en_hash"])
    op.create_index("documents_by_name", "documents", ["name"])
    op.create_index("documents_by_source_hash", "documents", ["source_hash"])
    op.create_index("documents_by_symbol", "documents", ["symbol_key"])
    op.create_index("documents_by_zh_hash", "documents", ["zh_hash"])


def _texts() -> None:
    op.create_table(
        "pairs",
        sa.Column("id", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("document", _NUMBER, sa.ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
        sa.Column("zh_units", sa.Text(), nullable=False),
        sa.Column("en_units", sa.Text(), nullable=False),
        sa.Column("zh_paragraphs", sa.Text(), nullable=False),
        sa.Column("en_paragraphs", sa.Text(), nullable=False),
        sa.Column("similarity", sa.Double(), nullable=True),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("properties", sa.Text(), nullable=False),
        sa.Column("state", sa.BigInteger(), nullable=False),
    )
    op.create_index("pairs_by_document", "pairs", ["document", "position"])
    op.create_index("pairs_by_state", "pairs", ["state"])
    op.create_table(
        "paragraphs",
        sa.Column("document", _NUMBER, sa.ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("language", sa.String(2), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("footnotes", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "pair_folds",
        sa.Column(
            "pair", _NUMBER, sa.ForeignKey("pairs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
        ),
        sa.Column("zh", sa.Text(), nullable=False),
        sa.Column("en", sa.Text(), nullable=False),
    )


def _index() -> None:
    """Which pairs hold which three characters in a row; kept by triggers, so that it never differs from the folds."""
    op.execute(
        "CREATE VIRTUAL TABLE pair_index USING fts5"
        "(zh, en, content='pair_folds', content_rowid='pair', tokenize='trigram', detail=none)"
    )
    op.execute(
        "CREATE TRIGGER pair_folds_in AFTER INSERT ON pair_folds BEGIN"
        " INSERT INTO pair_index (rowid, zh, en) VALUES (new.pair, new.zh, new.en); END"
    )
    op.execute(
        "CREATE TRIGGER pair_folds_out AFTER DELETE ON pair_folds BEGIN"
        " INSERT INTO pair_index (pair_index, rowid, zh, en) VALUES ('delete', old.pair, old.zh, old.en); END"
    )
