"""The loops over the lattice, compiled by numba. ``align.lattice`` is their only caller.

Nodes are (i, j), i zh units and j en units consumed; row i of the corridor holds j = lows[i] … highs[i] and its
first node is number offsets[i]. States: 0 after a link, 1 after a zh unit alone, 2 after an en unit alone. A gap
takes its zh units before its en units, so that one alignment is one path.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

Array = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
LINK, ZH_ALONE, EN_ALONE = 0, 1, 2
NEVER = -1e30


@njit(cache=True, inline="always")  # type: ignore[untyped-decorator]
def _add(x: float, y: float) -> float:
    """Log of the sum of two exponentials."""
    if x < y:
        x, y = y, x
    return x if y <= NEVER else x + np.log1p(np.exp(y - x))


@njit(cache=True, inline="always")  # type: ignore[untyped-decorator]
def _node(i: int, j: int, lows: Ints, highs: Ints, offsets: Ints) -> int:
    """The number of node (i, j), -1 where it lies outside the corridor."""
    if i < 0 or i >= len(lows) or j < lows[i] or j > highs[i]:
        return -1
    return int(offsets[i] + j - lows[i])


@njit(cache=True)  # type: ignore[untyped-decorator]
def forward(
    beads: Floats,
    zh_alone: Array,
    en_alone: Array,
    moves: Array,
    shapes: Ints,
    lows: Ints,
    highs: Ints,
    offsets: Ints,
    best: bool,
) -> tuple[Array, Array]:
    """Log weight of all paths (or of the best one) to each node in each state, and of being there about to link.

    ``beads`` (nodes, shapes) are the log weights of the beads that start at a node, ``moves`` (3, 3) those of one
    state after another. Returns arrays of shape (nodes, 3) and (nodes,).
    """
    reached = np.full((len(beads), 3), NEVER)
    ready = np.full(len(beads), NEVER)
    reached[0, LINK] = 0.0
    for i in range(len(lows)):
        for j in range(lows[i], highs[i] + 1):
            here = offsets[i] + j - lows[i]
            for s in range(len(shapes)):
                node = _node(i - shapes[s, 0], j - shapes[s, 1], lows, highs, offsets)
                if node >= 0:
                    weight = ready[node] + beads[node, s]
                    old = reached[here, LINK]
                    reached[here, LINK] = max(old, weight) if best else _add(old, weight)
            node = _node(i - 1, j, lows, highs, offsets)
            if node >= 0:
                x = reached[node, LINK] + moves[LINK, ZH_ALONE]
                y = reached[node, ZH_ALONE] + moves[ZH_ALONE, ZH_ALONE]
                reached[here, ZH_ALONE] = (max(x, y) if best else _add(x, y)) + zh_alone[i - 1]
            node = _node(i, j - 1, lows, highs, offsets)
            if node >= 0:
                weight = NEVER
                for state in range(3):
                    x = reached[node, state] + moves[state, EN_ALONE]
                    weight = max(weight, x) if best else _add(weight, x)
                reached[here, EN_ALONE] = weight + en_alone[j - 1]
            for state in range(3):
                x = reached[here, state] + moves[state, LINK]
                ready[here] = max(ready[here], x) if best else _add(ready[here], x)
    return reached, ready


@njit(cache=True)  # type: ignore[untyped-decorator]
def backward(
    beads: Floats, zh_alone: Array, en_alone: Array, moves: Array, shapes: Ints, lows: Ints, highs: Ints, offsets: Ints
) -> Array:
    """Log weight of all paths from each node in each state to the end, (nodes, 3)."""
    ahead = np.full((len(beads), 3), NEVER)
    ahead[-1, :] = 0.0
    for i in range(len(lows) - 1, -1, -1):
        for j in range(highs[i], lows[i] - 1, -1):
            here = offsets[i] + j - lows[i]
            if here == len(beads) - 1:
                continue
            link = zh = en = NEVER
            for s in range(len(shapes)):
                node = _node(i + shapes[s, 0], j + shapes[s, 1], lows, highs, offsets)
                if node >= 0:
                    link = _add(link, beads[here, s] + ahead[node, LINK])
            node = _node(i + 1, j, lows, highs, offsets)
            if node >= 0:
                zh = zh_alone[i] + ahead[node, ZH_ALONE]
            node = _node(i, j + 1, lows, highs, offsets)
            if node >= 0:
                en = en_alone[j] + ahead[node, EN_ALONE]
            for state in range(3):
                weight = link + moves[state, LINK]
                if state != EN_ALONE:
                    weight = _add(weight, zh + moves[state, ZH_ALONE])
                ahead[here, state] = _add(weight, en + moves[state, EN_ALONE])
    return ahead


@njit(cache=True)  # type: ignore[untyped-decorator]
def expect(
    beads: Floats, zh_alone: Array, en_alone: Array, moves: Array, shapes: Ints, lows: Ints, highs: Ints, offsets: Ints,
    reached: Array, ready: Array, ahead: Array,
) -> tuple[Floats, Array, Array, Array]:  # fmt: skip
    """Probability of each bead and of each unit being alone, and expected counts of the moves."""
    total = ahead[0, LINK]
    linked = np.zeros(beads.shape, dtype=np.float32)
    alone_zh, alone_en, counts = np.zeros(len(zh_alone)), np.zeros(len(en_alone)), np.zeros((3, 3))
    for i in range(len(lows)):
        for j in range(lows[i], highs[i] + 1):
            here = offsets[i] + j - lows[i]
            link = NEVER
            for s in range(len(shapes)):
                node = _node(i + shapes[s, 0], j + shapes[s, 1], lows, highs, offsets)
                if node >= 0:
                    onward = beads[here, s] + ahead[node, LINK]
                    linked[here, s] = np.exp(ready[here] + onward - total)
                    link = _add(link, onward)
            below = _node(i + 1, j, lows, highs, offsets)
            right = _node(i, j + 1, lows, highs, offsets)
            for state in range(3):
                weight = reached[here, state] - total
                counts[state, LINK] += np.exp(weight + moves[state, LINK] + link)
                if state != EN_ALONE and below >= 0:
                    share = np.exp(weight + moves[state, ZH_ALONE] + zh_alone[i] + ahead[below, ZH_ALONE])
                    counts[state, ZH_ALONE] += share
                    alone_zh[i] += share
                if right >= 0:
                    share = np.exp(weight + moves[state, EN_ALONE] + en_alone[j] + ahead[right, EN_ALONE])
                    counts[state, EN_ALONE] += share
                    alone_en[j] += share
    return linked, alone_zh, alone_en, counts


@njit(cache=True)  # type: ignore[untyped-decorator]
def trace(
    beads: Floats, zh_alone: Array, en_alone: Array, moves: Array, shapes: Ints, lows: Ints, highs: Ints, offsets: Ints,
    reached: Array, ready: Array,
) -> Ints:  # fmt: skip
    """The best path as rows (i, j, a, b), last first; ``reached`` and ``ready`` come from the best forward pass."""
    i, j = len(zh_alone), len(en_alone)
    path = np.zeros((i + j, 4), dtype=np.int64)
    length = 0
    state = int(np.argmax(reached[-1]))
    while i > 0 or j > 0:
        a = b = 0
        if state == ZH_ALONE:
            a = 1
            before = reached[_node(i - 1, j, lows, highs, offsets)]
            stay = before[ZH_ALONE] + moves[ZH_ALONE, ZH_ALONE] > before[LINK] + moves[LINK, ZH_ALONE]
            state = ZH_ALONE if stay else LINK
        elif state == EN_ALONE:
            b = 1
            state = int(np.argmax(reached[_node(i, j - 1, lows, highs, offsets)] + moves[:, EN_ALONE]))
        else:
            top = -np.inf
            for s in range(len(shapes)):
                node = _node(i - shapes[s, 0], j - shapes[s, 1], lows, highs, offsets)
                if node >= 0 and ready[node] + beads[node, s] > top:
                    top, a, b = ready[node] + beads[node, s], shapes[s, 0], shapes[s, 1]
            state = int(np.argmax(reached[_node(i - a, j - b, lows, highs, offsets)] + moves[:, LINK]))
        i, j = i - a, j - b
        path[length] = i, j, a, b
        length += 1
    return path[:length]
