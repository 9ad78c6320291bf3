"""What speaks for a span as the rendering of a term: one row of numbers a span."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from search.company import Company
from search.edge_features import edge_evidence
from search.pair_words import Links, SideWords, cosines, link
from search.spans import Spans, beside, span_vectors
from search.term_view import TermView
from search.word_statistics import Statistics

Floats = npt.NDArray[np.float64]
EPSILON = 0.02


def features(view: TermView, spans: Spans, known: Statistics, company: Company) -> dict[str, Floats]:
    """Named evidence for each span, all by (k,)."""
    links = link(view.source, view.target, known.table, known.lexicon)
    return {
        **_alignment(view, links, spans, known),
        **_meaning(view, spans, known),
        **_shape(view, spans, known),
        **edge_evidence(view.edges, spans, view.target),
        **company.evidence(view, spans),
    }


def _inside(view: TermView) -> npt.NDArray[np.bool_]:
    """Which source words belong to the term."""
    middle = view.source.begins
    return np.array([any(a <= m < b for a, b in view.places) for m in middle], dtype=bool)


def _weights(side: SideWords, known: Statistics) -> Floats:
    """How much content each word has, in [0, 1], from how rare it is."""
    return np.clip((known.costs[side.rows] - 3.0) / 5.0, 0.05, 1.0)


def _alignment(view: TermView, links: Links, spans: Spans, known: Statistics) -> dict[str, Floats]:
    inside = _inside(view)
    of_unit = view.target.word_of_unit()
    share = 1.0 / (view.target.ends - view.target.begins)[of_unit]
    content = (_weights(view.target, known)[of_unit]) * share
    ours = links.explains[inside].sum(axis=0)[of_unit]
    theirs = links.explains[~inside].sum(axis=0)[of_unit]
    both = np.sqrt(links.explains * links.becomes)
    strong_ours = (both[inside].max(axis=0) if inside.any() else np.zeros(both.shape[1]))[of_unit]
    strong_theirs = (both[~inside].max(axis=0) if (~inside).any() else np.zeros(both.shape[1]))[of_unit]
    weight = _weights(view.source, known)
    covered = (links.becomes * weight[:, None])[inside].sum(axis=0)[of_unit] * share
    needed = max(float(weight[inside].sum()), 1e-6) / len(view.places)
    leaked = (links.becomes * weight[:, None])[~inside].sum(axis=0)[of_unit] * share
    odds = np.log((ours + EPSILON) / (theirs + EPSILON))
    claimed = ours * content
    coverage = _term_coverage(view, links, spans, weight, inside)
    return {
        "odds": spans.total(odds * content),
        "foreign": spans.total(theirs * content),
        "ours": spans.total(claimed),
        "unclaimed": spans.total(np.maximum(1.0 - ours - theirs, 0.0) * content),
        "recall": spans.total(claimed) * len(view.places) / max(float(claimed.sum()), 1e-6),
        "covered": np.minimum(spans.total(covered) / needed, 1.5),
        "leaked": spans.total(leaked),
        "weakest": coverage,
        "strong": spans.total(strong_ours * content),
        "strong_foreign": spans.total(strong_theirs * content),
        "edge_odds": odds[spans.first] + odds[spans.end - 1],
        "edge_foreign": strong_theirs[spans.first] + strong_theirs[spans.end - 1],
        "out_left": beside(strong_ours, spans.first - 1),
        "out_right": beside(strong_ours, spans.end),
        "beside_free": _free(view, strong_theirs, content, spans.first - 1)
        + _free(view, strong_theirs, content, spans.end),
        "out_odds": beside(odds, spans.first - 1) + beside(odds, spans.end),
    }


def _free(view: TermView, theirs: Floats, content: Floats, at: npt.NDArray[np.int64]) -> Floats:
    """How far no other source word claims a content word beside the span: it may be missing from the span."""
    edges = view.edges
    plain = ~(edges.mark | edges.connecting | edges.article | edges.other)
    return beside((1.0 - theirs) * plain * np.minimum(content * 2.0, 1.0), at)


def _term_coverage(view: TermView, links: Links, spans: Spans, weight: Floats, inside: npt.NDArray[np.bool_]) -> Floats:
    """How far the worst served content word of the term is rendered inside the span."""
    rows = np.flatnonzero(inside & (weight > 0.3))
    if not len(rows):
        return np.zeros(len(spans))
    of_unit = view.target.word_of_unit()
    share = 1.0 / (view.target.ends - view.target.begins)[of_unit]
    found = [spans.total(links.becomes[row][of_unit] * share) for row in rows]
    return np.asarray(np.log(np.minimum(np.stack(found), 1.0) + 0.05).mean(axis=0))


def _meaning(view: TermView, spans: Spans, known: Statistics) -> dict[str, Floats]:
    vectors = span_vectors(view.target, spans, known.table, known.costs)
    inside = _inside(view)
    source = known.table.vectors[view.source.rows]
    term = source[inside].sum(axis=0, keepdims=True) / len(view.places)
    rest = source[~inside].sum(axis=0, keepdims=True)
    whole = known.table.vectors[view.target.rows].sum(axis=0, keepdims=True)
    cosine = cosines(vectors, term)[:, 0]
    return {
        "cosine": cosine,
        "cosine_square": np.maximum(cosine, 0.0) ** 2,
        "cosine_sharp": np.maximum(cosine, 0.0) ** 4,
        "rest": cosines(whole - vectors, rest)[:, 0] * np.sqrt(len(view.source.rows)),
        "against": cosines(vectors, rest)[:, 0],
        "norm": np.log(np.linalg.norm(vectors, axis=1) + 0.1) - np.log(np.linalg.norm(term) + 0.1),
        "norm_off": np.abs(np.log(np.linalg.norm(vectors, axis=1) + 0.1) - np.log(np.linalg.norm(term) + 0.1)),
    }


def _shape(view: TermView, spans: Spans, known: Statistics) -> dict[str, Floats]:
    units = view.target.units
    starts, ends = np.array(units.starts), np.array(units.ends)
    letters = ends[spans.end - 1] - starts[spans.first]
    first, end = view.places[0]
    term = view.source.units
    size = term.ends[end - 1] - term.starts[first]
    ratio = np.log(letters / size)
    content = _weights(view.target, known)[view.target.word_of_unit()]
    count = spans.end - spans.first
    inside = _inside(view)
    words = max(float(inside.sum()) / len(view.places), 1.0)
    return {
        "ratio": ratio,
        "ratio_square": ratio**2,
        "ratio_size": ratio * np.log(size),
        "count": count.astype(np.float64),
        "count_log": np.log(count),
        "count_words": np.log(count) * np.log(words),
        "count_word_off": np.abs(
            np.log(spans.total(content) + 0.3)
            - np.log(_weights(view.source, known)[inside].sum() / len(view.places) + 0.3)
        ),
        "numbers_off": _apart(view, spans, view.edges.number, "number"),
        "copied_off": _copies(view, spans),
        "commas_off": np.abs(
            spans.total(view.edges.comma.astype(np.float64)) - sum(key in {",", "、"} for key in term.keys[first:end])
        ),
        "single": (count == 1).astype(np.float64),
    }


def _apart(view: TermView, spans: Spans, flags: npt.NDArray[np.bool_], kind: str) -> Floats:
    """By how many units of that kind span and term differ."""
    first, end = view.places[0]
    wanted = view.source.units.kinds[first:end].count(kind)
    return np.abs(spans.total(flags.astype(np.float64)) - wanted)


def _copies(view: TermView, spans: Spans) -> Floats:
    """By how many words written alike in both languages (COVID, 19) span and term differ."""
    first, end = view.places[0]
    source, target = view.source.units, view.target.units
    alike = {key for key, kind in zip(source.keys, source.kinds, strict=True) if kind in {"word", "number"}}
    alike &= set(target.keys)
    if not alike:
        return np.zeros(len(spans))
    wanted = {key for key in source.keys[first:end] if key in alike}
    ours = spans.total(np.array([key in wanted for key in target.keys], dtype=np.float64))
    theirs = spans.total(np.array([key in alike - wanted for key in target.keys], dtype=np.float64))
    return theirs + np.maximum(len(wanted) - ours, 0.0)
