"""Errors of this room; ``align.errors`` builds the program's tree on them."""

from __future__ import annotations


class DuizhaoError(Exception):
    """Base of every error that a user can cause and mend."""


class ModelError(DuizhaoError):
    """An embedding model cannot be found or used."""


class ModelMismatchError(ModelError):
    """Vectors were made with another model than the one that is to be compared with them."""


def require_same_model(made_with: str, current: str, what: str) -> None:
    """Raise ModelMismatchError, naming both models, where ``what`` (an index, a cache) was made with another one."""
    if made_with != current:
        raise ModelMismatchError(
            f"{what} was made with the model {made_with} and cannot be used with {current}: "
            f"choose {made_with} with --model, or make {what} again."
        )
