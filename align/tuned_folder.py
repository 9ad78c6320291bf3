"""The folder that a tuned model is written to: looked at before long work, filled aside, put in place in one step."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from align.errors import OutputError
from models.folder import FILES, read_json


@dataclass(frozen=True, slots=True)
class TunedFolder:
    """Where a tuned model will be; ``asked`` is the path as the user gave it, for messages."""

    asked: Path
    path: Path

    @classmethod
    def at(cls, asked: Path, base: Path, force: bool) -> TunedFolder:
        """Raise OutputError where no model can be written to ``asked``, or something there would be lost."""
        try:
            path = asked.resolve()
            if not path.parent.is_dir():
                raise OutputError(
                    f"{asked} cannot be written, because there is no folder {path.parent}; make it first."
                )
            if not os.access(path.parent, os.W_OK | os.X_OK):
                raise OutputError(
                    f"{asked} cannot be written, because {path.parent} takes no new files; choose another folder."
                )
            _check_existing(asked, path, base, force)
        except (OSError, ValueError, RuntimeError) as error:  # ValueError: a NUL in the name; RuntimeError: a link loop
            raise _cannot(asked, error) from error
        return cls(asked, path)

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """An empty folder beside the final one; it is gone afterwards, whatever happens, unless it was put in place."""
        draft = self.path.with_name(f".duizhao-{secrets.token_hex(6)}.tmp")
        try:
            with self.telling():
                draft.mkdir()
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)

    @contextmanager
    def telling(self) -> Iterator[None]:
        """Turn what the file system refuses into an OutputError."""
        try:
            yield
        except OSError as error:
            raise _cannot(self.asked, error) from error

    def put(self, draft: Path) -> None:
        """Put the filled draft in place; a model that was there is only then deleted."""
        old = draft.with_suffix(".old")
        with self.telling():
            replaced = self.path.exists()
            if replaced:
                self.path.rename(old)
            try:
                draft.rename(self.path)
            except OSError:
                if replaced:
                    old.rename(self.path)
                raise
        shutil.rmtree(old, ignore_errors=True)


def _check_existing(asked: Path, path: Path, base: Path, force: bool) -> None:
    if not path.exists():
        return
    if path == base.resolve() or path in base.resolve().parents:
        raise OutputError(f"{asked} holds the model that is to be tuned and would be lost; name another folder.")
    if not _is_tuned(path):
        raise OutputError(f"{asked} exists and is no tuned model, so it is left as it is; name another folder.")
    if not force:
        raise OutputError(f"{asked} exists already: name another folder, or write over it with --force.")


def _is_tuned(path: Path) -> bool:
    """Whether nothing but a model that ``models tune`` has written is there; an empty folder will do as well."""
    if not path.is_dir():
        return False
    there = {entry.name for entry in path.iterdir()}
    return not there or (there <= FILES and "tuned_from" in read_json(path / "config.json"))


def _cannot(asked: Path, error: Exception) -> OutputError:
    reason = getattr(error, "strerror", None) or str(error)
    name = str(asked).replace("\0", "␀")
    return OutputError(f"{name} cannot be written ({reason}); choose another place or make room there.")
