"""UTX 1.11 (AAMT): a bilingual table of terms for machine translation, its languages in the header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from align.readers.encoding import decode
from align.readers.limits import MAX_PAIRS_BYTES, read_bytes
from glossary.concepts import Concept, Extra, Term, Usage
from glossary.errors import ExchangeError
from glossary.exchange.contracts import GlossaryFile, Notes, Written
from glossary.exchange.languages import NONE
from glossary.exchange.table_entry import Entry, with_value
from glossary.exchange.table_reading import refuse_empty
from glossary.exchange.values import original_or, part_of_speech_of, usage_of

KIND = "utx"
_LANGUAGES = re.compile(r"\b([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\s*/\s*([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\b")
_STATUS = {Usage.PREFERRED: "approved", Usage.ADMITTED: "non-standard", Usage.DEPRECATED: "forbidden"}
_READ_STATUS = {
    "approved": Usage.PREFERRED,
    "non-standard": Usage.ADMITTED,
    "forbidden": Usage.DEPRECATED,
    "provisional": Usage.NONE,
    "": Usage.NONE,
}
_KNOWN = ("src", "tgt", "src:pos", "term status", "src:comment", "tgt:comment", "comment", "concept id")
_EMPTY = "-"
_BREAKS = re.compile(r"[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def read(path: Path, languages: Mapping[str, str] = NONE) -> GlossaryFile:
    """The concepts of a UTX file; raises ExchangeError or UnreadableFileError in one sentence."""
    text, _ = decode(read_bytes(path, MAX_PAIRS_BYTES), path.name)
    lines = text.split("\n")
    head = [line for line in lines if line.startswith("#")]
    named = _LANGUAGES.search(head[0]) if head else None
    if named is None or "utx" not in head[0][:10].casefold():
        raise ExchangeError(f"{path.name}: its first line is no UTX header such as “#UTX 1.11; en/zh-CN;”; add it.")
    columns = next((line for line in reversed(head) if "\t" in line), "#src\ttgt\tsrc:pos")
    headings = [heading.strip() for heading in columns.lstrip("#").split("\t")]
    if [heading.casefold() for heading in headings[:2]] != ["src", "tgt"]:
        raise ExchangeError(
            f"{path.name}: the columns do not begin with src and tgt; correct the line above the terms."
        )
    notes = Notes(path.name, languages)
    sides = (notes.language(named[1]), notes.language(named[2]))
    if sides[0] == sides[1]:
        sides = (sides[0], f"{sides[1]}-x-target")
    entries: dict[object, Entry] = {}
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            _row(entries, dict(zip(headings, line.split("\t"), strict=False)), sides, number)
    concepts = [_concept(entry, notes, k) for k, entry in enumerate(entries.values(), 1) if entry.terms]
    refuse_empty(concepts, path.name)
    return GlossaryFile(tuple(concepts), path.name, "utx", notes.sentences())


def _row(entries: dict[object, Entry], cells: dict[str, str], sides: tuple[str, str], number: int) -> None:
    values = {name.casefold(): "" if cell.strip() == _EMPTY else cell.strip() for name, cell in cells.items()}
    given = values.get("concept id", "")
    entry = entries.setdefault(given or number, Entry(given))
    source = Term("", sides[0], values["src"], note=values.get("src:comment", "") or values.get("comment", ""))
    source = with_value(source, "part of speech", values.get("src:pos", ""), KIND)
    target = Term("", sides[1], values.get("tgt", ""), note=values.get("tgt:comment", ""))
    status = values.get("term status", "").casefold()
    target = replace(target, usage=_READ_STATUS.get(status, usage_of(status)[0]))
    if status and _STATUS.get(target.usage) != status:
        target = replace(target, extras=(Extra(KIND, "term status", status),))
    for name, cell in cells.items():
        if name.casefold() not in _KNOWN and cell.strip() not in ("", _EMPTY):
            source = replace(source, extras=(*source.extras, Extra(KIND, name, cell.strip())))
    for term in (source, target):
        if term.text and not any((t.language, t.text) == (term.language, term.text) for t in entry.terms):
            entry.terms.append(term)


def _concept(entry: Entry, notes: Notes, number: int) -> Concept:
    if entry.id:
        entry.origins.append((notes.source, entry.id))
    return entry.concept(f"entry-{number}")


def dump(concepts: tuple[Concept, ...]) -> Written:
    """The two languages that most concepts have, English first, as UTX 1.11; raises ExchangeError if there are none."""
    sides = two_languages(concepts)
    kept = dict.fromkeys(
        extra.name
        for concept in concepts
        for term in concept.of(sides[0])
        for extra in term.extras
        if extra.kind == KIND and extra.name not in ("term status", "part of speech")
    )
    headings = ("src", "tgt", "src:pos", "term status", "src:comment", "tgt:comment", "concept ID", *kept)
    pairs = [(concept, source, target) for concept in concepts for source, target in pairs_of(concept, sides)]
    lines = [f"#UTX 1.11; {sides[0]}/{sides[1]}; copyright: none stated; license: none stated; bidirectional;"]
    lines.append(f"#{chr(9).join(headings)}")
    for concept, source, target in pairs:
        own = {extra.name: extra.value for extra in source.extras if extra.kind == KIND}
        cells = [source.text, target.text, _part(source), _status(target), source.note, target.note, concept.id]
        cells += [own.get(name, "") for name in kept]
        lines.append("\t".join(_cell(cell) for cell in cells))
    return Written("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"), _losses(concepts, len(pairs)))


def two_languages(concepts: tuple[Concept, ...]) -> tuple[str, str]:
    """English and Chinese where both are there, else the two languages that most concepts have."""
    counts = Counter(language for one in concepts for language in {term.language for term in one.terms})
    common = sorted(counts, key=lambda language: (language != "en", language != "zh", -counts[language], language))
    common = [language for language in common if counts[language] > 0][:2]
    if len(common) < 2:
        raise ExchangeError("a bilingual file needs terms in two languages, and there is but one; choose TBX or CSV.")
    return common[0], common[1]


def pairs_of(concept: Concept, sides: tuple[str, str]) -> Iterator[tuple[Term, Term]]:
    """Each term with the first of the other language, none twice; nothing where one side is missing."""
    sources, targets = concept.of(sides[0]), concept.of(sides[1])
    if sources and targets:
        yield from ((sources[0], target) for target in targets)
        yield from ((source, targets[0]) for source in sources[1:])


def _part(term: Term) -> str:
    kept = tuple(extra for extra in term.extras if extra.kind == KIND)
    return original_or(term.part_of_speech, term.part_of_speech, "part of speech", kept, part_of_speech_of)


def _status(term: Term) -> str:
    kept = [extra.value for extra in term.extras if extra.kind == KIND and extra.name == "term status"]
    if kept and _READ_STATUS.get(kept[0], usage_of(kept[0])[0]) == term.usage:
        return kept[0]
    return _STATUS.get(term.usage, term.usage.value)


def _cell(text: str) -> str:
    return _BREAKS.sub(" ", text).strip() or _EMPTY


def _losses(concepts: tuple[Concept, ...], rows: int) -> tuple[str, ...]:
    if not rows:
        raise ExchangeError("not one concept has terms in both languages; choose TBX or CSV.")
    notes = ["UTX holds pairs of terms in two languages; definitions, sources and other fields were left out."]
    sides = two_languages(concepts)
    missing = sum(not next(pairs_of(concept, sides), None) for concept in concepts)
    if missing:
        notes.append(f"Concepts without terms in both {sides[0]} and {sides[1]} were left out: {missing:,}.")
    return tuple(notes)
