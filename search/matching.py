"""Which stored document a submission is a version of, and which ones it makes needless."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from align.document import Language
from search.errors import CounterpartError
from search.schema import documents, pairs
from search.submission import Submission
from search.symbols import normal_symbol

SAME_DOCUMENT = 0.1  # of the longer texts that two versions under one name must share at least
_TELLING = 12  # characters: a shorter text stands in many documents
_LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Stored:
    """The row of ``documents`` that a submission belongs to."""

    row: Any

    @property
    def id(self) -> int:
        """Its number in the corpus."""
        return int(self.row.id)

    def holds(self, submission: Submission, content: str) -> bool:
        """Whether the submission brings nothing new: it is there already, or is one language of what is there.

        Raises CounterpartError where the document lacks the submission's language and must be aligned with it.
        """
        if self.row.content_hash == content:
            return True
        there = set(self.row.languages.split())
        if set(submission.languages) >= there:
            return False
        if all(submission.text_hash(lang) == _hash(self.row, lang) for lang in submission.languages):
            return True
        raise CounterpartError(
            f"the corpus holds {self.row.symbol or self.row.name} in the other language too, and both must be "
            "aligned; add the file with “duizhao add”."
        )


def find_stored(connection: sa.Connection, submission: Submission) -> Stored | None:
    """The stored document that the submission is a version of: by symbol, then by content, then by name."""
    if submission.origin == "pairs":
        return _pairs_of(connection, submission)
    key = normal_symbol(submission.table.provenance.symbol)
    ours = sa.select(documents).where(documents.c.origin == "documents").order_by(documents.c.id)
    if key:
        found = connection.execute(ours.where(documents.c.symbol_key == key)).first()
        if found is not None:
            return Stored(found)
    open_to = sa.or_(documents.c.symbol_key == "", sa.literal(key) == "")
    same = connection.execute(ours.where(_same_text(submission), open_to)).first()
    if same is not None:
        return Stored(same)
    for row in connection.execute(ours.where(documents.c.name == submission.name, open_to)).all():
        if _is_version(connection, row, submission):
            return Stored(row)
    return None


def absorbed(connection: sa.Connection, submission: Submission, stored: Stored | None) -> list[int]:
    """Documents in one language, without symbol, whose whole text is now a part of another document."""
    if submission.origin == "pairs" or len(submission.languages) < 2:
        return []
    query = sa.select(documents.c.id).where(
        documents.c.origin == "documents",
        documents.c.symbol_key == "",
        documents.c.languages.in_(_LANGUAGES),
        _same_text(submission),
        documents.c.id != (stored.id if stored else 0),
    )
    return list(connection.execute(query).scalars())


def _pairs_of(connection: sa.Connection, submission: Submission) -> Stored | None:
    query = sa.select(documents).where(
        documents.c.origin == "pairs",
        documents.c.name == submission.name,
        documents.c.symbol_key == normal_symbol(submission.table.provenance.symbol),
    )
    for row in connection.execute(query.order_by(documents.c.id)).all():
        if _is_version(connection, row, submission):
            return Stored(row)
    return None


def _same_text(submission: Submission) -> sa.ColumnElement[bool]:
    hashes = [(documents.c[f"{language}_hash"], submission.text_hash(language)) for language in submission.languages]
    return sa.or_(*(column == value for column, value in hashes if value), sa.false())


def _is_version(connection: sa.Connection, row: Any, submission: Submission) -> bool:
    """Whether a document of the same name is the same document: it shares text, or has only the other language."""
    shared = [language for language in submission.languages if language in row.languages.split()]
    if not shared:
        return True
    for language in shared:
        column = pairs.c[language]
        query = sa.select(column).where(pairs.c.document == row.id, column != "")
        before = set(connection.execute(query).scalars())
        now = set(submission.texts(language))
        telling = [{text for text in texts if len(text) >= _TELLING} or texts for texts in (before, now)]
        if len(telling[0] & telling[1]) >= SAME_DOCUMENT * max(1, min(map(len, telling))):
            return True
    return False


def _hash(row: Any, language: Language) -> str:
    return str(getattr(row, f"{language}_hash"))
