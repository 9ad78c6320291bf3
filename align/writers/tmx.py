"""TMX 1.4b (LISA/ETSI GS LIS 002): a translation memory that every CAT tool imports.

Each bead is a ``tu`` whose ``prop`` elements say where it comes from and how sure the aligner is. A bead with text in
one language only is a ``tu`` with one ``tuv`` (the DTD asks for one or more): CAT tools pass over it, and nothing is
lost. Characters that XML cannot hold are written as ``align.writers.escapes`` says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from align.errors import UnreadableFileError
from align.signature import VERSION
from align.table import AlignmentTable, BeadRecord, Provenance
from align.writers.escapes import escape, unescape
from align.writers.fields import (
    ADVICE,
    FLAT_BEAD_FIELDS,
    PROVENANCE_FIELDS,
    bead_from_flat,
    flat_bead,
    flat_head,
    table_from_flat,
)
from align.writers.markup import indent, parse_xml, serialise

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SEGTYPES = frozenset({"block", "paragraph", "sentence", "phrase"})
_HEAD_PROPS = {name: f"x-{name.replace('_', '-')}" for name in ("signature", "level", *PROVENANCE_FIELDS)}
_BEAD_PROPS = {
    "number": "x-paragraph",
    "similarity": "x-align-similarity",
    "confidence": "x-align-score",
    "kind": "x-align-kind",
    "status": "x-align-status",
    **{name: f"x-{name.replace('_', '-')}" for name in FLAT_BEAD_FIELDS[5:]},
}


def dump(table: AlignmentTable) -> bytes:
    """The table as TMX 1.4b."""
    root, body = memory(table.level, {_HEAD_PROPS[name]: value for name, value in flat_head(table).items()})
    symbol = escape(table.provenance.symbol)
    for ordinal, record in enumerate(table.records, 1):
        body.append(unit(record, f"{symbol}#{ordinal}" if symbol else str(ordinal), table.provenance))
    return finished(root)


def memory(level: str, props: Mapping[str, str], notes: Iterable[str] = ()) -> tuple[etree._Element, etree._Element]:
    """An empty translation memory with what its header says: the root, and the body that takes the units."""
    root = etree.Element("tmx", version="1.4")
    header = etree.SubElement(
        root,
        "header",
        {
            "creationtool": "duizhao",
            "creationtoolversion": VERSION,
            "segtype": level if level in _SEGTYPES else "paragraph",
            "o-tmf": "duizhao",
            "adminlang": "en",
            "srclang": "en",
            "datatype": "plaintext",
        },
    )
    for note in notes:
        etree.SubElement(header, "note").text = escape(note)
    for name, value in props.items():
        _prop(header, name, value)
    return root, etree.SubElement(root, "body")


def finished(root: etree._Element) -> bytes:
    """The memory as bytes, indented outside the texts."""
    indent(root, frozenset({"seg", "prop", "note"}))
    return serialise(root, '<!DOCTYPE tmx SYSTEM "tmx14.dtd">')


def load(data: bytes, source: str) -> AlignmentTable:
    """Read what ``dump`` wrote, or a CAT tool's copy of it with all props kept; raises UnreadableFileError."""
    root = parse_xml(data, source)
    header = root.find("header")
    if root.tag != "tmx" or header is None:
        raise UnreadableFileError(f"{source} is not a TMX file; {ADVICE}.")
    props = _props(header)
    values = {name: props[prop] for name, prop in _HEAD_PROPS.items() if prop in props}
    units = enumerate(root.iterfind("body/tu"), 1)
    records = tuple(_record(unit, f"{source}, unit {number}") for number, unit in units)
    return table_from_flat(values, records, source)


def tag_of_chinese(provenance: Provenance) -> str:
    """The BCP 47 tag of the Chinese side: zh-Hant for traditional characters, zh-Hans otherwise."""
    return "zh-Hant" if provenance.zh_script == "Hant" else "zh-Hans"


def unit(record: BeadRecord, tuid: str, provenance: Provenance, more: Iterable[tuple[str, str]] = ()) -> etree._Element:
    """One bead as a ``tu``; ``tuid`` is escaped already, ``more`` are names and values of further props."""
    element = etree.Element("tu", tuid=tuid)
    for prop, value in (("x-symbol", provenance.symbol), ("x-body", provenance.body), ("x-date", provenance.date)):
        _prop(element, prop, value)
    for name, value in flat_bead(record).items():
        _prop(element, _BEAD_PROPS[name], value)
    if record.doubtful:
        _prop(element, "x-align-doubtful", "yes")
    for prop, value in more:
        _prop(element, prop, value)
    for language, text in _sides(record, tag_of_chinese(provenance)):
        variant = etree.SubElement(element, "tuv", {_LANG: language})
        etree.SubElement(variant, "seg").text = escape(text)
    return element


def _sides(record: BeadRecord, chinese: str) -> Iterator[tuple[str, str]]:
    has_zh = bool(record.zh or record.zh_text)
    if record.en or record.en_text or not has_zh:
        yield "en", record.en_text
    if has_zh:
        yield chinese, record.zh_text


def _prop(parent: etree._Element, name: str, value: str) -> None:
    if value or name == "x-signature":
        etree.SubElement(parent, "prop", type=escape(name)).text = escape(value)


def _props(element: etree._Element) -> dict[str, str]:
    return {prop.get("type", ""): unescape(prop.text or "") for prop in element.iterfind("prop")}


def _record(unit: etree._Element, place: str) -> BeadRecord:
    texts = {"zh": "", "en": ""}
    for variant in unit.iterfind("tuv"):
        language = (variant.get(_LANG) or "").lower()[:2]
        segment = variant.find("seg")
        if language in texts and segment is not None:
            texts[language] = unescape("".join(str(text) for text in segment.itertext()))
    props = _props(unit)
    values = {name: props.get(prop, "") for name, prop in _BEAD_PROPS.items()}
    return bead_from_flat(values, texts["zh"], texts["en"], place)
