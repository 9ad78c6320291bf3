"""What can go wrong with the glossary, each in one plain sentence.

DuizhaoError
└── GlossaryError           the glossary cannot be read or changed
    ├── NotInGlossaryError  there is no such concept or term in it
    ├── StaleEditError      someone else has changed it meanwhile; carries both versions
    ├── NotAllowedError     the role of whoever asks does not allow it
    └── ExchangeError       a file cannot be imported or exported
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.errors import DuizhaoError

if TYPE_CHECKING:
    from glossary.concepts import Concept


class GlossaryError(DuizhaoError):
    """The glossary cannot be read or changed."""


class NotInGlossaryError(GlossaryError):
    """There is no such concept or term, or more than one is meant."""


class StaleEditError(GlossaryError):
    """Someone else has changed the concept since it was read; nothing was overwritten.

    ``base`` is what it was when it was read, ``mine`` what was to be stored, ``theirs`` what is stored; None where
    it is gone, or was to go. ``glossary.comparing.three_way`` merges them.
    """

    def __init__(
        self, message: str, base: Concept | None = None, mine: Concept | None = None, theirs: Concept | None = None
    ) -> None:
        super().__init__(message)
        self.base = base
        self.mine = mine
        self.theirs = theirs


class NotAllowedError(GlossaryError):
    """The role of whoever asks does not allow it."""


class ExchangeError(GlossaryError):
    """A file cannot be imported or exported."""
