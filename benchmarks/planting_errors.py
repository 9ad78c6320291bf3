"""Errors to plant in translations: where they may stand, and what is written there instead. All by a seed."""

from __future__ import annotations

import lzma
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import regex

from align.anchors import anchors
from align.evaluate import GoldDocument
from glossary.checking.wording import Reading, stems
from glossary.concepts import Concept
from glossary.matching import TermMatcher

_FIGURE = regex.compile(r"\d")
_ATTESTED = 3  # times
_NUMERALS = "二三四五六七八九"
_WORD = regex.compile(r"\p{Han}+")


@dataclass(frozen=True, slots=True)
class Site:
    """A place where an error may be planted: of this kind, in a line of a document's translation, at a span.

    ``now`` is what is written there; ``about`` what the original has.
    """

    kind: str
    document: str
    line: int
    span: tuple[int, int]
    now: str
    about: str
    concept: str = ""


class Synonyms:
    """Other Chinese words with the same English gloss in a dictionary, that documents of the UN do use."""

    def __init__(self, dictionary: Path, texts: Path) -> None:
        with lzma.open(texts, "rt", encoding="utf-8") as file:
            attested = _runs(file.read())
        by_gloss: dict[str, list[str]] = defaultdict(list)
        with lzma.open(dictionary, "rt", encoding="utf-8") as file:
            for row in file:
                gloss, _, word = row.rstrip("\n").partition("\t")
                if 2 <= len(word) <= 4 and _WORD.fullmatch(word) and attested[word] >= _ATTESTED:
                    by_gloss[gloss.casefold()].append(word)
        self._others: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for gloss, words in by_gloss.items():
            for word in words:
                self._others[word] += [(gloss, one) for one in words if not set(one) <= set(word) | set("的")]

    def variant(self, term: str, english: str, random: Random) -> str:
        """The term with one of its words exchanged for one that means the same of the English; "" where none does."""
        meant = stems(english)
        found = []
        for n in (4, 3, 2):
            for k in range(len(term) - n + 1):
                for gloss, other in self._others.get(term[k : k + n], ()):
                    if other not in term and stems(gloss) and all(stem in meant for stem in stems(gloss)):
                        found.append(term[:k] + other + term[k + n :])
        return random.choice(sorted(set(found))) if found else ""


def _runs(text: str) -> Counter[str]:
    """How often runs of two to four characters stand in a text."""
    return Counter(text[k : k + n] for n in (2, 3, 4) for k in range(len(text) - n + 1))


def tight(text: str) -> str:
    """A text without spaces and with narrow brackets, as it can be known again after it was read from a file."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def partners(document: GoldDocument) -> Iterator[tuple[int, int]]:
    """Lines of the Chinese and the English that are linked one to one."""
    for zh, en in document.links:
        if len(zh) == len(en) == 1:
            yield zh[0], en[0]


def term_sites(
    kind: str, documents: Sequence[GoldDocument], concepts: Sequence[Concept], variants: Mapping[str, str]
) -> Iterator[Site]:
    """Paragraphs in which a term is rendered as the concept says, of which one place gets the variant."""
    matcher, by_id = TermMatcher.of(concepts, "en"), {one.id: one for one in concepts}
    for document in documents:
        for zh, en in partners(document):
            text = document.zh[zh]
            matches = matcher.find(document.en[en])
            for found in {match.concept: match for match in matches}.values():
                term = by_id[found.concept].of("zh")[0].text
                places = [k for k in range(len(text)) if text.startswith(term, k)]
                if len(places) != sum(match.concept == found.concept for match in matches):
                    continue  # it also stands there for something else, or in another form
                about = document.en[en][found.start : found.end]
                for start in places[-1:]:
                    span = (start, start + len(term))
                    yield Site(kind, document.name, zh, span, variants[found.concept], about, found.concept)


def recurring_sites(
    documents: Sequence[GoldDocument], concepts: Sequence[Concept], variants: Mapping[str, str], least: int
) -> Iterator[Site]:
    """Terms that a document renders the same in so many paragraphs at least, in all that have them."""
    for document in documents:
        for concept in concepts:
            sites = list(term_sites("consistency", [document], [concept], variants))
            matcher, term = TermMatcher.of([concept], "en"), concept.of("zh")[0].text
            held = [zh for zh, en in partners(document) if matcher.find(document.en[en])]
            same = [zh for zh in held if Reading.of(document.zh[zh], "zh").uses(term)]
            if len(held) >= least and len(same) == len(held):
                yield from sites


def figure_sites(documents: Sequence[GoldDocument], random: Random) -> Iterator[Site]:
    """Numbers, dates and symbols that both languages have, with another value."""
    names = {"n": "number", "d": "date", "s": "symbol"}
    for document in documents:
        for zh, en in partners(document):
            there = {a.key for a in anchors(document.en[en], "en")}
            text = document.zh[zh]
            for one in anchors(text, "zh"):
                written = text[one.start : one.end]
                now = _altered(written, random)
                new = anchors(text[: one.start] + now + text[one.end :], "zh")
                same = [a.key for a in new if a.start == one.start and a.key[0] == one.key[0]]
                if one.key[0] in names and one.key in there and same and same[0] not in there:
                    yield Site(names[one.key[0]], document.name, zh, (one.start, one.end), now, written)


def _altered(written: str, random: Random) -> str:
    """One of its figures, or numerals, another one."""
    places = [k for k, c in enumerate(written) if _FIGURE.match(c) or c in _NUMERALS]
    if not places:
        return ""
    at = random.choice(places)
    among = "123456789" if _FIGURE.match(written[at]) else _NUMERALS
    return written[:at] + random.choice([c for c in among if c != written[at]]) + written[at + 1 :]


def reworded(text: str, english: str, synonyms: Synonyms, random: Random) -> tuple[tuple[int, int], str] | None:
    """A text with a word exchanged or some characters left out: the place and what stands there then."""
    words = [found.span() for found in _WORD.finditer(text) if len(found[0]) >= 6]
    if not words:
        return None
    if random.random() < 0.3:
        start, end = random.choice(words)
        at = random.randrange(start + 1, end - 3)
        return (at, at + 2), ""
    start, end = words[0][0], words[-1][1]
    changed = synonyms.variant(text[start:end], english, random)
    return ((start, end), changed) if changed else None
