"""Ten browser sessions at once, looking up and deciding: nothing is lost, and nobody sees what is another's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from browser import Served, serve, settled, visit
from lookup_made_up import add, embedded
from playwright.sync_api import Browser, Page, expect
from review_made_up import candidate, stored

from glossary.concepts import Workflow
from glossary.glossary import Glossary
from search.corpus import Corpus
from search.precedents.locator import locator_of

# A thing for every session, and what is said of each.
THINGS = (
    ("水闸", "sluice"),
    ("灯塔", "lighthouse"),
    ("渡口", "ferry landing"),
    ("堤坝", "levee"),
    ("航标", "buoy"),
    ("船坞", "dockyard"),
    ("码头", "wharf"),
    ("桥梁", "bridge"),
    ("隧道", "tunnel"),
    ("水库", "reservoir"),
)
SAID = (
    ("工程师检查了{}的基础。", "Engineers inspected the foundations of the {}."),
    ("委员会为{}编列了预算。", "The Committee budgeted for the {}."),
    ("居民要求修复{}。", "Residents asked that the {} be repaired."),
)
SHARED = ("值班室", "duty room")


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    database = tmp_path_factory.mktemp("sessions") / "corpus.sqlite"
    with Corpus.open(database) as corpus:
        for k, (zh, en) in enumerate((*THINGS, SHARED)):
            pairs = [(chinese.format(zh), english.format(en)) for chinese, english in SAID]
            add(corpus, pairs, f"A/70/{k + 1}", "2016-05-01")
        locator_of(corpus, embedded())
        glossary = Glossary(corpus.database, "berta")
        stored(glossary, corpus, [candidate(zh, en, 0.9 - k / 100) for k, (zh, en) in enumerate((*THINGS, SHARED))])
    with serve(database) as served:
        yield served


@pytest.fixture(scope="module")
def pages(app: Served, browser: Browser) -> Iterator[list[Page]]:
    with ExitStack() as stack:
        found = [stack.enter_context(visit(browser)) for _ in THINGS]
        for page in found:
            page.goto(f"{app.url}/?mode=exact", wait_until="commit")  # others are alike in meaning
        for page in found:
            page.get_by_role("textbox").first.wait_for()
        yield found


def concept_of(glossary: Glossary, zh: str) -> str:
    return glossary.find(zh).id


def test_ten_look_ups_at_once_show_each_session_its_own(app: Served, pages: list[Page]) -> None:
    for round_ in range(2):  # everyone asks for the next one's thing in the second round
        asked = [THINGS[(k + round_) % len(THINGS)][0] for k in range(len(pages))]
        for page, term in zip(pages, asked, strict=True):
            box = page.get_by_role("textbox").first
            box.fill(term)
            box.press("Enter")
        for page, term in zip(pages, asked, strict=True):
            expect(page.locator("mark.dz-hit", has_text=term)).to_have_count(len(SAID))
            settled(page)
            assert set(page.locator("mark.dz-hit").all_inner_texts()) == {term}
            assert page.get_by_role("textbox").first.input_value() == term


def test_ten_decisions_at_once_are_all_kept_and_one_candidate_is_decided_once(app: Served, pages: list[Page]) -> None:
    with Glossary.open(app.database, "berta") as glossary:
        own = [concept_of(glossary, zh) for zh, _ in THINGS]
        shared = concept_of(glossary, SHARED[0])
    for page, concept in zip(pages, own, strict=True):
        page.goto(f"{app.url}/review?c={concept}", wait_until="commit")
    for page, (zh, _) in zip(pages, THINGS, strict=True):
        expect(page.locator("#rv_top")).to_contain_text(zh)
    for page in pages:
        settled(page).keyboard.press("a")
    for page, (zh, _) in zip(pages, THINGS, strict=True):
        expect(page.locator("#rv_top")).not_to_contain_text(zh)
    for page in pages:
        page.goto(f"{app.url}/review?c={shared}", wait_until="commit")
    for page in pages:
        expect(page.locator("#rv_top")).to_contain_text(SHARED[0])
    for page in pages:
        settled(page)
    for k, page in enumerate(pages):
        page.keyboard.press("ar"[k % 2])
    for page in pages:
        page.wait_for_timeout(200)
        settled(page)
    with Glossary.open(app.database, "berta") as glossary:
        for concept in own:
            assert set(glossary.find(concept).workflow.values()) == {Workflow.APPROVED}
            assert [event.action for event in glossary.history(concept)][1:] == ["approve"]
        assert len(glossary.history(shared)) == 2
        assert glossary.verify() == ()
