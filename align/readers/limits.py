"""What every reader checks first: that the file is there, is a file, may be read, and is not too large."""

from __future__ import annotations

import stat
from pathlib import Path

from align.errors import UnreadableFileError

MAX_DOCUMENT_BYTES = 50_000_000
MAX_PAIRS_BYTES = 150_000_000  # translation memories are larger than documents, and are read as a stream


def megabytes(size: int) -> str:
    """Return ``size`` in bytes as a person would say it: ``"212 MB"``, ``"0.4 MB"``."""
    value = size / 1_000_000
    return f"{value:.0f} MB" if value >= 10 else f"{value:.1f} MB"


def check_file(path: Path, limit: int = MAX_DOCUMENT_BYTES) -> None:
    """Raise UnreadableFileError if ``path`` is missing, not a regular file, empty, or above ``limit`` bytes."""
    try:
        status = path.stat()
    except FileNotFoundError:
        raise UnreadableFileError(f"{path.name}: there is no such file; check the name and the folder.") from None
    except NotADirectoryError:
        raise UnreadableFileError(f"{path.name}: a part of its folder's name is a file; check the path.") from None
    except PermissionError:
        raise UnreadableFileError(f"{path.name}: its folder may not be read; ask for permission to read it.") from None
    except (OSError, ValueError) as error:
        raise UnreadableFileError(f"{path.name[:80]}: not a usable file name ({_reason(error)}).") from None
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableFileError(f"{path.name or path}: this is a folder; name a file in it.")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableFileError(f"{path.name}: this is a device or a pipe; save its content to a file first.")
    if status.st_size == 0:
        raise UnreadableFileError(f"{path.name}: the file is empty; save or download it again.")
    if status.st_size > limit:
        size, most = megabytes(status.st_size), megabytes(limit)
        raise UnreadableFileError(f"{path.name}: the file has {size}, more than the {most} that are read; split it.")


def read_bytes(path: Path, limit: int = MAX_DOCUMENT_BYTES) -> bytes:
    """Return the content of ``path`` after `check_file`; at most ``limit`` bytes are ever read."""
    check_file(path, limit)
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except PermissionError:
        raise UnreadableFileError(f"{path.name}: the file may not be read; ask for permission to read it.") from None
    except OSError as error:
        raise UnreadableFileError(f"{path.name}: the file cannot be read ({_reason(error)}).") from None
    if len(data) > limit:  # it grew since it was looked at
        most = megabytes(limit)
        raise UnreadableFileError(f"{path.name}: the file has more than the {most} that are read; split it.")
    return data


def _reason(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
