"""Translation memories (TMX 1.1 to 1.4b, LISA OSCAR) of any vendor, read as a stream and hardened."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import product

from lxml import etree
from lxml.etree import _Element

from align.errors import UnreadableFileError
from align.readers.language_codes import language_of
from align.readers.pair_file import AlignedPair, PairFile

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CODES = frozenset({"bpt", "ept", "it", "ph", "ut"})  # their content is a program's mark-up and no text
_SPACE_CODES = re.compile(r"\s*(?:\\[tnr]|<br\s*/?>|<w:(?:tab|br)\s*/>|\s)+\s*", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def read_tmx(data: bytes, source: str) -> PairFile:
    """Return the pairs of a TMX file; inline tags go, and every Chinese variant is paired with every English one.

    Properties are the unit's attributes, props and notes, those of a variant behind "zh." or "en.". Raises
    UnreadableFileError if it is not well-formed, declares entities, or has no Chinese–English unit: the message
    then says which languages it has.
    """
    _refuse_entities(data, source)
    pairs: list[AlignedPair] = []
    languages: Counter[str] = Counter()
    missing = number = 0
    for number, unit in enumerate(_units(data, source), 1):
        found, codes = _pairs(unit, number)
        languages.update(codes)
        pairs.extend(found)
        missing += not found
    if not number:
        raise UnreadableFileError(f"{source}: the translation memory has no entries; export it again.")
    if not pairs:
        named = ", ".join(sorted(languages)) or "none"
        raise UnreadableFileError(
            f"{source}: no entry has both Chinese and English (entries: {number:,}; languages: {named})."
        )
    warnings = (f"{source}: {_entries(missing)} without both Chinese and English text left out.",) if missing else ()
    return PairFile(tuple(pairs), source, warnings)


def _entries(count: int) -> str:
    return "1 entry was" if count == 1 else f"{count:,} entries were"


def _refuse_entities(data: bytes, source: str) -> None:
    """Refuse a DOCTYPE that declares entities, before any parser sees it; one that only names a DTD is usual."""
    head = data[:65_536].replace(b"\0", b"").decode("utf-8", "ignore")
    prolog = _COMMENT.sub("", head).split("<tmx", 1)[0]
    if "<!ENTITY" in prolog.upper():
        raise UnreadableFileError(f"{source}: it declares XML entities and is not opened; remove the declarations.")


def _units(data: bytes, source: str) -> Iterator[_Element]:
    try:
        events = etree.iterparse(
            io.BytesIO(data),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        _, root = next(events)
        if _name(root) != "tmx":
            raise UnreadableFileError(f"{source}: its root element is <{_name(root)}> and not <tmx>; export it again.")
        internal = root.getroottree().docinfo.internalDTD
        if internal is not None and any(True for _ in internal.iterentities()):
            raise UnreadableFileError(f"{source}: it declares XML entities and is not opened; remove the declarations.")
        for event, element in events:
            if event == "end" and _name(element) == "tu":
                yield element
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]  # units that were read would otherwise stay in memory
    except etree.XMLSyntaxError as error:
        reason = str(error).split(", line")[0].split("\n")[0]
        raise UnreadableFileError(
            f"{source}: the XML is not well-formed at line {error.lineno or 1} ({reason}); export it again."
        ) from None


def _pairs(unit: _Element, number: int) -> tuple[list[AlignedPair], set[str]]:
    """Return the unit's pairs and the codes of all its languages."""
    texts: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {"zh": {}, "en": {}}
    codes: set[str] = set()
    for variant in (item for item in unit if _name(item) == "tuv"):
        code = variant.get(_XML_LANG) or variant.get("lang") or "?"
        codes.add(code)
        language = language_of(code)
        segment = next((item for item in variant if _name(item) == "seg"), None)
        text = _text(segment) if segment is not None else ""
        if language and text:
            own = tuple((f"{language}.{name}", content) for name, content in _properties(variant))
            texts[language].setdefault(text, ((f"{language}.lang", code), *own))
    common = _properties(unit)
    pairs = [
        AlignedPair(zh, en, (*common, *en_properties, *zh_properties), f"unit {number}")
        for (zh, zh_properties), (en, en_properties) in product(texts["zh"].items(), texts["en"].items())
    ]
    return pairs, codes


def _properties(element: _Element) -> tuple[tuple[str, str], ...]:
    """Return attributes, then props by their type, then notes."""
    found = [(str(key), str(value)) for key, value in element.attrib.items() if key not in (_XML_LANG, "lang")]
    for item in element:
        if _name(item) in ("prop", "note"):
            content = " ".join("".join(map(str, item.itertext())).split())
            found.append((item.get("type") or "prop" if _name(item) == "prop" else "note", content))
    return tuple(found)


def _text(segment: _Element) -> str:
    return " ".join("".join(_pieces(segment)).split())


def _pieces(element: _Element) -> Iterator[str]:
    """Yield the text of a segment; a code that stands for a line break or a tab is a space."""
    yield element.text or ""
    for item in element:
        if _name(item) in _CODES:
            yield " " if _SPACE_CODES.fullmatch(item.text or "") else ""
        elif isinstance(item.tag, str):
            yield from _pieces(item)
        yield item.tail or ""


def _name(element: _Element) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1].lower() if isinstance(tag, str) else ""
