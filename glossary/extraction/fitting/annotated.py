"""The texts that terms were marked in by reading, and the marks: line numbers and places, no text.

Files of marks have the columns ``line`` (of a file of ``SHARED/data/train``, or ``source:line``), ``en_start``,
``en_end``, ``zh_start``, ``zh_end`` (code points, end exclusive), ``grade``: 3 what a terminologist enters first, 2
what is useful, 1 what can be left out; without one 3. A line without a term has one row with its number alone. Whoever
marked them read every sentence as a terminologist of its field and chose what belongs in a glossary.
"""

from __future__ import annotations

import csv
import lzma
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from search.locating.word_statistics import TextPair

HERE = Path(__file__).parent
UNITED_NATIONS = "unpc_sample"
AROUND = 1500  # lines of a source that are surveyed together
Marks = tuple[tuple[int, int, int, int, int], ...]  # en_start, en_end, zh_start, zh_end, grade
FIRST = 3


@dataclass(frozen=True)
class Annotated:
    """A corpus, and for some of its pairs, by number, all terms that were marked in it."""

    name: str
    pairs: tuple[TextPair, ...]
    marks: Mapping[int, Marks]


def corpora(shared: Path) -> Iterator[Annotated]:
    """The annotated corpora, of which the texts lie in ``shared``."""
    yield _united_nations(shared)
    marks = _marks(HERE / "terms_other.tsv")
    by_source: dict[str, dict[int, Marks]] = defaultdict(dict)
    for name, found in marks.items():
        source, _, line = name.partition(":")
        by_source[source][int(line)] = found
    for source, lines in by_source.items():
        rows = list(_rows(shared, source))
        start = max(min(lines) - 5, 0)
        block = range(start, min(start + AROUND, len(rows)))
        pairs = tuple(TextPair(f"{source}:{k}", rows[k][1], rows[k][0]) for k in block)
        yield Annotated(source, pairs, {line - start: found for line, found in lines.items() if line in block})


def thesaurus(shared: Path) -> Iterator[tuple[str, str]]:
    """(zh, en) of the concepts of the UN thesaurus, in small letters."""
    with (shared / "un" / "unbis_thesaurus.tsv").open(encoding="utf8", newline="") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["zh_pref"] and row["en_pref"]:
                yield row["zh_pref"], row["en_pref"].lower()


def _united_nations(shared: Path) -> Annotated:
    """Its English is in small letters; the capitals of the sentences that were read were put back by reading."""
    marks = {int(line): found for line, found in _marks(HERE / "terms_unpc.tsv").items()}
    capitals = {int(line): places for line, places in _table(HERE / "capitals_unpc.tsv")}
    pairs = []
    for k, (en, zh) in enumerate(_rows(shared, UNITED_NATIONS)):
        letters = list(en)
        for place in capitals.get(k, "").split():
            letters[int(place)] = letters[int(place)].upper()
        pairs.append(TextPair(f"{UNITED_NATIONS}:{k}", zh, "".join(letters)))
    return Annotated(UNITED_NATIONS, tuple(pairs), marks)


def _rows(shared: Path, source: str) -> Iterator[tuple[str, str]]:
    with lzma.open(shared / "data" / "train" / f"{source}.tsv.xz", "rt", encoding="utf8") as lines:
        for line in lines:
            en, _, zh = line.rstrip("\n").partition("\t")
            yield en, zh


def _marks(path: Path) -> dict[str, Marks]:
    found: dict[str, list[tuple[int, int, int, int, int]]] = defaultdict(list)
    with path.open(encoding="utf8", newline="") as table:
        for line, *places in list(csv.reader(table, delimiter="\t"))[1:]:
            mine = found[line]
            if places and places[0]:
                a, b, c, d, grade = [*map(int, places), FIRST][:5]
                mine.append((a, b, c, d, grade))
    return {line: tuple(places) for line, places in found.items()}


def _table(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf8", newline="") as table:
        yield from ((row[0], row[1] if len(row) > 1 else "") for row in list(csv.reader(table, delimiter="\t"))[1:])
