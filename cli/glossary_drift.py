"""``duizhao glossary drift``: what new documents say against approved entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from cli import terminal
from cli.glossary_options import User, opened
from cli.models_commands import Model, load_encoder
from cli.opening import AsJson, Db

if TYPE_CHECKING:
    from rich.text import Text

    from glossary.drift.records import Alert, AlertKind, Shown
    from glossary.glossary import Glossary
    from search.corpus import Corpus
    from search.records import Added

LIMIT = 20
SHOWN = 2  # pairs of an alert
_KINDS = ("unused", "counter", "deprecated")
_MARKS = {
    "preferred term no longer used": ("▽", "orange3"),
    "counter-example": ("≠", "yellow"),
    "deprecated term back in use": ("✕", "red"),
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("drift")(drift)


def drift(
    documents: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DOCUMENT]...", help="Test the approved entries by these documents again."),
    ] = None,
    everything: Annotated[bool, typer.Option("--everything", help="Test them by all documents again.")] = False,
    kind: Annotated[
        Literal["unused", "counter", "deprecated"] | None, typer.Option("--kind", help="Only alerts of this kind.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many; 20 without.")] = LIMIT,
    all_: Annotated[bool, typer.Option("--all", help="Those that are set aside too.")] = False,
    dismiss: Annotated[
        list[str] | None, typer.Option("--dismiss", metavar="KEY", help="Set an alert aside; repeatable.")
    ] = None,
    recall: Annotated[
        list[str] | None, typer.Option("--recall", metavar="KEY", help="Bring back what was set aside; repeatable.")
    ] = None,
    reason: Annotated[str, typer.Option("--reason", help="Why, with --dismiss and --recall.")] = "",
    user: User = "",
    db: Db = None,
    model: Model = "",
    json: AsJson = False,
) -> None:
    """Alerts of approved entries: a preferred term no longer used, a counter-example, a deprecated term back."""
    from glossary.drift.alerts import alerts

    run, change = bool(documents) or everything, bool(dismiss or recall)
    with opened(db, user, read_only=not (run or change), create=False) as glossary:
        if change:
            _settle(glossary, dismiss or (), recall or (), reason)
            return
        if run:
            _run(glossary, documents or (), model)
        found = alerts(glossary, _kind(kind), all_)
        terminal.emit([_json(found[:limit])] if json else _drawn(found, limit))


def retest_added(corpus: Corpus, added: Sequence[Added], model: str) -> None:
    """What “duizhao add” does when documents are stored: new alerts, a line each on standard error.

    They are stored already, so that what goes wrong here is told and nothing more.
    """
    from align.errors import DuizhaoError
    from glossary.glossary import Glossary

    changed = [one.document for one in added if one.change != "unchanged"]
    try:
        _tell(_retest(Glossary(corpus.database, _user()), corpus, changed, model))
    except DuizhaoError as error:
        terminal.note(f"the approved entries were not tested by what was added: {error}")


def _run(glossary: Glossary, names: Sequence[str], model: str) -> None:
    from search.corpus import Corpus

    corpus = Corpus(glossary.database)
    chosen = [corpus.find(name).id for name in names] or [document.id for document in corpus.list()]
    _tell(_retest(glossary, corpus, chosen, model))


def _retest(glossary: Glossary, corpus: Corpus, documents: Sequence[int], model: str) -> Sequence[Alert]:
    from glossary.drift.retesting import retest
    from search.precedents.locator import locator_of

    return retest(glossary, corpus, documents, lambda: locator_of(corpus, load_encoder(model)))


def _tell(found: Sequence[Alert]) -> None:
    for alert in found:
        terminal.note(f"drift: {alert.concept} {alert.sentence} (“duizhao glossary drift” shows it)")


def _user() -> str:
    from glossary.people import current_user

    return current_user("")


def _settle(glossary: Glossary, keys: Sequence[str], back: Sequence[str], reason: str) -> None:
    from glossary.dismissals import Dismissals
    from glossary.drift.alerts import dismiss

    if keys:
        for alert in dismiss(glossary, keys, reason):
            terminal.note(f"set aside: {alert.sentence}")
    if back:
        for one in Dismissals(glossary.database, glossary.user).recall(back, reason):
            terminal.note(f"back: {one.about}")


def _kind(name: str | None) -> AlertKind | None:
    from glossary.drift.records import AlertKind

    return dict(zip(_KINDS, AlertKind, strict=True))[name] if name else None


def _drawn(found: Sequence[Alert], limit: int) -> Iterator[str]:
    from rich.text import Text

    from cli.passages import coloured, drawn

    if not found:
        terminal.note("no alerts: no approved entry is contradicted, or they are set aside (--all shows them)")
    for alert in found[:limit]:
        yield from drawn([*_lines(alert, coloured()), Text()])
    if len(found) > limit:
        terminal.note(f"{len(found) - limit} more; --limit shows them")


def _lines(alert: Alert, colour: bool) -> Iterator[Text]:
    from rich.text import Text

    from align.writers.escapes import visible
    from cli.passages import GREY

    mark, style = _MARKS[str(alert.kind)]
    head = Text(f"{mark} {alert.kind}", style=style).append(f"  {alert.concept} ", style="default")
    head.append(visible(f"{alert.term} → {alert.preferred}"), style="bold")
    yield head.append(f"  {alert.last[:10]} · {alert.key}", style=GREY)
    yield Text(f"  {visible(alert.sentence)}")
    for one in filter(None, (alert.back, alert.dismissed)):
        yield Text(f"  ↩ {visible(one)}", style=GREY)
    for shown in alert.evidence[:SHOWN]:
        yield from _shown(shown, colour)


def _shown(shown: Shown, colour: bool) -> Iterator[Text]:
    from rich.text import Text

    from align.writers.escapes import visible
    from cli.passages import GREY, HIT, PARTNER, excerpt

    yield excerpt(shown.en, (shown.en_span,) if shown.en_span[1] else (), "en", HIT, colour)
    yield excerpt(shown.zh, (shown.zh_span,) if shown.zh_span[1] else (), "zh", PARTNER, colour)
    facts = (shown.symbol, shown.date, f"{shown.confidence:.2f}", f"pair {shown.pair}")
    yield Text("   " + visible(" · ".join(fact for fact in facts if fact)), style=GREY)


def _json(found: Sequence[Alert]) -> str:
    from cli.report import as_json

    return as_json({"alerts": [_alert_json(alert) for alert in found]})


def _alert_json(alert: Alert) -> dict[str, Any]:
    return {"key": alert.key, **asdict(alert), "kind": str(alert.kind), "sentence": alert.sentence}
