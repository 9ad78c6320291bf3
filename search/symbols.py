"""What a symbol of the United Nations says of its document.

Source: United Nations Editorial Manual, "Document symbols": organ, then series, then suffixes.
"""

from __future__ import annotations

import unicodedata
from functools import cache

import regex

TYPES = (
    "treaty",
    "RES",
    "DEC",
    "PRST",
    "report",
    "note",
    "PV",
    "SR",
    "letter",
    "NGO",
    "INF",
    "L",
    "CRP",
    "WP",
    "other",
)
_SERIES_PART = regex.compile(r"(?:^|/)(RES|DEC|PRST|PV|SR|NGO|INF|L|CRP|WP)(?=[./]|\d|$)")
_CORRECTION = regex.compile(r"/Corr\.?\d*$", regex.IGNORECASE)
_LETTER = r"^(?:identical )?letters?\b|^note verbale\b|(?:的|同文)信$|的普通照会$"
_TREATY = r"^charter|^covenant|^.{0,60}\b(?:convention|covenant|treaty|protocol)\b|(?:公约|宪章|条约|议定书)$"
_BY_TITLE = (
    ("letter", regex.compile(_LETTER, regex.IGNORECASE)),
    ("note", regex.compile(r"\bnote by\b|^note\b|的说明$|^说明$", regex.IGNORECASE)),
    ("report", regex.compile(r"\breports?\b|报告|報告", regex.IGNORECASE)),
    ("treaty", regex.compile(_TREATY, regex.IGNORECASE)),
)


def normal_symbol(symbol: str) -> str:
    """The symbol as it is compared: ordinary width, capitals, no space ("S/RES/1373(2001)")."""
    return regex.sub(r"\s+", "", unicodedata.normalize("NFKC", symbol)).upper()


def is_correction(symbol: str) -> bool:
    """Whether the document corrects another one (…/Corr.1)."""
    return _CORRECTION.search(symbol) is not None


def document_type(symbol: str, titles: tuple[str, ...] = ()) -> str:
    """One of ``TYPES``: by the last series that the symbol names, else by the title, else "other"."""
    series = _SERIES_PART.findall(normal_symbol(symbol))
    if series:
        return str(series[-1])
    for name, pattern in _BY_TITLE:
        if any(pattern.search(title) for title in titles if title):
            return name
    return "other"


def symbol_in_name(name: str) -> str:
    """The symbol that a file is named after ("A_RES_67_189" is "A/RES/67/189"), "" where there is none.

    Only names in capitals are taken for symbols, and only with a number in them.
    """
    first = regex.match(r"(?:A|S|E|ST|T)[_-](?=[A-Z0-9])", name)
    if first is None or name.upper() != regex.sub("Add|Corr|Rev", lambda found: found[0].upper(), name):
        return ""
    symbol = name.replace("_", "/")
    return symbol if _named().fullmatch(symbol) and regex.search(r"\d", symbol) else ""


@cache
def _named() -> regex.Pattern[str]:
    from align.structure.patterns import SYMBOL  # here, since compiling all its patterns takes a look-up's time

    return regex.compile(rf"(?:{SYMBOL})")
