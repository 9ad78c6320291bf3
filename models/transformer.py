"""Any sentence-transformers model, from a folder or the hub."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import regex

from models.encoder import Vectors
from models.errors import ModelError

_BATCH = 64  # texts
_CONFIGS = ("modules.json", "config.json")
_HUB_NAME = regex.compile(r"(?:\w[\w.-]*/)?\w[\w.-]*")


@dataclass(frozen=True)
class TransformerEncoder:
    """A loaded SentenceTransformer; vectors are kept by text, so that overlaps and repeated lines are encoded once."""

    model: Any
    name: str
    _known: dict[str, Vectors] = field(default_factory=dict, repr=False)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors (n, d) of unit length; an empty text is a zero row."""
        new = sorted({text for text in texts if text.strip() and text not in self._known})
        if new:
            found = self.model.encode(
                new, batch_size=_BATCH, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
            )
            self._known.update(zip(new, np.asarray(found, dtype=np.float32), strict=True))
        vectors = np.zeros((len(texts), self.model.get_embedding_dimension()), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            row[:] = self._known.get(text, 0)
        return vectors

    def spans(self, texts: Sequence[str], longest: int) -> list[Vectors]:
        """Unit vectors of all runs of 1 … ``longest`` texts, each run encoded as one text."""
        levels = [list(texts)]
        for a in range(2, longest + 1):
            levels.append([join(levels[-1][k], texts[k + a - 1]) for k in range(len(texts) - a + 1)])
        self.encode([text for level in levels for text in level])
        width = self.model.get_embedding_dimension()
        return [self.encode(level) if level else np.zeros((0, width), dtype=np.float32) for level in levels]


def join(left: str, right: str) -> str:
    """Two texts as one: a space between words of Latin script, nothing next to Chinese."""
    chinese = regex.compile(r"[\p{Han}\u3000-\u303f\uff00-\uffef]")
    if not left or not right or chinese.match(left[-1]) or chinese.match(right[0]):
        return left + right
    return f"{left} {right}"


def load_transformer(name: str) -> TransformerEncoder:
    """Load a model by folder or hub name; raises ModelError with the way out where that fails."""
    _check_place(name)
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ModelError(
            f"model {name} needs sentence-transformers, which is not installed: pip install sentence-transformers."
        ) from error
    try:
        model = SentenceTransformer(name)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise ModelError(
            f"model {name} cannot be loaded ({type(error).__name__}): give the path of a folder that holds the model, "
            "or check the name and the connection to the model hub."
        ) from error
    revision = getattr(model[0], "auto_model", None)
    commit = getattr(getattr(revision, "config", None), "_commit_hash", None)
    return TransformerEncoder(model, f"{name}@{commit[:8] if commit else 'local'}")


def _check_place(name: str) -> None:
    """Raise ModelError where ``name`` is no folder with a model and no model that the hub or its cache has.

    One small request: sentence-transformers itself asks for more than a minute before it gives up.
    """
    folder = Path(name)
    if folder.is_dir():
        if not any((folder / config).is_file() for config in _CONFIGS):
            raise ModelError(f"{name} holds no model: it has neither {' nor '.join(_CONFIGS)}; name another folder.")
        return
    if not _HUB_NAME.fullmatch(name) or folder.exists():
        raise ModelError(f"there is no folder {name} that holds a model; check the path.")
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import RepositoryNotFoundError

    try:
        snapshot_download(name if "/" in name else f"sentence-transformers/{name}", allow_patterns=list(_CONFIGS))
    except RepositoryNotFoundError as error:
        raise ModelError(f"there is no folder {name}, and the model hub has no {name}; check the name.") from error
    except (OSError, ValueError) as error:
        raise ModelError(
            f"there is no folder {name}, and the model hub cannot be asked for it; check the name and the connection."
        ) from error
