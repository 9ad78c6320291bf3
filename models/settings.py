"""What the user has settled once for all commands: a settings file, and the environment above it.

``settings.toml`` lies in ``$DUIZHAO_HOME``, or where the system keeps settings. Every key may also be given in the
environment, in capitals behind ``DUIZHAO_``: ``DUIZHAO_MODEL=labse``.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from models.errors import ModelError

Backend = Literal["torch", "onnx", "openvino"]
Precision = Literal["full", "half"]
_KEYS = ("model", "device", "backend", "precision", "processes", "trust_remote_code", "cache_megabytes")
_TABLES = ("search", "roles")  # what other rooms have in the same file
_CACHE_MEGABYTES = 2048


@dataclass(frozen=True, slots=True)
class Settings:
    """How models are chosen and run.

    An empty ``device`` is found by itself. ``trust_remote_code`` names the models whose own program may run.
    ``cache_megabytes`` bounds the vector cache; 0 switches it off.
    """

    model: str = ""
    device: str = ""
    backend: Backend = "torch"
    precision: Precision = "full"
    processes: int = 1
    trust_remote_code: tuple[str, ...] = ()
    cache_megabytes: int = _CACHE_MEGABYTES


def settings_file() -> Path:
    """Where the settings are read from, whether or not the file is there."""
    home = os.environ.get("DUIZHAO_HOME")
    if home:
        return Path(home) / "settings.toml"
    from platformdirs import user_config_path

    return user_config_path("duizhao", appauthor=False) / "settings.toml"


def cache_folder() -> Path:
    """Where vectors are kept between runs: ``$DUIZHAO_HOME/cache``, or the system's folder for such things."""
    home = os.environ.get("DUIZHAO_HOME")
    if home:
        return Path(home) / "cache"
    from platformdirs import user_cache_path

    return user_cache_path("duizhao", appauthor=False)


def read_settings() -> Settings:
    """The settings in force; raises ModelError where one cannot be understood."""
    file = settings_file()
    values: dict[str, tuple[Any, str]] = {key: (value, str(file)) for key, value in _from_file(file).items()}
    for key in _KEYS:
        variable = f"DUIZHAO_{key.upper()}"
        if os.environ.get(variable):
            values[key] = (os.environ[variable], variable)
    return Settings(**{key: _checked(key, value, source) for key, (value, source) in values.items()})


def table(name: str) -> Mapping[str, Any]:
    """A table of the settings file, for the room that it belongs to; empty where there is none. Raises ModelError."""
    found = _parsed(settings_file()).get(name, {})
    if not isinstance(found, dict):
        raise ModelError(
            f"{settings_file()} sets {name}, which should be a table: write [{name}] in a line of its own."
        )
    return found


def _from_file(file: Path) -> Mapping[str, Any]:
    found = {key: value for key, value in _parsed(file).items() if key not in _TABLES}
    unknown = sorted(set(found) - set(_KEYS))
    if unknown:
        raise ModelError(f"{file} sets {unknown[0]}, which is no setting: there are {', '.join(_KEYS)}.")
    return found


def _parsed(file: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise ModelError(f"the settings in {file} cannot be read ({error}): mend or remove the file.") from error


def _checked(key: str, value: Any, source: str) -> Any:
    if key in ("processes", "cache_megabytes"):
        least = 1 if key == "processes" else 0
        number = int(value) if str(value).isdecimal() else -1
        if number < least:
            raise ModelError(f"{source} sets {key} to {value!r}: give a whole number from {least} up.")
        return number
    if key == "trust_remote_code":
        names = value.split(",") if isinstance(value, str) else value
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            raise ModelError(f"{source} sets {key} to {value!r}: give the names of the models that you trust.")
        return tuple(name.strip() for name in names if name.strip())
    if not isinstance(value, str):
        raise ModelError(f"{source} sets {key} to {value!r}: give a text in quotation marks.")
    return value.strip() if key in ("model", "device") else one_of(key, value.strip(), source)


def one_of(key: str, value: str, source: str) -> str:
    """``value``, if ``key`` may have it; raises ModelError otherwise."""
    allowed: tuple[str, ...] = get_args(Backend if key == "backend" else Precision)
    if value not in allowed:
        raise ModelError(f"{source} sets {key} to {value!r}: give {', '.join(allowed[:-1])} or {allowed[-1]}.")
    return value
