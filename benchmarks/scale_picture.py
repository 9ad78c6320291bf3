"""The picture of speed and size: four curves over the number of pairs, each with its target."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from benchmarks.pictures import ACCENT, QUIET

# Field, title, format of the label, target.
PANELS = (
    ("pairs_per_s", "pairs added a second, index included", ",.0f", 2000.0),
    ("index_p50", "ms for the ten nearest by meaning", ".1f", 10.0),
    ("all_sentences_p50", "ms for a hybrid look-up", ".0f", 50.0),
    ("index_mb", "MB of memory for the index", ",.0f", 400.0),
)


def picture(everything: Mapping[int, Mapping[str, float]]) -> Any:
    """An Altair chart of the figures by number of pairs."""
    import altair as alt
    import pandas as pd

    sizes = sorted(everything)
    data = pd.DataFrame([{"pairs": size, **everything[size]} for size in sizes])

    def panel(name: str, title: str, label: str, target: float) -> alt.LayerChart:
        top = 1.2 * max(target, *(everything[size][name] for size in sizes))
        x = alt.X(
            "pairs:Q",
            title="pairs",
            scale=alt.Scale(type="log", domain=[sizes[0] / 2, sizes[-1] * 2]),
            axis=alt.Axis(values=sizes, format=",d", grid=False),
        )
        y = alt.Y(f"{name}:Q", title=None, scale=alt.Scale(domain=[0, top]), axis=alt.Axis(tickCount=4))
        base = alt.Chart(data).encode(x=x, y=y)
        limit = alt.Chart(pd.DataFrame([{"pairs": sizes[0] / 2, name: target}, {"pairs": sizes[-1] * 2, name: target}]))
        return alt.layer(
            limit.mark_line(color=QUIET, strokeDash=[4, 4]).encode(x="pairs:Q", y=f"{name}:Q"),
            limit.transform_filter(f"datum.pairs < {sizes[0]}")
            .mark_text(align="left", dx=4, dy=-9, color=QUIET, text="target")
            .encode(x="pairs:Q", y=f"{name}:Q"),
            base.mark_line(color=ACCENT, strokeWidth=2.5),
            base.mark_point(color=ACCENT, filled=True, size=70, opacity=1),
            base.mark_text(dy=-14, color=ACCENT).encode(text=alt.Text(f"{name}:Q", format=label)),
        ).properties(width=380, height=200, title=alt.TitleParams(title, fontSize=14, fontWeight="normal"))

    panels = [panel(*each) for each in PANELS]
    chart = alt.vconcat(alt.hconcat(*panels[:2], spacing=40), alt.hconcat(*panels[2:], spacing=40), spacing=30)
    last = everything[sizes[-1]]
    return chart.properties(
        title=alt.TitleParams(
            f"{sizes[-1]:,} pairs: nearest by meaning in {last['index_p50']:.0f} ms, "
            f"{last['index_mb']:.0f} MB of memory for it",
            subtitle=f"Recall@10 against exact search {last['recall']:.3f}; two cores shared with other programs.",
        )
    )
