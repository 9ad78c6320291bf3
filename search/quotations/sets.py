"""Reads what the tracing of quotations is measured on: texts in both languages, and judgements that name them by id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zlib import crc32

from align.document import Language
from align.errors import InputError
from align.evaluate import lines, read_gold_folder

Half = Literal["dev", "test"]
Pool = Literal["rule", "found"]


@dataclass(frozen=True, slots=True)
class QuoteText:
    """A paragraph or sentence in both languages, and the document that it stands in."""

    id: str
    document: str
    zh: str
    en: str

    def side(self, language: Language) -> str:
        """The text in that language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class JudgedQuote:
    """What a person says of two texts of different documents: whether the one quotes the other in that language.

    ``pool``: why it was judged. "rule": it was drawn by a rule that knows nothing of the tracing (shared runs of
    words), which makes recall fair. "found": the tracing found it; it counts for precision alone.
    """

    language: Language
    draft: str
    source: str
    quoted: bool
    pool: Pool = "rule"


def half_of(document: str) -> Half:
    """The half of the set that a draft of that document belongs to: settings are chosen on "dev" alone."""
    return "dev" if crc32(document.encode("utf8")) % 2 == 0 else "test"


def read_quote_texts(places: Sequence[Path]) -> tuple[QuoteText, ...]:
    """The texts of files and folders; raises InputError where one cannot be used.

    A file: TSV with the columns id, zh, en and perhaps document (else the id up to its last colon). A folder:
    pairs.tsv of that kind; or zh.txt and en.txt line by line, with ids.txt whose first words name the documents; or
    NAME.zh, NAME.en and NAME.gold as for “duizhao eval align”.
    """
    found = [text for place in places for text in _read(place)]
    seen: set[str] = set()
    for text in found:
        if text.id in seen:
            raise InputError(f"two texts are called {text.id!r}: give each file of the set once.")
        seen.add(text.id)
    return tuple(found)


def _read(place: Path) -> list[QuoteText]:
    if not place.is_dir():
        return _table(place)
    if (place / "pairs.tsv").exists():
        return _table(place / "pairs.tsv")
    if (place / "zh.txt").exists():
        return _lines(place)
    return [
        QuoteText(f"{gold.name}:{k}", gold.name, "".join(gold.zh[i] for i in zh), " ".join(gold.en[j] for j in en))
        for gold in read_gold_folder(place)
        for k, (zh, en) in enumerate(gold.links)
    ]


def _table(path: Path) -> list[QuoteText]:
    rows = [line.rstrip("\r").split("\t") for line in lines(path)]
    if not rows or not {"id", "zh", "en"} <= set(rows[0]):
        raise InputError(f"{path.name}, line 1 must name the columns id, zh, en, separated by tabs.")
    found = []
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(rows[0]):
            raise InputError(f"{path.name}, line {number} has {len(row)} columns instead of {len(rows[0])}.")
        cells = dict(zip(rows[0], row, strict=True))
        document = cells.get("document") or cells["id"].rpartition(":")[0] or cells["id"]
        found.append(QuoteText(cells["id"], document, cells["zh"], cells["en"]))
    return found


def _lines(folder: Path) -> list[QuoteText]:
    zh, en = lines(folder / "zh.txt"), lines(folder / "en.txt")
    named = folder / "ids.txt"
    documents = [line.split(" ")[0] for line in lines(named)] if named.exists() else [folder.name] * len(zh)
    if not len(zh) == len(en) == len(documents):
        raise InputError(f"zh.txt, en.txt and ids.txt in {folder.name} must have as many lines as one another.")
    name = folder.resolve().name
    rows = enumerate(zip(documents, zh, en, strict=True))
    return [QuoteText(f"{name}:{k}", document, one, other) for k, (document, one, other) in rows]


def read_judgements(path: Path) -> tuple[JudgedQuote, ...]:
    """Judgements of a TSV file with the columns language, draft, source, quoted (1 or 0), pool; raises InputError."""
    columns = ("language", "draft", "source", "quoted", "pool")
    rows = [line.rstrip("\r").split("\t") for line in lines(path)]
    if not rows or tuple(rows[0]) != columns:
        raise InputError(f"{path.name}, line 1 must name the columns {', '.join(columns)}, separated by tabs.")
    return tuple(_judgement(row, f"{path.name}, line {number}") for number, row in enumerate(rows[1:], start=2))


def _judgement(row: list[str], place: str) -> JudgedQuote:
    languages: dict[str, Language] = {"zh": "zh", "en": "en"}
    pools: dict[str, Pool] = {"rule": "rule", "found": "found"}
    if len(row) != 5 or row[0] not in languages or row[3] not in ("0", "1") or row[4] not in pools:
        raise InputError(f"{place} must be zh or en, two ids, 1 or 0, and rule or found, separated by tabs.")
    return JudgedQuote(languages[row[0]], row[1], row[2], row[3] == "1", pools[row[4]])
