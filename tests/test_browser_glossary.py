"""The page “Glossary” in a browser: browse, edit, decide, two at once, hostile words, Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from browser import Served, serve, settled, visit
from glossary_page_made_up import HOSTILE, fill, glossary_of, opened, press, said
from playwright.sync_api import Browser, expect

from glossary.concepts import Concept, Workflow
from glossary.glossary import Glossary


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve(fill(tmp_path_factory.mktemp("glossary") / "corpus.sqlite")) as app:
        yield app


def test_browse_filter_and_send_the_address_to_a_colleague(browser: Browser, served: Served) -> None:
    with visit(browser) as page:
        opened(page, served, "")
        entries = page.locator(".gl-entry")
        expect(entries).to_have_count(50)
        expect(entries.first).to_contain_text("水位计")
        expect(entries.first).to_contain_text("approved")
        expect(page.get_by_text("1–50 of 60 concepts")).to_be_visible()
        page.keyboard.press("ArrowRight")
        expect(entries).to_have_count(10)
        page.get_by_placeholder("Find a term").fill("station 4")
        expect(entries).to_have_count(11)
        expect(page.locator("mark.dz-hit").first).to_have_text("station 4")
        page.get_by_placeholder("Find a term").fill("basin")
        expect(entries).to_have_count(1)
        expect(page).to_have_url(re.compile(r"find=basin"))
        address = page.url
    with visit(browser) as other:
        other.goto(address)
        expect(other.locator(".gl-entry")).to_have_count(1)
        expect(other.locator(".gl-entry")).to_contain_text("catchment")
        expect(other.get_by_placeholder("Find a term")).to_have_value("basin")


def test_an_address_that_asks_for_what_there_is_not_asks_for_nothing(browser: Browser, served: Served) -> None:
    with visit(browser) as page:
        opened(page, served, "?sort=zh&status=x&usage=y")
        expect(page.locator(".gl-entry")).to_have_count(50)
        for name, shown in (("Status", "any status"), ("Usage", "any usage"), ("Order", "as entered")):
            expect(page.get_by_role("combobox", name=name)).to_have_value(shown)


def test_the_list_is_walked_by_keys(browser: Browser, served: Served) -> None:
    with visit(browser) as page:
        opened(page, served, "?status=approved")
        expect(page.locator(".gl-entry")).to_have_count(1)
        opened(page, served, "?subject=hydrology")
        expect(page.locator(".gl-entry")).to_have_count(2)
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page.locator("#gl-top")).to_contain_text("流域 · river basin")
        settled(page).keyboard.press("k")
        expect(page.locator("#gl-top")).to_contain_text("水位计")
        settled(page).keyboard.press("b")
        expect(page.locator(".gl-entry")).to_have_count(2)


def test_a_concept_is_edited_decided_commented_restored_and_undone(browser: Browser, served: Served) -> None:
    with visit(browser) as page, glossary_of(served) as glossary:
        opened(page, served, "?concept=c2")
        expect(page.locator("#gl-top")).to_contain_text("流域 · river basin")
        press(page, "Edit")
        field = page.get_by_label("Term", exact=True).nth(1)
        field.fill("stage gauges")
        expect(page.locator(".gl-likes")).to_contain_text(
            "“stage gauges” is like “stage gauge” (plural or article) of c1"
        )
        field.fill("drainage basin")
        expect(page.locator(".gl-likes")).not_to_contain_text("Similar")
        page.reload()
        expect(page.get_by_label("Term", exact=True).nth(1)).to_have_value("drainage basin")
        page.get_by_label("Why (kept in the history)").fill("as in the manual")
        press(page, "Save")
        said(page, "流域 · drainage basin is saved")
        assert [one.text for one in glossary.find("c2").terms] == ["流域", "drainage basin", "catchment"]
        page.locator(".st-key-gl_in_zh").get_by_role("button", name="Approve").click()
        said(page, "approved")
        assert glossary.find("c2").workflow == {"zh": Workflow.APPROVED, "en": Workflow.CANDIDATE}
        expect(page.locator(".st-key-gl_in_zh").get_by_role("button", name="Retire")).to_be_visible()
        page.get_by_placeholder("Say something").fill("see c1")
        press(page, "Add comment")
        expect(page.locator(".gl-comment")).to_contain_text("see c1")
        expect(page.locator(".gl-history > li").first).to_contain_text("anna approved it")
        page.get_by_role("button", name="restore this version").last.click()
        said(page, "again as it was in version 1")
        assert [one.text for one in glossary.find("c2").of("en")] == ["river basin", "catchment"]
        press(page, "Undo")
        said(page, "Undone")
        now = glossary.find("c2")
        assert [one.text for one in now.of("en")] == ["drainage basin", "catchment"]
        assert now.workflow["zh"] is Workflow.APPROVED
        assert [event.action for event in glossary.history("c2")] == [
            "add",
            "edit",
            "approve",
            "comment",
            "restore",
            "undo",
        ]


def test_a_new_concept_is_proposed_and_merged(browser: Browser, served: Served) -> None:
    with visit(browser) as page, glossary_of(served) as glossary:
        opened(page, served, "")
        press(page, "New concept")
        page.get_by_label("Term", exact=True).nth(0).fill("水位标")
        page.get_by_label("Term", exact=True).nth(1).fill("stage gauge")
        expect(page.locator(".gl-likes")).to_contain_text("“stage gauge” is already a term of c1")
        press(page, "Propose")
        said(page, "is proposed")
        expect(page).to_have_url(re.compile("concept=c61"))
        assert set(glossary.find("c61").workflow.values()) == {Workflow.PROPOSED}
        opened(page, served, "?concept=c1")
        press(page, "Merge")
        expect(page.get_by_label("Put into this one")).to_have_value("c61 · 水位标 · stage gauge")
        page.locator(".st-key-gl_merge_do").get_by_role("button").click()
        said(page, "is part of this concept now")
        assert {one.text for one in glossary.find("c1").of("zh")} == {"水位计", "水尺", "水位标"}
        opened(page, served, "?concept=c61")
        expect(page.get_by_text("is no longer in the glossary")).to_be_visible()
        page.get_by_role("button", name="undo").first.click()
        said(page, "Undone")
        assert glossary.find("c61").of("zh")[0].text == "水位标"
        assert glossary.verify() == ()


def test_two_edit_the_same_concept_and_nothing_is_overwritten(browser: Browser, served: Served) -> None:
    with visit(browser) as first, visit(browser) as second, glossary_of(served) as glossary:
        for page in (first, second):
            opened(page, served, "?concept=c4")
            press(page, "Edit")
        first.get_by_label("Subject").fill("counter-terrorism")
        first.get_by_label("Definition").nth(1).fill("People who travel to fight.")
        press(first, "Save")
        said(first, "is saved")
        second.get_by_label("Subject").fill("terrorism")
        second.get_by_label("Note").last.fill("mine")
        press(second, "Save")
        expect(second.get_by_text("Nothing was overwritten")).to_be_visible()
        expect(second.locator(".gl-compared")).to_contain_text("People who travel to fight.")
        expect(second.locator(".gl-compared")).to_contain_text("mine")
        assert glossary.find("c4").note == ""
        second.get_by_text("mine: terrorism").click()
        press(second, "Save both")
        said(second, "is saved")
        now = glossary.find("c4")
        assert (now.subject, now.note) == ("terrorism", "mine")
        assert [one.text for one in now.definitions] == ["People who travel to fight."]
        assert glossary.verify() == ()


def test_who_has_not_seen_a_change_does_not_decide_about_it(browser: Browser, served: Served) -> None:
    with visit(browser) as page, glossary_of(served) as glossary:
        opened(page, served, "?concept=c10")
        expect(page.locator("#gl-top")).to_contain_text("station 5")
        other = Glossary(glossary.database, "berta")
        other.save(Concept(**{**_fields(other.find("c10")), "note": "changed meanwhile"}))
        page.get_by_role("button", name="Approve").first.click()
        expect(page.get_by_text("nothing was overwritten")).to_be_visible()
        assert glossary.find("c10").workflow["en"] is Workflow.CANDIDATE
        page.get_by_role("button", name="Approve").first.click()
        said(page, "approved")
        assert glossary.find("c10").workflow["en"] is Workflow.APPROVED


def _fields(concept: Concept) -> dict[str, object]:
    return {name: getattr(concept, name) for name in Concept.__slots__}


def test_hostile_text_is_shown_as_text(browser: Browser, served: Served) -> None:
    with visit(browser) as page:
        opened(page, served, "?find=script")
        expect(page.locator(".gl-entry")).to_contain_text(HOSTILE)
        page.locator(".gl-entry").click()
        expect(page.locator("#gl-top")).to_contain_text("脚本")
        page.get_by_role("button", name="Approve").first.click()
        said(page, HOSTILE)
        press(page, "Edit")
        expect(page.locator(".gl-h1")).to_contain_text(HOSTILE)


def test_the_page_speaks_chinese(browser: Browser, served: Served) -> None:
    with visit(browser, locale="zh-CN") as page:
        opened(page, served, "?concept=c1")
        expect(page.get_by_role("button", name="编辑")).to_be_visible()
        expect(page.locator("article")).to_contain_text("禁用")
        press(page, "返回列表")
        expect(page.get_by_text("第 1–50 条")).to_be_visible()
        opened(page, served, "?view=drift")
        expect(page.get_by_text("没有提示")).to_be_visible()
