"""What a name means, what the user has settled, and what is said where a name means nothing."""

from __future__ import annotations

import errno
import json
import re
from pathlib import Path

import pytest
from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError

from models import ModelError, check, load, load_embedded
from models.choice import Choice, choose
from models.hub import fetch_configuration
from models.kinds import check_kind
from models.presets import PRESETS, closest_preset, find_preset
from models.settings import Settings, cache_folder, read_settings, settings_file


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for key in ("MODEL", "DEVICE", "BACKEND", "PRECISION", "PROCESSES", "TRUST_REMOTE_CODE", "CACHE_MEGABYTES"):
        monkeypatch.delenv(f"DUIZHAO_{key}", raising=False)
    monkeypatch.setenv("DUIZHAO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    return tmp_path / "home"


def settle(home: Path, text: str) -> None:
    home.mkdir(exist_ok=True)
    (home / "settings.toml").write_text(text, encoding="utf8")


def folder_with(folder: Path, **files: object) -> Path:
    """A folder of JSON files; the name ``modules_json`` stands for modules.json."""
    folder.mkdir()
    for name, content in files.items():
        stem, _, ending = name.rpartition("_")
        (folder / f"{stem}.{ending}").write_text(json.dumps(content))
    return folder


# presets ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["labse", "LaBSE", "sentence-transformers/LaBSE", "SENTENCE-TRANSFORMERS/labse"])
def test_a_preset_is_found_by_its_names_in_any_case(name: str) -> None:
    preset = find_preset(name)
    assert preset is not None
    assert preset.short == "labse"


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.short)
def test_a_preset_is_pinned_to_a_commit_and_says_what_it_is(preset) -> None:  # type: ignore[no-untyped-def]
    assert re.fullmatch(r"[0-9a-f]{40}", preset.revision)
    assert re.fullmatch(r"[\w.-]+/[\w.-]+", preset.hub)
    assert preset.dimensions in (384, 512, 768, 1024)
    assert (preset.window == 0) == preset.short.startswith("static")
    assert preset.licence in ("Apache-2.0", "MIT", "Gemma")
    assert 400 < preset.megabytes < 2200
    assert bool(preset.code_repository) == bool(preset.code_revision)


def test_no_two_presets_share_a_name() -> None:
    names = [name.casefold() for p in PRESETS for name in (p.short, p.hub, p.hub.rpartition("/")[2])]
    assert len(names) - len(set(names)) == 2  # labse and bge-m3 are called alike at the hub
    assert len({p.short for p in PRESETS}) == len({p.revision for p in PRESETS}) == len(PRESETS)


@pytest.mark.parametrize(
    ("wrong", "close"), [("lasbe", "labse"), ("BAAI/bge-m33", "bge-m3"), ("e5-smal", "e5-small"), ("weather", "")]
)
def test_the_preset_that_looks_most_alike_is_suggested(wrong: str, close: str) -> None:
    assert closest_preset(wrong) == close


# names --------------------------------------------------------------------------------------------------------------
def test_names_mean_presets_folders_and_repositories(tmp_path: Path) -> None:
    model = folder_with(tmp_path / "model", modules_json=[{"type": "x.Transformer", "path": ""}])
    e5 = find_preset("e5-small")
    assert e5 is not None
    assert [choose(name, Settings()) for name in ("Embedded", str(model), "E5-Small", "a/b@v1", "some-model")] == [
        Choice("embedded", "embedded"),
        Choice(str(model), "folder", str(model)),
        Choice("E5-Small", "hub", "intfloat/multilingual-e5-small", e5.revision, e5),
        Choice("a/b@v1", "hub", "a/b", "v1"),
        Choice("some-model", "hub", "sentence-transformers/some-model"),
    ]


def test_another_revision_of_a_preset_keeps_what_is_known_of_the_model() -> None:
    assert choose("LaBSE@main", Settings()) == Choice(
        "LaBSE@main", "hub", "sentence-transformers/LaBSE", "main", find_preset("labse")
    )


def test_a_folder_goes_before_a_preset_of_the_same_name_if_it_holds_a_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folder_with(tmp_path / "labse")
    assert choose("labse", Settings()).kind == "hub"
    folder_with(tmp_path / "bge-m3", config_json={"model_type": "bert"})
    assert choose("bge-m3", Settings()).kind == "folder"


@pytest.mark.parametrize(
    ("modules", "kind"),
    [
        ([("StaticEmbedding", "."), ("Normalize", "1_Normalize")], "static"),
        ([("StaticEmbedding", "")], "static"),
        ([("StaticEmbedding", ""), ("Dense", "1_Dense")], "folder"),
        ([("StaticEmbedding", "0_StaticEmbedding")], "folder"),
        ([("Transformer", "")], "folder"),
    ],
)
def test_numpy_reads_a_table_of_vectors_and_nothing_above_it(
    tmp_path: Path, modules: list[tuple[str, str]], kind: str
) -> None:
    listed = [{"type": f"sentence_transformers.models.{name}", "path": path} for name, path in modules]
    config = {"model_type": "model2vec"}
    folder = folder_with(tmp_path / "m", modules_json=listed, config_json=config, tokenizer_json={})
    assert choose(str(folder), Settings()).kind == kind


def told(name: str) -> str:
    with pytest.raises(ModelError) as caught:
        check(name)
    return str(caught.value)


def test_names_that_mean_nothing_are_told_before_anything_is_read(tmp_path: Path, home: Path) -> None:
    (tmp_path / "file.txt").write_text("x")
    gguf = folder_with(tmp_path / "llama")
    (gguf / "model.gguf").write_bytes(b"GGUF")
    empty = folder_with(tmp_path / "empty")
    assert [
        told(name) for name in (str(tmp_path / "no"), str(tmp_path / "file.txt"), str(gguf), str(empty), "gte")
    ] == [
        f"there is no folder {tmp_path / 'no'} that holds a model: check the path, or see duizhao models list.",
        f"{tmp_path / 'file.txt'} is a file, and a model is a folder: name the folder that holds the model.",
        f"{gguf} was made by llama.cpp and is no sentence-transformers model: name another folder or model.",
        f"{empty} holds no model: it has neither modules.json nor config.json; "
        "name another folder, or see duizhao models list.",
        "model gte runs a program of its own from Alibaba-NLP/new-impl, which can do anything on this machine: "
        f'if you trust it, write trust_remote_code = ["Alibaba-NLP/gte-multilingual-base"] into {home}/settings.toml.',
    ]


@pytest.mark.parametrize("name", ["~no-such-user/model", "m" * 300])
def test_a_name_that_no_folder_can_have_is_told(name: str) -> None:
    assert told(name) == f"there is no folder {name} that holds a model: check the path, or see duizhao models list."


@pytest.mark.parametrize(
    "config", ["{bad", "[" * 100_000, '{"model_type": ["a"]}', '{"architectures": 5}', '{"model_type": {}}', "5"]
)
def test_a_configuration_that_makes_no_sense_is_told_in_a_sentence(tmp_path: Path, config: str) -> None:
    folder = folder_with(tmp_path / "m")
    (folder / "config.json").write_text(config)
    (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(ModelError) as caught:
        load(str(folder))
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith((".", "labse or bge-m3."))


def test_consent_is_given_for_each_model(home: Path) -> None:
    settle(home, 'trust_remote_code = ["alibaba-nlp/gte-multilingual-base"]')
    check("gte")
    settle(home, 'trust_remote_code = ["other/model"]')
    assert told("gte").startswith("model gte runs a program of its own")


def test_a_model_that_is_not_here_is_told_when_the_hub_cannot_be_asked() -> None:
    with pytest.raises(ModelError) as caught:
        load("nobody/nothing-of-that-name")
    assert str(caught.value) == (
        "model nobody/nothing-of-that-name is not on this machine and the model hub cannot be asked for it: check the "
        "name and the connection, or fetch it on another machine and give the path of its folder."
    )


def hub_says(error: Exception, name: str, monkeypatch: pytest.MonkeyPatch) -> str:
    def answer(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("huggingface_hub.HfApi.model_info", answer)
    with pytest.raises(ModelError) as caught:
        fetch_configuration(choose(name, Settings()))
    return str(caught.value)


def test_each_thing_that_goes_wrong_at_the_hub_has_its_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    gated, unknown, revision = (
        kind.__new__(kind) for kind in (GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError)
    )
    full, cut_off = OSError(errno.ENOSPC, "No space left"), ArithmeticError("no such class is known here")
    assert [
        hub_says(error, name, monkeypatch)
        for error, name in (
            (gated, "embeddinggemma"),
            (unknown, "someone/e5-smal"),
            (unknown, "someone/weather"),
            (revision, "labse@v9"),
            (full, "labse"),
            (cut_off, "lasbe"),
        )
    ] == [
        "the model hub gives google/embeddinggemma-300m only to those who accept its licence: accept it at "
        "https://huggingface.co/google/embeddinggemma-300m and log in by: hf auth login",
        "there is no folder someone/e5-smal, and the model hub has no someone/e5-smal: "
        "did you mean e5-small? See duizhao models list.",
        "there is no folder someone/weather, and the model hub has no someone/weather: "
        "check the name, or see duizhao models list.",
        "the model hub has no revision v9 of sentence-transformers/LaBSE: check the name.",
        "there is no room on the disk for model labse: free some, or set HF_HOME.",
        "model lasbe is not on this machine and the model hub cannot be asked for it: check the name (did you mean "
        "labse?) and the connection, or fetch it on another machine and give the path of its folder.",
    ]


# kinds --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"config_sentence_transformers_json": {"model_type": "CrossEncoder"}}, "is a CrossEncoder, which compares"),
        ({"config_sentence_transformers_json": {"model_type": "SparseEncoder"}}, "is a SparseEncoder, which gives"),
        ({"modules_json": [{"type": "sentence_transformers.sparse_encoder.models.SpladePooling"}]}, "a SparseEncoder"),
        ({"config_json": {"architectures": ["BertForSequenceClassification"]}}, "is a classifier or reranker"),
        ({"config_json": {"architectures": ["ViTModel"]}}, "is not for text"),
    ],
)
def test_a_model_that_is_not_for_sentences_is_refused(tmp_path: Path, files: dict[str, object], said: str) -> None:
    with pytest.raises(ModelError) as caught:
        check_kind(folder_with(tmp_path / "m", **files), "m")
    assert said in str(caught.value)
    assert str(caught.value).endswith(": name an embedding model, such as labse or bge-m3.")


@pytest.mark.parametrize(
    ("architecture", "guess"), [("BertModel", "mean of its words' vectors"), ("LlamaForCausalLM", "last word's vector")]
)
def test_a_model_that_does_not_say_how_to_pool_is_used_with_a_remark(
    tmp_path: Path, architecture: str, guess: str
) -> None:
    assert check_kind(folder_with(tmp_path / "m", config_json={"architectures": [architecture]}), "m") == (
        f"model m does not say how to make one vector of a text, so the {guess} is taken: "
        "a model made for sentences will do better."
    )


# settings -----------------------------------------------------------------------------------------------------------
def test_without_settings_the_embedded_model_is_used() -> None:
    assert read_settings() == Settings()
    assert load() is load("embedded") is load_embedded()


def test_settings_come_from_the_file_and_the_environment_goes_before(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(home, 'model = "labse"\nprocesses = 2\nprecision = "half"\ntrust_remote_code = ["a/b"]')
    monkeypatch.setenv("DUIZHAO_MODEL", "bge-m3")
    monkeypatch.setenv("DUIZHAO_TRUST_REMOTE_CODE", "c/d, e/f")
    assert read_settings() == Settings(
        model="bge-m3", processes=2, precision="half", trust_remote_code=("c/d", "e/f"), cache_megabytes=2048
    )
    assert choose("", read_settings()).name == "bge-m3"
    assert choose("embedded", read_settings()).kind == "embedded"


def test_home_holds_settings_and_cache(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (settings_file(), cache_folder()) == (home / "settings.toml", home / "cache")
    monkeypatch.delenv("DUIZHAO_HOME")
    assert {settings_file().parent.name, cache_folder().name} <= {"duizhao", "Cache"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("model = ", "cannot be read"),
        ("modle = 'x'", "sets modle, which is no setting: there are model, device,"),
        ("processes = 0", "sets processes to 0: give a whole number from 1 up."),
        ("processes = true", "sets processes to True: give a whole number from 1 up."),
        ("backend = 'tensorflow'", "sets backend to 'tensorflow': give torch, onnx or openvino."),
        ("precision = 'quarter'", "sets precision to 'quarter': give full or half."),
        ("model = 3", "sets model to 3: give a text in quotation marks."),
        ("trust_remote_code = true", "sets trust_remote_code to True: give the names of the models that you trust."),
    ],
)
def test_settings_that_cannot_be_understood_are_told(home: Path, text: str, said: str) -> None:
    settle(home, text)
    with pytest.raises(ModelError) as caught:
        read_settings()
    assert str(home / "settings.toml") in str(caught.value)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
