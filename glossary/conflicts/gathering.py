"""The inbox of conflicts for several readers: texts are read once, terms looked at as far as someone has asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from glossary.conflicts.inbox import Waiting, Wanted, look, waiting
from glossary.conflicts.records import Conflict
from glossary.conflicts.settling import compared, settled
from glossary.dismissals import Dismissals
from glossary.glossary import Glossary
from search.corpus import Corpus
from search.locating.locator import Locator

Step = Callable[[], None]


@dataclass
class Gathering:
    """What has been found of the conflicts of a corpus and a glossary as they are; more is found on demand.

    Whoever asks first reads the texts; others wait for that one. What is settled is compared when it is asked for.
    """

    corpus: Corpus
    glossary: Glossary
    found: list[Conflict] = field(default_factory=list)
    _waiting: Waiting | None = None
    _left: Iterator[Conflict] | None = None
    _done: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def read(self) -> bool:
        """Whether the texts have been read."""
        return self._waiting is not None

    @property
    def complete(self) -> bool:
        """Whether there are no more conflicts than ``found``."""
        return self._done

    @property
    def terms(self) -> int:
        """How many terms are worth a closer look."""
        return len(self._waiting.terms) if self._waiting else 0

    def read_texts(self, step: Step = lambda: None) -> None:
        """The first pass, unless it is done; ``step`` is called for each pair."""
        with self._lock:
            if self._waiting is None:
                self._waiting = waiting(self.corpus, self.glossary, step=step)

    def find(self, most: int, load: Callable[[], Locator], step: Step = lambda: None) -> None:
        """Look closer until there are ``most`` conflicts that are not settled, or no more; ``step`` for each found."""
        self.read_texts()
        while not self._done and len(self.unsettled()) < most:
            if self._next(load):
                step()

    def _next(self, load: Callable[[], Locator]) -> bool:
        """One conflict more; whether there was one."""
        with self._lock:
            if self._left is None:
                assert self._waiting is not None
                terms = self._waiting.terms
                wanted = Wanted(all=True)
                self._left = look(self.corpus, self.glossary, load(), self._waiting, wanted) if terms else iter(())
            going, self._left = self._left, None  # where it fails, the next one asked begins anew
            conflict = next(going, None)
            self._left = going
            if conflict is None:
                self._done = True
            elif all(conflict.key != one.key for one in self.found):
                self.found.append(replace(conflict, settled="", back=""))
        return conflict is not None

    def all(self) -> list[Conflict]:
        """Those that were found, each with what is known of it by now."""
        known = settled(Dismissals(self.glossary.database, self.glossary.user))
        return [compared(conflict, known) for conflict in list(self.found)]

    def unsettled(self) -> list[Conflict]:
        """Those that wait for someone."""
        return [conflict for conflict in self.all() if not conflict.settled]
