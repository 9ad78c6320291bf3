"""Measure the aligner and the encoder against gold data: score objects that carry their signature."""

from __future__ import annotations

from ast import literal_eval
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import regex

from align.aligner import Aligner
from align.errors import InputError
from align.scores import AlignmentScore, Link, expected_calibration_error, score
from align.signature import signature
from models.encoder import Encoder
from models.neighbours import Rows, nearest

_GOLD = regex.compile(r"\s*(\[[\d,\s]*\])\s*:\s*(\[[\d,\s]*\])\s*(?::.*)?")


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """Two lists of units and the links between them that a person made."""

    name: str
    zh: tuple[str, ...]
    en: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """One document's score, and of each proposed bead its confidence and whether it is exactly in the gold."""

    name: str
    score: AlignmentScore
    judged: tuple[tuple[float, bool], ...]


@dataclass(frozen=True, slots=True)
class AlignmentEvaluation:
    """Scores of a folder, per document and together."""

    signature: str
    documents: tuple[DocumentScore, ...]

    @property
    def total(self) -> AlignmentScore:
        """All documents' counts added up."""
        return sum((document.score for document in self.documents), AlignmentScore())

    @property
    def calibration_error(self) -> float:
        """Expected calibration error of the confidences, ten bins."""
        judged = [pair for document in self.documents for pair in document.judged]
        return expected_calibration_error([c for c, _ in judged], [r for _, r in judged])


@dataclass(frozen=True, slots=True)
class RetrievalEvaluation:
    """P@1 in both directions, by cosine and by ratio margin (Artetxe & Schwenk 2019)."""

    signature: str
    count: int
    p1_zh_en: float
    p1_en_zh: float
    margin_p1_zh_en: float
    margin_p1_en_zh: float


def read_gold_folder(folder: Path) -> tuple[GoldDocument, ...]:
    """All NAME.zh, NAME.en, NAME.gold of ``folder``; raises InputError where a file is missing or a line is off."""
    if not folder.is_dir():
        raise InputError(f"{folder} is not a folder: give the folder that holds NAME.zh, NAME.en and NAME.gold.")
    names = sorted(path.stem for path in folder.glob("*.gold"))
    if not names:
        raise InputError(f"{folder} holds no .gold file: give the folder that holds NAME.zh, NAME.en and NAME.gold.")
    return tuple(_read_gold(folder, name) for name in names)


def evaluate_alignment(folder: Path, encoder: Encoder) -> AlignmentEvaluation:
    """Align every document of a gold folder and score it."""
    aligner = Aligner.make(encoder)
    documents = []
    for gold in read_gold_folder(folder):
        beads = aligner.align(gold.zh, gold.en)
        truth = set(gold.links)
        judged = tuple((bead.confidence, (bead.zh, bead.en) in truth) for bead in beads)
        documents.append(DocumentScore(gold.name, score([(b.zh, b.en) for b in beads], gold.links), judged))
    return AlignmentEvaluation(signature(**aligner.parts, task="eval-align"), tuple(documents))


def evaluate_retrieval(en: Path, zh: Path, encoder: Encoder) -> RetrievalEvaluation:
    """Look every sentence up among all of the other language; only its own line counts, not an equal one elsewhere."""
    english, chinese = lines(en), lines(zh)
    if len(english) != len(chinese) or not english:
        raise InputError(
            f"{en.name} has {len(english)} lines and {zh.name} has {len(chinese)}: give two files that go line by line."
        )
    found = nearest(encoder.encode(chinese), encoder.encode(english))
    return RetrievalEvaluation(
        signature=signature(model=encoder.name, task="eval-retrieval", n=str(len(english))),
        count=len(english),
        p1_zh_en=_own(found.zh_en),
        p1_en_zh=_own(found.en_zh),
        margin_p1_zh_en=_own(found.margin_zh_en),
        margin_p1_en_zh=_own(found.margin_en_zh),
    )


def _own(found: Rows) -> float:
    """Share of the lines that found their own line."""
    return float((found == np.arange(len(found))).mean())


def lines(path: Path) -> list[str]:
    """The lines of a UTF-8 file; a last line without end counts, an empty one after the last end does not."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): check the path and its permissions.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 at byte {error.start}: save it as UTF-8.") from error
    found = text.split("\n")
    return found[:-1] if found and not found[-1] else found


def _read_gold(folder: Path, name: str) -> GoldDocument:
    zh, en = lines(folder / f"{name}.zh"), lines(folder / f"{name}.en")
    links: list[Link] = []
    for number, line in enumerate(lines(folder / f"{name}.gold"), start=1):
        if not line.strip():
            continue
        match = _GOLD.fullmatch(line)
        if not match:
            raise InputError(f"{name}.gold, line {number} is not [zh ids]:[en ids]: {line[:40]!r}.")
        link = (tuple(literal_eval(match[1])), tuple(literal_eval(match[2])))
        if any(k >= len(zh) for k in link[0]) or any(k >= len(en) for k in link[1]):
            raise InputError(
                f"{name}.gold, line {number} names a unit that is not there: "
                f"the texts have {len(zh)} and {len(en)} lines."
            )
        links.append(link)
    return GoldDocument(name, tuple(zh), tuple(en), tuple(links))
