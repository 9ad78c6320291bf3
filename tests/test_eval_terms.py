"""``duizhao eval terms`` and ``duizhao eval words``: what they measure, and what they say of files that are off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import SHARED
from fakes import DICTIONARY, AdditiveEncoder, sentences
from typer.testing import CliRunner

from align.errors import InputError
from cli.main import app
from models import load_embedded
from search.locating.evaluate_terms import TermOccurrence, evaluate_terms, read_pairs_table, read_terms_table
from search.locating.evaluate_words import evaluate_words, read_word_gold
from search.locating.word_statistics import TextPair

RUN = CliRunner()


def write(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    pairs = write(
        tmp_path / "pairs.tsv",
        "id\tzh\ten",
        "a\t委员会通过了关于粮食安全的报告。\tThe committee adopted the report on food security.",
        "b\t气候变化威胁粮食安全。\tClimate change threatens food security.",
    )
    terms = write(
        tmp_path / "terms.tsv", "zh\ten\tpair_id", "粮食安全\tfood security\ta", "气候变化\tclimate change\tb"
    )
    return terms, pairs


def test_the_shares_are_of_all_marked_occurrences() -> None:
    zh, en = sentences(30, seed=9)
    pairs = [TextPair(str(k), a, b) for k, (a, b) in enumerate(zip(zh, en, strict=True))]
    a, b = next(word for word in DICTIONARY if word[0] in zh[0])
    wrong = next(word for word in DICTIONARY if word[0] in zh[0] and word[0] != a)
    marked = [TermOccurrence(a, b, "0"), TermOccurrence(a, wrong[1], "0")]
    result = evaluate_terms(marked, pairs, AdditiveEncoder())
    assert (result.count, result.exact_zh_en, result.exact_en_zh, result.overlap_zh_en) == (2, 0.5, 0.5, 0.5)


def test_the_terms_are_measured_as_json(files: tuple[Path, Path]) -> None:
    done = RUN.invoke(app, ["eval", "terms", *map(str, files), "--json"])
    found = json.loads(done.stdout)
    assert found.pop("signature").endswith("|task:eval-terms|pairs:2|n:2")
    assert found == {"n": 2, "exact_zh_en": 1.0, "exact_en_zh": 1.0, "overlap_zh_en": 1.0, "overlap_en_zh": 1.0}


def test_the_terms_are_measured_for_the_eye(files: tuple[Path, Path]) -> None:
    lines = RUN.invoke(app, ["eval", "terms", *map(str, files)]).stdout.splitlines()
    assert lines[:2] == ["exact_zh_en      1.0000", "exact_en_zh      1.0000"]
    assert lines[4] == "occurrences      2"


def test_a_term_of_a_pair_that_is_not_there_is_told(tmp_path: Path, files: tuple[Path, Path]) -> None:
    terms = write(tmp_path / "t.tsv", "zh\ten\tpair_id", "粮食\tfood\tz")
    with pytest.raises(InputError, match="The pairs have no 'z', which the term '粮食' names"):
        evaluate_terms(read_terms_table(terms), read_pairs_table(files[1]), AdditiveEncoder())


def test_a_table_without_its_columns_or_with_a_short_line_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^x\.tsv, line 1 must name the columns id, zh, en, separated by tabs\.$"):
        read_pairs_table(write(tmp_path / "x.tsv", "zh\ten"))
    with pytest.raises(InputError, match=r"^x\.tsv, line 2 has 2 columns instead of 3\.$"):
        read_pairs_table(write(tmp_path / "x.tsv", "id\tzh\ten", "1\t山"))
    with pytest.raises(InputError, match=r"^x\.tsv holds no terms"):
        read_terms_table(write(tmp_path / "x.tsv", "zh\ten\tpair_id"))


@pytest.fixture
def gold(tmp_path: Path) -> tuple[Path, Path, Path]:
    return (
        write(tmp_path / "a.zh", "山 水", "火 木"),
        write(tmp_path / "a.en", "mountain water", "wood fire"),
        write(tmp_path / "a.align", "0-0 1-1", "0-1 1-0 0-0-P"),
    )


def test_words_that_mean_the_same_are_linked(gold: tuple[Path, Path, Path]) -> None:
    read = read_word_gold(*gold)
    assert read.sure == (frozenset({(0, 0), (1, 1)}), frozenset({(0, 1), (1, 0)}))
    assert read.possible[1] == {(0, 1), (1, 0), (0, 0)}
    result = evaluate_words(read, AdditiveEncoder())
    assert (result.aer, result.precision, result.recall, result.proposed) == (0.0, 1.0, 1.0, 4)


def test_words_are_measured_as_json(gold: tuple[Path, Path, Path]) -> None:
    found = json.loads(RUN.invoke(app, ["eval", "words", *map(str, gold), "--json"]).stdout)
    assert sorted(found) == ["aer", "precision", "recall", "signature"]
    assert found["aer"] == 0.0


def test_links_that_are_none_and_files_of_other_lengths_are_told(gold: tuple[Path, Path, Path]) -> None:
    zh, en, links = gold
    with pytest.raises(InputError, match=r"^a\.align, line 2: '0-9' is no link"):
        read_word_gold(zh, en, write(links, "0-0", "0-9"))
    with pytest.raises(InputError, match=r"have 2, 2 and 1 lines"):
        read_word_gold(zh, en, write(links, "0-0"))


@pytest.mark.shared
def test_words_are_aligned_as_well_as_was_asked() -> None:
    place = SHARED / "bench" / "denero150"
    gold = read_word_gold(place / "train.zh", place / "train.en", place / "train.align")
    assert evaluate_words(gold, load_embedded()).aer <= 0.26
