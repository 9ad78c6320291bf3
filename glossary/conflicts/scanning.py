"""The first, cheap pass: which terms of the glossary occur in the corpus, and where none of their own renderings does.

One reading of the texts of both languages with the matcher of ``glossary.matching``: a place of a term is explained
where a term of the same concept stands in the other text. What is left unexplained may be rendered otherwise, and only
such terms are worth a closer look.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from align.document import Language
from glossary.concepts import Concept, Term
from glossary.duplicates import family
from glossary.matching import Match, TermMatcher
from search.corpus import Corpus
from search.folding import folded
from search.precedents.renderings import group_key
from search.records import Filters, StoredPair

READ = 100_000  # pairs; of more, the newest
KEPT = 2000  # ids kept for a term
LONGEST_ACRONYM = 5  # letters

LANGUAGES: tuple[Language, Language] = ("en", "zh")


@dataclass
class Seen:
    """A term as the corpus has it: the pairs that hold it, and in how many of them no term of its concepts is.

    ``renderings`` counts the terms of its own concepts in the other language, by their keys.
    """

    language: Language
    term: Term
    concepts: tuple[str, ...]
    pairs: list[int] = field(default_factory=list)
    unexplained: int = 0
    renderings: dict[str, int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The term as people write it: in small letters where the glossary has capitals only, as the thesaurus has."""
        text = self.term.text
        return text.lower() if text.isupper() and len(text) > LONGEST_ACRONYM else text

    @property
    def telling(self) -> float:
        """What orders terms: many places that nothing explains, and not few among all."""
        rivals = sum(self.renderings.values()) - max(self.renderings.values(), default=0)
        open_ = self.unexplained + rivals
        return open_ * math.sqrt(open_ / max(1, len(self.pairs)))


def scan(
    corpus: Corpus,
    concepts: Iterable[Concept],
    only: Collection[tuple[Language, str]] | None = None,
    step: Callable[[], None] = lambda: None,
) -> dict[tuple[Language, str], Seen]:
    """What the corpus shows of the glossary's terms, by language and key of the term.

    ``only`` names the terms that are wanted; ``step`` is called for each pair that was read.
    """
    everything = list(concepts)
    matchers = {language: TermMatcher.of(everything, language) for language in LANGUAGES}
    shared = _shared(everything)
    seen: dict[tuple[Language, str], Seen] = {}
    for pair in islice(corpus.pairs(_newest(corpus)), READ):
        step()
        if not pair.record.zh_text or not pair.record.en_text:
            continue
        found = {language: matchers[language].find(pair.text(language)) for language in LANGUAGES}
        for language, other in (LANGUAGES, LANGUAGES[::-1]):
            _note(seen, shared, language, pair, found[language], found[other], only)
    return seen


def term_key(text: str, language: Language) -> str:
    """What makes terms one: singular and plural, script, width, spacing and hyphens folded."""
    return group_key(text, language) or folded(text)


def _newest(corpus: Corpus) -> Filters:
    """All pairs that have both sides, or the newest documents of a corpus too large to be read at once."""
    documents = corpus.list()
    read = 0
    for document in sorted(documents, key=lambda one: -one.state):
        read += document.pairs
        if read > READ:
            return Filters(linked=True, since=document.state - 1)
    return Filters(linked=True)


def _shared(concepts: Iterable[Concept]) -> Mapping[tuple[Language, str], tuple[str, ...]]:
    """The concepts that have a term, by language and key."""
    found: dict[tuple[Language, str], dict[str, None]] = defaultdict(dict)
    for concept in concepts:
        for term in concept.terms:
            for language in LANGUAGES:
                if family(term.language) == language:
                    found[language, term_key(term.text, language)][concept.id] = None
    return {key: tuple(ids) for key, ids in found.items()}


def _note(
    seen: dict[tuple[Language, str], Seen],
    shared: Mapping[tuple[Language, str], tuple[str, ...]],
    language: Language,
    pair: StoredPair,
    mine: Iterable[Match],
    theirs: Iterable[Match],
    only: Collection[tuple[Language, str]] | None,
) -> None:
    """Count the terms of one text; a term counts once a pair."""
    other: Language = "en" if language == "zh" else "zh"
    partners: dict[str, set[str]] = defaultdict(set)
    for match in theirs:
        partners[match.concept].add(term_key(match.term.text, other))
    done: set[str] = set()
    for match in mine:
        key = term_key(match.term.text, language)
        if key in done or (only is not None and (language, key) not in only):
            continue
        done.add(key)
        one = seen.get((language, key))
        if one is None:
            one = seen[language, key] = Seen(language, match.term, shared[language, key])
        if len(one.pairs) < KEPT:
            one.pairs.append(pair.id)
        renderings = {name for concept in one.concepts for name in partners.get(concept, ())}
        one.unexplained += not renderings
        for name in renderings:
            one.renderings[name] = one.renderings.get(name, 0) + 1
