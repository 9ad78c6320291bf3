"""The four charts in the page, each with its table and its picture to download."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from ui.corpus.figures import Figure, by_body, by_confidence, by_year, calibration
from ui.parts import safe

if TYPE_CHECKING:
    from search.records import Stats
    from ui.resources import Resources
    from ui.words import Words


def figures(shared: Resources, stats: Stats, words: Words) -> tuple[Figure, ...]:
    """What is drawn, in reading order. Raises CorpusError."""
    from align.measured import measured_calibration

    confidences = shared.corpus.confidences()
    return (
        by_year(stats, words),
        by_body(stats, words),
        by_confidence(confidences, words),
        calibration(measured_calibration(), words),
    )


def draw(found: Sequence[Figure], words: Words) -> None:
    """Draw them beside one another, or below where the page is narrow; the room for them is kept meanwhile."""
    import streamlit as st

    from ui.corpus.pictures import DARK, LIGHT, as_file, picture

    palette = DARK if st.context.theme.type == "dark" else LIGHT
    for figure in found:
        with st.container(key=f"co_chart_{figure.name}", gap=None):
            chart = picture(figure, palette, words)
            st.altair_chart(chart, theme=None, width="content", key=f"co_altair_{figure.name}")
            with st.popover(words("data"), type="tertiary"):
                st.html(table(figure, words))
                if figure.name == "calibration":
                    st.caption(words("calibration_note"))
                for kind in ("svg", "png"):
                    st.download_button(
                        words(f"as_{kind}"),
                        # Drawn light, for a document, when it is asked for.
                        partial(as_file, picture(figure, LIGHT, words), kind),
                        f"{figure.name}.{kind}",
                        key=f"co_{figure.name}_{kind}",
                        type="tertiary",
                        on_click="ignore",
                    )


_COLUMNS = {
    "years": ("year", "documents"),
    "bodies": ("body", "documents"),
    "confidence": ("low", "pairs", "checked"),
    "calibration": ("low", "pairs", "confidence", "right"),
}
_HEADS = {"documents": "count", "low": "confidence", "confidence": "mean"}


def table(figure: Figure, words: Words) -> str:
    """The same as a table; bins that are empty are left out."""
    names = _COLUMNS[figure.name]
    head = "".join(f'<th scope="col">{safe(words(_HEADS.get(name, name)))}</th>' for name in names)
    rows = [row for row in figure.rows if row.get("documents", row.get("pairs"))]
    body = "".join("<tr>" + "".join(f"<td>{safe(_shown(name, row))}</td>" for name in names) + "</tr>" for row in rows)
    return f'<table class="dz-co-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _shown(name: str, row: object) -> str:
    assert isinstance(row, dict)
    value = row[name]
    if name == "low":
        return f"{value:.0%}–{row['high']:.0%}"
    if name in ("confidence", "right"):
        return f"{value:.1%}"
    return f"{value:,}" if isinstance(value, int) else str(value)
