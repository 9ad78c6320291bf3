"""Nearest pairs from a Milvus server: fetched generously, then what may not be seen is dropped and ties are ordered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from align.document import Language
from models.encoder import Vectors
from search.index.contract import NOBODY, Ids, Neighbours
from search.index.milvus_collection import HNSW, SLICE, Seen, among, column, contained, slices, visible
from search.index.milvus_server import Server, consistency
from search.index.milvus_state import State

_TOGETHER = 100  # queries in one request
_SPARE = 16  # fetched beyond what was asked, so that ties at the end are seen
_MOST = 16_384  # rows that the server gives
_WIDTH = 256  # HNSW: ef
_EQUAL = 3e-7  # cosines that differ by less are equal: the same vectors, summed in another order

Found = tuple[Ids, Vectors]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of which state of the index: by ``filter`` on the server, by ``keep`` of what it gives."""

    server: Server
    seen: Seen
    state: State
    language: Language
    count: int
    filter: str
    keep: Callable[[Ids, Ids], np.ndarray[tuple[int], np.dtype[np.bool_]]]


def nearest(
    server: Server, seen: Seen, state: State, queries: Vectors, language: Language, count: int, only: Ids | None
) -> Neighbours:
    """The nearest ``count`` pairs of each query (q, d) that belong to the state; a zero query finds nobody."""
    ids = np.full((len(queries), count), NOBODY, dtype=np.int64)
    similarities = np.full((len(queries), count), NOBODY, dtype=np.float32)
    asked = np.flatnonzero(queries.any(axis=1))
    for start in range(0, len(asked), _TOGETHER):
        rows = asked[start : start + _TOGETHER]
        for row, (found, cosines) in zip(
            rows.tolist(), _answers(server, seen, state, queries[rows], language, count, only), strict=True
        ):
            ids[row, : len(found)] = found
            similarities[row, : len(found)] = np.minimum(cosines, 1)  # sums of rounded numbers may exceed it
    return Neighbours(ids, similarities)


def _answers(
    server: Server, seen: Seen, state: State, queries: Vectors, language: Language, count: int, only: Ids | None
) -> list[Found]:
    """Few pairs are named to the server; of many, it gives the nearest of all until enough of them are among these."""

    def question(part: Ids | None, keep_only: Ids | None) -> Question:
        unfinished = [f"since <= {int(state.generation)}"] if state.coming else []
        named = [among(part)] if part is not None else []

        def keep(pairs: Ids, since: Ids) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
            shown = visible(state, pairs, since)
            return shown & contained(pairs, keep_only) if keep_only is not None else shown

        return Question(server, seen, state, language, count, " and ".join(unfinished + named), keep)

    if only is None or len(only) <= SLICE:
        return _grown(question(only, None), queries)[0]
    found, lacking = _grown(question(None, only), queries)
    if len(lacking):
        parts = [_grown(question(part, None), queries[lacking])[0] for part in slices(only)]
        for place, row in enumerate(lacking.tolist()):
            found[row] = _best(
                np.concatenate([part[place][0] for part in parts]),
                np.concatenate([part[place][1] for part in parts]),
                count,
            )
    return found


def _grown(question: Question, queries: Vectors) -> tuple[list[Found], Ids]:
    """Fetch more and more until each query has its count and no tie is cut; and which queries never had."""
    found: list[Found] = [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))] * len(queries)
    open_rows = np.arange(len(queries))
    limit = min(_MOST, question.count + _SPARE)
    while len(open_rows):
        still = []
        for row, (pairs, since, cosines) in zip(
            open_rows.tolist(), _fetched(question, queries[open_rows], limit), strict=True
        ):
            kept = question.keep(pairs, since)
            found[row] = _best(pairs[kept], cosines[kept], question.count)
            best = found[row][1]
            enough = len(best) == question.count and cosines[-1] < best[-1] - _EQUAL
            if len(pairs) == limit and not enough:
                still.append(row)
        open_rows = np.asarray(still, dtype=np.intp)
        if limit == _MOST:
            break
        limit = min(_MOST, 4 * limit)
    return found, open_rows


def _fetched(question: Question, queries: Vectors, limit: int) -> list[tuple[Ids, Ids, Vectors]]:
    """Of each query the nearest rows as the server orders them: pairs, generations, cosines."""
    width = {"ef": max(_WIDTH, 2 * limit)} if question.state.kind == HNSW else {}
    together = max(1, _TOGETHER * 256 // max(limit, 256))
    answers = []
    for start in range(0, len(queries), together):
        answers += question.server.ask(
            "search",
            question.seen.name,
            data=list(queries[start : start + together]),
            anns_field="vector",
            limit=limit,
            filter=question.filter,
            output_fields=["pair", "since"],
            partition_names=[question.language],
            search_params={"metric_type": "IP", "params": width},
            **consistency(question.state.at),
        )
    return [_columns(hits) for hits in answers]


def _columns(hits: list[dict[str, object]]) -> tuple[Ids, Ids, Vectors]:
    entities = [hit["entity"] for hit in hits]
    cosines = np.asarray([hit["distance"] for hit in hits], dtype=np.float32)
    return column(entities, "pair"), column(entities, "since"), cosines  # type: ignore[arg-type]


def _best(pairs: Ids, cosines: Vectors, count: int) -> Found:
    """The largest cosines, equal ones by id."""
    by_cosine = np.lexsort((pairs, -cosines))
    falls = np.diff(-cosines[by_cosine], prepend=np.float32(0)) > _EQUAL  # where a lesser cosine begins
    order = by_cosine[np.lexsort((pairs[by_cosine], np.cumsum(falls)))][:count]
    return pairs[order], cosines[order]
