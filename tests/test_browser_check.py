"""The page “Check” in a real browser: findings in place, dismissed with a reason, kept over a reload, in a report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from browser import Served, serve, settled, visit
from check_made_up import simple
from playwright.sync_api import Browser, Page, expect

from glossary.dismissals import CHECK, Dismissals
from glossary.glossary import Glossary

CHINESE = (
    "观测站每小时报告河流的水位。",
    "监察站共有150名工作人员，每两年轮换一次。",
    "委员会每年访问观测站。",
    "会员国分担费用<script>alert(1)</script>。",
)
ENGLISH = (
    "The observing station reports the water level of the river every hour.",
    "The observing station has 250 members of staff, who rotate every two years.",
    "The commission visits the observing station every year.",
    "Member States share the costs <script>alert(1)</script>.",
)
REASON = "<b onmouseover=alert(3)>the office said so</b>"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    database = tmp_path_factory.mktemp("check") / "c.sqlite"
    with Glossary.open(database, "anna") as glossary:
        glossary.add([replace(simple(1, "观测站", "observing station", "监察站"), id="")])
    with serve(database) as running:
        yield running


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """The translation as a Word document, the original as text."""
    zh, en = tmp_path / "draft.zh.docx", tmp_path / "original.en.txt"
    document = docx.Document()
    for text in CHINESE:
        document.add_paragraph(text)
    document.save(str(zh))
    en.write_text("\n\n".join(ENGLISH), "utf-8")
    return zh, en


def hand_in(page: Page, zh: Path, en: Path) -> None:
    fields = page.locator("input[type=file]")
    fields.nth(0).set_input_files(zh)
    expect(page.get_by_text(zh.name)).to_be_visible()
    fields.nth(1).set_input_files(en)
    expect(page.get_by_text(en.name)).to_be_visible()
    settled(page)
    page.locator(".st-key-ck_run button").click()
    page.locator(".dz-ck-sheet").wait_for()
    settled(page)


def findings(page: Page) -> list[str]:
    return page.locator(".dz-ck-finding h4").all_inner_texts()


def dismissed(served: Served) -> list[tuple[str, str]]:
    with Dismissals.open(served.database, read_only=True) as found:
        return [(one.reason, one.user) for one in found.all(CHECK)]


def test_errors_are_found_in_place_dismissed_with_a_reason_and_stay_so(
    browser: Browser, served: Served, files: tuple[Path, Path], tmp_path: Path
) -> None:
    with visit(browser) as page:
        page.goto(f"{served.url}/check")
        hand_in(page, *files)
        assert findings(page) == ["1 ✕ error · forbidden term", "2 ✕ error · number differs"]
        paragraph = page.locator(".dz-ck-bead").nth(1)
        assert paragraph.locator(".dz-ck-own mark").all_inner_texts() == ["监察站", "150"]
        expect(paragraph.locator(".dz-ck-finding").nth(1)).to_contain_text("The original has 250, the translation 150.")
        assert paragraph.locator("a").get_attribute("href") == "/glossary?concept=c1"
        expect(page.locator(".dz-ck-sheet")).to_contain_text("<script>alert(1)</script>")

        page.keyboard.press("n")
        expect(page.locator(".dz-ck-finding.dz-ck-now")).to_contain_text("forbidden term")
        expect(page.locator(".dz-ck-below details[open]")).to_contain_text("observing station")
        page.keyboard.press("n")
        expect(page.locator(".dz-ck-finding.dz-ck-now")).to_contain_text("number differs")
        settled(page)
        page.keyboard.press("d")
        page.keyboard.type(REASON)
        page.keyboard.press("Enter")
        expect(page.locator(".dz-ck-finding")).to_have_count(1)
        assert dismissed(served) == [(REASON, "anna")]

        settled(page).reload()
        expect(page.locator(".dz-ck-finding")).to_have_count(1)
        assert findings(page) == ["1 ✕ error · forbidden term"]
        expect(page.locator(".dz-ck-counts")).to_contain_text("1 dismissed")
        page.get_by_text("Dismissed", exact=True).click()
        expect(page.locator(".dz-ck-gone")).to_contain_text(f"dismissed: {REASON} — anna")

        page.get_by_role("button", name="Download the report").click()
        with page.expect_download() as word:
            page.locator(".st-key-ck_as_docx button").click()
        with page.expect_download() as sarif:
            page.locator(".st-key-ck_as_json button").click()
        word.value.save_as(tmp_path / "report.docx")
        comments = [one.text for one in docx.Document(str(tmp_path / "report.docx")).comments]
        assert len(comments) == 1
        assert "观测站" in comments[0]
        results = json.loads(Path(sarif.value.path()).read_text("utf-8"))["runs"][0]["results"]
        assert sorted((one["ruleId"], bool(one.get("suppressions"))) for one in results) == [
            ("forbidden-term", False),
            ("number", True),
        ]
        page.keyboard.press("Escape")

        page.locator(".dz-ck-gone button", has_text="bring back").click()
        expect(page.locator(".dz-ck-finding:not(.dz-ck-gone)")).to_have_count(2)
        assert dismissed(served) == []


def test_pasted_texts_are_checked_and_another_browser_sees_the_same_in_chinese(
    browser: Browser, served: Served
) -> None:
    with visit(browser) as page:
        page.goto(f"{served.url}/check?by=text")
        page.locator(".st-key-ck_translation_text textarea").fill("\n".join(CHINESE))
        page.locator(".st-key-ck_original_text textarea").fill("\n".join(ENGLISH))
        page.locator(".st-key-ck_run button").click()
        expect(page.locator(".dz-ck-finding")).to_have_count(2)
        expect(page.locator("h3")).to_have_text("Pasted text")
        settled(page).get_by_role("button", name="number differs 1").click()
        expect(page.locator(".dz-ck-finding")).to_have_count(1)
        page.get_by_text("Original beside").click()
        expect(page.locator(".dz-ck-beside .dz-ck-other mark")).to_have_text("250")
        settled(page)
        address = page.url
    assert "kind=number" in address
    with visit(browser, locale="zh-CN") as page:
        page.goto(address)
        expect(page.locator(".dz-ck-finding h4")).to_have_text("1 ✕ 错误 · 数字不符")
        expect(page.locator(".dz-ck-finding p").first).to_have_text("原文为250，译文为150。")
        expect(page.locator(".dz-ck-beside .dz-ck-other mark")).to_have_text("250")


def test_what_cannot_be_checked_is_said_in_a_sentence(browser: Browser, served: Served, tmp_path: Path) -> None:
    bad = tmp_path / "<img src=x onerror=alert(1)>.docx"
    bad.write_bytes(b"PK\x03\x04 no document at all")
    with visit(browser) as page:
        page.goto(f"{served.url}/check?draft=nobody-knows")
        expect(page.get_by_text(re.compile("no longer kept"))).to_be_visible()
        page.locator(".st-key-ck_run button").click()
        expect(page.get_by_text("Give a translation and its original first.")).to_be_visible()
        page.locator("input[type=file]").first.set_input_files(bad)
        expect(page.locator("[data-testid=stFileChipName]")).to_have_count(1)
        settled(page)
        page.locator(".st-key-ck_run button").click()
        expect(page.get_by_text(re.compile("Add the original too"))).to_be_visible()
        page.locator("input[type=file]").nth(1).set_input_files(bad)
        expect(page.locator("[data-testid=stFileChipName]")).to_have_count(2)
        settled(page)
        page.locator(".st-key-ck_run button").click()
        expect(page.locator("[data-testid=stAlertContentError]")).to_contain_text(".docx")
        expect(page.locator(".dz-ck-sheet")).to_have_count(0)
