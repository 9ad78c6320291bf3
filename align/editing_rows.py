"""An alignment as it is corrected: rows of whole units, made of a table and back again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from align.document import Document, Language
from align.documents import cited_numbers, sentence_units
from align.sentences import sentences
from align.table import AlignmentTable, BeadKind, BeadRecord, Level


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph or a sentence. ``label`` is what it is cited by.

    ``numbers`` are its indices: several only where a stored text does not tell them apart. What was cut off a unit
    has the same number; ``part`` is where in it it began, in code points, and ``gap`` the spaces that stood before it.
    """

    numbers: tuple[int, ...]
    text: str
    paragraphs: tuple[int, ...] = ()
    label: str = ""
    part: int = 0
    gap: str = ""

    @property
    def end(self) -> int:
        """Where it ends in what it was cut off."""
        return self.part + len(self.text)

    @property
    def order(self) -> tuple[int, int]:
        """Where it stands in its document."""
        return self.numbers[0], self.part


@dataclass(frozen=True, slots=True)
class Row:
    """A bead of units; ``aside``: a person has left it out of the alignment."""

    zh: tuple[Unit, ...]
    en: tuple[Unit, ...]
    similarity: float | None
    confidence: float
    kind: BeadKind
    status: str
    number: str
    aside: bool = False

    @property
    def two_sided(self) -> bool:
        """Whether it has both languages."""
        return bool(self.zh and self.en)

    def side(self, language: Language) -> tuple[Unit, ...]:
        """Its units in a language."""
        return self.zh if language == "zh" else self.en


Rows = tuple[Row, ...]


def rows_of(table: AlignmentTable, zh: Document | None = None, en: Document | None = None) -> Rows:
    """The rows of a table, and, where the documents are at hand, what was set aside of them before."""
    given: tuple[tuple[Language, Document | None], ...] = (("zh", zh), ("en", en))
    known = {language: _known(document, table.level) for language, document in given}
    rows = [
        Row(
            zh=_units(record, "zh", known["zh"], table.level),
            en=_units(record, "en", known["en"], table.level),
            similarity=record.similarity,
            confidence=record.confidence,
            kind=record.kind,
            status=record.status,
            number=record.number,
        )
        for record in table.records
    ]
    for language, document in given:
        if document is not None:
            for unit in _missing(rows, language, known[language]):
                rows.insert(_after(rows, language, unit), _alone(language, unit))
    return tuple(rows)


def records_of(rows: Rows, level: Level) -> tuple[BeadRecord, ...]:
    """The records of the rows that are not set aside; what was cut has numbers of its own."""
    shift = _shifts(rows)
    return tuple(record_of(row, level, shift) for row in rows if not row.aside)


def record_of(row: Row, level: Level, shift: Sequence[tuple[int, int]] = ()) -> BeadRecord:
    """A row as a record. ``shift``: the places at which Chinese units have been cut, in order."""
    return BeadRecord(
        zh=tuple(number + bisect_left(shift, (number, unit.part + 1)) for unit in row.zh for number in unit.numbers),
        en=tuple(number for unit in row.en for number in unit.numbers),
        zh_text=joined(row.zh, "zh", level),
        en_text=joined(row.en, "en", level),
        similarity=row.similarity,
        confidence=row.confidence,
        kind=row.kind,
        status=row.status,
        number=row.number,
        zh_paragraphs=_paragraphs(row.zh),
        en_paragraphs=_paragraphs(row.en),
    )


def joined(units: Sequence[Unit], language: Language, level: Level) -> str:
    """The texts of units as ``align.documents`` joins them."""
    return ("\n" if level == "paragraph" else "" if language == "zh" else " ").join(unit.text for unit in units)


def _shifts(rows: Rows) -> list[tuple[int, int]]:
    return sorted(unit.order for row in rows for unit in row.zh if unit.part)


def _paragraphs(units: Sequence[Unit]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(paragraph for unit in units for paragraph in unit.paragraphs))


def _known(document: Document | None, level: Level) -> dict[int, Unit]:
    """The units of a document as it was read."""
    if document is None:
        return {}
    labels = cited_numbers(document)
    if level == "paragraph":
        return {p.index: Unit((p.index,), p.text, (p.index,), labels[p.index]) for p in document.paragraphs}
    return {
        k: Unit((k,), unit.text, (unit.paragraph,), labels[unit.paragraph])
        for k, unit in enumerate(sentence_units(document))
    }


def _units(record: BeadRecord, language: Language, known: Mapping[int, Unit], level: Level) -> tuple[Unit, ...]:
    numbers = record.zh if language == "zh" else record.en
    text = record.zh_text if language == "zh" else record.en_text
    above = record.zh_paragraphs if language == "zh" else record.en_paragraphs
    if not numbers:
        return ()
    there = tuple(known[number] for number in numbers if number in known)
    if len(there) == len(numbers) and joined(there, language, level) == text and _paragraphs(there) == above:
        return there
    parts = [text] if len(numbers) == 1 else _parts(text, language, level)
    if len(parts) != len(numbers):
        return (Unit(numbers, text, above, record.number),)
    labels = [record.number if language == "en" or not record.en else "", *[""] * len(numbers)]
    each = [(p,) for p in above] if len(above) == len(numbers) else [above] * len(numbers)
    return tuple(
        Unit((number,), part, over, label)
        for number, part, over, label in zip(numbers, parts, each, labels, strict=False)
    )


def _parts(text: str, language: Language, level: Level) -> list[str]:
    """The texts of a bead's units, one where the joined text does not tell them apart."""
    if level == "paragraph":
        return text.split("\n")
    found = list(sentences(text, language))
    return found if ("" if language == "zh" else " ").join(found) == text else [text]


def _missing(rows: Sequence[Row], language: Language, known: Mapping[int, Unit]) -> list[Unit]:
    """The units of a document that no row has: what a person has set aside.

    Where Chinese paragraphs have been cut, numbers and paragraphs are no longer the same.
    """
    there = [unit for row in rows for unit in row.side(language)]
    numbers = {number for unit in there for number in unit.numbers}
    if all(
        set(unit.paragraphs) == {p for n in unit.numbers if n in known for p in known[n].paragraphs} for unit in there
    ):
        return [unit for number, unit in known.items() if number not in numbers]
    last: dict[int, int] = {}
    for unit in there:
        for paragraph in unit.paragraphs:
            last[paragraph] = max(last.get(paragraph, -1), unit.numbers[-1])
    found: list[Unit] = []
    at = -1
    for unit in known.values():
        paragraph = unit.paragraphs[0]
        if paragraph in last:
            at = last[paragraph]
        else:
            at += 1
            found.append(Unit((at,), unit.text, unit.paragraphs, unit.label))
    return found


def _after(rows: Sequence[Row], language: Language, unit: Unit) -> int:
    """The place behind the row that the unit follows in its document."""
    before = [(max(u.order for u in row.side(language)), k) for k, row in enumerate(rows) if row.side(language)]
    before = [found for found in before if found[0] < unit.order]
    return max(before)[1] + 1 if before else 0


def _alone(language: Language, unit: Unit) -> Row:
    zh, en = ((unit,), ()) if language == "zh" else ((), (unit,))
    kind = BeadKind.ZH_ONLY if language == "zh" else BeadKind.EN_ONLY
    return Row(zh, en, None, 1.0, kind, "automatic", unit.label, aside=True)
