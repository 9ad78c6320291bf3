"""Errors of this room; ``align.errors`` builds the program's tree on them."""

from __future__ import annotations


class DuizhaoError(Exception):
    """Base of every error that a user can cause and mend."""


class ModelError(DuizhaoError):
    """An embedding model cannot be found or used."""
