"""Renderings in documents whose other language is missing: found by meaning alone, and shown as likely, never counted.

The three steps: the paragraphs that hold a run of words most like the term; in the neighbourhood of that run, what the
locator takes for the rendering, as if the term were the other text; of these the ones that mean what the term means,
with every paragraph that they stand in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import regex

from search.locating.word_statistics import TextPair
from search.precedents.places import Place, Sought, within
from search.precedents.question import Question, document_of
from search.precedents.renderings import group_key
from search.precedents.word_meaning import meanings
from search.records import StoredPair

if TYPE_CHECKING:
    from models.encoder import Vectors, WordEncoder
    from search.corpus import Corpus
    from search.locating.locator import Locator

MOST_PARAGRAPHS = 3000  # that are looked through, of the documents that came last
STUDIED = 40  # paragraphs in which the rendering is looked for
RUN = 8  # tokens in a run that is compared with the term
NEAR = 0.15  # below the best run's cosine, for a paragraph that is studied
LEAST = 0.6  # cosine of a likely rendering and the term
CLOSE = 0.12  # below the likeliest one's cosine, for others beside it
FAIR = 0.05  # of the occurrences of the most frequent one
SAYS_MORE = 0.02  # of cosine
LONGER = 6  # characters that may be missing at the end of a form
AROUND = 40  # characters around the run
_AT_ONCE = 200  # paragraphs compared at a time


@dataclass(frozen=True, slots=True)
class Likely:
    """What probably renders a term in texts without their other language: its places, and its cosine with the term."""

    text: str
    likeness: float
    places: tuple[tuple[StoredPair, Place], ...]

    @property
    def count(self) -> int:
        """How often it stands there."""
        return len(self.places)

    @property
    def documents(self) -> int:
        """In how many documents."""
        return len({document_of(pair) for pair, _ in self.places})


def likely_renderings(corpus: Corpus, locator: Locator, encoder: WordEncoder, asked: Question) -> tuple[Likely, ...]:
    """The likely renderings of a term in documents of the other language alone, the most frequent first."""
    pairs = list(_alone(corpus, asked))
    texts = [_text(pair, asked) for pair in pairs]
    if not texts:
        return ()
    near = list(_nearest(asked.term, texts, encoder))
    found = _located(locator, asked, near)
    meant = _meant(asked, found, encoder)
    return _counted(meant, pairs, texts, asked)


def _alone(corpus: Corpus, asked: Question) -> Iterator[StoredPair]:
    """The paragraphs of documents that are there in the other language only."""
    alone = [document for document in corpus.list() if document.languages == (asked.other,)]
    left = MOST_PARAGRAPHS
    for document in reversed(alone):
        if asked.filters.document not in (None, document.id):
            continue
        for pair in corpus.pairs(replace(asked.filters, document=document.id)):
            if left and _text(pair, asked):
                left -= 1
                yield pair


def _text(pair: StoredPair, asked: Question) -> str:
    return pair.record.zh_text if asked.other == "zh" else pair.record.en_text


def _nearest(term: str, texts: Sequence[str], words: WordEncoder) -> Iterator[str]:
    """The neighbourhoods of the runs most like the term, at most one a paragraph."""
    table = words.token_vectors()
    wanted = meanings([term], words)[0]
    pieces = [(k, text[a : a + 2 * AROUND]) for k, text in enumerate(texts) for a in range(0, len(text), AROUND)]
    likeness = np.concatenate(
        [
            _best_run([text for _, text in pieces[a : a + _AT_ONCE]], wanted, table, words)
            for a in range(0, len(pieces), _AT_ONCE)
        ]
    )
    best: dict[int, int] = {}
    for number in np.argsort(-likeness, kind="stable"):
        if likeness[number] < likeness.max() - NEAR or len(best) == STUDIED:
            break
        best.setdefault(pieces[number][0], int(number))
    yield from (pieces[number][1] for number in best.values())


def _best_run(texts: Sequence[str], wanted: Vectors, table: Vectors, words: WordEncoder) -> npt.NDArray[np.float64]:
    """For each text the cosine of the term and the run of its tokens that is most like it."""
    ids, starts = words.tokens(texts)
    vectors = table[ids].astype(np.float64)
    sums = np.vstack([np.zeros((1, vectors.shape[1])), np.cumsum(vectors, axis=0)])
    which = np.repeat(np.arange(len(texts)), np.diff(starts))
    best = np.full(len(texts), -1.0)
    for length in range(1, min(RUN, len(ids)) + 1):
        runs = sums[length:] - sums[:-length]
        cosines = runs @ wanted / np.maximum(np.linalg.norm(runs, axis=1), 1e-9)
        inside = which[: len(runs)] == which[length - 1 :]
        np.maximum.at(best, which[: len(runs)][inside], cosines[inside])
    return best


def _located(locator: Locator, asked: Question, texts: Sequence[str]) -> Counter[str]:
    """What the locator takes for the rendering in each text, the term alone being its other side."""
    zh_asked = asked.language == "zh"
    pairs = [
        TextPair(str(k), *((asked.term, text) if zh_asked else (text, asked.term))) for k, text in enumerate(texts)
    ]
    places = locator.locate(asked.term, asked.language, pairs)
    located = [(text, place.span) for text, place in zip(texts, places, strict=True) if place is not None]
    if asked.other == "zh":
        encoder = locator.known.table.encoder
        return Counter(_whole(_grown(text, span, asked.term, encoder), texts) for text, span in located)
    return Counter(" ".join(text[slice(*span)].split()) for text, span in located)


def _grown(text: str, span: Place, term: str, encoder: WordEncoder) -> str:
    """A Chinese form with as many of the characters behind it as make it mean more of what the term means."""
    start, end = span
    behind = regex.match(r"\p{Han}*", text[end : end + LONGER])
    forms = [text[start : end + k] for k in range(len(behind[0]) + 1 if behind else 1)]
    vectors = meanings([term, *forms], encoder)
    cosines = vectors[1:] @ vectors[0]
    best = int(cosines.argmax())
    return forms[best] if cosines[best] > cosines[0] + SAYS_MORE else forms[0]


def _whole(text: str, texts: Sequence[str]) -> str:
    """A Chinese form with the characters that follow it everywhere: 人员 behind 外国恐怖主义战斗."""
    grown = text
    for _ in range(LONGER):
        after = {following for one in texts for following in regex.findall(regex.escape(grown) + r"\K.?", one)}
        if len(after) != 1 or not regex.fullmatch(r"\p{Han}", next(iter(after))):
            return grown
        grown += after.pop()
    return text


def _meant(asked: Question, found: Counter[str], encoder: WordEncoder) -> list[tuple[str, float]]:
    """Of what was found, one form each, that which means what the term means: text and cosine."""
    forms: dict[str, str] = {}
    for text, _ in found.most_common():
        forms.setdefault(group_key(text, asked.other), text)
    if not forms:
        return []
    vectors = meanings([asked.term, *forms.values()], encoder)
    cosines = vectors[1:] @ vectors[0]
    least = max(LEAST, float(cosines.max()) - CLOSE)
    meant = [(text, float(cosine)) for text, cosine in zip(forms.values(), cosines, strict=True) if cosine >= least]
    return [(text, cosine) for text, cosine in meant if not any(_better(*other, text, cosine) for other in meant)]


def _better(other: str, its_cosine: float, text: str, cosine: float) -> bool:
    """Whether another one holds this one and says more, or stands in it and says as much.

    犯罪 is but a part of 网络犯罪, which says more of "cybercrime".
    """
    return (text != other) and (
        (text in other and its_cosine > cosine + SAYS_MORE) or (other in text and its_cosine > cosine - SAYS_MORE)
    )


def _counted(
    meant: Sequence[tuple[str, float]], pairs: Sequence[StoredPair], texts: Sequence[str], asked: Question
) -> tuple[Likely, ...]:
    """Every place of each, but for those inside another one of them."""
    sought = [Sought.make(text, asked.other) for text, _ in meant]
    places: list[list[tuple[StoredPair, Place]]] = [[] for _ in meant]
    for pair, text in zip(pairs, texts, strict=True):
        here = [one.places(text) for one in sought]
        everything = [place for some in here for place in some]
        for some, kept in zip(here, places, strict=True):
            kept.extend((pair, place) for place in some if not within(place, everything))
    most = max(map(len, places), default=0)
    likely = [
        Likely(text, cosine, tuple(kept))
        for (text, cosine), kept in zip(meant, places, strict=True)
        if kept and len(kept) >= FAIR * most
    ]
    return tuple(sorted(likely, key=lambda one: (-one.count, -one.likeness)))
