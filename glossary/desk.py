"""What changes the corpus in someone's name: their role is held against the rules, below the interface.

``Corpus`` itself knows no people. Whoever has a program to themselves calls it directly; what several people use
together goes through here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary.errors import NotAllowedError
from glossary.reading import role_of
from glossary.rules import MAY, Deed, Role
from search.corpus import Corpus
from search.versions import CHECKED

if TYPE_CHECKING:
    from align.document import Document
    from align.table import AlignmentTable
    from search.adding import How, Outcome
    from search.database import Database
    from search.records import Added


@dataclass(frozen=True)
class Desk:
    """An open database and who works with it. Every method raises NotAllowedError where the role does not allow it."""

    database: Database
    user: str

    @property
    def corpus(self) -> Corpus:
        """The corpus; whatever is called on it is checked by nobody."""
        return Corpus(self.database)

    @property
    def role(self) -> Role:
        """What the user may do."""
        with self.database.reading() as connection:
            return role_of(connection, self.user)

    def may(self, deed: Deed) -> bool:
        """Whether the user may do this."""
        return deed in MAY[self.role]

    def accept(
        self,
        table: AlignmentTable,
        zh: Document | None = None,
        en: Document | None = None,
        *,
        name: str = "",
        source_hash: str = "",
    ) -> Added:
        """Store an alignment, as ``Corpus.add_alignment`` does."""
        self.require(Deed.ADD, "add to the corpus")
        return self.corpus.add_alignment(table, zh, en, name=name, source_hash=source_hash)

    def add_files(self, paths: Sequence[str], how: How) -> Outcome:
        """Store one file, or a Chinese and an English one, as ``search.adding`` does."""
        from pathlib import Path

        from search.adding import add_file, add_pair

        self.require(Deed.ADD, "add to the corpus")
        first, *second = [Path(path) for path in paths]
        return add_pair(self.corpus, first, second[0], how) if second else add_file(self.corpus, first, how)

    def set_status(self, pairs: Sequence[int], status: str = CHECKED) -> None:
        """Say that a person has checked these pairs, or ("automatic") has not."""
        self.require(Deed.ADD, "check pairs of the corpus")
        self.corpus.set_status(pairs, status)

    def remove(self, document: int) -> None:
        """Remove a document with everything that belongs to it; raises NotInCorpusError."""
        self.require(Deed.REMOVE, "remove documents from the corpus")
        self.corpus.remove(document)

    def require(self, deed: Deed, what: str) -> None:
        """Raise NotAllowedError unless the user may do this."""
        role = self.role
        if deed not in MAY[role]:
            raise NotAllowedError(f"{self.user} is a {role}, who may not {what}; ask an administrator.")
