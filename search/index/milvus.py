"""Vectors of a corpus on a Milvus server: for corpora past one machine, or shared by several.

What is promised, on a server without transactions:

- The state of an index is one property of its collection (``search.index.milvus_state``), written after the rows that
  belong to it. Searchers read it after every answer, and ask again if it has changed meanwhile: an answer is always
  that of one state, whole.
- An increment inserts rows that nobody sees yet, then writes the state that shows them and hides those that they
  replace, then deletes what is hidden. If it is killed, the next one clears up; ``covered`` says what was before until
  the state is written, and what is new from then on. Only where a change takes so many pairs out that they cannot be
  named (some hundred thousand, scattered) ``covered`` says None until it is done.
- Made anew, an index is another collection, to which an alias is switched when it is complete.
- One writer at a time: a second one waits until the first is done, or has not stirred for ``patience`` seconds and is
  taken for dead. If he was not, he notices before he shows anything, and fails with a sentence.

Up to 200,000 vectors the search is exact, beyond by HNSW.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np

from align.document import Language
from models.encoder import Vectors
from search.errors import VectorIndexError
from search.index.contract import NOBODY, Batch, Covered, Ids, Neighbours
from search.index.milvus_address import address_of
from search.index.milvus_collection import Seen, look, stored_ids
from search.index.milvus_search import nearest
from search.index.milvus_server import LONG, MissingCollectionError, NotLoadedError, Server
from search.index.milvus_state import State
from search.index.milvus_update import NOTHING, PATIENCE, Update, clear

__all__ = ["MilvusIndex"]

T = TypeVar("T")

_TRIES = 20  # answers that were overtaken by a change before a search gives up


@dataclass
class MilvusIndex:
    """An open index: a ``VectorIndex``. One thread at a time."""

    server: Server
    alias: str
    patience: float = PATIENCE
    _last: Seen | None = field(default=None, repr=False)  # as it was after the last answer
    _told: int | None = field(default=None, repr=False)  # the generation of which covered() or ids() last told

    @classmethod
    def open(cls, url: str, corpus: str, model: str, *, patience: float = PATIENCE) -> MilvusIndex:
        """Reach a server at ``milvus://[user[:password]@]host[:port][/database]``; ``milvuss://`` with TLS.

        ``corpus`` and ``model`` are names: each two of them have an index of their own on the server. ``patience`` is
        how many seconds another writer may be still before it is taken for dead. Raises VectorIndexError.
        """
        return cls(Server(address_of(url)), alias_of(corpus, model), patience)

    @property
    def place(self) -> str:
        """The URL without its password."""
        return self.server.place

    def covered(self) -> Covered | None:
        """What it was made from; None where there is none, or it is damaged and must be made anew."""
        self._last = look(self.server, self.alias)
        self._tell()
        return self._last.state.covered if self._last and self._last.state else None

    def ids(self) -> Ids:
        """The ids of all pairs that it holds, ascending; none where ``covered`` is None."""
        found = self._whole(lambda seen, state: stored_ids(self.server, seen, state))
        self._tell()
        return np.zeros(0, dtype=np.int64) if found is None else found

    def update(self, covered: Covered, removed: Ids, added: Iterable[Batch]) -> None:
        """Take pairs out and put pairs in, as the contract says; see above for what is promised meanwhile.

        No id may come twice in ``added``. Raises VectorIndexError too where the index is not any more what ``covered``
        or ``ids`` last told of it, because another program has changed it meanwhile.
        """
        told, self._told, self._last = self._told, None, None
        Update(self.server, self.alias, covered, self.patience, told).run(removed, added)

    def search(self, queries: Vectors, language: Language, count: int, only: Ids | None = None) -> Neighbours:
        """The nearest pairs, as the contract says; padded with -1 in both arrays, and nobody for a zero query."""
        queries = np.ascontiguousarray(queries, dtype=np.float32)

        def ask(seen: Seen, state: State) -> Neighbours:
            self._check(queries, state)
            return nearest(self.server, seen, state, queries, language, count, only)

        found = self._whole(ask) if len(queries) and count > 0 else None
        return _nobody(len(queries), max(0, count)) if found is None else found

    def clear(self) -> None:
        """Drop all of it, so that ``covered`` is None."""
        self._told = self._last = None
        clear(self.server, self.alias)

    def close(self) -> None:
        """Let go of the connection."""
        self.server.close()

    def _whole(self, ask: Callable[[Seen, State], T]) -> T | None:
        """The answer to a question, of one state of the index; None where there is no index to ask."""
        seen = self._last or look(self.server, self.alias)
        for _ in range(_TRIES):
            answer = self._answer(seen, ask) if seen and seen.state and seen.state.covered else None
            now = self._last = look(self.server, self.alias)
            if now is None or now.state is None or now.state.covered is None:
                return None
            same = seen and seen.state and seen.name == now.name and seen.state.same_for_searchers(now.state)
            if same and answer is not None:
                return answer
            seen = now
        raise VectorIndexError(f"the vectors at {self.place} are being changed all the time; try again later.")

    def _tell(self) -> None:
        state = self._last.state if self._last else None
        self._told = state.generation if state else NOTHING

    def _answer(self, seen: Seen, ask: Callable[[Seen, State], T]) -> T | None:
        """None where the collection has gone, or had to be loaded first."""
        assert seen.state
        try:
            return ask(seen, seen.state)
        except MissingCollectionError:
            return None
        except NotLoadedError:  # someone has released it
            self.server.ask("load_collection", seen.name, timeout=LONG)
            return None

    def _check(self, queries: Vectors, state: State) -> None:
        wanted = state.covered.dimensions if state.covered else 0
        if queries.ndim != 2 or queries.shape[1] != wanted:
            raise VectorIndexError(
                f"the vectors at {self.place} have {wanted} numbers each, but those asked for are {queries.shape}; "
                "ask with the model they were made with."
            )


def _nobody(queries: int, count: int) -> Neighbours:
    ids = np.full((queries, count), NOBODY, dtype=np.int64)
    return Neighbours(ids, ids.astype(np.float32))


def alias_of(corpus: str, model: str) -> str:
    """A name that Milvus takes: letters, digits and underscores."""
    mark = hashlib.sha256(f"{corpus}\0{model}".encode()).hexdigest()[:16]
    return f"duizhao_{re.sub(r'[^A-Za-z0-9]+', '_', corpus)[:40]}_{mark}"
