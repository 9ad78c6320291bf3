"""The four charts as Altair draws them: the same colours as the page, light and dark, nothing that says nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import regex

from ui.corpus.figures import Figure

if TYPE_CHECKING:
    from ui.words import Words

WIDTH, HEIGHT = 264, 178  # pixels of a picture, its title and axes included
_INNER = 204  # pixels of the reliability diagram, without its axes
_PADDING = dict.fromkeys(("left", "top", "right", "bottom"), 4)
ENOUGH = 15  # pairs in a bin that a point of the reliability diagram is drawn for
FEW = 9  # bars that can each have their number
_COLUMNS = 42  # Latin letters of a title in a line; a Chinese one takes the room of two
_NOT_FIRST = "，。：；、）”%"  # marks that begin no line
_FONT = "'Source Sans', 'Source Sans 3', 'Helvetica Neue', Arial, 'Noto Sans SC', 'Noto Sans CJK SC', sans-serif"


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a theme; every text has a contrast of 4.5 to 1 at least on the paper."""

    paper: str
    ink: str
    muted: str
    rule: str
    accent: str
    good: str
    fair: str
    doubtful: str


LIGHT = Palette("#FBFAF7", "#1E1E1C", "#5F5E58", "#E3E0D7", "#1F5FA8", "#28764B", "#8F5E06", "#AE2F23")
DARK = Palette("#16181A", "#E8E6E1", "#A5A39C", "#2D3134", "#7DB3F0", "#58B683", "#DDA83F", "#F28B7F")


def picture(figure: Figure, palette: Palette, words: Words) -> Any:
    """A figure as an Altair chart."""
    import altair as alt

    kinds: dict[str, Callable[[Figure, Palette, Words], Any]] = {
        "years": _years,
        "bodies": _bodies,
        "confidence": _confidence,
        "calibration": _calibration,
    }
    title = alt.TitleParams(lines(figure.title), anchor="start", fontSize=13, offset=10, lineHeight=17)
    drawn = kinds[figure.name](figure, palette, words).properties(
        title=title, background=palette.paper, padding=_PADDING
    )
    return (
        drawn.configure(font=_FONT)
        .configure_title(font=_FONT, color=palette.ink, fontWeight=600)
        .configure_text(font=_FONT)
        .configure_view(stroke=None)
        .configure_axis(
            labelFont=_FONT,
            titleFont=_FONT,
            labelColor=palette.muted,
            titleColor=palette.muted,
            titleFontWeight="normal",
            domainColor=palette.rule,
            tickColor=palette.rule,
            grid=False,
            labelFontSize=11,
            titleFontSize=11,
        )
    )


def lines(text: str) -> list[str]:
    """A title in lines: English is broken at spaces, Chinese anywhere but before a mark."""
    pieces = regex.findall(rf"\p{{Han}}[{_NOT_FIRST}]*|[^\p{{Han}}\s]+|\s+", text)
    found, width = [""], 0
    for piece in pieces:
        own = sum(2 if ord(sign) > 0x2E7F else 1 for sign in piece)
        if width + own > _COLUMNS and found[-1] and not piece.isspace():
            found[-1] = found[-1].rstrip()
            found.append("")
            width = 0
        found[-1] += piece
        width += own
    return [line.strip() for line in found]


def _fitted(chart: Any, width: int = WIDTH, height: int = HEIGHT) -> Any:
    """A chart of this size as a whole, in a page as in a file."""
    import altair as alt

    return chart.properties(width=width, height=height, autosize=alt.AutoSizeParams(type="fit", contains="padding"))


def _values(figure: Figure) -> Any:
    import altair as alt

    return alt.Data(values=[dict(row) for row in figure.rows])


def _years(figure: Figure, palette: Palette, words: Words) -> Any:
    import altair as alt

    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap="greedy", ticks=False, labelPadding=4))
    y = alt.Y("documents:Q", title=None, axis=None, scale=alt.Scale(zero=True))
    base = alt.Chart(_values(figure)).encode(
        x=x, y=y, tooltip=[_tip("year", "O", words), _tip("documents", "Q", words)]
    )
    bars = base.mark_bar(color=palette.accent, cornerRadiusEnd=1)
    counts = base.transform_filter("datum.documents > 0").mark_text(dy=-7, color=palette.ink, fontSize=11)
    layers = [bars, counts.encode(text="documents:Q")] if len(figure.rows) <= FEW else [bars]
    return _fitted(alt.layer(*layers))


def _tip(name: str, kind: str, words: Words) -> Any:
    import altair as alt

    named = {"documents": "count"}.get(name, name)
    return alt.Tooltip(f"{name}:{kind}", title=words(named))


def _bodies(figure: Figure, palette: Palette, words: Words) -> Any:
    import altair as alt

    order = [str(row["body"]) for row in figure.rows]
    y = alt.Y(
        "body:N", title=None, sort=order, axis=alt.Axis(labelLimit=126, ticks=False, domain=False, labelPadding=6)
    )
    most = max((int(row["documents"]) for row in figure.rows), default=1)
    room = alt.Scale(domain=[0, most * 1.2])  # for the number behind the longest bar
    x = alt.X("documents:Q", title=None, axis=None, scale=room)
    base = alt.Chart(_values(figure)).encode(
        x=x, y=y, tooltip=[_tip("body", "N", words), _tip("documents", "Q", words)]
    )
    bars = base.mark_bar(color=palette.accent, cornerRadiusEnd=1, height={"band": 0.7})
    counts = base.mark_text(align="left", dx=4, color=palette.ink, fontSize=11).encode(text="documents:Q")
    return _fitted(alt.layer(bars, counts))


def _confidence(figure: Figure, palette: Palette, words: Words) -> Any:
    import altair as alt

    colours = alt.Scale(domain=["good", "fair", "doubtful"], range=[palette.good, palette.fair, palette.doubtful])
    axis = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], labelFlush=True)
    total = max(sum(int(row["pairs"]) for row in figure.rows), 1)
    bars = (
        alt.Chart(_values(figure))
        .transform_calculate(share=f"datum.pairs / {total}")
        .mark_bar(stroke=palette.paper, strokeWidth=1)
        .encode(
            x=alt.X("low:Q", bin="binned", title=words("confidence"), axis=axis, scale=alt.Scale(domain=[0, 1])),
            x2="high:Q",
            y=alt.Y("share:Q", title=None, axis=alt.Axis(format="%", tickCount=3), scale=alt.Scale(zero=True)),
            color=alt.Color("level:N", scale=colours, legend=None),
            tooltip=[alt.Tooltip("low:Q", title=words("confidence"), format=".0%"), _tip("pairs", "Q", words)],
        )
    )
    return _fitted(alt.layer(bars, _levels(figure, palette, words, total)))


def _levels(figure: Figure, palette: Palette, words: Words, total: int) -> Any:
    """The names of the three levels with their shares, in place of a legend."""
    import altair as alt

    from ui.corpus.figures import percent

    places = {"doubtful": (0.3, palette.doubtful), "fair": (0.75, palette.fair)}
    values = []
    for name, (x, _) in places.items():
        count = sum(int(row["pairs"]) for row in figure.rows if row["level"] == name)
        values.append({"x": x, "level": name, "said": [words(name), percent(count, total)]})
    layers = [
        alt.Chart(alt.Data(values=[value]))
        .mark_text(fontSize=11, lineHeight=13, color=places[str(value["level"])][1])
        .encode(x=alt.X("x:Q"), y=alt.value(46), text="said:N")
        for value in values
    ]
    return alt.layer(*layers)


def _calibration(figure: Figure, palette: Palette, words: Words) -> Any:
    import altair as alt

    unit = alt.Scale(domain=[0, 1])
    axis = alt.Axis(format="%", values=[0, 0.5, 1], labelFlush=True)
    ideal = alt.Chart(alt.Data(values=[{"x": 0, "y": 0}, {"x": 1, "y": 1}])).mark_line(
        color=palette.muted, strokeDash=[4, 4], strokeWidth=1
    )
    points = (
        alt.Chart(_values(figure))
        .transform_filter(f"datum.pairs >= {ENOUGH}")
        .encode(
            x=alt.X("confidence:Q", scale=unit, axis=alt.Axis(labels=False, ticks=False), title=None),
            y=alt.Y("right:Q", scale=unit, axis=axis, title=words("right")),
            tooltip=[
                alt.Tooltip("confidence:Q", title=words("confidence"), format=".0%"),
                alt.Tooltip("right:Q", title=words("right"), format=".0%"),
                _tip("pairs", "Q", words),
            ],
        )
    )
    note = alt.Chart(alt.Data(values=[{"x": 0.6, "y": 0.2}])).mark_text(
        align="left", fontSize=11, color=palette.muted, text=words("ideal")
    )
    top = alt.layer(
        ideal.encode(x=alt.X("x:Q", scale=unit), y=alt.Y("y:Q", scale=unit)),
        points.mark_line(color=palette.accent, strokeWidth=2),
        points.mark_point(color=palette.accent, filled=True, size=36, opacity=1),
        note.encode(x=alt.X("x:Q", scale=unit), y=alt.Y("y:Q", scale=unit)),
    ).properties(width=_INNER, height=76)
    return alt.vconcat(top, _below(figure, palette, words), spacing=2)


def _below(figure: Figure, palette: Palette, words: Words) -> Any:
    """The histogram below the diagram: on how many pairs each point rests."""
    import altair as alt

    return (
        alt.Chart(_values(figure))
        .mark_bar(color=palette.muted, opacity=0.6, stroke=palette.paper)
        .encode(
            x=alt.X(
                "low:Q",
                bin="binned",
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1], labelFlush=True),
                title=words("confidence"),
            ),
            x2="high:Q",
            y=alt.Y("pairs:Q", axis=None, scale=alt.Scale(zero=True)),
            tooltip=[_tip("pairs", "Q", words)],
        )
        .properties(width=_INNER, height=22)
    )


def as_file(chart: Any, kind: str) -> bytes:
    """A chart as "svg" or "png"."""
    from io import BytesIO, StringIO

    if kind == "svg":
        text = StringIO()
        chart.save(text, format="svg")
        return text.getvalue().encode("utf-8")
    data = BytesIO()
    chart.save(data, format="png", ppi=180)
    return data.getvalue()
