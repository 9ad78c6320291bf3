"""Scores against examples worked out by hand."""

from __future__ import annotations

import pytest

from align.scores import AlignmentScore, Counts, expected_calibration_error, score

GOLD = [((0,), (0,)), ((1, 2), (1,)), ((3,), (2, 3)), ((4,), ()), ((), (4,)), ((5,), (5,))]


def test_the_gold_itself_scores_one_everywhere() -> None:
    found = score(GOLD, GOLD)
    assert found == AlignmentScore(
        strict=Counts(right=6, wrong=0, found=4, missed=0),
        lax=Counts(right=6, wrong=0, found=4, missed=0),
        null=Counts(right=2, wrong=0, found=2, missed=0),
    )
    assert (found.strict.f1, found.lax.f1, found.null.f1) == (1.0, 1.0, 1.0)


def test_precision_counts_one_sided_beads_and_recall_only_gold_with_both_sides() -> None:
    proposed = [((0,), (0,)), ((1,), (1,)), ((2,), ()), ((3,), (2, 3)), ((4,), (4,)), ((5,), (5,))]
    found = score(proposed, GOLD)
    # strict: 0-0, 3-2.3, 5-5 of six; lax: also 1-1. Of four two-sided gold beads three are found, laxly all.
    assert found.strict == Counts(right=3, wrong=3, found=3, missed=1)
    assert found.lax == Counts(right=4, wrong=2, found=4, missed=0)
    assert found.null == Counts(right=0, wrong=1, found=0, missed=2)
    assert found.strict.precision == pytest.approx(0.5)
    assert found.strict.recall == pytest.approx(0.75)
    assert found.strict.f1 == pytest.approx(0.6)
    assert found.lax.f1 == pytest.approx(0.8)
    assert found.null.f1 == 0.0


def test_a_bead_that_shares_a_unit_on_one_side_only_is_not_laxly_right() -> None:
    found = score([((0,), (1,)), ((1,), (0,))], [((0,), (0,)), ((1,), (1,))])
    assert found.lax == Counts(right=0, wrong=2, found=0, missed=2)


def test_a_right_omission_counts_for_precision_and_not_for_recall() -> None:
    found = score([((0,), ()), ((), (0,))], [((0,), ()), ((), (0,))])
    assert found.strict == Counts(right=2, wrong=0, found=0, missed=0)
    assert found.strict.recall == 0.0


def test_beads_empty_on_both_sides_are_left_out() -> None:
    assert score([((), ()), ((0,), (0,))], [((0,), (0,)), ((), ())]).strict == Counts(1, 0, 1, 0)


def test_null_units_are_counted_one_by_one_whatever_their_beads() -> None:
    found = score([((0, 1), ()), ((), (0,))], [((0,), ()), ((1,), ()), ((2,), (0,))])
    assert found.null == Counts(right=2, wrong=1, found=2, missed=0)
    assert found.null.f1 == pytest.approx(0.8)


def test_units_of_the_same_number_on_both_sides_are_not_confused() -> None:
    assert score([((), (3,))], [((3,), ())]).null == Counts(right=0, wrong=1, found=0, missed=1)


def test_nothing_proposed_and_nothing_to_find_is_zero_and_no_error() -> None:
    found = score([], [])
    assert found == AlignmentScore()
    assert (found.strict.precision, found.strict.recall, found.strict.f1) == (0.0, 0.0, 0.0)


def test_scores_of_documents_add_up_by_their_counts() -> None:
    one = score([((0,), (0,))], [((0,), (0,))])
    other = score([((0,), (1,))], [((0,), (0,)), ((), (1,))])
    total = one + other
    assert total.strict == Counts(right=1, wrong=1, found=1, missed=1)
    assert total.null == Counts(right=0, wrong=0, found=0, missed=1)
    assert total.strict.f1 == pytest.approx(0.5)


def test_calibration_error_is_the_mean_gap_over_bins_weighted_by_size() -> None:
    # Two at 0.95, one right: gap 0.45; two at 0.15, none right: gap 0.15; half of each.
    confidences, right = [0.95, 0.95, 0.15, 0.15], [True, False, False, False]
    assert expected_calibration_error(confidences, right) == pytest.approx((0.45 + 0.15) / 2)


def test_a_gap_within_a_bin_may_cancel_and_across_bins_may_not() -> None:
    assert expected_calibration_error([0.5, 0.5], [True, False]) == pytest.approx(0)
    assert expected_calibration_error([0.25, 0.75], [True, False]) == pytest.approx(0.75)


def test_confidence_one_belongs_to_the_last_bin() -> None:
    assert expected_calibration_error([1.0, 0.9], [True, True]) == pytest.approx(0.05)


def test_no_confidences_have_no_calibration_error() -> None:
    assert expected_calibration_error([], []) == 0.0
