"""What the user has settled about look-ups: the table ``[search]`` of the settings file (see ``models.settings``).

[search]
vectors = "milvus://localhost:19530"

[search.authority]
PRST = 0.85
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.settings import settings_file, table
from search.errors import CorpusError
from search.symbols import TYPES

# Charter and treaties, resolutions, presidential statements and decisions, reports of the Secretary-General and others,
# records of meetings, letters, drafts: the order in which translators trust what a document says.
LADDER: Mapping[str, float] = {
    "treaty": 1.0,
    "RES": 0.9,
    "PRST": 0.8,
    "DEC": 0.8,
    "report": 0.6,
    "note": 0.5,
    "other": 0.5,
    "PV": 0.4,
    "SR": 0.4,
    "INF": 0.3,
    "letter": 0.3,
    "NGO": 0.3,
    "WP": 0.1,
    "L": 0.1,
    "CRP": 0.1,
}


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """Where the vectors are ("" for beside the database), and the authority in [0, 1] of each type of document."""

    vectors: str = ""
    authority: Mapping[str, float] = field(default_factory=lambda: LADDER)


def read_search_settings() -> SearchSettings:
    """The settings in force; raises CorpusError or ModelError where one cannot be understood."""
    found = dict(table("search"))
    vectors = found.pop("vectors", "")
    ladder = found.pop("authority", {})
    if found:
        raise CorpusError(
            f"{settings_file()} sets {next(iter(found))} in [search]: there are only vectors and authority."
        )
    if not isinstance(vectors, str):
        raise CorpusError(
            f"{settings_file()} sets vectors to {vectors!r}: give a folder or milvus://HOST:PORT as text."
        )
    if not isinstance(ladder, dict):
        raise CorpusError(
            f"{settings_file()} sets authority to {ladder!r}: write [search.authority] and below it RES = 0.9, say."
        )
    vectors = os.environ.get("DUIZHAO_VECTORS") or vectors
    return SearchSettings(vectors.strip(), {**LADDER, **{name: _weight(name, value) for name, value in ladder.items()}})


def _weight(name: str, value: Any) -> float:
    if name not in TYPES:
        raise CorpusError(
            f"{settings_file()} gives authority to {name}, which is no type: there are {', '.join(TYPES)}."
        )
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise CorpusError(f"{settings_file()} gives {name} the authority {value!r}: give a number from 0 to 1.")
    return float(value)
