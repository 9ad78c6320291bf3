"""Where the vectors of a corpus are kept: in a folder beside its database, or on a Milvus server."""

from __future__ import annotations

from pathlib import Path

from search.corpus import Corpus
from search.derived import folder_of, name_of
from search.index.contract import VectorIndex
from search.index.faiss_index import FaissIndex

MILVUS = ("milvus://", "milvuss://")


def open_index(corpus: Corpus, model: str, where: str = "") -> VectorIndex:
    """The index of a corpus for a model, each model having its own; ``where`` is a folder or ``milvus://host:port``.

    Without it, it is with all else that is derived from the corpus (``search.derived``). Raises VectorIndexError where
    a Milvus server is not to be reached.
    """
    if where.startswith(MILVUS):
        from search.index.milvus import MilvusIndex

        return MilvusIndex.open(where, corpus.name, model)
    folder = Path(where).expanduser() / corpus.name if where else folder_of(corpus)
    return FaissIndex(folder / name_of(model))
