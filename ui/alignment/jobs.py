"""Files that wait to be aligned, one document after another, and what came of those before. No widgets here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import regex

from align.errors import InputError
from align.table import Level
from glossary.desk import Desk
from models.encoder import Encoder
from search.adding import AlignedFiles, How, align_pair, files_hash, with_symbol
from search.identity import name_of
from search.uploads import Upload, laid_down, plan_uploads

_FORCE = regex.compile(r",? or (?:give )?--force to align them all the same")


@dataclass(frozen=True)
class Task:
    """The files of one document: a Chinese and an English one; or one file alone."""

    files: tuple[Upload, ...]
    force: bool = False

    @property
    def label(self) -> str:
        """The names of its files."""
        return " + ".join(file.name for file in self.files)


@dataclass(frozen=True)
class Result:
    """What came of a task: a draft, pairs that are aligned already, or the sentence that says why not.

    ``alone``: a document whose other language is missing; ``forcible``: it can be aligned all the same.
    """

    label: str
    task: Task | None = None
    draft: int | None = None
    pairs: int = 0
    added: bool = False
    problem: str = ""
    alone: bool = False
    forcible: bool = False
    left_out: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Queue:
    """What is to be done, what is done, and how many tasks there were."""

    waiting: tuple[Task, ...] = ()
    done: tuple[Result, ...] = ()
    total: int = 0

    def stopped(self) -> Queue:
        """Without what waits."""
        return Queue((), self.done, len(self.done))

    def after(self, result: Result) -> Queue:
        """After the first task that waits."""
        return Queue(self.waiting[1:], (*self.done, result), self.total)

    def again(self, number: int) -> Queue:
        """With a result's task to be done once more, whatever its texts look like."""
        task = self.done[number].task
        if task is None:
            return self
        kept = tuple(result for k, result in enumerate(self.done) if k != number)
        return Queue((*self.waiting, replace(task, force=True)), kept, len(kept) + len(self.waiting) + 1)

    def with_added(self, number: int) -> Queue:
        """With a result's pairs in the corpus."""
        done = [replace(result, added=True) if k == number else result for k, result in enumerate(self.done)]
        return replace(self, done=tuple(done))


def planned(uploads: Sequence[Upload]) -> Queue:
    """The tasks that files make, paired by name and symbol. Raises InputError where none of them can be read."""
    with laid_down(uploads) as paths:
        by_path = dict(zip(paths, uploads, strict=True))
        plan = plan_uploads(paths)
    left = tuple(Result(by_path[path].name, left_out=_plain(why)) for path, why in plan.left_out)
    tasks = tuple(Task(tuple(by_path[path] for path in job.files)) for job in plan.jobs)
    return Queue(tasks, left, len(tasks) + len(left))


def done(
    task: Task, desk: Desk, encoder: Callable[[], Encoder], level: Level, progress: Callable[[str], None]
) -> Result:
    """Do a task: a draft of two documents, the count of a file of pairs. What is wrong with files is in the result.

    Files that the corpus holds as they are give a draft of what is stored. Raises CorpusError, NotAllowedError.
    """
    from align.readers import is_pair_file, read_pairs

    with laid_down(task.files) as paths:
        try:
            if len(paths) == 1 and is_pair_file(paths[0]):
                file = read_pairs(paths[0])
                return Result(task.label, task, pairs=len(file.pairs), notes=file.warnings)
            if len(paths) == 1:
                return _with_stored(task, paths[0], desk, encoder, level, progress)
            known = desk.corpus.has_source(files_hash((paths[0], paths[1]), level))
            if known is not None:
                return Result(task.label, draft=desk.reopen(known.id).id)
            files = align_pair(paths[0], paths[1], How(encoder, level, task.force, progress=progress))
        except InputError as error:
            said = str(error)
            return Result(task.label, task, problem=_plain(said), forcible="--force" in said)
        # Nobody has said which of the files is which, so that nobody need be told that it was the other way round.
        turned = f"{paths[0].name} is English and {paths[1].name} is Chinese: "
        files = replace(files, notes=tuple(note for note in files.notes if not note.startswith(turned)))
        return Result(task.label, draft=desk.begin_draft(files).id, notes=files.notes)


def _with_stored(
    task: Task, path: Path, desk: Desk, encoder: Callable[[], Encoder], level: Level, progress: Callable[[str], None]
) -> Result:
    """A document aligned with its other language, where the corpus has that."""
    from align.aligner import Aligner
    from align.documents import align_documents
    from align.readers import read

    document = with_symbol(read(path), path)
    stored = desk.corpus.version_of(document, name_of(path))
    other = desk.corpus.document(stored.id, "en" if document.language == "zh" else "zh") if stored else None
    if stored is None or other is None:
        return Result(task.label, task, alone=True)
    zh, en = (document, other) if document.language == "zh" else (other, document)
    table = align_documents(zh, en, Aligner.make(encoder()), level, progress)
    files = AlignedFiles(table, zh, en, stored.name, files_hash((path,), level), document.warnings)
    return Result(task.label, draft=desk.begin_draft(files).id, notes=files.notes)


def add_pairs(task: Task, desk: Desk, encoder: Callable[[], Encoder]) -> None:
    """Store a file of pairs. Raises InputError, CorpusError, NotAllowedError."""
    with laid_down(task.files) as paths:
        desk.add_files([str(path) for path in paths], How(encoder))


def _plain(sentence: str) -> str:
    """A sentence without the command line's option, which is a button here."""
    return _FORCE.sub("", sentence)
