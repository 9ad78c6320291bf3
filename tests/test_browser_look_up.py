"""The page “Look up” in a browser: a term and its renderings over the years, what is done with a hit, the address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs, quote, urlparse

import openpyxl
import pytest
from browser import Served, serve, settled, visit
from lookup_made_up import add, embedded
from playwright.sync_api import Browser, Page, expect

from glossary.concepts import Concept, Term, Usage, Workflow
from glossary.glossary import Glossary
from search.corpus import Corpus
from search.precedents.locator import locator_of

TERM, FORMER, LATER = "foreign terrorist fighters", "外国恐怖主义作战人员", "外国恐怖主义战斗人员"
LATER_USED = {2013: 0, 2014: 0, 2015: 1, 2016: 3, 2017: 3, 2018: 3}  # of three documents a year
OPENING = ("委员会审议了以下事项。", "The Committee considered the following matters.")
CLOSING = ("会议于下午六时结束。", "The meeting rose at 6 p.m.")
SENTENCES = (
    ("边防部门查出了{}使用的证件。", "Border authorities detected documents used by {}."),
    ("监狱为{}开设了职业课程。", "The prison offered vocational courses to {}."),
    ("专家就{}的子女提出了建议。", "Experts made recommendations on the children of {}."),
)
EVIL = "<script>alert('pair')</script><img src=x onerror=alert(2)>"
LONG = "审查委员会注意到各国海关在港口设立联合检查站以后走私案件明显减少，并请各国继续交换有关资料。"
LONG_EN = (
    "The Review Committee noted that smuggling had clearly decreased since customs authorities had set up joint "
    "checkpoints in ports, and invited States to continue to exchange relevant information."
)


def fill(corpus: Corpus) -> None:
    """Documents of six years in which usage turns; a hostile one; one that is quoted."""
    for year, later in LATER_USED.items():
        for k, (zh, en) in enumerate(SENTENCES):
            doubtful = {"confidence": "0.3"} if (year, k) == (2015, 0) else {"confidence": "0.95"}
            pairs = [OPENING, (zh.format(LATER if k < later else FORMER), en.format(TERM)), CLOSING]
            add(corpus, pairs, f"A/RES/{year - 1945}/{10 + k}", f"{year}-11-{10 + k}", **doubtful)
    add(corpus, [(f"海关{EVIL}报告", f"customs {EVIL} report")], "A/99/1", "2019-01-01", body="Council")
    add(corpus, [(LONG, LONG_EN)], "A/RES/74/9", "2019-11-01", body="Council")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    database = tmp_path_factory.mktemp("look_up") / "corpus.sqlite"
    with Corpus.open(database) as corpus:
        fill(corpus)
        locator_of(corpus, embedded())  # learnt here, so that no test waits for it
        glossary = Glossary(corpus.database, "berta")
        terms = (Term("", "zh", LATER), Term("", "zh", FORMER, Usage.DEPRECATED), Term("", "en", TERM))
        glossary.approve(glossary.propose(Concept("", "terrorism", terms=terms)))
    with serve(database) as served:
        yield served


def ask(page: Page, text: str) -> None:
    box = page.get_by_role("textbox").first
    box.fill(text)
    box.press("Enter")


def parameters(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlparse(page.url).query).items()}


def rows(page: Page) -> list[tuple[str, str]]:
    """The renderings and their counts, as they are read."""
    found = page.locator(".la-rendering")
    return [
        (found.nth(k).locator(".dz-word").inner_text(), found.nth(k).locator(".la-count").inner_text())
        for k in range(found.count())
    ]


def test_a_term_is_looked_up_and_its_evidence_taken_along(browser: Browser, app: Served) -> None:
    with visit(browser, accept_downloads=True) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(app.url)
        expect(page.get_by_role("textbox").first).to_be_focused()
        page.keyboard.type(TERM)
        page.keyboard.press("Enter")

        expect(page.locator(".la-turning")).to_contain_text(re.compile(r"战斗 overtakes 作战 in 201[56]"))
        assert rows(page) == [(LATER, "10"), (FORMER, "8")]
        expect(page.locator(".la-entry")).to_contain_text("approved")
        expect(page.locator(".la-entry .la-not")).to_contain_text(FORMER)
        first = page.locator(".la-hit").first
        assert first.locator("mark.dz-hit").inner_text() == TERM
        assert first.locator("mark.dz-partner").inner_text() in (LATER, FORMER)
        expect(page.locator("img.la-image")).to_be_visible()
        assert page.locator("img.la-image").evaluate("image => image.naturalWidth") > 300
        page.get_by_role("button", name="Export all 18").click()
        with page.expect_download() as drawn:
            page.get_by_role("button", name="SVG").click()
        picture = Path(drawn.value.path()).read_text("utf-8")
        assert LATER in picture
        page.keyboard.press("Escape")
        page.get_by_text("as a table").click()
        expect(page.locator(".la-table tr", has_text="2013")).to_contain_text("3")

        page.locator(".la-rendering", has_text=FORMER).click()  # only this rendering
        expect(page.get_by_text("8 with the rendering")).to_be_visible()
        expect(page.locator(".la-hit")).to_have_count(8)
        assert {mark.inner_text() for mark in page.locator("mark.dz-partner").all()} == {FORMER}
        assert parameters(page) == {"q": TERM, "r": FORMER}

        hit = page.locator(".la-hit").first
        hit.get_by_role("button", name="context").click()
        expect(hit.locator(".la-near")).to_have_count(2)
        expect(hit.locator(".la-near").first).to_contain_text(OPENING[1])
        assert parameters(page)["pair"] == (hit.get_attribute("id") or "").removeprefix("pair-")

        hit.get_by_role("button", name="copy").click()
        expect(hit.get_by_role("button", name="copied")).to_be_visible()
        copied = page.evaluate("navigator.clipboard.readText()").splitlines()
        assert TERM in copied[0]
        assert FORMER in copied[1]
        assert re.fullmatch(r"A/RES/\d+/1\d · .*20\d\d-11-1\d · General Assembly · automatic, .*", copied[2])

        page.locator(".st-key-la_export button").first.click()
        with page.expect_download() as saved:
            page.locator(".st-key-la_x_hits_xlsx button").click()
        workbook = openpyxl.load_workbook(BytesIO(Path(saved.value.path()).read_bytes()))
        texts = [[str(cell.value) for cell in row] for row in workbook["Results"].iter_rows(min_row=2)]
        assert len(texts) == 8
        assert all(any(FORMER in cell for cell in row) for row in texts)


def test_the_address_says_all_and_a_second_session_shows_the_same(browser: Browser, app: Served) -> None:
    with visit(browser) as page:
        page.goto(f"{app.url}/?q={quote(LATER)}")  # the other way round
        expect(page.locator(".la-rendering")).to_have_count(1)
        assert rows(page) == [(TERM, "10")]
        expect(page.locator(".la-hit").first.locator(".dz-text").first).to_have_attribute("lang", "zh-Hans")

        ask(page, TERM)
        expect(page.locator(".la-rendering")).to_have_count(2)
        page.get_by_role("button", name="Filters").click()
        page.get_by_role("combobox", name="From year").click()
        page.get_by_role("option", name="2016", exact=True).click()
        expect(page.locator(".la-chip")).to_contain_text("2016–")
        page.keyboard.press("Escape")
        expect(page.locator(".la-rendering")).to_have_count(1)
        page.get_by_text("Exact", exact=True).click()
        expect(page.locator(".la-hit")).to_have_count(9)
        settled(page)
        assert parameters(page) == {"q": TERM, "mode": "exact", "from": "2016"}
        page.reload()
        expect(page.locator(".la-hit")).to_have_count(9)
        expect(page.locator(".la-chip")).to_contain_text("2016–")
        assert rows(page) == [(LATER, "9")]
        address = page.url

        with visit(browser, locale="zh-CN") as other:
            other.goto(address)
            expect(other.locator(".la-chip")).to_contain_text("2016–")
            expect(other.locator(".la-hit")).to_have_count(9)
            assert rows(other) == [(LATER, "9")]
            expect(other.get_by_role("button", name="提议为术语").first).to_be_visible()
            expect(other.get_by_text("9 个段落含有该词句")).to_be_visible()
            other.get_by_text("English", exact=True).click()
            expect(other.get_by_role("button", name="propose as term").first).to_be_visible()
            expect(other.locator(".la-chip")).to_contain_text("2016–")
            other.locator(".la-chip").click()
            expect(other.locator(".la-rendering")).to_have_count(2)
            settled(other)
            assert parameters(other) == {"q": TERM, "mode": "exact"}
        assert parameters(page) == {"q": TERM, "mode": "exact", "from": "2016"}


def test_a_doubtful_count_leads_to_the_pair_to_fix(browser: Browser, app: Served) -> None:
    with visit(browser) as page:
        page.goto(f"{app.url}/?q={quote(TERM)}&to=2015")
        doubt = page.locator(".la-rendering", has_text=LATER).locator("xpath=..").get_by_role("button", name="⚠")
        expect(doubt).to_contain_text("rests on a doubtful alignment")
        doubt.click()
        opened = page.locator(".la-hit.la-open")
        expect(opened).to_contain_text("doubtful")
        expect(opened).to_be_in_viewport()
        expect(opened.locator(".la-near")).to_have_count(2)
        link = opened.get_by_role("link", name="fix alignment").get_attribute("href") or ""
        with Corpus.open(app.database) as corpus:
            pair = corpus.pair(int((opened.get_attribute("id") or "").removeprefix("pair-")))
        assert pair.record.doubtful
        assert link.startswith(f"/align?document={pair.document}&")


def test_a_term_is_proposed_from_what_is_marked(browser: Browser, app: Served) -> None:
    with visit(browser) as page:
        page.goto(f"{app.url}/?q={quote('vocational courses')}")
        hit = page.locator(".la-hit").first
        hit.get_by_role("button", name="propose as term").click()
        zh, en = page.get_by_label("Chinese term"), page.get_by_label("English term")
        expect(en).to_have_value("vocational courses")
        zh.fill(LATER)
        expect(page.locator(".la-similar").first).to_contain_text(f"Already in the glossary: {LATER} (the same)")
        zh.fill("职业课程")
        expect(page.locator(".la-similar")).to_have_count(0)
        page.get_by_label("Why (optional)").fill("教育")
        page.get_by_role("button", name="Propose", exact=True).click()
        expect(page.get_by_role("link", name="✓ proposed as")).to_be_visible()

        with Corpus.open(app.database) as corpus:
            stored = Glossary(corpus.database, "berta").find("职业课程")
            history = Glossary(corpus.database, "berta").history(stored.id)
        assert [term.text for term in stored.terms] == ["职业课程", "vocational courses"]
        assert set(stored.workflow.values()) == {Workflow.PROPOSED}
        (evidence,) = stored.terms[1].evidence
        assert evidence.en[slice(*evidence.en_span)] == "vocational courses"
        assert evidence.zh[slice(*evidence.zh_span)] == "职业课程"
        assert (history[-1].user, history[-1].reason) == ("anna", "教育")


def test_hostile_texts_are_shown_and_nothing_runs(browser: Browser, app: Served) -> None:
    with visit(browser) as page:
        page.goto(app.url)
        ask(page, "<script>alert('asked')</script>")
        expect(page.locator(".la-hit, .la-nothing").first).to_be_visible()
        ask(page, "海关")
        hit = page.locator(".la-hit", has_text="alert('pair')").first
        expect(hit).to_contain_text(EVIL)
        hit.get_by_role("button", name="propose as term").click()
        page.get_by_label("English term").fill(EVIL)
        page.get_by_label("Chinese term").fill("[海关](javascript:alert(3))")
        page.get_by_role("button", name="Propose", exact=True).click()
        expect(page.get_by_role("link", name="✓ proposed as")).to_be_visible()
        ask(page, EVIL)
        settled(page)
        assert page.locator(".stApp script, .stApp img[src='x'], .stApp a[href^='javascript']").count() == 0


def test_a_paragraph_shows_what_it_quotes_and_its_pair_in_place(browser: Browser, app: Served) -> None:
    with visit(browser) as page:
        page.goto(app.url)
        ask(page, f"In its report on {TERM}, {LONG_EN[0].lower()}{LONG_EN[1:]}")
        quoted = page.locator(".la-quoted")
        expect(quoted.locator(".la-longer")).to_contain_text(f"{TERM} – {LATER}")
        expect(quoted).to_contain_text("adopted text")
        expect(quoted.locator("mark.dz-partner").first).to_have_text(LONG)
        quoted.get_by_role("button", name="context").first.click()
        expect(page.locator(".la-hit.la-open")).to_contain_text(LONG)
        expect(page.locator(".la-hit").first).to_be_focused()  # so that the reader is there
        page.keyboard.press("j")
        expect(page.locator(".la-hit").nth(1)).to_be_focused()
        page.get_by_role("link", name="Glossary").click()
        settled(page)
        page.get_by_role("link", name="Look up").click()
        expect(page.locator(".la-quoted")).to_be_visible()
        page.keyboard.press("/")
        expect(page.get_by_role("textbox").first).to_be_focused()
        ask(page, "")
        expect(page.locator(".la-welcome")).to_contain_text("20 documents")
        page.locator(".la-recent button").first.click()
        expect(page.locator(".la-quoted")).to_be_visible()
