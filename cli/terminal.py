"""Where output goes: results to standard output or a file, everything said to a person to standard error."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from align.errors import OutputError
from align.writers.escapes import visible

if TYPE_CHECKING:
    from align.writers.formats import Format

STANDARD_OUTPUT = "tsv"  # the format without --format and --output


def note(text: str) -> None:
    """A line for the person at the terminal, kept out of standard output; lost where standard error takes nothing."""
    with suppress(OSError):
        typer.echo(visible(text).replace("\n", " "), err=True)


def warn(warnings: Iterable[str]) -> None:
    """What a reader could not put right, a line each."""
    for warning in warnings:
        note(f"warning: {warning}")


def progress() -> Callable[[str], None] | None:
    """Says each stage of long work on a terminal; None where nobody looks."""
    return note if sys.stderr.isatty() else None


@contextmanager
def bar(total: int, what: str) -> Iterator[Callable[[], None]]:
    """A progress bar under the notes while somebody looks at it; what is given is called for each one done."""
    if not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=total)
        yield lambda: shown.advance(task)


def prepare() -> None:
    """Make standard output UTF-8 wherever a program reads it, whatever the locale; what cannot be encoded is escaped.

    A terminal keeps its own encoding. A standard output that was closed (``>&-``) swallows what it is given.
    """
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 -- open as long as the process is
    if isinstance(sys.stdout, TextIOWrapper):
        encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")


def emit(lines: Iterable[str]) -> None:
    """Lines on standard output; raises OutputError where it takes no more, BrokenPipeError where nobody reads on."""
    try:
        for line in lines:
            sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _no_standard_output(error) from error


def write_bytes(data: bytes) -> None:
    """A result on standard output; raises as ``emit`` does."""
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _no_standard_output(error) from error


def check_target(output: Path | None, name: str | None, inputs: Sequence[Path]) -> Format:
    """The format to write, found out before long work; raises OutputError where the result cannot be written."""
    from align.writers import check, format_of

    if output is None:
        found = format_of(Path(), name or STANDARD_OUTPUT)
        if found.binary:
            raise OutputError(f"{found.name} is not text for a terminal; name a file to write with --output FILE.")
        return found
    for path in inputs:
        if output.exists() and path.exists() and output.samefile(path):
            raise OutputError(f"{output} is one of the two documents and would be lost; name another file to write.")
    return check(output, name)


def _no_standard_output(error: OSError) -> OutputError:
    # What is buffered would be tried again when Python ends, and complain once more.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return OutputError(f"standard output takes nothing ({error.strerror}); write to a file with room for it.")
