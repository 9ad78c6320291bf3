"""From a name to a model: embedded, a folder, a preset, or any name at the hub. Nothing is loaded or fetched here."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import regex

from models.errors import ModelError
from models.folder import read_json
from models.presets import Preset, closest_preset, find_preset
from models.settings import Settings, settings_file

EMBEDDED_NAME = "embedded"
CONFIGS = ("modules.json", "config.json")
_HUB_NAME = regex.compile(r"(?P<repository>(?:\w[\w.-]*/)?\w[\w.-]*)(?:@(?P<revision>[\w./-]+))?")
_STATIC_TYPES = (None, "model2vec")  # "model_type" of folders whose vectors NumPy can read
_FOREIGN = {  # file name patterns of folders made by other tools, and what made them
    "*.gguf": "llama.cpp",
    "model_index.json": "diffusers",
    "adapter_config.json": "peft, as an addition to another model",
    "saved_model.pb": "TensorFlow",
    "meta.json": "spaCy",
    "*.vec": "fastText",
    "*.onnx": "an ONNX exporter alone",
    "*.pt": "torch alone",
    "*.ckpt": "a training run",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A model that was named: what it is, and the folder or hub repository where it is."""

    name: str
    kind: Literal["embedded", "static", "folder", "hub"]
    place: str = ""
    revision: str = ""  # of a hub repository; empty for its newest
    preset: Preset | None = None

    @property
    def trusted_as(self) -> set[str]:
        """The names under which the user may have agreed that the model's own program runs."""
        names = {self.name, self.place} | ({self.preset.short, self.preset.hub} if self.preset else set())
        return {name.casefold() for name in names}


def choose(name: str, settings: Settings) -> Choice:
    """The model that ``name`` means; the settings' one for an empty name, the embedded one where they name none.

    Raises ModelError where the name can mean none.
    """
    name = name.strip() or settings.model
    if not name or name.casefold() == EMBEDDED_NAME:
        return Choice(EMBEDDED_NAME, "embedded")
    folder = _path(name)
    preset = find_preset(name)
    if folder.is_dir() and (preset is None or _has_model(folder)):
        return _chosen_folder(name, folder)
    if preset:
        return Choice(name, "hub", preset.hub, preset.revision, preset)
    return _chosen_hub(name, folder)


def check_consent(choice: Choice, settings: Settings) -> bool:
    """Whether the user lets the model run a program of its own; raises ModelError where it cannot do without."""
    agreed = bool(choice.trusted_as & {name.casefold() for name in settings.trust_remote_code})
    if choice.preset and choice.preset.code_repository and not agreed:
        raise consent_error(choice, f" from {choice.preset.code_repository}")
    return agreed


def consent_error(choice: Choice, source: str = "") -> ModelError:
    """The error that asks for the consent."""
    return ModelError(
        f"model {choice.name} runs a program of its own{source}, which can do anything on this machine: "
        f'if you trust it, write trust_remote_code = ["{choice.place}"] into {settings_file()}.'
    )


def _chosen_folder(name: str, folder: Path) -> Choice:
    if _is_static(folder):
        return Choice(name, "static", str(folder))
    if not _has_model(folder):
        maker = next((maker for pattern, maker in _FOREIGN.items() if any(folder.glob(pattern))), "")
        if maker:
            raise ModelError(
                f"{name} was made by {maker} and is no sentence-transformers model: name another folder or model."
            )
        raise ModelError(
            f"{name} holds no model: it has neither {' nor '.join(CONFIGS)}; "
            "name another folder, or see duizhao models list."
        )
    return Choice(name, "folder", str(folder))


def _chosen_hub(name: str, folder: Path) -> Choice:
    match = _HUB_NAME.fullmatch(name)
    if folder.exists():
        raise ModelError(f"{name} is a file, and a model is a folder: name the folder that holds the model.")
    if not match:
        raise _no_folder(name)
    repository, revision = match["repository"], match["revision"] or ""
    preset = find_preset(repository)
    if preset:
        return Choice(name, "hub", preset.hub, revision, preset)
    # sentence-transformers' own models may be called without their owner.
    return Choice(name, "hub", repository if "/" in repository else f"sentence-transformers/{repository}", revision)


def _path(name: str) -> Path:
    """The path that ``name`` would be; raises ModelError where the system can have none of that name."""
    try:
        path = Path(name).expanduser()
        path.exists()
    except (OSError, RuntimeError) as error:  # RuntimeError: the home folder of nobody
        raise _no_folder(name) from error
    return path


def _no_folder(name: str) -> ModelError:
    return ModelError(f"there is no folder {name} that holds a model: check the path, or see duizhao models list.")


def suggestion(name: str) -> str:
    """What to do about a name that the hub does not have."""
    close = closest_preset(name)
    return f"did you mean {close}? See duizhao models list" if close else "check the name, or see duizhao models list"


def _has_model(folder: Path) -> bool:
    return any((folder / config).is_file() for config in CONFIGS) or _is_static(folder)


def _is_static(folder: Path) -> bool:
    """Whether NumPy alone can read it: a tokenizer beside one table of vectors, and no layers above them."""
    # Its weights may be missing or damaged: load_static says so.
    kind = read_json(folder / "config.json").get("model_type")
    if kind not in _STATIC_TYPES or not (folder / "tokenizer.json").is_file():
        return False
    modules = read_json(folder / "modules.json").get("", [])
    if not modules:
        return True
    types = [str(module.get("type")).rpartition(".")[2] for module in modules]
    return types[0] == "StaticEmbedding" and set(types[1:]) <= {"Normalize"} and modules[0].get("path") in ("", ".")
