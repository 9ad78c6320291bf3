"""One change of an index on a Milvus server, in steps of which each leaves it whole; see ``search.index.milvus``."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace

import numpy as np

from search.errors import VectorIndexError
from search.index import milvus_collection as collection
from search.index.contract import Batch, Covered, Ids
from search.index.milvus_collection import Seen, look, write_state
from search.index.milvus_server import Server
from search.index.milvus_state import MOST_GOING, Coming, State, packed, unpacked

PATIENCE = 60.0  # seconds; a batch of texts is encoded in less
_VOID = 1000  # generations of dead writers that are remembered
NOTHING = -1  # the generation of no index
_BEAT = 2.0  # seconds between signs of life


@dataclass
class Update:
    """A change to ``covered``, by one writer.

    ``based_on`` is the generation in which it was found out what to change, NOTHING where there was no index, None
    where nobody looked.
    """

    server: Server
    alias: str
    covered: Covered
    patience: float
    based_on: int | None = None
    _me: str = field(default_factory=lambda: secrets.token_hex(8))
    _last_beat: float = 0.0

    def run(self, removed: Ids, added: Iterable[Batch]) -> None:
        """Take out and put in. Raises VectorIndexError; what was there before is then there still."""
        seen = self._turn(look(self.server, self.alias))
        state = _state(seen)
        if self.based_on is not None and self.based_on != (state.generation if state else NOTHING):
            if state is not None and state.covered == self.covered:
                return  # another writer did the same
            raise VectorIndexError(f"the vectors at {self.server.place} were changed by another program; try again.")
        if seen is None or state is None or not self._continues(state.covered):
            self._anew(seen, added)
            return
        done = self._increment(seen, state, removed, added)
        if done.kind == collection.FLAT and collection.outgrown(self.server, seen.name):
            stored = collection.stored_batches(self.server, seen, done, self.covered.dimensions)
            self._anew(Seen(seen.name, done), stored)

    def _continues(self, before: Covered | None) -> bool:
        same = before is not None and (before.corpus, before.model) == (self.covered.corpus, self.covered.model)
        return before is not None and same and before.dimensions == self.covered.dimensions

    def _turn(self, seen: Seen | None) -> Seen | None:
        """Wait until no other writer is at it, or he has shown no sign of life for ``patience`` seconds."""
        since, sign = time.monotonic(), _coming(seen)
        while seen is not None and (coming := _coming(seen)) is not None:
            if coming != sign:
                since, sign = time.monotonic(), coming
            if time.monotonic() - since >= self.patience:
                break
            time.sleep(min(0.5, self.patience / 4))
            seen = look(self.server, self.alias)
        return seen

    # made anew

    def _anew(self, former: Seen | None, added: Iterable[Batch]) -> None:
        generation = _later_than(_state(former))
        name = f"{self.alias}_{time.time_ns():x}"
        state = State(None, generation, coming=Coming(generation, self._me))
        seen = collection.make(self.server, name, self.covered.dimensions, state)
        finished = False
        try:
            last, vectors = -1, 0
            for batch in added:
                self._check(batch)
                vectors += collection.insert(self.server, name, batch, generation)
                last = max(last, int(batch.ids.max(initial=-1)))
            built = collection.build(self.server, seen, state, vectors)
            write_state(self.server, name, self._done(built, generation, last))
            self.server.ask("create_alias" if former is None else "alter_alias", name, self.alias)
            finished = True
        finally:
            if not finished:
                with suppress(VectorIndexError):
                    self.server.ask("drop_collection", name)
        _drop_others(self.server, self.alias, name)

    # incremental

    def _increment(self, seen: Seen, state: State, removed: Ids, added: Iterable[Batch]) -> State:
        generation = _later_than(state)
        mine = replace(state, coming=Coming(generation, self._me), void=_void(state))
        write_state(self.server, seen.name, mine)
        self._mine(seen.name)
        shown = False
        try:
            if state.coming is not None:  # of one who was killed
                collection.delete(self.server, seen.name, unpacked(state.going), state.generation)
                collection.delete_unfinished(self.server, seen.name, state.generation, generation)
            last, replaced = self._inserted(seen.name, mine, added)
            gone = np.unique(np.concatenate([np.asarray(removed, dtype=np.int64), *replaced]))
            after = self._done(mine, generation, last)
            self._mine(seen.name)
            write_state(self.server, seen.name, _hiding(replace(after, coming=mine.coming), gone))
            shown = True
        finally:
            if not shown:
                self._undo(seen.name, mine if state.coming else state, generation)
        collection.delete(self.server, seen.name, gone, generation)
        if state.coming is not None:
            collection.delete_unfinished(self.server, seen.name, state.generation, generation)
        done = self._done(after, generation, last)
        write_state(self.server, seen.name, done)
        return done

    def _inserted(self, name: str, mine: State, added: Iterable[Batch]) -> tuple[int, list[Ids]]:
        """Put in what nobody sees yet: the largest id of all, and those that may have been there already."""
        last, replaced = mine.last, []
        for batch in added:
            self._check(batch)
            self._beat(name, mine)
            collection.insert(self.server, name, batch, mine.coming.generation if mine.coming else mine.generation)
            replaced.append(batch.ids[batch.ids <= mine.last])
            last = max(last, int(batch.ids.max(initial=-1)))
        return last, replaced

    def _undo(self, name: str, before: State, generation: int) -> None:
        """Say again what was said before, then take out what was put in; not where another has taken over."""
        with suppress(VectorIndexError):
            self._mine(name)
            write_state(self.server, name, before)
            self.server.ask("delete", name, filter=f"since == {int(generation)}")

    def _done(self, state: State, generation: int, last: int) -> State:
        now = self.server.now()  # all that was written so far is before this
        return replace(state, covered=self.covered, generation=generation, at=now, last=last, coming=None, going="")

    def _beat(self, name: str, mine: State) -> None:
        if mine.coming is not None and time.monotonic() - self._last_beat > _BEAT:
            self._mine(name)
            self._last_beat = time.monotonic()
            beat = replace(mine.coming, beat=int(self._last_beat * 1000))
            write_state(self.server, name, replace(mine, coming=beat))

    def _mine(self, name: str) -> None:
        """Raise VectorIndexError where another writer has taken over."""
        seen = look(self.server, name)
        coming = _coming(seen)
        if coming is None or coming.by != self._me:
            raise VectorIndexError(
                f"another program has begun to change the vectors at {self.server.place}; try again."
            )

    def _check(self, batch: Batch) -> None:
        wanted = (len(batch.ids), self.covered.dimensions)
        if batch.zh.shape != wanted or batch.en.shape != wanted:
            raise VectorIndexError(
                f"{len(batch.ids)} pairs were to be stored with vectors {batch.zh.shape} and {batch.en.shape}, "
                f"not {wanted}; make the vectors anew."
            )


def clear(server: Server, alias: str) -> None:
    """Drop the index that an alias names, with what was left of others that were never finished."""
    if look(server, alias) is not None:
        server.ask("drop_alias", alias)
    _drop_others(server, alias, "")


def _drop_others(server: Server, alias: str, name: str) -> None:
    for other in server.ask("list_collections"):
        if str(other).startswith(f"{alias}_") and other != name:
            server.ask("drop_collection", other)


def _hiding(state: State, gone: Ids) -> State:
    """The state that shows the new and hides what it replaces; or, where that is too much to name, everything."""
    text = packed(gone)
    return replace(state, going=text) if len(text) <= MOST_GOING else replace(state, covered=None)


def _later_than(state: State | None) -> int:
    """A generation after all that were begun; milliseconds, so that two who begin at once have two."""
    begun = max(state.generation, state.coming.generation if state.coming else 0) if state else 0
    return max(begun + 1, time.time_ns() // 1_000_000)


def _void(state: State) -> tuple[int, ...]:
    """With the generation of a writer who was taken for dead before he showed it."""
    late = state.coming is not None and state.coming.generation > state.generation
    return (*state.void, state.coming.generation)[-_VOID:] if late and state.coming else state.void


def _state(seen: Seen | None) -> State | None:
    return seen.state if seen else None


def _coming(seen: Seen | None) -> Coming | None:
    return seen.state.coming if seen and seen.state else None
