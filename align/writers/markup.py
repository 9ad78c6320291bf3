"""XML read without trust: no entities, no network, no document type that declares anything."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from lxml import etree

from align.errors import UnreadableFileError
from align.writers.fields import ADVICE


def parse_xml(data: bytes, source: str) -> etree._Element:
    """Parse ``data``; raises UnreadableFileError for damaged XML and for XML that declares entities."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError(f"{source} is not well-formed XML (line {error.lineno}); {ADVICE}.") from error
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and any(True for _ in _entities(subset)):
        raise UnreadableFileError(f"{source} declares XML entities, which duizhao never writes; {ADVICE}.")
    return root


def _entities(subset: Any) -> Iterable[object]:
    return subset.iterentities()  # type: ignore[no-any-return]


def serialise(root: etree._Element, doctype: str = "") -> bytes:
    """The document as UTF-8 bytes with its declaration and a line feed at the end."""
    declaration = '<?xml version="1.0" encoding="UTF-8"?>\n' + (f"{doctype}\n" if doctype else "")
    return declaration.encode() + etree.tostring(root, encoding="UTF-8", xml_declaration=False) + b"\n"


def indent(element: etree._Element, text_elements: frozenset[str], level: int = 0) -> None:
    """Set line breaks between elements, but never inside an element of ``text_elements``, where space is text."""
    if not len(element) or element.tag in text_elements:
        return
    inner, outer = "\n" + "  " * (level + 1), "\n" + "  " * level
    element.text = inner
    for child in element:
        indent(child, text_elements, level + 1)
        child.tail = inner
    element[-1].tail = outer
