"""A report of findings to a file: HTML, DOCX with comments, SARIF. All are made before the first is written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import cast

from align.errors import OutputError
from align.writers.atomic import check_destination, write_atomic
from glossary.checking.findings import Report

_MODULES = {".html": "page", ".htm": "page", ".docx": "word", ".json": "sarif", ".sarif": "sarif"}


def check_outputs(paths: Sequence[Path], inputs: Sequence[Path]) -> None:
    """Find out before long work that all can be written; raises OutputError in one sentence."""
    for path in paths:
        if path.suffix.lower() not in _MODULES:
            raise OutputError(f"{path.name} has no ending that says what to write; end it in .html, .docx or .json.")
        check_destination(path)
        for given in inputs:
            if path.exists() and given.exists() and path.samefile(given):
                raise OutputError(f"{path} is what is checked and would be lost; name another file to write.")
    if len({path.resolve() for path in paths}) < len(paths):
        raise OutputError("the same file is named twice with -o; name each once.")


def write_report(report: Report, paths: Sequence[Path]) -> None:
    """Write the report to each of these files, by its ending; nothing is written where one cannot be made."""
    made = [(path, dumps(report, path.suffix)) for path in paths]
    for path, data in made:
        write_atomic(path, data)


def dumps(report: Report, ending: str) -> bytes:
    """The report in the format of an ending: ``.html``, ``.docx``, ``.json``."""
    module = import_module(f"{__name__}.{_MODULES[ending.lower()]}")
    return cast("Callable[[Report], bytes]", module.dump)(report)
