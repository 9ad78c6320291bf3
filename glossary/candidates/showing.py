"""What a candidate is decided by: pairs that show it, for each of its renderings, and a concept reworded to one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from align.document import Language
from glossary.candidates.figures import Figures
from glossary.concepts import Concept, Evidence, Term, Usage
from glossary.duplicates import family
from search.corpus import Corpus
from search.folding import folded
from search.grams import Phrase
from search.records import Filters, StoredPair

LOOKED_AT = 200  # pairs with the English term
SHOWN = 5
RENDERINGS = 5


@dataclass(frozen=True, slots=True)
class Rendering:
    """A Chinese term that a candidate may get; in how many pairs it was seen, None of the candidate's own."""

    text: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair that shows both terms, as its text was when it was kept; None where the corpus no longer has it."""

    evidence: Evidence
    pair: StoredPair | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What the corpus shows of a pair of terms: some pairs; how many hold both, of how many documents.

    ``more``: there are more than were looked at.
    """

    shown: tuple[Shown, ...]
    pairs: int
    documents: int
    more: bool = False


def main_term(concept: Concept, language: str) -> Term | None:
    """The preferred term of a language in any script, or else the first that may be used, or the first."""
    own = [term for term in concept.terms if family(term.language) == language]
    order = (Usage.PREFERRED, Usage.ADMITTED, Usage.NONE)
    return min(own, key=lambda one: order.index(one.usage) if one.usage in order else len(order), default=None)


def text_of(concept: Concept, language: str) -> str:
    """The words of its main term in a language, "" where it has none."""
    term = main_term(concept, language)
    return term.text if term else ""


def renderings(concept: Concept, figures: Figures | None) -> tuple[Rendering, ...]:
    """The Chinese terms to choose from: its own, and those that compete for its English term."""
    own = text_of(concept, "zh")
    if not own or figures is None:
        return (Rendering(own),) if own else ()
    others = (Rendering(one.zh, one.count) for one in figures.competitors if one.zh != own)
    return (Rendering(own), *others)[:RENDERINGS]


def seen(corpus: Corpus, concept: Concept, zh: str) -> Seen:
    """What shows a concept with this Chinese term: the evidence that is kept of it first, then what is found."""
    en = text_of(concept, "en")
    language: Language = "en" if en else "zh"
    other = zh if en else ""
    longer = _longer(concept, zh)
    found = _holding(corpus, en or zh, language)
    both = _with(found, other, longer)
    if other and not both:  # an extraction takes the plural for the same
        found = _holding(corpus, f"{en}*", language)
        both = _with(found, other, longer)
    shown = {one.evidence.pair: one for one in _kept(corpus, concept, zh)}
    for pair in both:
        if len(shown) >= SHOWN:
            break
        shown.setdefault(pair.id, Shown(_evidence(pair, zh, en, longer), pair))
    documents = {pair.document for pair in both}
    return Seen(tuple(shown.values())[:SHOWN], len(both), len(documents), len(found) == LOOKED_AT)


def _holding(corpus: Corpus, text: str, language: Language) -> list[StoredPair]:
    return list(corpus.containing(text, language, Filters(linked=True), limit=LOOKED_AT)) if text else []


def _with(pairs: list[StoredPair], zh: str, longer: Sequence[Phrase]) -> list[StoredPair]:
    """The pairs that have the Chinese term too, not only inside a longer one."""
    phrase = Phrase.of(zh)
    both = [pair for pair in pairs if not zh or phrase.stands_in(folded(pair.record.zh_text))]
    return [pair for pair in both if _alone(phrase, pair.record.zh_text, longer)] if zh and longer else both


def _longer(concept: Concept, zh: str) -> tuple[Phrase, ...]:
    """The concept's own terms and the other renderings of it that a term is part of."""
    given = [one.text for one in renderings(concept, Figures.kept_with(concept))]
    texts = dict.fromkeys([*given, *(term.text for term in concept.terms)])
    return tuple(Phrase.of(text) for text in texts if zh and zh != text and folded(zh) in folded(text))


def _alone(phrase: Phrase, text: str, longer: Sequence[Phrase]) -> tuple[tuple[int, int], ...]:
    """Where a phrase stands in a text, but for places inside those of longer ones."""
    around = [place for one in longer for place in one.places(text)]
    return tuple(
        (start, end) for start, end in phrase.places(text) if not any(a <= start and end <= b for a, b in around)
    )


def reworded(corpus: Corpus, concept: Concept, zh: str) -> Concept:
    """The concept with another Chinese term in place of its main one, and pairs that show that one for evidence."""
    old = main_term(concept, "zh")
    if old is None or old.text == zh:
        return concept
    evidence = tuple(one.evidence for one in seen(corpus, concept, zh).shown)
    there = next((term for term in concept.terms if term.language == old.language and term.text == zh), None)
    new = replace(old, text=zh, evidence=evidence)
    terms = [new if term is old else term for term in concept.terms if term is not there]
    english = main_term(concept, "en")
    if evidence and english is not None:  # what showed the other rendering does not show this pair of terms
        terms = [replace(term, evidence=evidence) if term is english else term for term in terms]
    return replace(concept, terms=tuple(terms))


def _kept(corpus: Corpus, concept: Concept, zh: str) -> Iterator[Shown]:
    """The evidence of the term; of a text that no term has, none."""
    if zh and all(term.text != zh for term in concept.terms):
        return
    kept = dict.fromkeys(one for term in concept.terms if term.text == zh or not zh for one in term.evidence)
    pairs = {pair.id: pair for pair in corpus.pairs_among([one.pair for one in kept])}
    for one in kept:
        yield Shown(one, pairs.get(one.pair))


def _evidence(pair: StoredPair, zh: str, en: str, longer: Sequence[Phrase]) -> Evidence:
    zh_text, en_text = pair.record.zh_text, pair.record.en_text
    return Evidence(pair.id, pair.symbol, zh_text, en_text, _place(zh, zh_text, longer), _place(en, en_text))


def _place(term: str, text: str, longer: Sequence[Phrase] = ()) -> tuple[int, int]:
    """Where a term, or it with another ending, first stands in a text; nowhere is the empty beginning."""
    places = _alone(Phrase.of(term), text, longer) or Phrase.of(f"{term}*").places(text) if term else ()
    return places[0] if places else (0, 0)
