"""How a term keeps company with the runs of the other side's units, and whether longer or shorter runs do better."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.ngrams import log_likelihood_ratio, run_hashes, unit_hashes
from search.spans import Spans, beside
from search.term_view import TermView
from search.word_statistics import Statistics

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Company:
    """The runs of the other side's units in a term's pairs: sorted numbers, and in how many of the pairs each is."""

    runs: npt.NDArray[np.uint64]
    in_pairs: Floats
    pairs: int  # that hold the term
    known: Statistics
    scale: float = 1.0  # pairs of the whole corpus that hold the term, for each that is counted here

    def evidence(self, view: TermView, spans: Spans) -> dict[str, Floats]:
        """How a span keeps company with the term in the whole corpus, and how tightly its edges hold together."""
        units = view.target.units
        longest = int((spans.end - spans.first).max())
        background = self.known.en_runs if units.language == "en" else self.known.zh_runs
        runs = run_hashes(unit_hashes(units), longest + 1)
        counts = background.of(runs)
        length = spans.end - spans.first
        number = np.zeros(len(spans), dtype=np.uint64)
        everywhere = np.zeros(len(spans))
        for k, run in enumerate(runs):
            here = length == k + 1
            number[here], everywhere[here] = run[spans.first[here]], counts[k][spans.first[here]]
        together = self._together(number)
        llr = log_likelihood_ratio(together * self.scale, self.pairs * self.scale, everywhere, float(self.known.pairs))
        dice = self._dice(together, everywhere)
        several = np.log(self.pairs)
        tight = _tightness(counts, background.units)
        evidence = {
            "llr": np.log1p(llr),
            "llr_rate": llr / self.pairs / self.scale / 10.0,
            "dice": dice,
            "dice_several": dice * several,
            "recurs": np.log(together / self.pairs) * min(several, 2.0),
            "recurs_size": (together - 1.0) / max(self.pairs - 1.0, 1.0) * np.log1p(length),
            "elsewhere": np.log(np.maximum(everywhere - together * self.scale, 0) + 1.0),
            "tight_left": beside(tight, spans.first - 1),
            "tight_right": beside(tight, spans.end - 1),
        }
        for side in ("left", "right"):
            evidence |= self._neighbours(side, runs, counts, spans, together, everywhere, dice)
        return evidence

    def _together(self, number: npt.NDArray[np.uint64]) -> Floats:
        """In how many of the term's pairs a run is, at least the one it was found in."""
        at = np.minimum(np.searchsorted(self.runs, number), len(self.runs) - 1)
        return np.where(self.runs[at] == number, self.in_pairs[at], 1.0)

    def _dice(self, together: Floats, everywhere: Floats) -> Floats:
        both = together * self.scale
        return np.asarray(2 * both / (self.pairs * self.scale + np.maximum(everywhere, both)))

    def _neighbours(
        self,
        side: str,
        runs: list[npt.NDArray[np.uint64]],
        counts: list[Floats],
        spans: Spans,
        together: Floats,
        everywhere: Floats,
        dice: Floats,
    ) -> dict[str, Floats]:
        """Whether the span one unit longer or shorter on that side is the better companion of the term."""
        step = 1 if side == "left" else 0
        length = spans.end - spans.first
        more, more_all = self._changed(runs, counts, spans.first - step, length + 1)
        less, less_all = self._changed(runs, counts, spans.first + step, length - 1)
        known_more, known_less = more_all > 0, less_all > 0
        evidence = np.log(together)
        return {
            f"longer_{side}": np.where(known_more, np.log(np.maximum(more, 1.0) / together), -3.0)
            * np.minimum(evidence, 2.5),
            f"longer_dice_{side}": np.where(known_more, self._dice(more, more_all) - dice, 0.0),
            f"longer_dice_several_{side}": np.where(known_more, self._dice(more, more_all) - dice, 0.0) * evidence,
            f"shorter_dice_{side}": np.where(known_less, self._dice(less, less_all) - dice, 0.0),
            f"shorter_{side}": np.where(
                known_less, np.log(together / np.maximum(less, 1.0)) * np.log(np.maximum(less, 1.0)), 0.0
            ),
            f"variety_{side}": np.where(known_more, np.log((more_all + 0.5) / (everywhere + 1.0)), -2.0)
            * np.minimum(np.log1p(everywhere), 3.0),
        }

    def _changed(
        self,
        runs: list[npt.NDArray[np.uint64]],
        counts: list[Floats],
        first: npt.NDArray[np.int64],
        length: npt.NDArray[np.int64],
    ) -> tuple[Floats, Floats]:
        """Counts with the term and everywhere of other runs; 0 where a run leaves the text."""
        together, everywhere = np.zeros(len(first)), np.zeros(len(first))
        n = len(runs[0])
        for k, run in enumerate(runs):
            here = (length == k + 1) & (first >= 0) & (first + length <= n)
            together[here] = self._together(run[first[here]])
            everywhere[here] = np.maximum(counts[k][first[here]], 1.0)
        return together, everywhere


def _tightness(counts: list[Floats], total: int) -> Floats:
    """Between each unit and the next: pointwise mutual information, never below zero."""
    one, two = counts[0], counts[1] if len(counts) > 1 else np.zeros(0)
    if not len(two):
        return np.zeros(0)
    seen = np.maximum(two - 0.5, 0.25) * max(total, 1)
    return np.maximum(np.log(seen / np.maximum(one[:-1] * one[1:], 1.0)), 0.0)
