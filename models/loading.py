"""A chosen model into memory: its place, its revision, and one plain sentence where anything is in the way."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from models.cache import VectorCache
from models.choice import Choice, check_consent, consent_error
from models.devices import Runtime, check_installed, find_runtime, weights_type
from models.errors import ModelError
from models.hub import fetch_configuration, find_snapshot, folder_revision, hub_error
from models.kinds import check_kind
from models.settings import Settings, cache_folder
from models.transformer import TransformerEncoder
from models.watching import Watch

_FEW_SHOWN = 12  # characters of a revision in a signature
_PROBE = "A text. 一个文本。"


def load_transformer(choice: Choice, settings: Settings, watch: Watch) -> TransformerEncoder:
    """Load the model of a folder or of the hub; raises ModelError with the way out where that fails."""
    check_installed(choice.name, settings.backend)
    trusted = check_consent(choice, settings)
    if choice.kind == "folder":
        folder, installed, revision = Path(choice.place), True, folder_revision(Path(choice.place))
    else:
        snapshot = find_snapshot(choice.place, choice.revision)
        folder, installed = snapshot or fetch_configuration(choice), bool(snapshot)
        revision = folder.name
    remark = check_kind(folder, choice.name)
    if remark:
        watch.note(remark)
    runtime = find_runtime(settings, watch)
    if not installed:
        size = f" ({choice.preset.megabytes:,} MB)" if choice.preset else ""
        watch.note(f"fetching model {choice.name}{size} from the model hub …")
    with _quiet(bars=not installed and watch.progress is not None):
        model = _model(choice, revision, runtime, installed=installed, trusted=trusted)
    return _encoder(model, choice, revision, runtime, settings, watch)


def _encoder(
    model: Any, choice: Choice, revision: str, runtime: Runtime, settings: Settings, watch: Watch
) -> TransformerEncoder:
    title = Path(choice.place).resolve().name if choice.kind == "folder" else choice.place
    name = f"{title}@{revision[:_FEW_SHOWN]}{runtime.variant}"
    prompt = (
        choice.preset.prompt
        if choice.preset
        else (getattr(model, "prompts", None) or {}).get(getattr(model, "default_prompt_name", None), "")
    )
    encoder = TransformerEncoder(model, name, prompt or "", None, tuple(runtime.devices()), watch)
    encoder.encode([_PROBE])  # what cannot work is told now, not after the documents were read
    if type(model[0]).__name__ == "StaticEmbedding":  # faster than any cache
        return encoder
    # A folder may move and be called otherwise: what it holds is its name in the cache.
    identity = f"{'folder' if choice.kind == 'folder' else choice.place}@{revision}{runtime.variant}"
    cache = VectorCache(
        cache_folder(), identity, encoder.prompt, encoder.dimensions, settings.cache_megabytes, watch.note
    )
    return TransformerEncoder(model, name, encoder.prompt, cache, encoder.devices, watch)


def _model(choice: Choice, revision: str, runtime: Runtime, *, installed: bool, trusted: bool) -> Any:
    from sentence_transformers import SentenceTransformer

    extra: dict[str, Any] = {"trust_remote_code": trusted}
    kwargs = weights_type(runtime, choice.preset.half if choice.preset else "float16")
    if trusted and choice.preset and choice.preset.code_revision:
        kwargs["code_revision"] = choice.preset.code_revision
        extra["config_kwargs"] = {"code_revision": choice.preset.code_revision}
    if choice.kind == "hub":
        extra |= {"revision": revision, "local_files_only": installed}
    try:
        model = SentenceTransformer(
            choice.place, device=runtime.device, backend=runtime.backend, model_kwargs=kwargs, **extra
        )
    except MemoryError:
        raise
    except Exception as error:  # what is in a file decides what the libraries raise over it
        raise _load_error(choice, error, runtime) from error
    tokenizer: Any = getattr(model, "tokenizer", None)
    if not len(set(getattr(tokenizer, "all_special_ids", ()))) < _size(tokenizer):
        raise ModelError(f"model {choice.name} has no vocabulary beside it: fetch it again, or name another.")
    if hasattr(tokenizer, "no_truncation"):  # of a static model, whose file may have asked for silent cuts
        tokenizer.no_truncation()
    return model


def _size(tokenizer: Any) -> float:
    """How many tokens there are; infinite for tokenizers of other kinds. transformers makes an empty one of nothing."""
    return len(tokenizer) if hasattr(tokenizer, "all_special_ids") else float("inf")


def _load_error(choice: Choice, error: Exception, runtime: Runtime) -> ModelError:
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError, OfflineModeIsEnabled

    said = str(error)
    if "trust_remote_code" in said:
        return consent_error(choice)
    if isinstance(error, ImportError):
        return ModelError(f"model {choice.name} needs {error.name or said}, which is not installed: pip install it.")
    if "out of memory" in said.casefold():
        return ModelError(
            f"model {choice.name} does not fit in the memory of {runtime.device}: "
            'set device = "cpu", or name a smaller model.'
        )
    if choice.kind == "hub" and isinstance(error, (HfHubHTTPError, LocalEntryNotFoundError, OfflineModeIsEnabled)):
        return hub_error(choice, error)
    again = "fetch it again" if choice.kind == "folder" else "delete it from the hub's folder and fetch it again"
    return ModelError(
        f"model {choice.name} is damaged or incomplete ({type(error).__name__}): {again}, or name another."
    )


@contextmanager
def _quiet(*, bars: bool) -> Iterator[None]:
    """None of the libraries' warnings, which a user can do nothing about, and bars only if wanted for fetching."""
    from transformers.utils import logging

    level, had_bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    if not bars:
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.set_verbosity(level)
        if had_bars:
            logging.enable_progress_bar()  # type: ignore[no-untyped-call]
