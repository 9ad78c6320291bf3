"""A made-up corpus for the tests of the look-up: resolutions, reports and drafts of several years."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from fakes import AdditiveEncoder

from align.document import Document, Kind, Language, Paragraph
from align.readers.pair_file import AlignedPair, PairFile
from models import load_embedded
from models.encoder import Encoder
from models.static import StaticEncoder
from search.corpus import Corpus
from search.index.choosing import open_index
from search.lookup.engine import Lookup
from search.records import Added

Pairs = Sequence[tuple[str, str]]

ADVICE = ("请会员国设立水文观测网络。", "Invites Member States to establish hydrological observation networks.")
TRADITIONAL = ("水文觀測網絡的費用由各國承擔。", "The costs of HYDROLOGICAL  observation-networks are borne by States.")
REPORT = ("报告介绍了水文观测网络的进展。", "The report describes the progress of hydrological observation networks.")
HEADING = ("水文观测网络", "Hydrological observation networks")
OTHERS = (
    ("渔民在湖边修理船只。", "Fishermen repair their boats by the lake."),
    ("学校在九月开学。", "Schools open in September."),
    ("医生为儿童接种疫苗。", "Doctors vaccinate children."),
    ("农民今年收获了更多大米。", "Farmers harvested more rice this year."),
)


def add(corpus: Corpus, pairs: Pairs, symbol: str, date: str = "2020-01-01", **properties: str) -> Added:
    """Store pairs as one document, or its new version."""
    named = {"symbol": symbol, "date": date, "body": "General Assembly", **properties}
    rows = tuple(AlignedPair(zh, en, tuple(named.items()), f"row {k}") for k, (zh, en) in enumerate(pairs, start=1))
    return corpus.add_pairs(PairFile(rows, f"{symbol.replace('/', '_')}.tmx"))[0]


def alone(language: Language, *texts: str, source: str = "draft.txt") -> Document:
    """A document whose other language is missing."""
    paragraphs = tuple(Paragraph(k, Kind.BODY, text) for k, text in enumerate(texts))
    script = "Hans" if language == "zh" else "Latn"
    return Document(paragraphs, language, script, date="2019-05-01", body="Council", source=source)


def water(corpus: Corpus) -> Corpus:
    """Fill a corpus with what is said of hydrological networks, and other things."""
    add(corpus, OTHERS, "A/77/1", "2022-01-01")
    add(corpus, [ADVICE], "A/RES/70/1", "2015-12-01")
    add(corpus, [TRADITIONAL], "A/C.2/74/L.9", "2019-12-01")
    add(corpus, [REPORT], "A/75/20", "2020-08-01", body="Council", confidence="0.4")
    add(corpus, [HEADING, *OTHERS[:1]], "A/RES/75/2", "2020-12-01")
    return corpus


@cache
def embedded() -> StaticEncoder:
    """The model that comes with the program."""
    return load_embedded()


def lookup(corpus: Corpus, encoder: Encoder | None = None, where: str | Path = "") -> Lookup:
    """The corpus with an index of its own beside it."""
    encoder = encoder or AdditiveEncoder()
    return Lookup(corpus, open_index(corpus, encoder.name, str(where)), encoder)
