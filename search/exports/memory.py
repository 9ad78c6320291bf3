"""TMX 1.4b: the pairs that were found, as ``align.writers.tmx`` writes those of a document.

What is particular to the search are props: ``x-score``, ``x-why`` and the marked parts, ``x-zh-spans`` and
``x-en-spans``, as offsets of code points. The segments hold no tags, so that a CAT tool matches them whole. What a file
of pairs said of a pair (``duizhao add --pairs``) is written back: who changed it and when as attributes, the rest as
props. A pair keeps its number in ``tuid``.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from align.table import Provenance
from align.writers.escapes import escape
from align.writers.tmx import finished, memory, unit
from search.exports.marks import as_json
from search.exports.rows import NOTHING, digits, side, why_json
from search.hits import Hit, Results

_ATTRIBUTES = ("creationdate", "creationid", "changedate", "changeid")
_WRITTEN_ANEW = frozenset({"tuid", "zh.lang", "en.lang"})


def dump(results: Results) -> bytes:
    """The results as TMX 1.4b."""
    props = {"x-signature": results.signature, "x-level": "paragraph", "x-query": results.query}
    root, body = memory("paragraph", props, results.notes if results.hits else (NOTHING, *results.notes))
    for hit in results.hits:
        body.append(_unit(hit))
    return finished(root)


def _unit(hit: Hit) -> etree._Element:
    pair = hit.pair
    provenance = Provenance(
        symbol=pair.symbol, date=pair.date, body=pair.body, zh_script="Hant" if side(hit, "zh").traditional else "Hans"
    )
    tuid = escape(f"{pair.symbol}#pair-{pair.id}" if pair.symbol else f"pair-{pair.id}")
    element = unit(pair.record, tuid, provenance, _props(hit))
    known = {_plain(str(prop.get("type"))) for prop in element.iterfind("prop")}
    at = len(element.findall("prop"))  # props stand before the texts, as the standard says
    for name, value in pair.properties:
        if name in _ATTRIBUTES:
            element.set(name, escape(value))
        elif name and name not in _WRITTEN_ANEW and _plain(name) not in known:
            prop = etree.Element("prop", type=escape(name))
            prop.text = escape(value)
            element.insert(at, prop)
            at += 1
    return element


def _props(hit: Hit) -> Iterator[tuple[str, str]]:
    yield "x-type", hit.pair.type
    yield "x-score", digits(hit.score)
    yield "x-why", why_json(hit)
    yield "x-zh-spans", as_json(side(hit, "zh").spans)
    yield "x-en-spans", as_json(side(hit, "en").spans)


def _plain(name: str) -> str:
    """What a prop is called, however a file writes it ("x-agenda-item", "Agenda item")."""
    return name.lower().removeprefix("x-").replace("_", "-").replace(" ", "-")
