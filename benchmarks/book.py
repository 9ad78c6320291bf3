"""A whole book in little memory and in linear time: ``python -m benchmarks.book``.

Books of known alignment are made of sentence pairs of ../shared (the embedded model was trained on most of them, so
that the F1 here only shows that nothing is lost on the way; it says nothing of unseen text). Each is aligned in a
process of its own on one core, which reports the time and its peak of resident memory, interpreter and model included.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.pictures import ACCENT, QUIET, save
from benchmarks.texts import SHARED, book

SIZES = (5_000, 10_000, 20_000, 30_000)  # Chinese sentences; the English has a third more
MEMORY_LIMIT = 2.0  # GiB


@dataclass(frozen=True, slots=True)
class Run:
    """One book: sentences of each side, seconds, GiB at the peak, strict F1 and F1 of the sentences left alone.

    ``work`` is processor seconds, which other programs on the machine disturb less.
    """

    zh: int
    en: int
    seconds: float
    work: float
    memory: float
    strict_f1: float
    null_f1: float


def measure(sentences: int) -> Run:
    """Align one book in this process."""
    from align.aligner import Aligner
    from align.scores import score
    from models import load_embedded

    made = book(sentences)
    aligner = Aligner.make(load_embedded())
    aligner.align(made.zh[:40], made.en[:50])  # compiles the loops, which are kept on disk
    start, begun = time.perf_counter(), time.process_time()
    beads = aligner.align(made.zh, made.en)
    seconds, work = time.perf_counter() - start, time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    found = score([(bead.zh, bead.en) for bead in beads], made.links)
    return Run(len(made.zh), len(made.en), seconds, work, memory, found.strict.f1, found.null.f1)


def measure_apart(sentences: int) -> Run:
    """Align one book in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.book", "--one", str(sentences)]
    environment = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1], env=environment
    )
    return Run(**json.loads(done.stdout.splitlines()[-1]))


def exponent(runs: list[Run]) -> float:
    """Slope of log processor time over log length: 1 is linear, 2 quadratic."""
    return float(np.polyfit(np.log([run.zh for run in runs]), np.log([run.work for run in runs]), 1)[0])


def picture(runs: list[Run]) -> Any:
    """Time over length, with the straight line of the largest book's pace, and memory beside it."""
    import altair as alt
    import pandas as pd

    data = pd.DataFrame([asdict(run) for run in runs])
    top = runs[-1]
    x = alt.X(
        "zh:Q", title="Chinese sentences", axis=alt.Axis(values=[0, *SIZES], format=",d"), scale=alt.Scale(domainMin=0)
    )

    def panel(field: str, title: str, label: str, limit: tuple[list[dict[str, float]], str]) -> alt.LayerChart:
        y = alt.Y(f"{field}:Q", title=title, scale=alt.Scale(domainMin=0), axis=alt.Axis(tickCount=5))
        base = alt.Chart(data).encode(x=x, y=y)
        line, note = limit
        reference = alt.Chart(pd.DataFrame(line))
        return alt.layer(
            reference.mark_line(color=QUIET, strokeDash=[4, 4]).encode(x="zh:Q", y=f"{field}:Q"),
            reference.transform_filter(f"datum.zh == {top.zh}")
            .mark_text(align="right", dx=-10, dy=-12, color=QUIET, text=note)
            .encode(x="zh:Q", y=f"{field}:Q"),
            base.mark_line(color=ACCENT, strokeWidth=2.5),
            base.mark_point(color=ACCENT, filled=True, size=70, opacity=1),
            base.mark_text(dy=20, dx=14, color=ACCENT).encode(text=alt.Text(f"{field}:Q", format=label)),
        ).properties(width=380, height=280)

    pace = [{"zh": 0, "work": 0.0}, {"zh": top.zh, "work": top.work}]
    limit = [{"zh": 0, "memory": MEMORY_LIMIT}, {"zh": top.zh, "memory": MEMORY_LIMIT}]
    chart = alt.hconcat(
        panel("work", "processor seconds, embedding included", ".0f", (pace, "linear")),
        panel("memory", "GiB of memory at the peak", ".2f", (limit, "limit")),
        spacing=40,
    )
    return chart.properties(
        title=alt.TitleParams(
            f"A book of {top.zh:,} × {top.en:,} sentences: {top.work:.0f} s, {top.memory:.1f} GiB, linear time",
            subtitle=f"Processor time grows with length to the power {exponent(runs):.2f}.",
        )
    )


def main() -> None:
    """Print the table, draw the picture."""
    parser = argparse.ArgumentParser(description="Time and memory of aligning whole books.")
    parser.add_argument("--one", type=int, help="align one book of so many Chinese sentences and print it as JSON")
    arguments = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit("benchmarks.book needs the training data of ../shared, which is not there.")
    if arguments.one:
        print(json.dumps(asdict(measure(arguments.one))))
        return
    print(f"{'zh':>7} {'en':>7} {'seconds':>8} {'CPU s':>8} {'GiB':>6} {'strict F1':>9} {'null F1':>8}")
    runs = []
    for size in SIZES:
        run = measure_apart(size)
        runs.append(run)
        print(
            f"{run.zh:7} {run.en:7} {run.seconds:8.1f} {run.work:8.1f} {run.memory:6.2f} "
            f"{run.strict_f1:9.4f} {run.null_f1:8.4f}",
            flush=True,
        )
    print(f"processor time grows with length to the power {exponent(runs):.2f}")
    save(picture(runs), "book")


if __name__ == "__main__":
    main()
