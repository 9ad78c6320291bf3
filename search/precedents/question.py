"""A term that is looked up, checked, and the pairs of the corpus that hold it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from align.document import Language
from align.errors import InputError
from align.table import BeadKind
from search.locating.words import cut
from search.precedents.places import Place, Sought
from search.records import TWO_SIDED, Filters, StoredPair

if TYPE_CHECKING:
    from search.corpus import Corpus

_YEAR = regex.compile(r"(?<=[/(])(?:19[4-9]|20[0-9])[0-9](?=[/)])")
LONGEST_TERM = 200  # characters


@dataclass(frozen=True, slots=True)
class Question:
    """A term in a language, and in which pairs it is looked up.

    ``longer`` are longer terms that it is never counted inside; ``inside`` counts it inside longer names all the same.
    """

    term: str
    language: Language
    filters: Filters = field(default_factory=Filters)
    longer: tuple[str, ...] = ()
    inside: bool = False

    @property
    def other(self) -> Language:
        """The language of the renderings."""
        return "en" if self.language == "zh" else "zh"


@dataclass(frozen=True, slots=True)
class Holding:
    """A pair and the places in it (code points, end exclusive) where the term stands."""

    pair: StoredPair
    text: str  # in the term's language
    places: tuple[Place, ...]

    @property
    def linked(self) -> bool:
        """Whether the pair has both languages, as running text."""
        return self.pair.record.kind in (BeadKind.LINK, BeadKind.MOVED)

    @property
    def alone(self) -> bool:
        """Whether the pair's other language is missing."""
        return self.pair.record.kind not in TWO_SIDED


def question(
    term: str,
    language: Language | None = None,
    filters: Filters | None = None,
    longer: Sequence[str] = (),
    inside: bool = False,
) -> Question:
    """The question; without a language that of the term's letters. Raises InputError where it can be no term."""
    plain = " ".join(term.split())
    if len(plain) > LONGEST_TERM:
        raise InputError(f"{len(plain):,} characters are too long for a term; give {LONGEST_TERM} at most.")
    kinds = cut(plain, "zh").kinds
    if not set(kinds) - {"mark"}:
        raise InputError(f"“{plain}” holds no word to look up; give a term in Chinese or English.")
    guess: Language = language or ("zh" if "han" in kinds else "en")
    return Question(plain, guess, filters or Filters(), tuple(longer), inside)


def holding(corpus: Corpus, asked: Question) -> Iterator[Holding]:
    """The pairs that hold the term as a whole word, in either number and spelling; each text of a symbol once."""
    sought = Sought.make(asked.term, asked.language)
    seen: set[int] = set()
    known: set[tuple[str, str, str]] = set()
    for form in sought.forms:
        for pair in corpus.containing(form, asked.language, asked.filters):
            record = pair.record
            same = (pair.symbol or f"#{pair.document}", record.zh_text, record.en_text)
            if pair.id in seen or (pair.symbol and same in known):
                continue
            seen.add(pair.id)
            text = record.zh_text if asked.language == "zh" else record.en_text
            places = sought.places(text)
            if places:
                known.add(same)
                yield Holding(pair, text, places)


def date_of(pair: StoredPair) -> str:
    """The date of a pair's document, or else the year that its symbol names ("E/2023/74", "S/RES/1373 (2001)")."""
    found = None if pair.date else _YEAR.search(pair.symbol)
    return found[0] if found else pair.date


def document_of(pair: StoredPair) -> str:
    """What makes documents one: their symbol, or else their number."""
    return pair.symbol or f"#{pair.document}"
