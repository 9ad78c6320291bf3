"""Elements of TBX that the glossary has no field for, as ``Extra`` and back.

A single element is kept by its type, text and attributes. A group (``transacGrp`` with its date and author) is kept by
its first member, with the whole group as XML without namespaces beside it.
"""

from __future__ import annotations

import re
from datetime import date

from lxml import etree

from align.writers.escapes import escape
from glossary.concepts import Extra
from glossary.exchange.identifiers import from_xml
from glossary.exchange.tbx_names import GROUPS, XML_LANG, category, local

KIND = "tbx"
_LAYOUT = re.compile(r"[ \t]*[\r\n]+[ \t]+")
_TIME = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:T\S*)?")
_DROPPED = frozenset({"id", "type", "datatype", "module", "carrier", "name"})


def text_of(element: etree._Element) -> str:
    """Its text without inline mark-up; a line break with an indent after it is layout, and is a space."""
    return _LAYOUT.sub(" ", "".join(map(str, element.itertext()))).strip()


def extra_of(element: etree._Element, **more: str) -> Extra | None:
    """What to keep of an element; None for one that says nothing."""
    name, kind = category(element)
    if name in GROUPS or (len(element) and not name):
        plain = neutral(element)
        first = next((item for item in plain if isinstance(item.tag, str)), None)
        if first is None:  # a group that nobody knows, such as the parts of a term in v2: its words are kept
            value = text_of(element)
            return Extra(KIND, kind or name, value, (("element", "admin"), *more.items())) if value else None
        label = first.get("type") or local(first)
        whole = etree.tostring(plain, encoding="unicode")
        return Extra(KIND, label, text_of(first), (("xml", whole), *more.items()))
    value = text_of(element)
    attributes = tuple(_attributes(element))
    if not value and not attributes:
        return None
    return Extra(KIND, kind or name, value, (("element", name), *attributes, *more.items()))


def neutral(element: etree._Element) -> etree._Element:
    """A copy in the spelling of DCA, without namespaces and layout."""
    name, kind = category(element)
    copy = etree.Element(name or "admin")
    if kind:
        copy.set("type", kind)
    for key, value in _attributes(element):
        copy.set(XML_LANG if key == "lang" else key, value)
    if name in GROUPS:
        copy.extend(neutral(item) for item in element if isinstance(item.tag, str))
        _restore_times(copy)
    else:
        copy.text = text_of(element)
    return copy


def element_of(extra: Extra) -> etree._Element:
    """Undo ``extra_of``: the element in the spelling of DCA without namespaces, its text escaped for XML."""
    attributes = dict(extra.attributes)
    whole = _parsed(attributes["xml"]) if "xml" in attributes else None
    if whole is not None:
        return whole
    name = attributes.get("element", "") or "admin"
    element = etree.Element(name if re.fullmatch(r"[A-Za-z]+", name) else "admin")
    if name not in ("note", "date"):
        element.set("type", escape(extra.name))
    for key, value in extra.attributes:
        if key == "lang":
            element.set(XML_LANG, escape(value))
        elif key not in ("element", "xml", "language") and re.fullmatch(r"[A-Za-z_][\w.-]*", key, re.ASCII):
            element.set(key, escape(value))
    element.text = escape(extra.value)
    return element


def day_of(text: str) -> str:
    """The day of an ISO 8601 time in either form, as xs:date; other texts stay."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        return text
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return text


def _restore_times(group: etree._Element) -> None:
    """Put back the time of day that duizhao writes in a note, because a date of v3 has none."""
    for day in group.findall("date"):
        for note in group.findall("note"):
            if note.text != day.text and day.text and day_of(note.text or "") == day.text:
                day.text = note.text
                group.remove(note)
                break


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    found = []
    for key, value in element.attrib.items():
        name = "lang" if key == XML_LANG else str(key).rsplit("}", 1)[-1]
        if name not in _DROPPED:
            found.append((name, from_xml(str(value)) if name == "target" else str(value)))
    return found


def _parsed(text: str) -> etree._Element | None:
    """The group; None where someone has put there what is no XML, or declares something."""
    if "<!" in text or "<?" in text:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(text, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
