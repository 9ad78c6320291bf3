"""What all sessions share: the model, the corpus, its vectors, what it says of its words. Loaded once a process."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glossary.desk import Desk
    from models import Encoder
    from search.corpus import Corpus
    from search.database import Database
    from search.index.keeping import Kept, Progress
    from search.locating.locator import Locator
    from search.lookup.engine import Lookup
    from search.settings import SearchSettings

DATABASE = "DUIZHAO_DB"  # a file or postgresql://…; without it the user's own corpus


@dataclass
class Resources:
    """The open database and what look-ups need, each loaded when it is first asked for."""

    database: Database
    settings: SearchSettings
    rebuilt: int = 0  # how often all of it was made anew, which no earlier answer outlives
    _lock: threading.RLock = field(default_factory=threading.RLock)
    _learning: threading.RLock = field(default_factory=threading.RLock)  # may take long: other look-ups go on
    _encoder: Encoder | None = None
    _lookup: Lookup | None = None
    _locator: tuple[int, Locator] | None = None

    @property
    def corpus(self) -> Corpus:
        """The corpus, for reading; what changes it goes through ``glossary.desk``."""
        from search.corpus import Corpus

        return Corpus(self.database)

    @property
    def encoder(self) -> Encoder:
        """The model in use. Raises ModelError."""
        from models import load

        with self._lock:
            if self._encoder is None:
                self._encoder = load()
            return self._encoder

    @property
    def lookup(self) -> Lookup:
        """Look-ups in both languages. Raises ModelError, CorpusError."""
        from search.index.choosing import open_index
        from search.lookup.engine import Lookup

        with self._lock:
            if self._lookup is None:
                encoder = self.encoder
                index = open_index(self.corpus, encoder.name, self.settings.vectors)
                self._lookup = Lookup(self.corpus, index, encoder, self.settings.authority)
            return self._lookup

    def refresh(self) -> None:
        """Bring the vectors up to date, one session at a time: what a look-up does first."""
        lookup = self.lookup
        with self._lock:
            lookup.refresh()

    def rebuild(self, desk: Desk, progress: Progress | None = None) -> Kept:
        """Make anew what look-ups are answered from, while no other session does. Raises NotAllowedError."""
        lookup = self.lookup
        with self._lock:
            kept = desk.rebuild(self.encoder, lookup.index, progress)
            self._locator = None
            self.rebuilt += 1
            return kept

    @property
    def locator(self) -> Locator:
        """What finds renderings in a pair, as of the corpus now. Raises ModelError, CorpusError."""
        from search.precedents.locator import locator_of

        state = self.corpus.state
        with self._learning:
            known = self._locator  # another session may take it away meanwhile
            if known is None or known[0] != state:
                known = self._locator = state, locator_of(self.corpus, self.encoder)
            return known[1]


def resources() -> Resources:
    """Those of this process; raises CorpusError where the database cannot be opened."""
    import streamlit as st

    from search.database import default_file

    @st.cache_resource(show_spinner=False)
    def opened(where: str) -> Resources:
        from search.database import Database
        from search.settings import read_search_settings

        return Resources(Database.open(where), read_search_settings())

    return opened(os.environ.get(DATABASE) or str(default_file()))
