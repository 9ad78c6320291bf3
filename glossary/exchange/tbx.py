"""TBX of any generation, read as a stream: v3 in both styles, v2 ``martif`` with tig and ntig, TBX-Min.

Hardened as ``align.readers``: no entities, no network, no DTD is ever loaded. Entries are read and let go one by one,
so that the memory is that of the concepts. ``xml:lang`` is inherited; repeated sections of one language are one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from lxml import etree

from align.readers.limits import check_file
from glossary.concepts import Concept, Extra
from glossary.errors import ExchangeError
from glossary.exchange.contracts import GlossaryFile, Notes
from glossary.exchange.identifiers import unique
from glossary.exchange.languages import NONE
from glossary.exchange.tbx_elements import KIND, element_of, neutral
from glossary.exchange.tbx_entry import EntryReader
from glossary.exchange.tbx_names import CONCEPT_TAGS, ROOTS, XML_LANG, local

MAX_BYTES = 1_000_000_000
OWN = "duizhao"  # how the header of a file that duizhao wrote begins to say where it comes from
_HEADERS = ("tbxHeader", "martifHeader", "header")
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def read(path: Path, languages: Mapping[str, str] = NONE) -> GlossaryFile:
    """The concepts of a TBX file; raises ExchangeError or UnreadableFileError in one sentence."""
    check_file(path, MAX_BYTES)
    notes = Notes(path.name, languages)
    try:
        with path.open("rb") as file:
            language, kind = _root(file, path.name)
        with path.open("rb") as file:
            concepts, people = _entries(file, language, notes)
    except etree.XMLSyntaxError as error:
        reason = str(error).split(", line")[0].split("\n")[0]
        message = f"{path.name}: the XML is not well-formed at line {error.lineno or 1} ({reason}); export it again."
        raise ExchangeError(message) from None
    except OSError as error:
        raise ExchangeError(f"{path.name}: the file cannot be read ({error.strerror}).") from None
    if not concepts:
        raise ExchangeError(f"{path.name}: there is not one term in it; check that the right file was exported.")
    if people:
        concepts = [_with_people(concept, people) for concept in concepts]
    return GlossaryFile(tuple(concepts), path.name, kind, notes.sentences())


def _root(file: IO[bytes], source: str) -> tuple[str, str]:
    """The language of the document and its generation; refuses other documents and declared entities."""
    _, root = next(etree.iterparse(file, events=("start",), **_SAFE))
    subset = root.getroottree().docinfo.internalDTD
    if subset is not None and any(True for _ in _entities(subset)):
        raise ExchangeError(f"{source}: it declares XML entities and is not opened; remove the declarations.")
    name = local(root)
    if name not in ROOTS:
        raise ExchangeError(f"{source}: its root element is <{name}> and not that of a TBX file; export it as TBX.")
    kind = {"martif": "tbx-v2", "TBX": "tbx-min"}.get(name, "tbx-dct" if root.get("style") == "dct" else "tbx")
    return root.get(XML_LANG, ""), kind


def _entities(subset: Any) -> Iterator[object]:
    yield from subset.iterentities()


def _entries(file: IO[bytes], language: str, notes: Notes) -> tuple[list[Concept], dict[str, str]]:
    """The concepts, and the persons and bodies that the end of the file describes, by id, as XML."""
    tags = [f"{{*}}{name}" for name in (*CONCEPT_TAGS, *_HEADERS, "refObject")]
    reader, taken = EntryReader(notes, language), set[str]()
    concepts: list[Concept] = []
    people: dict[str, str] = {}
    for number, element in enumerate(_elements(file, tags)):
        name = local(element)
        if name in _HEADERS:
            reader.own |= "".join(map(str, element.itertext())).strip().startswith(OWN)
        elif name == "refObject":
            people[element.get("id", "")] = etree.tostring(_person(element), encoding="unicode")
        elif (concept := reader.concept(element, f"entry-{number}")) is not None:
            concepts.append(_unique(concept, taken, notes))
    return concepts, people


def _elements(file: IO[bytes], tags: list[str]) -> Iterator[etree._Element]:
    for _, element in etree.iterparse(file, events=("end",), tag=tags, **_SAFE):
        yield element
        if local(element) in CONCEPT_TAGS:
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]  # entries that were read would otherwise stay in memory


def _unique(concept: Concept, taken: set[str], notes: Notes) -> Concept:
    name = unique(concept.id, taken)
    if name == concept.id:
        return concept
    notes.count(
        "one id stands twice; the two entries were kept apart",
        "{n} ids stood on more than one entry; the entries were kept apart",
        concept.id,
    )
    origins = tuple((scheme, name if known == concept.id else known) for scheme, known in concept.origins)
    return replace(concept, id=name, origins=origins)


def _person(element: etree._Element) -> etree._Element:
    copy = etree.Element("refObject")
    for item in element.iter("{*}item"):
        child = neutral(item)
        child.tag = "item"
        child.set("type", item.get("type", ""))
        copy.append(child)
    return copy


def _with_people(concept: Concept, people: dict[str, str]) -> Concept:
    """Keep beside a concept whom its history names, since the glossary has no other place for them."""
    named = dict.fromkeys(target for extra in _extras(concept) for target in targets_of(extra) if target in people)
    if not named:
        return concept
    found = tuple(Extra(KIND, "refObject", name, (("xml", people[name]),)) for name in named)
    return replace(concept, extras=(*concept.extras, *found))


def _extras(concept: Concept) -> Iterator[Extra]:
    yield from concept.extras
    for term in concept.terms:
        yield from term.extras


def targets_of(extra: Extra) -> list[str]:
    """The ids that a kept element points to."""
    if extra.kind != KIND or not any(key in ("xml", "target") for key, _ in extra.attributes):
        return []
    return [item.get("target", "") for item in element_of(extra).iter() if item.get("target")]
