"""``duizhao eval quotes``: what it measures, what it reads, and what it says of files that are off."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from conftest import SHARED
from fakes import AdditiveEncoder
from typer.testing import CliRunner

from align.errors import InputError
from cli.failures import PoliteGroup
from cli.quotes_commands import eval_quotes, quotes
from models import load_embedded
from search.quotations.cases import planted
from search.quotations.evaluate import QuoteScore, evaluate_quotes
from search.quotations.sets import JudgedQuote, QuoteText, half_of, read_judgements, read_quote_texts
from search.quotations.tokens import tokens

GOLD = Path(__file__).parents[1] / "benchmarks" / "quotes_gold.tsv"
COLUMNS = "language\tdraft\tsource\tquoted\tpool"
APP = typer.Typer(cls=PoliteGroup)
APP.command()(quotes)
APP.command("eval")(eval_quotes)

SUBJECTS = "whales lanterns bakeries violins glaciers beehives harbours orchards".split()
ENDINGS = (
    "were counted by patient volunteers throughout the long and unusually rainy winter of 1987",
    "must be repainted before visitors arrive from distant provinces with their noisy children",
    "have inspired several poets whose verses nobody remembers although schools once taught them",
    "should remain open at night because travellers often lose their way among these steep hills",
)


def text(number: int, en: str, zh: str = "") -> QuoteText:
    return QuoteText(f"d{number}:0", f"d{number}", zh, en)


def made_up() -> list[QuoteText]:
    return [
        text(number, f"Observes in passing that famous {subject} {ENDINGS[number % 4]}, said speaker {number}.")
        for number, subject in enumerate(SUBJECTS)
    ]


def write(path: Path, *lines: str) -> Path:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_found_and_right_wrong_and_missed_links_are_counted() -> None:
    score = QuoteScore(right=3, wrong=1, missed=2, more=4)
    assert (score.precision, score.recall) == (7 / 8, 3 / 5)
    assert score.f1 == pytest.approx(2 * 0.875 * 0.6 / 1.475)
    assert QuoteScore() + score == score
    assert (QuoteScore().precision, QuoteScore().recall, QuoteScore(missed=1, wrong=1).f1) == (1.0, 1.0, 0.0)


def test_judged_links_are_measured_and_what_was_found_by_the_tracing_says_nothing_of_recall() -> None:
    texts = [*made_up(), text(90, f"We heard that famous whales {ENDINGS[0]}."), text(91, "Nothing of that kind.")]
    judged = [
        JudgedQuote("en", "d90:0", "d0:0", True),
        JudgedQuote("en", "d90:0", "d4:0", True, "found"),
        JudgedQuote("en", "d90:0", "d1:0", False),
        JudgedQuote("en", "d91:0", "d2:0", True),
        JudgedQuote("en", "d91:0", "d3:0", True, "found"),
    ]
    result = evaluate_quotes(texts, judged, AdditiveEncoder(), planted_of_a_kind=0)
    assert (result.count, result.unjudged) == (5, 0)
    assert result.total == QuoteScore(right=1, wrong=0, missed=1, more=1)
    assert result.of(real=False) == QuoteScore()
    assert result.of(half=half_of("d90")) + result.of(half="test" if half_of("d90") == "dev" else "dev") == result.total


def test_a_judgement_of_a_text_that_is_not_there_is_told() -> None:
    with pytest.raises(InputError, match=r"^The texts have no 'x:1', which the judgements name: give all files"):
        evaluate_quotes(made_up(), [JudgedQuote("en", "x:1", "d0:0", True)], AdditiveEncoder(), 0)


def test_planted_drafts_are_the_same_for_the_same_seed_and_no_others() -> None:
    texts = [one.en for one in made_up()]
    first, again, other = (list(planted(texts, "en", 3, seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert {draft.kind for draft in first} >= {"number", "inserted", "dropped", "replaced", "partial", "formula"}


def test_planted_drafts_are_what_they_are_called() -> None:
    texts = [one.en for one in made_up()]
    for draft in planted(texts, "en", 4, 5):
        source, changed = tokens(texts[draft.source]), tokens(draft.text)
        length = len(changed) - len(source)
        assert draft.text != texts[draft.source]
        assert draft.quotes == (draft.kind != "formula")
        if draft.kind == "number":
            assert length == 0
            other = [k for k, key in enumerate(changed.keys) if key != source.keys[k]]
            assert other
            assert all(changed.numeric[k] for k in other)
        if draft.kind in ("inserted", "dropped"):
            assert 1 <= (length if draft.kind == "inserted" else -length) <= 3
        if draft.kind == "reordered":
            assert sorted(changed.keys) == sorted(source.keys)


def test_traditional_characters_are_planted_in_chinese_alone() -> None:
    zh = ["观察员们在漫长而多雨的冬季里清点了港口附近所有著名的鲸鱼和灯笼并且写成了一份详细的报告。"]
    drafts = [draft for draft in planted(zh, "zh", 2, 1) if draft.kind == "script"]
    assert [draft.text for draft in drafts] == [
        "觀察員們在漫長而多雨的冬季裏清點了港口附近所有著名的鯨魚和燈籠並且寫成了一份詳細的報告。"
    ] * 2


def test_texts_are_read_from_tables_and_folders(tmp_path: Path) -> None:
    write(tmp_path / "a.tsv", "id\tzh\ten", "x:1\t甲\tone", "y\t乙\ttwo")
    folder = tmp_path / "lines"
    folder.mkdir()
    write(folder / "zh.txt", "丙")
    write(folder / "en.txt", "three")
    write(folder / "ids.txt", "2015/a/69/1 en:2:1")
    gold = tmp_path / "gold"
    gold.mkdir()
    write(gold / "doc.zh", "丁", "戊")
    write(gold / "doc.en", "four", "five")
    write(gold / "doc.gold", "[0,1]:[0]", "[]:[1]")
    assert read_quote_texts([tmp_path / "a.tsv", folder, gold]) == (
        QuoteText("x:1", "x", "甲", "one"),
        QuoteText("y", "y", "乙", "two"),
        QuoteText("lines:0", "2015/a/69/1", "丙", "three"),
        QuoteText("doc:0", "doc", "丁戊", "four"),
        QuoteText("doc:1", "doc", "", "five"),
    )


def test_files_that_are_off_are_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^x\.tsv, line 1 must name the columns id, zh, en, separated by tabs\.$"):
        read_quote_texts([write(tmp_path / "x.tsv", "zh\ten")])
    with pytest.raises(InputError, match=r"^x\.tsv, line 2 has 2 columns instead of 3\.$"):
        read_quote_texts([write(tmp_path / "x.tsv", "id\tzh\ten", "1\t山")])
    good = write(tmp_path / "y.tsv", "id\tzh\ten", "1\t山\thill")
    with pytest.raises(InputError, match="two texts are called '1': give each file of the set once"):
        read_quote_texts([good, good])
    with pytest.raises(
        InputError, match=r"^g\.tsv, line 1 must name the columns language, draft, source, quoted, pool"
    ):
        read_judgements(write(tmp_path / "g.tsv", "draft\tsource"))
    for line in ("fr\ta\tb\t1\trule", "en\ta\tb\t2\trule", "en\ta\tb\t1", "en\ta\tb\t1\tguess"):
        with pytest.raises(InputError, match=r"^g\.tsv, line 2 must be zh or en, two ids, 1 or 0, and rule or found"):
            read_judgements(write(tmp_path / "g.tsv", COLUMNS, line))


def test_the_judgements_hold_ids_and_nothing_else() -> None:
    judged = read_judgements(GOLD)
    assert len({(one.language, one.draft, one.source) for one in judged}) == len(judged)
    assert max(len(one.draft) for one in judged) < 40
    assert all(one.draft.isascii() and " " not in one.draft + one.source for one in judged)


def test_the_scores_are_printed_as_json_and_for_the_eye(tmp_path: Path) -> None:
    rows = [f"{one.id}\t{one.zh}\t{one.en}" for one in made_up()]
    file = write(tmp_path / "a.tsv", "id\tzh\ten", *rows, f"d90:0\t\tWe heard that famous whales {ENDINGS[0]}.")
    gold = write(tmp_path / "gold.tsv", COLUMNS, "en\td90:0\td0:0\t1\trule", "en\td90:0\td1:0\t0\trule")
    arguments = ["eval", str(file), "--gold", str(gold), "--planted", "0"]
    found = json.loads(CliRunner().invoke(APP, [*arguments, "--json"], catch_exceptions=False).stdout)
    assert {name: found[name] for name in ("n", "recall", "precision", "f1")} == {
        "n": 2,
        "recall": 1.0,
        "precision": 1.0,
        "f1": 1.0,
    }
    assert found["signature"].endswith("|task:eval-quotes|likeness:0.6|texts:9|judged:2|planted:0-20240401")
    assert [point["min_likeness"] for point in found["curve"]][:3] == [0.5, 0.55, 0.6]
    lines = CliRunner().invoke(APP, arguments, catch_exceptions=False).stdout.splitlines()
    assert [line for line in lines if line.startswith("all  ")] == [
        "all                             1     1.0000  1.0000  1.0000"
    ]


@pytest.mark.shared
def test_quotations_of_real_documents_are_traced_as_well_as_was_asked() -> None:
    texts = read_quote_texts([SHARED / "un" / "gold_terms" / "pairs.tsv", SHARED / "bench" / "unpc_dev"])
    result = evaluate_quotes(texts, read_judgements(GOLD), load_embedded(), planted_of_a_kind=3)
    real, made = result.of(real=True), result.of(real=False)
    assert (real.recall >= 0.95, real.precision >= 0.94, made.recall >= 0.95) == (True, True, True), (real, made)
    assert result.of(real=True, half="test").recall >= 0.92
