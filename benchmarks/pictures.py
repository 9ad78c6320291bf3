"""Pictures of what was measured, in the project's colours, as SVG and PNG under ``docs/images``."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

IMAGES = Path(__file__).parents[1] / "docs" / "images"
PAPER, INK, QUIET, ACCENT = "#FBFAF7", "#1E1E1C", "#6B6A66", "#1F5FA8"


def save(chart: Any, name: str) -> None:
    """Write an Altair chart; says so where the converter is not installed."""
    if importlib.util.find_spec("vl_convert") is None:
        print(f"{name}: no picture, because vl-convert-python is not installed.")
        return
    IMAGES.mkdir(parents=True, exist_ok=True)
    styled = styled_chart(chart)
    styled.save(str(IMAGES / f"{name}.svg"))
    styled.save(str(IMAGES / f"{name}.png"), scale_factor=2)
    print(f"written: docs/images/{name}.svg and .png")


def styled_chart(chart: Any) -> Any:
    """The look that all pictures share."""
    return (
        chart.configure(background=PAPER, padding=14, font="system-ui, Noto Sans, DejaVu Sans, sans-serif")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=QUIET, titleColor=QUIET, gridColor="#E7E4DC", domain=False, tickColor="#E7E4DC",
            labelFontSize=13, titleFontSize=13, titleFontWeight="normal",
        )
        .configure_title(
            color=INK, fontSize=17, anchor="start", subtitleColor=QUIET, subtitleFontSize=13, subtitlePadding=6,
            offset=12,
        )
        .configure_text(color=INK, fontSize=13)
    )  # fmt: skip
