"""Concepts to TBX: v3 TBX-Basic in the styles DCA and DCT, and v2 TBX-Basic with tig for older programs.

What belongs to no category of TBX-Basic (kept from other TBX files) is written as it came; the dialect is then called
"TBX-BasicPlus" (v3) or "TBX" (v2), because it is TBX-Basic no longer. Workflow and evidence have no place in TBX.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from align.signature import VERSION
from align.writers.escapes import escape
from align.writers.markup import indent, serialise
from glossary.concepts import Concept, Definition, Extra, Term
from glossary.errors import ExchangeError
from glossary.exchange.contracts import Written
from glossary.exchange.identifiers import to_xml, unique
from glossary.exchange.tbx_elements import KIND, day_of, element_of
from glossary.exchange.tbx_entry import FIRST
from glossary.exchange.tbx_names import BASIC, CORE, MODULES, PLAIN, XML_LANG, local
from glossary.exchange.values import TBX_TYPE, TBX_USAGE, original_or, part_of_speech_of, type_of, usage_of

_TEXTS = frozenset("term descrip admin termNote note ref xref transac transacNote date p title item".split())


@dataclass(slots=True)
class TbxWriter:
    """Writes one file in a ``style``: "dca", "dct" or "v2"."""

    style: str
    _ids: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _people: dict[str, etree._Element] = field(default_factory=dict)
    _is_basic: bool = True
    _notes: dict[str, int] = field(default_factory=dict)

    def dump(self, concepts: tuple[Concept, ...]) -> Written:
        """The file; raises ExchangeError if no concept has a term."""
        kept = [concept for concept in concepts if any(term.text.strip() for term in concept.terms)]
        if not kept:
            raise ExchangeError("there is not one concept with a term to write; choose others.")
        if len(kept) < len(concepts):
            self._note(f"Concepts without a term have no place in TBX; left out: {len(concepts) - len(kept):,}.")
        names = [to_xml(unique(concept.id or f"entry-{k}", self._taken)) for k, concept in enumerate(kept, 1)]
        self._taken = set(names)
        self._ids = {concept.id: name for concept, name in zip(kept, names, strict=True) if concept.id}
        self._collect_people(kept)
        root, body = self._frame()
        for concept, name in zip(kept, names, strict=True):
            body.append(self._concept(concept, name))
        self._back(body)
        root.set("type", self._dialect())
        self._losses(kept)
        indent(root, frozenset(self._tag(name) for name in _TEXTS))
        return Written(serialise(root), tuple(self._notes))

    def _dialect(self) -> str:
        if self._is_basic:
            return "TBX-Basic"
        self._note("Fields kept from other TBX files are not in TBX-Basic; the file says that it is a wider dialect.")
        return "TBX" if self.style == "v2" else "TBX-BasicPlus"

    def _note(self, text: str) -> None:
        self._notes[text] = self._notes.get(text, 0) + 1

    def _losses(self, concepts: Iterable[Concept]) -> None:
        terms = [term for concept in concepts for term in concept.terms]
        if any(concept.workflow for concept in concepts) or any(term.evidence for term in terms):
            self._note("TBX has no place for workflow states and evidence; they were left out.")
        others = {extra.kind for concept in concepts for extra in _all_extras(concept) if extra.kind != KIND}
        if others:
            self._note(f"Fields kept from other kinds of file were left out ({', '.join(sorted(others))}).")

    def _tag(self, name: str) -> str:
        return name if self.style == "v2" else f"{{{CORE}}}{name}"

    def _make(self, parent: etree._Element | None, name: str, text: str = "", **attributes: str) -> etree._Element:
        element = etree.Element(self._tag(name)) if parent is None else etree.SubElement(parent, self._tag(name))
        for key, value in attributes.items():
            element.set(XML_LANG if key == "lang" else key, value)
        if text:
            element.text = escape(text)
        return element

    def _frame(self) -> tuple[etree._Element, etree._Element]:
        """The root with its header, and the body."""
        modules = {"min": MODULES["min"], "basic": MODULES["basic"]} if self.style == "dct" else {}
        names: dict[Any, str] = {} if self.style == "v2" else {None: CORE, **modules}
        root = etree.Element(self._tag("martif" if self.style == "v2" else "tbx"), nsmap=names)
        root.set("type", "TBX-Basic")  # in this place of the tag; corrected at the end
        if self.style != "v2":
            root.set("style", self.style)
        root.set(XML_LANG, "en")
        header = self._make(root, "martifHeader" if self.style == "v2" else "tbxHeader")
        description = self._make(self._make(header, "fileDesc"), "sourceDesc")
        self._make(description, "p", f"duizhao {VERSION}")
        if self.style == "v2":
            self._make(self._make(header, "encodingDesc"), "p", "TBXBasicXCSV02.xcs", type="XCSURI")
        return root, self._make(self._make(root, "text"), "body")

    def _concept(self, concept: Concept, name: str) -> etree._Element:
        entry = self._make(None, "termEntry" if self.style == "v2" else "conceptEntry", id=name)
        languages = list(dict.fromkeys(term.language for term in concept.terms if term.text.strip()))
        if concept.subject:
            self._category(entry, "subjectField", concept.subject)
        for definition in concept.definitions:
            if definition.language not in languages:
                self._definition(entry, definition, definition.language)
        for scheme, known in concept.origins:
            if scheme != "duizhao":
                self._category(entry, "source", f"{scheme}#{known}")
        if concept.note:
            self._make(entry, "note", concept.note)
        own = [extra for extra in concept.extras if extra.kind == KIND and extra.name != "refObject"]
        for extra in own:
            if _language(extra) not in languages:
                self._extra(entry, extra)
        for language in languages:
            section = self._make(entry, "langSet" if self.style == "v2" else "langSec", lang=language)
            for definition in concept.definitions:
                if definition.language == language:
                    self._definition(section, definition, "")
            for extra in own:
                if _language(extra) == language:
                    self._extra(section, extra)
            for term in concept.of(language):
                if term.text.strip():
                    self._term(section, term)
        return entry

    def _definition(self, parent: etree._Element, definition: Definition, language: str) -> None:
        group = self._make(parent, "descripGrp") if definition.source else parent
        element = self._category(group, "definition", definition.text)
        if language:
            element.set(XML_LANG, language)
        if definition.source:
            self._category(group, "source", definition.source)

    def _term(self, section: etree._Element, term: Term) -> None:
        kept = tuple(extra for extra in term.extras if extra.kind == KIND)
        others = [extra for extra in kept if extra.name not in FIRST]
        elements = [self._styled(element_of(extra)) for extra in others]
        notes = [one for one, extra in zip(elements, others, strict=True) if _is_term_note(extra)]
        nested = self.style == "v2" and any(local(one) == "termNoteGrp" for one in notes)  # tig has no place for it
        element = self._make(section, "termSec" if self.style != "v2" else "ntig" if nested else "tig")
        if term.id:
            element.set("id", self._term_id(term.id))
        group = self._make(element, "termGrp") if nested else element
        self._make(group, "term", term.text)
        status = original_or(term.usage, TBX_USAGE.get(term.usage, ""), FIRST[0], kept, usage_of)
        type_ = original_or(term.type, TBX_TYPE.get(term.type, ""), FIRST[1], kept, type_of)
        part = original_or(term.part_of_speech, term.part_of_speech, FIRST[2], kept, part_of_speech_of)
        for name, value in zip(FIRST, (status, type_, part), strict=True):
            if value:
                self._category(group, name, value)
        group.extend(notes)
        if term.source:
            self._category(element, "source", term.source)
        if term.note:
            self._make(element, "note", term.note)
        element.extend(one for one in elements if one not in notes)

    def _term_id(self, name: str) -> str:
        """Concepts and terms share the ids of a document; a term's gives way."""
        written = to_xml(name)
        return unique(to_xml(f"term-{name}") if written in self._taken else written, self._taken)

    def _category(self, parent: etree._Element, name: str, text: str) -> etree._Element:
        element, module = BASIC[name]
        if self.style == "dct":
            made = etree.SubElement(parent, f"{{{MODULES[module]}}}{name}")
            made.text = escape(text)
            return made
        return self._make(parent, element, text, type=name)

    def _extra(self, parent: etree._Element, extra: Extra) -> None:
        element = element_of(extra)
        if local(element) == "termNote":
            element.tag = "admin"  # a term note has no place at a concept
        parent.append(self._styled(element))

    def _styled(self, plain: etree._Element) -> etree._Element:
        """An element in the spelling of DCA as this style writes it, its pointers put right."""
        name, kind = local(plain), plain.get("type", "")
        if kind and kind not in BASIC and name not in PLAIN:
            self._is_basic = False
        if kind in BASIC and BASIC[kind][0] != name:
            self._is_basic = False
        styled = self._named(name, kind)
        for key, value in plain.attrib.items():
            if key == "target" and name not in ("xref",):
                value = self._target(str(value))
            if value and not (key == "type" and self.style == "dct"):
                styled.set(key, value)
        if name == "date" and self.style != "v2" and plain.text:
            styled.text = day_of(plain.text)
        else:
            styled.text = plain.text
        styled.extend(self._styled(item) for item in plain if isinstance(item.tag, str))
        if name == "transacGrp" and self.style != "v2":
            self._keep_times(styled, plain)
        return styled

    def _named(self, name: str, kind: str) -> etree._Element:
        if self.style != "dct" or not kind:
            return etree.Element(self._tag(name))
        known = re.sub(r"[^\w.-]", "_", kind, flags=re.ASCII)
        module = BASIC[kind][1] if kind in BASIC else "ext"
        made = etree.Element(f"{{{MODULES[module]}}}{known if known[:1].isalpha() else f'_{known}'}")
        if kind not in BASIC:
            made.set("carrier", name)
            made.set("name", kind)
        return made

    def _keep_times(self, styled: etree._Element, plain: etree._Element) -> None:
        """A date of v3 has no time of day: what was more exact is kept in a note."""
        for item in plain.iter("date"):
            if item.text and day_of(item.text) != item.text:
                self._make(styled, "note", item.text)

    def _target(self, name: str) -> str:
        """The id of the entry or person as this file writes it; "" if it is not in this file."""
        if name in self._ids:
            return self._ids[name]
        if name in self._people:
            return to_xml(name)
        self._note("References to entries that are not in this file lost their target.")
        return ""

    def _collect_people(self, concepts: Iterable[Concept]) -> None:
        for concept in concepts:
            for extra in concept.extras:
                if extra.kind == KIND and extra.name == "refObject" and extra.value not in self._ids:
                    self._people.setdefault(extra.value, element_of(extra))

    def _back(self, body: etree._Element) -> None:
        parent = body.getparent()
        if not self._people or parent is None:
            return
        tag = "refObjectList" if self.style == "v2" else "refObjectSec"
        listed = self._make(self._make(parent, "back"), tag, type="respPerson")
        for name, person in self._people.items():
            made = self._make(listed, "refObject", id=to_xml(name))
            for item in person.iter("item"):
                self._make(made, "item", item.text or "", type=item.get("type", ""))


def _language(extra: Extra) -> str:
    return dict(extra.attributes).get("language", "")


def _is_term_note(extra: Extra) -> bool:
    attributes = dict(extra.attributes)
    return attributes.get("element") == "termNote" or attributes.get("xml", "").startswith("<termNoteGrp")


def _all_extras(concept: Concept) -> Iterator[Extra]:
    yield from concept.extras
    for term in concept.terms:
        yield from term.extras
