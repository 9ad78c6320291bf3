"""``duizhao check`` on the command line: what it says, what it keeps, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import docx
import pytest
import typer
from commands import Outcome
from typer.testing import CliRunner

from cli import check_commands, glossary_commands
from cli.failures import PoliteGroup
from glossary.checking.session import NO_GLOSSARY, NO_TEXTS

app = typer.Typer(cls=PoliteGroup, pretty_exceptions_enable=False)
app.command()(check_commands.check)
app.add_typer(glossary_commands.app, name="glossary")

CHINESE = "1. 观测站每小时报告河流的水位。\n\n2. 监察站共有150名工作人员。\n\n3. 委员会每年访问观测站。\n"
ENGLISH = (
    "1. The observing station reports the water level of the river every hour.\n\n"
    "2. The observing station has 250 members of staff.\n\n"
    "3. The commission visits the observing station every year.\n"
)
NUMBER = (
    "paragraph 2 · 2\n"
    "   监察站共有[150]名工作人员。\n"
    "   The observing station has [250] members of staff.\n"
    " ✕ error: number differs  {key}\n"
    "   The original has 250, the translation 150.\n"
)
SHARED = Path(__file__).parents[1].parent / "shared"


@pytest.fixture(autouse=True)
def _somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DUIZHAO_USER", "anna")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    zh, en = tmp_path / "zh.txt", tmp_path / "en.txt"
    zh.write_text(CHINESE, "utf-8")
    en.write_text(ENGLISH, "utf-8")
    return zh, en


def run(*arguments: object) -> Outcome:
    result = CliRunner().invoke(app, [*map(str, arguments)], catch_exceptions=False)
    return Outcome(result.exit_code, result.stdout, result.stderr)


def check(*arguments: object) -> Outcome:
    return run("check", *arguments)


def results(*arguments: object) -> list[dict[str, object]]:
    return json.loads(check(*arguments, "--json").out)["runs"][0]["results"]


def glossary() -> None:
    run("glossary", "propose", "--zh", "观测站", "--en", "observing station", "--term", "zh:监察站")
    run("glossary", "edit", "c1", "--deprecate", "监察站", "--prefer", "观测站")
    assert run("glossary", "approve", "c1").code == 0


def key_of(rule: str, *arguments: object) -> str:
    found = next(one for one in results(*arguments) if one["ruleId"] == rule)
    return str(found["partialFingerprints"]["duizhao/v1"])  # type: ignore[index]


def test_without_a_glossary_numbers_are_checked_and_it_is_said_that_terms_are_not(files: tuple[Path, Path]) -> None:
    outcome = check(*files)
    key = key_of("number", *files)[:10]
    assert (outcome.code, outcome.err) == (0, f"{NO_GLOSSARY}\n")
    assert NUMBER.format(key=key) in outcome.out


def test_a_forbidden_term_and_a_number_are_told_under_their_paragraph(files: tuple[Path, Path]) -> None:
    glossary()
    outcome = check(*files, "--strict")
    forbidden, number = (key_of(rule, *files)[:10] for rule in ("forbidden-term", "number"))
    assert outcome == Outcome(
        1,
        "paragraph 2 · 2\n"
        "   [监察站]共有[150]名工作人员。\n"
        "   The [observing station] has [250] members of staff.\n"
        f" ✕ error: forbidden term  {forbidden} · c1\n"
        "   “监察站” is not to be used; use “观测站”.\n"
        f" ✕ error: number differs  {number}\n"
        "   The original has 250, the translation 150.\n"
        "\n"
        "2 errors, 0 warnings in 3 paragraphs\n",
        f"{NO_TEXTS}\n",
    )


def test_a_finding_that_is_dismissed_stays_so_until_it_is_recalled(files: tuple[Path, Path]) -> None:
    glossary()
    key = key_of("number", *files)[:8]
    gone = check(*files, "--dismiss", key, "--reason", "as the Secretariat has it")
    assert gone.code == 0
    assert "number differs" not in gone.out
    again = check(*files, "--show-dismissed").out
    assert "1 error, 0 warnings in 3 paragraphs; 1 dismissed" in again
    assert "as the Secretariat has it · anna" in again
    zh = files[0]
    zh.write_text("序言。\n\n" + CHINESE, "utf-8")
    files[1].write_text("Preamble.\n\n" + ENGLISH, "utf-8")
    assert "number differs" not in check(*files).out
    back = check(*files, "--recall", key)
    assert "number differs" in back.out
    assert "number differs" in check(*files).out


def test_reports_are_written_beside_what_is_said(files: tuple[Path, Path], tmp_path: Path) -> None:
    outcome = check(*files, "-o", tmp_path / "r.html", "-o", tmp_path / "r.docx", "-o", tmp_path / "r.json")
    assert outcome.code == 0
    assert len(list(docx.Document(str(tmp_path / "r.docx")).comments)) == 1
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["version"] == "2.1.0"
    assert (tmp_path / "r.html").read_text("utf-8").startswith("<!DOCTYPE html>")


def test_a_table_of_pairs_is_checked_as_it_is(tmp_path: Path) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text("zh\ten\n共有150人。\tThere were 250 people.\n没有。\tNone.\n", "utf-8")
    assert [one["ruleId"] for one in results(table)] == ["number"]


def test_a_translation_without_anything_wrong_ends_well(tmp_path: Path) -> None:
    table = tmp_path / "pairs.tsv"
    table.write_text("zh\ten\n共有150人。\tThere were 150 people.\n", "utf-8")
    outcome = check(table, "--strict")
    assert (outcome.code, outcome.out) == (0, "nothing was found in 1 paragraphs\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["{zh}"], "zh.txt is one document; give the Chinese and the English one, or a table of aligned pairs."),
        (["{zh}", "{zh}"], "zh.txt was given twice: give the Chinese document first and its English original second."),
        (
            ["{zh}", "{en}", "-o", "r.pdf"],
            "r.pdf has no ending that says what to write; end it in .html, .docx or .json.",
        ),
        (
            ["{zh}", "{en}", "--dismiss", "abcdef"],
            "dismissing needs a reason, for those who come after; give one with --reason “…”.",
        ),
        (
            ["{zh}", "{en}", "--dismiss", "abcdef", "--reason", "x"],
            "no finding in these files has a key that begins with “abcdef”; copy it as it is printed.",
        ),
        (
            ["{zh}", "{en}", "--recall", "abcdef"],
            "no dismissed finding has a key that begins with “abcdef”; copy it as it is printed.",
        ),
        (["{zh}", "{en}", "--recall", "a"], "“a” is too short for a key; give at least 4 of its letters."),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    arguments: list[str], said: str, files: tuple[Path, Path], tmp_path: Path
) -> None:
    glossary()
    outcome = check(*(one.format(zh=files[0], en=files[1]) for one in arguments))
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.splitlines()[-1] == f"duizhao: {said}"


@pytest.mark.shared
def test_a_real_document_has_few_alarms_and_a_planted_number_is_found(tmp_path: Path) -> None:
    zh, en = tmp_path / "zh.txt", tmp_path / "en.txt"
    gold = SHARED / "un" / "gold"
    text = (gold / "e_2023_l_palestinian_women.zh").read_text("utf-8")
    en.write_text((gold / "e_2023_l_palestinian_women.en").read_text("utf-8"), "utf-8")
    zh.write_text(text, "utf-8")
    before = {one["ruleId"] for one in results(zh, en) if one["level"] != "note"}
    assert "2325" not in text.replace("1325", "")
    zh.write_text(text.replace("1325", "2325"), "utf-8")
    after = [one["ruleId"] for one in results(zh, en) if one["level"] != "note"]
    assert before == set()
    assert set(after) & {"number", "symbol"}
