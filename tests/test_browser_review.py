"""The page “Review” in a real browser, on a real database file: by keys, by two reviewers, many at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import Served, serve, settled, visit
from glossary_made_up import concept
from playwright.sync_api import expect
from review_made_up import candidate, filled, station, stored

from glossary.concepts import Concept, Usage
from glossary.glossary import Glossary
from glossary.rules import Role
from search.corpus import Corpus

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

# What each test works through is a subject of its own, so that one app serves them all.
RIVERS = [
    ("水位", "level"),
    ("工作人员", "staff"),
    ("船闸", "lock"),
    ("堤坝", "dike"),
    ("水库", "reservoir"),
    ("河口湾", "estuaries"),
    ("支流", "<script>alert(1)</script> tributary"),
    ("流域", "basin"),
    ("洪水", "flood"),
    ("水井", "well"),
    ("泉水", "spring"),
]
SUBJECTS = {
    "boats": [("船", "boat"), ("桨", "oar"), ("帆", "sail")],
    "water": [("雨水", "rain"), ("雪水", "melt"), ("露水", "dew"), ("泪水", "tears")],
    "trees": [("松", "pine"), ("柏", "cypress"), ("柳", "willow")],
    "birds": [("鹤", "crane"), ("雁", "goose")],
    "tools": [("锤子", "hammer"), ("锯子", "saw")],
}


def fill(database: Path) -> None:
    """A queue of several subjects, and a concept that is approved."""
    with Corpus.open(database) as corpus:
        glossary = Glossary(corpus.database, "cleo")
        filled(corpus)
        terms = {"rivers": RIVERS} | SUBJECTS
        subject_of = {zh: subject for subject, some in terms.items() for zh, _ in some} | {"观测站": "rivers"}
        rest = [candidate(zh, en, 0.9 - k / 50) for some in terms.values() for k, (zh, en) in enumerate(some)]
        made = stored(glossary, corpus, [station(corpus, 0.95), *rest])
        glossary.save_all(replace(one, subject=subject_of[one.terms[0].text]) for one in made)
        glossary.add([concept("河口", "estuary", subject="rivers")])
        glossary.approve(glossary.find("河口"))


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    database = tmp_path_factory.mktemp("review") / "corpus.sqlite"
    fill(database)
    with serve(database) as served:
        yield served


def glossary(app: Served) -> Glossary:
    return Glossary.open(app.database, "anna")


def stored_now(app: Served, which: str) -> Concept:
    with glossary(app) as opened:
        return opened.find(which)


def statuses(app: Served, *which: str) -> list[str]:
    """The status of each, which is the same in both languages."""
    with glossary(app) as opened:
        return [str(one) for k in which for one in dict.fromkeys(opened.find(k).workflow.values())]


def shows(page: Page, text: str) -> None:
    expect(page.locator("h2.dz-rv-terms", has_text=text)).to_be_visible()
    settled(page)


def said(page: Page, text: str) -> None:
    expect(page.locator(".dz-rv-said")).to_have_text(text)


def press(page: Page, key: str) -> None:
    settled(page)
    page.keyboard.press(key)


def at(page: Page, app: Served, address: str = "") -> None:
    page.goto(f"{app.url}/review{address}")
    page.locator("h2.dz-rv-terms").first.wait_for()
    settled(page)


def test_ten_candidates_are_reviewed_by_keys(app: Served, browser: Browser) -> None:
    with visit(browser) as page:
        at(page, app, "?subject=rivers")
        shows(page, "观测站")
        expect(page.locator(".dz-rv-line")).to_contain_text("0 of 12 decided · no. 1 of 12 waiting")
        expect(page.locator(".dz-rv-shown")).to_have_count(3)
        press(page, "2")  # a rendering
        shows(page, "测站")
        expect(page.locator(".dz-rv-shown mark.dz-hit")).to_have_text(["测站"])
        press(page, "a")
        shows(page, "level")
        said(page, "✓ approved 测站")
        press(page, "a")
        shows(page, "staff")
        press(page, "r")
        shows(page, "lock")
        press(page, "7")
        shows(page, "dike")
        press(page, "d")
        shows(page, "reservoir")
        press(page, "e")
        field = page.get_by_label("Term (English)")
        field.fill("a dam or reservoir, ready")
        field.press("Tab")
        page.get_by_label("Note").press_sequentially("a r d m")  # letters are letters here
        page.get_by_role("button", name="Save and approve").click()
        shows(page, "estuaries")
        expect(page.locator(".dz-rv-side")).to_contain_text("plural or article")
        press(page, "m")
        page.get_by_role("radio").first.wait_for()
        page.get_by_role("button", name="Merge into").click()
        shows(page, "tributary")
        shows(page, "<script>")  # as text
        press(page, "0")
        page.get_by_label("Why it is rejected").press_sequentially("no such river")
        page.keyboard.press("Enter")
        shows(page, "basin")
        press(page, "r")
        shows(page, "flood")
        press(page, "u")
        shows(page, "basin")
        said(page, "taken back: rejected 流域")
        expect(page.locator(".dz-rv-history li")).to_have_count(4)
        expect(page.locator(".dz-rv-history")).to_contain_text("anna took that back")
        press(page, "a")
        shows(page, "flood")
        press(page, "j")
        shows(page, "well")
        expect(page.locator(".dz-rv-line")).to_contain_text("8 of 12 decided · no. 2 of 4 waiting")
        page.reload()
        shows(page, "well")
        # the concept that got new terms is in review again
        expect(page.locator(".dz-rv-line")).to_contain_text("no. 3 of 5 waiting · subject: rivers · 1 put off")
        press(page, "k")
        shows(page, "flood")
        press(page, "k")
        shows(page, "estuary")
        press(page, "k")
        shows(page, "dike")
    station_now = stored_now(app, "observing station")
    assert [(term.text, term.usage) for term in station_now.terms] == [
        ("测站", Usage.PREFERRED),
        ("observing station", Usage.PREFERRED),
    ]
    assert [evidence.zh for evidence in station_now.terms[0].evidence] == ["别的测站。"]
    assert statuses(app, "observing station", "level", "staff", "lock", "dike", "水库", "支流", "basin", "flood") == (
        "approved approved rejected rejected candidate approved rejected approved candidate".split()
    )
    edited = stored_now(app, "水库")
    assert ([term.text for term in edited.terms], edited.note) == (["水库", "a dam or reservoir, ready"], "a r d m")
    assert [term.text for term in stored_now(app, "estuary").terms] == ["河口", "estuary", "河口湾", "estuaries"]
    with glossary(app) as opened:
        reasons = {event.reason: event.action for event in opened.history() if event.reason}
        assert reasons == {"wrongly rendered": "reject", "no such river": "reject"}
        assert opened.verify() == ()


def test_two_reviewers_of_one_candidate_overwrite_nothing(app: Served, browser: Browser) -> None:
    with visit(browser) as first, visit(browser) as second:
        for page in (first, second):
            at(page, app, "?subject=boats")
            shows(page, "boat")
        press(first, "r")
        shows(first, "oar")
        press(second, "a")
        alert = second.get_by_role("alert")
        expect(alert).to_contain_text("anna has changed it meanwhile (version 3); nothing was overwritten")
        expect(alert).to_contain_text("anna rejected it")
        expect(alert).to_contain_text("candidate → rejected")
        assert statuses(app, "boat") == ["rejected"]
        expect(second.locator(".st-key-rv_approve button").first).to_be_disabled()
        press(first, "a")
        shows(first, "sail")
        press(second, "j")  # what is decided by the other is not shown
        shows(second, "sail")
        expect(alert).to_have_count(0)
        assert statuses(app, "oar") == ["approved"]


def test_many_at_once_with_what_would_change_and_one_undo(app: Served, browser: Browser) -> None:
    with visit(browser) as page:
        at(page, app, "?subject=water")
        page.locator(".st-key-rv_more button").first.click()
        page.get_by_role("button", name="Many at once").click()
        shows(page, "Decide on many at once")
        page.mouse.click(600, 60)
        rows = page.locator(".dz-rv-table tbody tr")
        expect(rows).to_have_count(4)
        expect(rows.first).to_contain_text("○ candidate● approvedpreferred")
        page.get_by_role("checkbox", name="露水").click()
        expect(page.locator(".dz-rv-line b").last).to_have_text("3 of 4 chosen")
        expect(rows.filter(has_text="露水")).to_contain_text("○ candidate—")
        page.get_by_role("button", name="Approve: 3").click()
        said(page, "3 are now approved; U takes all of it back")
        assert statuses(app, "rain", "melt", "dew", "tears") == ["approved", "approved", "candidate", "approved"]
        expect(rows).to_have_count(1)
        expect(page.locator(".dz-rv-line b").last).to_have_text("0 of 1 chosen")  # it was left out, and is still
        press(page, "u")
        expect(rows).to_have_count(4)
        said(page, "taken back: approved 3 concepts")
        assert statuses(app, "rain", "melt", "dew", "tears") == ["candidate"] * 4
        with glossary(app) as opened:
            assert len({event.batch for event in opened.latest(3)}) == 1


def test_what_is_typed_outlives_a_reload_esc_and_what_others_store(app: Served, browser: Browser) -> None:
    with visit(browser) as page:
        at(page, app, "?subject=tools")
        shows(page, "hammer")
        press(page, "e")
        note, definition = page.get_by_label("Note", exact=True), page.get_by_label("Definition (English)")
        note.fill("with a handle")
        definition.fill("drives nails")
        definition.press("Tab")
        expect(page.get_by_role("button", name="Show what is stored")).to_be_visible()
        page.reload()
        expect(note).to_have_value("with a handle")
        expect(definition).to_have_value("drives nails")
        press(page, "Escape")
        shows(page, "hammer")
        with glossary(app) as opened:
            opened.save(replace(opened.find("hammer"), note="someone else's"))
        press(page, "e")
        expect(page.get_by_role("alert")).to_contain_text("It was changed while you were typing")
        expect(page.get_by_role("alert")).to_contain_text("note: — → someone else's")
        expect(note).to_have_value("with a handle")
        settled(page)
        page.get_by_role("button", name="Save", exact=True).click()
        shows(page, "hammer")
        now = stored_now(app, "hammer")
        assert (now.note, [one.text for one in now.definitions]) == ("with a handle", ["drives nails"])
        press(page, "e")
        note.fill("another")
        note.press("Tab")
        page.get_by_role("button", name="Show what is stored").click()
        expect(note).to_have_value("with a handle")


def test_a_candidate_is_merged_into_a_concept_that_is_searched(app: Served, browser: Browser) -> None:
    with visit(browser) as page:
        at(page, app, "?subject=tools&find=saw")
        shows(page, "saw")
        press(page, "m")
        field = page.get_by_label("Find a concept by term or number")
        expect(field).to_be_focused()
        field.fill("no such term")
        field.press("Enter")
        expect(page.get_by_text("Nothing like it; find a concept above.")).to_be_visible()
        press(page, "Escape")
        expect(field).to_have_count(0)
        assert statuses(app, "saw") == ["candidate"]
        press(page, "m")
        field.fill("hamm")
        field.press("Enter")
        expect(page.locator(".stRadio")).to_contain_text("锤子 · hammer")
        settled(page)
        page.locator(".st-key-rv_merge_do button").click()
        said(page, "merged 锯子 into " + stored_now(app, "hammer").id)
        assert {term.text for term in stored_now(app, "hammer").terms} == {"锤子", "hammer", "锯子", "saw"}
        press(page, "u")
        shows(page, "saw")
        assert {term.text for term in stored_now(app, "hammer").terms} == {"锤子", "hammer"}


def test_the_address_and_the_search_say_what_is_shown_in_chinese_too(app: Served, browser: Browser) -> None:
    which = stored_now(app, "cypress").id
    with visit(browser) as page:
        at(page, app, f"?source=extraction&subject=trees&score=0.50-1.00&c={which}")
        shows(page, "cypress")
        page.get_by_text("中文", exact=True).click()
        expect(page.get_by_role("button", name="核准")).to_be_visible()
        expect(page.locator(".dz-rv-line")).to_contain_text("待处理 3 条中的第 2 条")
        shows(page, "cypress")
        press(page, "?")
        expect(page.get_by_role("dialog")).to_contain_text("撤销您的上一个决定")
        page.keyboard.press("r")  # no decision behind the list of keys
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        press(page, "/")
        page.keyboard.type("WILLOW")
        page.keyboard.press("Enter")
        shows(page, "willow")
        assert "find=WILLOW" in page.url
        press(page, "a")
        expect(page.locator(".dz-rv-empty")).to_contain_text("没有符合条件的条目")
        assert statuses(app, "willow", "cypress") == ["approved", "candidate"]
        press(page, "u")
        shows(page, "willow")


def test_a_reader_decides_nothing_and_a_translator_proposes(app: Served, browser: Browser) -> None:
    with glossary(app) as opened:
        boss = replace(opened, user="cleo")
        boss.set_role("cleo", Role.ADMINISTRATOR)
        boss.set_role("anna", Role.READER)
    with visit(browser) as page:
        at(page, app, "?subject=birds")
        shows(page, "crane")
        for key in "are":
            press(page, key)
        page.locator(".st-key-rv_approve").hover()
        expect(page.get_by_text("You are a reader")).to_be_visible()
        with glossary(app) as opened:
            replace(opened, user="cleo").set_role("anna", Role.TRANSLATOR)
        press(page, "j")
        shows(page, "goose")
        press(page, "r")
        press(page, "p")
        shows(page, "crane")
    assert statuses(app, "crane", "goose") == ["candidate", "proposed"]


def test_an_empty_queue_is_filled_from_the_corpus(tmp_path: Path, browser: Browser) -> None:
    database = tmp_path / "corpus.sqlite"
    with Corpus.open(database) as corpus:
        filled(corpus)
    with serve(database) as app, visit(browser) as page:
        page.goto(f"{app.url}/review")
        expect(page.locator(".dz-rv-empty")).to_contain_text("Nothing waits for a decision")
        page.get_by_role("button", name="Find candidates").last.click()
        page.locator("h2.dz-rv-terms").first.wait_for()
        settled(page)
        expect(page.locator(".dz-rv-said")).to_contain_text("new candidates")
        with glossary(app) as opened:
            assert opened.count() > 0
            assert {event.action for event in opened.history()} == {"extract"}
