"""``duizhao models compare`` and ``duizhao models tune``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import comparison_report, terminal
from cli.opening import AsJson

if TYPE_CHECKING:
    from models.encoder import Encoder

EPOCHS = 8  # more gained little on 3,000 pairs, and began to lose where there was nothing to gain

Pairs = Annotated[
    Path, typer.Option("--pairs", help="Your own aligned pairs: .tmx, .tsv, .csv or .xlsx.", show_default=False)
]


def compare(
    models: Annotated[
        list[str],
        typer.Argument(
            metavar="MODEL...",
            help="Names or folders of models; the others are tested against the first, one alone against “embedded”.",
        ),
    ],
    pairs: Pairs,
    json: AsJson = False,
) -> None:
    """Measure models side by side on your own pairs: finding translations, aligning, speed."""
    from align.comparison import compare as measure
    from align.readers import read_pairs

    file = read_pairs(pairs)
    terminal.warn(file.warnings)
    result = measure(_with_embedded(models), file, _loader(), terminal.progress())
    if json:
        terminal.emit([comparison_report.comparison_json(result)])
    else:
        terminal.emit(comparison_report.comparison_text(result))


def tune(
    pairs: Pairs,
    out: Annotated[Path, typer.Option("--out", help="Folder for the tuned model.", show_default=False)],
    epochs: Annotated[int, typer.Option("--epochs", min=1, max=100, help="How often each pair is learned.")] = EPOCHS,
    force: Annotated[bool, typer.Option("--force", help="Write over a tuned model that is there.")] = False,
    json: AsJson = False,
) -> None:
    """Tune the embedded model on your own pairs, and keep the tuned one if it does better on some held out."""
    from align.readers import read_pairs
    from align.tuning import tune as tune_model
    from models import EMBEDDED
    from models.training.tuning import tune as tuner

    file = read_pairs(pairs)
    terminal.warn(file.warnings)
    result = tune_model(file, EMBEDDED, out, tuner, epochs=epochs, force=force, progress=terminal.progress())
    if json:
        terminal.emit([comparison_report.tuning_json(result)])
    else:
        terminal.emit(comparison_report.tuning_text(result))


def _with_embedded(names: list[str]) -> list[str]:
    return ["embedded", *names] if len(names) == 1 and names[0].strip().casefold() != "embedded" else names


def _loader() -> Callable[[str], Encoder]:
    """Loads a model afresh; what it remarks on is told once, though each model is loaded twice."""
    from models import Watch, load, load_embedded

    told: set[str] = set()

    def note(text: str) -> None:
        if text not in told:
            told.add(text)
            terminal.note(text)

    def load_afresh(name: str) -> Encoder:
        load_embedded.cache_clear()  # so that its time to load is measured, too
        # Vectors of an earlier run would make a slow model look fast.
        return load(name, cached=False, watch=Watch(note))

    return load_afresh
