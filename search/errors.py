"""What can go wrong with the corpus, each in one plain sentence.

DuizhaoError
└── CorpusError                the corpus cannot be opened, read or written
    ├── DamagedCorpusError     the file is damaged, or no corpus at all
    ├── NewerCorpusError       a later duizhao made it
    ├── ReadOnlyCorpusError    it may be read but not written
    ├── CounterpartError       the other language is there already, and both must be aligned
    ├── StaleDraftError        someone else has changed, accepted or discarded a draft meanwhile
    ├── DocumentChangedError   what a draft is to replace is not what it was begun with
    ├── NotInCorpusError       there is no such document or pair in it
    └── VectorIndexError       the vectors cannot be read, written or reached
        └── DamagedIndexError  they are not what was written, and must be made anew
"""

from __future__ import annotations

from models.errors import DuizhaoError


class CorpusError(DuizhaoError):
    """The corpus cannot be opened, read or written."""


class DamagedCorpusError(CorpusError):
    """The file is damaged, or is no corpus of duizhao."""


class NewerCorpusError(CorpusError):
    """The corpus was made by a later version of duizhao than this one."""


class ReadOnlyCorpusError(CorpusError):
    """The corpus may be read but not written."""


class CounterpartError(CorpusError):
    """A document in one language is to be stored beside its other language without being aligned with it."""


class StaleDraftError(CorpusError):
    """Someone else has changed a draft since it was read; nothing was overwritten."""


class DocumentChangedError(CorpusError):
    """The document that a draft is to replace has changed in the corpus since; nothing was overwritten."""


class NotInCorpusError(CorpusError):
    """No document or pair of the corpus is the one that was asked for, or more than one is."""


class VectorIndexError(CorpusError):
    """The vectors of the corpus cannot be read, written or reached."""


class DamagedIndexError(VectorIndexError):
    """The vectors are not what was written; they are derived, and can be made anew."""
