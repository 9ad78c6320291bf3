"""Encoders side by side on the user's own pairs: retrieval, alignment and speed, measured in one run."""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from align.aligner import Aligner
from align.errors import InputError
from align.readers.pair_file import PairFile
from align.scores import AlignmentScore, Link, score
from align.signature import signature
from align.significance import PairedTest, Share, paired
from align.variants import Variant, variants
from models.encoder import Encoder, Vectors
from models.neighbours import Nearest, Rows, nearest

Pairs = tuple[tuple[str, str], ...]  # (zh, en)
Progress = Callable[[str], None]
Load = Callable[[str], Encoder]

FEW = 200  # fewer pairs than this tell little
SEED = 3  # of the omissions and joins
_CHUNK = 128  # pairs encoded and timed at once
_PATIENCE = 10  # seconds between two remarks on how far a model is


@dataclass(frozen=True, slots=True)
class Retrieval:
    """Share of texts whose nearest one of the other language is a translation (P@1), by cosine and by ratio margin.

    ``scores`` has for each pair the mean of both directions by cosine: 0, 0.5 or 1.
    """

    zh_en: Share
    en_zh: Share
    margin_zh_en: Share
    margin_en_zh: Share
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Score over all documents, and for each link of the truth 1 where exactly it was found, else 0."""

    score: AlignmentScore
    found: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Speed:
    """Texts encoded a second (median of chunks), seconds to load once files and libraries are at hand."""

    texts_per_second: float
    load_seconds: float
    dimensions: int


@dataclass(frozen=True, slots=True)
class ModelResult:
    """What one model reached. ``name`` is as it was asked for, ``model`` as it names itself, with its revision."""

    name: str
    model: str
    retrieval: Retrieval
    alignment: Alignment
    speed: Speed


@dataclass(frozen=True, slots=True)
class AgainstFirst:
    """Paired tests of a model against the first: pair by pair, and link of the truth by link."""

    name: str
    retrieval: PairedTest
    alignment: PairedTest


@dataclass(frozen=True, slots=True)
class Comparison:
    """All models on the same pairs and the same documents made of them; at least one model."""

    signature: str
    source: str
    pairs: int
    documents: int
    links: int
    models: tuple[ModelResult, ...]

    @property
    def against_first(self) -> tuple[AgainstFirst, ...]:
        """Of each model but the first, in order."""
        first = self.models[0]
        return tuple(
            AgainstFirst(
                model.name,
                paired(model.retrieval.scores, first.retrieval.scores),
                paired(model.alignment.found, first.alignment.found),
            )
            for model in self.models[1:]
        )


def compare(names: Sequence[str], file: PairFile, load: Load, progress: Progress | None = None) -> Comparison:
    """Measure each model on the pairs of ``file``; ``load`` gives a model by name. One model is in memory at a time.

    Every model is loaded once before any is measured, so that a wrong name is told at once. Raises InputError where
    a model is named twice or the pairs are too few, and what ``load`` raises.
    """
    say = progress or _nobody
    _check_names(names)
    pairs = distinct(file)
    documents = variants(pairs, SEED)
    for name in names:
        say(f"looking for {name} …")
        load(name)
        _free()
    results = []
    for name in names:
        results.append(_measure(name, pairs, documents, load, say))
        _free()
    links = sum(len(document.links) for document in documents)
    made_with = signature(
        models="+".join(result.model for result in results), task="compare-models", n=str(len(pairs)), seed=str(SEED)
    )
    return Comparison(made_with, file.source, len(pairs), len(documents), links, tuple(results))


def distinct(file: PairFile) -> Pairs:
    """The pairs in order as (zh, en), each once, with every run of white space as one space.

    Raises InputError where fewer than two are left, among which nothing can be looked up.
    """
    pairs = tuple(dict.fromkeys((" ".join(pair.zh.split()), " ".join(pair.en.split())) for pair in file.pairs))
    if len(pairs) < 2:
        raise InputError(f"{file.source} has one pair alone: give a file with at least two, better {FEW} or more.")
    return pairs


def measure_retrieval(zh: Vectors, en: Vectors, pairs: Pairs, queries: Sequence[int] | None = None) -> Retrieval:
    """Look up the texts of ``queries`` (all without) among those of all pairs; ``zh`` and ``en`` are (pairs, d).

    A text that stands in several pairs is found right with the translation in any of them.
    """
    asked = np.arange(len(pairs)) if queries is None else np.asarray(queries, dtype=np.intp)
    right = [hits[asked] for hits in _right(nearest(zh, en), pairs)]
    zh_en, en_zh, margin_zh_en, margin_en_zh = (Share(int(hits.sum()), len(hits)) for hits in right)
    scores = (right[0].astype(float) + right[1]) / 2
    return Retrieval(zh_en, en_zh, margin_zh_en, margin_en_zh, tuple(scores.tolist()))


def measure_alignment(documents: Sequence[Variant], aligner: Aligner, progress: Progress | None = None) -> Alignment:
    """Align documents and hold the beads against the links that they were made with."""
    say = _seldom(progress)
    total = AlignmentScore()
    found: list[float] = []
    for done, document in enumerate(documents):
        say(f"… {done} of {len(documents)} documents aligned")
        beads: list[Link] = [(bead.zh, bead.en) for bead in aligner.align(document.zh, document.en)]
        total += score(beads, document.links)
        proposed = set(beads)
        found.extend(float(link in proposed) for link in document.links)
    return Alignment(total, tuple(found))


def _check_names(names: Sequence[str]) -> None:
    if not all(name.strip() for name in names):
        raise InputError("one of the models has an empty name: give each a name, such as embedded.")
    twice = next((name for k, name in enumerate(names) if name in names[:k]), None)
    if twice is not None:
        raise InputError(f"the model {twice} is named twice: name each model once.")


def _measure(name: str, pairs: Pairs, documents: Sequence[Variant], load: Load, say: Progress) -> ModelResult:
    start = time.perf_counter()
    encoder = load(name)
    seconds = time.perf_counter() - start
    say(f"{name}: encoding {len(pairs):,} pairs …")
    zh, en, pace = _encode(pairs, encoder, say)
    say(f"{name}: looking up every text among the {len(pairs):,} of the other language …")
    retrieval = measure_retrieval(zh, en, pairs)
    say(f"{name}: aligning {_documents(len(documents))} made of the pairs …")
    alignment = measure_alignment(documents, Aligner.make(encoder), say)
    return ModelResult(name, encoder.name, retrieval, alignment, Speed(pace, seconds, zh.shape[1]))


def _nobody(_: str) -> None:
    pass


def _seldom(progress: Progress | None) -> Progress:
    """Passes on what it is told, but not sooner than ten seconds after the last time."""
    if progress is None:
        return _nobody
    last = time.monotonic()

    def say(text: str) -> None:
        nonlocal last
        if time.monotonic() - last >= _PATIENCE:
            progress(text)
            last = time.monotonic()

    return say


def _documents(count: int) -> str:
    return "a document" if count == 1 else f"{count} documents"


def _encode(pairs: Pairs, encoder: Encoder, progress: Progress) -> tuple[Vectors, Vectors, float]:
    """Vectors of both sides, (n, d) each, and the median number of texts a second over the chunks."""
    say = _seldom(progress)
    zh, en, paces = [], [], []
    encoder.encode([""])  # what the first call imports and starts is no part of the pace
    for first in range(0, len(pairs), _CHUNK):
        chunk = pairs[first : first + _CHUNK]
        texts = [pair[0] for pair in chunk] + [pair[1] for pair in chunk]
        start = time.perf_counter()
        vectors = encoder.encode(texts)
        paces.append(len(texts) / max(time.perf_counter() - start, 1e-9))
        zh.append(vectors[: len(chunk)])
        en.append(vectors[len(chunk) :])
        say(f"… {first + len(chunk):,} of {len(pairs):,} pairs encoded")
    return np.concatenate(zh), np.concatenate(en), statistics.median(paces)


def _right(found: Nearest, pairs: Pairs) -> list[npt.NDArray[np.bool_]]:
    """Of each pair, whether what was found is a translation: zh→en, en→zh, and both by margin; (n,) each."""
    zh, en = _numbered([pair[0] for pair in pairs]), _numbered([pair[1] for pair in pairs])
    lookups = (found.zh_en, found.en_zh, found.margin_zh_en, found.margin_en_zh)
    return [(zh[rows] == zh) | (en[rows] == en) for rows in lookups]


def _numbered(texts: Sequence[str]) -> Rows:
    """Equal texts have equal numbers, (n,)."""
    known: dict[str, int] = {}
    return np.array([known.setdefault(text, len(known)) for text in texts], dtype=np.intp)


def _free() -> None:
    """Give back the memory of a model that nobody refers to any more, on an accelerator too."""
    gc.collect()
    if "torch" in sys.modules:
        import torch

        if torch.cuda.is_available():
            torch.cuda.empty_cache()
