"""The tables. ``search/migrations`` makes them; a test holds the two together.

Texts that a database or UTF-8 cannot hold (a NUL, a lone surrogate) are written escaped and read back exactly.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    text,
)

from align.writers.escapes import escape, unescape

REVISIONS = ("0001", "0002", "0003", "0004", "0005")  # of the migrations, oldest first
HEAD = REVISIONS[-1]
VERSION_TABLE = "duizhao_version"  # of our own name: a server's database may hold another program's tables too

# SQLite makes only an INTEGER primary key the row's own number; PostgreSQL's INTEGER ends at 2 ** 31.
Number = BigInteger().with_variant(Integer, "sqlite")


class Words(TypeDecorator[str]):
    """Text of any code points."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """Escape what the database cannot hold."""
        del dialect
        return None if value is None else escape(value)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        """Undo the escapes."""
        del dialect
        return None if value is None else unescape(value)


metadata = MetaData()
_CHECKED = text("status = 'checked'")

# One row. Whoever writes locks it first, so that writers take turns on every database. ``corpus`` is a random name
# that tells this corpus from any other; ``state`` grows with every committed change, and never shrinks.
state = Table(
    "corpus_state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("corpus", String(32), nullable=False),
    Column("state", BigInteger, nullable=False),
    Column("next_document", BigInteger, nullable=False),
    Column("next_pair", BigInteger, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("identity", Words, nullable=False, unique=True),  # see search.identity
    Column("origin", String(16), nullable=False),  # "documents" or "pairs"
    Column("name", Words, nullable=False),
    Column("symbol", Words, nullable=False),  # as printed
    Column("symbol_key", Words, nullable=False),  # as compared
    Column("type", String(16), nullable=False),
    Column("title_zh", Words, nullable=False),
    Column("title_en", Words, nullable=False),
    Column("date", Words, nullable=False),
    Column("year", SmallInteger, nullable=True),
    Column("body", Words, nullable=False),
    Column("body_key", Words, nullable=False),  # folded, as compared
    Column("session", Words, nullable=False),
    Column("agenda_item", Words, nullable=False),
    Column("zh_source", Words, nullable=False),
    Column("en_source", Words, nullable=False),
    Column("zh_script", Words, nullable=False),
    Column("languages", String(8), nullable=False),  # "zh", "en" or "zh en"
    Column("zh_parts", Words, nullable=False),  # JSON lists of titles
    Column("en_parts", Words, nullable=False),
    Column("level", Words, nullable=False),
    Column("signature", Words, nullable=False),
    Column("zh_hash", String(64), nullable=False),  # of the language's paragraphs, "" where it is missing
    Column("en_hash", String(64), nullable=False),
    Column("content_hash", String(64), nullable=False),  # of all that was handed in
    Column("source_hash", String(64), nullable=False),  # of the files' bytes, "" where there were none
    Column("added", String(32), nullable=False),  # ISO 8601, UTC
    Column("changed", String(32), nullable=False),
    Column("state", BigInteger, nullable=False),  # of the corpus when this row was last written
    Index("documents_by_name", "name"),
    Index("documents_by_symbol", "symbol_key"),
    Index("documents_by_zh_hash", "zh_hash"),
    Index("documents_by_en_hash", "en_hash"),
    Index("documents_by_source_hash", "source_hash"),
)

paragraphs = Table(
    "paragraphs",
    metadata,
    Column("document", Number, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("language", String(2), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("number", Words, nullable=False),
    Column("level", Integer, nullable=False),
    Column("part", Integer, nullable=False),
    Column("text", Words, nullable=False),
    Column("footnotes", Words, nullable=False),  # JSON list of [mark, offset], "" where there are none
    Column("place", Words, nullable=False),
    sqlite_with_rowid=False,
)

pairs = Table(
    "pairs",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("document", Number, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),  # in reading order, from 0
    Column("zh", Words, nullable=False),
    Column("en", Words, nullable=False),
    Column("zh_units", Text, nullable=False),  # indices joined by spaces
    Column("en_units", Text, nullable=False),
    Column("zh_paragraphs", Text, nullable=False),
    Column("en_paragraphs", Text, nullable=False),
    Column("similarity", Double, nullable=True),
    Column("confidence", Double, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("status", Words, nullable=False),
    Column("number", Words, nullable=False),
    Column("properties", Words, nullable=False),  # JSON list of [name, value], "" where there are none
    Column("state", BigInteger, nullable=False),  # of the corpus when the two texts came
    Index("pairs_by_document", "document", "position"),
    Index("pairs_by_state", "state"),
    # All that filters ask of a pair, so that counting and choosing never read the texts.
    Index("pairs_by_filter", "document", "kind", "status", "confidence", "state"),
    Index("pairs_checked", "document", sqlite_where=_CHECKED, postgresql_where=_CHECKED),
)

# The texts folded (search.folding), for looking up and never for showing.
folds = Table(
    "pair_folds",
    metadata,
    Column("pair", Number, ForeignKey("pairs.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("zh", Words, nullable=False),
    Column("en", Words, nullable=False),
)

# Alignments that people are correcting (search.drafts).
drafts = Table(
    "alignment_drafts",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=False),
    Column("user", Words, nullable=False),  # who began it
    Column("editor", Words, nullable=False),  # who changed it last
    Column("label", Words, nullable=False),
    Column("base", Words, nullable=False),  # JSON: the alignment that is corrected, and its documents
    Column("document", Number, nullable=True),  # of the corpus, where it is there already; it may go meanwhile
    Column("expected", String(64), nullable=False),  # a hash of that document's pairs when the draft was begun
    Column("edits", Words, nullable=False),  # JSON
    Column("position", Integer, nullable=False),  # how many of the edits hold
    Column("version", Integer, nullable=False),  # grows with every change
    Column("rows", Integer, nullable=False),  # as they are now, for lists
    Column("doubtful", Integer, nullable=False),
    Column("created", String(32), nullable=False),  # ISO 8601, UTC
    Column("changed", String(32), nullable=False),
    Column("dropped", String(32), nullable=False),  # when it was set aside or accepted, "" while it is worked on
    Index("alignment_drafts_by_user", "user"),
    Index("alignment_drafts_by_document", "document"),
)

# The index of phrases, made of other things on SQLite and PostgreSQL: see search.phrase_index.
WORDS = "pair_words"
