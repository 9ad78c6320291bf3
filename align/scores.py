"""Strict and lax precision, recall and F1 as Vecalign defines them (Thompson & Koehn 2019)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Link = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Counts:
    """Right and wrong among the proposed, found and missed among the gold."""

    right: int = 0
    wrong: int = 0
    found: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.right + other.right, self.wrong + other.wrong, self.found + other.found, self.missed + other.missed
        )

    @property
    def precision(self) -> float:
        """Share of the proposed that is right; 0 where nothing is proposed."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that is found; 0 where there is none."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / (self.precision + self.recall) if self.right or self.found else 0.0


@dataclass(frozen=True, slots=True)
class AlignmentScore:
    """Strict: exactly a gold bead. Lax: shares a unit on both sides with one. Null: units left without partner."""

    strict: Counts = Counts()
    lax: Counts = Counts()
    null: Counts = Counts()

    def __add__(self, other: AlignmentScore) -> AlignmentScore:
        return AlignmentScore(self.strict + other.strict, self.lax + other.lax, self.null + other.null)


def score(proposed: Iterable[Link], gold: Iterable[Link]) -> AlignmentScore:
    """Score one document. Precision counts all proposed beads, recall the gold beads that have both sides."""
    test = {link for link in proposed if link[0] or link[1]}
    truth = {link for link in gold if link[0] or link[1]}
    strict_right, lax_right = _matches(test, truth)
    both_test, both_truth = {t for t in test if all(t)}, {t for t in truth if all(t)}
    strict_found, lax_found = _matches(both_truth, both_test)
    return AlignmentScore(
        strict=Counts(strict_right, len(test) - strict_right, strict_found, len(both_truth) - strict_found),
        lax=Counts(lax_right, len(test) - lax_right, lax_found, len(both_truth) - lax_found),
        null=_null(test, truth),
    )


def _matches(judged: set[Link], reference: set[Link]) -> tuple[int, int]:
    partners: dict[int, set[int]] = {}
    for zh, en in reference:
        for unit in zh:
            partners.setdefault(unit, set()).update(en)
    strict = sum(link in reference for link in judged)
    lax = sum(
        link in reference or any(not partners.get(unit, set()).isdisjoint(link[1]) for unit in link[0])
        for link in judged
    )
    return strict, lax


def _null(test: set[Link], truth: set[Link]) -> Counts:
    proposed, gold = _lone(test), _lone(truth)
    common = len(proposed & gold)
    return Counts(common, len(proposed) - common, common, len(gold) - common)


def _lone(links: set[Link]) -> set[tuple[str, int]]:
    zh = {("zh", unit) for zh, en in links if not en for unit in zh}
    return zh | {("en", unit) for zh, en in links if not zh for unit in en}


def expected_calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """Mean gap between confidence and share right over equal-width bins, weighted by size (Guo et al. 2017)."""
    total = 0.0
    for k in range(bins):
        inside = [(c, r) for c, r in zip(confidences, right, strict=True) if min(int(c * bins), bins - 1) == k]
        if inside:
            total += abs(sum(c for c, _ in inside) - sum(r for _, r in inside))
    return total / max(len(confidences), 1)
