"""What somebody may have meant whose words the corpus does not hold: the same, spelt as the corpus spells it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, product

import regex

from align.document import Language
from search.corpus import Corpus
from search.folding import folded
from search.locating.words import cut
from search.records import Filters

MOST = 3  # spellings that are given
_WORDS = 3  # candidates for each unknown word
_ALIKE = 0.72  # of two words, one less the share of letters to change
_SHORT: Mapping[Language, int] = {"en": 6, "zh": 4}  # letters, characters: what is shorter is like too much
_EDGES = 5  # characters of which the first or the last may be wrong
_TOO_MANY = 6  # characters of which one may be too many
_READ = 200  # paragraphs that hold the half which is right
_LATIN = regex.compile(r"[\p{Latin}'’]+")
_HAN = regex.compile(r"\p{Han}+")


def spellings(
    query: str, language: Language, corpus: Corpus, words: Mapping[str, object], filters: Filters
) -> tuple[str, ...]:
    """Phrases of the corpus that differ from a query, which it does not hold, by what looks like a slip; best first.

    ``words``: those of the corpus, folded. English words that it does not know are replaced by like ones, of a Chinese
    phrase one character is wrong, missing or too many. Raises CorpusError.
    """
    if language == "zh":
        return tuple(islice(_one_character(folded(query), corpus, filters), MOST))

    def holds(phrase: str) -> bool:
        return bool(corpus.count_containing(phrase, "en", filters, 1))

    return tuple(islice(_like_words(cut(query, "en").keys, words, holds), MOST))


def _like_words(keys: Sequence[str], words: Mapping[str, object], holds: Callable[[str], bool]) -> Iterator[str]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    choices: list[list[tuple[str, float]]] = []
    known = [word for word in words if len(word) >= _SHORT["en"] and _LATIN.fullmatch(word)]
    for key in keys:
        if key in words or len(key) < _SHORT["en"]:
            choices.append([(key, 1.0)])
            continue
        found = process.extract(key, known, scorer=OSA.normalized_similarity, score_cutoff=_ALIKE, limit=_WORDS)
        choices.append([(word, likeness) for word, likeness, _ in found])
    if not any(likeness < 1 for some in choices for _, likeness in some):
        return
    ways = sorted(product(*choices), key=lambda way: -sum(likeness for _, likeness in way))
    yield from (phrase for way in ways[: _WORDS**2] if holds(phrase := " ".join(word for word, _ in way)))


def _one_character(query: str, corpus: Corpus, filters: Filters) -> Iterator[str]:
    """One slip leaves one half of a phrase as it is: the paragraphs with that half are looked through."""
    if len(query) < _SHORT["zh"] or not _HAN.fullmatch(query):
        return
    middle = len(query) // 2
    counts: Counter[str] = Counter()
    for half in (query[:middle], query[middle:]):
        for pair in corpus.containing(half, "zh", filters, limit=_READ):
            text = folded(pair.text("zh"))
            for found in regex.finditer(regex.escape(half), text):
                before = 0 if half == query[:middle] else middle
                counts.update(set(_windows(text, found.start() - before, query)))
    same_length = sorted(counts, key=lambda phrase: (len(phrase) != len(query), -counts[phrase], phrase))
    yield from same_length


def _windows(text: str, start: int, query: str) -> Iterator[str]:
    """What stands at about a place of a text and is the query but for one character."""
    from rapidfuzz.distance import OSA

    for shift, longer in ((0, 0), (0, 1), (0, -1), (-1, 1), (1, -1)):
        first = start + shift
        window = text[max(first, 0) : max(first + len(query) + longer, 0)]
        if first < 0 or not _HAN.fullmatch(window) or OSA.distance(window, query) != 1:
            continue
        if longer < 0 and len(query) < _TOO_MANY:
            continue
        edges = window[0] == query[0] and window[-1] == query[-1]
        if edges or (longer == 0 and len(query) >= _EDGES):
            yield window
