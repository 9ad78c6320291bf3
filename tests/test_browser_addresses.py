"""Addresses that make no sense, or that someone made to do harm: a sentence or an ordinary page, never a traceback.

``serve`` fails where the app's log has one, ``visit`` where a script ran or something was asked of another machine.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from browser import Served, serve, settled, visit
from playwright.sync_api import Browser, expect
from store_made_up import table

from search.corpus import Corpus

LARGE = 10**20
HOSTILE = "%3Cimg%20src=x%20onerror=alert(1)%3E"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    database = tmp_path_factory.mktemp("addresses") / "c.sqlite"
    with Corpus.open(database) as corpus:
        corpus.add_alignment(table())
    with serve(database) as running:
        yield running


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"?n=abc&r={HOSTILE}&pair={LARGE}&from=9999-99&body=%27", "A term shows its approved entry"),
        (f"?q={HOSTILE}&n=-5&pair={HOSTILE}&symbol=%00", "Nothing was found with these filters"),
        (f"align?draft={LARGE}", f"there is no draft {LARGE}"),
        (f"align?document={LARGE}", f"there is no document #{LARGE}"),
        (f"align?accepted={LARGE}", f"there is no document “#{LARGE}”"),
        (f"align?document=1&pair={LARGE}", "Accept"),
        ("align?draft=9e9&document=-1", "Align a Chinese document"),
        (f"review?c=c{LARGE}&later={'9' * 4500}-1&score=nan-nan&status=x", f"there is no concept or term “c{LARGE}”"),
        ("glossary?concept=%27%20OR%201=1", "there is no concept or term “' OR 1=1”"),
        (f"glossary?view=x&start={LARGE}&find=%00%ED%A0%80", "Clear the filters"),
        ("check?draft=../../etc/passwd&f=x&page=-1", "This result is no longer kept"),
        (f"corpus?document={LARGE}", f"there is no document “#{LARGE}”"),
    ],
)
def test_an_address_without_sense_gives_a_sentence_or_a_page(
    address: str, said: str, served: Served, browser: Browser
) -> None:
    with visit(browser) as page:
        page.goto(f"{served.url}/{address}")
        settled(page)
        expect(page.locator("[data-testid=stMain]").get_by_text(said).first).to_be_visible()
        assert page.locator("[data-testid=stException]").count() == 0


def test_what_an_address_says_leads_nowhere_and_draws_nothing(served: Served, browser: Browser) -> None:
    with visit(browser) as page:
        page.goto(f"{served.url}/corpus?document=[a](http://e.x)%20http://e.x%20www.e.x%20:material/home:%20a--b%20->")
        settled(page)
        alert = page.get_by_role("alert")
        expect(alert.locator("p")).to_contain_text("there is no document “[a](http")
        assert alert.locator("p a, p img, p [role=img]").count() == 0
        plain = alert.locator("p").inner_text().replace("\u200b", "")
        assert "“[a](http://e.x) http://e.x www.e.x :material/home: a--b ->”" in plain
