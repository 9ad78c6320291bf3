"""Which part of a text answers a question that stands in neither of its words: by meaning.

For a term it is the run of words whose vector is nearest; for more, the sentences that say it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from align.document import Language
from align.sentences import split
from models.encoder import Encoder, Vectors, WordEncoder
from search.hits import Places
from search.locating.boundaries import Edges, look_at
from search.locating.pair_words import side_words
from search.locating.spans import Spans, all_spans, span_products
from search.locating.term_view import TermView, Views
from search.locating.word_vectors import WordTable, count_words, word_costs
from search.locating.words import Units, cut

LONGEST = {"zh": 24, "en": 10}  # units of a marked term
LEAST = 0.35  # cosine of a run of words that is worth marking
NEARLY = 0.06  # sentences whose cosine falls at most so far short of the best one's are marked too
WHOLE = 0.9  # a marked share of the text from which on marks say nothing


def nearest_words(vector: Vectors, texts: Sequence[str], language: Language, encoder: WordEncoder) -> list[Places]:
    """Of each text the run of words nearest to a vector (d,) of unit length; nothing where none is near."""
    units = [cut(text, language) for text in texts]
    if not units:
        return []
    table, pieces = WordTable.empty(encoder).read(units)
    costs = word_costs(count_words(pieces, len(table)), tuple(table.rows))
    words = [side_words(each, part, costs) for each, part in zip(units, pieces, strict=True)]
    views = Views(tuple(TermView(each, each, look_at(each.units), ()) for each in words))
    spans = all_spans(views, LONGEST[language])
    spans = spans.take(np.flatnonzero(_clean(spans, views.edges)))
    others = np.broadcast_to(vector, (1, len(units), len(vector)))
    products = span_products(views, spans, table, costs, others)
    cosines = products.dots[0] / np.maximum(np.sqrt(products.square), 1e-9)
    found: list[Places] = []
    for number, each in enumerate(units):
        own = cosines[spans.of_view(number)]
        if not len(own) or own.max() < LEAST:
            found.append(())
            continue
        best = spans.of_view(number).start + int(own.argmax())
        begin = int(views.begins[number])
        found.append(_everywhere(each, int(spans.first[best]) - begin, int(spans.end[best]) - begin))
    return found


def _everywhere(units: Units, first: int, end: int) -> Places:
    """All places of the words that stand at one."""
    keys, length = units.keys, end - first
    wanted = keys[first:end]
    starts = [k for k in range(len(keys) - length + 1) if keys[k : k + length] == wanted]
    apart = [k for n, k in enumerate(starts) if n == 0 or k >= starts[n - 1] + length]
    return tuple((units.starts[k], units.ends[k + length - 1]) for k in apart)


def nearest_sentences(vector: Vectors, texts: Sequence[str], language: Language, encoder: Encoder) -> list[Places]:
    """Of each text the sentence, or the sentences in a row, nearest to a vector (d,); all of a text of one sentence."""
    spans = [split(text, language) for text in texts]
    flat = [text[span.start : span.end] for text, some in zip(texts, spans, strict=True) for span in some]
    cosines = encoder.encode(flat) @ vector if flat else np.zeros(0, dtype=np.float32)
    found: list[Places] = []
    at = 0
    for some in spans:
        own = cosines[at : at + len(some)]
        at += len(some)
        if not len(some):
            found.append(())
            continue
        first = last = int(own.argmax())
        while first > 0 and own[first - 1] >= own.max() - NEARLY:
            first -= 1
        while last + 1 < len(some) and own[last + 1] >= own.max() - NEARLY:
            last += 1
        found.append(((some[first].start, some[last].end),))
    return found


def _clean(spans: Spans, edges: Edges) -> npt.NDArray[np.bool_]:
    """Spans that begin and end with a word that means something, and have no mark but hyphens in them."""
    empty = edges.connecting | edges.article | edges.other
    marks = np.concatenate(([0], np.cumsum(edges.mark & ~edges.hyphen)))
    return np.asarray(~empty[spans.first] & ~empty[spans.end - 1] & (marks[spans.end] == marks[spans.first]))
