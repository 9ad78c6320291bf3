"""Small helpers over WordprocessingML: names without namespaces, attributes, and a hardened parser."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def parse(blob: bytes) -> _Element:
    """Parse a part; entities, DTDs and the network are off. Raises etree.XMLSyntaxError if it is not well-formed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    return etree.fromstring(blob, parser)


def local(element: _Element) -> str:
    """Return the element's name without its namespace ("p"), or ``""`` for a comment."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def attribute(element: _Element, name: str) -> str:
    """Return the attribute w:``name``, or ``""``."""
    return element.get(W + name) or ""


def children(element: _Element, name: str) -> Iterator[_Element]:
    """Yield the children w:``name``."""
    return element.iterchildren(W + name)


def child(element: _Element | None, *path: str) -> _Element | None:
    """Return the first element at ``path`` of w: names below ``element``, or None."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(W + name), None)
    return element


def value(element: _Element | None, *path: str) -> str:
    """Return w:val of the first element at ``path``, or ``""``."""
    found = child(element, *path)
    return attribute(found, "val") if found is not None else ""


def is_on(element: _Element | None, *path: str) -> bool:
    """Whether an on/off property (ST_OnOff) is there and not switched off."""
    found = child(element, *path)
    return found is not None and attribute(found, "val") not in ("0", "false", "off")


def integer(text: str, default: int) -> int:
    """Return ``text`` as a whole number, or ``default`` where it is none."""
    try:
        return int(text)
    except ValueError:
        return default
