"""CSV (RFC 4180) for programs: UTF-8 with a byte order mark, which Excel asks for; one row a hit.

The columns are called as in ``duizhao search --json``. Marks are no brackets in the texts, which are to be used as
they are, but offsets of code points in columns of their own. Query, notes and signature stand in every row, because
comment lines above the heading would be no CSV; where nothing was found there is one row with the note and no pair.
Characters that XML cannot hold are escaped as in the other formats (``align.writers.escapes``), and a text that a
spreadsheet could run has an apostrophe in front (``align.writers.cells.guard``): take that off, then undo the escapes,
and the offsets fit.
"""

from __future__ import annotations

import csv
import io

from align.writers.cells import guard
from align.writers.escapes import escape
from align.writers.summary import verdict
from search.exports.marks import as_json
from search.exports.rows import NOTHING, digits, languages, side, why_json
from search.hits import Hit, Results

_BOM = "\ufeff"
# Of our own making, and a negative score is a number to a spreadsheet too.
_PLAIN = frozenset({"rank", "confidence", "score", "pair_id"})


def columns(results: Results) -> tuple[str, ...]:
    """The headings, the query's language first."""
    first, second = languages(results)
    head = (
        "rank",
        first,
        second,
        "symbol",
        "paragraph",
        "date",
        "body",
        "status",
        "reliability",
        "confidence",
        "score",
    )
    return (*head, f"{first}_spans", f"{second}_spans", "type", "kind", "why", "pair_id", "query", "note", "signature")


def dump(results: Results) -> bytes:
    """The results as comma-separated values."""
    names = columns(results)
    written = io.StringIO()
    writer = csv.DictWriter(written, names, restval="", lineterminator="\r\n")
    writer.writeheader()
    notes = results.notes if results.hits else (NOTHING, *results.notes)
    common = {"query": results.query, "note": " ".join(notes), "signature": results.signature}
    rows = [_row(hit, rank) for rank, hit in enumerate(results.hits, 1)] or [{}]
    for row in rows:
        values = {**row, **common}.items()
        writer.writerow({name: value if name in _PLAIN else guard(escape(value)) for name, value in values})
    return f"{_BOM}{written.getvalue()}".encode()


def _row(hit: Hit, rank: int) -> dict[str, str]:
    pair, record = hit.pair, hit.pair.record
    zh, en = side(hit, "zh"), side(hit, "en")
    return {
        "rank": str(rank),
        "zh": zh.text,
        "en": en.text,
        "symbol": pair.symbol,
        "paragraph": record.number,
        "date": pair.date,
        "body": pair.body,
        "status": record.status,
        "reliability": verdict(record).value,
        "confidence": digits(record.confidence),
        "score": digits(hit.score),
        "zh_spans": as_json(zh.spans),
        "en_spans": as_json(en.spans),
        "type": pair.type,
        "kind": record.kind.value,
        "why": why_json(hit),
        "pair_id": str(pair.id),
    }
