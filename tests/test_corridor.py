"""The part of the lattice that is looked at."""

from __future__ import annotations

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.corridor import BAND, LARGEST_BOX, PADDING, Corridor, along, chain, full


def points(rows: list[tuple[int, int]]) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    return np.array(rows, dtype=np.int64).reshape(-1, 2)


def check(corridor: Corridor, n: int, m: int) -> None:
    assert len(corridor.lows) == len(corridor.highs) == n + 1
    assert (corridor.lows[0], corridor.highs[-1]) == (0, m)
    assert np.all(np.diff(corridor.lows) >= 0)
    assert np.all(np.diff(corridor.highs) >= 0)
    assert np.all(corridor.lows <= corridor.highs)
    assert np.all(corridor.lows[1:] <= corridor.highs[:-1])  # there is a way from each row to the next


def test_the_full_corridor_holds_every_node_once() -> None:
    corridor = full(3, 5)
    assert len(corridor) == 24
    assert corridor.offsets.tolist() == [0, 6, 12, 18, 24]


def rising(rows: list[tuple[int, int]]) -> bool:
    return all(a[0] < b[0] and a[1] < b[1] for a, b in pairwise(rows))


@given(st.permutations(range(8)))
def test_the_chain_is_a_longest_one_that_rises(columns: list[int]) -> None:
    rows = list(enumerate(columns))
    found = [tuple(point) for point in chain(points(rows)).tolist()]
    longest = max(k for k in range(9) if any(rising(list(c)) for c in combinations(rows, k)))
    assert set(found) <= set(rows)
    assert rising(found)
    assert len(found) == longest


def test_the_chain_of_no_points_is_empty() -> None:
    assert chain(points([])).tolist() == []


def test_two_rows_of_the_same_column_are_never_both_in_the_chain() -> None:
    assert len(chain(points([(0, 3), (1, 3), (2, 4)]))) == 2


SIZES = st.integers(1, 300)


@given(SIZES, SIZES, st.lists(st.tuples(st.integers(0, 299), st.integers(0, 299)), max_size=20))
def test_any_chain_makes_a_corridor_with_a_way_through(n: int, m: int, rows: list[tuple[int, int]]) -> None:
    inside = sorted({i: (i, j) for i, j in rows if i < n and j < m}.values())
    found = chain(points(inside))
    corridor = along(found, n, m)
    check(corridor, n, m)
    for i, j in found.tolist():
        assert corridor.lows[i] <= j <= corridor.highs[i]


def test_between_two_points_the_whole_box_is_looked_at() -> None:
    corridor = along(points([(100, 100), (180, 160)]), 300, 300)
    assert (corridor.lows[140], corridor.highs[140]) == (100 - PADDING, 160 + PADDING)


def test_a_long_corridor_grows_with_its_length_and_not_with_its_square() -> None:
    sizes = [len(along(points([(k, k) for k in range(0, n, 10)]), n, n)) for n in (2_000, 4_000)]
    assert sizes[1] < 2.1 * sizes[0]


@pytest.mark.parametrize(("n", "m"), [(5_000, 5_000), (200, 40_000), (40_000, 200), (1, 300_000), (300_000, 1)])
def test_a_large_box_without_points_is_a_band_with_a_way_through(n: int, m: int) -> None:
    assert n * m > LARGEST_BOX
    corridor = along(points([]), n, m)
    check(corridor, n, m)
    assert len(corridor) < 3 * (BAND + PADDING + 2) * (n + m)
