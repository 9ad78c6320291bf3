"""The files of samples/ are what their script writes, and say what their README says."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    monkeypatch.syspath_prepend(str(ROOT))
    from samples.make_samples import sample_files

    assert Path(sys.modules["samples"].__file__ or "").parent == SAMPLES
    return sample_files()


def units(name: str) -> list[str]:
    return (SAMPLES / name).read_text(encoding="utf-8").strip("\n").split("\n\n")


def gold() -> list[tuple[list[int], list[int]]]:
    beads = []
    for line in (SAMPLES / "resolution.gold").read_text(encoding="utf-8").splitlines():
        zh, en = ([int(part) for part in side.strip("[]").split(",") if part] for side in line.split(":"))
        beads.append((zh, en))
    return beads


def test_the_committed_files_are_what_the_script_writes(written: dict[str, bytes]) -> None:
    assert {name: (SAMPLES / name).read_bytes() for name in written} == written


def test_the_gold_alignment_covers_every_paragraph_once_and_in_order() -> None:
    beads = gold()
    assert [index for zh, _ in beads for index in zh] == list(range(len(units("resolution.zh.txt"))))
    assert [index for _, en in beads for index in en] == list(range(len(units("resolution.en.txt"))))


def test_the_peculiar_beads_are_those_of_the_readme() -> None:
    zh, en = units("resolution.zh.txt"), units("resolution.en.txt")
    peculiar = [bead for bead in gold() if (len(bead[0]), len(bead[1])) != (1, 1)]
    assert peculiar == [([16], [16, 17]), ([], [18]), ([57, 58], [59]), ([65], [])]
    assert (len(zh), len(en)) == (69, 69)
    assert zh[65].startswith("³ 《联合国反恐怖主义办公室")


def test_the_rival_renderings_stand_where_the_readme_says() -> None:
    zh, en = units("resolution.zh.txt"), units("resolution.en.txt")
    assert sum(text.count("foreign terrorist fighter") for text in en) == 7
    assert [text[:2] for text in zh if "外国恐怖主义作战人员" in text] == ["7."]
    assert sum(text.count("外国恐怖主义战斗人员") for text in zh) == 5
    assert [text[:2] for text in zh if "刑警组织" in text.replace("国际刑警组织", "")] == ["4."]


@pytest.mark.parametrize(("language", "notes"), [("zh", 6), ("en", 5)])
def test_the_word_file_has_real_notes_and_automatic_numbers(language: str, notes: int) -> None:
    with zipfile.ZipFile(SAMPLES / f"resolution.{language}.docx") as archive:
        document = archive.read("word/document.xml").decode()
        assert archive.read("word/footnotes.xml").decode().count("<w:footnoteRef/>") == notes
    assert document.count("<w:footnoteReference ") == notes
    assert document.count('<w:numId w:val="90"/>') == 16
    assert document.count('<w:numId w:val="91"/>') == 6
    assert "1. " not in document
