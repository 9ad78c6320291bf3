"""XLIFF 2.1 (OASIS): English as the source, Chinese as the target, scores in the metadata module.

One unit with one segment a bead. The state says how far it got: ``reviewed`` where a person has checked it,
``translated`` otherwise, with the sub-state ``duizhao:doubtful`` on a doubtful one. English without Chinese has no
target and stays ``initial``: it is still to be translated. Chinese without English has an empty source, which the
schema asks for, and is marked ``translate="no"``. Characters that XML cannot hold are ``<cp hex="…"/>`` in the texts,
as the standard says (4.2.3.1), and escaped as ``align.writers.escapes`` says in the metadata.
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from align.errors import UnreadableFileError
from align.table import AlignmentTable, BeadRecord
from align.writers.escapes import escape, split_illegal, unescape
from align.writers.fields import ADVICE, bead_from_flat, flat_bead, flat_head, table_from_flat
from align.writers.markup import indent, parse_xml, serialise
from align.writers.summary import Verdict, verdict
from align.writers.tmx import tag_of_chinese

CORE = "urn:oasis:names:tc:xliff:document:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
_C = f"{{{CORE}}}"
_M = f"{{{METADATA}}}"
# The stubs of lxml do not know that None stands for the default namespace.
_NAMESPACES: Any = {None: CORE, "mda": METADATA}
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CATEGORY = "duizhao"


def dump(table: AlignmentTable) -> bytes:
    """The table as XLIFF 2.1."""
    root = etree.Element(f"{_C}xliff", nsmap=_NAMESPACES)
    root.attrib.update({"version": "2.1", "srcLang": "en", "trgLang": tag_of_chinese(table.provenance)})
    file = etree.SubElement(root, f"{_C}file", id="f1")
    if table.provenance.en_source:
        file.set("original", escape(table.provenance.en_source))
    _metadata(file, flat_head(table))
    for ordinal, record in enumerate(table.records, 1):
        file.append(_unit(record, ordinal))
    if not table.records:
        etree.SubElement(file, f"{_C}group", id="empty")  # a file must hold a unit or a group
    indent(root, frozenset({f"{_C}source", f"{_C}target", f"{_M}meta", f"{_C}note"}))
    return serialise(root)


def load(data: bytes, source: str) -> AlignmentTable:
    """Read what ``dump`` wrote, or a CAT tool's copy of it with the metadata kept; raises UnreadableFileError."""
    root = parse_xml(data, source)
    file = root.find(f"{_C}file")
    if root.tag != f"{_C}xliff" or file is None:
        raise UnreadableFileError(f"{source} is not an XLIFF 2 file; {ADVICE}.")
    units = enumerate(file.iter(f"{_C}unit"), 1)
    records = tuple(_record(unit, f"{source}, unit {number}") for number, unit in units)
    return table_from_flat(_metadata_of(file), records, source)


def _unit(record: BeadRecord, ordinal: int) -> etree._Element:
    unit = etree.Element(f"{_C}unit", id=f"u{ordinal}")
    has_zh = bool(record.zh or record.zh_text)
    has_en = bool(record.en or record.en_text)
    if has_zh and not has_en:
        unit.set("translate", "no")
    _metadata(unit, flat_bead(record))
    note = _note(record, has_zh, has_en)
    if note:
        notes = etree.SubElement(unit, f"{_C}notes")
        etree.SubElement(notes, f"{_C}note", category="alignment").text = note
    segment = etree.SubElement(unit, f"{_C}segment")
    _text(segment, "source", record.en_text)
    if has_zh:
        _text(segment, "target", record.zh_text)
        segment.set("state", "reviewed" if verdict(record) is Verdict.CHECKED else "translated")
        if record.doubtful:
            segment.set("subState", "duizhao:doubtful")
    return unit


def _note(record: BeadRecord, has_zh: bool, has_en: bool) -> str:
    remarks = []
    if record.doubtful:
        remarks.append(f"doubtful alignment, confidence {record.confidence:.2f}")
    if not has_en:
        remarks.append("only in Chinese")
    elif not has_zh:
        remarks.append("only in English")
    return "; ".join(remarks)


def _text(segment: etree._Element, name: str, text: str) -> None:
    element = etree.SubElement(segment, f"{_C}{name}", {_SPACE: "preserve"})
    last: etree._Element | None = None
    for stretch, illegal in split_illegal(text):
        if last is None:
            element.text = stretch
        else:
            last.tail = stretch
        if illegal:
            last = etree.SubElement(element, f"{_C}cp", hex=f"{ord(illegal):04X}")


def _text_of(segment: etree._Element, name: str, place: str) -> str:
    element = segment.find(f"{_C}{name}")
    if element is None:
        return ""
    try:
        return "".join(_pieces(element))
    except (ValueError, OverflowError) as error:
        raise UnreadableFileError(f"{place}: a <cp> names no character; {ADVICE}.") from error


def _pieces(element: etree._Element) -> list[str]:
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{_C}cp":
            pieces.append(chr(int(child.get("hex", ""), 16)))
        elif isinstance(child.tag, str):  # marks and codes that a CAT tool added; comments say nothing
            pieces.extend(_pieces(child))
        pieces.append(child.tail or "")
    return pieces


def _metadata(parent: etree._Element, values: dict[str, str]) -> None:
    metadata = etree.SubElement(parent, f"{_M}metadata")
    group = etree.SubElement(metadata, f"{_M}metaGroup", category=_CATEGORY)
    for name, value in values.items():
        if value or name == "signature":
            etree.SubElement(group, f"{_M}meta", type=name).text = escape(value)


def _metadata_of(parent: etree._Element) -> dict[str, str]:
    path = f"{_M}metadata/{_M}metaGroup[@category='{_CATEGORY}']/{_M}meta"
    return {meta.get("type", ""): unescape(meta.text or "") for meta in parent.iterfind(path)}


def _record(unit: etree._Element, place: str) -> BeadRecord:
    segments = unit.findall(f"{_C}segment") + unit.findall(f"{_C}ignorable")
    # A CAT tool may have cut the unit into several segments; in document order they are its text.
    segments.sort(key=unit.index)
    zh, en = ("".join(_text_of(segment, name, place) for segment in segments) for name in ("target", "source"))
    return bead_from_flat(_metadata_of(unit), zh, en, place)
