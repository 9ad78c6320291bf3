"""How the embedded model is made: what is learned from, what a batch is, the objective, the folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from commands import ROOT
from scipy.sparse import csr_array

from models.folder import quantise, write_static_model
from models.static import load_static
from models.training.adam import LazyAdam
from models.training.batches import Tokens, batches, used
from models.training.data import HeldOut, Pair
from models.training.fit import Settings, fit
from models.training.objective import contrast, same_texts
from models.training.prepare import prepare
from models.training.subwords import composition, parts
from models.training.tuning import tune
from models.training.vocabulary import train_tokenizer

WORDS = {
    "水": "water",
    "火": "fire",
    "山": "mountain",
    "河": "river",
    "国家": "state",
    "法律": "law",
    "会议": "meeting",
}


def pairs(count: int) -> list[Pair]:
    """Made-up sentences of three words each, in the order of both languages."""
    rng = np.random.default_rng(0)
    chosen = [rng.choice(list(WORDS), 3, replace=False) for _ in range(count)]
    return [Pair(" ".join(WORDS[zh] for zh in words), "，".join(words), "made up") for words in chosen]


def plain_contrast(left: torch.Tensor, right: torch.Tensor, same: torch.Tensor, scale: float) -> torch.Tensor:
    scores = scale * torch.nn.functional.normalize(left) @ torch.nn.functional.normalize(right).T
    scores = scores.masked_fill(same, -torch.inf)
    target = torch.arange(len(scores))
    entropy = torch.nn.functional.cross_entropy
    return (entropy(scores, target) + entropy(scores.T, target)) / 2


def test_the_gradient_worked_out_by_hand_is_that_of_the_plain_objective() -> None:
    generator = torch.Generator().manual_seed(1)
    left, right = (torch.randn(9, 16, generator=generator).requires_grad_() for _ in range(2))
    same = torch.zeros(9, 9, dtype=torch.bool)
    same[2, 5] = same[5, 2] = True
    expected = plain_contrast(left, right, same, 5.0)
    expected.backward()
    assert left.grad is not None
    assert right.grad is not None
    rows, columns = torch.tensor([2, 5]), torch.tensor([5, 2])
    loss, left_slope, right_slope = contrast(left.detach(), right.detach(), (rows, columns), 5.0)
    assert loss == pytest.approx(expected.item(), rel=0.01)  # bfloat16 has three digits
    for found, slope in ((left_slope, left.grad), (right_slope, right.grad)):
        assert torch.linalg.norm(found - slope) < 0.02 * torch.linalg.norm(slope)


def test_rows_that_share_a_text_in_either_language_are_no_negatives_of_each_other() -> None:
    rows, columns = same_texts(np.array([[1, 10], [2, 20], [1, 30], [4, 20], [5, 50]]))
    assert set(zip(rows.tolist(), columns.tolist(), strict=True)) == {(0, 2), (2, 0), (1, 3), (3, 1)}


def test_the_lazy_optimiser_moves_what_it_is_given_as_torch_does() -> None:
    generator = torch.Generator().manual_seed(2)
    ours = torch.randn(5, 3, generator=generator)
    theirs = torch.nn.Embedding.from_pretrained(ours.clone(), freeze=False, sparse=True)
    adam, reference = LazyAdam(ours), torch.optim.SparseAdam(list(theirs.parameters()), lr=0.1)
    for rows in ([0, 2], [2, 3], [0, 3]):
        at = torch.tensor(rows)
        slope = torch.randn(len(rows), 3, generator=generator)
        reference.zero_grad()
        (theirs(at) * slope).sum().backward()
        reference.step()
        adam.step(at, slope, 0.1)
    torch.testing.assert_close(ours, theirs.weight.detach(), rtol=1e-4, atol=1e-5)
    adam.forget_untouched()
    assert ours.abs().sum(1).gt(0).tolist() == [True, False, True, True, False]


def test_neighbours_stay_together_and_heavy_pairs_come_more_often() -> None:
    weights = np.array([1] * 16 + [3] * 8)
    (rows,) = batches(weights, 40, 4, np.random.default_rng(0))
    assert np.bincount(rows).tolist() == weights.tolist()
    assert (np.diff(rows) == 1).sum() >= 24  # of 40 rows in runs of four, some cut at the ends


def test_a_batch_counts_tokens_and_keeps_those_that_occur() -> None:
    tokens = Tokens(np.array([4, 4, 1, 2, 7, 2], np.int32), np.array([0, 3, 3, 6]))
    counts = tokens.counts(np.array([2, 0]), 9)
    np.testing.assert_array_equal(counts.toarray(), [[0, 0, 2, 0, 0, 0, 0, 1, 0], [0, 1, 0, 0, 2, 0, 0, 0, 0]])
    columns, narrow = used(csr_array(counts))
    assert columns.tolist() == [1, 2, 4, 7]
    np.testing.assert_array_equal(narrow.toarray(), [[0, 2, 0, 1], [1, 0, 2, 0]])


def test_the_parts_of_a_token() -> None:
    assert parts("恐怖主义") == ["恐", "怖", "主", "义", "恐怖", "怖主", "主义", "恐怖主", "怖主义"]
    assert parts("arabs") == ["ara", "rab", "abs", "arab", "rabs"]
    assert [parts(token) for token in ("法", "un", "2014", "，")] == [[], [], [], []]


def test_tokens_share_the_parts_they_have_in_common_and_both_scripts_share_the_simplified_form() -> None:
    def to_simplified(text: str) -> str:
        return text.replace("國", "国")

    matrix = composition(["[PAD]", "国家", "國家", "arab", "arabs", "x"], to_simplified)
    dense = matrix.toarray()
    assert dense[:, :6].tolist() == np.eye(6).tolist()
    third = np.float32(3**-0.5)  # 国, 家 and the whole in simplified script
    np.testing.assert_allclose(dense[1, 6:], dense[2, 6:])
    np.testing.assert_allclose(sorted(dense[1, 6:]), [0, 0, third, third, third], rtol=1e-6)
    half = np.float32(2**-0.5)  # ara and rab; the whole "arab" is a part of one token only
    np.testing.assert_allclose(dense[3, 6:], [0, 0, 0, half, half], rtol=1e-6)
    assert not dense[5, 6:].any()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第六十九届会议", ["第", "六十九", "届会议"]),
        ("2014年12月3日", ["2014", "年", "12月", "3", "日"]),
        ("A/RES/67/189 UN决议", ["A", "/", "RES", "/", "67", "/", "189", "UN", "决议"]),
        ("十分，état", ["十分", "，", "état"]),
    ],
)
def test_text_is_cut_into_runs_before_tokens_are_learned(text: str, expected: list[str]) -> None:
    tokenizer = train_tokenizer(["abc"], 10)
    assert [piece for piece, _ in tokenizer.pre_tokenizer.pre_tokenize_str(text)] == expected


def test_held_out_lines_are_known_when_equal_or_half_made_of_held_out_text() -> None:
    line = "The General Assembly, recalling its previous resolutions on the subject,"
    held_out = HeldOut([line, "New York"])
    assert held_out.holds(line.upper())
    assert held_out.holds(f"{line} decides to meet again.")
    assert not held_out.holds("Recalling the law of the sea, which is another text altogether, and long.")
    assert not held_out.holds("New York")  # a name that every text has


def settings(vocabulary: int, **other: float) -> Settings:
    return Settings(**({"vocabulary": vocabulary, "dimensions": 16, "batch": 64, "epochs": 6, "rate": 0.05} | other))


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model trained on 512 made-up sentences."""
    folder = tmp_path_factory.mktemp("toy")
    prepared = prepare(pairs(512), 200)
    table = fit(prepared.material, settings(prepared.tokenizer.get_vocab_size()))
    write_static_model(folder, prepared.tokenizer, table, "toy")
    return folder


def test_training_finds_which_words_belong_together(toy: Path) -> None:
    encoder = load_static(toy)
    cosines = encoder.encode(list(WORDS)) @ encoder.encode(list(WORDS.values())).T
    assert cosines.argmax(axis=1).tolist() == list(range(len(WORDS)))


def test_the_same_seed_gives_the_same_model() -> None:
    prepared = prepare(pairs(128), 200)
    few = settings(prepared.tokenizer.get_vocab_size(), epochs=1)
    np.testing.assert_array_equal(fit(prepared.material, few), fit(prepared.material, few))


def test_tuning_teaches_a_new_rendering_and_leaves_the_others(toy: Path) -> None:
    before = load_static(toy)
    new = [Pair(pair.en.replace("law", "river river"), pair.zh, "own") for pair in pairs(64)]
    table = tune(toy, [(pair.zh, pair.en) for pair in new], epochs=3)
    assert table.shape == before.table.shape

    def cosine(table: np.ndarray, zh: str, en: str) -> float:
        vectors = [table[before.tokenizer.encode(text).ids].sum(0) for text in (zh, en)]
        return float(vectors[0] @ vectors[1] / np.linalg.norm(vectors[0]) / np.linalg.norm(vectors[1]))

    assert cosine(table, "法律", "river") > cosine(before.table, "法律", "river")
    assert cosine(table, "火", "fire") > 0.8


def test_a_row_of_bytes_is_within_half_a_step_of_the_row() -> None:
    table = np.random.default_rng(3).normal(size=(50, 32)).astype(np.float32)
    table[7] = 0
    rows, scales = quantise(table)
    assert rows.dtype == np.int8
    assert (np.abs(rows * scales[:, None] - table) <= scales[:, None] / 2 + 1e-7).all()
    assert scales[7] == 0


TEXTS = ["回顾其以往各项决议，", "Recalling its previous resolutions,", "", "2014年12月3日", "水，火", "∀"]


def test_numpy_sentence_transformers_and_model2vec_read_the_same_vectors(toy: Path) -> None:
    from model2vec import StaticModel
    from sentence_transformers import SentenceTransformer

    from models import EMBEDDED

    for folder in (toy, EMBEDDED):
        ours = load_static(folder).encode(TEXTS)
        theirs = SentenceTransformer(str(folder), device="cpu").encode(TEXTS)
        assert theirs.dtype == ours.dtype == np.float32
        np.testing.assert_allclose(theirs, ours, atol=1e-5)
        np.testing.assert_allclose(StaticModel.from_pretrained(folder).encode(TEXTS), ours, atol=1e-5)
        np.testing.assert_allclose(np.linalg.norm(ours, axis=1), ours.any(axis=1), atol=1e-5)


@pytest.mark.shared
def test_the_training_command_makes_a_model_with_its_card(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "models.train", "../shared", "--out", str(tmp_path), "--sample", "3000"]
    subprocess.run([*command, "--epochs", "1"], cwd=ROOT, check=True, capture_output=True)
    card = (tmp_path / "README.md").read_text("utf-8")
    assert "| UNPC development set | " in card
    assert "| tw_moj_laws |" in card
    assert load_static(tmp_path).encode(["决议"]).shape == (1, Settings().dimensions)
