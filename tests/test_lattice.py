"""The lattice against an enumeration of every alignment of small random ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from math import exp, log

import numpy as np
import pytest

from align.corridor import Corridor, full
from align.lattice import Weights, best_path, marginals

LINK, ZH, EN = 0, 1, 2
SHAPES = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 2))

Step = tuple[int, int, int, int]


def random_weights(seed: int, corridor: Corridor) -> Weights:
    rng = np.random.default_rng(seed)
    n, m = len(corridor.lows) - 1, int(corridor.highs[-1])
    return Weights(
        beads=rng.normal(scale=2, size=(len(corridor), len(SHAPES))).astype(np.float32),
        zh_alone=rng.normal(scale=2, size=n),
        en_alone=rng.normal(scale=2, size=m),
        moves=rng.normal(size=(3, 3)),
        shapes=np.array(SHAPES, dtype=np.int64),
        corridor=corridor,
    )


def random_corridor(rng: np.random.Generator, n: int, m: int) -> Corridor:
    """Lows and highs that never fall, that hold both ends and leave a way through."""
    lows = np.sort(rng.integers(0, m + 1, size=n + 1))
    highs = np.sort(rng.integers(0, m + 1, size=n + 1))
    lows[0], highs[-1] = 0, m
    lows = np.minimum(lows, highs)
    lows[1:] = np.minimum(lows[1:], highs[:-1])  # neighbouring rows touch
    return Corridor(np.minimum.accumulate(lows[::-1])[::-1].astype(np.int64), highs.astype(np.int64))


def all_alignments(corridor: Corridor) -> Iterator[tuple[Step, ...]]:
    """Every alignment inside the corridor; within a gap the zh units come before the en units."""
    n, m = len(corridor.lows) - 1, int(corridor.highs[-1])

    def onward(i: int, j: int, state: int) -> Iterator[tuple[Step, ...]]:
        if (i, j) == (n, m):
            yield ()
        moves = [(a, b, LINK) for a, b in SHAPES] + ([(1, 0, ZH)] if state != EN else []) + [(0, 1, EN)]
        for a, b, after in moves:
            if i + a <= n and corridor.lows[i + a] <= j + b <= corridor.highs[i + a]:
                for rest in onward(i + a, j + b, after):
                    yield ((i, j, a, b), *rest)

    return onward(0, 0, LINK)


def states(alignment: tuple[Step, ...]) -> list[int]:
    return [LINK, *(LINK if a and b else ZH if a else EN for _, _, a, b in alignment)]


def node(corridor: Corridor, i: int, j: int) -> int:
    return int(corridor.offsets[i] + j - corridor.lows[i])


def log_weight(alignment: tuple[Step, ...], w: Weights) -> float:
    total = float(sum(w.moves[before, after] for before, after in pairwise(states(alignment))))
    for i, j, a, b in alignment:
        if a and b:
            total += float(w.beads[node(w.corridor, i, j), SHAPES.index((a, b))])
        else:
            total += float(w.zh_alone[i] if a else w.en_alone[j])
    return total


def lattices() -> list[Weights]:
    rng = np.random.default_rng(3)
    sizes = [(1, 1), (1, 3), (3, 1), (2, 3), (3, 3), (4, 3)]
    corridors = [full(n, m) for n, m in sizes] + [random_corridor(rng, n, m) for n, m in [*sizes, (4, 4), (5, 4)]]
    return [random_weights(seed, corridor) for seed, corridor in enumerate(corridors)]


LATTICES = lattices()


@pytest.mark.parametrize("weights", LATTICES)
def test_the_best_path_is_the_heaviest_of_all_alignments(weights: Weights) -> None:
    heaviest = max(all_alignments(weights.corridor), key=lambda alignment: log_weight(alignment, weights))
    assert [tuple(step) for step in best_path(weights).steps.tolist()] == list(heaviest)


@pytest.mark.parametrize("weights", LATTICES)
def test_probabilities_are_those_of_all_alignments_together(weights: Weights) -> None:
    alignments = list(all_alignments(weights.corridor))
    logs = [log_weight(alignment, weights) for alignment in alignments]
    total = log(sum(exp(x) for x in logs))
    beads = np.zeros(weights.beads.shape)
    zh_alone, en_alone, moves = np.zeros(len(weights.zh_alone)), np.zeros(len(weights.en_alone)), np.zeros((3, 3))
    for alignment, x in zip(alignments, logs, strict=True):
        share = exp(x - total)
        for before, after in pairwise(states(alignment)):
            moves[before, after] += share
        for i, j, a, b in alignment:
            if a and b:
                beads[node(weights.corridor, i, j), SHAPES.index((a, b))] += share
            elif a:
                zh_alone[i] += share
            else:
                en_alone[j] += share

    found = marginals(weights)

    assert found.log_weight == pytest.approx(total, abs=1e-6)
    np.testing.assert_allclose(found.beads, beads, atol=1e-5)
    np.testing.assert_allclose(found.zh_alone, zh_alone, atol=1e-9)
    np.testing.assert_allclose(found.en_alone, en_alone, atol=1e-9)
    np.testing.assert_allclose(found.moves, moves, atol=1e-9)


@pytest.mark.parametrize("weights", [random_weights(9, full(30, 24)), random_weights(8, full(12, 31))])
def test_every_unit_is_in_one_bead_or_alone_with_certainty(weights: Weights) -> None:
    found = marginals(weights)
    n, m = len(weights.zh_alone), len(weights.en_alone)
    zh, en = found.zh_alone.copy(), found.en_alone.copy()
    by_node = found.beads.reshape(n + 1, m + 1, len(SHAPES))
    for s, (a, b) in enumerate(SHAPES):
        for i in range(n):
            zh[i : i + a] += by_node[i, :, s].sum()
        for j in range(m):
            en[j : j + b] += by_node[:, j, s].sum()
    np.testing.assert_allclose(zh, 1, atol=1e-4)
    np.testing.assert_allclose(en, 1, atol=1e-4)


def test_the_best_path_uses_every_unit_once_and_in_order() -> None:
    steps = best_path(random_weights(5, full(40, 33))).steps
    ends = np.cumsum(steps[:, 2:], axis=0)
    np.testing.assert_array_equal(steps[:, :2], np.vstack(([0, 0], ends[:-1])))
    np.testing.assert_array_equal(ends[-1], [40, 33])


def test_the_same_weights_give_the_same_numbers_to_the_bit() -> None:
    first, second = (marginals(random_weights(6, full(25, 20))) for _ in range(2))
    assert first.beads.tobytes() == second.beads.tobytes()
    assert first.moves.tobytes() == second.moves.tobytes()


@pytest.mark.parametrize("weights", LATTICES[-4:])
def test_the_compiled_loops_compute_what_the_python_of_them_computes(weights: Weights) -> None:
    from align import lattice_kernels as kernels

    c = weights.corridor
    given = (
        weights.beads,
        weights.zh_alone,
        weights.en_alone,
        weights.moves,
        weights.shapes,
        c.lows,
        c.highs,
        c.offsets,
    )
    for best in (True, False):
        for compiled, plain in zip(kernels.forward(*given, best), kernels.forward.py_func(*given, best), strict=True):
            np.testing.assert_allclose(compiled, plain, rtol=1e-12)
    np.testing.assert_allclose(kernels.backward(*given), kernels.backward.py_func(*given), rtol=1e-12)


def test_a_corridor_that_holds_the_best_path_does_not_change_it() -> None:
    wide = random_weights(2, full(20, 20))
    steps = best_path(wide).steps
    lows, highs = np.full(21, 20), np.zeros(21, dtype=np.int64)
    for i, j in [*steps[:, :2].tolist(), [20, 20]]:
        lows[i], highs[i] = min(lows[i], j), max(highs[i], j)
    lows = np.minimum.accumulate(lows[::-1])[::-1]
    highs = np.maximum.accumulate(highs)
    corridor = Corridor(lows, highs)
    kept = np.concatenate([np.arange(lows[i], highs[i] + 1) + 21 * i for i in range(21)])
    narrow = Weights(wide.beads[kept], wide.zh_alone, wide.en_alone, wide.moves, wide.shapes, corridor)
    np.testing.assert_array_equal(best_path(narrow).steps, steps)
