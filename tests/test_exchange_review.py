"""A pack goes to a reviewer and comes back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from exchange_made_up import GAUGE, GLOSSARY
from openpyxl import load_workbook

from glossary.concepts import Concept, Term, Usage, Workflow
from glossary.errors import ExchangeError
from glossary.exchange.review import merge_review
from glossary.exchange.review_pack import read_review, write_review

SENT = tuple(replace(concept, version=2) for concept in GLOSSARY)


def _edit(path: Path, cells: dict[tuple[int, str], str], new: dict[str, str] | None = None) -> None:
    """Do what a reviewer does: set cells by row and heading, and add a row."""
    workbook = load_workbook(path)
    sheet = workbook["Review"]
    headings = {cell.value: cell.column for cell in sheet[1]}
    for (row, heading), value in cells.items():
        sheet.cell(row, headings[heading]).value = value or None
    if new:
        last = sheet.max_row + 1
        for heading, value in new.items():
            sheet.cell(last, headings[heading]).value = value
    workbook.save(path)


def test_a_pack_that_comes_back_untouched_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    assert write_review(SENT, path) == ()
    report = merge_review(read_review(path), SENT)
    assert (report.concepts, report.items, report.warnings) == ((), (), ())


def test_edits_decisions_comments_and_new_terms_come_back(tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    write_review(SENT, path)
    cells = {
        (4, "Term"): "staff gauge",
        (4, "Decision"): "Approve",
        (4, "Comment"): "as in the manual",
        (3, "Term"): "",
    }
    _edit(path, cells, {"Concept id": "8", "Language": "en", "Term": "catchment", "Usage": "admitted"})
    report = merge_review(read_review(path), SENT)
    gauge, basin = report.concepts
    assert [term.text for term in gauge.terms] == ["水位计", "staff gauge", "SG"]
    assert gauge.workflow == {"zh": Workflow.CANDIDATE, "en": Workflow.APPROVED}
    assert gauge.version == 2
    assert basin.terms[-1] == Term("new-1", "en", "catchment", Usage.ADMITTED)
    assert report.items[0].comments == (("en", "as in the manual"),)
    assert report.items[0].decisions == (("en", Workflow.APPROVED),)
    assert report.conflicts == ()


def test_what_others_changed_meanwhile_stays_and_contradictions_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    write_review(SENT, path)
    _edit(path, {(4, "Term"): "staff gauge", (4, "Term note"): "reviewed"})
    terms = tuple(replace(one, text="water gauge", source="Glossary") if one.id == "73" else one for one in GAUGE.terms)
    now = (replace(GAUGE, terms=terms, version=3), SENT[1])
    report = merge_review(read_review(path), now)
    merged = report.concepts[0].terms[2]
    assert (merged.text, merged.source, merged.note) == ("water gauge", "Glossary", "reviewed")
    assert [(one.field, one.base, one.mine, one.theirs) for one in report.items[0].conflicts] == [
        ("term/73/text", "stage gauge", "staff gauge", "water gauge")
    ]
    won = merge_review(read_review(path), now, {"7": "*"})
    assert won.concepts[0].terms[2].text == "staff gauge"
    assert won.concepts[0].version == 3


def test_a_concept_that_is_gone_is_reported_and_a_row_without_an_id_is_a_proposal(tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    write_review(SENT, path)
    _edit(path, {(2, "Usage"): "admitted"}, {"Language": "en", "Term": "levee"})
    report = merge_review(read_review(path), SENT[1:])
    assert report.concepts == (Concept("", terms=(Term("", "en", "levee"),), workflow={"en": Workflow.PROPOSED}),)
    assert [item.gone for item in report.items] == [True, False]


def test_missing_rows_remove_nothing_and_unclear_words_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "pack.xlsx"
    write_review(SENT, path)
    workbook = load_workbook(path)
    workbook["Review"].delete_rows(5)
    workbook.save(path)
    _edit(path, {(2, "Decision"): "perhaps", (2, "Usage"): "best"})
    report = merge_review(read_review(path), SENT)
    assert report.concepts == ()
    assert report.items[0].notes == (
        "“best” is no usage or type of a term; it was left as it was.",
        "the row of “SG” is missing; the term was kept.",
        "the decision “perhaps” was not understood; write approve or reject.",
    )


def test_another_workbook_is_refused_and_no_cell_runs(tmp_path: Path) -> None:
    from glossary.exchange import write_glossary

    write_glossary(GLOSSARY, tmp_path / "other.xlsx")
    with pytest.raises(ExchangeError, match=r"other.xlsx: this is no review pack of duizhao"):
        read_review(tmp_path / "other.xlsx")
    assert write_review([replace(GAUGE, note="=1+1")], tmp_path / "pack.xlsx") == (
        "1 cell that looks like a formula was written as text, so that nothing runs.",
    )
    workbook = load_workbook(tmp_path / "pack.xlsx")
    assert workbook["Base"].sheet_state == "veryHidden"
    assert {c.data_type for row in workbook["Review"].iter_rows() for c in row if c.value is not None} == {"s"}
