"""One entry of a TBX file to a concept: what the glossary has a field for, and all else as ``Extra``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from align.writers.escapes import unescape
from glossary.concepts import Concept, Definition, Extra, Term
from glossary.exchange.contracts import Notes
from glossary.exchange.identifiers import from_xml
from glossary.exchange.tbx_elements import KIND, extra_of, text_of
from glossary.exchange.tbx_names import GROUPS, LANGUAGE_TAGS, TERM_TAGS, XML_LANG, category, local
from glossary.exchange.values import part_of_speech_of, type_of, usage_of

_ORIGIN = "#"  # between the scheme and the id, where duizhao writes the names by which others know a concept
FIRST = ("administrativeStatus", "termType", "partOfSpeech")


@dataclass(slots=True)
class _Section:
    """What was read so far of an entry."""

    subject: str = ""
    definitions: list[Definition] = field(default_factory=list)
    note: str = ""
    terms: dict[str, list[Term]] = field(default_factory=dict)
    codes: dict[str, list[str]] = field(default_factory=dict)
    origins: list[tuple[str, str]] = field(default_factory=list)
    extras: list[Extra] = field(default_factory=list)


class EntryReader:
    """Reads entries one by one; ``own`` says that duizhao wrote the file, so that its escapes are undone."""

    def __init__(self, notes: Notes, language: str) -> None:
        self._notes = notes
        self._default = language
        self.own = False

    def concept(self, element: etree._Element, fallback: str) -> Concept | None:
        """The concept, ``fallback`` its id where the file gives none; None if it has not one term."""
        given = from_xml((element.get("id") or "").strip())
        found = _Section()
        for item in _children(element):
            if local(item) in LANGUAGE_TAGS:
                self._language(item, found)
            else:
                self._common(item, found, "")
        if not found.terms:
            self._notes.count(
                "one entry without a term was left out", "{n} entries without a term were left out", given
            )
            return None
        return self._canonical(found, given, fallback)

    def _canonical(self, found: _Section, given: str, fallback: str) -> Concept:
        order = {language: k for k, language in enumerate(found.terms, 1)}
        origins = [*found.origins, *([(self._scheme, given)] if given else [])]
        return Concept(
            id=given or fallback,
            subject=found.subject,
            definitions=tuple(sorted(found.definitions, key=lambda one: order.get(one.language, 0))),
            note=found.note,
            terms=tuple(term for language in found.terms for term in self._regional(found, language)),
            origins=tuple(dict.fromkeys(origins)),
            extras=tuple(sorted(found.extras, key=lambda one: order.get(dict(one.attributes).get("language", ""), 0))),
        )

    @property
    def _scheme(self) -> str:
        return "duizhao" if self.own else self._notes.source

    def _regional(self, found: _Section, language: str) -> Iterator[Term]:
        """The terms of a language; where several regions of it were told apart, each keeps its code."""
        several = len(set(found.codes[language])) > 1
        for term, code in zip(found.terms[language], found.codes[language], strict=True):
            told = any(extra.name == "geographicalUsage" for extra in term.extras)
            region = Extra(KIND, "geographicalUsage", code, (("element", "termNote"),))
            keep = several and code != language and not told
            yield replace(term, extras=_sorted([*term.extras, region])) if keep else term

    def _language(self, element: etree._Element, found: _Section) -> None:
        code = (element.get(XML_LANG) or element.get("lang") or "").strip()
        tag = self._notes.language(code)
        for item in _children(element):
            if local(item) not in TERM_TAGS:
                self._common(item, found, tag)
                continue
            term = self._term(item, tag, found)
            if term is not None:
                found.terms.setdefault(tag, []).append(term)
                found.codes.setdefault(tag, []).append(code)

    def _common(self, element: etree._Element, found: _Section, language: str) -> None:
        """A field of the concept, or of one of its languages."""
        name, kind = category(element)
        leaf = _leaf(element)
        if kind == "subjectField" or (leaf is not None and category(leaf)[1] == "subjectField"):
            value = self._text(leaf if leaf is not None else element)
            if not language and not found.subject and value:
                found.subject = value
                return
        if self._is_definition(element):
            self._definition(element, found, language)
        elif name == "note" and not language and not found.note:
            found.note = self._text(element)
        elif self.own and kind == "source" and not language and _ORIGIN in self._text(element):
            scheme, _, known = self._text(element).rpartition(_ORIGIN)
            found.origins.append((scheme, known))
        else:
            self._keep(element, found.extras, language)

    def _is_definition(self, element: etree._Element) -> bool:
        first = next(_children(element), None) if local(element) == "descripGrp" else element
        return first is not None and category(first)[1] == "definition"

    def _definition(self, element: etree._Element, found: _Section, language: str) -> None:
        parts = [element] if local(element) != "descripGrp" else list(_children(element))
        source = next((part for part in parts[1:] if category(part)[1] == "source"), None)
        code = parts[0].get(XML_LANG) or element.get(XML_LANG)
        if code or not language:
            language = self._notes.language(code or self._default)
        text = self._text(parts[0])
        if text:
            found.definitions.append(Definition(language, text, self._text(source) if source is not None else ""))
        for part in parts[1:]:
            if part is not source:
                self._keep(part, found.extras, language)

    def _term(self, element: etree._Element, language: str, found: _Section) -> Term | None:
        word = next(element.iter("{*}term"), None)
        text = self._text(word) if word is not None else ""
        if word is None or not text:
            return None
        term = Term(from_xml(element.get("id") or word.get("id") or ""), language, text)
        extras: list[Extra] = []
        for item in _flattened(element, word):
            name, kind = category(item)
            value = self._text(item)
            if self._is_definition(item):
                self._definition(item, found, language)
            elif kind in FIRST and not len(item):
                term = self._valued(term, kind, value, extras)
            elif kind == "source" and not term.source:
                term = replace(term, source=value)
            elif name == "note" and not term.note:
                term = replace(term, note=value)
            elif (note := _keyed_note(item)) and not term.note:
                term = replace(term, note=note)
            else:
                self._keep(item, extras, "")
        return replace(term, extras=_sorted(extras))

    def _valued(self, term: Term, kind: str, value: str, extras: list[Extra]) -> Term:
        if kind == "administrativeStatus":
            usage, exact = usage_of(value)
            term = replace(term, usage=usage)
        elif kind == "termType":
            type_, exact = type_of(value)
            term = replace(term, type=type_)
        else:
            part, exact = part_of_speech_of(value)
            term = replace(term, part_of_speech=part)
        extras[:] = [extra for extra in extras if extra.name != kind]  # said twice: the last word counts
        if not exact:
            extras.append(Extra(KIND, kind, value, (("element", "termNote"),)))
        return term

    def _keep(self, element: etree._Element, extras: list[Extra], language: str) -> None:
        leaf = _leaf(element)
        more = {"language": language} if language else {}
        extra = extra_of(leaf if leaf is not None else element, **more)
        if extra is None:
            return
        if self.own:
            extra = replace(extra, name=unescape(extra.name), value=unescape(extra.value))
        extras.append(extra)

    def _text(self, element: etree._Element) -> str:
        text = text_of(element)
        return unescape(text) if self.own else text


def _children(element: etree._Element) -> Iterator[etree._Element]:
    return (item for item in element if isinstance(item.tag, str))


def _flattened(element: etree._Element, word: etree._Element) -> Iterator[etree._Element]:
    """What is said of a term: v2's ntig has some of it a level deeper."""
    for item in _children(element):
        if local(item) == "termGrp":
            yield from (inner for inner in _children(item) if inner is not word)
        elif item is not word:
            yield item


def _leaf(element: etree._Element) -> etree._Element | None:
    """The only member of a group: a group of one says no more than its member."""
    inside = list(_children(element)) if local(element) in GROUPS else []
    return inside[0] if len(inside) == 1 and not len(inside[0]) else None


def _keyed_note(element: etree._Element) -> str:
    """TBX-Min's note of a key and a value, in one text."""
    if local(element) != "noteGrp":
        return ""
    texts = [text_of(item) for item in element.iter("{*}noteKey", "{*}noteValue")]
    return ": ".join(text for text in texts if text)


def _sorted(extras: list[Extra]) -> tuple[Extra, ...]:
    """In the order in which they are written: what stands for a field, other term notes, all else."""

    def rank(extra: Extra) -> int:
        if extra.name in FIRST:
            return FIRST.index(extra.name)
        first = dict(extra.attributes)
        is_note = first.get("element") == "termNote" or first.get("xml", "").startswith("<termNoteGrp")
        return 3 if is_note else 4

    return tuple(sorted(extras, key=rank))
