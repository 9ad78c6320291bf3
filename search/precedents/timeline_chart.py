"""A picture of a term's renderings over time: shares by year, how many occurrences they rest on, and by body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from align.errors import InputError, OutputError
from search.precedents.timeline import Point

if TYPE_CHECKING:
    from search.precedents.evidence import TermResult

FORMATS = (".svg", ".png")
LINES = 4  # renderings that get a line of their own
BODIES = 3  # small pictures below
ENOUGH = 5  # dated occurrences in a body that gets one
PAPER, INK, GREY, FAINT = "#FBFAF7", "#1E1E1C", "#6B6B66", "#E4E2DB"
COLOURS = ("#1F5FA8", "#9A5B00", "#2E7148", "#7A4B8C")  # each at least 4.5 : 1 on the paper
FONTS = (
    "'Source Sans 3', 'Helvetica Neue', Arial, 'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', "
    "sans-serif"
)
WIDTH, HEIGHT = 520, 220  # pixels
LONGEST = 34  # a label, in columns of a terminal: a Chinese character takes two
_APART = 0.085  # of the height, between two labels


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


def draw(result: TermResult) -> Any:
    """The picture as an Altair chart: lines over the years, or bars where there is one year only."""
    import altair as alt

    points = [point for point in result.timeline if not point.body]
    years = sorted({point.year for point in points})
    if not years:
        raise InputError(f"“{result.query}”: no dated document has a rendering of it, so there is nothing to draw.")
    parts = _bars(points) if len(years) == 1 else _lines(result, points, years)
    title = alt.TitleParams(title_of(result), subtitle=_subtitle(result, points, years))
    return parts.properties(title=title, background=PAPER, padding=18).configure(
        font=FONTS,
        title=alt.TitleConfig(
            anchor="start", fontSize=17, color=INK, subtitleColor=GREY, subtitleFontSize=12, offset=14
        ),
        axis=alt.AxisConfig(
            labelColor=GREY,
            titleColor=GREY,
            titleFontWeight="normal",
            labelFontSize=11,
            domain=False,
            tickColor=FAINT,
            gridColor=FAINT,
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


def _bars(points: Sequence[Point]) -> Any:
    """How often each rendering was used in the only year."""
    import altair as alt

    rows = [{"rendering": _short(point.rendering), "count": point.count} for point in points[:8]]
    base = alt.Chart(alt.Data(values=rows), width=WIDTH, height=34 * len(rows)).encode(
        y=alt.Y(
            "rendering:N",
            sort="-x",
            title=None,
            axis=alt.Axis(labelLimit=0, labelPadding=8, ticks=False, labelColor=INK, labelFontSize=13),
        ),
        x=alt.X("count:Q", title=None, axis=None, scale=alt.Scale(zero=True)),
    )
    return base.mark_bar(color=COLOURS[0], height=18) + base.mark_text(align="left", dx=5, color=INK).encode(
        text="count:Q"
    )


def _lines(result: TermResult, points: Sequence[Point], years: Sequence[int]) -> Any:
    """Shares by year, below them how many occurrences there are, below these the same in small by body."""
    import altair as alt

    named = [
        rendering.text for rendering in result.renderings[:LINES] if any(p.rendering == rendering.text for p in points)
    ]
    axis = alt.X(
        "year:Q",
        title=None,
        scale=alt.Scale(domain=[years[0] - 0.5, years[-1] + 0.5], nice=False, zero=False, padding=0),
        axis=alt.Axis(format="d", values=_ticks(years[0], years[-1]), grid=False),
    )
    shares = alt.layer(*_turning(result), _share_lines(points, named, axis), _labels(points, named, years))
    totals: dict[int, int] = defaultdict(int)
    for point in points:
        totals[point.year] += point.count
    data = alt.Data(values=[{"year": year, "count": count} for year, count in sorted(totals.items())])
    counts = (
        alt.Chart(data, width=WIDTH, height=44)
        .mark_bar(color="#B9B7AE", size=max(2, min(14, int(WIDTH / (years[-1] - years[0] + 1) * 0.7))))
        .encode(
            x=axis,
            y=alt.Y("count:Q", title="occurrences", axis=alt.Axis(tickCount=2, format="d"), scale=alt.Scale(zero=True)),
        )
    )
    rows = [shares.properties(width=WIDTH, height=HEIGHT), counts]
    small = _by_body(result, named)
    return alt.vconcat(*rows, *([alt.hconcat(*small)] if len(small) > 1 else []))


def _share_lines(points: Sequence[Point], named: Sequence[str], axis: Any) -> Any:
    import altair as alt

    chart = alt.Chart(alt.Data(values=_rows(points, named))).encode(
        x=axis,
        y=alt.Y("share:Q", title="share", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format="%", tickCount=5)),
        color=_colour(named),
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


def _labels(points: Sequence[Point], named: Sequence[str], years: Sequence[int]) -> Any:
    """Each rendering's name at the end of its line, moved apart where two would touch."""
    import altair as alt

    last = {point.rendering: point.share for point in points if point.year == years[-1]}
    places = spread({name: last.get(name, 0.0) for name in named})
    rows = [{"year": years[-1], "share": places[name], "rendering": name, "label": _short(name)} for name in named]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_text(align="left", dx=12, fontSize=13, limit=0, clip=False)
        .encode(x=_year(), y="share:Q", text="label:N", color=_colour(named))
    )


def spread(places: Mapping[str, float]) -> dict[str, float]:
    """Heights in [0, 1] moved apart so far that labels of one line do not touch, in the same order."""
    ordered = sorted(places, key=lambda name: places[name])
    found: dict[str, float] = {}
    height = -_APART
    for name in ordered:
        height = max(places[name], height + _APART)
        found[name] = height
    ceiling = 1.0 + _APART
    for name in reversed(ordered):
        found[name] = ceiling = min(found[name], ceiling - _APART)
    return found


def _turning(result: TermResult) -> list[Any]:
    """A line at each turning point, with the document's name."""
    import altair as alt

    rows = [
        {"year": point.year, "label": f"{point.label}, {point.year}", "share": 1.0} for point in result.turning_points
    ]
    if not rows:
        return []
    base = alt.Chart(alt.Data(values=rows)).encode(x=_year())
    rule = base.mark_rule(color=GREY, strokeDash=[3, 3])
    text = base.mark_text(align="left", dx=5, dy=-16, color=GREY, fontSize=11, clip=False).encode(
        y="share:Q", text="label:N"
    )
    return [rule, text]


def _by_body(result: TermResult, named: Sequence[str]) -> list[Any]:
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
            color=_colour(named),
        )
        lines = chart.mark_line(strokeWidth=1.5, clip=False) + chart.mark_circle(size=14, opacity=1, clip=False)
        title = alt.TitleParams(f"{body} ({totals[body]})", fontSize=12, fontWeight="normal", color=INK, offset=6)
        small.append(lines.properties(title=title))
    return small


def _year() -> Any:
    import altair as alt

    return alt.X("year:Q", scale=alt.Scale(zero=False))


def _short(text: str) -> str:
    """A label that fits beside the lines."""
    from rich.cells import cell_len, set_cell_size

    return text if cell_len(text) <= LONGEST else set_cell_size(text, LONGEST - 1).rstrip() + "…"


def _colour(named: Sequence[str]) -> Any:
    import altair as alt

    return alt.Color("rendering:N", scale=alt.Scale(domain=list(named), range=list(COLOURS[: len(named)])), legend=None)


def _ticks(first: int, last: int) -> list[int]:
    """Years to write below the axis, ten at most, the first and the last among them."""
    step = max(1, -(-(last - first) // 8))
    inner = [year for year in range(first, last, step) if last - year >= step]
    return sorted({first, *inner, last})
