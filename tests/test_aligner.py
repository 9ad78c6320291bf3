"""The aligner of one stream: what holds for any texts, and what it must find."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.aligner import Aligner
from align.bead import Bead
from align.table import BeadKind
from models import load_embedded
from models.encoder import Encoder, WordEncoder
from tests.fakes import AdditiveEncoder, OpaqueEncoder, sentence, sentences

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def aligner(encoder: Encoder) -> Aligner:
    """As ``Aligner.make``, with the fake's own words where it has none."""
    words = encoder if isinstance(encoder, WordEncoder) else AdditiveEncoder()
    made = Aligner.make(encoder)
    return Aligner(encoder, words, made.scorer, made.calibration)


FAKE, OPAQUE = aligner(AdditiveEncoder()), aligner(OpaqueEncoder())


@pytest.fixture(scope="session")
def embedded() -> Aligner:
    return Aligner.make(load_embedded())


def links(beads: Sequence[Bead]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.zh, bead.en) for bead in beads]


def one_to_one(count: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [((k,), (k,)) for k in range(count)]


def check(beads: Sequence[Bead], zh: Sequence[str], en: Sequence[str]) -> None:
    """What holds for every alignment whatever the texts."""
    assert sorted(k for bead in beads for k in bead.zh) == list(range(len(zh)))
    assert sorted(k for bead in beads for k in bead.en) == list(range(len(en)))
    for side in ("zh", "en"):
        runs = [getattr(bead, side) for bead in beads]
        in_order = [k for bead, run in zip(beads, runs, strict=True) if bead.kind is not BeadKind.MOVED for k in run]
        assert in_order == sorted(in_order)
        assert all(b == a + 1 for run in runs for a, b in pairwise(run))
    for bead in beads:
        assert 0 <= bead.confidence <= 1
        both = bool(bead.zh and bead.en)
        assert both == (bead.kind in {BeadKind.LINK, BeadKind.MOVED})
        assert both == (bead.similarity is not None)
        assert bead.similarity is None or -1.001 <= bead.similarity <= 1.001
        assert both or len(bead.zh) + len(bead.en) == 1


ODD = st.sampled_from(
    ["", " ", "\n", "\0", "a\0b", "，", "3.", "(a)", "第六十七届会议", "Sixty-seventh session", "2018年12月17日",
     "17 December 2018", "同一行", "The same line", "x" * 3000, "中" * 2000, "\U00020000", "🙂", "\u200b", "A/RES/1"]
)  # fmt: skip
TEXTS = st.lists(st.one_of(ODD, st.text(max_size=30)), max_size=9)


@FEW
@given(TEXTS, TEXTS)
def test_any_two_lists_of_texts_align(zh: list[str], en: list[str]) -> None:
    check(FAKE.align(zh, en), zh, en)


@FEW
@given(TEXTS, TEXTS)
def test_any_two_lists_of_texts_align_with_the_embedded_model(embedded: Aligner, zh: list[str], en: list[str]) -> None:
    check(embedded.align(zh, en), zh, en)


@FEW
@given(TEXTS, TEXTS)
def test_any_two_lists_of_texts_align_with_a_model_that_knows_no_words(zh: list[str], en: list[str]) -> None:
    check(OPAQUE.align(zh, en), zh, en)


@FEW
@given(st.integers(0, 12), st.integers(0, 12))
def test_the_same_line_again_and_again_aligns(n: int, m: int) -> None:
    zh, en = ["山水火。"] * n, ["mountain water fire."] * m
    check(FAKE.align(zh, en), zh, en)


def test_nothing_aligns_with_nothing() -> None:
    assert FAKE.align([], []) == ()


def test_a_side_without_text_leaves_the_other_alone() -> None:
    assert [(b.zh, b.en, b.kind) for b in FAKE.align(["山。", "水。"], [])] == [
        ((0,), (), BeadKind.ZH_ONLY),
        ((1,), (), BeadKind.ZH_ONLY),
    ]
    assert [(b.zh, b.en, b.kind) for b in FAKE.align([], ["Fire."])] == [((), (0,), BeadKind.EN_ONLY)]


def test_a_half_of_a_surrogate_pair_aligns_as_any_character(embedded: Aligner) -> None:
    zh, en = ["山\ud800水。", "火。"], ["mountain water.", "fire \udfff."]
    check(FAKE.align(zh, en), zh, en)
    check(embedded.align(zh, en), zh, en)


@pytest.mark.parametrize("made", [FAKE, OPAQUE], ids=["words", "texts"])
def test_translations_line_by_line_are_linked_line_by_line(made: Aligner) -> None:
    zh, en = sentences(25)
    assert links(made.align(zh, en)) == one_to_one(25)


def test_the_same_texts_give_the_same_beads() -> None:
    zh, en = sentences(30, seed=4)
    del zh[7], en[19]
    assert FAKE.align(zh, en) == aligner(AdditiveEncoder()).align(zh, en)


@pytest.mark.parametrize("made", [FAKE, OPAQUE], ids=["words", "texts"])
def test_a_line_missing_on_either_side_is_found(made: Aligner) -> None:
    zh, en = sentences(20, seed=1)
    del en[6], zh[13]
    beads = made.align(zh, en)
    check(beads, zh, en)
    assert [b.zh for b in beads if b.kind is BeadKind.ZH_ONLY] == [(6,)]
    assert [b.en for b in beads if b.kind is BeadKind.EN_ONLY] == [(12,)]
    assert len(beads) == 20


def test_a_run_of_missing_lines_is_found() -> None:
    zh, en = sentences(24, seed=2)
    beads = FAKE.align(zh, en[:8] + en[14:])
    assert [b.zh for b in beads if b.kind is BeadKind.ZH_ONLY] == [(k,) for k in range(8, 14)]


@pytest.mark.parametrize("made", [FAKE, OPAQUE], ids=["words", "texts"])
def test_two_lines_joined_on_one_side_are_one_bead(made: Aligner) -> None:
    zh, en = sentences(20, seed=5)
    en[4:6] = [f"{en[4]} {en[5]}"]
    zh[12:14] = [zh[12] + zh[13]]
    beads = links(made.align(zh, en))
    assert beads[4] == ((4, 5), (4,))
    assert beads[11] == ((12,), (11, 12))
    assert len(beads) == 18


def test_a_title_that_stands_elsewhere_is_found() -> None:
    zh, en = sentences(20, seed=6)
    en = [*en[1:], en[0]]
    moved = [(b.zh, b.en) for b in FAKE.align(zh, en) if b.kind is BeadKind.MOVED]
    assert moved == [((0,), (19,))]


def test_a_long_pair_is_aligned_as_well_inside_a_corridor() -> None:
    zh, en = sentences(420, seed=7)
    del zh[100:103], en[300:302]
    found = FAKE.align(zh, en)
    check(found, zh, en)
    expected = [((k,), (k,)) for k in range(100)]
    expected += [((k - 3,), (k,)) for k in range(103, 300)]
    expected += [((k - 3,), (k - 2,)) for k in range(302, 420)]
    assert set(expected) <= set(links(found))
    assert len(found) == len(expected) + 3 + 2


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("In 2015 there were 3,400 ships.", "In 2015 there were 9,100 ships."),
        ("On 4 May 2011 it adopted resolution 65/8.", "On 9 June 2014 it adopted resolution 67/9."),
    ],
)
def test_a_wrong_number_lowers_the_confidence(embedded: Aligner, right: str, wrong: str) -> None:
    zh_line = "2015年有3 400艘船。" if "ships" in right else "2011年5月4日，它通过第65/8号决议。"
    zh = ["委员会举行了会议。", zh_line, "主席感谢各位代表。"]
    en = ["The Committee held a meeting.", right, "The Chair thanked all delegations."]
    confidences = []
    for line in (right, wrong):
        beads = {(b.zh, b.en): b.confidence for b in embedded.align(zh, [en[0], line, en[2]])}
        confidences.append(beads.get(((1,), (1,)), 0.0))
    assert confidences[1] < confidences[0]


def test_beads_inside_boxes_keep_to_them() -> None:
    zh, en = sentences(12, seed=8)
    boxes = [(range(4), range(4)), (range(4, 6), range(0)), (range(0), range(4, 5)), (range(6, 12), range(5, 12))]
    found = FAKE.align_boxes(zh, en, boxes)
    for beads, (left, right) in zip(found, boxes, strict=True):
        assert sorted(k for b in beads for k in b.zh) == list(left)
        assert sorted(k for b in beads for k in b.en) == list(right)
    assert links(found[0]) == one_to_one(4)
    assert {((k,), (k,)) for k in range(6, 12)} <= set(links(found[3]))


def test_confident_beads_are_those_of_texts_that_say_the_same() -> None:
    rng = np.random.default_rng(9)
    zh, en = sentences(16, seed=9)
    en[8] = sentence(rng)[1]
    sure = {(b.zh, b.en): b.confidence for b in FAKE.align(zh, en)}
    same = [confidence for (left, right), confidence in sure.items() if left and left == right and left != (8,)]
    assert len(same) == 15
    assert sure.get(((8,), (8,)), 0.0) < min(same)
