"""Tab-separated glossaries: read as any delimited text."""

from __future__ import annotations

from glossary.exchange.delimited import dump_tabbed as dump
from glossary.exchange.delimited import read

__all__ = ["dump", "read"]
