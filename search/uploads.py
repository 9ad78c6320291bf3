"""Files that came without a folder, as bytes with a name, laid down where what reads files can read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory

import regex

from align.errors import InputError
from search.folders import Job, Plan

_UNFIT = regex.compile(r"[\x00-\x1f\x7f\ud800-\udfff/\\:*?\"<>|]")
_LONGEST = 180  # bytes of a name that every file system takes
_LONGEST_ENDING = 20  # bytes; what is longer is none


@dataclass(frozen=True, slots=True)
class Upload:
    """A file by the name that its owner gave it."""

    name: str
    data: bytes


@contextmanager
def laid_down(uploads: Sequence[Upload]) -> Iterator[tuple[Path, ...]]:
    """Write them into a folder of their own, which is gone afterwards; each keeps its name as far as it is one.

    Of several with the same name all but the first stand in folders below.
    """
    with TemporaryDirectory(prefix="duizhao-") as name:
        paths: list[Path] = []
        for k, upload in enumerate(uploads):
            path = Path(name) / safe_name(upload.name)
            if path.exists():
                path = Path(name) / f" {k + 1}" / path.name  # no safe name begins with a space
                path.parent.mkdir()
            path.write_bytes(upload.data)
            paths.append(path)
        yield tuple(paths)


def safe_name(name: str) -> str:
    """The last part of a path, whatever system it is of, without what a file system refuses; never hidden."""
    last = PurePosixPath(PureWindowsPath(name).as_posix()).name
    clean = _UNFIT.sub("_", last).strip(". ") or "file"
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending.encode("utf-8")) > _LONGEST_ENDING:
        stem, dot, ending = clean, "", ""
    ending = dot + ending
    return stem.encode("utf-8")[: _LONGEST - len(ending.encode("utf-8"))].decode("utf-8", "ignore") + ending


def plan_uploads(paths: Sequence[Path]) -> Plan:
    """What is to be done with uploaded files: two documents are a pair, of more those are that belong together.

    Files of pairs are jobs of their own. Raises InputError where there is nothing to do.
    """
    from align.readers import is_pair_file
    from search.folders import SUFFIXES, plan_folder

    tables = [Job((path,)) for path in paths if is_pair_file(path)]
    texts = [path for path in paths if not is_pair_file(path)]
    if len(texts) <= 2:
        return Plan((*tables, *([Job(tuple(texts))] if texts else [])), ())
    folder = min((path.parent for path in texts), key=lambda one: len(one.parts))
    try:
        plan = plan_folder(folder)
    except InputError as error:  # its sentence names our folder, which means nothing to whoever sent the files
        why = f"not of a kind that is read, or damaged ({', '.join(SUFFIXES)} are read)"
        if not tables:
            raise InputError(f"all of these {len(texts)} files are {why}.") from error
        return Plan(tuple(tables), tuple((path, why) for path in texts))
    left_out = tuple((path, why) for path, why in plan.left_out if path in texts)
    return Plan((*plan.jobs, *tables), left_out)
