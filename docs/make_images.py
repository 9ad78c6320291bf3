"""``make images``: the sample's page and its check as headless Chromium shows them, and a term over the years."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import app_images  # noqa: E402 -- after the path

from align.readers.pair_file import AlignedPair, PairFile  # noqa: E402 -- after the path
from cli.demo import main  # noqa: E402
from cli.main import app  # noqa: E402
from models import load_embedded  # noqa: E402
from search.corpus import Corpus  # noqa: E402
from search.precedents.locator import locator_of  # noqa: E402
from search.precedents.look_up import look_up_term, question  # noqa: E402
from search.precedents.timeline_chart import write_plot  # noqa: E402

IMAGES = ROOT / "docs" / "images"
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --force-color-profile=srgb"
).split()
# The picture is to show running text, which begins below the masthead's rows.
FRAME = '<body style="margin:0"><iframe src="resolution.html#b16" width="1280" height="800" frameborder="0"></iframe>'
TERM, FORMER, LATER = "foreign terrorist fighters", "外国恐怖主义作战人员", "外国恐怖主义战斗人员"
# How many of six made-up resolutions a year used the later rendering.
LATER_USED = {2013: 0, 2014: 1, 2015: 0, 2016: 2, 2017: 5, 2018: 6, 2019: 5, 2020: 6, 2021: 6}
# What a checked translation has wrong: an approved term, and a number.
WRONG = {"外国恐怖主义战斗人员仍": "外国恐怖主义作战人员仍", "3400": "3500", "3 400": "3 500", "3,400": "3,500"}
SENTENCES = (
    ("理事会讨论了{}造成的威胁。", "The Council discussed the threat posed by {}."),
    ("各国应防止{}越过边界。", "States should prevent {} from crossing borders."),
    ("报告列出了{}的家属需要什么。", "The report lists what the families of {} need."),
    ("会议请专家研究{}返回的问题。", "The meeting asked experts to study the return of {}."),
    ("秘书处提供了关于{}的新数据。", "The Secretariat provided new data on {}."),
    ("法院审判了三名{}。", "The court tried three {}."),
)


def timeline() -> Path:
    """Store made-up resolutions in which usage turns, look the term up and write ``timeline.png``."""
    picture = IMAGES / "timeline.png"
    with TemporaryDirectory() as folder, Corpus.open(Path(folder) / "corpus.sqlite") as corpus:
        for year, later in LATER_USED.items():
            for k, (zh, en) in enumerate(SENTENCES):
                symbol, date = f"A/RES/{year - 1945}/{100 + k}", f"{year}-12-{10 + k}"
                said = (("symbol", symbol), ("date", date), ("body", "General Assembly"))
                rendering = LATER if k < later else FORMER
                pair = AlignedPair(zh.format(rendering), en.format(TERM), said, "row 1")
                corpus.add_pairs(PairFile((pair,), f"{symbol.replace('/', '_')}.tmx"))
        write_plot(look_up_term(corpus, locator_of(corpus, load_embedded()), question(TERM)), picture)
    return picture


def _shot(page: Path, picture: Path, profile: Path) -> None:
    """A page as headless Chromium shows it, 1280 × 800."""
    subprocess.run(
        [
            "chromium",
            *QUIET,
            f"--user-data-dir={profile}",
            "--window-size=1280,800",
            f"--screenshot={picture}",
            page.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )


def check() -> Path:
    """Put two errors into the sample, check it against one approved entry and write ``check.png``."""
    picture = IMAGES / "check.png"
    with TemporaryDirectory() as folder:
        zh, db = Path(folder, "resolution.zh.txt"), ["--db", str(Path(folder, "corpus.sqlite"))]
        text = (ROOT / "samples" / "resolution.zh.txt").read_text(encoding="utf-8")
        for right, wrong in WRONG.items():
            text = text.replace(right, wrong, 1)
        zh.write_text(text, encoding="utf-8")
        page = Path(folder, "check.html")
        for words in (
            ["glossary", "propose", "--zh", LATER, "--en", TERM, *db],
            ["glossary", "approve", "c1", *db],
            ["check", str(zh), str(ROOT / "samples" / "resolution.en.txt"), "-o", str(page), *db],
        ):
            app(words, standalone_mode=False)
        _shot(page, picture, Path(folder, "profile"))
    return picture


def make() -> Path:
    """Align the sample, open its page below the masthead and write ``alignment.png``, 1280 × 800."""
    IMAGES.mkdir(exist_ok=True)
    picture = IMAGES / "alignment.png"
    with TemporaryDirectory() as folder:
        main(Path(folder))
        # A frame, because Chromium's screenshot of a page that is scrolled to a place comes out empty.
        frame = Path(folder, "frame.html")
        frame.write_text(FRAME, encoding="utf-8")
        _shot(frame, picture, Path(folder, "profile"))
    return picture


if __name__ == "__main__":
    app_images.main()
    make()
    timeline()
    check()
