"""``make images``: the README's picture, a real screenshot of the sample's HTML page in headless Chromium."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cli.demo import main  # noqa: E402 -- after the path

IMAGES = ROOT / "docs" / "images"
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --force-color-profile=srgb"
).split()
# The picture is to show running text, which begins below the masthead's rows.
FRAME = '<body style="margin:0"><iframe src="resolution.html#b16" width="1280" height="800" frameborder="0"></iframe>'


def make() -> Path:
    """Align the sample, open its page below the masthead and write ``alignment.png``, 1280 × 800."""
    IMAGES.mkdir(exist_ok=True)
    picture = IMAGES / "alignment.png"
    with TemporaryDirectory() as folder:
        main(Path(folder))
        # A frame, because Chromium's screenshot of a page that is scrolled to a place comes out empty.
        frame = Path(folder, "frame.html")
        frame.write_text(FRAME, encoding="utf-8")
        subprocess.run(
            [
                "chromium",
                *QUIET,
                f"--user-data-dir={folder}/profile",
                "--window-size=1280,800",
                f"--screenshot={picture}",
                frame.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
    return picture


if __name__ == "__main__":
    make()
