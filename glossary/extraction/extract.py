"""Bilingual term candidates of aligned pairs: survey, score, select, weigh the renderings of each, order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from align.signature import signature
from glossary.extraction.barred import barred_chinese
from glossary.extraction.candidates import Candidate, Competitor, EvidencePair, Extraction
from glossary.extraction.ranked import Ranked
from glossary.extraction.renderings import Kept, Looked, Option, Weigher
from glossary.extraction.scoring import learned_weights, probability
from glossary.extraction.selection import select
from glossary.extraction.survey import Progress, Survey, survey
from models.encoder import Encoder
from search.locating.locator import Locator, rendering_key
from search.locating.word_encoder import word_encoder
from search.locating.word_statistics import Statistics, TextPair, learn_statistics

Floats = npt.NDArray[np.float64]
SURVEYED = 20_000  # pairs at once: a third of a gigabyte of memory for each thousand
MORE = 1.5  # terms that are looked up, for each that is wanted: some turn out badly
RENDERINGS = 3  # candidates of one English term
EVIDENCE = 5


def extract(
    pairs: Sequence[TextPair],
    encoder: Encoder,
    top: int = 1000,
    known: Statistics | None = None,
    progress: Progress | None = None,
    kept: Kept | None = None,
    of: int = 0,
) -> Extraction:
    """The ``top`` likeliest bilingual term candidates of aligned pairs.

    ``known``: what the corpus says of its words, where that was learnt already. ``progress`` is told how many of the
    pairs, and then how many of the terms, are done. Pairs without one of the sides are left out; of more than
    ``SURVEYED`` an even sample is looked at. ``kept`` is
    asked before a term is located, and told what was. ``of``: of how many pairs the caller has taken these as a sample.
    """
    whole = [pair for pair in pairs if pair.zh.strip() and pair.en.strip()]
    both = whole[:: stride(len(whole))]
    words = word_encoder(encoder)
    made = signature(model=str(getattr(words, "name", "")), task="extract", pairs=str(len(both)))
    if not both or top <= 0:
        return Extraction(made, (), len(both), of or len(whole))
    statistics = known or learn_statistics(both, words)
    found = survey(both, statistics, progress)
    ranked = Ranked.of(found, learned_weights("couples")(found.features))
    weigher = Weigher(found, ranked, Locator(statistics))
    looked = look_up(weigher, int(top * MORE) + 1, progress, kept)
    return Extraction(made, tuple(_ordered(weigher, looked))[:top], len(both), of or len(whole))


def stride(pairs: int) -> int:
    """Every how many of so many pairs are surveyed: at most ``SURVEYED``, evenly."""
    return max(1, -(-pairs // SURVEYED))


def look_up(
    weigher: Weigher, most: int, progress: Progress | None = None, kept: Kept | None = None
) -> dict[int, Looked]:
    """Locate the likeliest terms of a survey, but for those of which that is kept."""
    found = weigher.found
    chosen = list(select(found.en.terms, found.en.runs, found.en.texts, weigher.ranked.best(), most))
    looked = {}
    for number, term in enumerate(chosen, start=1):
        surface = weigher.surface(term)
        known = kept.get(surface) if kept else None
        looked[term] = known or weigher.look(term)
        if kept and not known:
            kept.put(surface, looked[term])
        if progress is not None:
            progress(number, len(chosen))
    return looked


def _ordered(weigher: Weigher, looked: dict[int, Looked]) -> list[Candidate]:
    options = [option for term, seen in looked.items() for option in weigher.options(term, seen)]
    if not options:
        return []
    score = learned_weights("renderings")(weigher.evidence(options, looked))
    score[barred_chinese([option.key for option in options])] = -np.inf
    kept: dict[int, list[int]] = {}
    order = []
    for k in np.argsort(-score, kind="stable").tolist():
        rivals = kept.setdefault(options[k].term, [])
        if (
            np.isfinite(score[k])
            and len(rivals) < RENDERINGS
            and not _variant(options[k], [options[j] for j in rivals])
        ):
            rivals.append(k)
            order.append(k)
    return list(_once(_candidate(weigher, options[k], looked[options[k].term], float(score[k])) for k in order))


def _variant(option: Option, better: Sequence[Option]) -> bool:
    """Whether it is a better one cut otherwise."""
    return any(option.key in other.key or other.key in option.key for other in better)


def _once(candidates: Iterator[Candidate]) -> Iterator[Candidate]:
    """Each pair of terms once."""
    seen: set[tuple[str, str]] = set()
    for one in candidates:
        key = (rendering_key(one.zh, "zh"), rendering_key(one.en, "en"))
        if key not in seen:
            seen.add(key)
            yield one


def _candidate(weigher: Weigher, option: Option, looked: Looked, score: float) -> Candidate:
    found, terms = weigher.found, weigher.found.en.terms
    evidence = _evidence(found, option)
    zh = _commonest([found_pair[1] for found_pair in evidence])
    count = int(terms.count[option.term])
    zh_term = weigher.zh_terms.get(option.key, -1)
    zh_count = int(found.zh.terms.count[zh_term]) if zh_term >= 0 else sum(pair.zh.count(zh) for pair in found.pairs)
    share = len(option.located) / max(looked.pairs, 1)
    matched = max(share * count, 0.5)
    others = Counter(one.key for one in looked.found if one.key != option.key)
    texts = {one.key: one.text for one in looked.found}
    return Candidate(
        zh,
        weigher.surface(option.term),
        count,
        zh_count,
        int(terms.texts[option.term]),
        14.0 + float(np.log2(min(2.0 * matched / (count + max(zh_count, matched)), 1.0))),
        share,
        float(probability(score)),
        tuple(shown for shown, _ in evidence[:EVIDENCE]),
        tuple(Competitor(texts[key], number) for key, number in others.most_common(4)),
    )


def _commonest(texts: Sequence[str]) -> str:
    return Counter(texts).most_common(1)[0][0]


def _evidence(found: Survey, option: Option) -> list[tuple[EvidencePair, str]]:
    """Pairs that show a rendering, and how it is written there."""
    if option.located:
        return [(EvidencePair(one.pair_id, one.span, one.term_spans[0]), one.text) for one in option.located]
    zh_term = int(found.couples.zh[option.couple])
    zh_places = {int(found.zh.runs.text[k]): k for k in found.zh.terms.occurrences(zh_term)[::-1].tolist()}
    shown = []
    for k in found.en.terms.occurrences(option.term).tolist():
        text = int(found.en.runs.text[k])
        if text in zh_places:
            place = zh_places[text]
            spans = found.zh.span(place), found.en.span(k)
            shown.append((EvidencePair(found.pairs[text].id, *spans), found.zh.surface(place)))
    return shown
