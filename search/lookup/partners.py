"""What a term that stands in one text of a pair is in the other: located from what the whole corpus says.

Locating takes some milliseconds a pair. So it is done for a few, what is found is looked for in the others, and only
those that do not hold it are located in their turn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from align.document import Language
from models.encoder import Encoder
from search.corpus import Corpus
from search.folding import folded
from search.grams import Phrase
from search.hits import Places
from search.locating.word_statistics import TextPair

if TYPE_CHECKING:
    from search.locating.locator import Locator

SURE = 0.5  # confidence of a place that is marked
SMALL = 300  # pairs of a corpus whose words are learnt in a moment
_FIRST = 3  # pairs that are located first: the shortest


def locator_at_hand(corpus: Corpus, encoder: Encoder) -> Locator | None:
    """A locator, if what the corpus says of its words is kept already or learnt in a moment; None otherwise."""
    from search.derived import words_of
    from search.locating.locator import Locator
    from search.locating.statistics_file import StatisticsError, load
    from search.locating.word_encoder import word_encoder
    from search.precedents.locator import locator_of

    if corpus.pair_count() <= SMALL:
        return locator_of(corpus, encoder)
    try:
        kept = load(words_of(corpus, encoder.name), word_encoder(encoder))
    except StatisticsError:
        return None
    return Locator(kept.statistics) if kept.source.corpus == corpus.name else None


def places_of(phrase: Phrase, text: str) -> Places:
    """Where a phrase stands in a text; soon done where it does not."""
    return phrase.places(text) if phrase.stands_in(folded(text)) else ()


def partners(locator: Locator, term: str, language: Language, pairs: Sequence[TextPair]) -> list[Places]:
    """Of each pair that holds a term the places of what it is in the other language; nothing where that is unsure."""
    other: Language = "en" if language == "zh" else "zh"
    found: dict[int, Places] = {}
    renderings: Counter[str] = Counter()
    waiting = sorted(range(len(pairs)), key=lambda k: len(pairs[k].zh) + len(pairs[k].en))
    for size in (_FIRST, len(pairs)):
        some, waiting = waiting[:size], waiting[size:]
        for k, place in zip(some, locator.locate(term, language, [pairs[k] for k in some], len(pairs)), strict=True):
            if place is not None and place.confidence >= SURE:
                renderings[place.text] += 1
                found[k] = places_of(Phrase.of(place.text), pairs[k].side(other)) or (place.span,)
        usual = [Phrase.of(text) for text in sorted(renderings, key=lambda text: (-renderings[text], -len(text), text))]
        for k in waiting:
            places = (places_of(phrase, pairs[k].side(other)) for phrase in usual)
            found[k] = next(filter(None, places), ())
        waiting = [k for k in waiting if not found[k]]
    return [found.get(k, ()) for k in range(len(pairs))]
