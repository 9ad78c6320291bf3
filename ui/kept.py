"""What pages keep in the memory of the process, so that a reload or another browser finds it again: bounded."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass
class Kept(Generic[T]):
    """Up to ``most`` things by their names; the one that was used longest ago goes first. Threads may share it."""

    most: int
    _things: OrderedDict[str, T] = field(default_factory=OrderedDict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, thing: T) -> str:
        """Keep a thing under a name that nobody can guess; the name."""
        name = secrets.token_urlsafe(9)
        self.keep(name, thing)
        return name

    def keep(self, name: str, thing: T) -> None:
        """Keep a thing, in the place of what had its name."""
        with self._lock:
            self._things[name] = thing
            self._things.move_to_end(name)
            while len(self._things) > self.most:
                self._things.popitem(last=False)

    def get(self, name: str) -> T | None:
        """The thing of that name, None where it is no longer kept."""
        with self._lock:
            found = self._things.get(name)
            if found is not None:
                self._things.move_to_end(name)
            return found

    def forget(self, name: str) -> None:
        """Let go of it."""
        with self._lock:
            self._things.pop(name, None)
