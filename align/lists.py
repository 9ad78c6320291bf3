"""Lists that each language sorts its own way (sponsors, countries): recognised, and kept as one unit a side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import regex

from models.encoder import Encoder

FEWEST = 4  # units of a list
LONGEST = 60  # characters of Latin script in an entry; a Chinese character counts for three
SHARE_INSIDE = 0.6  # of the entries whose nearest short unit on the other side lies in the partner list
ALIKE = 0.35  # cosine from which two entries count as the same name
ORDERED = 0.7  # rank correlation from which the order is the same, and line by line is right

_SENTENCE_END = regex.compile(r"[。；：;:!?！？]\s*$|[\p{L})）]\.\s*$")
_LABELLED = regex.compile(r"\s*[(（]?[\p{N}一二三四五六七八九十a-zA-Z]{1,4}[)）.、．]")

Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ListPair:
    """A list on each side, as half-open runs of units."""

    zh: Run
    en: Run


def find_lists(zh: Sequence[str], en: Sequence[str], encoder: Encoder) -> tuple[ListPair, ...]:
    """Pairs of runs that hold the same short entries in another order, in reading order, none overlapping."""
    zh_runs, en_runs = _runs(zh), _runs(en)
    if not zh_runs or not en_runs:
        return ()
    rows, columns = _members(zh_runs), _members(en_runs)
    cosines = encoder.encode([zh[k] for k in rows]) @ encoder.encode([en[k] for k in columns]).T
    found: list[ListPair] = []
    for zh_run in zh_runs:
        inside = (rows >= zh_run[0]) & (rows < zh_run[1])
        en_run = _partner(cosines[inside], columns, en_runs)
        if en_run is None or (found and en_run[0] < found[-1].en[1]):
            continue
        across = (columns >= en_run[0]) & (columns < en_run[1])
        if _reordered(cosines[np.ix_(inside, across)]):
            found.append(ListPair(zh_run, en_run))
    return tuple(found)


def _runs(texts: Sequence[str]) -> list[Run]:
    runs: list[Run] = []
    start = 0
    for k in range(len(texts) + 1):
        if k == len(texts) or not _entry(texts[k]):
            if k - start >= FEWEST:
                runs.append((start, k))
            start = k + 1
    return runs


def _entry(text: str) -> bool:
    """Whether a unit may be an entry of a list: short, no sentence, without a number that would order it."""
    if not text.strip() or _SENTENCE_END.search(text) or _LABELLED.match(text):
        return False
    han = len(regex.findall(r"\p{Han}", text))
    return len(text) + 2 * han <= LONGEST


def _members(runs: Sequence[Run]) -> npt.NDArray[np.int64]:
    return np.concatenate([np.arange(start, end) for start, end in runs])


def _partner(cosines: npt.NDArray[np.float32], columns: npt.NDArray[np.int64], runs: Sequence[Run]) -> Run | None:
    """The run that most of the entries have their nearest entry in."""
    nearest = columns[cosines.argmax(axis=1)][cosines.max(axis=1) >= ALIKE]
    for start, end in runs:
        if np.sum((nearest >= start) & (nearest < end)) >= SHARE_INSIDE * len(cosines):
            return start, end
    return None


def _reordered(cosines: npt.NDArray[np.float32]) -> bool:
    """Whether the entries match one to one, in an order of their own."""
    from scipy.optimize import linear_sum_assignment
    from scipy.stats import kendalltau

    rows, columns = linear_sum_assignment(-cosines)
    alike = cosines[rows, columns] >= ALIKE
    if alike.sum() < max(FEWEST, SHARE_INSIDE * max(cosines.shape)):
        return False
    return bool(kendalltau(rows[alike], columns[alike]).statistic < ORDERED)
