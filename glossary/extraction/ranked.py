"""The couples of a survey by score: of each English term its renderings, the likeliest first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from glossary.extraction.barred import barred_chinese, barred_english, strung
from glossary.extraction.laid import Numbers
from glossary.extraction.survey import Survey

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Ranked:
    """Couples and their log odds; minus infinity for what is barred."""

    score: Floats
    order: Numbers
    begins: Numbers

    @classmethod
    def of(cls, found: Survey, score: Floats) -> Ranked:
        """``score`` (n,): log odds of the couples."""
        score = np.where(barred(found), -np.inf, score)
        en = found.couples.en
        order = np.lexsort((-score, en))
        return cls(score, order, np.searchsorted(en[order], np.arange(len(found.en.terms) + 1)))

    def best(self) -> Floats:
        """(t,) of each English term the score of its likeliest rendering."""
        some = self.begins[1:] > self.begins[:-1]
        found = np.full(len(some), -np.inf)
        found[some] = self.score[self.order[self.begins[:-1][some]]]
        return found

    def of_term(self, term: int) -> Numbers:
        """The couples of an English term that are not barred, the likeliest first."""
        mine = self.order[self.begins[term] : self.begins[term + 1]]
        return mine[np.isfinite(self.score[mine])]


def barred(found: Survey) -> npt.NDArray[np.bool_]:
    """(n,) couples that are no candidates whatever speaks for them."""
    en, zh = found.en.folded(), found.zh.folded()
    english = barred_english(en) | strung(en, found.en.terms)
    found_barred: npt.NDArray[np.bool_] = (
        english[found.couples.en] | barred_chinese(zh)[found.couples.zh] | (found.features.together == 0)
    )
    return found_barred
