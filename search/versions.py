"""What a person has checked goes over to a new version of the document, wherever its texts still occur."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from align.document import Language
from align.sentences import sentences
from align.table import BeadKind, BeadRecord, Level

CHECKED = "checked"
BROKEN_CONFIDENCE = 0.5  # of what an earlier correction leaves of a bead: for a person to look at


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """The records of the new version with the corrections in them, and the corrections that have no place there."""

    records: tuple[BeadRecord, ...]
    kept: int
    lost: tuple[BeadRecord, ...]


@dataclass
class _Side:
    """The units of one language in a new version: where each text occurs, and which are spoken for."""

    texts: dict[int, str] = field(default_factory=dict)
    places: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    claimed: set[int] = field(default_factory=set)

    def put(self, units: Sequence[int], texts: Sequence[str]) -> None:
        for unit, text in zip(units, texts, strict=True):
            self.texts[unit] = text
            self.places[text].append(unit)

    def find(self, texts: Sequence[str], near: int) -> list[int] | None:
        """Free units with these texts, in order, the first as near to where it was as can be; None if one is gone."""
        found: list[int] = []
        for text in texts:
            free = [unit for unit in self.places.get(text, ()) if unit not in self.claimed and unit not in found]
            after = [unit for unit in free if found and unit > found[-1]]
            if not free:
                return None
            aim = found[-1] + 1 if found else near
            found.append(min(after or free, key=lambda unit: (abs(unit - aim), unit)))
        return found


def carry_over(checked: Sequence[BeadRecord], new: Sequence[BeadRecord], level: Level) -> CarriedOver:
    """Put the checked beads of the old version into the records of the new one.

    A bead with the same two texts becomes checked. Where a person had drawn the beads otherwise, their units are
    taken out of the new beads and stand as the person had them. What the new version brings as checked stays.
    """
    if not checked:
        return CarriedOver(tuple(new), 0, ())
    records = list(new)
    same: dict[tuple[str, str], list[int]] = defaultdict(list)
    for k, record in enumerate(new):
        same[record.zh_text, record.en_text].append(k)
    redrawn = [bead for bead in checked if not _confirm(bead, records, same.get((bead.zh_text, bead.en_text), ()))]
    lost: list[BeadRecord] = []
    if redrawn:
        sides = _sides(records, level)
        placed: list[BeadRecord] = []
        for bead in redrawn:
            put = _place(bead, sides, level)
            placed.append(put) if put is not None else lost.append(bead)
        records = _redraw(records, placed, sides, level)
    return CarriedOver(tuple(records), len(checked) - len(lost), tuple(lost))


def _confirm(bead: BeadRecord, records: list[BeadRecord], same: Sequence[int]) -> bool:
    """Mark one of the records that have the bead's texts as checked; False where there is none."""
    free = [k for k in same if records[k].status != CHECKED]
    if free:
        nearest = min(free, key=lambda k: abs(sum(records[k].zh[:1]) - sum(bead.zh[:1])))
        records[nearest] = replace(records[nearest], status=CHECKED, kind=bead.kind)
    return bool(same)


def _sides(records: Sequence[BeadRecord], level: Level) -> dict[Language, _Side]:
    found: dict[Language, _Side] = {"zh": _Side(), "en": _Side()}
    for record in records:
        for language, side in found.items():
            units = _units(record, language)
            texts = _texts(record, language, level)
            if record.status != CHECKED and texts is not None:
                side.put(units, texts)
    return found


def _place(bead: BeadRecord, sides: dict[Language, _Side], level: Level) -> BeadRecord | None:
    zh, en = (_texts(bead, language, level) for language in sides)
    if zh is None or en is None:
        return None
    zh_units = sides["zh"].find(zh, sum(bead.zh[:1]))
    en_units = sides["en"].find(en, sum(bead.en[:1]))
    if zh_units is None or en_units is None or not (zh_units or en_units):
        return None
    sides["zh"].claimed.update(zh_units)
    sides["en"].claimed.update(en_units)
    return replace(bead, zh=tuple(zh_units), en=tuple(en_units), zh_paragraphs=(), en_paragraphs=())


def _redraw(
    records: Sequence[BeadRecord], placed: Sequence[BeadRecord], sides: dict[Language, _Side], level: Level
) -> list[BeadRecord]:
    paragraphs = {language: _paragraphs(records, language) for language in sides}
    left = [rest for record in records if (rest := _rest(record, sides, level)) is not None]
    put = [
        replace(
            bead,
            zh_paragraphs=_of(paragraphs["zh"], bead.zh),
            en_paragraphs=_of(paragraphs["en"], bead.en),
        )
        for bead in placed
    ]
    return _merged(left, put)


def _merged(left: Sequence[BeadRecord], put: Sequence[BeadRecord]) -> list[BeadRecord]:
    """Both in reading order: each of ``put`` before the first of ``left`` that begins after it in a common language."""
    result = list(left)
    for bead in sorted(put, key=lambda b: (b.en[:1] or (0,), b.zh[:1] or (0,))):
        at = next((k for k, record in enumerate(result) if _before(bead, record)), len(result))
        result.insert(at, bead)
    return result


def _before(bead: BeadRecord, record: BeadRecord) -> bool:
    if bead.en and record.en:
        return bead.en[0] < record.en[0]
    return bool(bead.zh and record.zh) and bead.zh[0] < record.zh[0]


def _rest(record: BeadRecord, sides: dict[Language, _Side], level: Level) -> BeadRecord | None:
    """What corrections leave of a bead of the new version; None if nothing."""
    kept: dict[Language, tuple[int, ...]] = {
        language: tuple(unit for unit in _units(record, language) if unit not in side.claimed)
        for language, side in sides.items()
    }
    if record.status == CHECKED or (kept["zh"], kept["en"]) == (record.zh, record.en):
        return record
    if not kept["zh"] and not kept["en"]:
        return None
    one_sided = BeadKind.ZH_ONLY if not kept["en"] else BeadKind.EN_ONLY if not kept["zh"] else None
    return replace(
        record,
        zh=kept["zh"],
        en=kept["en"],
        zh_text=_joined([sides["zh"].texts[unit] for unit in kept["zh"]], "zh", level),
        en_text=_joined([sides["en"].texts[unit] for unit in kept["en"]], "en", level),
        similarity=None,
        confidence=min(record.confidence, BROKEN_CONFIDENCE),
        kind=one_sided or record.kind,
        zh_paragraphs=_of(_paragraphs([record], "zh"), kept["zh"]),
        en_paragraphs=_of(_paragraphs([record], "en"), kept["en"]),
    )


def _units(record: BeadRecord, language: Language) -> tuple[int, ...]:
    return record.zh if language == "zh" else record.en


def _texts(record: BeadRecord, language: Language, level: Level) -> list[str] | None:
    """The texts of a bead's units, None where the joined text does not tell them apart."""
    units = _units(record, language)
    text = record.zh_text if language == "zh" else record.en_text
    if len(units) < 2:
        return [text] if units else []
    parts = text.split("\n") if level == "paragraph" else sentences(text, language)
    return list(parts) if len(parts) == len(units) and _joined(parts, language, level) == text else None


def _joined(texts: Sequence[str], language: Language, level: Level) -> str:
    """As ``align.documents`` joins the units of a bead."""
    return ("\n" if level == "paragraph" else "" if language == "zh" else " ").join(texts)


def _paragraphs(records: Sequence[BeadRecord], language: Language) -> dict[int, tuple[int, ...]]:
    """The paragraphs that each unit may stand in: its own where the bead tells, else those of its bead."""
    found: dict[int, tuple[int, ...]] = {}
    for record in records:
        units = _units(record, language)
        above = record.zh_paragraphs if language == "zh" else record.en_paragraphs
        for k, unit in enumerate(units):
            found[unit] = (above[k],) if len(above) == len(units) else tuple(above)
    return found


def _of(paragraphs: dict[int, tuple[int, ...]], units: Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted({paragraph for unit in units for paragraph in paragraphs.get(unit, ())}))
