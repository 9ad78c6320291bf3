"""Writes the files of this folder from ``content.py``: ``python -m samples.make_samples``."""

from __future__ import annotations

from pathlib import Path

from samples.edition import edition, gold
from samples.word import word_bytes


def sample_files() -> dict[str, bytes]:
    """Return the files by name, the same bytes every time."""
    zh, en = edition("zh"), edition("en")
    return {
        "resolution.zh.docx": word_bytes(zh),
        "resolution.en.docx": word_bytes(en),
        "resolution.zh.txt": zh.plain.encode(),
        "resolution.en.txt": en.plain.encode(),
        "resolution.gold": gold().encode(),
    }


def main() -> None:
    """Write the files beside this script."""
    for name, data in sample_files().items():
        (Path(__file__).parent / name).write_bytes(data)


if __name__ == "__main__":
    main()
