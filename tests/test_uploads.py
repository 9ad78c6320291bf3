"""Files that a browser sends: their names are not trusted, and those that belong together are found."""

from __future__ import annotations

import pytest
from store_made_up import EN, ZH

from align.errors import InputError
from search.uploads import Upload, laid_down, plan_uploads, safe_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("draft.docx", "draft.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\anna\\译文.docx", "译文.docx"),
        ("..", "file"),
        (".hidden", "hidden"),
        ("a\0b<c>.txt", "a_b_c_.txt"),
        ("", "file"),
    ],
)
def test_only_the_last_part_of_a_name_is_kept_and_only_what_a_name_may_hold(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_name("水" * 500 + ".docx")
    assert name.endswith("水.docx")
    assert len(name.encode()) <= 180


def test_a_long_name_without_an_ending_is_cut_too() -> None:
    assert safe_name("x." + "水" * 500) == "x." + "水" * 59
    assert safe_name("水" * 500) == "水" * 60


def test_the_same_name_twice_takes_no_other_files_place() -> None:
    given = [Upload("2", b"one"), Upload("2", b"two"), Upload(" 2", b"three")]
    with laid_down(given) as paths:
        assert [path.read_bytes() for path in paths] == [b"one", b"two", b"three"]


def test_files_are_laid_down_side_by_side_and_gone_afterwards() -> None:
    with laid_down([Upload("a.txt", b"one"), Upload("a.txt", b"two"), Upload("../b.txt", b"three")]) as paths:
        assert [path.read_bytes() for path in paths] == [b"one", b"two", b"three"]
        assert [path.name for path in paths] == ["a.txt", "a.txt", "b.txt"]
        assert paths[1].parent.parent == paths[0].parent == paths[2].parent
    assert not any(path.exists() for path in paths)


def uploads(*names: str) -> list[Upload]:
    chinese, english = "\n\n".join(ZH).encode(), "\n\n".join(EN).encode()
    return [Upload(name, chinese if "zh" in name else english) for name in names]


def test_two_documents_are_a_pair_whatever_they_are_called() -> None:
    with laid_down(uploads("one-zh.txt", "other.txt")) as paths:
        plan = plan_uploads(paths)
    assert [job.label for job in plan.jobs] == ["one-zh.txt + other.txt"]


def test_of_many_documents_those_that_belong_together_are_paired_and_tables_stand_alone() -> None:
    names = ("a.zh.txt", "a.en.txt", "b.zh.txt", "b.en.txt", "memory.tmx", "picture.png")
    with laid_down(uploads(*names)) as paths:
        plan = plan_uploads(paths)
    assert [job.label for job in plan.jobs] == ["a.zh.txt + a.en.txt", "b.zh.txt + b.en.txt", "memory.tmx"]
    assert [path.name for path, _ in plan.left_out] == ["picture.png"]


def test_of_many_files_that_cannot_be_read_it_is_said_without_the_name_of_a_folder_of_ours() -> None:
    names = ("a.png", "b.png", "c.exe")
    with laid_down(uploads(*names)) as paths, pytest.raises(InputError) as told:
        plan_uploads(paths)
    assert str(told.value).startswith("all of these 3 files are not of a kind that is read, or damaged (.docx, ")
    with laid_down(uploads(*names, "memory.tmx")) as paths:
        plan = plan_uploads(paths)
    assert [job.label for job in plan.jobs] == ["memory.tmx"]
    assert [path.name for path, _ in plan.left_out] == list(names)
