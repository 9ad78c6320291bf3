"""What is handed in to be stored: one document with its beads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from align.document import Document, Kind, Language
from align.readers.pair_file import AlignedPair, PairFile
from align.signature import reader_signature
from align.table import AlignmentTable, BeadKind, BeadRecord, Provenance
from search.identity import content_hash, digest, text_hash, without_language
from search.records import Origin
from search.symbols import normal_symbol

Properties = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Submission:
    """A table of beads, the documents that it was made from where they are at hand, and what to call it.

    ``source_hash`` is that of the files' bytes; ``properties`` has one entry a record, or none at all. ``as_drawn``:
    a person has gone through the beads, so that nothing is carried over into them from an earlier version.
    """

    table: AlignmentTable
    name: str
    zh: Document | None = None
    en: Document | None = None
    source_hash: str = ""
    origin: Origin = "documents"
    properties: Sequence[Properties] = ()
    as_drawn: bool = False

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that there is text in."""
        records = self.table.records
        zh = self.zh is not None or any(record.kind is not BeadKind.EN_ONLY for record in records)
        en = self.en is not None or any(record.kind is not BeadKind.ZH_ONLY for record in records)
        sides: tuple[tuple[Language, bool], ...] = (("zh", zh), ("en", en))
        return tuple(language for language, there in sides if there)

    def text_hash(self, language: Language) -> str:
        """Of the text in one language, "" where there is none; what came without a document has its own."""
        if language not in self.languages:
            return ""
        document = self.zh if language == "zh" else self.en
        return text_hash(document) if document is not None else digest(["beads", *self.texts(language)])

    def texts(self, language: Language) -> list[str]:
        """The beads' texts in one language."""
        texts = ((record.zh_text if language == "zh" else record.en_text) for record in self.table.records)
        return [text for text in texts if text]

    @property
    def content_hash(self) -> str:
        """Of all that is handed in, but for the files' own bytes."""
        content = content_hash(self.table, self.zh, self.en)
        return digest([content, *(repr(some) for some in self.properties)]) if self.properties else content


def single(document: Document, name: str, source_hash: str = "") -> Submission:
    """A document whose other language is missing: each paragraph is a bead of its own."""
    chinese = document.language == "zh"
    records = tuple(
        BeadRecord(
            zh=(paragraph.index,) if chinese else (),
            en=() if chinese else (paragraph.index,),
            zh_text=paragraph.text if chinese else "",
            en_text="" if chinese else paragraph.text,
            similarity=None,
            confidence=1.0,
            kind=BeadKind.ZH_ONLY if chinese else BeadKind.EN_ONLY,
            number=paragraph.number if paragraph.kind is not Kind.NOTE else "",
            zh_paragraphs=(paragraph.index,) if chinese else (),
            en_paragraphs=() if chinese else (paragraph.index,),
        )
        for paragraph in document.paragraphs
    )
    provenance = Provenance(
        symbol=document.symbol,
        title_zh=document.title if chinese else "",
        title_en="" if chinese else document.title,
        date=document.date,
        body=document.body,
        session=document.session,
        agenda_item=document.agenda_item,
        zh_source=document.source if chinese else "",
        en_source="" if chinese else document.source,
        zh_script=document.script if chinese else "",
    )
    table = AlignmentTable(reader_signature(), records, provenance)
    zh, en = (document, None) if chinese else (None, document)
    return Submission(table, name, zh, en, source_hash)


def from_pairs(file: PairFile, source_hash: str = "") -> list[Submission]:
    """A file of pairs, divided by the symbol that it gives for each: one submission a symbol, in the file's order."""
    groups: dict[str, list[AlignedPair]] = {}
    for pair in file.pairs:
        groups.setdefault(normal_symbol(_value(pair, "symbol")), []).append(pair)
    return [_of_symbol(pairs, file.source, source_hash) for pairs in groups.values()]


def _of_symbol(pairs: Sequence[AlignedPair], source: str, source_hash: str) -> Submission:
    first = pairs[0]
    records = tuple(_record(pair, k) for k, pair in enumerate(pairs))
    provenance = Provenance(
        symbol=_value(first, "symbol"),
        title_zh=_value(first, "title-zh"),
        title_en=_value(first, "title-en") or _value(first, "title"),
        date=_value(first, "date"),
        body=_value(first, "body"),
        session=_value(first, "session"),
        agenda_item=_value(first, "agenda-item"),
        zh_source=source,
        en_source=source,
    )
    table = AlignmentTable(reader_signature(), records, provenance)
    stem = without_language(source.rpartition(".")[0] or source) or source
    properties = tuple(pair.properties for pair in pairs)
    return Submission(table, stem, source_hash=source_hash, origin="pairs", properties=properties)


def _record(pair: AlignedPair, k: int) -> BeadRecord:
    """A pair that someone gives is taken for right where it does not say how sure it is."""
    confidence = _share(_value(pair, "align-score") or _value(pair, "confidence"))
    checked = "checked" in (_value(pair, "align-status"), _value(pair, "status"))
    return BeadRecord(
        zh=(k,),
        en=(k,),
        zh_text=pair.zh,
        en_text=pair.en,
        similarity=_share(_value(pair, "align-similarity") or _value(pair, "similarity"), least=-1.0),
        confidence=1.0 if confidence is None else confidence,
        kind=BeadKind.LINK,
        status="checked" if checked else "automatic",
        number=_value(pair, "paragraph") or _value(pair, "number"),
        zh_paragraphs=(k,),
        en_paragraphs=(k,),
    )


def _value(pair: AlignedPair, name: str) -> str:
    """What the file says under that name, however it writes it ("x-agenda-item", "Agenda item")."""
    for given, value in pair.properties:
        if _plain(given) == name:
            return value.strip()
    return ""


@lru_cache(maxsize=256)  # a million pairs have the same few
def _plain(name: str) -> str:
    return name.lower().removeprefix("x-").replace("_", "-").replace(" ", "-")


def _share(text: str, least: float = 0.0) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if least <= value <= 1.0 else None
