"""``duizhao glossary import`` and ``export``: glossaries from and to other programs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli import terminal
from cli.glossary_options import DryRun, Language, Reason, Status, Subject, User, opened
from cli.opening import AsJson, Db
from cli.report import as_json

if TYPE_CHECKING:
    from glossary.exchange.preview import Plan

SHOWN = 20  # conflicts that are shown
ChoiceName = Literal["mine", "theirs", "both", "skip"]
Format = Annotated[str | None, typer.Option("--format", "-f", help="Its format; by content or name without.")]


def register(app: typer.Typer) -> None:
    """Add the two commands."""
    app.command("import")(import_)
    app.command("export")(export)


def import_(
    file: Annotated[Path, typer.Argument(help=".tbx, .csv, .tsv, .xlsx, .utx, .json, or OmegaT's .txt.")],
    format: Format = None,  # noqa: A002 -- the option's name
    conflicts: Annotated[
        ChoiceName, typer.Option("--conflicts", help="Where the file contradicts the glossary: which is kept.")
    ] = "mine",
    language_map: Annotated[
        list[str] | None,
        typer.Option(
            "--language-map",
            metavar="CODE=LANGUAGE",
            help="What a language code of the file stands for, as xx=zh; repeatable.",
        ),
    ] = None,
    dry_run: DryRun = False,
    reason: Reason = "",
    user: User = "",
    db: Db = None,
    json: AsJson = False,
) -> None:
    """Add what a file of terms has more, after a look at what it would change; a second time it changes nothing."""
    from glossary.exchange import read_glossary
    from glossary.exchange.languages import language_map as languages_of
    from glossary.exchange.preview import Choice, State, apply, preview

    choice = {"mine": Choice.MINE, "theirs": Choice.THEIRS, "both": Choice.BOTH, "skip": Choice.SKIP}[conflicts]
    found = read_glossary(file, format, languages_of(language_map or ()))
    terminal.warn(found.warnings)
    with opened(db, user, create=not dry_run, read_only=dry_run) as glossary:
        plan = preview(found.concepts, list(glossary.concepts()))
        if not dry_run:
            wanted = apply(plan, {item.number: choice for item in plan.of(State.CONFLICT)})
            glossary.save_all(wanted, reason or f"import of {file.name}")
    terminal.emit([_plan_json(plan, dry_run)] if json else _plan_lines(plan, conflicts, dry_run))


def export(
    file: Annotated[Path, typer.Argument(help="File to write; its extension says the format.")],
    format: Format = None,  # noqa: A002 -- the option's name
    language: Language = "",
    status: Status = None,
    subject: Subject = "",
    db: Db = None,
) -> None:
    """Write the glossary, or the concepts of a status or subject, for other programs."""
    from glossary.concepts import Workflow
    from glossary.exchange import check, write_glossary
    from glossary.reading import Query

    check(file, format)
    query = Query("", language, Workflow(status) if status else None, None, subject)
    with opened(db, read_only=True) as glossary:
        concepts = list(glossary.concepts(query))
    terminal.warn(write_glossary(concepts, file, format))
    terminal.note(f"{len(concepts)} {'concept' if len(concepts) == 1 else 'concepts'} written to {file}")


def _plan_lines(plan: Plan, conflicts: str, dry_run: bool) -> Iterator[str]:
    from glossary.exchange.preview import State

    verb = "would do this: " if dry_run else ""
    yield verb + ", ".join(f"{state}: {count:,}" for state, count in plan.counts.items())
    contradicting = plan.of(State.CONFLICT)
    for item in contradicting[:SHOWN]:
        existing = item.existing.id if item.existing else "?"
        for difference in item.contradictions:
            yield f"  {existing}  {difference.field}: {difference.mine} / {difference.theirs}"
    if len(contradicting) > SHOWN:
        yield f"  and {len(contradicting) - SHOWN} more"
    if contradicting:
        kept = {"mine": "the glossary's", "theirs": "the file's", "both": "both", "skip": "no"}[conflicts]
        yield f"  of these {kept} version is kept (--conflicts)"


def _plan_json(plan: Plan, dry_run: bool) -> str:
    return as_json(
        {
            "dry_run": dry_run,
            **{state.replace(" ", "_"): count for state, count in plan.counts.items()},
            "conflicts": [
                {
                    "concept": item.existing.id if item.existing else "",
                    "differences": [
                        {"field": one.field, "mine": one.mine, "theirs": one.theirs} for one in item.contradictions
                    ],
                }
                for item in plan.items
                if item.contradictions
            ],
        }
    )
