"""Where the vectors of a corpus are kept: in a folder beside its database, or on a Milvus server."""

from __future__ import annotations

from pathlib import Path

from align.writers.escapes import visible
from search.corpus import Corpus
from search.derived import folder_of, name_of
from search.errors import VectorIndexError
from search.index.contract import VectorIndex
from search.index.faiss_index import FaissIndex

MILVUS = ("milvus://", "milvuss://")


def open_index(corpus: Corpus, model: str, where: str = "") -> VectorIndex:
    """The index of a corpus for a model, each model having its own; ``where`` is a folder or ``milvus://host:port``.

    Without it, it is with all else that is derived from the corpus (``search.derived``). Raises VectorIndexError where
    a Milvus server is not to be reached, or it is neither.
    """
    if where.startswith(MILVUS):
        from search.index.milvus import MilvusIndex

        return MilvusIndex.open(where, corpus.name, model)
    folder = _folder(where) / corpus.name if where else folder_of(corpus)
    return FaissIndex(folder / name_of(model))


def _folder(where: str) -> Path:
    if "://" in where or "\0" in where:
        kind = where.partition("://")[0][:20]  # without the rest, which may hold a password
        raise VectorIndexError(
            f"vectors cannot be kept at {visible(kind)}…; give a folder, or milvus://HOST:PORT for a Milvus server."
        )
    try:
        return Path(where).expanduser()
    except RuntimeError as error:  # "~someone" who has no home here
        raise VectorIndexError(
            f"there is no folder {visible(where[:80])}; give another one for the vectors."
        ) from error
