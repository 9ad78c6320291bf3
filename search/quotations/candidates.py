"""Which stored pairs a passage of a draft may quote: by what its sentences mean, and by their rarest runs of words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import regex

from align.document import Language
from align.sentences import split
from search.quotations.local_alignment import Weighed
from search.quotations.sources import QuotationSource

NEAREST = 20  # pairs by meaning, of each sentence
HOLDING = 30  # pairs by each run of words
RUN: Final[dict[Language, int]] = {"en": 4, "zh": 6}  # tokens in a run that is looked up
REGION: Final[dict[Language, int]] = {"en": 12, "zh": 20}  # tokens of which the rarest run is looked up
MOST_RUNS = 24  # of a passage
_BETWEEN = regex.compile(r"[\s\p{Pd}\u2212\p{Cf}]*")


def candidates(passage: Weighed, language: Language, source: QuotationSource) -> tuple[int, ...]:
    """The ids of the pairs that are worth comparing, each once, those found by meaning first."""
    text = passage.tokens.text
    texts = [text[span.start : span.end] for span in split(text, language)]
    if len(texts) > 1:
        texts.append(text)
    found = [number for row in source.nearest(texts, language, NEAREST) for number in row]
    for phrase in rarest_runs(passage, language):
        found.extend(source.holding(phrase, language, HOLDING))
    return tuple(dict.fromkeys(found))


def rarest_runs(passage: Weighed, language: Language) -> tuple[str, ...]:
    """The run of each region of the passage that says most, as it is written; no number or mark stands in one."""
    tokens, weights = passage.tokens, passage.weights
    length = min(RUN[language], len(tokens))
    best: dict[int, tuple[float, int]] = {}
    for first in _unbroken(passage, length):
        says = float(weights[first : first + length].sum())
        region = first // REGION[language]
        if says > best.get(region, (0.0, 0))[0]:
            best[region] = (says, first)
    chosen = sorted(best.values(), reverse=True)[:MOST_RUNS]
    return tuple(dict.fromkeys(tokens.text[slice(*tokens.span(at, at + length))] for _, at in chosen))


def _unbroken(passage: Weighed, length: int) -> Iterator[int]:
    """First tokens of the runs with nothing but spaces and hyphens between their words."""
    tokens = passage.tokens
    if not length:
        return
    whole = 1  # tokens in a row up to here
    for k in range(len(tokens)):
        joined = k > 0 and _BETWEEN.fullmatch(tokens.text, tokens.ends[k - 1], tokens.starts[k]) is not None
        whole = 0 if tokens.numeric[k] else whole + 1 if joined else 1
        if whole >= length:
            yield k - length + 1
