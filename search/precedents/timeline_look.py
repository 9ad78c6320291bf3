"""How the picture of a term's renderings over time looks: colours, sizes, words, and where labels go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FONTS = (
    "'Source Sans 3', 'Helvetica Neue', Arial, 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', "
    "sans-serif"
)
WIDTH, HEIGHT = 520, 220  # pixels
LONGEST = 34  # a label, in columns of a terminal: a Chinese character takes two
LABEL = 19  # pixels between two labels


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a picture: those of writing and lines are at least 4.5 : 1 on the paper."""

    paper: str
    ink: str
    grey: str
    faint: str
    bars: str
    colours: tuple[str, ...]


LIGHT = Palette("#FBFAF7", "#1E1E1C", "#6B6B66", "#E4E2DB", "#B9B7AE", ("#1F5FA8", "#9A5B00", "#2E7148", "#7A4B8C"))
DARK = Palette("#16181A", "#E8E6E1", "#A5A39C", "#2D3134", "#5A5E61", ("#7DB3F0", "#E0A458", "#6CBF8B", "#CDA2E4"))


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture is drawn: ``titled`` and with small pictures by body (``bodies``), or bare; what its axes say."""

    palette: Palette = LIGHT
    width: int = WIDTH
    height: int = HEIGHT
    titled: bool = True
    bodies: bool = True
    share: str = "share"
    occurrences: str = "occurrences"


PRINTED = Look()


def spread(places: Mapping[str, float], apart: float = LABEL / HEIGHT) -> dict[str, float]:
    """Heights in [0, 1] moved ``apart``, so that labels of one line do not touch, in the same order."""
    ordered = sorted(places, key=lambda name: places[name])
    found: dict[str, float] = {}
    height = -apart
    for name in ordered:
        height = max(places[name], height + apart)
        found[name] = height
    ceiling = 1.0 + apart
    for name in reversed(ordered):
        found[name] = ceiling = min(found[name], ceiling - apart)
    return found


def short(text: str) -> str:
    """A label that fits beside the lines."""
    from rich.cells import cell_len, set_cell_size

    return text if cell_len(text) <= LONGEST else set_cell_size(text, LONGEST - 1).rstrip() + "…"


def ticks(first: int, last: int) -> list[int]:
    """Years to write below the axis, ten at most, the first and the last among them."""
    step = max(1, -(-(last - first) // 8))
    inner = [year for year in range(first, last, step) if last - year >= step]
    return sorted({first, *inner, last})
