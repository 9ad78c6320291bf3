"""A made-up glossary and corpus for the browser tests of the page “Glossary”, and how that page is worked."""

from __future__ import annotations

from pathlib import Path

from browser import Served, settled
from glossary_made_up import term
from lookup_made_up import OTHERS, add
from playwright.sync_api import Page, expect
from test_precedents import COMBATANTS, FIGHTERS, framed

from glossary.concepts import Concept, Definition, Usage, Workflow
from glossary.glossary import Glossary
from search.corpus import Corpus

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
SUM = "=HYPERLINK(1)"
APPROVED = {"zh": Workflow.APPROVED, "en": Workflow.APPROVED}


def concepts() -> list[Concept]:
    """A glossary of sixty: some of rivers that tell something, one hostile, the others to leaf through."""
    gauge = Concept(
        "",
        "hydrology",
        (Definition("en", "A device that measures the level of water.", "Manual"),),
        terms=(
            term("水位计", usage=Usage.PREFERRED),
            term("水尺", usage=Usage.DEPRECATED),
            term("stage gauge", usage=Usage.PREFERRED),
        ),
        workflow=APPROVED,
    )
    basin = Concept("", "hydrology", terms=(term("流域"), term("river basin"), term("catchment")))
    hostile = Concept("", HOSTILE, terms=(term("脚本", usage=Usage.ADMITTED), term(HOSTILE, "en"), term(SUM, "en")))
    fighters = Concept("", "security", terms=(term(FIGHTERS), term("foreign terrorist fighters")))
    many = [Concept("", "numbers", terms=(term(f"第{k}站", "zh"), term(f"station {k}"))) for k in range(56)]
    return [gauge, basin, hostile, fighters, *many]


def fill(file: Path) -> Path:
    """A corpus in which a term has two renderings, and the glossary."""
    with Corpus.open(file) as corpus:
        add(corpus, OTHERS, "A/77/1", "2022-01-01")
        add(corpus, framed(FIGHTERS, "foreign terrorist fighters", (0, 1, 2, 3)), "A/RES/70/7", "2015-12-01")
        add(corpus, framed(COMBATANTS, "foreign terrorist fighters", (2, 3, 4, 5)), "A/RES/72/8", "2017-12-01")
        Glossary(corpus.database, "berta").add(concepts())
    return file


def glossary_of(served: Served) -> Glossary:
    return Glossary.open(served.database, "anna")


def opened(page: Page, served: Served, address: str) -> Page:
    page.goto(f"{served.url}/glossary{address}")
    return settled(page)


def press(page: Page, name: str) -> Page:
    """Press the button of this name."""
    page.get_by_role("button", name=name, exact=True).click()
    return settled(page)


def said(page: Page, words: str) -> None:
    """Wait for a message."""
    expect(page.get_by_test_id("stToast").filter(has_text=words).first).to_be_visible()
