"""``make demo``: the first thing that a new user sees."""

from __future__ import annotations

from ast import literal_eval
from pathlib import Path

import pytest
from commands import ROOT

from align import align_files
from align.writers import FORMATS, read_table
from cli.demo import main
from models import load


def test_the_demonstration_writes_the_sample_in_every_format(tmp_path: Path) -> None:
    lines = main(tmp_path / "out")
    names = {f"resolution{format_.extensions[0]}" for format_ in FORMATS.values()}
    assert {path.name for path in (tmp_path / "out").iterdir()} == names | {"corpus.sqlite", "corpus.derived"}
    tables = [read_table(tmp_path / "out" / name) for name in sorted(names)]
    assert tables == [tables[0]] * len(names)
    assert lines[0].startswith("samples/resolution.zh.docx (Chinese) and samples/resolution.en.docx (English)")
    assert f"Written to {tmp_path / 'out'}/resolution with .tsv, .jsonl, .tmx, .xlf, .xlsx, .docx, .html." in lines


def test_it_shows_what_is_peculiar_of_the_sample(tmp_path: Path) -> None:
    text = "\n".join(main(tmp_path))
    assert "[1 to 2]" in text  # two preambular paragraphs that the Chinese merges
    assert "(not in the Chinese)" in text  # the one that it leaves out


def test_it_gives_the_same_twice(tmp_path: Path) -> None:
    first, second = main(tmp_path), main(tmp_path)
    assert first == second
    assert len(first) < 80
    assert max(len(line.replace(str(tmp_path), "out")) for line in first) < 201


def test_it_ends_with_a_search_by_meaning_and_a_term_with_both_its_renderings(tmp_path: Path) -> None:
    lines = main(tmp_path)
    asked = next(k for k, line in enumerate(lines) if "searched by meaning" in line)
    assert "[cross borders with forged], altered or borrowed travel documents" in lines[asked + 2]
    assert "[持伪造]、变造或他人的旅行证件跨越边界" in lines[asked + 3]
    renderings = [line.split()[:3:2] for line in lines if "█" in line]
    assert renderings == [["外国恐怖主义战斗人员", "5"], ["外国恐怖主义作战人员", "1"]]


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
