"""A million pairs for the benchmark of size, made of the training data, in documents with symbols, dates and bodies.

Running texts only, no dictionary. Where there are fewer than are wanted, pairs with numbers come again with other
numbers, the same on both sides, as revisions of one text do. Documents hold neighbouring pairs of one source, in an
order drawn once, so that a smaller corpus is a fair sample of a larger one.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from align.readers.pair_file import AlignedPair, PairFile
from benchmarks.texts import SHARED, Pair

IN_A_DOCUMENT = 200  # pairs
IN_A_FILE = 50  # documents
_NO_TEXT = frozenset({"dict_cedict", "glossary_cldr", "tw_moj_law_titles"})
_NUMBER = re.compile(r"(?<![0-9a-zA-Z_.,])[1-9][0-9]*(?![0-9.,]*[0-9a-zA-Z_])")
_FIRST_YEAR, _LAST_YEAR = 1994, 2024


@dataclass(frozen=True, slots=True)
class Place:
    """A body and how its symbols are made: of a number, the session and the year."""

    body: str
    symbol: str


PLACES = (
    Place("General Assembly", "A/RES/{session}/{number}"),
    Place("General Assembly", "A/{session}/{number}"),
    Place("General Assembly", "A/{session}/PV.{number}"),
    Place("General Assembly", "A/C.3/{session}/L.{number}"),
    Place("Security Council", "S/RES/{number} ({year})"),
    Place("Security Council", "S/PRST/{year}/{number}"),
    Place("Security Council", "S/{year}/{number}"),
    Place("Economic and Social Council", "E/{year}/{number}"),
    Place("Human Rights Council", "A/HRC/RES/{session}/{number}"),
    Place("Commission on Crime Prevention and Criminal Justice", "E/CN.15/{year}/{number}"),
)


def files(count: int, seed: int = 1) -> Iterator[PairFile]:
    """``count`` pairs in files of some 10,000; the same for the same count, and those of less are among them."""
    documents = _documents(count, seed)
    for start in range(0, len(documents), IN_A_FILE):
        pairs = [
            AlignedPair(zh, en, labels(number))
            for number, document in enumerate(documents[start : start + IN_A_FILE], start)
            for zh, en in document
        ]
        yield PairFile(tuple(pairs), f"pairs-{start // IN_A_FILE:04d}.tsv")


def labels(number: int) -> tuple[tuple[str, str], ...]:
    """Symbol, date and body of a document by its number; no two have one symbol."""
    place = PLACES[number % len(PLACES)]
    year = _FIRST_YEAR + number * 7 % (_LAST_YEAR - _FIRST_YEAR + 1)
    symbol = place.symbol.format(session=year - 1945, year=year, number=number + 1)
    date = f"{year}-{1 + number % 12:02d}-{1 + number % 28:02d}"
    return ("symbol", symbol), ("date", date), ("body", place.body)


def all_pairs() -> list[list[Pair]]:
    """The distinct pairs of each source, in its order."""
    seen: set[Pair] = set()
    sources = []
    for path in sorted((SHARED / "data" / "train").glob("*.tsv.xz")):
        if path.name.partition(".")[0] in _NO_TEXT:
            continue
        own = []
        with lzma.open(path, "rt", encoding="utf8") as lines:
            for line in lines:
                en, _, zh = line.rstrip("\n").partition("\t")
                if en and zh and (zh, en) not in seen:
                    seen.add((zh, en))
                    own.append((zh, en))
        sources.append(own)
    return sources


def with_other_numbers(pair: Pair, rng: np.random.Generator) -> Pair | None:
    """The pair with its numbers changed alike on both sides; None where the two sides do not have the same ones."""
    zh, en = ({*_NUMBER.findall(text)} for text in pair)
    if not zh or zh != en:
        return None
    new: dict[str, str] = {}
    for old in sorted(zh):
        low = 10 ** (len(old) - 1)
        new[old] = str(int(rng.integers(low, 10 * low))) if len(old) < 10 else old
    changed = tuple(_NUMBER.sub(lambda found: new[found[0]], text) for text in pair)
    return (changed[0], changed[1]) if changed != pair else None


def _documents(count: int, seed: int) -> list[Sequence[Pair]]:
    sources = all_pairs()
    rng = np.random.default_rng(seed)
    documents = [own[k : k + IN_A_DOCUMENT] for own in sources for k in range(0, len(own), IN_A_DOCUMENT)]
    rng.shuffle(documents)
    left = count - sum(map(len, documents))
    if left > 0:
        documents += _more(sources, left, rng)
    kept: list[Sequence[Pair]] = []
    for document in documents:
        if not count:
            break
        kept.append(document[:count])
        count -= len(kept[-1])
    return kept


def _more(sources: Sequence[Sequence[Pair]], count: int, rng: np.random.Generator) -> list[list[Pair]]:
    """So many pairs that are like those of the sources but for their numbers, or what there are of them."""
    seen = {pair for own in sources for pair in own}
    made: list[Pair] = []
    for _ in range(8):
        for own in sources:
            for pair in own:
                other = with_other_numbers(pair, rng)
                if other is not None and other not in seen:
                    seen.add(other)
                    made.append(other)
                    if len(made) == count:
                        return [made[k : k + IN_A_DOCUMENT] for k in range(0, len(made), IN_A_DOCUMENT)]
    return [made[k : k + IN_A_DOCUMENT] for k in range(0, len(made), IN_A_DOCUMENT)]
