"""The exceptions of the whole program: the tree in one place.

Every message is one plain sentence that names the file, the place in it and what to do, because the command
line and the app show it as it stands.

    DuizhaoError
    ├── InputError            the user's file or argument cannot be used
    │   ├── UnreadableFileError      missing, empty, binary, encrypted, damaged, too large, wrong kind
    │   └── LanguageMismatchError    the texts are not a Chinese and an English one
    ├── OutputError           the result cannot be written where it was asked for
    └── ModelError            no encoder under that name or in that folder, or one that does not run
        └── ModelMismatchError       vectors made with one model, asked for with another
"""

from __future__ import annotations

from models.errors import DuizhaoError, ModelError

__all__ = ["DuizhaoError", "InputError", "LanguageMismatchError", "ModelError", "OutputError", "UnreadableFileError"]


class InputError(DuizhaoError):
    """A file or an argument cannot be used as it is."""


class UnreadableFileError(InputError):
    """A file is missing, empty, damaged, protected, too large, or of a kind that is not read."""


class LanguageMismatchError(InputError):
    """The two texts are not one Chinese and one English text."""


class OutputError(DuizhaoError):
    """A result cannot be written where it was asked for."""
