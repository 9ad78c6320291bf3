"""The page “Glossary” in a browser: import, export, review packs, the inboxes of conflicts and alerts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Served, serve, visit
from glossary_made_up import term
from glossary_page_made_up import APPROVED, SUM, fill, glossary_of, opened, press, said
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect
from test_precedents import COMBATANTS, FIGHTERS

from glossary.concepts import Concept, Usage
from glossary.conflicts.settling import settled as settled_conflicts
from glossary.dismissals import CONFLICT, DRIFT, Dismissals
from glossary.exchange import dump_glossary, read_glossary
from glossary.reading import Query

BOMB = """<?xml version="1.0"?><!DOCTYPE tbx [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c SYSTEM "file:///etc/passwd">]><tbx type="TBX-Basic" style="dca" xml:lang="en"
xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="1"><langSec xml:lang="en"><termSec>
<term>&b;&c;</term></termSec></langSec></conceptEntry></body></text></tbx>"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve(fill(tmp_path_factory.mktemp("glossary") / "corpus.sqlite")) as app:
        yield app


def test_a_tbx_with_conflicts_is_imported_once(browser: Browser, served: Served, tmp_path: Path) -> None:
    theirs = [
        Concept(
            "1", "hydrography", terms=(term("第20站", "zh", Usage.PREFERRED), term("post 20", "", Usage.PREFERRED))
        ),
        Concept("2", "glaciers", terms=(term("冰川", usage=Usage.PREFERRED), term("glacier", usage=Usage.PREFERRED))),
    ]
    file = tmp_path / "theirs.tbx"
    file.write_bytes(dump_glossary(theirs, "tbx").data)
    with visit(browser) as page, glossary_of(served) as glossary:
        before = glossary.count()
        opened(page, served, "?view=import")
        page.locator("input[type=file]").set_input_files(file)
        counts = page.locator(".gl-counts")
        expect(counts).to_contain_text("1 new")
        expect(counts).to_contain_text("1 in conflict")
        expect(page.locator(".gl-differs")).to_contain_text("post 20")
        assert glossary.count() == before
        page.get_by_label("Where the file contradicts the glossary").click()
        page.get_by_role("option", name="take theirs").click()
        expect(page.get_by_text("This will add 1 concepts and change 1.")).to_be_visible()
        press(page, "Import")
        said(page, "Imported: 1 new, 1 changed.")
        expect(page.get_by_text("Nothing to import")).to_be_visible()
        assert glossary.count() == before + 1
        assert glossary.list(Query(text="post 20"))[0].of("zh")[0].text == "第20站"
        press(page, "Undo the import")
        said(page, "Undone")
        assert glossary.count() == before
        assert glossary.list(Query(text="post 20")) == ()
        bomb = tmp_path / "bomb.tbx"
        bomb.write_text(BOMB)
        page.locator("input[type=file]").set_input_files(bomb)
        expect(page.get_by_test_id("stAlert")).to_contain_text("bomb.tbx")
        expect(page.get_by_text("root:")).to_have_count(0)
        assert glossary.count() == before


def test_the_glossary_is_exported_and_read_again(browser: Browser, served: Served, tmp_path: Path) -> None:
    with visit(browser) as page, glossary_of(served) as glossary:
        opened(page, served, "?view=export&subject=numbers")
        press(page, "Prepare the file")
        with page.expect_download() as found:
            page.get_by_role("button", name="Download glossary.tbx").click()
        file = tmp_path / "out.tbx"
        found.value.save_as(file)
        back = read_glossary(file).concepts
        here = glossary.list(Query(subject="numbers"))
        assert [[one.text for one in concept.terms] for concept in back] == [
            [one.text for one in concept.terms] for concept in here
        ]
        opened(page, served, "?view=export&in=en")
        page.locator(".st-key-gl_format").get_by_role("combobox").click()
        page.get_by_role("option", name="Excel, one row a term").click()
        press(page, "Prepare the file")
        with page.expect_download() as found:
            page.get_by_role("button", name="Download glossary.xlsx").click()
        workbook = tmp_path / "out.xlsx"
        found.value.save_as(workbook)
        cells = [cell for row in load_workbook(workbook).worksheets[0].iter_rows() for cell in row]
        assert any(SUM in str(cell.value) for cell in cells)
        assert [cell.value for cell in cells if cell.data_type == "f"] == []


def test_a_review_pack_is_sent_edited_and_taken_back(browser: Browser, served: Served, tmp_path: Path) -> None:
    with visit(browser) as page, glossary_of(served) as glossary:
        opened(page, served, "?view=export&subject=hydrology")
        page.locator(".st-key-gl_format").get_by_role("combobox").click()
        page.get_by_role("option", name="Review pack").click()
        press(page, "Prepare the file")
        with page.expect_download() as found:
            page.get_by_role("button", name="Download review.xlsx").click()
        file = tmp_path / "review.xlsx"
        found.value.save_as(file)
        workbook = load_workbook(file)
        sheet = workbook["Review"]
        cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "catchment")
        cell.value = "catchment area"
        workbook.save(file)
        opened(page, served, "?view=import")
        page.locator("input[type=file]").set_input_files(file)
        expect(page.locator(".gl-differs")).to_contain_text("catchment area")
        press(page, "Take in the review")
        said(page, "Taken in: 1 concepts")
        assert "catchment area" in [one.text for one in glossary.find("c2").terms]


def test_a_conflict_is_found_confirmed_and_brought_back(browser: Browser, served: Served) -> None:
    with visit(browser) as page, glossary_of(served) as glossary:
        opened(page, served, "?view=conflicts")
        press(page, "Look for conflicts")
        expect(page.locator("article h1")).to_have_text("foreign terrorist fighters")
        expect(page.locator(".gl-rival")).to_have_count(2)
        expect(page.locator("mark.dz-partner").first).to_have_text(FIGHTERS)
        expect(page.get_by_text("Conflicts (1)")).to_be_visible()
        page.locator("body").press("c")
        expect(page.get_by_text("No conflicts")).to_be_visible()
        dismissals = Dismissals(glossary.database, "anna")
        assert len(settled_conflicts(dismissals)) == 1
        assert dismissals.all(CONFLICT)[0].user == "anna"
        page.get_by_text("Set aside: 1").click()
        page.get_by_role("button", name="bring back").click()
        expect(page.locator("article h1")).to_have_text("foreign terrorist fighters")
        assert dismissals.all(CONFLICT) == ()


def test_an_alert_is_raised_dismissed_with_a_reason_and_brought_back(browser: Browser, served: Served) -> None:
    with visit(browser) as page, glossary_of(served) as glossary:
        entry = Concept(
            "",
            terms=(term(FIGHTERS, usage=Usage.PREFERRED), term("foreign terrorist fighters", usage=Usage.PREFERRED)),
            workflow=APPROVED,
        )
        glossary.add([entry])
        opened(page, served, "?view=drift")
        expect(page.get_by_text("No alerts")).to_be_visible()
        press(page, "Test the approved entries by all documents again")
        expect(page.locator("article h1")).to_contain_text(f"foreign terrorist fighters → {FIGHTERS}")
        expect(page.locator("mark.dz-partner").first).to_have_text(COMBATANTS)
        expect(page.get_by_text("Drift (1)")).to_be_visible()
        press(page, "Dismiss D")
        expect(page.get_by_test_id("stAlert")).to_contain_text("needs a reason")
        page.get_by_label("Why", exact=True).fill("an old text")
        press(page, "Dismiss D")
        expect(page.get_by_text("No alerts")).to_be_visible()
        assert [one.reason for one in Dismissals(glossary.database, "anna").all(DRIFT)] == ["an old text"]
        page.get_by_text("Set aside: 1").click()
        page.get_by_role("button", name="bring back").click()
        expect(page.locator("article h1")).to_contain_text(f"foreign terrorist fighters → {FIGHTERS}")
        press(page, "Open the entry O")
        expect(page.locator("#gl-top")).to_contain_text(f"{FIGHTERS} · foreign terrorist fighters")
