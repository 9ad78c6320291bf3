"""A kind of file that the program writes, and how it is found by its name or by a path's extension."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from align.errors import OutputError

OFFICE = "application/vnd.openxmlformats-officedocument"


@dataclass(frozen=True, slots=True)
class Format:
    """A format that something is written in; ``binary`` ones are not for a terminal."""

    name: str
    description: str
    extensions: tuple[str, ...]
    media_type: str
    binary: bool
    module: str


def find_format(formats: Mapping[str, Format], path: Path, name: str | None) -> Format:
    """The format called ``name``, or the one of the path's extension; raises OutputError saying which there are."""
    if name is not None:
        found = formats.get(name.lower())
        if found is None:
            raise OutputError(f"there is no format “{name}”; choose one of {', '.join(formats)}.")
        return found
    for format_ in formats.values():
        if path.suffix.lower() in format_.extensions:
            return format_
    extensions = ", ".join(extension for format_ in formats.values() for extension in format_.extensions)
    problem = f"{path.name} has no extension of a format that duizhao writes"
    raise OutputError(f"{problem}; end it in one of {extensions}, or name the format.")
