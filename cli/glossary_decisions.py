"""``duizhao glossary review``, ``approve``, ``reject`` and ``retire``: decisions about one concept or many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import typer

from cli.glossary_options import Concepts, DryRun, How, Languages, Reason, Status, StatusName, Subject, User, Version
from cli.opening import AsJson, Db

if TYPE_CHECKING:
    from glossary.concepts import Concept
    from glossary.glossary import Glossary

_COMMANDS = {
    "review": ("in-review", "Take concepts into review, in some languages or all."),
    "approve": (
        "approved",
        "Approve concepts, in some languages or all; the only usable term becomes the preferred one.",
    ),
    "reject": ("rejected", "Reject concepts, in some languages or all; they stay, and are not suggested again unseen."),
    "retire": ("retired", "Retire approved concepts, in some languages or all."),
}


def register(app: typer.Typer) -> None:
    """Add the four commands, which differ in the status that they give."""
    for name, (status, told) in _COMMANDS.items():
        app.command(name, help=told)(_command(status))


def _command(to: str) -> Callable[..., None]:
    def command(
        concepts: Concepts = None,
        language: Languages = None,
        status: Status = None,
        subject: Subject = "",
        version: Version = 0,
        dry_run: DryRun = False,
        reason: Reason = "",
        user: User = "",
        db: Db = None,
        json: AsJson = False,
    ) -> None:
        from align.errors import InputError

        given = concepts or []
        if bool(given) == bool(status or subject):
            raise InputError("name concepts by id or term, or choose them with --status and --subject.")
        if version and len(given) != 1:
            raise InputError("--version goes with one concept; leave it out for several.")
        how = How(user, reason, db, json, dry_run)
        with how.open() as glossary:
            found = glossary.find_all(given) if given else _chosen(glossary, status, subject, language or ())
            if version and found[0].version != version:
                found = (glossary.version(found[0].id, version),)
            decide(glossary, found, to, language or (), how)

    return command


def decide(glossary: Glossary, found: Sequence[Concept], to: str, languages: Sequence[str], how: How) -> None:
    """Give concepts a status in some languages or all, or show what that would do."""
    from glossary.concepts import Workflow
    from glossary.planning import deciding

    how.carry_out(glossary, deciding(found, Workflow(to), languages))


def _chosen(
    glossary: Glossary, status: StatusName | None, subject: str, languages: Sequence[str]
) -> tuple[Concept, ...]:
    from align.errors import InputError
    from glossary.concepts import Workflow
    from glossary.reading import Query

    own = Workflow(status) if status else None
    found: dict[str, Concept] = {}
    for language in languages or [""]:
        found |= {one.id: one for one in glossary.concepts(Query("", language, own, None, subject))}
    if not found:
        raise InputError("no concept is so; “duizhao glossary list” shows what there is.")
    return tuple(found.values())
