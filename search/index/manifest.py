"""The one small file that says which segments an index has and what it was made from; replaced at one stroke."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from search.errors import DamagedIndexError
from search.index.coarse import Made
from search.index.contract import LANGUAGES, Covered
from search.index.segment import SegmentEntry

NAME = "index.json"
_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index was made from, its segments, and the number of the next file that is written."""

    covered: Covered
    segments: tuple[SegmentEntry, ...] = ()
    following: int = 1

    @property
    def files(self) -> set[str]:
        """The names in the folder that belong to the index."""
        return {name for entry in self.segments for name in (entry.name, entry.dead) if name} | {NAME}


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest in a folder, None where there is none; raises DamagedIndexError."""
    try:
        values = json.loads((folder / NAME).read_text(encoding="utf8"))
        return _understood(values)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DamagedIndexError(f"{folder / NAME} cannot be read ({error}).") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest at one stroke; raises OSError."""
    new = folder / f"{NAME}.new"
    with new.open("w", encoding="utf8") as opened:
        json.dump({"format": _FORMAT, **asdict(manifest)}, opened, indent=1)
        opened.flush()
        os.fsync(opened.fileno())
    new.replace(folder / NAME)


def _understood(values: Mapping[str, Any]) -> Manifest:
    if values["format"] != _FORMAT:
        raise ValueError(f"its format is {values['format']}, and this version knows {_FORMAT}")
    covered = Covered(**values["covered"])
    if not isinstance(covered.dimensions, int) or not isinstance(covered.state, int):
        raise TypeError("state and dimensions are no whole numbers")
    return Manifest(covered, tuple(map(_entry, values["segments"])), int(values["following"]))


def _entry(values: Mapping[str, Any]) -> SegmentEntry:
    cells = {language: Made(**values["cells"][language]) for language in LANGUAGES if language in values["cells"]}
    for name in (values["name"], values["dead"]):
        if name != Path(name).name:  # nothing outside the folder
            raise ValueError(f"{name!r} is not the name of a file")
    return SegmentEntry(values["name"], int(values["count"]), cells, values["dead"])
