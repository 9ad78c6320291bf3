"""The embedded model tuned on the user's own pairs: learned from nine tenths, judged by the tenth, kept if better."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np

from align.comparison import Pairs, Retrieval, distinct, measure_retrieval
from align.errors import InputError, ModelError
from align.near_duplicates import clusters
from align.readers.pair_file import PairFile
from align.significance import PairedTest, paired
from align.tuned_folder import TunedFolder
from models.encoder import Vectors
from models.folder import write_static_model
from models.static import StaticEncoder, load_static

Progress = Callable[[str], None]

FEWEST_PAIRS = 200
FEWEST_HELD_OUT = 50
HELD_OUT_SHARE = 0.1
POOL = 20_000  # pairs that the held-out ones are looked up among; a hundred thousand would take minutes
_LARGE = 0.05  # of all pairs: a cluster above this is always learned from


class Tune(Protocol):
    """What tunes: ``models.training.tuning.tune``, or a fake of it."""

    def __call__(
        self, folder: Path, pairs: Sequence[tuple[str, str]], *, epochs: int, progress: Progress | None
    ) -> Vectors:
        """The table (vocabulary, d) of the model in ``folder`` after learning from (zh, en) pairs."""


@dataclass(frozen=True, slots=True)
class Split:
    """Row numbers of the pairs that are learned from and of those that judge; near-duplicates are on one side."""

    train: tuple[int, ...]
    held_out: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tuning:
    """What tuning came to. ``before`` and ``after`` are of the held-out pairs, looked up among ``pool`` pairs."""

    source: str
    base: str
    trained_on: int
    held_out: int
    pool: int
    before: Retrieval
    after: Retrieval
    folder: Path
    tuned: str  # the new model's name and revision

    @property
    def test(self) -> PairedTest:
        """The tuned model against the embedded one, pair by pair."""
        return paired(self.after.scores, self.before.scores)

    @property
    def kept(self) -> bool:
        """Whether the tuned model found more of the held-out pairs, and was written."""
        return self.test.difference > 0


def tune(
    file: PairFile, base: Path, out: Path, tuner: Tune, *, epochs: int, force: bool, progress: Progress | None = None
) -> Tuning:
    """Tune the static model in ``base`` on the pairs of ``file``; write it to ``out`` if it is the better one.

    Raises OutputError where ``out`` exists and ``force`` is not given, or is a folder of other things; InputError
    where the pairs are too few; nothing is left behind then.
    """
    say = progress or (lambda _: None)
    target = TunedFolder.at(out, base, force)
    pairs = distinct(file)
    say("looking for pairs that repeat each other …")
    split = split_pairs(pairs, file.source)
    encoder = load_static(base)
    pool = _pool(split)
    say(f"tuning on {len(split.train):,} pairs, {len(split.held_out):,} are held out …")
    table = tuner(base, [pairs[row] for row in split.train], epochs=epochs, progress=progress)
    _check_table(table, encoder)
    with target.draft() as draft:
        with target.telling():
            write_static_model(draft, encoder.tokenizer, table, target.path.name, tuned_from=encoder.name)
        # Judged as it was written, with what rounding has taken from it.
        tuned = load_static(draft)
        before, after = (_judge(one, pairs, pool, len(split.held_out)) for one in (encoder, tuned))
        result = Tuning(
            source=file.source,
            base=encoder.name,
            trained_on=len(split.train),
            held_out=len(split.held_out),
            pool=len(pool),
            before=before,
            after=after,
            folder=out,
            tuned=tuned.name,
        )
        if result.kept:
            with target.telling():
                (draft / "README.md").write_text(_card(result, epochs), encoding="utf8")
            target.put(draft)
    return result


def split_pairs(pairs: Pairs, source: str) -> Split:
    """Hold out a tenth of the pairs, at least 50, drawn by a hash of their text: more pairs later hardly change it.

    Raises InputError where there are fewer than 200 pairs, or too many of them repeat each other.
    """
    if len(pairs) < FEWEST_PAIRS:
        raise InputError(
            f"{source} has {len(pairs)} different pairs: tuning needs at least {FEWEST_PAIRS}, so that "
            f"{FEWEST_HELD_OUT} of them can judge it."
        )
    drawn = sorted((_drawn(pairs[row] for row in rows), rows) for rows in clusters(pairs))
    held_out: list[int] = []
    for chance, rows in drawn:
        enough = chance >= HELD_OUT_SHARE and len(held_out) >= FEWEST_HELD_OUT
        if not enough and len(rows) <= _LARGE * len(pairs):
            held_out.extend(rows)
    if len(held_out) < FEWEST_HELD_OUT or len(held_out) > len(pairs) / 2:
        raise InputError(
            f"{source} has {len(pairs)} pairs that nearly all repeat each other: tuning needs pairs that differ."
        )
    kept_out = set(held_out)
    return Split(tuple(row for row in range(len(pairs)) if row not in kept_out), tuple(sorted(held_out)))


def _drawn(rows: Iterable[tuple[str, str]]) -> float:
    """A number in [0, 1) that belongs to a cluster's text, wherever it stands in the file."""
    first = min(f"{zh}\t{en}" for zh, en in rows)
    return int.from_bytes(hashlib.blake2b(first.encode("utf8", "surrogatepass"), digest_size=4).digest()) / 2**32


def _pool(split: Split) -> list[int]:
    """Row numbers of the held-out pairs, and behind them of others from all over the rest, up to 20,000 together."""
    free = max(0, POOL - len(split.held_out))
    step = max(1, -(-len(split.train) // max(1, free)))
    return [*split.held_out, *(split.train[::step] if free else ())]


def _check_table(table: Vectors, encoder: StaticEncoder) -> None:
    if len(table) != len(encoder.table):
        raise ModelError(
            f"tuning gave {len(table):,} vectors for {len(encoder.table):,} tokens: install duizhao again."
        )
    if not np.isfinite(table).all():
        raise ModelError("tuning went astray and gave vectors that are no numbers: tune with fewer --epochs.")


def _judge(encoder: StaticEncoder, pairs: Pairs, pool: Sequence[int], held_out: int) -> Retrieval:
    """Held-out pairs looked up among many: among fifty alone nearly every model finds nearly everything."""
    judged = tuple(pairs[row] for row in pool)
    zh, en = encoder.encode([zh for zh, _ in judged]), encoder.encode([en for _, en in judged])
    return measure_retrieval(zh, en, judged, range(held_out))


def _card(result: Tuning, epochs: int) -> str:
    """The README.md of the tuned model; it holds counts and figures, and nothing of the user's text."""
    rows = [
        ("zh→en", result.before.zh_en, result.after.zh_en),
        ("en→zh", result.before.en_zh, result.after.en_zh),
        ("zh→en, margin", result.before.margin_zh_en, result.after.margin_zh_en),
        ("en→zh, margin", result.before.margin_en_zh, result.after.margin_en_zh),
    ]
    table = "\n".join(f"| {name} | {before.value:.4f} | {after.value:.4f} |" for name, before, after in rows)
    return (
        f"# A tuned copy of {result.base}\n\n"
        f"Made by `duizhao models tune` from {result.trained_on} pairs of one user, {epochs} epochs. "
        f"P@1 on {result.held_out} other pairs, looked up among {result.pool}:\n\n"
        f"| | before | after |\n|---|---|---|\n{table}\n\n"
        "How it does on texts of another kind was not measured.\n"
    )
