"""Two documents to a table of beads: stream by stream, paragraphs first, sentences inside them on request."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from align.aligner import Aligner
from align.bead import Bead
from align.document import Document, Kind, Language, Paragraph
from align.lists import find_lists
from align.sentences import sentences
from align.signature import SEGMENTER, signature
from align.streams import streams
from align.table import AlignmentTable, BeadKind, BeadRecord, Level, Provenance

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SentenceUnit:
    """A sentence: the paragraph it stands in, and its text."""

    paragraph: int
    text: str


def align_documents(
    zh: Document, en: Document, aligner: Aligner, level: Level = "paragraph", progress: Progress | None = None
) -> AlignmentTable:
    """Align all streams of two documents; every paragraph (or sentence) is in exactly one record."""
    beads: list[Bead] = []
    for zh_stream, en_stream in streams(zh, en):
        if progress:
            progress(f"aligning {len(zh_stream)} Chinese and {len(en_stream)} English paragraphs …")
        beads.extend(_align_stream(zh_stream, en_stream, aligner))
    records = _sentence_records(zh, en, beads, aligner) if level == "sentence" else _paragraph_records(zh, en, beads)
    return AlignmentTable(_signature(aligner, level), tuple(_in_reading_order(records)), _provenance(zh, en), level)


def _signature(aligner: Aligner, level: Level) -> str:
    segmenter = SEGMENTER if level == "sentence" else ""
    return signature(**aligner.parts, segmenter=segmenter, level=level)


def _align_stream(zh: Sequence[Paragraph], en: Sequence[Paragraph], aligner: Aligner) -> list[Bead]:
    """Beads of paragraph indices. A list that each language sorts its own way enters the lattice as one unit."""
    zh_texts, en_texts = [labelled(p) for p in zh], [labelled(p) for p in en]
    lists = find_lists([p.text for p in zh], [p.text for p in en], aligner.encoder)
    zh_groups, en_groups = _groups(len(zh), [x.zh for x in lists]), _groups(len(en), [x.en for x in lists])
    beads = aligner.align(_grouped(zh_texts, zh_groups, "zh"), _grouped(en_texts, en_groups, "en"))
    return [_ungrouped(bead, zh, en, zh_groups, en_groups) for bead in beads]


def labelled(paragraph: Paragraph) -> str:
    """A paragraph as it is compared: with its number in front, which the reader has taken out of the text.

    A note's number only counts the notes before it: where one is missing in the other language, all later ones differ.
    """
    number = paragraph.number
    if not number or paragraph.kind is Kind.NOTE:
        return paragraph.text
    stop = "" if number[-1] in ")）条章节款" or not number[-1].isalnum() else "."
    return f"{number}{stop} {paragraph.text}"


def _groups(count: int, runs: Sequence[tuple[int, int]]) -> list[range]:
    groups: list[range] = []
    at = 0
    for start, end in [*runs, (count, count)]:
        groups.extend(range(k, k + 1) for k in range(at, start))
        if end > start:
            groups.append(range(start, end))
        at = end
    return groups


def _grouped(texts: Sequence[str], groups: Sequence[range], language: Language) -> list[str]:
    separator = "、" if language == "zh" else ", "
    return [separator.join(texts[k] for k in group) for group in groups]


def _ungrouped(
    bead: Bead, zh: Sequence[Paragraph], en: Sequence[Paragraph], zh_groups: Sequence[range], en_groups: Sequence[range]
) -> Bead:
    left = tuple(zh[k].index for group in bead.zh for k in zh_groups[group])
    right = tuple(en[k].index for group in bead.en for k in en_groups[group])
    whole = len(left) > len(bead.zh) and len(right) > len(bead.en)
    return replace(bead, zh=left, en=right, kind=BeadKind.LIST if whole else bead.kind)


def _paragraph_records(zh: Document, en: Document, beads: Sequence[Bead]) -> list[BeadRecord]:
    zh_numbers, en_numbers = cited_numbers(zh), cited_numbers(en)
    return [
        BeadRecord(
            zh=bead.zh,
            en=bead.en,
            zh_text="\n".join(zh.paragraphs[k].text for k in bead.zh),
            en_text="\n".join(en.paragraphs[k].text for k in bead.en),
            similarity=bead.similarity,
            confidence=bead.confidence,
            kind=bead.kind,
            number=_number(bead.zh, bead.en, zh_numbers, en_numbers),
            zh_paragraphs=bead.zh,
            en_paragraphs=bead.en,
        )
        for bead in beads
    ]


def _sentence_records(zh: Document, en: Document, beads: Sequence[Bead], aligner: Aligner) -> list[BeadRecord]:
    """The sentences inside each paragraph bead; what the paragraphs leave alone stays alone."""
    left, right = sentence_units(zh), sentence_units(en)
    zh_numbers, en_numbers = cited_numbers(zh), cited_numbers(en)
    zh_first, en_first = _first_units(left, len(zh.paragraphs)), _first_units(right, len(en.paragraphs))
    boxes = [_box(bead, zh_first, en_first) for bead in beads]
    inside = aligner.align_boxes([unit.text for unit in left], [unit.text for unit in right], boxes)
    records = []
    for bead, sentence_beads in zip(beads, inside, strict=True):
        for inner in sentence_beads:
            zh_paragraphs = tuple(dict.fromkeys(left[k].paragraph for k in inner.zh))
            en_paragraphs = tuple(dict.fromkeys(right[k].paragraph for k in inner.en))
            records.append(
                BeadRecord(
                    zh=inner.zh,
                    en=inner.en,
                    zh_text="".join(left[k].text for k in inner.zh),
                    en_text=" ".join(right[k].text for k in inner.en),
                    similarity=inner.similarity,
                    confidence=round(inner.confidence * bead.confidence, 4),
                    kind=bead.kind if inner.kind is BeadKind.LINK else inner.kind,
                    number=_number(zh_paragraphs, en_paragraphs, zh_numbers, en_numbers),
                    zh_paragraphs=zh_paragraphs,
                    en_paragraphs=en_paragraphs,
                )
            )
    return records


def sentence_units(document: Document) -> list[SentenceUnit]:
    """The sentences of a document in order, which are the units of an alignment by sentences."""
    return [
        SentenceUnit(paragraph.index, text)
        for paragraph in document.paragraphs
        for text in sentences(paragraph.text, document.language)
    ]


def _first_units(units: Sequence[SentenceUnit], paragraphs: int) -> list[int]:
    """The number of the first unit of each paragraph, and of all units: (paragraphs + 1)."""
    counts = [0] * paragraphs
    for unit in units:
        counts[unit.paragraph] += 1
    return [0, *accumulate(counts)]


def _box(bead: Bead, zh_first: Sequence[int], en_first: Sequence[int]) -> tuple[range, range]:
    """The units of a bead's paragraphs, which stand next to each other on either side."""
    zh = range(zh_first[bead.zh[0]], zh_first[bead.zh[-1] + 1]) if bead.zh else range(0)
    en = range(en_first[bead.en[0]], en_first[bead.en[-1] + 1]) if bead.en else range(0)
    return zh, en


def cited_numbers(document: Document) -> list[str]:
    """What each paragraph is cited by: "3", "3 (a)", "3 (a) (i)"; empty for what has no number."""
    above: list[tuple[int, str]] = []  # level and number of what the next item may stand under
    cited: list[str] = []
    for paragraph in document.paragraphs:
        if paragraph.kind is Kind.NOTE:
            cited.append(paragraph.number)
            continue
        level = max(paragraph.level, 1) if paragraph.kind is Kind.ITEM else 0
        above = [(over, number) for over, number in above if over < level]
        own = [*above, (level, paragraph.number)] if paragraph.number else []
        cited.append(" ".join(number for _, number in own))
        above = own or above
    return cited


def _number(zh: Sequence[int], en: Sequence[int], zh_numbers: Sequence[str], en_numbers: Sequence[str]) -> str:
    return next((en_numbers[k] for k in en if en_numbers[k]), "") or next(
        (zh_numbers[k] for k in zh if zh_numbers[k]), ""
    )


def _in_reading_order(records: Sequence[BeadRecord]) -> list[BeadRecord]:
    """By the English original, which never adapts; what has no English goes behind what it follows in Chinese."""
    by_zh = sorted((r for r in records if r.zh), key=lambda r: r.zh[0])
    after: dict[tuple[int, ...], float] = {}
    at = -1.0
    for record in by_zh:
        if record.en and record.kind is not BeadKind.MOVED:
            at = float(record.en[0])
        after[record.zh] = at
    return sorted(records, key=lambda r: (r.en[0], -1, -1) if r.en else (after[r.zh], 0, r.zh[0]))


def _provenance(zh: Document, en: Document) -> Provenance:
    return Provenance(
        symbol=en.symbol or zh.symbol,
        title_zh=zh.title,
        title_en=en.title,
        date=en.date or zh.date,
        body=en.body or zh.body,
        session=en.session or zh.session,
        agenda_item=en.agenda_item or zh.agenda_item,
        zh_source=zh.source,
        en_source=en.source,
        zh_script=zh.script or "Hans",
    )
