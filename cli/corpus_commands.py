"""``duizhao add`` and ``duizhao corpus``: what is stored, and how it gets there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli import corpus_report, terminal
from cli.failures import INTERRUPTED
from cli.glossary_drift import retest_added
from cli.models_commands import Model, load_encoder
from cli.opening import AsJson, Db, Vectors, index_of, told
from cli.report import as_json

if TYPE_CHECKING:
    from search.adding import How, Outcome
    from search.corpus import Corpus
    from search.folders import Done, Plan

app = typer.Typer(help="See and keep what is stored.", no_args_is_help=True)
Which = Annotated[str, typer.Argument(metavar="DOCUMENT", help="Its symbol, its name, or its number as “#12”.")]
SOME_FAILED = 2


def add(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            help="A Chinese document and its English original, one document in either language, or a folder."
        ),
    ] = None,
    folder: Annotated[Path | None, typer.Option("--folder", help="Add all documents of a folder.")] = None,
    pairs: Annotated[
        Path | None, typer.Option("--pairs", help="Add pairs already aligned: .tmx, .tsv, .csv, .xlsx.")
    ] = None,
    db: Db = None,
    level: Annotated[Literal["paragraph", "sentence"], typer.Option(help="What is aligned.")] = "paragraph",
    model: Model = "",
    force: Annotated[bool, typer.Option("--force", help="Align even where the sizes or languages look wrong.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Align anew what has not changed, with another model, say.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be done with a folder, and stop.")
    ] = False,
    processes: Annotated[int, typer.Option("--processes", min=1, help="How many align a folder at once.")] = 1,
    json: AsJson = False,
) -> None:
    """Align documents and store them: a pair, a folder, pairs already aligned, or a document without its original."""
    from models import check
    from search.adding import How
    from search.folders import plan_folder

    given = files or []
    if len(given) == 1 and folder is None and given[0].is_dir():
        given, folder = [], given[0]
    _check_arguments(given, folder, pairs)
    check(model)
    load = cache(lambda: load_encoder(model))
    how = How(load, level, force, again, None if folder else terminal.progress())
    if folder is None:
        with _open(db) as corpus:
            outcome = _add_files(corpus, given, pairs, how)
            _tell(outcome, json)
            retest_added(corpus, outcome.added, model)
        return
    plan = plan_folder(folder)
    if json and dry_run:
        terminal.emit([as_json(corpus_report.plan_json(plan))])
        return
    for line in corpus_report.plan_lines(plan):
        terminal.emit([line]) if dry_run else terminal.note(line)
    if not dry_run:
        with _open(db) as corpus:
            _add_folder(corpus, plan, how, model, processes, json)


@app.command("list")
def list_(db: Db = None, json: AsJson = False) -> None:
    """List the documents: number, symbol or name, languages, type, date, pairs, title."""
    with _open(db, read_only=True) as corpus:
        documents = corpus.list()
    report = corpus_report
    terminal.emit([report.documents_json(documents)] if json else report.documents_text(documents))


@app.command()
def show(document: Which, db: Db = None, json: AsJson = False) -> None:
    """Show a document: where it comes from, and its pairs."""
    from search.records import Filters

    with _open(db, read_only=True) as corpus:
        found = corpus.find(document)
        pairs = corpus.pairs(Filters(document=found.id))
        report = corpus_report
        terminal.emit([report.document_json(found, pairs)] if json else report.document_text(found, pairs))


@app.command()
def remove(
    document: Which,
    db: Db = None,
    force: Annotated[bool, typer.Option("--force", help="Remove it even where people have checked pairs.")] = False,
) -> None:
    """Remove a document with everything that belongs to it."""
    from align.errors import InputError

    with _open(db, create=False) as corpus:
        found = corpus.find(document)
        if found.checked and not force:
            raise InputError(
                f"{found.label} has pairs that people have checked ({found.checked}), which would be lost; "
                "export it first, or give --force."
            )
        corpus.remove(found.id)
    terminal.note(f"{found.label} was removed, with its pairs ({found.pairs}).")


@app.command()
def stats(db: Db = None, json: AsJson = False) -> None:
    """Count documents and pairs, by type, year and body."""
    with _open(db, read_only=True) as corpus:
        counts = corpus.stats()
    terminal.emit([corpus_report.stats_json(counts)] if json else corpus_report.stats_text(counts))


@app.command()
def export(
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write; a folder where all are exported.")],
    document: Annotated[
        str | None, typer.Argument(metavar="[DOCUMENT]", help="One document; all of them without.")
    ] = None,
    format: Annotated[  # noqa: A002 -- the option's name
        str | None, typer.Option("--format", "-f", help="One of those that “duizhao formats” lists; for a folder: tmx.")
    ] = None,
    db: Db = None,
) -> None:
    """Write a document as “duizhao align” would, or all of them, each to a file of its own."""
    from align.writers import FORMATS, format_of, write

    with _open(db, read_only=True) as corpus:
        if document is not None:
            target = terminal.check_target(output, format, inputs=())
            write(corpus.table(corpus.find(document).id), output, target.name)
            terminal.note(f"written to {output}")
            return
        kind = format_of(Path(), format or "tmx")
        documents = corpus.list()
        _make_folder(output)
        for found in documents:
            stem = re.sub(r"[^\w.-]+", "_", found.label)[:80].strip("._")
            name = f"{found.id:05d}_{stem}{FORMATS[kind.name].extensions[0]}"
            write(corpus.table(found.id), output / name, kind.name)
    terminal.note(f"{corpus_report.counted(len(documents), 'document')} written to {output}")


@app.command()
def verify(db: Db = None) -> None:
    """See whether the corpus is whole; says what is wrong, and ends with exit code 2 where something is."""
    with _open(db, create=False) as corpus:
        found = corpus.verify()
        place = corpus.place
    terminal.emit(found or [f"{place} is whole."])
    if found:
        raise typer.Exit(SOME_FAILED)


@app.command()
def rebuild(
    db: Db = None,
    vectors: Vectors = "",
    model: Model = "",
) -> None:
    """Make anew what look-ups are answered from: the index of phrases, the vectors, what is known of the words."""
    from search.rebuilding import rebuild as make_anew

    with _open(db, create=False) as corpus:
        encoder = load_encoder(model)
        index = index_of(corpus, encoder, vectors)
        kept = make_anew(corpus, encoder, index, told)
    terminal.note(f"made anew for {corpus_report.counted(kept.added, 'text pair')}, vectors in {index.place}")


def _open(db: str | None, read_only: bool = False, create: bool = True) -> Corpus:
    from search.corpus import Corpus

    return Corpus.open(db, read_only, create)


def _check_arguments(files: list[Path], folder: Path | None, pairs: Path | None) -> None:
    from align.errors import InputError

    if (len(files) > 0) + (folder is not None) + (pairs is not None) != 1:
        raise InputError("give a Chinese and an English document, or one document, or --folder DIR, or --pairs FILE.")
    if len(files) > 2:
        raise InputError(f"{len(files)} files were given: add two, or one, or a whole folder with --folder.")


def _add_files(corpus: Corpus, files: list[Path], pairs: Path | None, how: How) -> Outcome:
    from search.adding import add_file, add_pair, add_pairs

    if pairs is not None:
        return add_pairs(corpus, pairs)
    return add_pair(corpus, files[0], files[1], how) if len(files) == 2 else add_file(corpus, files[0], how)


def _tell(outcome: Outcome, json: bool) -> None:
    for note in outcome.notes:
        terminal.note(note)
    for line in corpus_report.lost_lines(outcome.added):
        terminal.note(line)
    added = corpus_report.added_json(outcome.added)
    terminal.emit([as_json(added)] if json else corpus_report.added_lines(outcome.added))


def _add_folder(corpus: Corpus, plan: Plan, how: How, model: str, processes: int, json: bool) -> None:
    from search.folders import work_through

    results: list[Done] = []
    try:
        with terminal.bar(len(plan.jobs), "documents") as advance:
            for done in work_through(corpus, plan, how, model, processes):
                results.append(done)
                _note_progress(done, len(results), len(plan.jobs))
                advance()
    except KeyboardInterrupt:
        terminal.note(f"stopped after {len(results)} of {len(plan.jobs)}, which are stored; the same command goes on.")
        raise typer.Exit(INTERRUPTED) from None
    failed = [done for done in results if done.outcome is None]
    added = [one for done in results if done.outcome for one in done.outcome.added]
    if json:
        problems = [{"files": [str(file) for file in done.job.files], "problem": done.problem} for done in failed]
        terminal.emit([as_json({"added": corpus_report.added_json(added), "failed": problems})])
    else:
        terminal.emit(
            [f"{len(added)} of {len(plan.jobs)} documents are in the corpus, {len(failed)} could not be added"]
        )
    retest_added(corpus, added, model)
    if failed:
        raise typer.Exit(SOME_FAILED)


def _note_progress(done: Done, count: int, total: int) -> None:
    place = f"[{count}/{total}]"
    if done.outcome is None:
        terminal.note(f"{place} {done.problem}")
        return
    for text in (*done.outcome.notes, *corpus_report.lost_lines(done.outcome.added)):
        terminal.note(f"{place} {text}")
    for line in corpus_report.added_lines(done.outcome.added):
        terminal.note(f"{place} {line}")


def _make_folder(folder: Path) -> None:
    from align.errors import OutputError

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be made ({error.strerror}); name another folder.") from error
