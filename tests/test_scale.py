"""What the benchmark of size is made of: pairs with other numbers, labels of documents, what is reckoned."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.scale import reckoned
from benchmarks.scale_pairs import labels, with_other_numbers


def test_numbers_are_changed_alike_on_both_sides() -> None:
    changed = with_other_numbers(("第12条共3款", "article 12 has 3 paragraphs"), np.random.default_rng(1))
    assert changed == ("第52条共5款", "article 52 has 5 paragraphs")


def test_a_name_with_digits_in_it_stays() -> None:
    changed = with_other_numbers(("A4纸共7张", "7 sheets of A4"), np.random.default_rng(1))
    assert changed == ("A4纸共5张", "5 sheets of A4")


def test_a_pair_whose_sides_have_other_numbers_is_left_out() -> None:
    assert with_other_numbers(("第12条", "article 13"), np.random.default_rng(1)) is None
    assert with_other_numbers(("没有数字", "no number"), np.random.default_rng(1)) is None


def test_every_document_has_a_symbol_of_its_own_and_a_date_that_there_is() -> None:
    all_labels = [dict(labels(number)) for number in range(6000)]
    assert all_labels[0] == {"symbol": "A/RES/49/1", "date": "1994-01-01", "body": "General Assembly"}
    assert len({each["symbol"] for each in all_labels}) == 6000
    dates = np.array([each["date"] for each in all_labels], dtype="datetime64[D]")
    assert (str(dates.min()), str(dates.max())) == ("1994-01-01", "2024-12-28")


def test_what_grows_with_the_square_goes_on_so() -> None:
    assert reckoned((10, 3.0), (100, 300.0), 1000) == pytest.approx(30_000.0)
