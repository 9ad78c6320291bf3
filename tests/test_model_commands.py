"""The command line around models: the list, and names that are found wrong before any work is done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import CHINESE, ENGLISH, duizhao, written

from models.presets import PRESETS


@pytest.fixture(autouse=True)
def _offline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path / "hub"))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


def test_the_list_shows_every_preset_and_marks_the_one_in_use() -> None:
    done = duizhao("models", "list")
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert [line[2:].split()[0] for line in lines[1:-1]] == ["embedded", *(preset.short for preset in PRESETS)]
    assert [line.split()[1] for line in lines[1:-1] if line.startswith("*")] == ["embedded"]
    assert (
        "  e5-small                    384     512    449 MB  no         MIT           intfloat/multilingual-e5-small"
    ) in lines


def test_the_list_as_json_has_the_same_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIZHAO_MODEL", "bge-m3")
    rows = json.loads(duizhao("models", "list", "--json").out)
    assert rows[2] == {
        "name": "bge-m3",
        "place": "BAAI/bge-m3",
        "revision": "5617a9f61b028005a4858fdac845db406aefb181",
        "dimensions": 1024,
        "window": 8192,
        "licence": "MIT",
        "megabytes": 2167,
        "installed": False,
        "current": True,
        "needs": "",
    }


def test_a_wrong_name_is_told_before_the_documents_are_read(tmp_path: Path) -> None:
    done = duizhao("align", tmp_path / "no.txt", tmp_path / "no2.txt", "--model", "gte")
    assert done.code == 2
    assert done.err.startswith("duizhao: model gte runs a program of its own")
    assert done.err.count("\n") == 1


def test_the_model_is_loaded_only_once_the_documents_are_a_pair(tmp_path: Path) -> None:
    zh, en = written(tmp_path, zh_txt=CHINESE, en_txt=ENGLISH)
    one = duizhao("align", zh, zh, "--model", "labse")
    assert (one.code, one.err.partition(":")[2].strip().startswith("zh.txt was given twice")) == (2, True)
    two = duizhao("align", zh, en, "--model", "labse")
    assert two.err == (
        "duizhao: model labse is not on this machine and the model hub cannot be asked for it: check the name and the "
        "connection, or fetch it on another machine and give the path of its folder.\n"
    )


def test_the_settings_name_the_model_of_every_command(tmp_path: Path) -> None:
    zh, en = written(tmp_path, zh_txt=CHINESE, en_txt=ENGLISH)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "settings.toml").write_text('model = "e5-small"')
    for command in (("align", zh, en), ("eval", "retrieval", en, zh)):
        done = duizhao(*command)
        assert (done.code, done.err.split()[:3]) == (2, ["duizhao:", "model", "e5-small"])
    assert duizhao("align", zh, en, "--model", "embedded").code == 0
