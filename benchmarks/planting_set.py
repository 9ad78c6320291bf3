"""What errors are planted in: the gold documents as files, a glossary that holds in them, adopted texts to quote."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from align.aligner import Aligner
from align.document import Document, FootnoteReference
from align.documents import align_documents
from align.evaluate import GoldDocument
from align.readers import read
from align.table import BeadKind, BeadRecord
from benchmarks.planting_errors import Site, partners, tight
from benchmarks.texts import SHARED
from glossary.checking.checker import Checker
from glossary.checking.draft import Draft, draft_of
from glossary.checking.findings import Report
from glossary.checking.rendering import text_pairs
from glossary.checking.wording import Reading
from glossary.concepts import Concept, Term, Usage, Workflow
from glossary.matching import TermMatcher
from models.static import StaticEncoder
from search.locating.locator import Locator
from search.quotations.sets import read_quote_texts
from search.quotations.sources import MemorySource
from search.quotations.tracing import Tracer
from search.quotations.wording import Wording
from search.records import StoredPair
from search.symbols import document_type

NUMBER = 8  # characters of a paragraph's own number, which the reader takes out of its text
HOLDS = 0.9  # of the paragraphs with the English term have the approved rendering


@dataclass
class Text:
    """A document to be checked: its lines, notes by line of either language, and what is planted in it."""

    name: str
    zh: list[str]
    en: list[str]
    links: list[tuple[int, int]]
    notes: list[tuple[int, int, str]] = field(default_factory=list)  # lines of both languages, mark
    quoted: list[tuple[int, int]] = field(default_factory=list)  # lines that are paragraphs of adopted texts
    sites: list[Site] = field(default_factory=list)

    def with_errors(self) -> Text:
        """The same with its errors in it."""
        lines = list(self.zh)
        for site in self.sites:
            if site.kind != "footnote":
                lines[site.line] = lines[site.line][: site.span[0]] + site.now + lines[site.line][site.span[1] :]
        return replace(self, zh=lines)


@dataclass(frozen=True)
class Bench:
    """What all documents are checked with."""

    encoder: StaticEncoder
    concepts: tuple[Concept, ...]
    held: tuple[StoredPair, ...]

    def check(self, text: Text, planted: bool) -> Report:
        """Write both files, read and align them, put the notes in, check."""
        made = text.with_errors() if planted else text
        with tempfile.TemporaryDirectory() as folder:
            zh, en = (_document(Path(folder), language, made) for language in ("zh", "en"))
        wrong = {site.line: site.now for site in text.sites if site.kind == "footnote"} if planted else {}
        zh = _noted(zh, [(line, wrong.get(line, mark)) for line, _, mark in text.notes], made.zh)
        en = _noted(en, [(line, mark) for _, line, mark in text.notes], made.en)
        draft = draft_of(zh, en, align_documents(zh, en, Aligner.make(self.encoder)))
        source = MemorySource([pair for pair in self.held if pair.symbol != text.name], self.encoder)
        tracer = Tracer(source, Wording(self.encoder).of)
        return Checker(self.concepts, self._locator, tracer, self.encoder.name).check(draft)

    def _locator(self, draft: Draft) -> Locator:
        return Locator.learn(text_pairs(draft), self.encoder)


def _document(folder: Path, language: str, text: Text) -> Document:
    path = folder / f"{text.name}.{language}.txt"
    path.write_text("\n".join(text.zh if language == "zh" else text.en) + "\n", encoding="utf-8")
    return read(path)


def _noted(document: Document, notes: Sequence[tuple[int, str]], lines: Sequence[str]) -> Document:
    """With references at the ends of the paragraphs that hold these lines."""
    marks = {tight(lines[line]): mark for line, mark in notes if mark}
    changed = []
    for one in document.paragraphs:
        own = tight(one.text)
        # The reader takes a paragraph's number out of its text.
        same = (line for line in list(marks) if own and line.endswith(own) and len(line) - len(own) < NUMBER)
        mark = next((marks.pop(line) for line in same), "")
        changed.append(
            replace(one, footnotes=(*one.footnotes, FootnoteReference(mark, len(one.text)))) if mark else one
        )
    return replace(document, paragraphs=tuple(changed))


def glossary_of(documents: Sequence[GoldDocument]) -> list[Concept]:
    """One concept for each term pair that holds in these documents."""
    rows = {en: zh for zh, en, *_ in _rows("gold_terms/terms.tsv")}
    for _, zh, en, *_ in _rows("unbis_thesaurus.tsv"):
        rows.setdefault(en.lower(), zh)
    made = [concept(f"c{k}", en, zh) for k, (en, zh) in enumerate(rows.items(), 1) if "(" not in en]
    matcher, by_id = TermMatcher.of(made, "en"), {one.id: one for one in made}
    held, used = Counter[str](), Counter[str]()
    for document in documents:
        for k, n in partners(document):
            reading = Reading.of(document.zh[k], "zh")
            for identifier in {match.concept for match in matcher.find(document.en[n])}:
                held[identifier] += 1
                used[identifier] += reading.uses(by_id[identifier].of("zh")[0].text)
    return [one for one in made if held[one.id] and used[one.id] >= HOLDS * held[one.id]]


def _rows(name: str) -> list[list[str]]:
    lines = (SHARED / "un" / name).read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


def concept(number: str, en: str, zh: str, forbidden: str = "", status: Workflow = Workflow.APPROVED) -> Concept:
    """A concept of one English and one Chinese term, and perhaps a Chinese one that is not to be used."""
    terms = [Term("t1", "en", en, Usage.PREFERRED), Term("t2", "zh", zh, Usage.PREFERRED)]
    terms += [Term("t3", "zh", forbidden, Usage.DEPRECATED)] if forbidden else []
    return Concept(number, terms=tuple(terms), workflow={"en": status, "zh": status})


def stored_pairs(documents: Sequence[GoldDocument]) -> tuple[StoredPair, ...]:
    """What may be quoted: sentences of 2015, resolutions of 2019, and the other documents themselves."""
    found: list[tuple[str, str, str]] = []
    for text in read_quote_texts([SHARED / "bench" / "unpc_dev"]):
        found.append((text.document.partition("/")[2].upper(), text.zh, text.en))
    for resolution, status, _, zh, en in (row[:5] for row in _rows("seed002_pairs.tsv")):
        found += [(f"A/RES/{resolution}", zh, en)] if status == "full" else []
    for document in documents:
        found += [(document.name, document.zh[k], document.en[n]) for k, n in partners(document)]
    numbers = {symbol: k for k, symbol in enumerate(dict.fromkeys(symbol for symbol, *_ in found), 1)}
    return tuple(_stored(k, numbers[row[0]], row) for k, row in enumerate(found, 1))


def _stored(number: int, document: int, row: tuple[str, str, str]) -> StoredPair:
    symbol, zh, en = row
    record = BeadRecord((0,), (0,), zh, en, None, 1.0, BeadKind.LINK)
    kind = "RES" if symbol.startswith("e_res_") else document_type(symbol)
    return StoredPair(number, document, number, record, symbol, kind, "", "", 1)
