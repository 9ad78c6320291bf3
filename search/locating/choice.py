"""Which of a pair's spans are the renderings of the term that stands in it, once or several times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from search.locating.company import Company
from search.locating.features import features
from search.locating.scores import Support, Weights, by_key, score, shares, trust
from search.locating.study import Prepared, key_of
from search.locating.term_view import TermView
from search.locating.words import Numbers

Floats = npt.NDArray[np.float64]
KEPT = 60  # spans of a pair that are compared with those of the other pairs, for each occurrence of the term in it
MOST = 6  # occurrences in one pair for which so many are kept
LIKELY = 0.5
TRUSTED_EVIDENCE = ("cosine", "ours", "covered", "strong", "weakest", "llr", "dice", "pool", "beside_free")


@dataclass(frozen=True, slots=True)
class Located:
    """A rendering in a pair: its place in the other side (code points, end exclusive) and its text there.

    ``term_spans`` are the places of the term itself; ``key`` is the folded form by which renderings are grouped, free
    of case, script, spacing and plural; ``confidence`` is the probability in [0, 1] that this is the rendering.
    """

    pair_id: str
    term_spans: tuple[tuple[int, int], ...]
    span: tuple[int, int]
    text: str
    key: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Rendered:
    """A pair's renderings, the likeliest first, and all places of the term; a rendering's ``term_spans`` is its own."""

    term_spans: tuple[tuple[int, int], ...]
    renderings: tuple[Located, ...]

    @classmethod
    def assigned(
        cls, term_spans: Sequence[tuple[int, int]], found: Sequence[Located], sizes: tuple[int, int]
    ) -> Rendered:
        """Give each rendering, which has all places of the term so far, its own: in order, as near as can be.

        ``sizes``: of both texts, in characters.
        """
        if len(found) == len(term_spans) == 1:
            return cls(tuple(term_spans), tuple(found))
        order = sorted(range(len(found)), key=lambda k: found[k].span)
        near = _in_order(
            [start / max(sizes[0], 1) for start, _ in term_spans],
            [found[k].span[0] / max(sizes[1], 1) for k in order],
        )
        own = dict(zip(order, near, strict=True))
        return cls(
            tuple(term_spans),
            tuple(replace(one, term_spans=(term_spans[own[k]],)) for k, one in enumerate(found)),
        )

    def best(self) -> Located:
        """The likeliest, as the rendering of all occurrences."""
        return replace(self.renderings[0], term_spans=self.term_spans)

    def each(self) -> tuple[Located, ...]:
        """All, in the order of the occurrences."""
        return tuple(sorted(self.renderings, key=lambda one: one.term_spans))

    @property
    def complete(self) -> bool:
        """Whether every occurrence of the term has a rendering."""
        return len(self.renderings) >= len(self.term_spans)


def _in_order(terms: Sequence[float], renderings: Sequence[float]) -> list[int]:
    """Of each rendering the number of its term, both ascending, with the least sum of distances."""
    n, m = len(terms), len(renderings)
    best = [[0.0] + [np.inf] * m for _ in range(n + 1)]
    for i in range(1, n + 1):
        for j in range(1, min(i, m) + 1):
            taken = best[i - 1][j - 1] + abs(terms[i - 1] - renderings[j - 1])
            best[i][j] = min(best[i - 1][j], taken)
    chosen: list[int] = []
    i, j = n, m
    while j:
        if best[i - 1][j] > best[i][j] or i == j:
            chosen.append(i - 1)
            j -= 1
        i -= 1
    return chosen[::-1]


@dataclass(frozen=True)
class Weighed:
    """The best spans of a pair by themselves: their units, evidence (names, spans), folded forms, probabilities."""

    view: TermView
    first: Numbers
    end: Numbers
    names: tuple[str, ...]
    evidence: Floats
    keys: tuple[str, ...]
    own: Mapping[str, float]

    def named(self) -> dict[str, Floats]:
        """The evidence by name."""
        return dict(zip(self.names, self.evidence, strict=True))


def weigh(ready: Prepared, company: Company, weights: Weights) -> list[Weighed | None]:
    """Of each view its best spans; None where there are none."""
    spans = ready.spans
    if not len(spans):
        return [None] * len(ready.views.views)
    evidence = features(ready.views, spans, ready.known, company, ready.runs)
    names, table = tuple(evidence), np.stack(list(evidence.values()))
    scores = score(evidence, weights.first)
    found: list[Weighed | None] = []
    for number, (view, begin) in enumerate(zip(ready.views.views, ready.views.begins.tolist(), strict=True)):
        here = np.arange(len(spans))[spans.of_view(number)]
        if not len(here):
            found.append(None)
            continue
        best = here[np.argsort(-scores[here], kind="stable")[: KEPT * min(len(view.places), MOST)]]
        first, end = spans.first[best] - begin, spans.end[best] - begin
        keys = tuple(key_of(view.target.units, a, b) for a, b in zip(first.tolist(), end.tolist(), strict=True))
        found.append(Weighed(view, first, end, names, table[:, best], keys, by_key(keys, shares(scores[best]))))
    return found


def choose(pair_id: str, found: Weighed, support: Support, weights: Weights) -> Rendered:
    """The renderings of a pair's occurrences of the term, as many as there are good ones for."""
    evidence = {**found.named(), **support.evidence(found.keys, found.own)}
    scores = score(evidence, weights.final)
    picks = _pick(found, evidence, scores, weights)
    target, source = found.view.target.units, found.view.source.units
    spans = [(source.starts[a], source.ends[b - 1]) for a, b in found.view.places]
    located = []
    for pick in picks:
        first, end = int(found.first[pick]), int(found.end[pick])
        others = [k for k in picks if found.keys[k] != found.keys[pick]]
        located.append(
            Located(
                pair_id,
                tuple(spans),
                (target.starts[first], target.ends[end - 1]),
                target.surface(first, end),
                found.keys[pick],
                _confidence(found, evidence, scores, pick, others, weights),
            )
        )
    return Rendered.assigned(spans, located, (len(source.text), len(target.text)))


def _pick(found: Weighed, evidence: Mapping[str, Floats], scores: Floats, weights: Weights) -> list[int]:
    """The best span, and for further occurrences others apart from it: the same words again, or likely ones."""
    picks = [int(scores.argmax())]
    while len(picks) < len(found.view.places):
        apart = np.flatnonzero(_apart(found, picks))
        if not len(apart):
            break
        next_best = int(apart[scores[apart].argmax()])
        used = {found.keys[k] for k in picks}
        if (
            found.keys[next_best] not in used
            and _confidence(found, evidence, scores, next_best, picks, weights) < LIKELY
        ):
            again = [int(k) for k in apart if found.keys[k] in used]
            if not again:
                break
            next_best = max(again, key=lambda k: float(scores[k]))
        picks.append(next_best)
    return picks


def _apart(found: Weighed, picks: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Which spans share no unit with those."""
    free = np.ones(len(found.first), dtype=bool)
    for pick in picks:
        free &= (found.end <= found.first[pick]) | (found.first >= found.end[pick])
    return free


def _confidence(
    found: Weighed, evidence: Mapping[str, Floats], scores: Floats, pick: int, others: Sequence[int], weights: Weights
) -> float:
    """The probability that a span is a rendering, where those of ``others`` are renderings of other occurrences."""
    rivals = np.flatnonzero(_apart(found, others)) if others else np.arange(len(scores))
    probabilities = shares(scores[rivals])
    same = np.array([found.keys[k] == found.keys[pick] for k in rivals])
    reasons = {name: float(evidence[name][pick]) for name in TRUSTED_EVIDENCE}
    reasons["share"] = min(float(probabilities[same].sum()), 1.0)
    return trust(reasons, weights.trust)
