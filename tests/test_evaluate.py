"""Evaluation against gold folders and line-parallel files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from align.errors import InputError
from align.evaluate import evaluate_alignment, evaluate_retrieval, lines, read_gold_folder
from align.scores import Counts
from models import load_embedded
from tests.fakes import AdditiveEncoder, sentences


def write(folder: Path, name: str, zh: list[str], en: list[str], gold: list[str]) -> None:
    for ending, rows in (("zh", zh), ("en", en), ("gold", gold)):
        (folder / f"{name}.{ending}").write_text("".join(f"{row}\n" for row in rows), encoding="utf8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents: one line by line, one with a line that is only in Chinese and a gold bead that is wrong."""
    zh, en = sentences(12, seed=21)
    write(tmp_path, "a.one", zh, en, [f"[{k}]:[{k}]" for k in range(12)])
    del en[5]
    gold = [f"[{k}]:[{k}]" for k in range(5)] + ["[5]:[]"] + [f"[{k}]:[{k - 1}]" for k in range(6, 10)]
    write(tmp_path, "b", zh, en, [*gold, "[10, 11]:[9, 10]"])
    return tmp_path


def test_a_folder_is_scored_document_by_document_and_together(folder: Path) -> None:
    found = evaluate_alignment(folder, AdditiveEncoder())
    assert [(d.name, d.score.strict, d.score.null) for d in found.documents] == [
        ("a.one", Counts(12, 0, 12, 0), Counts(0, 0, 0, 0)),
        ("b", Counts(10, 2, 9, 1), Counts(1, 0, 1, 0)),
    ]
    assert found.total.strict == Counts(22, 2, 21, 1)
    assert found.total.lax == Counts(24, 0, 22, 0)
    assert [right for _, right in found.documents[1].judged] == [True] * 10 + [False] * 2
    assert 0 <= found.calibration_error <= 1


def test_the_signature_of_an_evaluation_names_model_aligner_and_task(folder: Path) -> None:
    parts = dict(part.split(":", 1) for part in evaluate_alignment(folder, AdditiveEncoder()).signature.split("|"))
    assert (parts["model"], parts["task"]) == ("fake@1", "eval-align")
    assert "aligner" in parts


def test_gold_is_read_as_it_is_written(tmp_path: Path) -> None:
    write(tmp_path, "x", ["甲", "乙"], ["one", "two"], ["[0]:[0,1]", "", " [ 1 ] : [] ", "[]:[]:0.5"])
    (document,) = read_gold_folder(tmp_path)
    assert (document.name, document.zh, document.en) == ("x", ("甲", "乙"), ("one", "two"))
    assert document.links == (((0,), (0, 1)), ((1,), ()), ((), ()))


def test_a_byte_order_mark_and_a_missing_last_newline_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes("\ufeff一\n\n二".encode())
    assert lines(tmp_path / "f") == ["一", "", "二"]


def damage(folder: Path, what: str) -> None:
    changes: dict[str, Callable[[], object]] = {
        "no text": lambda: (folder / "b.zh").unlink(),
        "no gold": lambda: [path.unlink() for path in folder.glob("*.gold")],
        "bad line": lambda: (folder / "b.gold").write_text("[0]:[0]\n0-0\n"),
        "beyond the end": lambda: (folder / "b.gold").write_text("[0]:[11]\n"),
        "no UTF-8": lambda: (folder / "b.zh").write_bytes("中文".encode("gb18030")),
    }
    changes[what]()


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("no text", r"b\.zh cannot be read"),
        ("no gold", r"holds no \.gold file"),
        ("bad line", r"b\.gold, line 2 is not"),
        ("beyond the end", r"b\.gold, line 1 names a unit that is not there: the texts have 12 and 11 lines"),
        ("no UTF-8", r"b\.zh is not UTF-8 at byte 0"),
    ],
)
def test_what_is_wrong_with_a_gold_folder_is_told_in_one_sentence(folder: Path, what: str, message: str) -> None:
    damage(folder, what)
    with pytest.raises(InputError, match=message) as caught:
        evaluate_alignment(folder, AdditiveEncoder())
    assert "\n" not in str(caught.value)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere is not a folder"):
        read_gold_folder(tmp_path / "nowhere")


def parallel(tmp_path: Path, zh: list[str], en: list[str]) -> tuple[Path, Path]:
    paths = tmp_path / "en.txt", tmp_path / "zh.txt"
    for path, rows in zip(paths, (en, zh), strict=True):
        path.write_text("\n".join(rows), encoding="utf8")
    return paths


def test_translations_are_found_among_all_lines(tmp_path: Path) -> None:
    zh, en = sentences(40, seed=22)
    found = evaluate_retrieval(*parallel(tmp_path, zh, en), AdditiveEncoder())
    assert (found.count, found.p1_zh_en, found.p1_en_zh) == (40, 1.0, 1.0)
    assert (found.margin_p1_zh_en, found.margin_p1_en_zh) == (1.0, 1.0)
    assert found.signature.endswith("model:fake@1|task:eval-retrieval|n:40")


def test_only_the_own_line_counts_and_each_direction_is_its_own(tmp_path: Path) -> None:
    zh = ["山水火木。", "金土日月。", "山水火木。", "星云雨雪。"]
    en = ["mountain water fire wood.", "gold soil sun moon.", "star cloud rain snow.", "wind sea river lake."]
    found = evaluate_retrieval(*parallel(tmp_path, zh, en), AdditiveEncoder())
    # Lines 0 and 1 are right; line 2 repeats line 0, line 3 has its translation in line 2.
    assert (found.p1_zh_en, found.p1_en_zh) == (0.5, 0.5)


def test_files_of_unequal_length_are_told_with_both_numbers(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"en\.txt has 2 lines and zh\.txt has 1: give two files"):
        evaluate_retrieval(*parallel(tmp_path, ["一"], ["one", "two"]), AdditiveEncoder())


def test_empty_files_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="0 lines"):
        evaluate_retrieval(*parallel(tmp_path, [], []), AdditiveEncoder())


def test_more_lines_than_a_block_give_the_same_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zh, en = sentences(60, seed=23, words=3)
    paths = parallel(tmp_path, zh, en)
    whole = evaluate_retrieval(*paths, load_embedded())
    monkeypatch.setattr("models.neighbours.BLOCK_CELLS", 7 * 60)
    assert evaluate_retrieval(*paths, load_embedded()) == whole
