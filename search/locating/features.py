"""What speaks for a span as the rendering of a term: one row of numbers a span."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from models.encoder import Vectors
from search.locating.company import Company, Runs
from search.locating.edge_features import edge_evidence
from search.locating.pair_words import Links, SideWords, link
from search.locating.spans import Spans, beside, span_products
from search.locating.term_view import TermView, Views
from search.locating.word_statistics import Statistics
from search.locating.words import Numbers

Floats = npt.NDArray[np.float64]
EPSILON = 0.02
_TINY = 1e-9


def features(views: Views, spans: Spans, known: Statistics, company: Company, runs: Runs) -> dict[str, Floats]:
    """Named evidence for each span, all by (k,)."""
    return {
        **_alignment(views, spans, known),
        **_meaning(views, spans, known),
        **_shape(views, spans, known),
        **edge_evidence(views, spans),
        **company.evidence(runs, spans),
    }


def _weights(side: SideWords, known: Statistics) -> Floats:
    """How much content each word has, in [0, 1], from how rare it is."""
    return np.clip((known.costs[side.rows] - 3.0) / 5.0, 0.05, 1.0)


def _alignment(views: Views, spans: Spans, known: Statistics) -> dict[str, Floats]:
    linked = link([(view.source, view.target) for view in views.views], known.table, known.lexicon)
    per_view = [_unit_links(view, links, known) for view, links in zip(views.views, linked, strict=True)]
    laid = {name: views.lay([found[name] for found in per_view]) for name in per_view[0]}
    ours, theirs, content = laid["ours"], laid["theirs"], laid["content"]
    strong_ours, strong_theirs = laid["strong_ours"], laid["strong_theirs"]
    odds = np.where(views.gap, 0.0, np.log((ours + EPSILON) / (theirs + EPSILON)))
    claimed = spans.total(ours * content)
    times = views.per_view(lambda view: len(view.places))
    everything = np.array([float((found["ours"] * found["content"]).sum()) for found in per_view])
    needed = [max(float(_weights(v.source, known)[v.inside].sum()), 1e-6) / len(v.places) for v in views.views]
    free = _free(views, strong_theirs, content)
    return {
        "odds": spans.total(odds * content),
        "foreign": spans.total(theirs * content),
        "ours": claimed,
        "unclaimed": spans.total(np.maximum(1.0 - ours - theirs, 0.0) * content),
        "recall": claimed * (times / np.maximum(everything, 1e-6))[spans.view],
        "covered": np.minimum(spans.total(laid["covered"]) / np.array(needed)[spans.view], 1.5),
        "leaked": spans.total(laid["leaked"]),
        "weakest": _term_coverage(views, linked, spans, known),
        "strong": spans.total(strong_ours * content),
        "strong_foreign": spans.total(strong_theirs * content),
        "edge_odds": odds[spans.first] + odds[spans.end - 1],
        "edge_foreign": strong_theirs[spans.first] + strong_theirs[spans.end - 1],
        "out_left": beside(strong_ours, spans.first - 1),
        "out_right": beside(strong_ours, spans.end),
        "beside_free": beside(free, spans.first - 1) + beside(free, spans.end),
        "out_odds": beside(odds, spans.first - 1) + beside(odds, spans.end),
    }


def _unit_links(view: TermView, links: Links, known: Statistics) -> dict[str, Floats]:
    """Of each target unit of a pair, what the term's words and what the others say of it."""
    inside = view.inside
    of_unit = view.target.word_of_unit()
    share = 1.0 / (view.target.ends - view.target.begins)[of_unit]
    both = np.sqrt(links.explains * links.becomes)
    weighted = links.becomes * _weights(view.source, known)[:, None]
    nothing = np.zeros(both.shape[1])
    return {
        "content": _weights(view.target, known)[of_unit] * share,
        "ours": links.explains[inside].sum(axis=0)[of_unit],
        "theirs": links.explains[~inside].sum(axis=0)[of_unit],
        "strong_ours": (both[inside].max(axis=0) if inside.any() else nothing)[of_unit],
        "strong_theirs": (both[~inside].max(axis=0) if not inside.all() else nothing)[of_unit],
        "covered": weighted[inside].sum(axis=0)[of_unit] * share,
        "leaked": weighted[~inside].sum(axis=0)[of_unit] * share,
    }


def _free(views: Views, theirs: Floats, content: Floats) -> Floats:
    """How far no other source word claims a content word, (units,): beside a span it may be missing from it."""
    edges = views.edges
    plain = ~(edges.mark | edges.connecting | edges.article | edges.other | views.gap)
    return np.asarray((1.0 - theirs) * plain * np.minimum(content * 2.0, 1.0))


def _term_coverage(views: Views, linked: list[Links], spans: Spans, known: Statistics) -> Floats:
    """How far the worst served content word of the term is rendered inside the span."""
    rows = [np.flatnonzero(view.inside & (_weights(view.source, known) > 0.3)) for view in views.views]
    counts = np.array([len(some) for some in rows])
    total = np.zeros(len(spans))
    for k in range(int(counts.max(initial=0))):
        found = spans.total(views.lay([_served(*each, k) for each in zip(views.views, linked, rows, strict=True)]))
        total += np.where(counts[spans.view] > k, np.log(np.minimum(found, 1.0) + 0.05), 0.0)
    return np.asarray(total / np.maximum(counts, 1)[spans.view])


def _served(view: TermView, links: Links, rows: Numbers, k: int) -> Floats:
    """What the k-th of the term's words becomes, by target unit."""
    if k >= len(rows):
        return np.zeros(len(view.target.units))
    of_unit = view.target.word_of_unit()
    return np.asarray(links.becomes[rows[k]][of_unit] / (view.target.ends - view.target.begins)[of_unit])


def _meaning(views: Views, spans: Spans, known: Statistics) -> dict[str, Floats]:
    sums = np.stack([_sums(view, known) for view in views.views], axis=1)
    found = span_products(views, spans, known.table, known.costs, sums)
    square, dots = found.square, found.dots
    term_size, rest_size, whole_size = np.linalg.norm(sums, axis=2)[:, spans.view]
    rest_whole = np.einsum("vd,vd->v", sums[1], sums[2])[spans.view]
    length = np.sqrt(square)
    cosine = dots[0] / np.maximum(length * term_size, _TINY)
    left = whole_size**2 - 2 * dots[2] + square  # of what is outside the span, squared
    outside = np.where(left > 1e-6 * whole_size**2, (rest_whole - dots[1]) / np.sqrt(np.maximum(left, _TINY)), 0.0)
    words = np.sqrt(views.per_view(lambda view: len(view.source.rows)))[spans.view]
    norm = np.log(length + 0.1) - np.log(term_size + 0.1)
    return {
        "cosine": cosine,
        "cosine_square": np.maximum(cosine, 0.0) ** 2,
        "cosine_sharp": np.maximum(cosine, 0.0) ** 4,
        "rest": outside / np.maximum(rest_size, _TINY) * words,
        "against": dots[1] / np.maximum(length * rest_size, _TINY),
        "norm": norm,
        "norm_off": np.abs(norm),
    }


def _sums(view: TermView, known: Statistics) -> Vectors:
    """Vectors (3, d) of the term, of the rest of its side, and of the whole other side."""
    source = known.table.take(view.source.rows)
    term = source[view.inside].sum(axis=0) / np.float32(len(view.places))
    return np.stack([term, source[~view.inside].sum(axis=0), known.table.take(view.target.rows).sum(axis=0)])


def _shape(views: Views, spans: Spans, known: Statistics) -> dict[str, Floats]:
    starts = views.lay([np.array(view.target.units.starts) for view in views.views])
    ends = views.lay([np.array(view.target.units.ends) for view in views.views])
    sizes = views.per_view(_letters)[spans.view]
    ratio = np.log((ends[spans.end - 1] - starts[spans.first]) / sizes)
    content = views.lay([_weights(view.target, known)[view.target.word_of_unit()] for view in views.views])
    count = spans.end - spans.first
    words = views.per_view(lambda view: max(float(view.inside.sum()) / len(view.places), 1.0))[spans.view]
    weight = views.per_view(lambda view: _weights(view.source, known)[view.inside].sum() / len(view.places))
    commas = views.per_view(lambda view: sum(key in {",", "、"} for key in _term_of(view, view.source.units.keys)))
    numbers = views.per_view(lambda view: _term_of(view, view.source.units.kinds).count("number"))
    return {
        "ratio": ratio,
        "ratio_square": ratio**2,
        "ratio_size": ratio * np.log(sizes),
        "count": count.astype(np.float64),
        "count_log": np.log(count),
        "count_words": np.log(count) * np.log(words),
        "count_word_off": np.abs(np.log(spans.total(content) + 0.3) - np.log(weight + 0.3)[spans.view]),
        "numbers_off": np.abs(spans.total(views.edges.number.astype(np.float64)) - numbers[spans.view]),
        "copied_off": _copies(views, spans),
        "commas_off": np.abs(spans.total(views.edges.comma.astype(np.float64)) - commas[spans.view]),
        "single": (count == 1).astype(np.float64),
    }


def _letters(view: TermView) -> float:
    """Length of the term, as it stands first."""
    first, end = view.places[0]
    return view.source.units.ends[end - 1] - view.source.units.starts[first]


def _term_of(view: TermView, values: tuple[str, ...]) -> tuple[str, ...]:
    first, end = view.places[0]
    return values[first:end]


def _copies(views: Views, spans: Spans) -> Floats:
    """By how many words written alike in both languages (COVID, 19) span and term differ."""
    wanted, ours, theirs = [], [], []
    for view in views.views:
        source, target = view.source.units, view.target.units
        pairs = zip(source.keys, source.kinds, strict=True)
        alike = {key for key, kind in pairs if kind in {"word", "number"}} & set(target.keys)
        own = alike.intersection(_term_of(view, source.keys))
        wanted.append(len(own))
        ours.append(np.array([key in own for key in target.keys], dtype=np.float64))
        theirs.append(np.array([key in alike - own for key in target.keys], dtype=np.float64))
    inside = spans.total(views.lay(ours))
    return np.asarray(spans.total(views.lay(theirs)) + np.maximum(np.array(wanted)[spans.view] - inside, 0.0))
