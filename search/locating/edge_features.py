"""What a span's first and last units, and those beside it, say for and against it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from search.locating.boundaries import Edges, Flags
from search.locating.spans import Spans, beside
from search.locating.term_view import Views

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]


def edge_evidence(views: Views, spans: Spans) -> dict[str, Floats]:
    """Named evidence for each span, all by (k,)."""
    edges, gap = views.edges, views.gap
    return {**_function_words(edges, gap, spans), **_capitals(edges, gap, spans), **_limits(views, spans)}


def _at(flags: Flags, where: Places) -> Floats:
    return beside(flags.astype(np.float64), where)


def _function_words(edges: Edges, gap: Flags, spans: Spans) -> dict[str, Floats]:
    first, last, before, after = spans.first, spans.end - 1, spans.first - 1, spans.end
    no_content = edges.connecting | edges.article | edges.other | edges.mark
    begins, past = _at(gap, before), _at(gap, after)
    return {
        "first_connecting": _at(edges.connecting, first),
        "first_article": _at(edges.article, first),
        "first_other": _at(edges.other, first),
        "last_connecting": _at(edges.connecting, last),
        "last_article": _at(edges.article, last),
        "last_other": _at(edges.other, last),
        "connecting_inside": spans.total(edges.connecting.astype(np.float64)),
        "function_inside": spans.total((edges.article | edges.other).astype(np.float64)),
        "before_content": 1.0 - np.maximum(_at(no_content, before), begins),
        "after_content": 1.0 - np.maximum(_at(no_content, after), past),
        "before_connecting": _at(edges.connecting, before),
        "after_connecting": _at(edges.connecting, after),
        "at_begin": begins + _at(edges.mark, before),
        "at_end": past + _at(edges.mark, after),
    }


def _capitals(edges: Edges, gap: Flags, spans: Spans) -> dict[str, Floats]:
    first, last, before, after = spans.first, spans.end - 1, spans.first - 1, spans.end
    begins, ends = _at(edges.capital, first), _at(edges.capital, last)
    sentence = _at(edges.hard | gap, before)
    return {
        "capital_before": _at(edges.capital, before) * begins,
        "capital_after": _at(edges.capital, after) * ends,
        "capital_edges": begins * ends,
        "capital_mixed": np.where(sentence > 0, 0.0, np.abs(begins - ends)),
        "lower_edges": (1 - begins) * (1 - ends),
    }


def _limits(views: Views, spans: Spans) -> dict[str, Floats]:
    edges = views.edges
    last, before, after = spans.end - 1, spans.first - 1, spans.end
    begins, ends = np.zeros(views.size + 1), np.zeros(views.size + 1)
    for begin, view in zip(views.begins.tolist(), views.views, strict=True):
        begins[begin + view.target.begins] = 1.0
        ends[begin + view.target.ends] = 1.0
    cut_before = _at(edges.hyphen, before) * _at(edges.touches, before)
    return {
        "hyphen_cut": cut_before + _at(edges.hyphen, after) * _at(edges.touches, last),
        "hyphen_inside": spans.total(edges.hyphen.astype(np.float64)),
        "quoted": _at(edges.opening, before) * _at(edges.closing, after),
        "quoted_half": np.abs(_at(edges.opening, before) - _at(edges.closing, after)),
        "word_begin": begins[spans.first],
        "word_end": ends[spans.end],
    }
