"""What every result carries to say how it was made, in the manner of sacrebleu (Post 2018)."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as installed_version


def _version() -> str:
    try:
        return installed_version("duizhao")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0.0.0"


VERSION = _version()
READER = "1"
SEGMENTER = "1"


def signature(**parts: str) -> str:
    """``version:0.1.0|reader:1|…``; parts come in the order given, empty ones are left out."""
    fixed = {"duizhao": VERSION, "reader": READER}
    return "|".join(f"{key}:{value}" for key, value in (fixed | parts).items() if value)


def reader_signature() -> str:
    """The signature of a document that was only read."""
    return signature()
