"""What decisions teach, by replay: ``python -m benchmarks.replay [SHARED]``.

Candidates are extracted from pairs, and lists of marked terms decide: a candidate that is marked is approved, any other
one rejected. The first ``DECIDED`` of the queue are decided, or as many at random; average precision of the others'
order, before and after. The lists are no terminologist: much that one would approve is not marked in them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from glossary.candidates.figures import Figures, pair_key
from glossary.candidates.learning import Decision, learn
from glossary.extraction.extract import extract
from models import load_embedded
from search.locating.evaluate_terms import read_pairs_table, read_terms_table

SETS = ("un/gold_terms", "bench/tico19")
TOP = 1500
DECIDED = (20, 100, 300)
SEEDS = 20


def average_precision(taken: Sequence[bool]) -> float:
    """Of an order, the likeliest first (Manning et al. 2008, 8.4): precision at each that is taken, on average."""
    hits = np.asarray(taken, dtype=np.float64)
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float((precision * hits).sum() / max(hits.sum(), 1.0))


def replay(queue: Sequence[Figures], marked: Sequence[bool], decided: Sequence[int]) -> tuple[float, float]:
    """Average precision of those that are not decided yet, in the order they had and in the one that is learnt."""
    learned = learn([Decision(queue[k], marked[k]) for k in decided])
    waiting = sorted(set(range(len(queue))) - set(decided))
    scores = np.array(learned.scores([queue[k] for k in waiting]))
    after = [waiting[k] for k in np.argsort(-scores, kind="stable").tolist()]
    return average_precision([marked[k] for k in waiting]), average_precision([marked[k] for k in after])


def rows(name: str, queue: Sequence[Figures], marked: Sequence[bool]) -> Iterator[str]:
    """A line for each number of decisions and way to choose them."""
    for count in DECIDED:
        before, after = replay(queue, marked, range(count))
        yield f"{name:14}  first  {count:4}  {before:.3f}  {after:.3f}"
    for count in DECIDED:
        chosen = [np.random.default_rng(seed).choice(len(queue), count, replace=False) for seed in range(SEEDS)]
        found = np.array([replay(queue, marked, some.tolist()) for some in chosen])
        before, after = found.mean(axis=0)
        better = int((found[:, 1] > found[:, 0]).sum())
        yield f"{name:14}  random {count:4}  {before:.3f}  {after:.3f}  better with {better} of {SEEDS} seeds"


def main() -> None:
    """Replay all sets."""
    shared = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared")
    encoder = load_embedded()
    print("average precision of the candidates that wait\npairs           decided      before  after")
    for name in SETS:
        found = extract(read_pairs_table(shared / name / "pairs.tsv"), encoder, TOP).candidates
        wanted = {pair_key(term.zh, term.en) for term in read_terms_table(shared / name / "terms.tsv")}
        marked = [pair_key(one.zh, one.en) in wanted for one in found]
        for line in rows(name, [Figures.of(one) for one in found], marked):
            print(line, flush=True)
        print(f"{'':14}  {sum(marked)} of {len(found)} candidates are marked")


if __name__ == "__main__":
    main()
