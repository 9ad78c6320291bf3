"""TBX v3 in the style DCT: categories are elements of their modules. Any generation is read."""

from __future__ import annotations

from glossary.concepts import Concept
from glossary.exchange.contracts import Written
from glossary.exchange.tbx import read
from glossary.exchange.tbx_writing import TbxWriter

__all__ = ["dump", "read"]


def dump(concepts: tuple[Concept, ...]) -> Written:
    """The file; raises ExchangeError if no concept has a term."""
    return TbxWriter("dct").dump(concepts)
