"""Made-up documents of known alignment, and the learning of weights from them."""

from __future__ import annotations

import numpy as np
import pytest

from align.fitting.objective import example, fit, judged, platt
from align.fitting.synthetic import MadeUp, make_up
from tests.fakes import AdditiveEncoder, sentences


def pairs(count: int, seed: int) -> list[tuple[str, str]]:
    zh, en = sentences(count, seed)
    return list(zip(zh, en, strict=True))


@pytest.mark.parametrize("seed", range(12))
def test_every_unit_of_a_made_up_document_is_in_one_bead_in_order(seed: int) -> None:
    made = make_up(pairs(30, seed), np.random.default_rng(seed))
    assert [k for zh, _ in made.links for k in zh] == list(range(len(made.zh)))
    assert [k for _, en in made.links for k in en] == list(range(len(made.en)))
    assert all(zh or en for zh, en in made.links)


def test_the_same_seed_makes_the_same_document() -> None:
    first, second = (make_up(pairs(30, 1), np.random.default_rng(5)) for _ in range(2))
    assert (first.zh, first.en, first.links) == (second.zh, second.en, second.links)


def test_documents_are_made_with_omissions_and_with_joins() -> None:
    shapes = {
        (len(zh), len(en))
        for seed in range(40)
        for zh, en in make_up(pairs(30, seed), np.random.default_rng(seed)).links
    }
    assert {(1, 1), (1, 0), (0, 1), (1, 2), (2, 1)} <= shapes


def test_a_bead_is_added_behind_what_is_there() -> None:
    made = MadeUp()
    made.add(["甲"], ["a"])
    made.add([], ["b"])
    made.add(["乙", "丙"], ["c"])
    assert (made.zh, made.en) == (["甲", "乙", "丙"], ["a", "b", "c"])
    assert made.links == [((0,), (0,)), ((), (1,)), ((1, 2), (2,))]


def test_weights_learned_from_made_up_documents_find_the_alignment_of_others() -> None:
    encoder = AdditiveEncoder()
    examples = [example(make_up(pairs(25, seed), np.random.default_rng(seed)), encoder, encoder) for seed in range(16)]
    scorer = fit(examples[:12], rounds=40)
    links, alone = judged(examples[12:], scorer)
    assert len(links) + len(alone) > 60
    assert np.mean([right for _, right in links]) > 0.9
    assert all(0 <= probability <= 1 + 1e-6 for probability, _ in links + alone)


def test_platt_scaling_leaves_true_probabilities_as_they_are() -> None:
    rng = np.random.default_rng(2)
    probabilities = rng.uniform(0.02, 0.98, size=4000)
    right = rng.random(4000) < probabilities
    slope, intercept = platt(list(zip(probabilities.tolist(), right.tolist(), strict=True)))
    assert slope == pytest.approx(1, abs=0.1)
    assert intercept == pytest.approx(0, abs=0.1)


def test_platt_scaling_tempers_probabilities_that_are_too_sure() -> None:
    rng = np.random.default_rng(3)
    odds = rng.normal(scale=2, size=4000)
    right = rng.random(4000) < 1 / (1 + np.exp(-odds))
    boasted = 1 / (1 + np.exp(-2 * odds))
    slope, _ = platt(list(zip(boasted.tolist(), right.tolist(), strict=True)))
    assert slope == pytest.approx(0.5, abs=0.06)
