"""Whether confidences keep their word on hand-made alignments: ``python -m benchmarks.calibration``."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from align.evaluate import AlignmentEvaluation, evaluate_alignment
from align.measured import MEASURED
from align.scores import expected_calibration_error
from benchmarks.pictures import ACCENT, QUIET, save
from benchmarks.texts import SHARED
from models import load_embedded

SETS = {
    "bench/champollion": "Sentences (Champollion)",
    "un/gold": "UN documents of 2023",
    "un/gold_variants": "the same, thinned and joined",
}
BINS = 10
FEWEST = 15  # beads in a bin that a point is drawn for

Judged = Sequence[tuple[float, bool]]


@dataclass(frozen=True, slots=True)
class Bin:
    """Beads of about the same confidence: how many, their mean confidence, and the share of them that is right."""

    set: str
    low: float
    count: int
    confidence: float
    right: float


def bins(name: str, judged: Judged) -> list[Bin]:
    """Ten bins of equal width; empty ones are left out."""
    found = []
    for k in range(BINS):
        inside = [(c, r) for c, r in judged if min(int(c * BINS), BINS - 1) == k]
        if inside:
            count = len(inside)
            confidence, right = sum(c for c, _ in inside) / count, sum(r for _, r in inside) / count
            found.append(Bin(name, k / BINS, count, confidence, right))
    return found


def judged(evaluation: AlignmentEvaluation) -> list[tuple[float, bool]]:
    """Confidence of every bead of a set and whether it is right."""
    return [pair for document in evaluation.documents for pair in document.judged]


def error(pairs: Judged) -> float:
    """Expected calibration error."""
    return expected_calibration_error([c for c, _ in pairs], [r for _, r in pairs], BINS)


def picture(everything: list[Bin], errors: dict[str, float]) -> Any:
    """Reliability diagrams side by side, the histogram below each."""
    import altair as alt
    import pandas as pd

    columns = []
    for name, value in errors.items():
        rows = [b for b in everything if b.set == name]
        total = sum(b.count for b in rows)
        data = pd.DataFrame(
            [{"low": b.low, "high": b.low + 1 / BINS, "share": b.count / total, "count": b.count,
              "confidence": b.confidence, "right": b.right} for b in rows]
        )  # fmt: skip
        unit = alt.Scale(domain=[0, 1])
        axis = alt.Axis(format="%", values=[0, 0.25, 0.5, 0.75, 1])
        diagonal = alt.Chart(pd.DataFrame({"x": [0, 1], "y": [0, 1]})).mark_line(color=QUIET, strokeDash=[4, 4])
        points = alt.Chart(data[data["count"] >= FEWEST]).encode(
            x=alt.X("confidence:Q", scale=unit, axis=axis, title=None),
            y=alt.Y("right:Q", scale=unit, axis=axis, title="share that is right"),
        )
        top = alt.layer(
            diagonal.encode(x=alt.X("x:Q", scale=unit), y=alt.Y("y:Q", scale=unit)),
            points.mark_line(color=ACCENT, strokeWidth=2),
            points.mark_point(color=ACCENT, filled=True, size=80, opacity=1),
        ).properties(
            width=240,
            height=240,
            title=alt.TitleParams(name, fontSize=14, subtitle=f"error {value:.3f}, {total:,} beads"),
        )
        histogram = (
            alt.Chart(data)
            .mark_bar(color=QUIET, opacity=0.55)
            .encode(
                x=alt.X("low:Q", bin="binned", scale=unit, axis=axis, title="confidence"),
                x2="high:Q",
                y=alt.Y("share:Q", axis=alt.Axis(format="%", tickCount=3), title="of the beads", scale=unit),
            )
            .properties(width=240, height=70)
        )
        columns.append(alt.vconcat(top, histogram, spacing=8))
    worst = max(errors.values())
    return alt.hconcat(*columns, spacing=28).properties(
        title=alt.TitleParams(
            f"Confidence is right to within {worst:.0%} on average, on every gold set",
            subtitle="Share of beads that are exactly in the gold alignment, by confidence; dashed: perfect.",
        )
    )


def main() -> None:
    """Print the table, draw the picture."""
    if not SHARED.is_dir():
        sys.exit("benchmarks.calibration needs the gold alignments of ../shared, which are not there.")
    everything: list[Bin] = []
    errors: dict[str, float] = {}
    pooled: list[tuple[float, bool]] = []
    print(f"{'':30} {'beads':>6} {'strict F1':>9} {'null F1':>8} {'ECE':>6}   right of those at ≥ 0.9, 0.6–0.9, below")
    for folder, name in SETS.items():
        found = evaluate_alignment(SHARED / folder, load_embedded())
        pairs = judged(found)
        pooled += pairs
        errors[name] = error(pairs)
        everything += bins(name, pairs)
        shares = "  ".join(_share(pairs, low, high) for low, high in ((0.9, 1.1), (0.6, 0.9), (0.0, 0.6)))
        score = found.total
        print(f"{name:30} {len(pairs):6} {score.strict.f1:9.4f} {score.null.f1:8.4f} {errors[name]:6.3f}   {shares}")
    print(f"{'all together':30} {len(pooled):6} {'':9} {'':8} {error(pooled):6.3f}")
    save(picture(everything, errors), "calibration")
    keep(pooled)


def keep(pooled: Judged) -> None:
    """Write the figures down that the app shows beside a corpus, which cannot measure itself (``align.measured``)."""
    rows = [{name: value for name, value in asdict(b).items() if name != "set"} for b in bins("", pooled)]
    figures = {"pairs": len(pooled), "error": error(pooled), "bins": rows}
    rounded = json.loads(json.dumps(figures), parse_float=lambda text: round(float(text), 4))
    MEASURED.write_text(json.dumps(rounded, indent=1) + "\n", "utf-8")


def _share(pairs: Judged, low: float, high: float) -> str:
    inside = [right for confidence, right in pairs if low <= confidence < high]
    return f"{sum(inside) / len(inside):.3f} of {len(inside)}" if inside else "–"


if __name__ == "__main__":
    main()
