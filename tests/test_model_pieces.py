"""Long texts are cut where a reader would pause, nothing of them is lost, and their vector is that of the whole."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from models_made_up import CountingModel

from models import ModelError
from models.pieces import cut, pool, unit
from models.transformer import TransformerEncoder


@pytest.mark.parametrize(
    ("text", "window", "pieces"),
    [
        ("短文。", 9, ["短文。"]),
        ("一二三四五。六七八九十。", 8, ["一二三四五。", "六七八九十。"]),
        ("One two. Three four.", 12, ["One two. ", "Three four."]),
        ("He paid 1.5 dollars today", 14, ["He paid 1.5 ", "dollars today"]),
        ("甲乙丙，丁戊己", 5, ["甲乙丙，", "丁戊己"]),
        ("他说：“好。”她走了。", 7, ["他说：“好。”", "她走了。"]),
        ("abcdefghij", 4, ["abc", "def", "ghij"]),
        ("", 4, [""]),
    ],
)
def test_a_text_is_cut_at_the_strongest_pause_near_the_middle(text: str, window: int, pieces: list[str]) -> None:
    assert cut(text, window, len) == pieces


def test_a_character_written_with_several_is_not_cut_in_two() -> None:
    assert cut("e\u0301" * 4, 4, len) == ["e\u0301e\u0301", "e\u0301e\u0301"]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab 。，.\n字", max_size=80), st.integers(min_value=1, max_value=12))
def test_pieces_are_short_enough_and_are_the_text(text: str, window: int) -> None:
    pieces = cut(text, window, len)
    assert "".join(pieces) == text
    assert max(len(piece) for piece in pieces) <= max(window, 1)


def test_pieces_are_pooled_by_their_length() -> None:
    vectors = np.array([[1, 0], [0, 1], [0, 2]], dtype=np.float32)
    pooled = pool(vectors, [3, 4, 1], [2, 1])
    np.testing.assert_allclose(pooled, [[0.6, 0.8], [0, 1]], atol=1e-6)


def test_a_zero_row_stays_one() -> None:
    np.testing.assert_array_equal(unit(np.array([[0, 0], [0, 3]], dtype=np.float32)), [[0, 0], [0, 1]])


def test_the_end_of_a_long_text_is_in_its_vector() -> None:
    model = CountingModel(window=12)  # two of them for special tokens
    vectors = TransformerEncoder(model, "fake").encode(["a" * 10 + "b" * 10, "a" * 10])
    np.testing.assert_allclose(vectors, [[0.5**0.5, 0.5**0.5, 0, 0], [1, 0, 0, 0]], atol=1e-6)
    assert max(len(text) for text in model.asked) == 10


def test_the_prompt_takes_its_part_of_the_window_and_comes_with_every_piece() -> None:
    model = CountingModel(window=20)
    encoder = TransformerEncoder(model, "fake", prompt="query: ")
    encoder.encode(["a" * 11 + "b" * 11])
    assert model.asked == ["a" * 11, "b" * 11]
    assert model.prompts_asked == {"query: "}


def test_a_window_that_leaves_no_room_is_told() -> None:
    with pytest.raises(ModelError, match=r"^model fake takes 12 tokens at most.*\.$"):
        TransformerEncoder(CountingModel(window=12), "fake", prompt="query: ").encode(["a"])


def test_long_texts_come_in_small_batches() -> None:
    model = CountingModel(window=40_000)
    encoder = TransformerEncoder(model, "fake")
    encoder.encode(["a" * 8192])
    encoder.encode(["b"])
    assert model.batches == [2, 64]


def test_a_model_without_limit_gets_texts_whole() -> None:
    model = CountingModel(window=None)
    TransformerEncoder(model, "fake").encode(["a" * 5000])
    assert model.asked == ["a" * 5000]
