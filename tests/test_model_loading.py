"""Tiny models of the kinds that users bring, loaded from folders: vectors, names, cache, what is said of bad ones."""

from __future__ import annotations

import builtins
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from models_made_up import save_bert, save_sentence_model, save_static_model

import models.devices
from models import ModelError, Watch, load
from models.devices import Runtime, check_installed, find_runtime
from models.hub import folder_revision
from models.listing import list_models
from models.settings import Settings
from models.transformer import TransformerEncoder


@pytest.fixture(scope="module")
def sentence_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_sentence_model(tmp_path_factory.mktemp("tiny"), tmp_path_factory.mktemp("base"))


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


def loaded(folder: Path, **given: Any) -> TransformerEncoder:
    found = load(str(folder), device="cpu", **given)
    assert isinstance(found, TransformerEncoder)
    return found


def counted(encoder: TransformerEncoder) -> list[str]:
    """What the model inside is asked from now on."""
    asked: list[str] = []
    encode = encoder.model.encode

    def counting(texts: list[str], **given: Any) -> Any:
        asked.extend(texts)
        return encode(texts, **given)

    object.__setattr__(encoder, "model", _Around(encoder.model, counting))
    return asked


class _Around:
    def __init__(self, model: Any, encode: Any) -> None:
        self._model, self.encode = model, encode

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


def test_a_folder_gives_unit_rows_of_float32_and_a_zero_row_for_nothing(sentence_model: Path) -> None:
    vectors = loaded(sentence_model).encode(["a b", "", " \n", "山水。", "a b", "\ud800 a"])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), [1, 0, 0, 1, 1, 1], atol=1e-5)
    np.testing.assert_array_equal(vectors[0], vectors[4])
    assert (vectors.shape, vectors.dtype) == ((6, 16), np.float32)


def test_vectors_are_those_of_sentence_transformers(sentence_model: Path) -> None:
    from sentence_transformers import SentenceTransformer

    texts = ["a b", "山水。", "c d e"]
    expected = SentenceTransformer(str(sentence_model), device="cpu").encode(texts, normalize_embeddings=True)
    np.testing.assert_allclose(loaded(sentence_model).encode(texts), expected, atol=1e-5)


def test_a_second_run_encodes_nothing_but_a_changed_model_does(sentence_model: Path, tmp_path: Path) -> None:
    texts = ["a b", "山水。", "a " * 200]
    first = loaded(sentence_model).encode(texts)
    moved = tmp_path / "moved"
    shutil.copytree(sentence_model, moved)
    second = loaded(moved)
    asked = counted(second)
    np.testing.assert_array_equal(second.encode(texts), first)
    assert asked == []
    other = loaded(save_sentence_model(tmp_path / "other", tmp_path / "base", seed=2))
    asked = counted(other)
    assert not np.allclose(other.encode(texts), first)
    assert len(asked) > len(texts)


def test_a_model_without_cache_leaves_nothing_on_disk(sentence_model: Path, tmp_path: Path) -> None:
    loaded(sentence_model, cached=False).encode(["a b"])
    assert not (tmp_path / "home").exists()


def test_a_text_longer_than_the_window_is_never_cut(sentence_model: Path) -> None:
    encoder = loaded(sentence_model)
    asked = counted(encoder)
    long = "a b c d e。" * 30
    vectors = encoder.encode([long, long + "山" * 40])
    assert max(len(encoder.model.tokenizer(text)["input_ids"]) for text in asked) <= 64
    assert "".join(asked[: asked.index(asked[-1])]).count("山") + asked[-1].count("山") >= 40
    assert float(vectors[0] @ vectors[1]) < 0.999


def test_the_name_says_which_weights_it_was_and_how_they_ran(sentence_model: Path) -> None:
    revision = folder_revision(sentence_model)
    assert loaded(sentence_model).name == f"{sentence_model.name}@{revision[:12]}"
    assert Runtime("cuda", "torch", "half").variant == "+half"
    assert Runtime("cpu", "onnx").variant == "+onnx"


def test_the_revision_of_a_folder_is_its_content(sentence_model: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(sentence_model, copy)
    assert folder_revision(copy) == folder_revision(sentence_model)
    (copy / "README.md").write_text("other words")
    assert folder_revision(copy) == folder_revision(sentence_model)
    (copy / "config.json").write_text((copy / "config.json").read_text() + " ")
    assert folder_revision(copy) != folder_revision(sentence_model)


def test_a_prompt_that_the_model_asks_for_is_used(tmp_path: Path) -> None:
    asking = save_sentence_model(
        tmp_path / "asking", tmp_path / "base", prompts={"query": "query: "}, default_prompt_name="query"
    )
    encoder = loaded(asking)
    assert encoder.prompt == "query: "
    plain = TransformerEncoder(encoder.model, "plain")
    np.testing.assert_allclose(encoder.encode(["a b"]), plain.encode(["query: a b"]), atol=1e-5)


def test_a_model_without_pooling_is_used_with_a_remark(tmp_path: Path) -> None:
    notes: list[str] = []
    folder = save_bert(tmp_path / "bare")
    vectors = loaded(folder, watch=Watch(notes.append)).encode(["a b"])
    assert (vectors.shape, len(notes)) == ((1, 16), 1)
    assert notes[0].startswith(f"model {folder} does not say how to make one vector of a text")


def test_a_reranker_is_refused_before_its_weights_are_read(tmp_path: Path) -> None:
    folder = save_bert(tmp_path / "judge", architecture="BertForSequenceClassification")
    with pytest.raises(ModelError, match="is a classifier or reranker, which judges texts and gives no vectors"):
        loaded(folder)


def test_a_static_model_is_not_cut_and_not_cached(tmp_path: Path) -> None:
    encoder = loaded(save_static_model(tmp_path / "static", cuts=2))
    assert (encoder.cache, encoder.window) == (None, 0)
    assert not np.allclose(encoder.encode(["a a b b"]), encoder.encode(["a a"]))
    assert encoder.encode([""]).tolist() == [[0, 0, 0]]


def test_vectors_that_are_no_numbers_are_told(tmp_path: Path) -> None:
    import torch
    from safetensors.torch import load_file, save_file

    folder = save_sentence_model(tmp_path / "nan", tmp_path / "base")
    weights = load_file(folder / "model.safetensors")
    weights = {name: torch.full_like(tensor, float("nan")) for name, tensor in weights.items()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelError, match=r"gave vectors that hold no numbers: .*\.$"):
        loaded(folder)


def spoil(folder: Path, what: str) -> None:
    weights = folder / "model.safetensors"
    if what == "no weights":
        weights.unlink()
    elif what == "cut weights":
        weights.write_bytes(weights.read_bytes()[:200])
    elif what == "broken configuration":
        (folder / "config.json").write_text("{")
    elif what == "no tokenizer":
        for file in folder.glob("*token*"):
            file.unlink()
        (folder / "vocab.txt").unlink(missing_ok=True)
    elif what == "missing layer":
        shutil.rmtree(folder / "1_Pooling")
    elif what == "unknown layer":
        file = folder / "modules.json"
        file.write_text(
            file.read_text().replace(".pooling.Pooling", ".pooling.Nothing").replace(".Pooling", ".Nothing")
        )


@pytest.mark.parametrize(
    "what", ["no weights", "cut weights", "broken configuration", "no tokenizer", "missing layer", "unknown layer"]
)
def test_a_damaged_model_is_told_in_one_sentence(sentence_model: Path, tmp_path: Path, what: str) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(sentence_model, folder)
    spoil(folder, what)
    with pytest.raises(ModelError) as caught:
        loaded(folder)
    said = str(caught.value)
    assert said.startswith(f"model {folder} ")
    assert said.endswith(".")
    assert "\n" not in said
    assert len(said) < 300 + len(str(folder))


def test_a_model_that_fails_over_a_text_is_told(sentence_model: Path) -> None:
    encoder = loaded(sentence_model)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("CUDA error: out of memory\nlots of advice")

    object.__setattr__(encoder, "model", _Around(encoder.model, fail))
    with pytest.raises(ModelError, match=r"failed over a text \(CUDA error: out of memory\): try device = \"cpu\""):
        encoder.encode(["a"])


def in_the_hub_folder(folder: Path, model: Path, commit: str) -> None:
    """What fetching someone/tiny would leave."""
    repository = folder / "models--someone--tiny"
    shutil.copytree(model, repository / "snapshots" / commit)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(commit)


def test_a_model_that_was_fetched_before_needs_no_network(
    sentence_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path / "hub"))
    in_the_hub_folder(tmp_path / "hub", sentence_model, commit)
    names = ["someone/tiny", f"someone/tiny@{commit}"]
    found = [load(name, device="cpu") for name in names]
    assert [encoder.name for encoder in found] == ["someone/tiny@0123456789ab"] * 2
    np.testing.assert_array_equal(found[0].encode(["a b"]), loaded(sentence_model).encode(["a b"]))


def test_the_list_shows_what_is_installed_and_in_use(
    sentence_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path / "hub"))
    in_the_hub_folder(tmp_path / "hub", sentence_model, "0" * 40)
    rows = list_models(Settings(model="someone/tiny"))
    assert [(row.name, row.place, row.installed) for row in rows if row.current] == [
        ("someone/tiny", "someone/tiny", True)
    ]
    assert [row.name for row in rows if row.installed] == ["embedded", "someone/tiny"]
    assert [row.name for row in list_models(Settings(model="LaBSE")) if row.current] == ["labse"]


# devices ------------------------------------------------------------------------------------------------------------
def test_a_graphics_processor_goes_before_the_cpu_if_there_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    there = {"cuda": False, "mps": False}
    monkeypatch.setattr(models.devices, "_has_cuda", lambda: there["cuda"])
    monkeypatch.setattr(models.devices, "_has_mps", lambda: there["mps"])
    found = []
    for name in ("cpu", "mps", "cuda"):
        there[name] = True
        found.append(find_runtime(Settings(), Watch()).device)
    assert found == ["cpu", "mps", "cuda"]


def test_a_list_shows_a_setting_that_means_no_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path / "hub"))
    rows = list_models(Settings(model=str(tmp_path / "gone")))
    assert [(row.name, row.installed, row.needs) for row in rows if row.current] == [
        (str(tmp_path / "gone"), False, "another name: this one means no model")
    ]


@pytest.mark.parametrize("wanted", ["cuda", "mps", "gpu"])
def test_a_device_that_is_not_there_is_told(wanted: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models.devices, "_has_cuda", lambda: False)
    monkeypatch.setattr(models.devices, "_has_mps", lambda: False)
    with pytest.raises(ModelError, match=f"no device {wanted}: give cpu, or none to let it be found"):
        find_runtime(Settings(device=wanted), Watch())


def test_a_processor_beyond_those_there_are_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models.devices, "_has_cuda", lambda: True)
    monkeypatch.setattr("torch.cuda.device_count", lambda: 2)
    assert find_runtime(Settings(device="cuda:1"), Watch()).device == "cuda:1"
    with pytest.raises(ModelError, match=r"this machine has no device cuda:2: give cuda"):
        find_runtime(Settings(device="cuda:2"), Watch())


def test_half_precision_without_a_graphics_processor_is_full_with_a_remark() -> None:
    notes: list[str] = []
    assert find_runtime(Settings(device="cpu", precision="half"), Watch(notes.append)).precision == "full"
    assert notes == ["half precision is for graphics processors run by torch; full precision is used."]


@pytest.mark.parametrize(
    ("backend", "missing", "said"),
    [
        ("torch", "sentence_transformers", "needs sentence-transformers to run by torch, which is not installed: "
         "pip install sentence-transformers"),
        ("onnx", "optimum", 'needs optimum to run by onnx, which is not installed: '
         'pip install "sentence-transformers[onnx]"'),
        ("openvino", "openvino", 'needs openvino to run by openvino, which is not installed: '
         'pip install "sentence-transformers[openvino]"'),
    ],
)  # fmt: skip
def test_what_is_not_installed_is_told_with_the_command_that_helps(
    backend: Any, missing: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models.devices, "find_spec", lambda name: None if name == missing else builtins)
    with pytest.raises(ModelError) as caught:
        check_installed("labse", backend)
    assert str(caught.value) == f"model labse {said}"


def test_several_processes_give_the_vectors_of_one(sentence_model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.transformer._MANY", 2)
    texts = ["a b", "c d e", "山水。", "f g"]
    alone = loaded(sentence_model, cached=False).encode(texts)
    together = loaded(sentence_model, cached=False, processes=2)
    assert together.devices == ("cpu", "cpu")
    np.testing.assert_allclose(together.encode(texts), alone, atol=1e-5)
