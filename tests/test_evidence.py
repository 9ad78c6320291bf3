"""The features of candidate beads: the same in whatever blocks they are computed, and what they say."""

from __future__ import annotations

import numpy as np
import pytest

from align.corridor import Region, along, full
from align.evidence import FEATURES, SHAPES, Evidence
from align.pairing import gather, nearest
from align.scoring import blocks, fitting
from tests.fakes import AdditiveEncoder, sentences

ODD_ZH = ["", "\0", "3.", "（一）山水。", "2018年12月17日通过第67/189号决议。", "山水火。", "山水火。", "INTERPOL"]
ODD_EN = [
    "",
    "(i) Mountain water.",
    "On 17 December 2018 it adopted resolution 67/189.",
    "mountain water fire.",
    " ",
    "INTERPOL",
]


@pytest.fixture(scope="module")
def odd() -> Evidence:
    return gather(ODD_ZH, ODD_EN, AdditiveEncoder(), AdditiveEncoder())


def at(evidence: Evidence, i: int, j: int, shape: tuple[int, int], feature: str) -> float:
    return float(evidence.block(i, 1, j, 1)[0, 0, SHAPES.index(shape), FEATURES.index(feature)])


def test_features_do_not_depend_on_the_block_they_are_computed_in(odd: Evidence) -> None:
    whole = odd.block(0, 8, 0, 6)
    pieces = np.concatenate(
        [np.concatenate([odd.block(i, 2, j, 3) for j in (0, 3)], axis=1) for i in (0, 2, 4, 6)], axis=0
    )
    np.testing.assert_allclose(pieces, whole, atol=1e-5)


def test_every_feature_of_any_text_is_a_number(odd: Evidence) -> None:
    assert np.isfinite(odd.block(0, 8, 0, 6)).all()
    assert all(np.isfinite(side).all() for side in odd.alone)


def test_blocks_of_a_corridor_hold_its_nodes_in_order() -> None:
    zh, en = sentences(50, seed=31)
    evidence = gather(zh, en, AdditiveEncoder(), AdditiveEncoder())
    corridor = along(np.array([[10, 10], [30, 30]]), 50, 50)
    whole = evidence.block(0, 51, 0, 51)
    rows = np.concatenate([whole[i, corridor.lows[i] : corridor.highs[i] + 1] for i in range(51)])
    parts = list(blocks(evidence, Region(corridor)))
    assert [piece.start for piece, _ in parts[1:]] == [piece.stop for piece, _ in parts[:-1]]
    np.testing.assert_allclose(np.concatenate([features for _, features in parts]), rows, atol=1e-5)


def test_beads_that_reach_over_the_end_do_not_fit() -> None:
    fits = fitting(full(3, 2)).reshape(4, 3, len(SHAPES))
    expected = [[[i + a <= 3 and j + b <= 2 for a, b in SHAPES] for j in range(3)] for i in range(4)]
    np.testing.assert_array_equal(fits, expected)


def test_a_shared_number_speaks_for_a_bead_and_a_missing_one_against(odd: Evidence) -> None:
    assert at(odd, 4, 2, (1, 1), "shared numbers") > at(odd, 4, 3, (1, 1), "shared numbers") == 0
    assert at(odd, 4, 3, (1, 1), "missing numbers") > at(odd, 4, 2, (1, 1), "missing numbers") == 0


def test_labels_agree_across_the_languages(odd: Evidence) -> None:
    assert at(odd, 3, 1, (1, 1), "labels agree") == 1
    assert at(odd, 2, 1, (1, 1), "labels differ") == 1
    assert at(odd, 3, 3, (1, 1), "label one-sided") == 1


def test_a_shared_name_is_counted(odd: Evidence) -> None:
    assert at(odd, 7, 5, (1, 1), "shared names") > at(odd, 5, 5, (1, 1), "shared names") == 0


def test_a_translation_is_nearer_than_the_background() -> None:
    zh, en = sentences(30, seed=32)
    evidence = gather(zh, en, AdditiveEncoder(), AdditiveEncoder())
    cosines = evidence.block(0, 30, 0, 30)[:, :, 0, FEATURES.index("cosine")]
    assert cosines.argmax(axis=1).tolist() == list(range(30))
    assert evidence.background.usual > evidence.background.mean + 2 * evidence.background.deviation


def test_the_background_of_few_units_leaves_out_what_belongs_together() -> None:
    zh, en = sentences(30, seed=32)
    few = gather(zh[:4], en[:4], AdditiveEncoder(), AdditiveEncoder()).background
    many = gather(zh, en, AdditiveEncoder(), AdditiveEncoder()).background
    assert few.deviation < 2 * many.deviation  # a quarter of the sixteen pairs are translations


def test_the_nearest_neighbours_of_a_large_set_are_those_of_a_full_search(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    units = rng.normal(size=(3000, 16)).astype(np.float32)
    units /= np.linalg.norm(units, axis=1, keepdims=True)
    queries = units + rng.normal(scale=0.02, size=units.shape).astype(np.float32)
    exact, _ = nearest(queries, units, 1)
    monkeypatch.setattr("align.pairing.EXACT_SEARCH_UP_TO", 0)
    looked_up, cosines = nearest(queries, units, 1)
    assert np.mean(exact == looked_up) > 0.99
    assert cosines.shape == (3000, 1)
