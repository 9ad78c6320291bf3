"""How ``background.safetensors`` is counted: English words of training texts, half of them of the United Nations."""

from __future__ import annotations

import lzma
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import regex

from glossary.extraction.background import LEARNED
from search.locating.ngrams import unit_hashes

UNITED_NATIONS = frozenset({"unpc_sample", "un_sdg", "udhr"})
DICTIONARIES = frozenset({"dict_cedict", "glossary_cldr", "tw_moj_law_titles"})
LINES, MOST, LEAST = 30_000, 200_000, 4.0  # lines of a source, words that these count for at most, counts that are kept
_WORD = regex.compile(r"\p{L}+")


def count(shared: Path) -> None:
    """Count, and write the file."""
    from safetensors.numpy import save_file

    general, own = _counted(shared, united_nations=False), _counted(shared, united_nations=True)
    share = sum(general.values()) / max(sum(own.values()), 1)
    found = {word: general.get(word, 0.0) + own.get(word, 0.0) * share for word in general | own}
    numbers: defaultdict[int, float] = defaultdict(float)
    for number, word in zip(unit_hashes(list(found), "en").tolist(), found, strict=True):
        numbers[number] += found[word]
    kept = sorted(number for number, times in numbers.items() if times >= LEAST)
    save_file(
        {
            "words": np.array(kept, dtype=np.uint32),
            "counts": np.array([numbers[number] for number in kept], dtype=np.float32),
            "total": np.array([sum(found.values())], dtype=np.float64),
        },
        str(LEARNED),
    )


def _counted(shared: Path, united_nations: bool) -> dict[str, float]:
    """Of the sources of the United Nations, or of all others, each with the same say."""
    found: defaultdict[str, float] = defaultdict(float)
    for path in sorted((shared / "data" / "train").glob("*.tsv.xz")):
        source = path.name.partition(".")[0]
        if source not in DICTIONARIES and (source in UNITED_NATIONS) == united_nations:
            words = _words(path)
            size = max(sum(words.values()), 1)
            for word, number in words.items():
                found[word] += number * min(size, MOST) / size
    return found


def _words(path: Path) -> Counter[str]:
    """Of an even sample of its lines."""
    with lzma.open(path, "rt", encoding="utf8") as lines:
        rows = list(lines)
    step = -(-len(rows) // LINES)
    return Counter(word for line in rows[::step] for word in _WORD.findall(line.partition("\t")[0].lower()))
