"""The collection of a Milvus server that holds the vectors of a corpus.

A row is a vector of one pair in one language: ``pair`` its id, ``since`` the generation in which it was inserted. Each
language is a partition, so that one collection, and one property of it, is the whole index; pairs without any vector
have a row in a third, which is never searched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from models.encoder import Vectors
from search.errors import VectorIndexError
from search.index import milvus_state
from search.index.contract import LANGUAGES, Batch, Ids
from search.index.milvus_server import LONG, MissingCollectionError, Server
from search.index.milvus_state import State

NEITHER = "neither"  # the partition of pairs without any vector
FLAT, HNSW = "FLAT", "HNSW"
EXACT_UP_TO = 200_000  # vectors of both languages; beyond, an exact search takes longer than anyone waits
_LINKS, _BUILDING = 24, 128  # HNSW: M, efConstruction
_LEFT_AS_IT_CAME = 10_000  # vectors; so few are searched as fast before the server has sorted them away, in seconds
SLICE = 2_000  # ids in one filter
_INSERTED = 16 << 20  # bytes of vectors in one request; the server takes 64 MB
_PAGE = 16_000  # rows at once; the server gives 16,384


@dataclass(frozen=True, slots=True)
class Seen:
    """A collection as it said of itself at one moment; ``state`` is None where it is damaged."""

    name: str
    state: State | None


def look(server: Server, alias: str) -> Seen | None:
    """The collection that an alias names; None where there is none."""
    try:
        described = server.ask("describe_collection", alias)
    except MissingCollectionError:
        return None
    state = milvus_state.read(str(described.get("properties", {}).get(milvus_state.KEY, "")))
    if state is not None and state.covered is not None and _dimensions(described) != state.covered.dimensions:
        state = None
    return Seen(str(described["collection_name"]), state)


def _dimensions(described: dict[str, object]) -> int | None:
    """Of the vector field; None where the fields are not those of ``make``."""
    fields = described.get("fields")
    found = {field["name"]: field for field in fields} if isinstance(fields, list) else {}
    if not {"key", "pair", "since", "vector"} <= found.keys():
        return None
    return int(found["vector"].get("params", {}).get("dim", 0))


def make(server: Server, name: str, dimensions: int, state: State) -> Seen:
    """A new, empty collection, without index."""
    schema, types = server.schema(), server.types
    schema.add_field("key", types.INT64, is_primary=True)
    schema.add_field("pair", types.INT64)
    schema.add_field("since", types.INT64)
    schema.add_field("vector", types.FLOAT_VECTOR, dim=dimensions)
    server.ask("create_collection", name, schema=schema, properties={milvus_state.KEY: milvus_state.written(state)})
    for partition in (*LANGUAGES, NEITHER):
        server.ask("create_partition", name, partition)
    return Seen(name, state)


def write_state(server: Server, name: str, state: State) -> Seen:
    """Say something new of a collection, in one step."""
    server.ask("alter_collection_properties", name, properties={milvus_state.KEY: milvus_state.written(state)})
    return Seen(name, state)


def build(server: Server, seen: Seen, state: State, vectors: int) -> State:
    """Make the index of a collection that so many vectors were put into, and have it loaded; what it says then."""
    if vectors > _LEFT_AS_IT_CAME:
        server.ask("flush", seen.name, timeout=LONG)
    kind = FLAT if vectors <= EXACT_UP_TO else HNSW
    parameters = {"M": _LINKS, "efConstruction": _BUILDING} if kind == HNSW else {}
    index = server.index_parameters(
        field_name="vector", index_name="vector", index_type=kind, metric_type="IP", params=parameters
    )
    server.ask("create_index", seen.name, index, timeout=LONG)
    server.ask("load_collection", seen.name, timeout=LONG)
    return replace(state, kind=kind)


def outgrown(server: Server, name: str) -> bool:
    """Whether a collection has become much too large for exact search."""
    counted = server.ask(
        "query", name, filter="pair >= 0", output_fields=["count(*)"], consistency_level="Eventually", timeout=LONG
    )
    return int(counted[0]["count(*)"]) > 2 * EXACT_UP_TO


def insert(server: Server, name: str, batch: Batch, since: int) -> int:
    """Put pairs in, in requests that are not too large; how many vectors that were."""
    given = {language: batch.of(language).any(axis=1) for language in LANGUAGES}
    for language in LANGUAGES:
        _insert(server, name, language, batch.ids[given[language]], batch.of(language)[given[language]], since)
    without = batch.ids[~(given["zh"] | given["en"])]
    _insert(server, name, NEITHER, without, np.ones((len(without), batch.zh.shape[1]), dtype=np.float32), since)
    return sum(int(given[language].sum()) for language in LANGUAGES)


def _insert(server: Server, name: str, partition: str, ids: Ids, vectors: Vectors, since: int) -> None:
    size = max(1, _INSERTED // max(1, 4 * vectors.shape[1]))
    for start in range(0, len(ids), size):
        part = slice(start, start + size)
        pairs = ids[part].tolist()
        rows = [
            {"pair": pair, "since": since, "vector": vector} for pair, vector in zip(pairs, vectors[part], strict=True)
        ]
        server.ask("insert", name, rows, partition_name=partition, timeout=LONG)


def delete(server: Server, name: str, ids: Ids, before: int) -> None:
    """Take out the rows of these pairs that are older than a generation."""
    for part in slices(ids):
        server.ask("delete", name, filter=f"{among(part)} and since < {int(before)}", timeout=LONG)


def delete_unfinished(server: Server, name: str, done: int, but: int) -> None:
    """Take out the rows of changes after the last one that was finished, but for those of one generation."""
    server.ask("delete", name, filter=f"since > {int(done)} and since != {int(but)}", timeout=LONG)


def slices(ids: Ids) -> Iterator[Ids]:
    """Ids in lots that one filter may name."""
    for start in range(0, len(ids), SLICE):
        yield ids[start : start + SLICE]


def among(ids: Ids) -> str:
    """The filter that lets only these pairs through: nothing but integers is written into it."""
    whole = np.asarray(ids)
    if not np.issubdtype(whole.dtype, np.integer) and len(whole):
        raise VectorIndexError("the vectors of pairs are asked for by their numbers, which are whole.")
    return f"pair in [{','.join(str(int(number)) for number in whole)}]"


def visible(state: State, pairs: Ids, since: Ids) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which rows belong to the state."""
    shown = (since <= state.generation) & ~np.isin(since, state.void)
    going = milvus_state.unpacked(state.going)
    return shown & ~(contained(pairs, going) & (since < state.generation))


def contained(ids: Ids, among_these: Ids) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Which of ``ids`` are in ``among_these``, which ascend."""
    if not len(among_these):
        return np.zeros(len(ids), dtype=bool)
    places = np.minimum(np.searchsorted(among_these, ids), len(among_these) - 1)
    return np.asarray(among_these[places] == ids)


def stored_ids(server: Server, seen: Seen, state: State) -> Ids:
    """The ids of all pairs that belong to the state, ascending."""
    found = [np.zeros(0, dtype=np.int64)]
    for partition in (*LANGUAGES, NEITHER):
        for rows in server.rows(seen.name, partition, state.at, ["pair", "since"], _PAGE):
            pairs, since = column(rows, "pair"), column(rows, "since")
            found.append(pairs[visible(state, pairs, since)])
    return np.unique(np.concatenate(found))


def stored_batches(server: Server, seen: Seen, state: State, dimensions: int) -> Iterator[Batch]:
    """All vectors that belong to the state; a pair may come twice, once with each language."""
    size = max(1, min(_PAGE, _INSERTED // (4 * dimensions)))
    for partition in (*LANGUAGES, NEITHER):
        for rows in server.rows(seen.name, partition, state.at, ["pair", "since", "vector"], size):
            shown = visible(state, column(rows, "pair"), column(rows, "since"))
            ids = column(rows, "pair")[shown]
            vectors = np.asarray([row["vector"] for row in rows], dtype=np.float32).reshape(-1, dimensions)[shown]
            nothing = np.zeros_like(vectors)
            yield Batch(ids, vectors if partition == "zh" else nothing, vectors if partition == "en" else nothing)


def column(rows: Sequence[dict[str, int]], field: str) -> Ids:
    """One field of rows, (n,)."""
    return np.fromiter((row[field] for row in rows), dtype=np.int64, count=len(rows))
