"""The options by which look-ups ask for some pairs only, and what they mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from search.records import Filters

Symbol = Annotated[str, typer.Option("--symbol", help="Only documents with this symbol; “A/RES/*” is all resolutions.")]
Body = Annotated[str, typer.Option("--body", help="Only documents of this body, as “duizhao corpus stats” names it.")]
Type = Annotated[str, typer.Option("--type", help="Only documents of this type: RES, DEC, PRST, report, letter, …")]
Years = Annotated[str, typer.Option("--years", help="Only documents of these years: 2015-2020, 2015, 2015- or -2020.")]
Status = Annotated[str, typer.Option("--status", help="“checked”: only pairs that a person has checked.")]
MinConfidence = Annotated[
    float, typer.Option("--min-confidence", min=0.0, max=1.0, help="Only pairs whose alignment is at least so sure.")
]
STATUSES = ("checked", "automatic")
_YEARS = re.compile(r"\s*(\d{4})?\s*(?:([-–—])\s*(\d{4})?)?\s*")
_FIRST, _LAST = 1, 9999


def filters(
    symbol: str = "", body: str = "", type_: str = "", years: str = "", status: str = "", min_confidence: float = 0.0
) -> Filters:
    """The filters that the options ask for; raises InputError where one cannot be understood."""
    from align.errors import InputError
    from search.records import Filters
    from search.symbols import TYPES

    if status and status not in STATUSES:
        raise InputError(f"--status {status} is not known; give checked or automatic.")
    if type_ and type_.lower() not in map(str.lower, TYPES):
        raise InputError(f"--type {type_} is not known; give one of {', '.join(TYPES)}.")
    return Filters(symbol, body, type_, year_range(years), status, min_confidence)


def year_range(text: str) -> tuple[int, int] | None:
    """First and last year of "2015-2020", "2015", "2015-" or "-2020"; None of nothing. Raises InputError."""
    from align.errors import InputError

    if not text.strip():
        return None
    found = _YEARS.fullmatch(text)
    if not found or not (found[1] or found[3]):
        raise InputError(f"--years {text} is not understood; give 2015-2020, 2015, 2015- or -2020.")
    if not found[2]:
        return int(found[1]), int(found[1])
    first, last = int(found[1] or _FIRST), int(found[3] or _LAST)
    if first > last:
        raise InputError(f"--years {text} ends before it begins; give {last}-{first}.")
    return first, last
