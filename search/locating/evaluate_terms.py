"""Measure how well renderings are located, against occurrences that people have marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from align.document import Language
from align.errors import InputError
from align.evaluate import lines
from align.signature import signature
from models.encoder import Encoder
from search.locating.locator import Located, Locator, rendering_key
from search.locating.word_encoder import word_encoder
from search.locating.word_statistics import TextPair
from search.locating.words import cut


@dataclass(frozen=True, slots=True)
class TermOccurrence:
    """A term, its rendering, and the pair that both stand in, as a person marked them."""

    zh: str
    en: str
    pair_id: str

    def side(self, language: Language) -> str:
        """The term in that language."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class TermEvaluation:
    """Of ``count`` marked occurrences, how many were found exactly (plural s aside) or overlapping, each way."""

    signature: str
    count: int
    exact_zh_en: float
    exact_en_zh: float
    overlap_zh_en: float
    overlap_en_zh: float


def read_pairs_table(path: Path) -> tuple[TextPair, ...]:
    """Pairs of a TSV file with the columns id, zh, en; raises InputError where it has others."""
    return tuple(TextPair(*cells) for cells in _table(path, ("id", "zh", "en")))


def read_terms_table(path: Path) -> tuple[TermOccurrence, ...]:
    """Marked occurrences of a TSV file with the columns zh, en, pair_id; raises InputError where it has others."""
    found = tuple(TermOccurrence(*cells) for cells in _table(path, ("zh", "en", "pair_id")))
    if not found:
        raise InputError(f"{path.name} holds no terms: give a file with a line for each occurrence of a term.")
    return found


def _table(path: Path, columns: tuple[str, ...]) -> list[list[str]]:
    rows = [line.rstrip("\r").split("\t") for line in lines(path)]
    if not rows or not set(columns) <= set(rows[0]):
        raise InputError(f"{path.name}, line 1 must name the columns {', '.join(columns)}, separated by tabs.")
    places = [rows[0].index(column) for column in columns]
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(rows[0]):
            raise InputError(f"{path.name}, line {number} has {len(row)} columns instead of {len(rows[0])}.")
    return [[row[place] for place in places] for row in rows[1:]]


def evaluate_terms(terms: Sequence[TermOccurrence], pairs: Sequence[TextPair], encoder: Encoder) -> TermEvaluation:
    """Locate each term in its pair, both ways; the pairs are the corpus. Raises InputError where a pair is missing."""
    by_id = {pair.id: pair for pair in pairs}
    for term in terms:
        if term.pair_id not in by_id:
            raise InputError(
                f"The pairs have no {term.pair_id!r}, which the term {term.zh!r} names: give both files of a set."
            )
    words = word_encoder(encoder)
    locator = Locator.learn(pairs, words)
    exact_en, overlap_en = _judge(terms, by_id, locator, "zh")
    exact_zh, overlap_zh = _judge(terms, by_id, locator, "en")
    made = signature(model=str(getattr(words, "name", "")), task="eval-terms", pairs=str(len(pairs)), n=str(len(terms)))
    return TermEvaluation(made, len(terms), exact_en, exact_zh, overlap_en, overlap_zh)


def _judge(
    terms: Sequence[TermOccurrence], by_id: Mapping[str, TextPair], locator: Locator, language: Language
) -> tuple[float, float]:
    """Shares of the occurrences found exactly and overlapping, from terms in that language."""
    other: Language = "en" if language == "zh" else "zh"
    groups: dict[str, list[TermOccurrence]] = defaultdict(list)
    for occurrence in terms:
        groups[occurrence.side(language)].append(occurrence)
    pairs = list(by_id.values())
    texts = [_joined(pair.side(language), language) for pair in pairs]
    exact = overlap = 0
    for term, marked in groups.items():
        needle = _joined(term, language)
        wanted = {occurrence.pair_id for occurrence in marked}
        holding = [pair for pair, text in zip(pairs, texts, strict=True) if pair.id in wanted or needle in text]
        found = {pair.id: place for pair, place in zip(holding, locator.locate(term, language, holding), strict=True)}
        for occurrence in marked:
            place = found[occurrence.pair_id]
            text = by_id[occurrence.pair_id].side(other)
            exact += place is not None and place.key == rendering_key(occurrence.side(other), other)
            overlap += place is not None and _overlaps(place, text, occurrence.side(other))
    return exact / len(terms), overlap / len(terms)


def _joined(text: str, language: Language) -> str:
    units = cut(text, language)
    return f" {units.folded(0, len(units))} " if language == "en" else units.folded(0, len(units))


def _overlaps(place: Located, text: str, marked: str) -> bool:
    """Whether the place shares a character with any occurrence of the marked rendering."""
    lowered, wanted = text.lower(), marked.lower()
    at = lowered.find(wanted)
    while at >= 0:
        if place.span[0] < at + len(wanted) and at < place.span[1]:
            return True
        at = lowered.find(wanted, at + 1)
    return False
