"""What speaks for an English run and a Chinese one being a term and its rendering: one frozen table of numbers."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from glossary.extraction.barred import generic
from glossary.extraction.grid import Matches
from glossary.extraction.habits import Habits
from glossary.extraction.laid import Numbers
from glossary.extraction.names import Shape
from glossary.extraction.side import Side, Weighing
from glossary.extraction.types_table import Terms
from search.locating.ngrams import log_likelihood_ratio

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Features:
    """Of each pair of terms (n,): what the corpus says of it."""

    # of both together
    covered_en: Floats
    covered_zh: Floats
    covered_least: Floats
    near: Floats
    near_several: Floats
    best_en: Floats
    best_zh: Floats
    share_en: Floats
    share_zh: Floats
    log_dice: Floats
    llr: Floats
    together: Floats
    length_off: Floats
    # of the English one
    en_often: Floats
    en_texts: Floats
    en_free: Floats
    en_apart_left: Floats
    en_apart_right: Floats
    en_name: Floats
    en_whole: Floats
    en_part: Floats
    en_torn: Floats
    en_tail: Floats
    en_head: Floats
    en_mixed: Floats
    en_strung: Floats
    en_whole_links: Floats
    en_whole_units: Floats
    en_whole_one: Floats
    en_upper: Floats
    en_single: Floats
    en_two: Floats
    en_long: Floats
    en_links: Floats
    en_head_weight: Floats
    en_tail_weight: Floats
    en_weight: Floats
    en_kind: Floats
    en_name_kind: Floats
    en_known: Floats
    en_strung_the: Floats
    en_name_often: Floats
    en_name_long: Floats
    en_governs: Floats
    en_verbal: Floats
    en_closes: Floats
    en_tail_governs: Floats
    en_quoted: Floats
    en_generic: Floats
    en_own: Floats
    en_surprise: Floats
    single_often: Floats
    single_weight: Floats
    single_own: Floats
    single_surprise: Floats
    # of the Chinese one
    zh_often: Floats
    zh_free: Floats
    zh_apart_left: Floats
    zh_apart_right: Floats
    zh_variety: Floats
    zh_links: Floats
    zh_quoted: Floats
    zh_short: Floats
    zh_kind: Floats
    zh_known: Floats
    name_zh_links: Floats
    name_zh_known: Floats
    zh_weight: Floats
    zh_head_weight: Floats
    zh_tail_weight: Floats

    def table(self) -> Floats:
        """(n, names)."""
        return np.stack([getattr(self, name) for name in self.names()], axis=1)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The names of the numbers."""
        return tuple(field.name for field in fields(cls))


@dataclass(frozen=True)
class Couples:
    """English and Chinese terms that are matched somewhere (n,), and which of the matches are of which (m,)."""

    en: Numbers
    zh: Numbers
    of: Numbers


def couple(matches: Matches, en: Terms, zh: Terms) -> Couples:
    """Distinct pairs of terms."""
    codes, of = np.unique(en.of[matches.en] * len(zh) + zh.of[matches.zh], return_inverse=True)
    return Couples(codes // max(len(zh), 1), codes % max(len(zh), 1), of)


def features(found: Couples, matches: Matches, en: Side, zh: Side, habits: Habits, texts: int) -> Features:
    """``texts``: pairs of the corpus."""
    return Features(
        **_of_pair(found, matches, en.terms, zh.terms, texts),
        **_of_english(found, en, habits),
        **_of_chinese(found, zh.terms, zh.weighing, _named(en.terms)[found.en]),
    )


def _of_pair(found: Couples, matches: Matches, en: Terms, zh: Terms, texts: int) -> dict[str, Floats]:
    size = len(found.en)

    def mean(values: Floats) -> Floats:
        return np.asarray(np.bincount(found.of, weights=values, minlength=size) / np.bincount(found.of, minlength=size))

    linked = chosen(found, matches, size)
    count_en, count_zh = en.count[found.en], zh.count[found.zh]
    together = np.bincount(found.of, weights=linked, minlength=size).astype(np.float64)
    near = mean(matches.near)
    dice = np.log2(np.maximum(2 * together / (count_en + count_zh), 2.0**-10))
    ratio = np.log(zh.units[found.zh] + 1.0) - 0.8 * np.log(en.units[found.en]) - 1.25
    llr = log_likelihood_ratio_each(together, en.texts[found.en], zh.texts[found.zh], float(texts))
    covered_en, covered_zh = mean(matches.covered_en), mean(matches.covered_zh)
    return {
        "covered_en": covered_en,
        "covered_zh": covered_zh,
        "covered_least": np.minimum(covered_en, covered_zh),
        "near": near,
        "near_several": near * (en.units[found.en] > 1),
        "best_en": mean(matches.best_en),
        "best_zh": mean(matches.best_zh),
        "share_en": np.minimum(together / count_en, 1.0),
        "share_zh": np.minimum(together / count_zh, 1.0),
        "log_dice": dice,
        "llr": np.log1p(llr),
        "together": np.log1p(together),
        "length_off": np.abs(ratio),
    }


def chosen(found: Couples, matches: Matches, size: int) -> Floats:
    """(m,) 1 where of an English run's matches this is the one that its other occurrences back most."""
    score = matches.best_en * matches.best_zh
    backed = np.bincount(found.of, weights=score, minlength=size)[found.of] * score
    order = np.lexsort((-backed, matches.en))
    first = np.concatenate(([True], matches.en[order][1:] != matches.en[order][:-1])) if len(order) else order
    best = np.zeros(len(score))
    best[order[first]] = 1.0
    return best


def log_likelihood_ratio_each(both: Floats, one: Floats, other: Floats, texts: float) -> Floats:
    """Dunning's G² of pairs of terms, from the pairs of texts that hold both, one, the other, and all."""
    result = np.zeros(len(both))
    whole = np.minimum(both, np.minimum(one, other))
    for count in np.unique(one):
        here = one == count
        result[here] = log_likelihood_ratio(whole[here], float(count), other[here], texts)
    return result


def _free(terms: Terms) -> Floats:
    """Occurrences that are in no longer term one word longer on its commoner side, from the edges' variety."""
    most = np.log2(np.maximum(terms.count, 2.0))
    return np.asarray(np.minimum(terms.variety_left, terms.variety_right) / most)


def _of_english(found: Couples, side: Side, habits: Habits) -> dict[str, Floats]:
    values = {**_of_words(side, habits), **_of_name(side)}
    return {name: np.asarray(value[found.en], dtype=np.float64) for name, value in values.items()}


def _named(en: Terms) -> Floats:
    """(t,) how often a term is the name of something, whole or in part."""
    found: Floats = en.shapes[:, [Shape.WHOLE, Shape.PART, Shape.TAIL, Shape.HEAD]].sum(axis=1)
    return found


def _of_name(side: Side) -> dict[str, Floats]:
    en, named = side.terms, _named(side.terms)
    joined = np.array([" and the " in text for text in side.folded()], dtype=np.float64)
    several = (en.units > 1) * 1.0
    whole = en.shapes[:, Shape.WHOLE]
    return {
        "en_name": en.name,
        "en_whole": whole * several,
        "en_part": en.shapes[:, Shape.PART] * several,
        "en_torn": en.shapes[:, Shape.TORN],
        "en_tail": en.shapes[:, Shape.TAIL],
        "en_head": en.shapes[:, Shape.HEAD],
        "en_mixed": en.shapes[:, Shape.MIXED],
        "en_strung": en.strung,
        "en_whole_links": whole * en.links,
        "en_whole_units": whole * np.minimum(en.units, 12.0) * several,
        "en_whole_one": whole * (1.0 - several),
        "en_name_kind": named * side.weighing.kind,
        "en_strung_the": named * joined,
        "en_name_often": named * several * np.log(en.count),
        "en_name_long": named * np.maximum(en.units - 4.0, 0.0),
    }


def _of_words(side: Side, habits: Habits) -> dict[str, Floats]:
    en, runs, weighing = side.terms, side.runs, side.weighing
    head, tail = habits.of(runs.head[en.sample]), habits.of(runs.tail[en.sample])
    single = (en.units == 1) * 1.0
    return {
        "en_often": np.log(en.count),
        "en_texts": np.log(en.texts),
        "en_free": _free(en),
        "en_apart_left": en.apart_left,
        "en_apart_right": en.apart_right,
        "en_upper": en.upper,
        "en_single": single,
        "en_two": (en.units == 2) * 1.0,
        "en_long": np.maximum(en.units - 4.0, 0.0),
        "en_links": en.links,
        "en_head_weight": weighing.head,
        "en_tail_weight": weighing.tail,
        "en_weight": weighing.mean,
        "en_kind": weighing.kind,
        "en_known": weighing.known * (1.0 - _named(en)),
        "en_governs": habits.governs[head],
        "en_verbal": habits.verbal[head],
        "en_closes": habits.closes[tail],
        "en_tail_governs": habits.governs[tail],
        "en_quoted": en.quoted,
        "en_generic": generic(side.folded()) * 1.0,
        "en_own": weighing.own,
        "en_surprise": weighing.least * (1.0 - single),
        "single_often": single * np.log(en.count),
        "single_weight": single * weighing.mean,
        "single_own": single * weighing.own,
        "single_surprise": single * weighing.least,
    }


def _of_chinese(found: Couples, zh: Terms, weighing: Weighing, named: Floats) -> dict[str, Floats]:
    of_terms = {
        "zh_often": np.log(zh.count),
        "zh_free": _free(zh),
        "zh_apart_left": zh.apart_left,
        "zh_apart_right": zh.apart_right,
        "zh_variety": np.minimum(zh.variety_left, zh.variety_right),
        "zh_links": zh.links,
        "zh_quoted": zh.quoted,
        "zh_short": (zh.units <= 2) * 1.0,
        "zh_kind": weighing.kind,
        "zh_known": weighing.known,
        "zh_weight": weighing.mean,
        "zh_head_weight": weighing.head,
        "zh_tail_weight": weighing.tail,
    }
    values = {key: np.asarray(value[found.zh], dtype=np.float64) for key, value in of_terms.items()}
    # names hold more small words than other terms do, and no thesaurus knows them
    return {**values, "name_zh_links": values["zh_links"] * named, "name_zh_known": values["zh_known"] * named}
