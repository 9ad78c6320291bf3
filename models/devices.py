"""Where and how a transformer runs: device, precision, back end, and what must be installed for it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

from models.errors import ModelError
from models.settings import Backend, Precision, Settings, one_of
from models.watching import Watch

_EXTRAS: dict[str, tuple[tuple[str, ...], str]] = {
    "torch": (("sentence_transformers",), "sentence-transformers"),
    "onnx": (("sentence_transformers", "optimum", "onnxruntime"), '"sentence-transformers[onnx]"'),
    "openvino": (("sentence_transformers", "optimum", "openvino"), '"sentence-transformers[openvino]"'),
}
_MANY_PROCESSES = 5  # sentence-transformers takes a list of devices in ``encode`` from this version on


@dataclass(frozen=True, slots=True)
class Runtime:
    """What a model runs on. ``device`` is one that torch knows; several ``processes`` share the texts."""

    device: str
    backend: Backend = "torch"
    precision: Precision = "full"
    processes: int = 1

    @property
    def variant(self) -> str:
        """What of it changes the vectors a little, and so belongs to the model's name; empty for the usual."""
        return ("" if self.backend == "torch" else f"+{self.backend}") + ("+half" if self.precision == "half" else "")

    def devices(self) -> list[str]:
        """The devices of the processes: all GPUs there are, or the same device several times."""
        if self.device != "cuda":
            return [self.device] * self.processes
        import torch

        return [f"cuda:{k % max(1, torch.cuda.device_count())}" for k in range(self.processes)]


def check_installed(name: str, backend: Backend) -> None:
    """Raise ModelError, with the command that helps, where what the back end needs is not installed."""
    modules, extra = _EXTRAS[backend]
    missing = [module for module in modules if find_spec(module) is None]
    if missing:
        needs = missing[0].replace("_", "-")
        raise ModelError(f"model {name} needs {needs} to run by {backend}, which is not installed: pip install {extra}")


def find_runtime(settings: Settings, watch: Watch) -> Runtime:
    """The runtime that the settings ask for, on this machine; raises ModelError for a device that is not there."""
    backend, precision = settings.backend, settings.precision
    one_of("backend", backend, "the call")
    one_of("precision", precision, "the call")
    device = _device(settings.device)
    if precision == "half" and (device == "cpu" or backend != "torch"):
        watch.note("half precision is for graphics processors run by torch; full precision is used.")
        precision = "full"
    if settings.processes > 1 and _major("sentence-transformers") < _MANY_PROCESSES:
        raise ModelError(
            f"{settings.processes} processes need sentence-transformers {_MANY_PROCESSES} or newer: "
            "pip install --upgrade sentence-transformers"
        )
    return Runtime(device, backend, precision, settings.processes)


def _device(wanted: str) -> str:
    """CUDA before MPS before CPU, where nothing else is wanted."""
    import torch

    there = [name for name, found in (("cuda", _has_cuda()), ("mps", _has_mps()), ("cpu", True)) if found]
    if not wanted:
        return there[0]
    try:
        device = torch.device(wanted)
    except RuntimeError as error:
        raise ModelError(
            f"there is no device {wanted}: give {' or '.join(there)}, or none to let it be found."
        ) from error
    absent = device.type in ("cuda", "mps") and device.type not in there
    if absent or (device.type == "cuda" and (device.index or 0) >= torch.cuda.device_count()):
        raise ModelError(f"this machine has no device {wanted}: give {' or '.join(there)}, or none to let it be found.")
    return wanted


def _has_cuda() -> bool:
    import torch

    return bool(torch.cuda.is_available())


def _has_mps() -> bool:
    import torch

    return bool(torch.backends.mps.is_available())


def weights_type(runtime: Runtime, half: str) -> dict[str, Any]:
    """The keyword by which transformers is told the precision; from version 5 on it would take the file's."""
    if runtime.backend != "torch":
        return {}
    import torch

    keyword = "dtype" if _major("transformers") >= 5 else "torch_dtype"
    return {keyword: getattr(torch, half) if runtime.precision == "half" else torch.float32}


def _major(package: str) -> int:
    try:
        return int(version(package).partition(".")[0])
    except PackageNotFoundError:
        return 0
