"""The page “Align” in a browser: documents handed in, corrected by keys and clicks, and found in the corpus."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import Served, serve, settled, visit
from commands import CHINESE, ENGLISH, SAMPLES
from playwright.sync_api import Page, expect

from glossary.desk import Desk
from search.corpus import Corpus

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload

TITLE = "打击恐怖分子旅行"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("align")
    with serve(folder / "c.sqlite") as served:
        yield served


def hand_in(page: Page, served: Served, files: list[FilePayload] | list[str]) -> None:
    page.goto(f"{served.url}/align")
    page.locator("input[type=file]").set_input_files(files)  # type: ignore[arg-type]
    expect(page.get_by_text("files in this")).to_have_count(0)
    settled(page)
    page.get_by_role("button", name="Align", exact=True).click()


def payload(name: str, data: bytes | str, kind: str = "text/plain") -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": data.encode() if isinstance(data, str) else data}


def at_row(page: Page, number: int) -> None:
    expect(page.locator(".al-where")).to_contain_text(f"row {number} of")


def counts(page: Page, text: str) -> None:
    expect(page.locator(".al-counts")).to_contain_text(text)


def press(page: Page, key: str, where: str = "") -> None:
    """Press a key, and wait until it has done what it does."""
    page.keyboard.press(key)
    if where:
        expect(page.locator(".al-where")).to_have_text(where)


def test_a_pair_is_handed_in_corrected_accepted_and_found(browser: Browser, app: Served) -> None:
    with visit(browser) as page:
        hand_in(page, app, [str(SAMPLES / f"resolution.{language}.docx") for language in ("en", "zh")])
        counts(page, "69 Chinese and 69 English paragraphs")
        at_row(page, 1)
        page.keyboard.type("jjjj")  # as fast as can be: none is forgotten
        at_row(page, 5)
        page.keyboard.type("kkk")
        at_row(page, 2)
        press(page, "m", "row 2 of 68")
        expect(page.locator(".al-now .dz-text")).to_have_count(4)
        counts(page, "1 checked")
        press(page, "s", "row 2 of 69")
        press(page, "u", "row 2 of 68")
        press(page, "y", "row 2 of 69")
        press(page, "u", "row 2 of 68")
        page.locator(".al-row").nth(3).locator(".dz-text").first.click()
        at_row(page, 4)
        press(page, "x")
        counts(page, "1 set aside")

        page.reload()
        at_row(page, 4)
        counts(page, "1 set aside")
        counts(page, "1 checked")
        expect(page.locator(".al-row.al-aside")).to_have_count(1)
        press(page, "u")
        expect(page.locator(".al-row.al-aside")).to_have_count(0)

        page.get_by_role("button", name="Accept into the corpus").click()
        expect(page.get_by_text("is in the corpus: 68 rows, 1 checked.")).to_be_visible()
        with Corpus.open(app.database) as corpus:
            pairs = list(corpus.containing(TITLE, "zh"))
            merged = next(pair for pair in corpus.pairs() if pair.record.status == "checked")
            assert len(pairs) > 0
            assert (len(merged.record.zh), len(merged.record.en)) == (2, 2)
            assert corpus.verify() == ()
            assert Desk(corpus.database, "anna").drafts == ()

        page.get_by_role("link", name="Correct it again").click()
        counts(page, "1 checked")
        at_row(page, 1)
        press(page, "j", "row 2 of 68")
        press(page, "s", "row 2 of 69")
        page.get_by_role("button", name="Accept into the corpus").click()
        expect(page.get_by_text("is in the corpus: 69 rows, 2 checked.")).to_be_visible()
        with Corpus.open(app.database) as corpus:
            assert (len(corpus.list()), corpus.pair_count(), corpus.list()[0].checked) == (1, 69, 2)


def bomb() -> bytes:
    """A small Word file that would unpack to 400 MB."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(400):
                part.write(b" " * 1_000_000)
    return packed.getvalue()


def test_wrong_and_hostile_files_are_told_in_a_sentence_and_nothing_runs(
    browser: Browser, app: Served, tmp_path: Path
) -> None:
    large = tmp_path / "large.txt"
    large.write_bytes(b"a" * 60_000_000)
    original = payload("law.en.txt", ENGLISH)
    with visit(browser) as page:
        hand_in(page, app, [payload("bomb.docx", bomb(), DOCX), original])
        expect(page.locator(".al-wrong")).to_contain_text("as a zip bomb does; it is not opened.")
        hand_in(page, app, [payload("law.docx", b"\x00\x01 no document", DOCX), original])
        expect(page.locator(".al-wrong")).to_contain_text("law.docx")
        hand_in(page, app, [payload("one.txt", CHINESE), payload("two.txt", CHINESE)])
        expect(page.locator(".al-wrong")).to_contain_text("are both Chinese")

        page.goto(f"{app.url}/align")
        page.locator("input[type=file]").set_input_files([str(large)])
        expect(page.get_by_text("must be 50.0MB or smaller")).to_be_visible()

        script = "<script>alert(1)</script><img src=x onerror=alert(2)>"
        evil = payload(f"{script.replace('/', '')}.zh.txt", f"{script}大会决定继续处理此案。\n\n{CHINESE}")
        hand_in(page, app, [evil, payload("law.en.txt", f"{script}{ENGLISH}")])
        expect(page.locator(".al-row").first).to_contain_text("<script>alert(1)</script>")
        assert page.locator(".al-rows script, .al-rows img, .al-title script, .al-title img").count() == 0
        page.get_by_role("button", name="All work in progress").click()
        page.get_by_role("button", name="discard").first.click()
        expect(page.get_by_text("was discarded.")).to_be_visible()
        page.get_by_role("button", name="Bring it back").click()
        expect(page.get_by_text("was discarded.")).to_have_count(0)
    with Corpus.open(app.database) as corpus:
        assert "script" in Desk(corpus.database, "anna").drafts[0].label


def test_two_sessions_on_one_draft_overwrite_nothing_of_each_other(browser: Browser, app: Served) -> None:
    with visit(browser) as first, visit(browser) as second:
        hand_in(first, app, [payload("rule.zh.txt", CHINESE), payload("rule.en.txt", ENGLISH)])
        at_row(first, 1)
        second.goto(first.url)
        at_row(second, 1)
        press(first, "m", "row 1 of 1")
        press(second, "c")
        expect(second.get_by_text("you have changed this draft in another window")).to_be_visible()
        expect(second.locator(".al-where")).to_have_text("row 1 of 1")
        press(second, "s", "row 1 of 2")
    with Corpus.open(app.database) as corpus:
        desk = Desk(corpus.database, "anna")
        session = desk.open_draft(desk.drafts[0].id).session
        assert [type(edit).__name__ for edit in session.edits] == ["Merge", "Split"]
