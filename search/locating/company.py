"""How a term keeps company with the runs of the other side's units, and whether longer or shorter runs do better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from search.locating.ngrams import log_likelihood_ratio, run_hashes, unit_hashes
from search.locating.spans import Spans, beside
from search.locating.term_view import Views
from search.locating.word_statistics import Statistics
from search.locating.words import Numbers, Stream

Floats = npt.NDArray[np.float64]
Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Runs:
    """The runs of the units of views: by length (from 1) and first unit, their numbers; and how often everywhere."""

    numbers: Hashes  # (longest, size)
    everywhere: Floats
    distinct: Hashes  # numbers of the runs of each view, each once a view, view after view
    views: Views

    @classmethod
    def of(cls, views: Views, longest: int, known: Statistics) -> Runs:
        """Runs of up to ``longest`` units."""
        language = views.views[0].target.units.language
        stream = Stream.of([view.target.units for view in views.views])
        units = np.zeros(views.size, dtype=np.uint64)
        units[~views.gap] = unit_hashes(stream.keys, language)[stream.ids]
        runs = run_hashes(units, longest)
        numbers = np.zeros((longest, views.size), dtype=np.uint64)
        everywhere = np.zeros((longest, views.size))
        background = known.en_runs if language == "en" else known.zh_runs
        for k, (run, counts) in enumerate(zip(runs, background.of(runs), strict=True)):
            numbers[k, : len(run)], everywhere[k, : len(run)] = run, counts
        # a run that reaches into a gap is none
        room = (np.append(views.ends, views.size)[views.view_of] - np.arange(views.size)) * ~views.gap
        return cls(numbers, everywhere, _distinct(numbers, room, views), views)


def _distinct(numbers: Hashes, room: Numbers, views: Views) -> Hashes:
    inside = np.arange(1, len(numbers) + 1)[:, None] <= room
    parts = [
        np.unique(numbers[:, begin:end][inside[:, begin:end]])
        for begin, end in zip(views.begins.tolist(), views.ends.tolist(), strict=True)
    ]
    return np.concatenate(parts)


@dataclass(frozen=True)
class Company:
    """The runs of the other side's units in a term's pairs: sorted numbers, and in how many of the pairs each is."""

    runs: Hashes
    in_pairs: Floats
    pairs: int  # that hold the term
    known: Statistics
    scale: float = 1.0  # pairs of the learnt-from part of the corpus that hold the term, for each counted here

    @classmethod
    def gather(cls, parts: Sequence[Runs], known: Statistics, total: int) -> Company:
        """Of all views of the parts; ``total`` pairs of the whole corpus hold the term."""
        pairs = sum(len(part.views.views) for part in parts)
        runs, counts = np.unique(np.concatenate([part.distinct for part in parts]), return_counts=True)
        looked_at = known.pairs / max(known.corpus_pairs, 1)
        return cls(runs, counts.astype(np.float64), pairs, known, max(total, pairs) / pairs * looked_at)

    def evidence(self, part: Runs, spans: Spans) -> dict[str, Floats]:
        """How a span keeps company with the term in the whole corpus, and how tightly its edges hold together."""
        length = spans.end - spans.first
        everywhere = part.everywhere[length - 1, spans.first]
        together = self._together(part.numbers[length - 1, spans.first])
        llr = log_likelihood_ratio(together * self.scale, self.pairs * self.scale, everywhere, float(self.known.pairs))
        dice = self._dice(together, everywhere)
        several = np.log(self.pairs)
        tight = _tightness(part, self.known)
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
            evidence |= self._neighbours(side, part, spans, together, everywhere, dice)
        return evidence

    def _together(self, number: Hashes) -> Floats:
        """In how many of the term's pairs a run is, at least the one it was found in."""
        at = np.minimum(np.searchsorted(self.runs, number), len(self.runs) - 1)
        return np.where(self.runs[at] == number, self.in_pairs[at], 1.0)

    def _dice(self, together: Floats, everywhere: Floats) -> Floats:
        both = together * self.scale
        return np.asarray(2 * both / (self.pairs * self.scale + np.maximum(everywhere, both)))

    def _neighbours(
        self, side: str, part: Runs, spans: Spans, together: Floats, everywhere: Floats, dice: Floats
    ) -> dict[str, Floats]:
        """Whether the span one unit longer or shorter on that side is the better companion of the term."""
        step = 1 if side == "left" else 0
        length = spans.end - spans.first
        more, more_all = self._changed(part, spans.first - step, length + 1)
        less, less_all = self._changed(part, spans.first + step, length - 1)
        known_more, known_less = more_all > 0, less_all > 0
        evidence = np.log(together)
        longer = np.where(known_more, self._dice(more, more_all) - dice, 0.0)
        return {
            f"longer_{side}": np.where(known_more, np.log(np.maximum(more, 1.0) / together), -3.0)
            * np.minimum(evidence, 2.5),
            f"longer_dice_{side}": longer,
            f"longer_dice_several_{side}": longer * evidence,
            f"shorter_dice_{side}": np.where(known_less, self._dice(less, less_all) - dice, 0.0),
            f"shorter_{side}": np.where(
                known_less, np.log(together / np.maximum(less, 1.0)) * np.log(np.maximum(less, 1.0)), 0.0
            ),
            f"variety_{side}": np.where(known_more, np.log((more_all + 0.5) / (everywhere + 1.0)), -2.0)
            * np.minimum(np.log1p(everywhere), 3.0),
        }

    def _changed(self, part: Runs, first: Numbers, length: Numbers) -> tuple[Floats, Floats]:
        """Counts with the term and everywhere of other runs; 0 where a run is empty or leaves its text."""
        gap = part.views.gap
        here = np.flatnonzero((length > 0) & ~gap[first] & ~gap[first + length - 1])
        together, everywhere = np.zeros(len(first)), np.zeros(len(first))
        together[here] = self._together(part.numbers[length[here] - 1, first[here]])
        everywhere[here] = np.maximum(part.everywhere[length[here] - 1, first[here]], 1.0)
        return together, everywhere


def _tightness(part: Runs, known: Statistics) -> Floats:
    """Between each unit and the next: pointwise mutual information, never below zero."""
    views = part.views
    total = (known.en_runs if views.views[0].target.units.language == "en" else known.zh_runs).units
    tight = np.zeros(views.size)
    if len(part.everywhere) > 1:
        one, two = part.everywhere[0], part.everywhere[1, :-1]
        seen = np.maximum(two - 0.5, 0.25) * max(total, 1)
        tight[:-1] = np.maximum(np.log(seen / np.maximum(one[:-1] * one[1:], 1.0)), 0.0)
    tight[views.gap] = 0.0
    tight[views.ends - 1] = 0.0
    return tight
