"""The training pairs: read, rid of held-out text and of repeats, and weighted by source."""

from __future__ import annotations

import hashlib
import lzma
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import regex

# Formal and general prose teaches what translators of official documents read; software text is plentiful and
# narrow. A weight of 2 means that a pair is seen twice an epoch.
SOURCE_WEIGHTS = {
    "unpc_sample": 4,
    "un_sdg": 3,
    "udhr": 3,
    "thesaurus": 3,
    "legal": 3,
    "tatoeba_manythings": 2,
    "mozilla_legal": 2,
    "cc_legalcode": 2,
    "quran": 2,
}
WORD_LISTS = {"dict_cedict", "glossary_cldr", "tw_moj_law_titles", "thesaurus"}
SHINGLE = 12  # characters
PASSAGE_LINES = 150
# One run of lines in so many is a passage kept for the aligner, which learns most from free translation.
PASSAGE_SHARE = 40
PASSAGE_SHARES = {"quran": 8, "mozilla_legal": 5, "d2l": 8, "ethereum_org": 20}
OUT_OF_STEP = {"hk-pdpo-486-provisions.zh-en.tsv"}  # a third of its rows stand beside the next provision's translation
NEAR_DUPLICATE_SHARE = 0.5  # of a line's shingles that also occur in held-out text
NEAR_DUPLICATE_LENGTH = 30  # characters; a shorter line is a term or a phrase, which running text contains by nature
SHORTEST_HELD_OUT = 8  # characters; "New York" is in every corpus
MAX_CHARACTERS = 1200

_NOT_WORD = regex.compile(r"[^\p{L}\p{N}]+")


@dataclass(frozen=True, slots=True)
class Pair:
    """One English–Chinese pair and the source that it comes from."""

    en: str
    zh: str
    source: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Training pairs in file order, and what was removed on the way, by reason.

    ``passages`` are runs of consecutive pairs kept out of training: the aligner's weights are fitted on them, and
    would take the vectors for better than they are if these had seen the text.
    """

    pairs: tuple[Pair, ...]
    passages: tuple[tuple[Pair, ...], ...]
    removed: dict[str, int]
    digest: str


def load(shared: Path) -> Corpus:
    """Read ``shared/data/train`` and the thesaurus, SDG and law tables, without held-out text and repeats."""
    held_out = HeldOut(_held_out_lines(shared))
    kept: list[Pair] = []
    passages: dict[str, list[Pair]] = {}
    seen: set[bytes] = set()
    removed = {"held out": 0, "repeat": 0, "untranslated or empty": 0}
    digest = hashlib.sha256()
    for line, pair in enumerate(_all_pairs(shared)):
        digest.update(f"{pair.en}\t{pair.zh}\n".encode())
        key = hashlib.blake2b(f"{_fold(pair.en)}\t{_fold(pair.zh)}".encode(), digest_size=12).digest()
        if not _usable(pair):
            removed["untranslated or empty"] += 1
        elif key in seen:
            removed["repeat"] += 1
        elif held_out.holds(pair.en) or held_out.holds(pair.zh):
            removed["held out"] += 1
        else:
            seen.add(key)
            passage = f"{pair.source}:{line // PASSAGE_LINES}"
            share = PASSAGE_SHARES.get(pair.source, PASSAGE_SHARE)
            if pair.source not in WORD_LISTS and _drawn(passage, share):
                passages.setdefault(passage, []).append(pair)
            else:
                kept.append(pair)
    removed["kept for the aligner"] = sum(map(len, passages.values()))
    return Corpus(tuple(kept), tuple(map(tuple, passages.values())), removed, digest.hexdigest()[:16])


class HeldOut:
    """Text that must not be trained on: tells exact and near-duplicates by shared character shingles."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._exact: set[str] = set()
        self._shingles: set[int] = set()
        for line in lines:
            folded = _fold(line)
            self._exact.add(folded)
            self._shingles.update(_shingles(folded))

    def holds(self, text: str) -> bool:
        """Whether ``text`` is a held-out line, or at least half of its shingles stand in held-out text."""
        folded = _fold(text)
        if len(folded) < NEAR_DUPLICATE_LENGTH:
            return len(folded) > SHORTEST_HELD_OUT and folded in self._exact
        shingles = _shingles(folded)
        return sum(s in self._shingles for s in shingles) >= NEAR_DUPLICATE_SHARE * len(shingles)


def thesaurus_is_held_out(identifier: str) -> bool:
    """A tenth of the thesaurus, drawn by a hash of the concept's id, is kept for evaluation."""
    return _drawn(identifier, 10)


def thesaurus(shared: Path) -> Iterator[tuple[str, str, str]]:
    """The UN thesaurus as (id, zh, en), English in lower case as in running text."""
    lines = (shared / "un/unbis_thesaurus.tsv").read_text(encoding="utf8").splitlines()
    for line in lines[1:]:
        identifier, zh, en = line.split("\t")[:3]
        yield identifier, zh, en.lower()


def _all_pairs(shared: Path) -> Iterator[Pair]:
    for path in sorted((shared / "data/train").glob("*.tsv.xz")):
        source = path.name.removesuffix(".tsv.xz")
        with lzma.open(path, "rt", encoding="utf8") as lines:
            for line in lines:
                en, _, zh = line.rstrip("\n").partition("\t")
                yield Pair(en, zh, source)
    for identifier, zh, en in thesaurus(shared):
        if not thesaurus_is_held_out(identifier):
            yield Pair(en, zh, "thesaurus")
    for path in sorted((shared / "un/legal").glob("*.tsv")):
        if path.name not in OUT_OF_STEP:
            yield from _table(path, "legal")
    yield from _table(shared / "un/sdg_zh_en.tsv", "un_sdg")


def _drawn(name: str, one_in: int) -> bool:
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=4).digest()) % one_in == 0


def _table(path: Path, source: str) -> Iterator[Pair]:
    rows = [line.split("\t") for line in path.read_text(encoding="utf8").splitlines()]
    zh, en = rows[0].index("zh"), rows[0].index("en")
    for row in rows[1:]:
        if len(row) > max(zh, en):
            yield Pair(row[en], row[zh], source)


def _held_out_lines(shared: Path) -> Iterator[str]:
    paths = [*(shared / "bench").rglob("*"), *(shared / "un/gold").iterdir(), *(shared / "un/docs").rglob("*.txt")]
    for path in sorted(paths):
        if path.suffix in {".txt", ".tsv", ".zh", ".en"} and path.name != "ids.txt":
            for line in path.read_text(encoding="utf8").splitlines():
                yield from line.split("\t")


def _usable(pair: Pair) -> bool:
    if not 1 < len(pair.en) <= MAX_CHARACTERS or not 0 < len(pair.zh) <= MAX_CHARACTERS:
        return False
    return bool(regex.search(r"\p{Han}", pair.zh)) and not regex.search(r"\p{Han}{4}", pair.en)


def _fold(text: str) -> str:
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text).lower())


def _shingles(folded: str) -> set[int]:
    return {hash(folded[k : k + SHINGLE]) for k in range(len(folded) - SHINGLE + 1)}
