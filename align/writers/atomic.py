"""Write a file whole or not at all."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from align.errors import OutputError


def check_destination(path: Path) -> Path:
    """Find out before any long work whether ``path`` can be written; return it with symbolic links followed.

    Raises OutputError in one sentence: a folder, a device, a folder that is missing or takes no new files.
    """
    try:
        target = path.resolve()
        folder = target.parent
        if target.is_dir():
            raise OutputError(f"{path} is a folder; name a file in it, such as {path / 'aligned.tmx'}.")
        if target.exists() and not target.is_file():
            raise OutputError(f"{path} is not an ordinary file, so the result cannot be put there; name another file.")
        if not folder.is_dir():
            raise OutputError(f"{path} cannot be written, because there is no folder {folder}; make it first.")
        if not os.access(folder, os.W_OK | os.X_OK):
            raise OutputError(f"{path} cannot be written, because {folder} takes no new files; choose another folder.")
    except (OSError, ValueError, RuntimeError) as error:  # ValueError: a NUL in the name; RuntimeError: a link loop
        raise _cannot(path, error) from error
    return target


def write_atomic(path: Path, data: bytes) -> None:
    """Write ``data`` to a temporary file beside ``path``, flush it to the disk, then put it in place in one step.

    An existing file keeps its permissions. Whatever goes wrong, Ctrl-C included, no partial file stays and an
    existing one is untouched. Raises OutputError.
    """
    target = check_destination(path)
    # A fixed short stem: the user's name may already be as long as the file system allows.
    temporary = target.with_name(f".duizhao-{secrets.token_hex(6)}.tmp")
    try:
        try:
            _write_flushed(temporary, data)
            if target.exists():
                temporary.chmod(target.stat().st_mode & 0o7777)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise _cannot(path, error) from error


def _write_flushed(temporary: Path, data: bytes) -> None:
    with temporary.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _cannot(path: Path, error: Exception) -> OutputError:
    reason = getattr(error, "strerror", None) or str(error)
    name = str(path).replace("\0", "␀")
    return OutputError(f"{name} cannot be written ({reason}); choose another place or make room there.")
