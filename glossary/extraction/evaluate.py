"""How many terms that people marked are among the first candidates, beside a baseline on the same pairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from align.signature import signature
from glossary.extraction.extract import extract
from models.encoder import Encoder
from search.locating.evaluate_terms import TermOccurrence
from search.locating.locator import rendering_key
from search.locating.ngrams import plain
from search.locating.word_encoder import word_encoder
from search.locating.word_statistics import TextPair
from search.locating.words import Units, cut

LONGEST_EN, LONGEST_ZH = 6, 12  # units in an n-gram of the baseline
OFTEN = 2  # pairs
PARTNERS = 12  # Chinese n-grams that are kept of an English one
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ExtractionEvaluation:
    """Of ``n`` distinct marked pairs of terms, how many are among the first ``top`` candidates.

    Both sides exact, English article and plural aside. The baseline: n-grams that stand in at least two pairs, no
    function words at their edges, ranked by logDice over the pairs.
    """

    signature: str
    n: int
    found: int
    top: int
    baseline_found: int

    @property
    def recall(self) -> float:
        """In [0, 1]."""
        return self.found / max(self.n, 1)

    @property
    def baseline_recall(self) -> float:
        """In [0, 1]."""
        return self.baseline_found / max(self.n, 1)


def evaluate_extraction(
    terms: Sequence[TermOccurrence], pairs: Sequence[TextPair], encoder: Encoder, top: int
) -> ExtractionEvaluation:
    """Extract from the pairs, and look for the marked terms among the first ``top`` candidates."""
    wanted = {(rendering_key(term.zh, "zh"), rendering_key(term.en, "en")) for term in terms}
    candidates = extract(pairs, encoder, top).candidates
    found = {(rendering_key(one.zh, "zh"), rendering_key(one.en, "en")) for one in candidates}
    baseline = set(baseline_candidates(pairs, top))
    made = signature(
        model=str(getattr(word_encoder(encoder), "name", "")),
        task="eval-extract",
        pairs=str(len(pairs)),
        top=str(top),
        n=str(len(wanted)),
    )
    return ExtractionEvaluation(made, len(wanted), len(wanted & found), top, len(wanted & baseline))


def baseline_candidates(pairs: Sequence[TextPair], top: int) -> list[Key]:
    """Pairs of n-grams ranked by logDice over the pairs; of equals the more frequent, then the longer."""
    texts = [(set(_grams(cut(pair.en, "en"))), set(_grams(cut(pair.zh, "zh")))) for pair in pairs]
    counts_en = Counter(gram for en, _ in texts for gram in en)
    counts_zh = Counter(gram for _, zh in texts for gram in zh)
    places: dict[str, list[int]] = {}
    for k, (en, _) in enumerate(texts):
        for gram in en:
            if counts_en[gram] >= OFTEN:
                places.setdefault(gram, []).append(k)
    ranked: list[tuple[float, int, Key]] = []
    for gram_en, holding in places.items():
        together = Counter(gram for k in holding for gram in texts[k][1] if counts_zh[gram] >= OFTEN)
        dices = [
            (14 + float(np.log2(2 * both / (counts_en[gram_en] + counts_zh[zh]))), both, (zh, gram_en))
            for zh, both in together.items()
            if both >= OFTEN
        ]
        ranked += sorted(dices, reverse=True)[:PARTNERS]
    ranked.sort(key=lambda row: (-row[0], -row[1], -len(row[2][0]), -len(row[2][1]), row[2]))
    return [key for _, _, key in ranked[:top]]


def _grams(units: Units) -> Iterator[str]:
    from glossary.extraction.laid import ZH_NO_BEGIN, ZH_NO_END
    from search.locating.boundaries import ARTICLES, LINKS, OTHERS

    english = units.language == "en"
    stops = ARTICLES | LINKS | OTHERS
    keys = tuple(plain(key) for key in units.keys) if english else units.keys
    hyphen = [key in {"-", "–"} for key in units.keys]
    word = [kind != "mark" for kind in units.kinds]
    for first in range(len(keys)):
        if not word[first] or units.keys[first] in (stops if english else ZH_NO_BEGIN):
            continue
        for end in range(first + 1, min(len(keys), first + (LONGEST_EN if english else LONGEST_ZH)) + 1):
            if not (word[end - 1] or hyphen[end - 1]):
                break
            last = units.keys[end - 1]
            if not word[end - 1] or last in (stops if english else ZH_NO_END):
                continue
            if end - first > 1 or english:
                yield (" " if english else "").join(keys[first:end])
