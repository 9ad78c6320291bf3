"""What changes the corpus in someone's name: their role is held against the rules, below the interface.

``Corpus`` itself knows no people. Whoever has a program to themselves calls it directly; what several people use
together goes through here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from glossary.errors import NotAllowedError
from glossary.reading import role_of
from glossary.rules import MAY, Deed, Role
from search.corpus import Corpus
from search.versions import CHECKED

if TYPE_CHECKING:
    from align.document import Document
    from align.editing_session import Session
    from align.table import AlignmentTable
    from glossary.drift.records import Alert
    from models.encoder import Encoder
    from search.adding import AlignedFiles, How, Outcome
    from search.database import Database
    from search.drafts import Draft, Drafts, Listed
    from search.folders import Done, Plan
    from search.index.contract import VectorIndex
    from search.index.keeping import Kept, Progress
    from search.locating.locator import Locator
    from search.putting_back import Removed
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

    def begin_draft(self, files: AlignedFiles) -> Draft:
        """Keep two aligned files as a draft to correct."""
        self.require(Deed.ADD, "correct alignments")
        return self._drafts.begin(files)

    @property
    def drafts(self) -> tuple[Listed, ...]:
        """The user's drafts, the newest first."""
        return self._drafts.list()

    def open_draft(self, number: int) -> Draft:
        """A draft, anybody's; raises NotInCorpusError."""
        return self._drafts.open(number)

    def row_of(self, draft: Draft, pair: int) -> int | None:
        """The row of a draft that holds the texts of a pair of the corpus."""
        return self._drafts.row_of(draft, pair)

    def reopen(self, document: int) -> Draft:
        """A stored document as a draft to correct; raises NotInCorpusError."""
        self.require(Deed.ADD, "correct alignments")
        return self._drafts.reopen(document)

    def save_draft(self, draft: Draft, session: Session) -> Draft:
        """Keep what was done to a draft; raises StaleDraftError where someone was faster."""
        self.require(Deed.ADD, "correct alignments")
        return self._drafts.save(draft, session)

    def drop_draft(self, number: int) -> None:
        """Set a draft aside."""
        self.require(Deed.ADD, "correct alignments")
        self._drafts.drop(number)

    def restore_draft(self, number: int) -> None:
        """Bring back a draft that was dropped."""
        self.require(Deed.ADD, "correct alignments")
        self._drafts.restore(number)

    def accept_draft(self, draft: Draft, over: bool = False) -> Added:
        """Put a draft into the corpus as it is drawn; raises StaleDraftError where something has changed meanwhile."""
        self.require(Deed.ADD, "add to the corpus")
        return self._drafts.accept(draft, over)

    @property
    def _drafts(self) -> Drafts:
        from search.drafts import Drafts

        return Drafts(self.database, self.user)

    def set_status(self, pairs: Sequence[int], status: str = CHECKED) -> None:
        """Say that a person has checked these pairs, or ("automatic") has not."""
        self.require(Deed.ADD, "check pairs of the corpus")
        self.corpus.set_status(pairs, status)

    def work_through(self, plan: Plan, how: How) -> Iterator[Done]:
        """Store all files of a plan, one transaction each, as ``search.folders`` does."""
        from search.folders import work_through

        self.require(Deed.ADD, "add to the corpus")
        return work_through(self.corpus, plan, how)

    def remove(self, document: int) -> Removed:
        """Remove a document with everything that belongs to it; what ``put_back`` takes. Raises NotInCorpusError."""
        self.require(Deed.REMOVE, "remove documents from the corpus")
        return self.corpus.take_out(document)

    def put_back(self, removed: Removed) -> None:
        """Undo ``remove``; raises CorpusError where the document is there again."""
        self.require(Deed.REMOVE, "put documents back into the corpus")
        self.corpus.put_back(removed)

    def rebuild(self, encoder: Encoder, index: VectorIndex, progress: Progress | None = None) -> Kept:
        """Make anew what look-ups are answered from, as ``search.rebuilding`` does."""
        from search.rebuilding import rebuild

        self.require(Deed.ADMINISTER, "rebuild what look-ups are answered from")
        return rebuild(self.corpus, encoder, index, progress)

    def retest(self, added: Sequence[Added], locator: Callable[[], Locator]) -> tuple[Alert, ...]:
        """Test the approved entries by documents that were just stored: the alerts that they raise, stored too."""
        from glossary.drift.retesting import retest
        from glossary.glossary import Glossary

        self.require(Deed.ADD, "add to the corpus")
        changed = [one.document for one in added if one.change != "unchanged"]
        return retest(Glossary(self.database, self.user), self.corpus, changed, locator)

    def require(self, deed: Deed, what: str) -> None:
        """Raise NotAllowedError unless the user may do this."""
        role = self.role
        if deed not in MAY[role]:
            raise NotAllowedError(f"{self.user} is a {role}, who may not {what}; ask an administrator.")
