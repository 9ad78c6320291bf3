"""Real sentence pairs for the benchmarks, and documents of known alignment made of them."""

from __future__ import annotations

import lzma
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from align.fitting.synthetic import MadeUp

SHARED = Path(__file__).parents[1].parent / "shared"
# Running text in the order in which it was published, so that neighbours speak of the same things.
SOURCES = ("unpc_sample", "python_docs_po", "kubernetes", "quran", "tidb", "github_docs", "web_docs")
SHORTEST, LONGEST = 4, 400  # characters of Chinese

Pair = tuple[str, str]  # (zh, en)


@dataclass(frozen=True, slots=True)
class BookPlan:
    """How many beads of each shape a book has, as multiples of its Chinese sentences (three for every four English)."""

    joined: float = 9_700 / 30_000  # one Chinese sentence for two English ones
    split: float = 500 / 30_000
    zh_alone: float = 700 / 30_000
    en_alone: float = 1_500 / 30_000


def sentence_pairs(count: int) -> list[Pair]:
    """``count`` pairs from the training data, equally many of each source, in their order."""
    pairs: list[Pair] = []
    seen: set[str] = set()
    for k, source in enumerate(SOURCES):
        wanted = (count - len(pairs)) // (len(SOURCES) - k)
        with lzma.open(SHARED / "data" / "train" / f"{source}.tsv.xz", "rt", encoding="utf8") as lines:
            for line in lines:
                en, _, zh = line.rstrip("\n").partition("\t")
                if wanted and SHORTEST <= len(zh) <= LONGEST and en and zh not in seen:
                    seen.add(zh)
                    pairs.append((zh, en))
                    wanted -= 1
    return pairs


def book(sentences: int, seed: int = 1) -> MadeUp:
    """A book of so many Chinese sentences and a third more English ones, with its alignment."""
    plan = BookPlan()
    rng = np.random.default_rng(seed)
    joined, split, zh_alone, en_alone = (
        round(share * sentences) for share in (plan.joined, plan.split, plan.zh_alone, plan.en_alone)
    )
    plain = sentences - joined - 2 * split - zh_alone
    shapes = np.repeat([(1, 1), (1, 2), (2, 1), (1, 0), (0, 1)], (plain, joined, split, zh_alone, en_alone), axis=0)
    pairs = iter(sentence_pairs(int(shapes.max(axis=1).sum())))
    made = MadeUp()
    for a, b in rng.permutation(shapes).tolist():
        taken = [next(pairs) for _ in range(max(a, b))]
        zh, en = [zh for zh, _ in taken], [en for _, en in taken]
        made.add([" ".join(zh)] if (a, b) == (1, 2) else zh[:a], [" ".join(en)] if (a, b) == (2, 1) else en[:b])
    return made
