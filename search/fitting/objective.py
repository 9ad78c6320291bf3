"""The objective: the likelihood of the marked spans among all, with weights that keep the sense of their evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from search.locating.scores import Support, by_key, shares

Floats = npt.NDArray[np.float64]
SPEAK_FOR = frozenset(
    "odds ours recall covered weakest strong edge_odds cosine cosine_square cosine_sharp rest llr llr_rate dice "
    "dice_several recurs recurs_size word_begin word_end at_begin at_end before_connecting after_connecting quoted "
    "pool pool_log pool_count pool_n".split()
)
SPEAK_AGAINST = frozenset(
    "foreign unclaimed leaked strong_foreign edge_foreign out_left out_right out_odds beside_free against norm_off "
    "elsewhere longer_left longer_right longer_dice_left longer_dice_right longer_dice_several_left "
    "longer_dice_several_right shorter_dice_left shorter_dice_right shorter_left shorter_right ratio_square "
    "count_word_off numbers_off copied_off commas_off first_connecting first_article first_other last_connecting "
    "last_article last_other hyphen_cut capital_before capital_after capital_mixed quoted_half tight_left tight_right "
    "before_content after_content variety_left variety_right function_inside".split()
)
POOLED = ("pool_log", "pool", "pool_count", "pool_n")
RIDGE = 20.0  # looked at on the development sets: from 8 to 50 their figures move by a point


@dataclass
class Group:
    """One occurrence: the evidence (spans, names) of its best spans, their folded forms, and which is the marked one.

    ``right`` is None for an occurrence that is not marked: it only supports the others of its ``term``.
    """

    term: int
    evidence: Floats
    keys: tuple[str, ...]
    first: npt.NDArray[np.int64]
    end: npt.NDArray[np.int64]
    right: int | None
    pooled: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.pooled = np.zeros((len(self.keys), len(POOLED)))


def pool(groups: Sequence[Group], weights: Floats) -> None:
    """Fill in what the occurrences of a term say for each other, by their scores under ``weights``."""
    terms: dict[int, list[Group]] = {}
    for group in groups:
        terms.setdefault(group.term, []).append(group)
    for occurrences in terms.values():
        own = [by_key(group.keys, shares(group.evidence @ weights)) for group in occurrences]
        support = Support.gather(own)
        for group, found in zip(occurrences, own, strict=True):
            evidence = support.evidence(group.keys, found)
            group.pooled = np.stack([evidence[name] for name in POOLED], axis=1)


def fit(groups: Sequence[Group], names: Sequence[str], pooled: bool) -> Floats:
    """Weights of the evidence (and, if so, of the pooled evidence) that make the marked spans most likely."""
    from scipy.optimize import minimize

    marked = [group for group in groups if group.right is not None]
    evidence = np.concatenate([whole(group) if pooled else group.evidence for group in marked]).astype(np.float64)
    sizes = np.array([len(group.keys) for group in marked])
    begin = np.cumsum(sizes) - sizes
    right = begin + np.array([group.right for group in marked])
    often = Counter(group.term for group in marked)
    importance = np.array([often[group.term] ** -0.5 for group in marked])
    spread = evidence.std(axis=0) + 1e-9
    scaled = evidence / spread

    def objective(weights: Floats) -> tuple[float, Floats]:
        scores = scaled @ weights
        top = np.maximum.reduceat(scores, begin)
        raised = np.exp(scores - np.repeat(top, sizes))
        total = np.add.reduceat(raised, begin)
        probabilities = raised / np.repeat(total, sizes) * np.repeat(importance, sizes)
        likelihood = float((importance * (scores[right] - top - np.log(total))).sum())
        slope = scaled[right].T @ importance - scaled.T @ probabilities
        return RIDGE * float(weights @ weights) - likelihood, 2 * RIDGE * weights - slope

    every = [*names, *POOLED] if pooled else list(names)
    found = minimize(objective, np.zeros(len(every)), jac=True, method="L-BFGS-B", bounds=[_bounds(n) for n in every])
    weights: Floats = found.x / spread
    return weights


def whole(group: Group) -> Floats:
    """All evidence of a group, the pooled part last."""
    return np.hstack([group.evidence, group.pooled])


def _bounds(name: str) -> tuple[float | None, float | None]:
    return (0.0, None) if name in SPEAK_FOR else (None, 0.0) if name in SPEAK_AGAINST else (None, None)


def fit_trust(
    groups: Sequence[Group], names: Sequence[str], final: Floats, reasons: Sequence[str]
) -> Mapping[str, float]:
    """Logistic weights of the chosen span's evidence: is it right? Half the cases have the rendering taken out."""
    from scipy.optimize import minimize

    every = [*names, *POOLED]
    columns = [every.index(name) for name in reasons]
    rows, truth = [], []
    for group in groups:
        if group.right is None:
            continue
        apart = (group.end <= group.first[group.right]) | (group.first >= group.end[group.right])
        for allowed in (np.arange(len(group.keys)), np.flatnonzero(apart)):
            if not len(allowed):
                continue
            evidence = whole(group)[allowed]
            scores = evidence @ final
            best = int(scores.argmax())
            keys = [group.keys[k] for k in allowed]
            share = by_key(keys, shares(scores))[keys[best]]
            rows.append([1.0, *evidence[best, columns], share])
            truth.append(group.keys[allowed[best]] == group.keys[group.right])
    cases, right = np.array(rows), np.array(truth, dtype=np.float64)

    def objective(weights: Floats) -> tuple[float, Floats]:
        margin = cases @ weights
        loss = np.logaddexp(0.0, margin).sum() - float(right @ margin)
        slope = cases.T @ (1.0 / (1.0 + np.exp(-margin)) - right)
        return float(loss) + 0.5 * float(weights[1:] @ weights[1:]), slope + np.array([0.0, *weights[1:]])

    bounds = [(None, None), *(_bounds(name) for name in reasons), (0.0, None)]
    found = minimize(objective, np.zeros(cases.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds)
    return dict(zip(["constant", *reasons, "share"], map(float, found.x), strict=True))


def exact(groups: Sequence[Group], weights: Floats) -> float:
    """Share of the marked occurrences whose best span is the marked one."""
    marked = [group for group in groups if group.right is not None]
    hits = sum(group.keys[int((whole(group) @ weights).argmax())] == group.keys[group.right or 0] for group in marked)
    return hits / max(len(marked), 1)
