"""The page “Corpus” in a real browser: empty, filled by upload, counted, drawn, corrected, emptied and put back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import Served, serve, settled, visit
from playwright.sync_api import Browser, Page, expect

from align.writers import read_table
from search.corpus import Corpus

HOSTILE = "<script>alert(1)</script>"
HEAD = "zh\ten\tsymbol\tdate\tbody\ttitle-zh\ttitle-en\tconfidence"
ROWS = (
    ("请会员国设立水文观测网络。", "Invites Member States to establish networks.", "A/RES/70/1", "2015-12-01", "0.97"),
    ("决定设立信托基金。", "Decides to establish a trust fund.", "A/RES/70/1", "2015-12-01", "0.41"),
    (f"费用由各国承担{HOSTILE}。", f"The costs are borne by States {HOSTILE}.", "A/75/20", "2020-08-01", "1.0"),
    ("渔民修理船只。", "Fishermen repair their boats.", "E/2020/3", "2020-09-01", "0.8"),
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serve(tmp_path_factory.mktemp("corpus") / "c.sqlite") as running:
        yield running


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    lines = [
        f"{zh}\t{en}\t{symbol}\t{date}\tGeneral Assembly\t题为{symbol}\tTitle of {symbol} {HOSTILE}\t{confidence}"
        for zh, en, symbol, date, confidence in ROWS
    ]
    path = tmp_path / "memory.tsv"
    path.write_text("\n".join([HEAD, *lines]) + "\n", "utf-8")
    return path


def number(page: Page, name: str) -> str:
    return page.locator(f".dz-co-is-{name} b").inner_text()


def shown(page: Page) -> list[str]:
    return page.locator(".dz-co-list tbody button").all_inner_texts()


def stored(served: Served) -> list[tuple[str, int, int]]:
    with Corpus.open(served.database, read_only=True) as corpus:
        assert corpus.verify() == ()
        return [(one.label, one.pairs, one.checked) for one in corpus.list()]


def test_an_empty_corpus_is_filled_read_checked_emptied_and_put_back(
    browser: Browser, served: Served, memory: Path, tmp_path: Path
) -> None:
    with visit(browser) as page:
        page.goto(f"{served.url}/corpus")
        expect(page.get_by_text(re.compile("The corpus is empty"))).to_be_visible()
        settled(page).get_by_role("button", name="Add documents").click()
        add(page, memory)
        assert stored(served) == [("A/RES/70/1", 2, 0), ("A/75/20", 1, 0), ("E/2020/3", 1, 0)]

        page.goto(f"{served.url}/corpus")
        page.locator(".dz-co-list").wait_for()
        assert (number(page, "documents"), number(page, "pairs"), number(page, "doubtful")) == ("3", "4", "1")
        assert shown(page) == ["E/2020/3", "A/75/20", "A/RES/70/1"]
        assert page.locator(".dz-co-list a").get_attribute("href") == "/align?document=1#2"
        expect(page.locator(".dz-co-list")).to_contain_text(HOSTILE)
        expect(page.locator("[data-testid=stVegaLiteChart] :is(canvas, svg)")).to_have_count(4)
        page.get_by_role("button", name="Table and picture").first.click()
        expect(page.locator(".dz-co-table")).to_contain_text("2020")
        with page.expect_download() as drawing:
            page.locator(".st-key-co_years_svg button").click()
        assert "2020 has the most documents" in Path(drawing.value.path()).read_text("utf-8")
        page.keyboard.press("Escape")

        page.locator(".dz-co-list button", has_text="A/RES/70/1").click()
        expect(page.locator(".dz-co-pair")).to_have_count(2)
        page.locator(".dz-co-pair", has_text="trust fund").get_by_text("mark as checked").click()
        expect(page.locator(".dz-co-pair.dz-checked")).to_have_count(1)
        assert stored(served)[0] == ("A/RES/70/1", 2, 1)
        settled(page).get_by_role("button", name="Download").click()
        with page.expect_download() as tmx:
            page.locator(".st-key-co_as_tmx button").click()
        tmx.value.save_as(tmp_path / "a.tmx")
        assert [one.zh_text for one in read_table(tmp_path / "a.tmx").records] == [row[0] for row in ROWS[:2]]
        page.keyboard.press("Escape")

        settled(page).get_by_role("button", name="Remove").click()
        expect(page.get_by_text("A/RES/70/1 was removed")).to_be_visible()
        assert [label for label, _, _ in stored(served)] == ["A/75/20", "E/2020/3"]
        settled(page).get_by_role("button", name="Put back").click()
        expect(page.locator(".dz-co-list button", has_text="A/RES/70/1")).to_be_visible()
        assert stored(served)[0] == ("A/RES/70/1", 2, 1)


def add(page: Page, *files: Path) -> None:
    page.locator("input[type=file]").set_input_files(files)
    expect(page.get_by_text(files[0].name)).to_be_visible()
    settled(page).locator(".st-key-co_add button").click()
    page.locator(".dz-co-lines").wait_for()
    settled(page)


def test_the_address_holds_the_list_and_what_is_wrong_with_a_file_is_said(
    browser: Browser, served: Served, memory: Path, tmp_path: Path
) -> None:
    with Corpus.open(served.database) as corpus:
        if not corpus.list():
            from align.readers import read_pairs

            corpus.add_pairs(read_pairs(memory))
    bad = tmp_path / "<b>bad.docx"
    bad.write_bytes(b"PK\x03\x04 no document")
    with visit(browser) as page:
        page.goto(f"{served.url}/corpus?view=add")
        add(page, bad, memory)
        expect(page.locator(".dz-co-failed")).to_contain_text("could not be added")
        expect(page.locator(".dz-co-lines")).to_contain_text("was there already")
        settled(page).get_by_text("Health").click()
        settled(page).get_by_role("button", name="Verify").click()
        expect(page.get_by_text("The corpus is whole.")).to_be_visible()
        settled(page).get_by_role("button", name="Rebuild").click()
        expect(page.get_by_text("Made anew for 4 pairs.")).to_be_visible()
        settled(page).get_by_text("Documents", exact=True).click()
        page.locator(".st-key-find input").fill("title a/")
        page.keyboard.press("Enter")
        expect(page.locator(".dz-co-list tbody tr")).to_have_count(2)
        settled(page).locator(".st-key-co_order input").click()
        page.get_by_text("by symbol").click()
        page.wait_for_url("**order=symbol**")
        address = settled(page).url
    with visit(browser, locale="zh-CN", color_scheme="dark") as page:
        page.goto(address)
        expect(page.locator(".dz-co-list tbody tr")).to_have_count(2)
        assert shown(page) == ["A/75/20", "A/RES/70/1"]
        expect(page.get_by_role("combobox", name="排序")).to_have_value("按文号")
        expect(page.locator(".dz-co-number").first).to_have_text("3 份文件")
        expect(page.locator(".dz-co-list thead")).to_contain_text("文号")
    assert len(stored(served)) == 3
