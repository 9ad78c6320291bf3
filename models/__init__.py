"""Text to vectors, and nothing else.

``load()`` gives the embedded model, ``load("folder or hub name")`` any sentence-transformers model.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from models.encoder import Encoder, Vectors, WordEncoder
from models.errors import ModelError
from models.static import EMBEDDED, StaticEncoder, load_static

__all__ = ["EMBEDDED", "Encoder", "ModelError", "StaticEncoder", "Vectors", "WordEncoder", "load", "load_embedded"]


@lru_cache(maxsize=1)
def load_embedded() -> StaticEncoder:
    """The model that comes with duizhao; it also tells how well single words match."""
    return load_static(EMBEDDED)


def load(name: str = "") -> Encoder:
    """The embedded model for an empty name, else the sentence-transformers model of that folder or hub name.

    Raises ModelError, in one sentence, where there is no such model or it cannot be fetched.
    """
    if not name:
        return load_embedded()
    folder = Path(name)
    if (folder / "tokenizer.json").is_file() and not (folder / "config_sentence_transformers.json").is_file():
        return load_static(folder)
    from models.transformer import load_transformer

    return load_transformer(name)
