"""The corpus: documents in both languages or one, their beads, and what people have checked of them.

One façade over the tables. Everything that changes them is one transaction: whole, or not at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from align.document import Document, Language
from align.readers.pair_file import PairFile
from align.table import AlignmentTable
from search import putting_back, quality, reading, writing
from search.database import Database
from search.errors import NotInCorpusError
from search.grams import Phrase
from search.identity import without_language
from search.matching import find_stored
from search.phrases import count_holding, holding
from search.putting_back import Removed
from search.quality import Share
from search.records import Added, Filters, Stats, StoredDocument, StoredPair
from search.rows import pair_from, provenance_from, record_from
from search.schema import documents, paragraphs, state
from search.submission import Submission, from_pairs, single
from search.verifying import problems
from search.versions import CHECKED

if TYPE_CHECKING:
    from search.reading import Ids


@dataclass(frozen=True)
class Corpus:
    """An open corpus; a context manager. Every method raises CorpusError in one sentence where the database fails."""

    database: Database

    @classmethod
    def open(cls, where: str | Path | None = None, read_only: bool = False, create: bool = True) -> Corpus:
        """Open the corpus in a file, at a ``postgresql://`` URL, or in the default place.

        Where there is none it is made, unless it is opened for reading only or without ``create``.

        Raises CorpusError: no such place, not a corpus, damaged, of a later version, or nothing to read.
        """
        return cls(Database.open(where, read_only, create))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    @property
    def place(self) -> str:
        """The file, or the URL without its password."""
        return self.database.place

    @property
    def state(self) -> int:
        """A number that grows with every committed change."""
        with self.database.reading() as connection:
            return int(connection.execute(sa.select(state.c.state)).scalar_one())

    @property
    def name(self) -> str:
        """A random name that tells this corpus from any other."""
        with self.database.reading() as connection:
            return str(connection.execute(sa.select(state.c.corpus)).scalar_one())

    # adding

    def add_alignment(
        self,
        table: AlignmentTable,
        zh: Document | None = None,
        en: Document | None = None,
        *,
        name: str = "",
        source_hash: str = "",
    ) -> Added:
        """Store an alignment, with the documents that it was made from where they are at hand.

        The same again changes nothing. A new version replaces the earlier one and keeps what people have checked,
        wherever its texts still occur. ``name`` stands for the symbol where there is none: by default the file's.
        """
        return self._store([Submission(table, name or _name(table), zh, en, source_hash)])[0]

    def add_document(self, document: Document, *, name: str = "", source_hash: str = "") -> Added:
        """Store a document whose other language is missing; each paragraph is a bead of its own.

        Raises CounterpartError where the other language is there: both must then be aligned (``search.adding``).
        """
        own = name or without_language(document.source.rpartition(".")[0] or document.source) or document.source
        return self._store([single(document, own, source_hash)])[0]

    def add_pairs(self, file: PairFile, source_hash: str = "") -> tuple[Added, ...]:
        """Store pairs that are already aligned, in one transaction; one document a symbol that the file names.

        Adding a new version of the file replaces the earlier one.
        """
        submissions = from_pairs(file, source_hash)
        return tuple(self._store(submissions))

    def _store(self, submissions: Sequence[Submission]) -> list[Added]:
        with self.database.writing() as connection:
            return writing.store_all(connection, submissions)

    # changing

    def remove(self, document: int) -> None:
        """Remove a document with everything that belongs to it; raises NotInCorpusError."""
        with self.database.writing() as connection:
            writing.remove(connection, document)

    def take_out(self, document: int) -> Removed:
        """The same, with what ``put_back`` undoes it by; raises NotInCorpusError."""
        with self.database.writing() as connection:
            return putting_back.take_out(connection, document)

    def put_back(self, removed: Removed) -> None:
        """Put a removed document back as it was, with the same numbers; raises CorpusError where it is there again."""
        with self.database.writing() as connection:
            putting_back.put_back(connection, removed)

    def set_status(self, pairs: Sequence[int], status: str = CHECKED) -> None:
        """Say that a person has checked these pairs, or ("automatic") has not; raises NotInCorpusError."""
        with self.database.writing() as connection:
            writing.set_status(connection, pairs, status)

    # asking

    def list(self) -> tuple[StoredDocument, ...]:
        """All documents, with counts of their pairs, in the order in which they came."""
        with self.database.reading() as connection:
            return reading.all_documents(connection)

    def find(self, which: str) -> StoredDocument:
        """The document with this symbol or name, or with this number ("#12"); raises NotInCorpusError."""
        with self.database.reading() as connection:
            return reading.all_documents(connection, reading.find_document(connection, which))[0]

    def version_of(self, document: Document, name: str) -> StoredDocument | None:
        """The stored document that this one, in one language, is a version or the other language of."""
        with self.database.reading() as connection:
            found = find_stored(connection, single(document, name))
            return reading.all_documents(connection, found.id)[0] if found else None

    def has_source(self, source_hash: str) -> StoredDocument | None:
        """The document that was last read from files of exactly these bytes."""
        query = sa.select(documents.c.id).where(documents.c.source_hash == source_hash).order_by(documents.c.id)
        with self.database.reading() as connection:
            found = connection.execute(query).scalar()
            return reading.all_documents(connection, found)[0] if found is not None else None

    def document(self, identifier: int, language: Language) -> Document | None:
        """A stored document as it was read, but for what was set aside; None where that language is missing."""
        with self.database.reading() as connection:
            return reading.read_document(connection, identifier, language)

    def pairs(self, filters: Filters | None = None) -> Iterator[StoredPair]:
        """The pairs that are meant, document by document in reading order, as one view of the corpus."""
        with self.database.reading() as connection:
            for row in reading.stream(connection, reading.select_pairs(filters or Filters())):
                yield pair_from(row)

    def folded(self, filters: Filters | None = None) -> Iterator[tuple[int, str, str]]:
        """Id, Chinese and English of the pairs that are meant, folded for looking up, in the order of their ids."""
        with self.database.reading() as connection:
            for row in reading.stream(connection, reading.select_folded(filters or Filters())):
                yield row.pair, row.zh, row.en

    def containing(
        self,
        phrase: str,
        language: Language,
        filters: Filters | None = None,
        *,
        limit: int = 0,
        newest_first: bool = False,
    ) -> Iterator[StoredPair]:
        """The pairs that hold a phrase in one language, whatever its script, width, case and hyphens.

        Words must be whole, and the last may end in ``*`` for any ending; Chinese is found anywhere
        (``search.grams.Phrase``, which also says where in a text it stands). In the order in which the pairs came, or
        the other way round, the first at once; no more than ``limit`` where that is not 0.
        """
        with self.database.reading() as connection:
            found = holding(connection, Phrase.of(phrase), language, filters or Filters(), newest_first)
            yield from islice(found, limit) if limit else found

    def count_containing(
        self, phrase: str, language: Language, filters: Filters | None = None, at_most: int = 0
    ) -> int:
        """How many pairs hold a phrase; counting ends at ``at_most`` where that is not 0."""
        with self.database.reading() as connection:
            return count_holding(connection, Phrase.of(phrase), language, filters or Filters(), at_most)

    def pair(self, identifier: int) -> StoredPair:
        """One pair by its id; raises NotInCorpusError."""
        return self.pairs_by_id([identifier])[0]

    def pairs_by_id(self, identifiers: Sequence[int]) -> tuple[StoredPair, ...]:
        """Pairs by their ids, in that order; raises NotInCorpusError for one that is not there."""
        with self.database.reading() as connection:
            found = reading.pairs_by_id(connection, identifiers)
        missing = next((number for number in identifiers if number not in found), None)
        if missing is not None:
            raise NotInCorpusError(f"there is no pair {missing} in the corpus; its document may have changed.")
        return tuple(found[number] for number in identifiers)

    def ids(self, filters: Filters | None = None) -> Ids:
        """The ids of the pairs that are meant, ascending: int64 (n,). Reads no texts: a million take a moment."""
        with self.database.reading() as connection:
            return reading.ids(connection, filters or Filters())

    def pair_ids(self) -> tuple[int, ...]:
        """The ids of all pairs, ascending: what an index made from the corpus must hold, and nothing else."""
        return tuple(self.ids().tolist())

    def pair_count(self) -> int:
        """How many pairs there are, those of one side too."""
        with self.database.reading() as connection:
            return reading.pair_count(connection)

    def rebuild_phrase_index(self) -> None:
        """Make the index of phrases anew from the stored texts: the way out where ``verify`` finds fault with it."""
        with self.database.writing() as connection:
            writing.rebuild_index(connection)

    def pairs_among(self, identifiers: Sequence[int]) -> tuple[StoredPair, ...]:
        """Those of these pairs that are there, in that order."""
        with self.database.reading() as connection:
            found = reading.pairs_by_id(connection, identifiers)
        return tuple(found[number] for number in identifiers if number in found)

    def texts(self, ids: npt.NDArray[np.int64]) -> Sequence[tuple[int, str, str]]:
        """Id, Chinese and English of those of these pairs that are there."""
        with self.database.reading() as connection:
            return reading.texts_of(connection, [int(number) for number in ids])

    def neighbours(self, pair: StoredPair, count: int = 1) -> tuple[StoredPair, ...]:
        """Up to ``count`` pairs before and after it in its document, in reading order, without itself."""
        with self.database.reading() as connection:
            return reading.neighbours_of(connection, pair, count)

    def table(self, identifier: int) -> AlignmentTable:
        """A stored document as an alignment, for ``align.writers``; raises NotInCorpusError."""
        with self.database.reading() as connection:
            row = connection.execute(sa.select(documents).where(documents.c.id == identifier)).first()
            if row is None:
                raise NotInCorpusError(
                    f"there is no document #{identifier} in the corpus; “duizhao corpus list” shows all."
                )
            rows = connection.execute(reading.select_pairs(Filters(document=identifier))).all()
        return AlignmentTable(row.signature, tuple(map(record_from, rows)), provenance_from(row), row.level)

    def stats(self) -> Stats:
        """Counts of the whole corpus."""
        with self.database.reading() as connection:
            listed = reading.all_documents(connection)
            count = connection.execute(sa.select(sa.func.count()).select_from(paragraphs)).scalar_one()
            row = connection.execute(sa.select(state)).one()
        years = Counter(document.provenance.date[:4] or "?" for document in listed)
        return Stats(
            documents=len(listed),
            zh_only_documents=sum(document.languages == ("zh",) for document in listed),
            en_only_documents=sum(document.languages == ("en",) for document in listed),
            paragraphs=count,
            pairs=sum(document.linked for document in listed),
            one_sided=sum(document.pairs - document.linked for document in listed),
            checked=sum(document.checked for document in listed),
            doubtful=sum(document.doubtful for document in listed),
            by_type=dict(Counter(document.type for document in listed).most_common()),
            by_year=dict(sorted(years.items())),
            by_body=dict(Counter(document.provenance.body or "?" for document in listed).most_common()),
            state=row.state,
            corpus=row.corpus,
            place=self.place,
        )

    def confidences(self) -> tuple[Share, ...]:
        """The pairs with text on both sides by their confidence, in bins of equal width."""
        with self.database.reading() as connection:
            return quality.confidences(connection)

    def first_doubtful(self, documents: Sequence[int]) -> dict[int, int]:
        """By document its first doubtful pair in reading order, where it has one."""
        with self.database.reading() as connection:
            return quality.first_doubtful(connection, documents)

    def verify(self) -> tuple[str, ...]:
        """What is wrong with the corpus, a sentence each; empty where all is well."""
        with self.database.reading() as connection:
            return tuple(problems(connection))


def _name(table: AlignmentTable) -> str:
    for source in (table.provenance.zh_source, table.provenance.en_source):
        name = without_language(source.rpartition(".")[0] or source)
        if name:
            return name
    return ""
