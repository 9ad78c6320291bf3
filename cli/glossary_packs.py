"""``duizhao glossary pack`` and ``unpack``: a review by someone without an account, sent and taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import glossary_packs_report as report
from cli import terminal
from cli.glossary_options import DryRun, Language, Reason, Status, Subject, User, opened
from cli.glossary_report import similar_lines
from cli.opening import AsJson, Db
from cli.passages import drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from glossary.glossary import Glossary
    from glossary.log import Event
    from glossary.planning import Plan


def register(app: typer.Typer) -> None:
    """Add the two commands."""
    app.command("pack")(pack)
    app.command("unpack")(unpack)


def pack(
    file: Annotated[Path, typer.Argument(help="Workbook to write, .xlsx.")],
    language: Language = "",
    status: Status = None,
    subject: Subject = "",
    db: Db = None,
) -> None:
    """Write concepts as a workbook for a reviewer without an account: to edit, decide and comment in, and send back."""
    from align.errors import OutputError
    from glossary.concepts import Workflow
    from glossary.exchange.review_pack import write_review
    from glossary.reading import Query

    if file.suffix.lower() != ".xlsx":
        raise OutputError(f"{file.name}: a review pack is a workbook; give it a name that ends in .xlsx.")
    if file.exists():
        raise OutputError(f"{file} is there already, and a review may be in it; name another file.")
    query = Query("", language, Workflow(status) if status else None, None, subject)
    with opened(db, read_only=True) as glossary:
        concepts = list(glossary.concepts(query))
    terminal.warn(write_review(concepts, file))
    count = "1 concept" if len(concepts) == 1 else f"{len(concepts):,} concepts"
    terminal.note(f"{count} written to {file}; “duizhao glossary unpack” takes it back when it comes back")


def unpack(
    file: Annotated[Path, typer.Argument(help="The workbook that came back.")],
    theirs: Annotated[
        list[str] | None,
        typer.Option(
            "--theirs",
            metavar="FIELD",
            help="Where the glossary has changed it too, take the reviewer's: as c7/term/t3/text, c7 or all; "
            "repeatable.",
        ),
    ] = None,
    dry_run: DryRun = False,
    reason: Reason = "",
    user: User = "",
    db: Db = None,
    json: AsJson = False,
) -> None:
    """Merge a review that came back with what happened meanwhile: one change, one undo; contradictions are told."""
    from glossary.exchange.review_pack import read_review
    from glossary.exchange.unpacking import comment, unpacking

    found = read_review(file)
    terminal.warn(found.warnings)
    with opened(db, user, read_only=dry_run, create=False) as glossary:
        review = unpacking(glossary, found, theirs or ())
        _warn_of_likes(glossary, review.plan)
        events: Sequence[Event] = ()
        if not dry_run:
            events = glossary.carry_out(review.plan, reason or f"review of {file.name}")
            comment(glossary, found, review.report.items)
    if json:
        terminal.emit([report.as_text(review, events, dry_run)])
    else:
        terminal.emit(drawn(report.lines(review, events, dry_run)))


def _warn_of_likes(glossary: Glossary, plan: Plan) -> None:
    """Say which of the reviewer's new terms may be there already."""
    for draft in plan.drafts:
        fresh = [term for term in draft.after.terms if not term.id] if draft.after else []
        likes = glossary.warnings(fresh, besides=draft.before.id if draft.before else "") if fresh else {}
        terminal.warn(similar_lines(likes))
