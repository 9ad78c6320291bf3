"""What can go wrong with the glossary, each in one plain sentence.

DuizhaoError
└── GlossaryError           the glossary cannot be read or changed
    ├── NotInGlossaryError  there is no such concept or term in it
    ├── StaleEditError      someone else has changed it meanwhile; carries both versions
    ├── NotAllowedError     the role of whoever asks does not allow it
    └── ExchangeError       a file cannot be imported or exported
"""

from __future__ import annotations

from models.errors import DuizhaoError


class GlossaryError(DuizhaoError):
    """The glossary cannot be read or changed."""


class NotInGlossaryError(GlossaryError):
    """There is no such concept or term, or more than one is meant."""


class StaleEditError(GlossaryError):
    """Someone else has changed the concept since it was read; nothing was overwritten."""


class NotAllowedError(GlossaryError):
    """The role of whoever asks does not allow it."""


class ExchangeError(GlossaryError):
    """A file cannot be imported or exported."""
