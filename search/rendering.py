"""Where a term's rendering stands in the other language: found from the embedding and from the whole corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from align.document import Language
from models.encoder import WordEncoder
from search.boundaries import look_at
from search.company import Company
from search.ngrams import plain, run_hashes, unit_hashes
from search.pair_words import side_words
from search.rendering_features import features
from search.rendering_scores import Support, Weights, by_key, learned_weights, score, shares, trust
from search.spans import Spans, all_spans
from search.term_view import TermView
from search.word_statistics import Statistics, TextPair, learn_statistics
from search.words import Units, cut

LONGEST: Mapping[Language, int] = {"en": 26, "zh": 44}  # units in a rendering
STUDIED = 300  # occurrences of a term; a few hundred show its renderings
LIKELY = 0.5
KEPT = 60  # spans of a pair that are compared with those of the other pairs
TRUSTED_EVIDENCE = ("cosine", "ours", "covered", "strong", "weakest", "llr", "dice", "pool", "beside_free")

_ARTICLES = {"the", "a", "an"}


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


@dataclass(frozen=True)
class Locator:
    """Finds renderings with the statistics of a corpus."""

    known: Statistics

    @classmethod
    def learn(cls, pairs: Sequence[TextPair], encoder: WordEncoder) -> Locator:
        """A locator that knows a corpus, or a fair sample of one (some thousand pairs are enough)."""
        return cls(learn_statistics(pairs, encoder))

    def locate(
        self, term: str, language: Language, pairs: Sequence[TextPair], total: int = 0
    ) -> tuple[Located | None, ...]:
        """The most likely rendering of a term in each pair that holds it; None where the term is not in the pair.

        ``total``: how many pairs of the corpus hold the term, where ``pairs`` are only some of them. Of more than
        ``STUDIED`` pairs an even sample is studied; in the others the renderings found there are looked for, and
        the pairs that hold none of these are studied too, up to as many again, else they are None. Whether there is
        a rendering at all is what ``confidence`` says.
        """
        total = max(total, len(pairs))
        step = max(1, -(-len(pairs) // STUDIED))
        chosen = list(range(0, len(pairs), step))
        found: list[Located | None] = [None] * len(pairs)
        for k, located in zip(chosen, self._study(term, language, [pairs[k] for k in chosen], total), strict=True):
            found[k] = located
        if step > 1:
            others = [k for k in range(len(pairs)) if k % step]
            usual = Usual.gather(found, "en" if language == "zh" else "zh")
            for k in others:
                found[k] = usual.look_for(term, language, pairs[k])
            left = [k for k in others if found[k] is None][:STUDIED]
            for k, located in zip(left, self._study(term, language, [pairs[k] for k in left], total), strict=True):
                found[k] = located
        return tuple(found)

    def _study(
        self, term: str, language: Language, pairs: Sequence[TextPair], total: int
    ) -> tuple[Located | None, ...]:
        ready = prepare(term, language, pairs, self.known, total)
        weights = learned_weights("en" if language == "zh" else "zh")
        first = [
            _weigh(view, spans, ready.company, weights) if view is not None and len(spans) else None
            for view, spans in zip(ready.views, ready.spans, strict=True)
        ]
        support = Support.gather([found.own for found in first if found is not None])
        return tuple(
            None if found is None else _choose(pair.id, found, support, weights)
            for pair, found in zip(pairs, first, strict=True)
        )


@dataclass(frozen=True)
class Usual:
    """The renderings that a sample of a term's occurrences has, by folded form: how many, and their mean confidence."""

    language: Language  # of the renderings
    counts: Mapping[str, int]
    confidence: Mapping[str, float]

    @classmethod
    def gather(cls, sample: Sequence[Located | None], language: Language) -> Usual:
        """From the located ones that are more likely right than wrong."""
        sure = [located for located in sample if located is not None and located.confidence >= LIKELY]
        sums: dict[str, float] = {}
        for located in sure:
            sums[located.key] = sums.get(located.key, 0.0) + located.confidence
        counts = Counter(located.key for located in sure)
        return cls(language, counts, {key: sums[key] / counts[key] for key in sums})

    def look_for(self, term: str, language: Language, pair: TextPair) -> Located | None:
        """The most frequent of them in a pair, the longer first where one holds the other; None without any."""
        target = cut(pair.side(self.language), self.language)
        runs = _plain(target)
        best: tuple[int, int, int] | None = None
        glue = "" if self.language == "zh" else " "
        text = glue + glue.join(runs) + glue
        present = [key for key in self.counts if f"{glue}{key}{glue}" in text]
        outer = [key for key in present if not any(key != one and key in one for one in present)]
        for key in outer:
            places = find_places(target, cut(key, self.language))
            if places and (best is None or self.counts[key] > best[0]):
                best = (self.counts[key], *places[0])
        source = cut(pair.side(language), language)
        places = find_places(source, cut(term, language)) if best else ()
        if best is None or not places:
            return None
        _, first, end = best
        key = _key(target, first, end)
        return Located(
            pair.id,
            tuple((source.starts[a], source.ends[b - 1]) for a, b in places),
            (target.starts[first], target.ends[end - 1]),
            target.surface(first, end),
            key,
            self.confidence.get(key, LIKELY),
        )


@dataclass(frozen=True)
class Prepared:
    """A term's occurrences, in the order of the pairs: views, None where it does not occur, and candidate spans."""

    views: tuple[TermView | None, ...]
    spans: tuple[Spans, ...]
    company: Company


@dataclass(frozen=True)
class _Weighed:
    """The best spans of a pair by themselves, their evidence, folded forms and probabilities."""

    view: TermView
    spans: Spans
    evidence: Mapping[str, npt.NDArray[np.float64]]
    keys: tuple[str, ...]
    own: Mapping[str, float]


def prepare(term: str, language: Language, pairs: Sequence[TextPair], known: Statistics, total: int = 0) -> Prepared:
    """Views of all pairs that hold the term, and the company it keeps in them."""
    other: Language = "en" if language == "zh" else "zh"
    wanted = cut(term, language)
    sources = [cut(pair.side(language), language) for pair in pairs]
    targets = [cut(pair.side(other), other) for pair in pairs]
    known.table.learn([*sources, *targets])
    known = known.grown()
    views = tuple(
        _view(source, target, find_places(source, wanted), known)
        for source, target in zip(sources, targets, strict=True)
    )
    spans = tuple(_spans(view, _longest(len(wanted), other)) for view in views)
    return Prepared(views, spans, _company(views, known, total))


def find_places(units: Units, term: Units) -> tuple[tuple[int, int], ...]:
    """Where a term stands in a text, as runs of units; English: in either number, if it does not stand as it is."""
    for keys, wanted in ((units.keys, term.keys), (_plain(units), _plain(term))):
        n = len(wanted)
        found = tuple((k, k + n) for k in range(len(keys) - n + 1) if n and keys[k : k + n] == wanted)
        if found:
            return found
    return ()


def rendering_key(text: str, language: Language) -> str:
    """The form that variants of a rendering share: without case, script, spacing, article and plural."""
    units = cut(text, language)
    return _key(units, 0, len(units))


def _key(units: Units, first: int, end: int) -> str:
    if units.language == "zh":
        return units.folded(first, end)
    words = [plain(key) for key in units.keys[first:end]]
    return " ".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)


def _plain(units: Units) -> tuple[str, ...]:
    return units.keys if units.language == "zh" else tuple(plain(key) for key in units.keys)


def _view(source: Units, target: Units, places: tuple[tuple[int, int], ...], known: Statistics) -> TermView | None:
    if not places or not len(target):
        return None
    breaks = tuple(edge for place in places for edge in place)
    cut_source = side_words(source, known.table, known.costs, breaks)
    return TermView(cut_source, side_words(target, known.table, known.costs), look_at(target), places)


def _spans(view: TermView | None, longest: int) -> Spans:
    if view is None:
        return Spans(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    return all_spans(view.edges, longest)


def _longest(units: int, other: Language) -> int:
    return min(LONGEST[other], 6 + (2 * units if other == "en" else 5 * units))


def _company(views: Sequence[TermView | None], known: Statistics, total: int) -> Company:
    runs: list[npt.NDArray[np.uint64]] = []
    for view in views:
        if view is not None:
            units = view.target.units
            runs.append(np.unique(np.concatenate(run_hashes(unit_hashes(units), LONGEST[units.language] + 1))))
    if not runs:
        return Company(np.zeros(1, dtype=np.uint64), np.zeros(1), 1, known)
    numbers, counts = np.unique(np.concatenate(runs), return_counts=True)
    return Company(numbers, counts.astype(np.float64), len(runs), known, max(total, len(runs)) / len(runs))


def _weigh(view: TermView, spans: Spans, company: Company, weights: Weights) -> _Weighed:
    evidence = features(view, spans, company.known, company)
    scores = score(evidence, weights.first)
    best = np.argsort(-scores, kind="stable")[:KEPT]
    kept = spans.take(best)
    units = view.target.units
    keys = tuple(_key(units, int(a), int(b)) for a, b in zip(kept.first, kept.end, strict=True))
    own = by_key(keys, shares(scores[best]))
    return _Weighed(view, kept, {name: values[best] for name, values in evidence.items()}, keys, own)


def _choose(pair_id: str, found: _Weighed, support: Support, weights: Weights) -> Located:
    evidence = {**found.evidence, **support.evidence(found.keys, found.own)}
    scores = score(evidence, weights.final)
    best = int(scores.argmax())
    first, end = int(found.spans.first[best]), int(found.spans.end[best])
    target, source = found.view.target.units, found.view.source.units
    reasons = {name: float(evidence[name][best]) for name in TRUSTED_EVIDENCE}
    reasons["share"] = by_key(found.keys, shares(scores))[found.keys[best]]
    return Located(
        pair_id,
        tuple((source.starts[a], source.ends[b - 1]) for a, b in found.view.places),
        (target.starts[first], target.ends[end - 1]),
        target.surface(first, end),
        found.keys[best],
        trust(reasons, weights.trust),
    )
