"""Small pieces that the page is made of: texts as labels of buttons, texts cut around a mark, times."""

from __future__ import annotations

from ui.parts import literal

_AROUND = {"zh": 110, "en": 260}  # characters on either side of a mark that are shown of a long text
_LONGEST_LABEL = 60


def as_label(text: str, longest: int = _LONGEST_LABEL) -> str:
    """A text for a widget that reads Markdown: shown as it is, on one line."""
    line = " ".join(text.split())
    return literal(line if len(line) <= longest else f"{line[:longest]}…")


def cut(text: str, span: tuple[int, int], language: str) -> tuple[str, tuple[int, int], bool]:
    """A long text around a mark, the mark in it, and whether it was cut."""
    around = _AROUND[language]
    start, end = max(0, span[0] - around), min(len(text), span[1] + around)
    if language == "en":
        start = text.find(" ", start, span[0]) + 1 if start and " " in text[start : span[0]] else start
        end = text.rfind(" ", span[1], end) if end < len(text) and " " in text[span[1] : end] else end
    before, after = "…" if start else "", "…" if end < len(text) else ""
    shift = len(before) - start
    return f"{before}{text[start:end]}{after}", (span[0] + shift, span[1] + shift), bool(before or after)


def day_and_time(time: str) -> str:
    """A time of the log, to the minute."""
    return f"{time[:10]} {time[11:16]}"
