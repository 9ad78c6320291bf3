"""Opening what look-ups need, the same way for all commands: the corpus, its vectors, and what is said meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cli import terminal

if TYPE_CHECKING:
    from models.encoder import Encoder
    from search.corpus import Corpus
    from search.index.contract import VectorIndex

Db = Annotated[
    str | None,
    typer.Option(
        "--db",
        envvar="DUIZHAO_DB",
        show_envvar=False,
        help="The corpus: a file, or postgresql://USER@HOST/DATABASE; without it $DUIZHAO_DB, or your own one.",
    ),
]
Vectors = Annotated[
    str,
    typer.Option("--vectors", help="Where the vectors are: a folder, or milvus://HOST:PORT; by the settings without."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
_SLOW = 5000  # pairs from which on one is told that vectors are being made


def index_of(corpus: Corpus, encoder: Encoder, vectors: str = "") -> VectorIndex:
    """The vectors of a corpus, where the option or the settings say."""
    from search.index.choosing import open_index
    from search.settings import read_search_settings

    return open_index(corpus, encoder.name, vectors or read_search_settings().vectors)


def told(done: int, total: int) -> None:
    """Say how far the vectors are, where there is much to do."""
    if total >= _SLOW and (done == total or done * 10 // total != (done - 4096) * 10 // total):
        terminal.note(f"making vectors: {done:,} of {total:,} pairs")
