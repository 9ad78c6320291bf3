"""The model hub and its folder on this machine: what is there already, and what is fetched."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

from models.choice import CONFIGS, Choice, suggestion
from models.errors import ModelError
from models.presets import closest_preset

_CONFIGS = (*CONFIGS, "config_sentence_transformers.json", "sentence_bert_config.json", "model_index.json")
_WEIGHTS = ("*.safetensors", "*.bin", "*.onnx", "*.xml")
_VOCABULARIES = ("tokenizer*", "vocab*", "*.model", "*.spm")
_PATIENCE = 10.0  # seconds
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


def find_snapshot(repository: str, revision: str = "") -> Path | None:
    """The folder in which the hub's cache holds this model, weights and vocabulary; None where it does not."""
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError

    try:
        folder = Path(
            snapshot_download(repository, revision=revision or None, cache_dir=_folder(), local_files_only=True)
        )
    except (OSError, HFValidationError):
        return None
    # Fetching may have been stopped between them.
    return folder if all(_any(folder, patterns) for patterns in (_WEIGHTS, _VOCABULARIES)) else None


def fetch_configuration(choice: Choice) -> Path:
    """The folder with the configuration of a model of the hub, by one small request; its name is the commit.

    sentence-transformers itself would ask for more than a minute before it gave up. Raises ModelError.
    """
    from huggingface_hub import HfApi, snapshot_download

    try:
        # Asked first, because this is not tried five times over where there is no connection.
        commit = HfApi().model_info(choice.place, revision=choice.revision or None, timeout=_PATIENCE).sha
        found = snapshot_download(choice.place, revision=commit, cache_dir=_folder(), allow_patterns=list(_CONFIGS))
    except Exception as error:  # the hub's client lets the errors of its own transport through
        raise hub_error(choice, error) from error
    folder = Path(found)
    if not any((folder / config).is_file() for config in CONFIGS):
        raise ModelError(
            f"the model hub has {choice.place}, but no sentence-transformers model in it: {suggestion(choice.name)}."
        )
    return folder


def hub_error(choice: Choice, error: Exception) -> ModelError:
    """The sentence for what went wrong at the hub."""
    from huggingface_hub.errors import GatedRepoError, RepositoryNotFoundError, RevisionNotFoundError

    if isinstance(error, GatedRepoError):
        return ModelError(
            f"the model hub gives {choice.place} only to those who accept its licence: accept it at "
            f"https://huggingface.co/{choice.place} and log in by: hf auth login"
        )
    if isinstance(error, RevisionNotFoundError):
        return ModelError(f"the model hub has no revision {choice.revision} of {choice.place}: check the name.")
    if isinstance(error, RepositoryNotFoundError):
        return ModelError(
            f"there is no folder {choice.name}, and the model hub has no {choice.place}: {suggestion(choice.name)}."
        )
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return ModelError(f"there is no room on the disk for model {choice.name}: free some, or set HF_HOME.")
    meant = (
        "" if choice.preset or not closest_preset(choice.name) else f" (did you mean {closest_preset(choice.name)}?)"
    )
    return ModelError(
        f"model {choice.name} is not on this machine and the model hub cannot be asked for it: check the name{meant} "
        "and the connection, or fetch it on another machine and give the path of its folder."
    )


def _any(folder: Path, patterns: tuple[str, ...]) -> bool:
    return any(True for pattern in patterns for _ in folder.rglob(pattern))


def folder_revision(folder: Path) -> str:
    """A hash of all that a local model is made of; the same wherever the folder lies and whatever it is called."""
    digest = hashlib.blake2b(digest_size=20)
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        hidden = any(part.startswith(".") for part in inside.parts)
        if hidden or inside.name.casefold().startswith("readme") or not file.is_file():
            continue
        with file.open("rb") as opened:
            content = hashlib.file_digest(opened, "blake2b").hexdigest()
        digest.update(f"{inside.as_posix()}\0{content}\n".encode("utf8", "surrogateescape"))
    return digest.hexdigest()


def _folder() -> str | None:
    """sentence-transformers lets this variable name another folder than the hub's."""
    return os.environ.get("SENTENCE_TRANSFORMERS_HOME")
