"""``duizhao check``: what is wrong with a new translation."""

from __future__ import annotations

from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli import terminal
from cli.glossary_options import User
from cli.models_commands import Model, load_encoder
from cli.opening import AsJson, Db, Vectors, index_of

if TYPE_CHECKING:
    from glossary.checking.findings import Report
    from models.encoder import Encoder
    from search.corpus import Corpus
    from search.index.contract import VectorIndex

STRICT = 1  # the exit status with --strict where there are errors or warnings


def check(
    zh: Annotated[Path, typer.Argument(help="The Chinese document, or a table of aligned pairs.")],
    en: Annotated[Path | None, typer.Argument(metavar="[EN]", help="The English one; none with a table.")] = None,
    translation: Annotated[
        Literal["zh", "en"], typer.Option("--translation", help="Which of the two is the translation.")
    ] = "zh",
    output: Annotated[
        list[Path] | None,
        typer.Option("--output", "-o", help="File to write: .html, .docx or .json (SARIF); repeatable."),
    ] = None,
    no_quotations: Annotated[
        bool, typer.Option("--no-quotations", help="Do not look for quotations, which takes longest.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Show too what is only to be looked at: nobody can tell whether it is wrong.")
    ] = False,
    dismiss: Annotated[
        list[str] | None,
        typer.Option("--dismiss", metavar="KEY", help="Set a finding aside for good, with --reason; repeatable."),
    ] = None,
    recall: Annotated[
        list[str] | None, typer.Option("--recall", metavar="KEY", help="Bring a dismissed one back; repeatable.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why it is dismissed or brought back.")] = "",
    show_dismissed: Annotated[bool, typer.Option("--show-dismissed", help="List what was dismissed, and why.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="End with status 1 where there are errors or warnings.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Check even where the sizes or languages look wrong.")] = False,
    user: User = "",
    db: Db = None,
    vectors: Vectors = "",
    model: Model = "",
    json: AsJson = False,
) -> None:
    """Check a translation: approved terms, consistency, numbers, dates, symbols, notes, quoted wording."""
    from cli import check_report
    from cli.passages import coloured, drawn
    from glossary.checking.reports import check_outputs, write_report
    from glossary.checking.reports.sarif import as_text
    from glossary.checking.session import Request, read_with_notes
    from glossary.checking.session import check as run
    from glossary.errors import GlossaryError

    outputs = tuple(output or ())
    check_outputs(outputs, [path for path in (zh, en) if path is not None])
    if dismiss and not reason.strip():
        raise GlossaryError("dismissing needs a reason, for those who come after; give one with --reason “…”.")
    encoder = cache(partial(load_encoder, model))
    draft, notes = read_with_notes(Request(zh, en, translation, force), encoder, terminal.progress())
    indexes = None if no_quotations else partial(_index, vectors)
    report = run(draft, encoder(), db, indexes, terminal.progress())
    for note in (*notes, *report.notes):
        terminal.note(note)
    if dismiss or recall:
        report = _decided(report, dismiss or [], recall or [], reason, user, db)
    write_report(report, outputs)
    if json:
        terminal.emit([as_text(report)])
    else:
        terminal.emit(drawn(check_report.report_lines(report, coloured(), everything, show_dismissed)))
    for path in outputs:
        terminal.note(f"written to {path}")
    if strict and any(one.level != "note" for one in report.findings):
        raise typer.Exit(STRICT)


def _index(vectors: str, corpus: Corpus, encoder: Encoder) -> VectorIndex:
    return index_of(corpus, encoder, vectors)


def _decided(
    report: Report, dismissed: list[str], recalled: list[str], reason: str, user: str, db: str | None
) -> Report:
    """The report after what was set aside or brought back."""
    from glossary.checking import session
    from glossary.dismissals import Dismissals

    with Dismissals.open(db, user, create=False) as dismissals:
        if recalled:
            session.recall(dismissals, recalled, reason)
            terminal.note(f"brought back: {len(recalled)}")
        if dismissed:
            done = session.dismiss(dismissals, report, dismissed, reason)
            terminal.note(f"dismissed: {len(done)}; “--recall {done[0].key[:10]}” brings it back")
        return session.standing(dismissals, report)
