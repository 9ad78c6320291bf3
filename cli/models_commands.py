"""``duizhao models``, and how every command loads the model that ``--model`` names."""

from __future__ import annotations

import atexit
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from align.writers.escapes import visible
from cli import models_compare, report, terminal

if TYPE_CHECKING:
    from models.encoder import Encoder
    from models.listing import ListedModel

app = typer.Typer(help="See which models there are.", no_args_is_help=True)
app.command()(models_compare.compare)
app.command()(models_compare.tune)
Model = Annotated[
    str,
    typer.Option(
        "--model",
        help="Name or folder of a model, of those that “duizhao models list” shows or any other; "
        "without it the one of the settings, or the embedded one.",
    ),
]
_WORTH_A_BAR = 200  # texts


@app.command("list")
def list_(json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """List the models that are known by a short name: size, licence, what is installed, which one is in use."""
    from models.listing import list_models
    from models.settings import read_settings

    rows = list_models(read_settings())
    terminal.emit([report.as_json([asdict(row) for row in rows])] if json else _table(rows))


def load_encoder(name: str) -> Encoder:
    """The model of that name; on a terminal a bar shows how far long encoding is."""
    from models import Watch, load

    return load(name, watch=Watch(terminal.note, _bar() if sys.stderr.isatty() else None))


def _bar() -> Callable[[int, int], None]:
    """A bar on standard error that comes with long work and goes when it is done or the command ends."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    bar = Progress(
        TextColumn("encoding"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bar.add_task("encoding", start=False)
    atexit.register(bar.stop)  # gives the cursor back, whatever happened

    def show(done: int, total: int) -> None:
        if total < _WORTH_A_BAR:
            return
        if done == 0:
            bar.reset(task, total=total)
            bar.start()
        bar.update(task, completed=done, total=total)
        if done >= total:
            bar.stop()

    return show


def _table(rows: tuple[ListedModel, ...]) -> Iterator[str]:
    names = max(len(row.name) for row in rows)
    yield f"  {'':{names}}  dimensions  tokens      size  installed  licence       from"
    for row in rows:
        limit = "any" if row.window == 0 else _number(row.window)
        size = f"{_number(row.megabytes)} MB" if row.megabytes else "?"
        yield visible(
            f"{'*' if row.current else ' '} {row.name:{names}}  {_number(row.dimensions):>10}  {limit:>6}  {size:>8}  "
            f"{'yes' if row.installed else 'no':9}  {row.licence:12}  {row.place}"
            + (f" (needs {row.needs})" if row.needs else "")
        )
    yield "* is in use where --model names no other. Tokens: longer texts are embedded in pieces."


def _number(value: int | None) -> str:
    return "?" if value is None else f"{value:,}"
