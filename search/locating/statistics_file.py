"""What a corpus says of its words, kept in one file, so that it is learnt once and then only opened.

The file is derived: it says which corpus and model it belongs to, and whatever is wrong with it, it is made anew.
It holds arrays in the safetensors format (https://huggingface.co/docs/safetensors), and is replaced at one stroke.
"""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from models.encoder import WordEncoder
from search.errors import CorpusError
from search.locating.lexicon import Lexicon
from search.locating.ngrams import RunCounts
from search.locating.word_statistics import Statistics, TextPair, learn_statistics
from search.locating.word_vectors import WordTable
from search.records import Filters

if TYPE_CHECKING:
    from search.corpus import Corpus

NAME = "word-statistics.safetensors"
SAMPLE = 20_000  # pairs that are learnt from; more say little more
GROWN = 0.2  # the share of its pairs that a corpus may gain or lose before it is learnt from again
_FORMAT = "1"
_TYPES: Mapping[str, Any] = {
    "words": np.uint8,
    "tokens": np.int64,
    "starts": np.int64,
    "costs": np.float64,
    "codes": np.int64,
    "en_given_zh": np.float32,
    "zh_given_en": np.float32,
    "zh_runs": np.uint32,
    "zh_counts": np.int32,
    "en_runs": np.uint32,
    "en_counts": np.int32,
}
Progress = Callable[[int, int], None]  # steps done, steps to do
_Arrays = dict[str, npt.NDArray[Any]]
log = logging.getLogger(__name__)


class StatisticsError(CorpusError):
    """What was learnt of the words of a corpus is missing, damaged or another model's; it can be learnt anew."""


@dataclass(frozen=True, slots=True)
class LearntFrom:
    """A corpus by its random name, its state, its pairs then (those of one side too), and the model's name."""

    corpus: str
    state: int
    pairs: int
    model: str


@dataclass(frozen=True, slots=True)
class Kept:
    """Statistics as they are in a file, and what they were learnt from."""

    statistics: Statistics
    source: LearntFrom


def statistics_for(
    corpus: Corpus, encoder: WordEncoder, folder: Path | None, progress: Progress | None = None
) -> Statistics:
    """What the corpus says of its words: what is kept in the folder, or learnt anew and kept there.

    It is learnt anew where nothing usable is kept, where the model is another one, and where the corpus has
    gained or lost more than a fifth of its pairs. Learning looks at an even sample of ``SAMPLE`` pairs, always the
    same for the same corpus. Where the folder takes no file (or there is none) nothing is kept. Raises CorpusError
    where the corpus cannot be read.
    """
    model, state = str(getattr(encoder, "name", "")), corpus.state
    kept = _usable(folder, encoder, corpus.name)
    if kept is not None and kept.source.state == state:
        return kept.statistics
    source = LearntFrom(corpus.name, state, corpus.pair_count(), model)
    if kept is not None and abs(source.pairs - kept.source.pairs) <= GROWN * kept.source.pairs:
        return kept.statistics
    statistics = _learn(corpus, encoder, progress)
    if folder is not None:
        try:
            save(folder, statistics, source)
        except StatisticsError as error:
            log.info("%s", error)
    return statistics


def _usable(folder: Path | None, encoder: WordEncoder, corpus: str) -> Kept | None:
    if folder is None:
        return None
    try:
        kept = load(folder, encoder)
    except StatisticsError as error:
        log.info("%s", error)
        return None
    return kept if kept.source.corpus == corpus else None


def _learn(corpus: Corpus, encoder: WordEncoder, progress: Progress | None) -> Statistics:
    ids = corpus.ids(Filters(linked=True))
    # Where nothing is paired, the texts of one language teach how frequent their words are.
    all_ids = ids if len(ids) else corpus.ids()
    chosen = all_ids[:: max(1, -(-len(all_ids) // SAMPLE))]
    if progress is not None:
        progress(0, len(chosen))
    pairs = [TextPair(str(number), zh, en) for number, zh, en in corpus.texts(chosen)]
    statistics = learn_statistics(pairs, encoder, len(all_ids))
    if progress is not None:
        progress(len(chosen), len(chosen))
    return statistics


def save(folder: Path, statistics: Statistics, source: LearntFrom) -> None:
    """Write the file of a folder, which is made where there is none; raises StatisticsError."""
    from safetensors.numpy import save as packed

    arrays = _arrays(statistics)
    said = {
        "format": _FORMAT,
        **{name: str(value) for name, value in asdict(source).items()},
        "learnt": f"{statistics.pairs} {statistics.corpus_pairs}",
        "units": f"{statistics.zh_runs.units} {statistics.en_runs.units}",
        "checksum": str(_checksum(arrays)),
    }
    new = folder / f".{NAME}-{secrets.token_hex(6)}.tmp"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with new.open("xb") as file:
            file.write(packed(arrays, metadata=said))
            file.flush()
            os.fsync(file.fileno())
        new.replace(folder / NAME)
    except OSError as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        reason = error.strerror or str(error)
        raise StatisticsError(f"{folder / NAME} cannot be written ({reason}); make room or choose another.") from error


def load(folder: Path, encoder: WordEncoder) -> Kept:
    """What the file of a folder holds; raises StatisticsError where it is missing, damaged or of another model."""
    from safetensors import SafetensorError, safe_open

    file = folder / NAME
    try:
        with safe_open(file, framework="np") as opened:
            said: dict[str, str] = opened.metadata() or {}
            arrays: _Arrays = {name: opened.get_tensor(name) for name in _TYPES}
        return _kept(said, arrays, encoder)
    except FileNotFoundError as error:
        raise StatisticsError(f"{file} is not there yet; it is made when terms are looked up.") from error
    except (OSError, SafetensorError, ValueError, KeyError, TypeError) as error:
        raise StatisticsError(f"{file} cannot be used ({error}); it will be made anew.") from error


def _arrays(statistics: Statistics) -> _Arrays:
    lexicon, zh, en = statistics.lexicon, statistics.zh_runs, statistics.en_runs
    words = "\n".join(statistics.table.rows).encode("utf8", "surrogatepass")
    found: _Arrays = {
        "words": np.frombuffer(words, dtype=np.uint8),
        "tokens": statistics.table.tokens,
        "starts": statistics.table.starts,
        "costs": statistics.costs,
        "codes": lexicon.codes,
        "en_given_zh": lexicon.en_given_zh,
        "zh_given_en": lexicon.zh_given_en,
        "zh_runs": zh.runs,
        "zh_counts": zh.counts,
        "en_runs": en.runs,
        "en_counts": en.counts,
    }
    return {name: np.ascontiguousarray(array, dtype=_TYPES[name]) for name, array in found.items()}


def _checksum(arrays: Mapping[str, npt.NDArray[Any]]) -> int:
    found = 0
    for name in sorted(arrays):
        found = crc32(arrays[name].view(np.uint8).data, found) if arrays[name].size else found
    return found


def _kept(said: Mapping[str, str], arrays: _Arrays, encoder: WordEncoder) -> Kept:
    if said["format"] != _FORMAT:
        raise ValueError(f"its format is {said['format']}, and this version knows {_FORMAT}")
    source = LearntFrom(said["corpus"], int(said["state"]), int(said["pairs"]), said["model"])
    model = str(getattr(encoder, "name", ""))
    if source.model != model:
        raise ValueError(f"it was made with the model {source.model}, and this one is {model}")
    if any(arrays[name].dtype != kind for name, kind in _TYPES.items()) or int(said["checksum"]) != _checksum(arrays):
        raise ValueError("it does not hold what was written")
    text = arrays["words"].tobytes().decode("utf8", "surrogatepass")
    words = text.split("\n") if text else []
    learnt, corpus_pairs = map(int, said["learnt"].split())
    zh_units, en_units = map(int, said["units"].split())
    statistics = Statistics(
        WordTable(encoder, {word: k for k, word in enumerate(words)}, arrays["tokens"], arrays["starts"]),
        arrays["costs"],
        Lexicon(len(words), arrays["codes"], arrays["en_given_zh"], arrays["zh_given_en"]),
        RunCounts(arrays["zh_runs"], arrays["zh_counts"], zh_units),
        RunCounts(arrays["en_runs"], arrays["en_counts"], en_units),
        learnt,
        corpus_pairs,
    )
    return Kept(statistics, source)
