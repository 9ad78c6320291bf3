"""What the commands of the glossary share: their options, and how a change is carried out and told of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli import glossary_report as report
from cli import terminal
from cli.passages import drawn
from cli.report import as_json

if TYPE_CHECKING:
    from glossary.glossary import Glossary
    from glossary.log import Event
    from glossary.planning import Plan

Which = Annotated[str, typer.Argument(metavar="CONCEPT", help="Its id, such as c12, or one of its terms.")]
Concepts = Annotated[list[str] | None, typer.Argument(metavar="CONCEPT...", help="Ids, such as c12, or terms.")]
User = Annotated[str, typer.Option("--user", help="Who you are; by default $DUIZHAO_USER, or the login.")]
Reason = Annotated[str, typer.Option("--reason", help="Why; it stands in the history.")]
Language = Annotated[str, typer.Option("--language", help="Only in this language: zh, zh-Hant, en.")]
Languages = Annotated[list[str] | None, typer.Option("--language", help="Only in this language; repeatable.")]
Version = Annotated[int, typer.Option("--version", min=0, help="The version that you read; by default the last.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be done, and stop.")]
Subject = Annotated[str, typer.Option("--subject", help="Concepts of this subject field.")]
StatusName = Literal["candidate", "proposed", "in-review", "approved", "rejected", "retired"]
Status = Annotated[StatusName | None, typer.Option("--status", help="Concepts with this status.")]
UsageName = Literal["preferred", "admitted", "deprecated", "superseded"]
Words = Annotated[list[str] | None, typer.Option(metavar="TERM", help="A term by its id or words; repeatable.")]


@dataclass(frozen=True, slots=True)
class How:
    """How a change is made: by whom, why, where; only shown; told as JSON."""

    user: str
    reason: str
    db: str | None
    json: bool
    dry_run: bool = False

    def open(self, create: bool = False) -> Glossary:
        """The glossary to change."""
        return opened(self.db, self.user, create=create)

    def carry_out(self, glossary: Glossary, plan: Plan, more: dict[str, object] | None = None) -> None:
        """Make the change and tell of it, or show what it would do."""
        terminal.warn(plan.notes)
        if self.dry_run:
            terminal.emit([report.plan_json(plan)] if self.json else drawn(report.plan_lines(plan)))
            return
        self.tell(glossary.carry_out(plan, self.reason), more)

    def tell(self, events: Sequence[Event], more: dict[str, object] | None = None) -> None:
        """What became of it."""
        if self.json:
            terminal.emit([as_json({"events": [report.event_json(event) for event in events], **(more or {})})])
        else:
            terminal.emit(drawn(report.done_lines(events)))


def opened(db: str | None, user: str = "", read_only: bool = False, create: bool = True) -> Glossary:
    """The glossary of a corpus."""
    from glossary.glossary import Glossary

    return Glossary.open(db, user, read_only, create)
