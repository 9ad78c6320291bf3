"""What the corpus takes and gives: documents, pairs, filters, counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from align.document import Language
from align.table import BeadKind, BeadRecord, Level, Provenance

Origin = Literal["documents", "pairs"]
Change = Literal["added", "paired", "replaced", "unchanged"]
TWO_SIDED = (BeadKind.LINK, BeadKind.MOVED, BeadKind.LIST)


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document of the corpus. ``languages`` are those that are there; ``type`` is one of ``search.symbols``.

    ``name`` is what its files are called without marks of language; ``state`` that of the corpus when it last changed.
    """

    id: int
    provenance: Provenance
    name: str
    type: str
    origin: Origin
    languages: tuple[Language, ...]
    level: Level
    signature: str
    added: str  # ISO 8601, UTC
    changed: str
    state: int
    pairs: int = 0
    linked: int = 0
    checked: int = 0
    doubtful: int = 0

    @property
    def label(self) -> str:
        """What to call it: its symbol, or else its name."""
        return self.provenance.symbol or self.name


@dataclass(frozen=True, slots=True)
class StoredPair:
    """A bead of the corpus with what is most asked of its document.

    Its id stays the same in new versions of the document as long as both texts do, and is never given to another.
    ``properties`` are what a file of pairs said of it; ``state`` that of the corpus when the texts came.
    """

    id: int
    document: int
    position: int
    record: BeadRecord
    symbol: str
    type: str
    date: str
    body: str
    state: int
    properties: tuple[tuple[str, str], ...] = ()

    def text(self, language: Language) -> str:
        """Its text in a language, "" where it has none."""
        return self.record.zh_text if language == "zh" else self.record.en_text


@dataclass(frozen=True, slots=True)
class Filters:
    """Which pairs are meant; what is empty or None asks for nothing.

    ``symbol`` may end in ``*``. ``years`` are first and last, both meant; a document without date is in none.
    ``language`` asks for text in that language, ``linked`` for text in both. ``since`` is a state of the corpus:
    pairs whose texts came after it.
    """

    symbol: str = ""
    body: str = ""
    type: str = ""
    years: tuple[int, int] | None = None
    status: str = ""
    min_confidence: float = 0.0
    language: Language | None = None
    linked: bool = False
    document: int | None = None
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding. ``kept`` human-checked pairs went over to the new version; the texts of ``lost`` did not."""

    change: Change
    document: int
    label: str
    pairs: int
    kept: int = 0
    lost: tuple[BeadRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of the whole corpus.

    ``pairs`` have both sides, and ``one_sided`` only one: paragraphs without a counterpart, or whose document has no
    other language yet. ``doubtful`` are pairs below the threshold that nobody has checked.
    """

    documents: int
    zh_only_documents: int
    en_only_documents: int
    paragraphs: int
    pairs: int
    one_sided: int
    checked: int
    doubtful: int
    by_type: Mapping[str, int]  # documents
    by_year: Mapping[str, int]
    by_body: Mapping[str, int]
    state: int
    corpus: str  # the random name that tells this corpus from any other
    place: str
