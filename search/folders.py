"""A folder of documents into the corpus: which files are a pair, and the work through all of them."""

from __future__ import annotations

import os
import signal
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import regex

from align.document import Language
from align.errors import InputError
from align.readers import read
from align.readers.language_codes import language_of
from align.readers.pairs import PAIR_SUFFIXES
from align.table import Level
from search.adding import (
    AlignedFiles,
    How,
    Outcome,
    add_file,
    add_pair,
    align_pair,
    files_hash,
    store_aligned,
    unchanged,
    with_symbol,
)
from search.errors import CorpusError
from search.identity import without_language
from search.symbols import normal_symbol

if TYPE_CHECKING:
    from models.encoder import Encoder
    from search.corpus import Corpus

SUFFIXES = (".docx", ".pdf", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt")


@dataclass(frozen=True, slots=True)
class Job:
    """One file, or the Chinese and the English one of a document."""

    files: tuple[Path, ...]

    @property
    def label(self) -> str:
        """The names of its files, with their folder where a name is nothing but a language."""
        return " + ".join(
            file.name if without_language(file.stem) else f"{file.parent.name}/{file.name}" for file in self.files
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done, and which files are left out and why."""

    jobs: tuple[Job, ...]
    left_out: tuple[tuple[Path, str], ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A job, and what came of it: an outcome, or the sentence that says why not."""

    job: Job
    outcome: Outcome | None
    problem: str = ""


def plan_folder(folder: Path) -> Plan:
    """Pair the files of a folder and those below it: by name first, what is left by symbol.

    Raises InputError where there is no such folder or nothing to read in it.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder; name the folder that holds the documents.")
    files, left_out = _documents(folder)
    groups: dict[str, list[Path]] = defaultdict(list)
    for file in files:
        groups[_key(file, folder)].append(file)
    jobs: list[Job] = []
    alone: list[Path] = []
    for group in groups.values():
        pair = _pair_by_name(group, folder)
        chosen = pair or (group[0],)
        left_out.extend((file, f"the same document as {chosen[0].name}") for file in group if file not in chosen)
        jobs.append(Job(pair)) if pair else alone.append(group[0])
    more, unreadable = _pair_by_symbol(alone)
    if not jobs and not more:
        raise InputError(f"{folder} holds no documents that can be read; they may be {', '.join(SUFFIXES)}.")
    return Plan(tuple(sorted([*jobs, *more], key=lambda job: job.files)), (*left_out, *unreadable))


def work_through(corpus: Corpus, plan: Plan, how: How, model: str = "", processes: int = 1) -> Iterator[Done]:
    """Do all jobs, one transaction each, so that what was done stays done. Files that are stored already are skipped.

    With several processes each loads the model for itself; what they align is stored here. Raises CorpusError.
    """
    waiting: list[Job] = []
    for job in plan.jobs:
        done = Done(job, None) if how.again or len(job.files) < 2 else _tried(job, _skipped, corpus, job, how)
        if done.outcome is not None or done.problem:
            yield done
        else:
            waiting.append(job)
    pairs = [job for job in waiting if len(job.files) == 2]
    if processes > 1 and len(pairs) > 1:
        yield from _in_processes(corpus, pairs, how, model, processes)
    else:
        for job in pairs:
            yield _tried(job, add_pair, corpus, job.files[0], job.files[1], how)
    for job in waiting:  # after the pairs, so that each finds its other language where it is stored
        if len(job.files) == 1:
            yield _tried(job, add_file, corpus, job.files[0], how)


def _tried(job: Job, work: Callable[..., Outcome | None], *arguments: object) -> Done:
    try:
        return Done(job, work(*arguments))
    except InputError as error:
        return Done(job, None, str(error))


def _skipped(corpus: Corpus, job: Job, how: How) -> Outcome | None:
    known = corpus.has_source(files_hash(job.files, how.level))
    return Outcome((unchanged(known),)) if known is not None else None


def _in_processes(corpus: Corpus, jobs: Sequence[Job], how: How, model: str, processes: int) -> Iterator[Done]:
    """Align in other processes, and store here; never more at once than twice the processes."""
    # Started afresh: a copy of this process would share its connections and the threads of its libraries.
    # Ctrl-C is for this process alone, which then ends the others.
    ignore = (signal.SIGINT, signal.SIG_IGN)
    with ProcessPoolExecutor(processes, get_context("spawn"), signal.signal, ignore) as pool:
        running: list[tuple[Job, Future[AlignedFiles]]] = []
        waiting = iter(jobs)
        try:
            while True:
                while len(running) < 2 * processes and (job := next(waiting, None)) is not None:
                    running.append((job, pool.submit(_align, job.files, how.level, how.force, model)))
                if not running:
                    return
                job, future = running.pop(0)
                yield _tried(job, _store_result, corpus, future)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _store_result(corpus: Corpus, future: Future[AlignedFiles]) -> Outcome:
    try:
        aligned = future.result()
    except BrokenProcessPool as error:
        raise CorpusError(
            "one of the processes that align was ended, perhaps for want of memory; go on with fewer --processes."
        ) from error
    return store_aligned(corpus, aligned)


def _align(files: tuple[Path, ...], level: Level, force: bool, model: str) -> AlignedFiles:
    """In a process of its own."""
    return align_pair(files[0], files[1], How(lambda: _loaded(model), level, force))


@cache
def _loaded(model: str) -> Encoder:
    from models import load

    return load(model)


def _documents(folder: Path) -> tuple[list[Path], list[tuple[Path, str]]]:
    """The files to read, in the order of their names, and those left out. Links are not followed."""
    files: list[Path] = []
    left_out: list[tuple[Path, str]] = []
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(above) / name
            if name.startswith((".", "~$")):
                continue
            if file.is_symlink():
                left_out.append((file, "a link"))
            elif file.suffix.lower() in PAIR_SUFFIXES:
                left_out.append((file, "a table of pairs: add it with --pairs"))
            elif file.suffix.lower() not in SUFFIXES:
                left_out.append((file, f"not of a kind that is read ({', '.join(SUFFIXES)})"))
            else:
                files.append(file)
    return files, left_out


def _key(file: Path, folder: Path) -> str:
    """What the files of one document have in common: folders and name without marks of language."""
    *above, name = file.relative_to(folder).parts
    stem = without_language(name[: -len(file.suffix)])
    kept = [part for part in above if without_language(part)]
    return "/".join([*kept, stem]).casefold()


def _language(file: Path, folder: Path) -> Language | None:
    """The language that the name says, or else a folder above."""
    *above, name = file.relative_to(folder).parts
    stem = name[: -len(file.suffix)]
    rest = without_language(stem)
    if rest != stem:
        mark = stem.removeprefix(rest).removesuffix(rest).strip("._- ()（）")
        return "zh" if mark == "C" else "en" if mark == "E" else language_of(regex.sub(r"[-_].*", "", mark))
    return next((language_of(part) for part in reversed(above) if not without_language(part)), None)


def _pair_by_name(group: Sequence[Path], folder: Path) -> tuple[Path, Path] | None:
    by_language: dict[Language | None, list[Path]] = defaultdict(list)
    for file in group:
        by_language[_language(file, folder)].append(file)
    chinese, english = by_language["zh"], by_language["en"]
    for one, other in ((chinese, english), (chinese, by_language[None]), (by_language[None], english)):
        if one and other:
            alike = [(a, b) for a in one for b in other if a.suffix.lower() == b.suffix.lower()]
            return alike[0] if alike else (one[0], other[0])
    return None


def _pair_by_symbol(files: Sequence[Path]) -> tuple[list[Job], list[tuple[Path, str]]]:
    """Pair what is left by the symbols that the documents themselves say."""
    waiting: dict[tuple[str, Language], Path] = {}
    jobs: list[Job] = []
    unreadable: list[tuple[Path, str]] = []
    for file in files if len(files) > 1 else ():
        try:
            document = with_symbol(replace(read(file), warnings=()), file)
        except InputError as error:
            unreadable.append((file, str(error)))
            continue
        symbol = normal_symbol(document.symbol)
        other = waiting.pop((symbol, "en" if document.language == "zh" else "zh"), None) if symbol else None
        if other is not None:
            jobs.append(Job((file, other) if document.language == "zh" else (other, file)))
        elif (symbol, document.language) in waiting:
            unreadable.append((file, f"the same document as {waiting[symbol, document.language].name}"))
        else:
            waiting[symbol or str(file), document.language] = file
    alone = files if len(files) == 1 else waiting.values()
    return [*jobs, *(Job((file,)) for file in alone)], unreadable
