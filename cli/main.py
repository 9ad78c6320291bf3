"""``duizhao``: the commands. Heavy modules are imported inside them, so that ``--help`` stays fast."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from cli import (
    app_command,
    check_commands,
    corpus_commands,
    extract_commands,
    glossary_commands,
    models_commands,
    quotes_commands,
    report,
    search_commands,
    term_commands,
    terminal,
    terms_commands,
)
from cli.failures import PoliteGroup
from cli.models_commands import Model, load_encoder
from cli.opening import AsJson

app = typer.Typer(
    name="duizhao",
    cls=PoliteGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
evaluation = typer.Typer(help="Measure against gold data.", no_args_is_help=True)
app.add_typer(evaluation, name="eval")
app.add_typer(models_commands.app, name="models")
app.add_typer(corpus_commands.app, name="corpus")
app.add_typer(glossary_commands.app, name="glossary")
app.command()(corpus_commands.add)
app.command()(search_commands.search)
app.command()(term_commands.term)
app.command()(quotes_commands.quotes)
app.command()(check_commands.check)
app.command()(extract_commands.extract)
app.command("app")(app_command.app)
evaluation.command("search")(search_commands.eval_search)
evaluation.command("extract")(extract_commands.eval_extract)
evaluation.command("quotes")(quotes_commands.eval_quotes)
evaluation.command("terms")(terms_commands.eval_terms)
evaluation.command("words")(terms_commands.eval_words)


def _print_version(asked: bool) -> None:
    if asked:
        from align.signature import VERSION

        terminal.emit([VERSION])
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Align Chinese documents with their English originals, and see what was understood of them."""


@app.command()
def align(
    zh: Annotated[Path, typer.Argument(help="The Chinese document.")],
    en: Annotated[Path, typer.Argument(help="The English original.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; standard output without.")
    ] = None,
    format: Annotated[  # noqa: A002 -- the option's name
        str | None,
        typer.Option("--format", "-f", help="One of those that “duizhao formats” lists; by the file's name without."),
    ] = None,
    level: Annotated[Literal["paragraph", "sentence"], typer.Option(help="What is aligned.")] = "paragraph",
    model: Model = "",
    force: Annotated[bool, typer.Option("--force", help="Align even where the sizes or languages look wrong.")] = False,
) -> None:
    """Align a Chinese document with its English original and write the result."""
    from align import align_files
    from align.writers import dumps, write
    from models import check

    target = terminal.check_target(output, format, inputs=(zh, en))
    check(model)
    load = partial(load_encoder, model)
    table, notes = align_files(zh, en, load, level=level, force=force, progress=terminal.progress())
    for note in notes:
        terminal.note(note)
    if output is None:
        terminal.write_bytes(dumps(table, target.name))
        terminal.note(report.summary_line(table))
    else:
        write(table, output, target.name)
        terminal.note(f"{report.summary_line(table)}; written to {output}")


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="A document, or a file of already aligned pairs.")],
    json: AsJson = False,
) -> None:
    """Show what the reader understands of a file: its paragraphs, their kinds and numbers, and what it set aside."""
    from align.readers import is_pair_file, read_pairs
    from align.readers import read as read_document

    if is_pair_file(file):
        pairs = read_pairs(file)
        terminal.emit([report.pairs_json(pairs)] if json else report.pairs_text(pairs))
        terminal.warn(pairs.warnings)
    else:
        document = read_document(file)
        terminal.emit([report.document_json(document)] if json else report.document_text(document))
        terminal.warn(document.warnings)


@evaluation.command("align")
def eval_align(
    folder: Annotated[Path, typer.Argument(help="Folder of NAME.zh, NAME.en (a unit a line) and NAME.gold.")],
    json: AsJson = False,
    model: Model = "",
) -> None:
    """Precision, recall and F1 of the aligner, strict and lax, against hand-made alignments."""
    from align.evaluate import evaluate_alignment

    result = evaluate_alignment(folder, load_encoder(model))
    terminal.emit([report.alignment_scores_json(result)] if json else report.alignment_scores_text(result))


@evaluation.command("retrieval")
def eval_retrieval(
    en: Annotated[Path, typer.Argument(help="English sentences, one a line.")],
    zh: Annotated[Path, typer.Argument(help="Their Chinese translations, line by line.")],
    json: AsJson = False,
    model: Model = "",
) -> None:
    """How often a sentence's nearest neighbour in the other language is its translation (P@1)."""
    from align.evaluate import evaluate_retrieval

    result = evaluate_retrieval(en, zh, load_encoder(model))
    terminal.emit([report.retrieval_scores_json(result)] if json else report.retrieval_scores_text(result))


@app.command()
def formats() -> None:
    """List the formats that are written and those that are read."""
    terminal.emit(report.formats_text())


@app.command()
def version() -> None:
    """Print the version."""
    _print_version(True)


def run() -> None:
    """The entry point of the command ``duizhao``."""
    terminal.prepare()
    app()
