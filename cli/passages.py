"""Texts of the corpus on a terminal: the part around the marks, in colours or in brackets, and where it is from."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from align.writers.escapes import visible

if TYPE_CHECKING:
    from rich.text import Text

    from align.document import Language
    from search.hits import Places
    from search.records import StoredPair

AROUND: dict[Language, int] = {"zh": 36, "en": 84}  # characters of context on either side
LONGEST_MARK: dict[Language, int] = {"zh": 120, "en": 280}  # of a marked part that is shown
HIT, PARTNER, GREY, DOUBT = "black on #FFE9A8", "black on #CFE8D5", "bright_black", "yellow"
_WIDTH = 120  # where nobody says how wide the terminal is


def coloured() -> bool:
    """Whether whoever reads sees colours; otherwise what is marked stands in brackets."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def drawn(lines: Iterable[Text]) -> Iterator[str]:
    """Lines as they are written: folded to the terminal's width, with its colours; plain and whole elsewhere."""
    from rich.console import Console

    if not coloured():
        yield from (line.plain.rstrip() for line in lines)
        return
    width = shutil.get_terminal_size((_WIDTH, 40)).columns
    console = Console(file=StringIO(), force_terminal=True, width=width, highlight=False)
    for line in lines:
        with console.capture() as captured:
            console.print(line, soft_wrap=False)
        yield captured.get().rstrip("\n")


def excerpt(text: str, places: Places, language: Language, style: str, colour: bool, whole: bool = False) -> Text:
    """One line: the text around the first mark, or all of it, with what is marked."""
    from rich.text import Text

    start, end = (0, len(text)) if whole else _window(text, places, language)
    line = Text("   " + ("…" if start > 0 else ""))
    at = start
    for first, last in places:
        first, last = max(first, at), min(last, end)
        if first < last:
            line.append(_line(text[at:first]))
            marked = _line(text[first:last])
            line.append(marked if colour else f"[{marked}]", style=style)
            at = last
    return line.append(_line(text[at:end])).append("…" if end < len(text) else "")


def _window(text: str, places: Sequence[tuple[int, int]], language: Language) -> tuple[int, int]:
    around = AROUND[language]
    if not places:
        return 0, min(len(text), 3 * around)
    first, last = places[0]
    for _, following in places[1:]:
        if following - first > LONGEST_MARK[language]:
            break
        last = following
    return max(0, first - around), min(len(text), min(last, first + LONGEST_MARK[language]) + around)


def provenance(pair: StoredPair, confidence: float | None) -> Text:
    """Symbol · paragraph · date · body · checked or automatic and how sure, where that is asked for · id, in grey."""
    from rich.text import Text

    from search.versions import CHECKED

    facts = [pair.symbol or f"#{pair.document}", pair.record.number, pair.date, pair.body]
    if confidence is not None:
        facts += ["✓ checked" if pair.record.status == CHECKED else "automatic", f"{confidence:.2f}"]
    facts.append(f"pair {pair.id}")
    return Text("   " + visible(" · ".join(fact for fact in facts if fact)), style=GREY)


def _line(text: str) -> str:
    return visible(" ".join(text.splitlines()) if "\n" in text or "\r" in text else text)
