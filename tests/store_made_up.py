"""Made-up documents and alignments for the tests of the corpus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from align.document import Document, FootnoteReference, Kind, Language, Paragraph
from align.readers.pair_file import AlignedPair, PairFile
from align.table import AlignmentTable, BeadKind, BeadRecord, Provenance

SYMBOL = "A/RES/79/901"
ZH = ("大会，", "请各会员国交换水文观测数据；", "决定设立一个自愿信托基金；", "请秘书长提出报告。")
EN = (
    "The General Assembly,",
    "Invites Member States to exchange hydrological observations;",
    "Decides to establish a voluntary trust fund;",
    "Requests the Secretary-General to report.",
)


def document(language: Language, texts: Sequence[str] = (), symbol: str = SYMBOL, source: str = "") -> Document:
    """A resolution in one language, a paragraph a text."""
    texts = texts or (ZH if language == "zh" else EN)
    note = (FootnoteReference("3", 2),)
    paragraphs = tuple(
        Paragraph(k, Kind.OPERATIVE, text, str(k), 1, 1, note if k == 1 else (), f"line {k + 1}")
        for k, text in enumerate(texts)
    )
    return Document(
        paragraphs=paragraphs,
        language=language,
        script="Hans" if language == "zh" else "Latn",
        symbol=symbol,
        title="水文数据" if language == "zh" else "Hydrological data",
        date="2024-12-19",
        body="General Assembly",
        session="79",
        agenda_item="21",
        source=source or f"resolution.{language}.docx",
        parts=("一",) if language == "zh" else ("I",),
    )


def bead(
    zh: Sequence[int], en: Sequence[int], zh_texts: Sequence[str] = ZH, en_texts: Sequence[str] = EN
) -> BeadRecord:
    """A bead of paragraphs, sure where both sides have one."""
    kind = BeadKind.ZH_ONLY if not en else BeadKind.EN_ONLY if not zh else BeadKind.LINK
    return BeadRecord(
        zh=tuple(zh),
        en=tuple(en),
        zh_text="\n".join(zh_texts[k] for k in zh),
        en_text="\n".join(en_texts[k] for k in en),
        similarity=0.8 if kind is BeadKind.LINK else None,
        confidence=0.95,
        kind=kind,
        number=str(en[0]) if en else "",
        zh_paragraphs=tuple(zh),
        en_paragraphs=tuple(en),
    )


def table(
    zh: Sequence[str] = ZH, en: Sequence[str] = EN, symbol: str = SYMBOL, records: Sequence[BeadRecord] = ()
) -> AlignmentTable:
    """Paragraph k with paragraph k; what one side has more stands alone."""
    made = [bead([k] if k < len(zh) else [], [k] if k < len(en) else [], zh, en) for k in range(max(len(zh), len(en)))]
    provenance = Provenance(
        symbol=symbol,
        title_zh="水文数据",
        title_en="Hydrological data",
        date="2024-12-19",
        body="General Assembly",
        session="79",
        agenda_item="21",
        zh_source="resolution.zh.docx",
        en_source="resolution.en.docx",
    )
    return AlignmentTable("duizhao:0.1.0|model:fake@1", tuple(records or made), provenance)


def checked(record: BeadRecord) -> BeadRecord:
    """The bead after a person has confirmed it."""
    return replace(record, status="checked")


def pair_file(count: int, source: str = "memory.tmx", first: int = 0, **properties: str) -> PairFile:
    """A file of that many different pairs, all with the same properties."""
    pairs = tuple(
        AlignedPair(
            f"第{k}号站的观测数据每小时交换一次。",
            f"Station {k} exchanges its observations every hour.",
            tuple(properties.items()),
            f"unit {k + 1}",
        )
        for k in range(first, first + count)
    )
    return PairFile(pairs, source)
