"""What the new model is worth: P@1 on the held-out sets by cosine and by ratio margin, and where it is fooled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors
from models.neighbours import nearest
from models.static import load_static
from models.training.data import Pair, thesaurus, thesaurus_is_held_out

# What a sum of words cannot tell: order, negation, figures, names, figures of speech.
_TRAPS = (
    (
        "委员会感谢秘书长。",
        "The Committee thanks the Secretary-General.",
        "The Secretary-General thanks the Committee.",
    ),
    ("会议没有通过该决议。", "The meeting did not adopt the resolution.", "The meeting adopted the resolution."),
    ("工作人员共有4215名。", "There are 4,215 staff members.", "There are 4,251 staff members."),
    ("卡祖拉少将", "Major General Kazura", "Major General Ngondi"),
    ("他们吃了闭门羹。", "They were turned away.", "They ate dinner behind closed doors."),
)


@dataclass(frozen=True, slots=True)
class Weakness:
    """A sentence, its translation, another that the model may take for it, and the cosines of both."""

    zh: str
    en: str
    cosine: float
    other: str
    other_cosine: float


def weaknesses(folder: Path) -> list[Weakness]:
    """How the model in ``folder`` does on sentences that a sum of words cannot tell apart."""
    encoder = load_static(folder)
    found = []
    for zh, en, other in _TRAPS:
        of_zh, of_en, of_other = encoder.encode([zh, en, other])
        found.append(Weakness(zh, en, float(of_zh @ of_en), other, float(of_zh @ of_other)))
    return found


def evaluate(folder: Path, shared: Path, trained_on: Iterable[Pair]) -> dict[str, dict[str, float]]:
    """Scores of the model in ``folder`` by set: P@1 zh→en, en→zh, and both with the margin (Artetxe & Schwenk 2019).

    Pairs of a set that also stand in ``trained_on``, as terms do in dictionaries, are looked up among but not counted.
    """
    encoder = load_static(folder)
    sets = held_out_sets(shared)
    wanted = {_folded(zh, en) for texts in sets.values() for zh, en in zip(*texts, strict=True)}
    known = wanted & {_folded(pair.zh, pair.en) for pair in trained_on}
    scores = {}
    for name, (zh, en) in sets.items():
        counted = np.array([_folded(*pair) not in known for pair in zip(zh, en, strict=True)])
        scores[name] = _precision(encoder.encode(zh), encoder.encode(en), counted)
    return scores


def _folded(zh: str, en: str) -> tuple[str, str]:
    return zh.strip(), en.strip().lower()


def held_out_sets(shared: Path) -> dict[str, tuple[list[str], list[str]]]:
    """The line-parallel sets that nothing is trained on, as (zh, en)."""
    unpc = [(shared / f"bench/unpc_dev/{name}.txt").read_text(encoding="utf8").splitlines() for name in ("zh", "en")]
    rows = (shared / "bench/tico19/pairs.tsv").read_text(encoding="utf8").splitlines()
    tico = [row.split("\t") for row in rows[1:]]
    terms = [(zh, en) for identifier, zh, en in thesaurus(shared) if thesaurus_is_held_out(identifier)]
    return {
        "UNPC development set": (unpc[0], unpc[1]),
        "TICO-19": ([row[1] for row in tico], [row[2] for row in tico]),
        "held-out tenth of the UN thesaurus": ([zh for zh, _ in terms], [en for _, en in terms]),
    }


def _precision(zh: Vectors, en: Vectors, counted: npt.NDArray[np.bool_]) -> dict[str, float]:
    found, own = nearest(zh, en), np.arange(len(zh))
    ways = {
        "zh→en": found.zh_en,
        "en→zh": found.en_zh,
        "margin zh→en": found.margin_zh_en,
        "margin en→zh": found.margin_en_zh,
    }
    return {"pairs": float(counted.sum())} | {way: float(np.mean((rows == own)[counted])) for way, rows in ways.items()}
