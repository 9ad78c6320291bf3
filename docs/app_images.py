"""Pictures of every page of the app, in both languages and both themes, on the sample: a part of ``make images``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # the app is served to a browser as its tests do

from browser import Served, chromium, serve, settled, visit  # noqa: E402 -- after the path
from PIL import Image  # noqa: E402

from glossary.desk import Desk  # noqa: E402
from glossary.glossary import Glossary  # noqa: E402
from glossary.sample import load_sample  # noqa: E402
from models import load_embedded  # noqa: E402
from search.adding import How, align_pair  # noqa: E402
from search.database import Database  # noqa: E402

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IMAGES = ROOT / "docs" / "images"
TERM = "foreign terrorist fighters"
COLOURS = 128  # of a picture: texts and lines need no more, and the repository stays small
LANGUAGES, THEMES = ("en", "zh"), ("light", "dark")


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture: its name, the address, and what is done on the page before it is taken."""

    name: str
    address: str
    doing: Callable[[Page], object] = settled


def checked(page: Page) -> None:
    """Check the sample's translation with two errors in it."""
    zh = (ROOT / "samples" / "resolution.zh.txt").read_text("utf-8")
    for right, wrong in WRONG.items():
        zh = zh.replace(right, wrong)
    en = (ROOT / "samples" / "resolution.en.txt").read_bytes()
    page.locator(".st-key-ck_run").wait_for()
    settled(page)
    files = page.locator("input[type=file]")
    files.nth(0).set_input_files({"name": "resolution.zh.txt", "mimeType": "text/plain", "buffer": zh.encode()})
    page.get_by_text("resolution.zh.txt").wait_for()
    files.nth(1).set_input_files({"name": "resolution.en.txt", "mimeType": "text/plain", "buffer": en})
    page.get_by_text("resolution.en.txt").wait_for()
    settled(page)
    page.locator(".st-key-ck_run button").click()
    page.locator(".dz-ck-sheet").wait_for()
    settled(page)
    page.keyboard.press("n")  # to the first finding


# What the translation has wrong: an approved term, and a number.
WRONG = {"外国恐怖主义战斗人员仍": "外国恐怖主义作战人员仍", "3400": "3500", "3 400": "3 500", "3,400": "3,500"}


def scenes(database: Path) -> list[Scene]:
    """What is shown of each page."""
    with Glossary.open(database, read_only=True) as glossary:
        concept = glossary.find("外国恐怖主义战斗人员").id
    return [
        Scene("look-up", f"/?q={TERM}"),
        Scene("align", "/align?draft=1&row=17"),
        Scene("review", "/review"),
        Scene("glossary", "/glossary"),
        Scene("concept", f"/glossary?concept={concept}"),
        Scene("drift", "/glossary?view=drift"),
        Scene("check", "/check", checked),
        Scene("corpus", "/corpus"),
    ]


@contextmanager
def sample() -> Iterator[Served]:
    """The app on the sample."""
    with TemporaryDirectory() as folder:
        database = Path(folder, "corpus.sqlite")
        opened = Database.open(database)
        encoder = load_embedded()
        load_sample(opened, "anna", encoder)
        samples = ROOT / "samples"
        pair = align_pair(samples / "resolution.zh.docx", samples / "resolution.en.docx", How(lambda: encoder))
        Desk(opened, "anna").begin_draft(pair)
        opened.close()
        with serve(database) as served:
            yield served


def pictures(browser: Browser, app: Served) -> Iterator[Path]:
    """Take them all, one after the other."""
    for language in LANGUAGES:
        for theme in THEMES:
            for scene in scenes(app.database):
                with visit(browser, color_scheme=theme, locale="en-GB" if language == "en" else "zh-CN") as page:
                    page.goto(app.url + scene.address)
                    page.locator(".st-key-tongue").wait_for()
                    settled(page)
                    scene.doing(page)
                    settled(page)
                    page.wait_for_timeout(2500)  # pictures in the page are drawn after the page
                    yield taken(page, IMAGES / f"app-{scene.name}-{language}-{theme}.png")


def taken(page: Page, path: Path) -> Path:
    """A picture of what is seen without scrolling, in few colours."""
    page.screenshot(path=path)
    with Image.open(path) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    return path


def main() -> None:
    """Make them all."""
    with chromium() as browser, sample() as app:
        for path in pictures(browser, app):
            print(path.relative_to(ROOT))  # noqa: T201 -- a script that says what it has made


if __name__ == "__main__":
    main()
