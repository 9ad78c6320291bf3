"""Which part of a text answers a question that stands in neither of its words: by meaning.

For a term it is the run of words whose vector is nearest; for more, the sentences that say it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from align.document import Language
from align.sentences import split
from models.encoder import Encoder, Vectors, WordEncoder
from search.hits import Places
from search.locating.boundaries import ZH_CONNECTING, look_at
from search.locating.pair_words import SideWords, side_words
from search.locating.word_vectors import WordTable, count_words, word_costs
from search.locating.words import Numbers, Units, cut
from search.lookup.products import products

LONGEST = 10  # words of a marked term
JOINING = frozenset("and or 和 与 及 或 以及 或者 并且".split())
LEAST = 0.35  # cosine of a run of words, or of a sentence, that is worth marking
AS_MUCH = 0.02  # of cosine that a run may lose with a 的 at its edge
NEARLY = 0.06  # sentences whose cosine falls at most so far short of the best one's are marked too


class TermEncoder(Encoder, WordEncoder, Protocol):
    """A model of texts whose words can be compared one by one."""


def nearest_words(
    question: Units, vector: Vectors, texts: Sequence[str], language: Language, encoder: TermEncoder
) -> list[Places]:
    """Of each text the run of words nearest to a term and its vector (d,) of unit length; nothing where none is near.

    It begins and ends with a word that means something, and has no mark but hyphens in it; nor has it an "and",
    unless the term has one.
    """
    joining = frozenset[str]() if any(key in JOINING for key in question.keys) else JOINING
    units = [cut(text, language) for text in texts]
    table, pieces = WordTable.empty(encoder).read(units)
    costs = word_costs(count_words(pieces, len(table)), tuple(table.rows))
    words = [side_words(each, part, costs) for each, part in zip(units, pieces, strict=True)]
    runs = _nearest_runs(vector, words, table, joining)
    if language == "zh":
        runs = _trimmed(vector, units, runs, encoder)
    return [
        _everywhere(each, first, end) if cosine >= LEAST else ()
        for each, (first, end, cosine) in zip(units, runs, strict=True)
    ]


def _nearest_runs(
    vector: Vectors, texts: Sequence[SideWords], table: WordTable, joining: frozenset[str]
) -> list[tuple[int, int, float]]:
    """Of each text the nearest run, in units, and its cosine; all texts at once, laid end to end."""
    text_of = np.repeat(np.arange(len(texts)), [len(text.rows) for text in texts])
    rows = np.concatenate([np.zeros(0, dtype=np.int64), *(text.rows for text in texts)])
    vectors = table.take(rows)
    edge, wall = _edges(texts, joining)
    walls = np.concatenate(([0], np.cumsum(wall)))
    best = np.full(len(texts), -1.0)
    where = np.zeros((len(texts), 2), dtype=np.int64)
    total = vectors
    for length in range(1, min(LONGEST, len(rows)) + 1):
        if length > 1:
            total = total[:-1] + vectors[length - 1 :]
        begin = np.arange(len(total))
        last = begin + length - 1
        fits = edge[begin] & edge[last] & (walls[last + 1] == walls[begin]) & (text_of[begin] == text_of[last])
        chosen = np.flatnonzero(fits)
        cosines = _cosines(total[chosen], vector)
        for k in np.lexsort((chosen, -cosines)).tolist():
            text = text_of[chosen[k]]
            if cosines[k] > best[text]:
                best[text], where[text] = cosines[k], (chosen[k], chosen[k] + length)
    where -= np.searchsorted(text_of, np.arange(len(texts)))[:, None]
    return [
        (int(text.begins[first]), int(text.ends[end - 1]), float(cosine)) if cosine >= 0 else (0, 0, -1.0)
        for text, (first, end), cosine in zip(texts, where.tolist(), best.tolist(), strict=True)
    ]


def _trimmed(
    vector: Vectors, texts: Sequence[Units], runs: Sequence[tuple[int, int, float]], encoder: Encoder
) -> list[tuple[int, int, float]]:
    """Chinese runs without a 的 or 和 at an edge, where they say as much without: the model's words may have one."""
    shorter = [
        (
            first + (end - first > 1 and units.keys[first] in ZH_CONNECTING),
            end - (end - first > 1 and units.keys[end - 1] in ZH_CONNECTING),
        )
        for units, (first, end, _) in zip(texts, runs, strict=True)
    ]
    asked = [
        k for k, (first, end, _) in enumerate(runs) if shorter[k] != (first, end) and shorter[k][0] < shorter[k][1]
    ]
    surfaces = [texts[k].surface(*shorter[k]) for k in asked]
    trimmed = list(runs)
    for k, cosine in zip(asked, products(vector[None, :], encoder.encode(surfaces))[0], strict=True):
        if cosine >= runs[k][2] - AS_MUCH:
            trimmed[k] = (*shorter[k], float(cosine))
    return trimmed


def _edges(texts: Sequence[SideWords], joining: frozenset[str]) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Of each word whether a run may begin or end with it, and whether no run reaches across it."""
    edges: list[Numbers] = []
    walls: list[Numbers] = []
    for text in texts:
        seen = look_at(text.units)
        empty = seen.connecting | seen.article | seen.other
        single = text.ends - text.begins == 1
        mark = single & seen.mark[text.begins]
        keys = ["".join(text.units.keys[a:b]) for a, b in zip(text.begins, text.ends, strict=True)]
        joins = np.array([key in joining for key in keys], dtype=bool)
        edges.append(~mark & ~(single & empty[text.begins]))
        walls.append((mark & ~seen.hyphen[text.begins]) | joins)
    nothing = np.zeros(0, dtype=bool)
    return np.concatenate([nothing, *edges]), np.concatenate([nothing, *walls])


def _cosines(sums: Vectors, vector: Vectors) -> Vectors:
    lengths = np.sqrt(np.einsum("kd,kd->k", sums, sums))
    return np.asarray(products(vector[None, :], sums)[0] / np.maximum(lengths, 1e-9))


def _everywhere(units: Units, first: int, end: int) -> Places:
    """All places of the words that stand at one; of a single Chinese character that one, as others are in words."""
    if end - first == 1 and units.kinds[first] == "han":
        return ((units.starts[first], units.ends[first]),)
    keys, length = units.keys, end - first
    wanted = keys[first:end]
    found: list[tuple[int, int]] = []
    k = 0
    while k + length <= len(keys):
        if keys[k : k + length] == wanted:
            found.append((units.starts[k], units.ends[k + length - 1]))
            k += length
        else:
            k += 1
    return tuple(found)


def nearest_sentences(vector: Vectors, texts: Sequence[str], language: Language, encoder: Encoder) -> list[Places]:
    """Of each text the sentence, or the sentences in a row, nearest to a vector (d,); nothing where none is."""
    spans = [split(text, language) for text in texts]
    flat = [text[span.start : span.end] for text, some in zip(texts, spans, strict=True) for span in some]
    cosines = products(vector[None, :], encoder.encode(flat))[0] if flat else np.zeros(0, dtype=np.float32)
    found: list[Places] = []
    at = 0
    for some in spans:
        own = cosines[at : at + len(some)]
        at += len(some)
        if not len(some) or own.max() < LEAST:
            found.append(())
            continue
        first = last = int(own.argmax())
        while first > 0 and own[first - 1] >= own.max() - NEARLY:
            first -= 1
        while last + 1 < len(some) and own[last + 1] >= own.max() - NEARLY:
            last += 1
        found.append(((some[first].start, some[last].end),))
    return found
