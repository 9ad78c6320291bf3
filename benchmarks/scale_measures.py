"""What is measured of one corpus of some size, each in a process of its own.

Times are medians; beside the wall clock stand processor seconds, which other programs on the machine disturb less.
"""

from __future__ import annotations

import ctypes
import gc
import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from align.document import Language
from align.evaluate import lines
from align.readers.pair_file import AlignedPair, PairFile
from benchmarks.scale_pairs import IN_A_DOCUMENT, files, labels
from benchmarks.texts import SHARED
from models import load_embedded
from search.corpus import Corpus
from search.index.choosing import open_index
from search.lookup.engine import Lookup
from search.lookup.question import How, Mode

if TYPE_CHECKING:
    from models.encoder import Vectors
    from search.index.contract import VectorIndex

NAME = "corpus.sqlite"
ASKED = 100  # sentences of each set in each direction
NEAREST = 10
BOTH: tuple[tuple[Language, Language], ...] = (("zh", "en"), ("en", "zh"))  # of the question, of what is found
# From everywhere to hardly anywhere in the training data, one or two words each.
TERMS: Mapping[str, Language] = {
    "数据": "zh", "法院": "zh", "主管机关": "zh", "人权": "zh", "可持续发展": "zh", "恐怖主义": "zh",
    "user": "en", "competent authority": "en", "human rights": "en", "sustainable development": "en",
    "terrorism": "en", "arbitration": "en",
}  # fmt: skip
FREQUENT: Mapping[str, Language] = {"证券": "zh", "法院": "zh", "central competent authority": "en"}
Figures = dict[str, float]


@dataclass
class Clock:
    """Wall-clock and processor seconds of what is done under ``running``, one after the other."""

    wall: list[float] = field(default_factory=list)
    work: list[float] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Measure once."""
        wall, work = time.perf_counter(), time.process_time()
        yield
        self.wall.append(time.perf_counter() - wall)
        self.work.append(time.process_time() - work)

    def milliseconds(self, name: str) -> Figures:
        """Median and 95th percentile of the wall clock, median of the processor."""
        return {
            f"{name}_p50": 1000 * float(np.percentile(self.wall, 50)),
            f"{name}_p95": 1000 * float(np.percentile(self.wall, 95)),
            f"{name}_cpu": 1000 * float(np.percentile(self.work, 50)),
        }


def memory(kind: str) -> float:
    """MB of this process that are its own ("RssAnon") or pages of files ("RssFile", such as vectors read by map)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(kind)) / 1000


def let_go() -> None:
    """Give back to the system what this process has freed, so that memory is counted where it is used."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's
    if trim is not None:
        trim(0)


def disk(path: Path) -> float:
    """MB of a file, or of all files in a folder."""
    found = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return sum(each.stat().st_size for each in found) / 1e6


def sentences(language: Language, count: int = ASKED) -> list[str]:
    """Sentences that the model was not trained on: half of United Nations documents, half of medicine."""
    bench = SHARED / "bench"
    own = lines(bench / "unpc_dev" / f"{language}.txt")
    rows = [line.split("\t") for line in lines(bench / "tico19" / "pairs.tsv")[1:]]
    other = [row[1 if language == "zh" else 2] for row in rows]
    return [text for texts in (own, other) for text in texts[:: len(texts) // count][:count]]


def add(folder: Path, size: int) -> Figures:
    """Pairs that are aligned already, in files of some 10,000, and then the index of vectors."""
    encoder = load_embedded()
    encoder.encode(["a"])
    stored, indexed = Clock(), Clock()
    with Corpus.open(folder / NAME) as corpus:
        for file in files(size):
            with stored.running():
                corpus.add_pairs(file)
        index = open_index(corpus, encoder.name)
        with indexed.running():
            Lookup(corpus, index, encoder).refresh()
    wall, work = (sum(getattr(stored, kind)) for kind in ("wall", "work"))
    return {
        "store_s": wall,
        "store_cpu": work,
        "index_s": indexed.wall[0],
        "index_cpu_s": indexed.work[0],
        "pairs_per_s": size / (wall + indexed.wall[0]),
        "pairs_per_cpu_s": size / (work + indexed.work[0]),
        "database_mb": disk(folder / NAME),
        "vectors_mb": disk(Path(index.place)),
    }


def meaning(folder: Path, size: int) -> Figures:
    """The index alone: ten nearest in the other language, beside exact search by NumPy and FAISS, and its memory."""
    del size
    import faiss

    faiss.omp_set_num_threads(1)
    encoder = load_embedded()
    asked = {side: encoder.encode(sentences(side)) for side, _ in BOTH}
    with Corpus.open(folder / NAME, read_only=True) as corpus:
        index = open_index(corpus, encoder.name)
        let_go()
        before = memory("RssAnon")
        clocks = {name: Clock() for name in ("first", "cold", "index", "numpy", "faiss")}
        on_disk(Path(index.place), only=True)
        with clocks["first"].running():
            index.search(asked["zh"][:1], "en", NEAREST)
        _nearest(index, asked, clocks["cold"])
        on_disk(Path(index.place), only=False)
        found = _nearest(index, asked, clocks["index"])
        let_go()
        figures = {"index_mb": memory("RssAnon") - before, "mapped_mb": memory("RssFile")}
        hits = [hit for side, other in BOTH for hit in _exact(index, other, asked[side], found[other], clocks)]
    return {
        **figures,
        "first_ms": 1000 * clocks["first"].wall[0],
        **{
            key: value
            for name in ("cold", "index", "numpy", "faiss")
            for key, value in clocks[name].milliseconds(name).items()
        },
        "recall": float(np.mean(hits)),
        "numpy_ratio": float(np.median(clocks["numpy"].wall) / np.median(clocks["index"].wall)),
        "faiss_ratio": float(np.median(clocks["faiss"].wall) / np.median(clocks["index"].wall)),
    }


def on_disk(folder: Path, only: bool) -> None:
    """Have the system forget the vectors' files, so that they are read from the disk again, or read all of them."""
    for file in folder.rglob("*.rows"):
        with file.open("rb") as opened:
            if only:
                os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            else:
                while opened.read(1 << 24):
                    pass


def _nearest(
    index: VectorIndex, asked: Mapping[Language, Vectors], clock: Clock
) -> dict[Language, list[tuple[float, ...]]]:
    """The cosines of what is found in the other language, one question after the other."""
    found: dict[Language, list[tuple[float, ...]]] = {"zh": [], "en": []}
    for side, other in BOTH:
        for vector in asked[side]:
            with clock.running():
                near = index.search(vector[None], other, NEAREST)
            found[other].append(tuple(near.similarities[0]))
    return found


def _exact(
    index: VectorIndex,
    language: Language,
    asked: Vectors,
    found: Sequence[Sequence[float]],
    clocks: Mapping[str, Clock],
) -> Iterator[float]:
    """Exact search of the same vectors for every question; the share of the ten nearest, or equals, that was found."""
    import faiss

    vectors = stored_vectors(Path(index.place), language, asked.shape[1])
    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    for vector, similarities in zip(asked, found, strict=True):
        with clocks["numpy"].running():
            cosines = vectors @ vector
            best = np.argpartition(-cosines, NEAREST)[:NEAREST]
        with clocks["faiss"].running():
            flat.search(vector[None], NEAREST)
        least = cosines[best].min() - 1e-5
        yield min(sum(one >= least for one in similarities), NEAREST) / NEAREST


def stored_vectors(folder: Path, language: Language, dimensions: int) -> Vectors:
    """All vectors of one language in memory."""
    parts = [np.fromfile(file, "<f2") for file in sorted(folder.glob(f"[0-9]*/{language}.rows"))]
    return np.concatenate(parts).reshape(-1, dimensions).astype(np.float32)


def lookup(folder: Path, size: int) -> Figures:
    """Whole look-ups of ``duizhao search``, without the marks: the index, the phrases, the texts."""
    del size
    encoder = load_embedded()
    figures: Figures = {}
    questions = {"terms": list(TERMS), "sentences": [*sentences("zh", 25), *sentences("en", 25)]}
    with Corpus.open(folder / NAME, read_only=True) as corpus:
        finder = Lookup(corpus, open_index(corpus, encoder.name), encoder)
        for name, texts in questions.items():
            modes: tuple[Mode, ...] = ("meaning", "exact", "all")
            for mode in modes:
                figures |= _timed(f"{mode}_{name}", texts, partial(finder.find, how=How(mode)))
            figures |= _timed(f"marked_{name}", texts, finder.search)
    return figures


def _timed(name: str, texts: Sequence[str], ask: Callable[[str], Any]) -> Figures:
    """Each text once to warm up, and then in as many rounds as give some fifty times."""
    clock = Clock()
    for text in texts:
        ask(text)
    for _ in range(-(-50 // len(texts))):
        for text in texts:
            with clock.running():
                ask(text)
    return clock.milliseconds(name)


def term(folder: Path, size: int) -> Figures:
    """Frequent terms: the first evidence, all of it; and what is learnt of the words of a corpus, once, and opened."""
    del size
    from search.locating.statistics_file import statistics_for
    from search.precedents.locator import locator_of
    from search.precedents.look_up import first_evidence, look_up_term, question

    encoder = load_embedded()
    learning, opening = Clock(), Clock()
    figures: Figures = {}
    with Corpus.open(folder / NAME, read_only=True) as corpus:
        with learning.running():
            statistics_for(corpus, encoder, None)
        locator_of(corpus, encoder)  # keeps it
        with opening.running():
            locator = locator_of(corpus, encoder)
        for number, (text, language) in enumerate(FREQUENT.items(), 1):
            asked = question(text, language)
            first, whole = Clock(), Clock()
            for _ in range(3):
                with first.running():
                    next(iter(first_evidence(corpus, locator, asked)), None)
                with whole.running():
                    found = look_up_term(corpus, locator, asked)
            figures |= first.milliseconds(f"first_evidence{number}") | whole.milliseconds(f"term{number}")
            figures[f"occurrences{number}"] = found.count
    kept = memory("RssAnon")
    return figures | {"learn_s": learning.wall[0], "learn_cpu": learning.work[0], "open_ms": 1000 * opening.wall[0],
                      "term_mb": kept}  # fmt: skip


def grow(folder: Path, size: int) -> Figures:
    """One more document of 200 pairs: stored, its vectors put in, found by a sentence of its own; then removed."""
    encoder = load_embedded()
    zh, en = (lines(SHARED / "bench" / "unpc_dev" / f"{side}.txt")[:IN_A_DOCUMENT] for side in ("zh", "en"))
    pairs = tuple(AlignedPair(a, b, labels(size + 7)) for a, b in zip(zh, en, strict=True))
    clocks = {name: Clock() for name in ("grow_store", "grow_index", "grow_find")}
    with Corpus.open(folder / NAME) as corpus:
        finder = Lookup(corpus, open_index(corpus, encoder.name), encoder)
        finder.find(zh[0])
        with clocks["grow_store"].running():
            added = corpus.add_pairs(PairFile(pairs, "one-more.tsv"))
        with clocks["grow_index"].running():
            finder.refresh()
        with clocks["grow_find"].running():
            found = finder.find(zh[-1])
        right = found.hits[0].pair.record.zh_text == zh[-1]
        corpus.remove(added[0].document)
        finder.refresh()
    return {f"{name}_ms": 1000 * clock.wall[0] for name, clock in clocks.items()} | {"grow_right": float(right)}


MEASURES: Mapping[str, Callable[[Path, int], Figures]] = {
    "add": add,
    "meaning": meaning,
    "lookup": lookup,
    "term": term,
    "grow": grow,
}
