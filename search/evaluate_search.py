"""How often a paragraph finds its translation among all stored paragraphs of the other language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from align.document import Language
from align.evaluate import GoldDocument, read_gold_folder
from align.signature import signature
from align.table import AlignmentTable, BeadKind, BeadRecord
from models.encoder import Encoder
from search.corpus import Corpus
from search.folding import folded
from search.index.faiss_index import FaissIndex
from search.lookup.engine import Lookup
from search.lookup.question import How, Mode
from search.records import Filters


@dataclass(frozen=True, slots=True)
class SearchScore:
    """Of ``count`` paragraphs the share in [0, 1] whose translation comes first, and is among the first ten."""

    count: int
    p1: float
    p10: float


@dataclass(frozen=True, slots=True)
class SearchEvaluation:
    """Both directions; beside the whole look-up the one by meaning alone, in the same run."""

    signature: str
    stored: int
    zh_en: SearchScore
    en_zh: SearchScore
    meaning_zh_en: SearchScore
    meaning_en_zh: SearchScore


@dataclass(frozen=True, slots=True)
class _Unit:
    """A bead of the gold: texts of both sides, "" where there is none."""

    zh: str
    en: str

    def text(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


def evaluate_search(folder: Path, encoder: Encoder) -> SearchEvaluation:
    """Store each language of a folder of gold alignments by itself, and look every linked paragraph up in the other.

    A text that stands in several places counts as found in any of them. Raises InputError.
    """
    units = [unit for document in read_gold_folder(folder) for unit in _units(document)]
    with TemporaryDirectory() as temporary:
        scores = {
            (mode, side): score
            for side in ("en", "zh")
            for mode, score in _one_way(Path(temporary), units, side, encoder).items()
        }
    return SearchEvaluation(
        signature(model=encoder.name, search="1"),
        len(units),
        scores["all", "en"],
        scores["all", "zh"],
        scores["meaning", "en"],
        scores["meaning", "zh"],
    )


def _one_way(folder: Path, units: Sequence[_Unit], side: Language, encoder: Encoder) -> dict[str, SearchScore]:
    """Look up in the texts of ``side`` alone."""
    asked: Language = "en" if side == "zh" else "zh"
    modes: tuple[Mode, ...] = ("all", "meaning")
    with Corpus.open(folder / f"{side}.sqlite") as corpus:
        corpus.add_alignment(_only(units, side), name="gold")
        lookup = Lookup(corpus, FaissIndex(folder / f"{side}.vectors"), encoder)
        linked = [unit for unit in units if unit.zh and unit.en]
        return {mode: _score(lookup, linked, asked, side, mode) for mode in modes}


def _score(lookup: Lookup, linked: Sequence[_Unit], asked: Language, side: Language, mode: Mode) -> SearchScore:
    first = among = 0
    for unit in linked:
        hits = lookup.find(unit.text(asked), How(mode, side, Filters(), top=10)).hits
        found = [folded(hit.pair.text(side)) == folded(unit.text(side)) for hit in hits]
        first += found[:1] == [True]
        among += any(found)
    count = max(len(linked), 1)
    return SearchScore(len(linked), first / count, among / count)


def _only(units: Sequence[_Unit], side: Language) -> AlignmentTable:
    kind = BeadKind.ZH_ONLY if side == "zh" else BeadKind.EN_ONLY
    texts = [unit.text(side) for unit in units if unit.text(side)]
    records = [
        BeadRecord((k,), (), text, "", None, 1.0, kind)
        if side == "zh"
        else BeadRecord((), (k,), "", text, None, 1.0, kind)
        for k, text in enumerate(texts)
    ]
    return AlignmentTable(signature(), tuple(records))


def _units(document: GoldDocument) -> list[_Unit]:
    """The beads, and the units that belong to none."""
    linked = [
        _Unit("\n".join(document.zh[k] for k in zh), "\n".join(document.en[k] for k in en)) for zh, en in document.links
    ]
    in_zh = {k for zh, _ in document.links for k in zh}
    in_en = {k for _, en in document.links for k in en}
    alone = [_Unit(text, "") for k, text in enumerate(document.zh) if k not in in_zh]
    return linked + alone + [_Unit("", text) for k, text in enumerate(document.en) if k not in in_en]
