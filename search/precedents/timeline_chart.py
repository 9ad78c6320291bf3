"""A picture of a term's renderings over time: shares by year, how many occurrences they rest on, and by body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from align.errors import InputError, OutputError
from search.precedents.timeline import Point
from search.precedents.timeline_look import FONTS, HEIGHT, LABEL, PRINTED, Look, short, spread, ticks

if TYPE_CHECKING:
    from search.precedents.evidence import TermResult

FORMATS = (".svg", ".png")
LINES = 4  # renderings that get a line of their own
BODIES = 3  # small pictures below
ENOUGH = 5  # dated occurrences in a body that gets one


def check_plot(path: Path) -> None:
    """Raises InputError where the file's name says no kind of picture that is drawn, OutputError without its folder."""
    if path.suffix.lower() not in FORMATS:
        raise InputError(f"{path.name}: a picture is drawn as .svg or .png; name the file so.")
    if not path.parent.is_dir():
        raise OutputError(f"{path.parent} is no folder; make it, or name another file.")


def write_plot(result: TermResult, path: Path) -> None:
    """Draw a result; raises InputError where nothing is dated or no rendering was found, OutputError."""
    chart = draw(result)
    try:
        chart.save(str(path), **({"ppi": 180} if path.suffix.lower() == ".png" else {}))
    except OSError as error:
        raise OutputError(f"{path} cannot be written ({error.strerror}); name another file.") from error


def picture(result: TermResult, kind: str, look: Look = PRINTED) -> bytes:
    """The picture as the bytes of a file, ``kind`` being "svg" or "png"; raises InputError where nothing is dated."""
    chart = draw(result, look)
    if kind == "png":
        pixels = BytesIO()
        chart.save(pixels, format="png", ppi=180)
        return pixels.getvalue()
    drawn = StringIO()
    chart.save(drawn, format="svg")
    return drawn.getvalue().encode("utf-8")


def draw(result: TermResult, look: Look = PRINTED) -> Any:
    """The picture as an Altair chart: lines over the years, or bars where there is one year only."""
    import altair as alt

    points = [point for point in result.timeline if not point.body]
    years = sorted({point.year for point in points})
    if not years:
        raise InputError(f"“{result.query}”: no dated document has a rendering of it, so there is nothing to draw.")
    colours = look.palette
    parts = _bars(points, look) if len(years) == 1 else _lines(result, points, years, look)
    if look.titled:
        title = alt.TitleParams(title_of(result), subtitle=_subtitle(result, points, years))
        parts = parts.properties(title=title)
    return parts.properties(background=colours.paper, padding=18 if look.titled else 2).configure(
        font=FONTS,
        title=alt.TitleConfig(
            anchor="start", fontSize=17, color=colours.ink, subtitleColor=colours.grey, subtitleFontSize=12, offset=14
        ),
        axis=alt.AxisConfig(
            labelColor=colours.grey,
            titleColor=colours.grey,
            titleFontWeight="normal",
            labelFontSize=11,
            domain=False,
            tickColor=colours.faint,
            gridColor=colours.faint,
        ),
        view=alt.ViewConfig(stroke=None),
        concat=alt.CompositionConfig(spacing=12),
    )


def title_of(result: TermResult) -> str:
    """What the picture shows, in a sentence: the latest turning point, or else the usual rendering."""
    if result.turning_points:
        return result.turning_points[-1].sentence
    usual = result.renderings[0]
    if usual.count == result.count:
        return f"{usual.text} throughout" if result.count > 1 else f"{usual.text}, once"
    return f"{usual.text} is usual: {usual.count} of {result.count}"


def _subtitle(result: TermResult, points: Sequence[Point], years: Sequence[int]) -> str:
    dated = sum(point.count for point in points)
    span = str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"
    undated = f", {result.count - dated} more without a date" if dated < result.count else ""
    return f"{result.query}: renderings of {dated} occurrences, {span}{undated}"


def _bars(points: Sequence[Point], look: Look) -> Any:
    """How often each rendering was used in the only year."""
    import altair as alt

    rows = [{"rendering": short(point.rendering), "count": point.count} for point in points[:8]]
    base = alt.Chart(alt.Data(values=rows), width=look.width, height=34 * len(rows)).encode(
        y=alt.Y(
            "rendering:N",
            sort="-x",
            title=None,
            axis=alt.Axis(labelLimit=0, labelPadding=8, ticks=False, labelColor=look.palette.ink, labelFontSize=13),
        ),
        x=alt.X("count:Q", title=None, axis=None, scale=alt.Scale(zero=True)),
    )
    bars = base.mark_bar(color=look.palette.colours[0], height=18)
    return bars + base.mark_text(align="left", dx=5, color=look.palette.ink).encode(text="count:Q")


def _lines(result: TermResult, points: Sequence[Point], years: Sequence[int], look: Look) -> Any:
    """Shares by year, below them how many occurrences there are, below these the same in small by body."""
    import altair as alt

    named = [
        rendering.text for rendering in result.renderings[:LINES] if any(p.rendering == rendering.text for p in points)
    ]
    scale = alt.Scale(domain=[years[0] - 0.5, years[-1] + 0.5], nice=False, zero=False, padding=0)
    axis = alt.X(
        "year:Q",
        title=None,
        scale=scale,
        axis=alt.Axis(format="d", values=ticks(years[0], years[-1]), grid=False),
    )
    above = axis if look.titled else alt.X("year:Q", title=None, scale=scale, axis=_unwritten(years))
    lines = _share_lines(points, named, above, look)
    shares = alt.layer(*_turning(result, look), lines, _labels(points, named, years, look))
    rows = [shares.properties(width=look.width, height=look.height), _counts(points, years, axis, look)]
    small = _by_body(result, named, look) if look.bodies else []
    return alt.vconcat(*rows, *([alt.hconcat(*small)] if len(small) > 1 else []))


def _unwritten(years: Sequence[int]) -> Any:
    """The axis of a bare picture's shares: the years stand below the counts, once."""
    import altair as alt

    return alt.Axis(values=ticks(years[0], years[-1]), labels=False, ticks=False, grid=False)


def _counts(points: Sequence[Point], years: Sequence[int], axis: Any, look: Look) -> Any:
    """How many occurrences the shares of each year rest on."""
    import altair as alt

    totals: dict[int, int] = defaultdict(int)
    for point in points:
        totals[point.year] += point.count
    data = alt.Data(values=[{"year": year, "count": count} for year, count in sorted(totals.items())])
    size = max(2, min(14, int(look.width / (years[-1] - years[0] + 1) * 0.7)))
    few = alt.Axis(tickCount=2, format="d")
    return (
        alt.Chart(data, width=look.width, height=max(24, look.height // 5))
        .mark_bar(color=look.palette.bars, size=size)
        .encode(x=axis, y=alt.Y("count:Q", title=look.occurrences, axis=few, scale=alt.Scale(zero=True)))
    )


def _share_lines(points: Sequence[Point], named: Sequence[str], axis: Any, look: Look) -> Any:
    import altair as alt

    chart = alt.Chart(alt.Data(values=_rows(points, named))).encode(
        x=axis,
        y=alt.Y("share:Q", title=look.share, scale=alt.Scale(domain=[0, 1]), axis=_percent(look)),
        color=_colour(named, look),
    )
    dots = chart.mark_circle(opacity=1, clip=False).encode(
        size=alt.Size("total:Q", scale=alt.Scale(range=[18, 90], zero=True), legend=None)
    )
    return chart.mark_line(strokeWidth=2, clip=False) + dots


def _rows(points: Sequence[Point], named: Sequence[str]) -> list[dict[str, object]]:
    """For every year with an occurrence the share of every rendering, also where it is none."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    for point in points:
        counts[point.year][point.rendering] = point.count
    return [
        {
            "year": year,
            "rendering": name,
            "share": found.get(name, 0) / sum(found.values()),
            "total": sum(found.values()),
        }
        for year, found in sorted(counts.items())
        for name in named
    ]


def _labels(points: Sequence[Point], named: Sequence[str], years: Sequence[int], look: Look) -> Any:
    """Each rendering's name at the end of its line, moved apart where two would touch."""
    import altair as alt

    last = {point.rendering: point.share for point in points if point.year == years[-1]}
    places = spread({name: last.get(name, 0.0) for name in named}, LABEL / look.height)
    rows = [{"year": years[-1], "share": places[name], "rendering": name, "label": short(name)} for name in named]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_text(align="left", dx=12, fontSize=13, limit=0, clip=False)
        .encode(x=_year(), y="share:Q", text="label:N", color=_colour(named, look))
    )


def _turning(result: TermResult, look: Look) -> list[Any]:
    """A line at each turning point, with the document's name."""
    import altair as alt

    rows = [
        {"year": point.year, "label": f"{point.label}, {point.year}", "share": 1.0} for point in result.turning_points
    ]
    if not rows:
        return []
    base = alt.Chart(alt.Data(values=rows)).encode(x=_year())
    rule = base.mark_rule(color=look.palette.grey, strokeDash=[3, 3])
    text = base.mark_text(align="left", dx=5, dy=-16, color=look.palette.grey, fontSize=11, clip=False).encode(
        y="share:Q", text="label:N"
    )
    return [rule, text]


def _by_body(result: TermResult, named: Sequence[str], look: Look) -> list[Any]:
    """The same in small for the bodies that use the term most."""
    import altair as alt

    points: dict[str, list[Point]] = defaultdict(list)
    for point in result.timeline:
        if point.body:
            points[point.body].append(point)
    totals = {body: sum(point.count for point in found) for body, found in points.items()}
    bodies = [body for body in sorted(totals, key=lambda body: -totals[body]) if totals[body] >= ENOUGH][:BODIES]
    years = [point.year for point in result.timeline]
    scale = alt.Scale(domain=[min(years) - 0.5, max(years) + 0.5], nice=False, zero=False)
    small = []
    for body in bodies:
        chart = alt.Chart(alt.Data(values=_rows(points[body], named)), width=150, height=70).encode(
            x=alt.X(
                "year:Q",
                title=None,
                scale=scale,
                axis=alt.Axis(format="d", values=[min(years), max(years)], grid=False),
            ),
            y=alt.Y("share:Q", title=None, scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", values=[0, 1])),
            color=_colour(named, look),
        )
        lines = chart.mark_line(strokeWidth=1.5, clip=False) + chart.mark_circle(size=14, opacity=1, clip=False)
        name = f"{body} ({totals[body]})"
        title = alt.TitleParams(name, fontSize=12, fontWeight="normal", color=look.palette.ink, offset=6)
        small.append(lines.properties(title=title))
    return small


def _year() -> Any:
    import altair as alt

    return alt.X("year:Q", scale=alt.Scale(zero=False))


def _percent(look: Look) -> Any:
    import altair as alt

    return alt.Axis(format="%", tickCount=5) if look.height >= HEIGHT else alt.Axis(format="%", values=[0, 0.5, 1])


def _colour(named: Sequence[str], look: Look) -> Any:
    import altair as alt

    colours = list(look.palette.colours[: len(named)])
    return alt.Color("rendering:N", scale=alt.Scale(domain=list(named), range=colours), legend=None)
