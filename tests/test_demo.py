"""``make demo``: the first thing that a new user sees."""

from __future__ import annotations

from ast import literal_eval
from pathlib import Path
from types import SimpleNamespace

import pytest
from commands import ROOT

from align import align_files
from align.writers import FORMATS, read_table
from cli import demo
from cli.demo import main
from glossary.glossary import Glossary
from models import load
from search.corpus import Corpus
from search.database import Database


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The folder that a demonstration filled, and what it said."""
    out = tmp_path_factory.mktemp("demo") / "out"
    return out, main(out)


def test_the_demonstration_writes_the_sample_in_every_format(made: tuple[Path, list[str]]) -> None:
    out, lines = made
    names = {f"resolution{format_.extensions[0]}" for format_ in FORMATS.values()}
    assert {path.name for path in out.iterdir()} == names | {"corpus.sqlite", "corpus.derived"}
    tables = [read_table(out / name) for name in sorted(names)]
    assert tables == [tables[0]] * len(names)
    assert lines[0].startswith("samples/resolution.zh.docx (Chinese) and samples/resolution.en.docx (English)")
    assert f"Written to {out}/resolution with .tsv, .jsonl, .tmx, .xlf, .xlsx, .docx, .html." in lines


def test_it_shows_what_is_peculiar_of_the_sample(made: tuple[Path, list[str]]) -> None:
    text = "\n".join(made[1])
    assert "[1 to 2]" in text  # two preambular paragraphs that the Chinese merges
    assert "(not in the Chinese)" in text  # the one that it leaves out


def test_it_says_what_it_left_and_a_second_time_says_and_leaves_the_same(made: tuple[Path, list[str]]) -> None:
    out, lines = made
    with Corpus.open(out / "corpus.sqlite") as corpus:
        stats, concepts = corpus.stats(), Glossary(corpus.database, "").count()
    counted = next(k for k, line in enumerate(lines) if line.startswith(f"  {stats.documents} documents of 2012 to "))
    assert lines[counted].endswith(f", {stats.pairs} pairs")
    assert lines[counted + 1] == f"  a glossary of 26 concepts, and {concepts - 26} candidates that wait for review"
    assert main(out) == lines
    assert len(lines) < 80
    assert max(len(line.replace(str(out), "out")) for line in lines) < 201


def test_it_ends_with_a_search_by_meaning_and_a_term_with_both_its_renderings(made: tuple[Path, list[str]]) -> None:
    lines = made[1]
    asked = next(k for k, line in enumerate(lines) if line.startswith("Searched by meaning"))
    assert "Foreign terrorist fighters often [use forged] travel documents" in lines[asked + 2]
    assert "外国恐怖主义作战人员常常[使用伪造]的旅行证件" in lines[asked + 3]
    renderings = [line.split()[:3:2] for line in lines if "█" in line and "–" in line]
    assert renderings == [["外国恐怖主义战斗人员", "23"], ["外国恐怖主义作战人员", "12"]]
    assert "    战斗 overtakes 作战 in 2016 (E/RES/2016/91)" in lines


@pytest.mark.parametrize(("terminal", "ci", "watched"), [(True, "", True), (True, "true", False), (False, "", False)])
def test_the_app_is_opened_only_where_someone_watches(
    terminal: bool, ci: str, watched: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", ci)
    for stream in ("stdin", "stdout"):
        monkeypatch.setattr(f"sys.{stream}", SimpleNamespace(isatty=lambda: terminal))
    assert demo.watched() is watched


def test_make_app_makes_the_sample_first_and_opens_the_app_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("cli.app_command.serve", lambda where, port: opened.append(where))
    monkeypatch.setattr("cli.demo.fill", lambda out, encoder: Database.open(out / "corpus.sqlite"))
    monkeypatch.delenv("DUIZHAO_DB", raising=False)
    demo.open_app(tmp_path)
    monkeypatch.setattr("cli.demo.fill", None)  # it is there now
    demo.open_app(tmp_path)
    monkeypatch.setenv("DUIZHAO_DB", "other.sqlite")
    demo.open_app(tmp_path / "empty")
    assert opened == [str(tmp_path / "corpus.sqlite")] * 2 + ["other.sqlite"]


def test_everything_that_it_advises_exists() -> None:
    advice = [line.split("#")[0].split() for line in main.__globals__["ADVICE"]]
    targets = {line.split(":")[0] for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if ":" in line}
    assert [words[:2] for words in advice] == [
        [".venv/bin/duizhao", "align"],
        [".venv/bin/duizhao", "add"],
        [".venv/bin/duizhao", "search"],
        [".venv/bin/duizhao", "term"],
        [".venv/bin/duizhao", "extract"],
        [".venv/bin/duizhao", "check"],
        ["make", "app"],
    ]
    assert "app" in targets


@pytest.mark.parametrize("ending", ["txt", "docx"])
def test_the_sample_is_aligned_exactly_as_its_gold_says(ending: str) -> None:
    folder = ROOT / "samples"
    lines = (folder / "resolution.gold").read_text(encoding="utf8").splitlines()
    gold = {tuple(tuple(literal_eval(side)) for side in line.split(":")[:2]) for line in lines if line.startswith("[")}
    table, _ = align_files(folder / f"resolution.zh.{ending}", folder / f"resolution.en.{ending}", load())
    assert {(record.zh, record.en) for record in table.records} == gold
