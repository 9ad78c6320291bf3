"""``duizhao glossary pack`` and ``unpack``: a review goes out, the glossary goes on, the review comes back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import typer
from glossary_made_up import concept, rich
from libreoffice import convert
from openpyxl import load_workbook
from typer.testing import CliRunner

from cli.failures import PoliteGroup
from cli.glossary_packs import register
from glossary.concepts import Concept, Usage, Workflow
from glossary.glossary import Glossary
from glossary.rules import Role

APP = typer.Typer(cls=PoliteGroup)
register(APP)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A glossary of a gauge (c1, proposed), a basin (c2, approved) and a dyke (c3, proposed)."""
    path = tmp_path / "corpus.sqlite"
    with Glossary.open(path, user="anna") as glossary:
        for texts in (("水位计", "水尺", "stage gauge"), ("流域", "river basin"), ("堤", "dyke")):
            glossary.propose(concept(*texts, subject="hydrology"))
        glossary.approve(glossary.find("c2"))
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(APP, [str(argument) for argument in arguments], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def packed(tmp_path: Path, db: Path, *options: object) -> Path:
    path = tmp_path / "pack.xlsx"
    assert run("pack", path, "--db", db, *options)[0] == 0
    return path


def reviewed(path: Path, cells: dict[tuple[str, str], str], *rows: dict[str, str]) -> None:
    """Do what a reviewer does: change the cells of terms under a heading, and add rows."""
    workbook = load_workbook(path)
    sheet = workbook["Review"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    lines = {sheet.cell(row, columns["Term"]).value: row for row in range(2, sheet.max_row + 1)}
    for (term, heading), value in cells.items():
        cell = sheet.cell(lines[term], columns[heading])
        cell.value = value or None
        if value.startswith("="):
            cell.data_type = "s"  # typed as text, as one does with an apostrophe in front
    for number, row in enumerate(rows, sheet.max_row + 1):
        for heading, value in row.items():
            sheet.cell(number, columns[heading]).value = value
    workbook.save(path)


def unpacked(path: Path, db: Path, *options: object) -> dict[str, Any]:
    code, out, err = run("unpack", path, "--db", db, "--user", "cy", "--json", *options)
    assert code == 0, err
    found: dict[str, Any] = json.loads(out)
    return found


def stored(db: Path) -> dict[str, Concept]:
    with Glossary.open(db, read_only=True) as glossary:
        assert glossary.verify() == ()
        return {one.id: replace(one, version=0) for one in glossary.list()}


def numbers(found: dict[str, Any]) -> tuple[object, ...]:
    return tuple(found[name] for name in ("changed", "new", "contradicting", "gone"))


def test_a_pack_holds_what_was_chosen_and_an_untouched_one_changes_nothing(tmp_path: Path, db: Path) -> None:
    path = packed(tmp_path, db, "--status", "approved")
    rows = list(load_workbook(path)["Review"].iter_rows(values_only=True, max_col=3))
    assert rows[1:] == [("c2", "zh", "流域"), ("c2", "en", "river basin")]
    before = stored(db)
    code, out, err = run("unpack", path, "--db", db)
    assert (code, err) == (0, "")
    assert out == "0 changed, 0 new, 0 contradicting, 0 gone\nnothing to change: it is so already\n"
    assert stored(db) == before


def test_a_review_meets_what_was_changed_meanwhile_and_one_undo_takes_it_back(tmp_path: Path, db: Path) -> None:
    path = packed(tmp_path, db)
    reviewed(
        path,
        {
            ("水尺", "Term"): "水标",
            ("stage gauge", "Term note"): "see the manual",
            ("stage gauge", "Decision"): "approve",
            ("stage gauge", "Comment"): "as in the manual",
            ("dyke", "Term"): "levee",
        },
        {"Concept id": "c2", "Language": "English", "Term": "catchment", "Usage": "admitted"},
        {"Language": "en", "Term": "weir"},
    )
    with Glossary.open(db, user="bo") as glossary:
        gauge = glossary.find("c1")
        terms = tuple(
            replace(one, text="水尺子", usage=Usage.ADMITTED) if one.id == "t2" else one for one in gauge.terms
        )
        glossary.save(replace(gauge, terms=terms))
        glossary.merge(glossary.find("c2"), [glossary.find("c3")])
    before = stored(db)
    assert numbers(unpacked(path, db, "--dry-run")) == (2, 1, 1, 1)
    assert stored(db) == before
    code, out, err = run("unpack", path, "--db", db, "--user", "cy")
    today = out.split("(bo, ")[1][:10]
    assert (code, err) == (0, "warning: pack.xlsx: one new concept is proposed (weir).\n")
    assert out.split("\n") == [
        "c1  水位计 · stage gauge",
        f"  ≠ term/t2/text: was “水尺”, here “水尺子” (bo, {today}), reviewer “水标”",
        "    kept as here; --theirs c1/term/t2/text takes the reviewer's",
        "  ✎ term/t3/usage: – → preferred",
        "  ✎ term/t3/note: – → see the manual",
        "  ✎ workflow/en: proposed → approved",
        f"  ↺ meanwhile bo, {today}, edit: term/t2/text: 水尺 → 水尺子; term/t2/usage: – → admitted",
        "  » en: “as in the manual”",
        "c3  堤 · dyke",
        f"  ✕ gone from the glossary (bo, {today}, event 7); the review of it was not taken",
        "c2  流域 · river basin",
        "  ✎ new term “catchment” (en, admitted)",
        f"  ↺ meanwhile bo, {today}, merge: workflow/zh: approved → in-review; workflow/en: approved → "
        "in-review; new term “…",
        "new  weir",
        "  ✎ new term “weir” (en)",
        "2 changed, 1 new, 1 contradicting, 1 gone",
        "event 8; “duizhao glossary undo” takes it back",
        "",
    ]
    after = stored(db)
    assert [term.text for term in after["c1"].terms] == ["水位计", "水尺子", "stage gauge"]
    assert after["c1"].workflow == {"zh": Workflow.PROPOSED, "en": Workflow.APPROVED}
    assert after["c4"].workflow == {"en": Workflow.PROPOSED}
    with Glossary.open(db, user="cy") as glossary:
        events = [event for event in glossary.history() if event.user == "cy"]
        assert [(event.action, event.concept, event.batch, event.reason) for event in events] == [
            ("unpack", "c4", 8, "review of pack.xlsx"),
            ("unpack", "c1", 8, "review of pack.xlsx"),
            ("unpack", "c2", 8, "review of pack.xlsx"),
            ("comment", "c1", 11, "as in the manual (en, pack.xlsx)"),
        ]
        glossary.undo()
    assert stored(db) == before


def test_a_second_time_nothing_changes(tmp_path: Path, db: Path) -> None:
    path = packed(tmp_path, db)
    new = {"Concept id": "c1", "Language": "en", "Term": "staff gauge"}
    reviewed(path, {("dyke", "Comment"): "used?", ("堤", "Term"): "堤坝"}, new, {"Language": "zh", "Term": "堰"})
    assert numbers(unpacked(path, db)) == (2, 1, 0, 0)
    after = stored(db)
    again = unpacked(path, db)
    assert (numbers(again), again["event"]) == ((0, 0, 0, 0), None)
    assert [one["notes"] for one in again["concepts"]] == [[], [], ["it is there already, as c4."]]
    assert stored(db) == after
    with Glossary.open(db) as glossary:
        assert sum(event.action == "comment" for event in glossary.history()) == 1


@pytest.mark.parametrize("name", ["c1/term/t3/text", "c1", "all"])
def test_the_reviewer_wins_where_it_is_asked_for(tmp_path: Path, db: Path, name: str) -> None:
    path = packed(tmp_path, db)
    reviewed(path, {("stage gauge", "Term"): "staff gauge"})
    with Glossary.open(db, user="bo") as glossary:
        gauge = glossary.find("c1")
        terms = tuple(replace(one, text="water gauge") if one.id == "t3" else one for one in gauge.terms)
        glossary.save(replace(gauge, terms=terms))
    found = unpacked(path, db, "--theirs", name)
    assert numbers(found) == (1, 0, 0, 0)
    (conflict,) = found["concepts"][0]["conflicts"]
    assert conflict.pop("changed_by")["user"] == "bo"
    assert conflict == {
        "field": "term/t3/text",
        "sent": "stage gauge",
        "glossary": "water gauge",
        "reviewer": "staff gauge",
        "kept": "reviewer",
    }
    assert [term.text for term in stored(db)["c1"].terms] == ["水位计", "水尺", "staff gauge"]


def test_a_field_that_is_no_conflict_is_refused_and_those_that_are_named(tmp_path: Path, db: Path) -> None:
    path = packed(tmp_path, db)
    reviewed(path, {("stage gauge", "Term"): "staff gauge"})
    before = stored(db)
    code, out, err = run("unpack", path, "--db", db, "--theirs", "c1/term/t3/text")
    assert (code, out) == (2, "")
    assert err == "duizhao: pack.xlsx: “c1/term/t3/text” is no conflict of it; there is none.\n"
    assert stored(db) == before


def test_a_decision_on_words_that_were_changed_meanwhile_is_not_taken(tmp_path: Path, db: Path) -> None:
    path = packed(tmp_path, db)
    reviewed(path, {("dyke", "Decision"): "同意"})
    with Glossary.open(db, user="bo") as glossary:
        dyke = glossary.find("c3")
        glossary.save(replace(dyke, terms=(dyke.terms[0], replace(dyke.terms[1], text="levee"))))
    _, out, _ = run("unpack", path, "--db", db)
    assert "≠ workflow/en: approved by the reviewer, but its words have been changed meanwhile" in out
    assert stored(db)["c3"].workflow["en"] is Workflow.PROPOSED


def test_what_a_rule_forbids_is_left_out_and_the_rest_is_taken(tmp_path: Path, db: Path) -> None:
    path = packed(tmp_path, db)
    cells = {
        ("river basin", "Decision"): "reject",
        ("river basin", "Term note"): "of a river",
        ("堤", "Term"): "",
        ("dyke", "Term"): "",
        ("水尺", "Usage"): "admitted",
    }
    reviewed(path, cells, {"Language": "en", "Term": "a\nweir"})
    found = unpacked(path, db)
    assert numbers(found) == (2, 0, 0, 0)
    assert [one["notes"] for one in found["concepts"]] == [
        [],
        [
            "the decision was left out: c2 (流域) is approved in en and cannot become rejected; "
            "it can become in review or retired."
        ],
        ["nothing of it was changed: c3 has no term; a concept needs at least one, so give one or reject the concept."],
        [
            "it was left out: the concept “a weir” has a line break or control character in “a weir”; take it out.",
        ],
    ]
    after = stored(db)
    assert after["c2"].workflow == {"zh": Workflow.APPROVED, "en": Workflow.IN_REVIEW}
    assert after["c2"].terms[1].note == "of a river"
    assert after["c1"].terms[1].usage is Usage.ADMITTED
    assert [term.text for term in after["c3"].terms] == ["堤", "dyke"]


def test_what_was_approved_and_is_edited_is_in_review_even_if_the_reviewer_approves(tmp_path: Path, db: Path) -> None:
    path = packed(tmp_path, db)
    reviewed(path, {("river basin", "Term"): "catchment", ("river basin", "Decision"): "approve"})
    (basin,) = unpacked(path, db)["concepts"]
    note = "en was approved by the reviewer and edited too, so it is in review; decide about it."
    assert basin["notes"] == [note]
    assert stored(db)["c2"].workflow == {"zh": Workflow.APPROVED, "en": Workflow.IN_REVIEW}


def test_a_copied_row_is_a_new_term_whatever_its_language_is_called(tmp_path: Path, db: Path) -> None:
    path = packed(tmp_path, db)
    copy = {"Concept id": "c3", "Language": "英文", "Term": "levee", "Term id": "t7"}
    reviewed(
        path, {}, copy, {"Concept id": "c3", "Term": "堤坝"}, {"Concept id": "c3", "Language": "en", "Term": "dyke"}
    )
    unpacked(path, db)
    terms = [(term.language, term.text) for term in stored(db)["c3"].terms]
    assert terms == [("zh", "堤"), ("en", "dyke"), ("en", "levee"), ("zh", "堤坝")]


def test_a_pack_of_another_glossary_is_refused(tmp_path: Path, db: Path) -> None:
    path = packed(tmp_path, db)
    reviewed(path, {("stage gauge", "Term"): "staff gauge"})
    other = tmp_path / "other.sqlite"
    with Glossary.open(other, user="anna") as glossary:
        glossary.propose(concept("大坝", "dam"))
    assert run("unpack", path, "--db", other) == (
        2,
        "",
        "duizhao: pack.xlsx: it was packed from another glossary (c1 was never so in this one); "
        "name the right one with --db.\n",
    )


def test_whoever_may_not_decide_takes_nothing_of_a_review_that_does(tmp_path: Path, db: Path) -> None:
    path = packed(tmp_path, db)
    reviewed(path, {("dyke", "Decision"): "approve", ("stage gauge", "Comment"): "yes"})
    with Glossary.open(db, user="anna") as glossary:
        glossary.set_role("anna", Role.ADMINISTRATOR)
        glossary.set_role("cy", Role.TRANSLATOR)
    before = stored(db)
    code, out, err = run("unpack", path, "--db", db, "--user", "cy")
    assert (code, out) == (2, "")
    assert err == "duizhao: cy is a translator and may not decide here (c3 (堤)); ask a terminologist.\n"
    assert stored(db) == before


def test_nothing_is_lost_of_odd_texts_that_the_reviewer_left_alone(tmp_path: Path) -> None:
    db = tmp_path / "odd.sqlite"
    with Glossary.open(db, user="anna") as glossary:
        glossary.add([rich()])
    before = stored(db)["c1"]
    path = packed(tmp_path, db)
    reviewed(path, {("station", "Usage"): "preferred"})
    assert numbers(unpacked(path, db)) == (1, 0, 0, 0)
    terms = (before.terms[0], replace(before.terms[1], usage=Usage.PREFERRED))
    assert stored(db)["c1"] == replace(before, terms=terms)


def test_a_pack_that_was_saved_by_another_program_comes_back_whole(tmp_path: Path, db: Path) -> None:
    path = packed(tmp_path, db)
    reviewed(path, {("stage gauge", "Term"): "=staff gauge", ("堤", "Decision"): "✓"})
    again = convert(path, "xlsx")
    assert numbers(unpacked(again, db)) == (2, 0, 0, 0)
    assert [term.text for term in stored(db)["c1"].terms] == ["水位计", "水尺", "=staff gauge"]
    assert stored(db)["c3"].workflow == {"zh": Workflow.APPROVED, "en": Workflow.PROPOSED}
    assert run("unpack", convert(path, "ods"), "--db", db) == (
        2,
        "",
        "duizhao: pack.ods: this is an OpenDocument file; save it as .xlsx.\n",
    )


def test_a_pack_is_not_written_over_a_file_nor_under_another_name_nor_empty(tmp_path: Path, db: Path) -> None:
    path = packed(tmp_path, db)
    content = path.read_bytes()
    assert run("pack", path, "--db", db) == (
        2,
        "",
        f"duizhao: {path} is there already, and a review may be in it; name another file.\n",
    )
    assert path.read_bytes() == content
    assert run("pack", tmp_path / "a.csv", "--db", db)[2] == (
        "duizhao: a.csv: a review pack is a workbook; give it a name that ends in .xlsx.\n"
    )
    assert run("pack", tmp_path / "b.xlsx", "--db", db, "--subject", "law")[2] == (
        "duizhao: there is no concept to review; choose others.\n"
    )
    assert not (tmp_path / "b.xlsx").exists()
