"""Text to vectors, and nothing else.

``load()`` gives the user's model, the embedded one where none was chosen; ``load("labse")`` a known one,
``load("folder or hub name")`` any sentence-transformers model.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from models.encoder import Encoder, Vectors, WordEncoder
from models.errors import ModelError, ModelMismatchError, require_same_model
from models.settings import Backend, Precision, Settings, read_settings
from models.static import EMBEDDED, StaticEncoder, load_static
from models.watching import Watch

__all__ = [
    "EMBEDDED",
    "Encoder",
    "ModelError",
    "ModelMismatchError",
    "StaticEncoder",
    "Vectors",
    "Watch",
    "WordEncoder",
    "check",
    "load",
    "load_embedded",
    "require_same_model",
]


@lru_cache(maxsize=1)
def load_embedded() -> StaticEncoder:
    """The model that comes with duizhao; it also tells how well single words match."""
    return load_static(EMBEDDED)


def load(
    name: str = "",
    *,
    device: str | None = None,
    backend: Backend | None = None,
    precision: Precision | None = None,
    processes: int | None = None,
    trust_remote_code: bool = False,
    cached: bool = True,
    watch: Watch | None = None,
) -> Encoder:
    """The model of that name: a short name, a hub name with or without @REVISION, a folder, or “embedded”.

    An empty name is the one in the settings, else the embedded model. What is None is as the settings have it.
    ``trust_remote_code`` lets the model run its own program. ``cached`` keeps vectors on disk for the
    next time. ``watch`` is told of remarks and of progress.

    Raises ModelError, in one sentence, where there is no such model, it cannot be fetched or does not run.
    """
    from models.choice import choose

    settings = _settings(
        device=device,
        backend=backend,
        precision=precision,
        processes=processes,
        cache_megabytes=None if cached else 0,
    )
    choice = choose(name, settings)
    if trust_remote_code:
        settings = replace(settings, trust_remote_code=(*settings.trust_remote_code, choice.place))
    if choice.kind == "embedded":
        return load_embedded()
    if choice.kind == "static":
        return load_static(Path(choice.place))
    from models.loading import load_transformer

    return load_transformer(choice, settings, watch or Watch())


def check(name: str = "") -> None:
    """Raise ModelError for a name that cannot be loaded, as far as that is known without loading or asking the hub."""
    from models.choice import check_consent, choose
    from models.devices import check_installed

    settings = read_settings()
    choice = choose(name, settings)
    if choice.kind in ("folder", "hub"):
        check_installed(choice.name, settings.backend)
        check_consent(choice, settings)


def _settings(**given: Any) -> Settings:
    """The user's settings, but for what the call gives."""
    return replace(read_settings(), **{key: value for key, value in given.items() if value is not None})
