"""The loops over all cells of a corpus's pairs, compiled by numba. ``search.locating.lexicon`` is their only caller.

A cell is a Chinese word of a pair with an English word of the same pair; an entry is two words that share a cell.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Numbers = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Vectors = npt.NDArray[np.float32]


@njit(cache=True)  # type: ignore[untyped-decorator]
def entries(
    zh: Numbers, en: Numbers, zh_starts: Numbers, en_starts: Numbers, cells: Numbers, order: Numbers, size: int
) -> tuple[Numbers, Small]:
    """Sorted codes ``zh × size + en`` of all entries, and of each cell its entry.

    Pair p has the words ``zh[zh_starts[p]:zh_starts[p + 1]]``, and its cells, row by row, begin at ``cells[p]``.
    ``order``: the positions in ``zh`` sorted by word.
    """
    pair_of = np.empty(len(zh), dtype=np.int64)
    for p in range(len(cells) - 1):
        pair_of[zh_starts[p] : zh_starts[p + 1]] = p
    entry = np.empty(cells[-1], dtype=np.int32)
    codes = np.empty(1024, dtype=np.int64)
    seen = np.full(size, -1, dtype=np.int64)
    local = np.zeros(size, dtype=np.int32)
    partners = np.empty(size, dtype=np.int64)
    total = 0
    begin = 0
    while begin < len(order):
        word = zh[order[begin]]
        end = begin
        count = 0
        while end < len(order) and zh[order[end]] == word:
            p = pair_of[order[end]]
            for j in range(en_starts[p], en_starts[p + 1]):
                if seen[en[j]] != word:
                    seen[en[j]] = word
                    partners[count] = en[j]
                    count += 1
            end += 1
        found = np.sort(partners[:count])
        while total + count > len(codes):
            codes = np.concatenate((codes, np.empty_like(codes)))
        for k in range(count):
            codes[total + k] = word * size + found[k]
            local[found[k]] = total + k
        total += count
        for at in range(begin, end):
            p = pair_of[order[at]]
            width = en_starts[p + 1] - en_starts[p]
            row = cells[p] + (order[at] - zh_starts[p]) * width
            for j in range(width):
                entry[row + j] = local[en[en_starts[p] + j]]
        begin = end
    return codes[:total].copy(), entry


@njit(cache=True)  # type: ignore[untyped-decorator]
def expect(
    entry: Small,
    cells: Numbers,
    widths: Numbers,
    given: Numbers,
    prior: Floats,
    weight: float,
    rounds: int,
    across: bool,
) -> Floats:
    """p(explained word | given word) of each entry, by expectation maximisation with the prior as pseudo-counts.

    ``across``: the words of a cell's column are explained by those of the rows; else the other way round.
    """
    normal = np.zeros(given.max() + 1)
    for k in range(len(given)):
        normal[given[k]] += prior[k]
    pseudo = prior / normal[given]
    p = pseudo.copy()
    for _ in range(rounds):
        counts = weight * pseudo
        for pair in range(len(widths)):
            width = widths[pair]
            height = (cells[pair + 1] - cells[pair]) // width
            outer, inner = (width, height) if across else (height, width)
            near, far = (1, width) if across else (width, 1)
            for a in range(outer):
                at = cells[pair] + a * near
                total = 0.0
                for b in range(inner):
                    total += p[entry[at + b * far]]
                for b in range(inner):
                    counts[entry[at + b * far]] += p[entry[at + b * far]] / total
        normal[:] = 0.0
        for k in range(len(given)):
            normal[given[k]] += counts[k]
        p = counts / normal[given]
    return p


@njit(cache=True, fastmath=True)  # type: ignore[untyped-decorator]
def cosines(first: Numbers, second: Numbers, unit: Vectors) -> Floats:
    """Products of the rows of ``unit`` that are named in pairs."""
    found = np.empty(len(first))
    for k in range(len(first)):
        a, b = unit[first[k]], unit[second[k]]
        total = np.float32(0.0)
        for d in range(unit.shape[1]):
            total += a[d] * b[d]
        found[k] = total
    return found
