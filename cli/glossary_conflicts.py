"""``duizhao glossary conflicts``: terms with several renderings as an inbox, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from cli import terminal
from cli.glossary_options import Status, User, opened
from cli.models_commands import Model, load_encoder
from cli.opening import AsJson, Db

if TYPE_CHECKING:
    from rich.text import Text

    from glossary.conflicts.inbox import Wanted
    from glossary.conflicts.records import Conflict, Reason, Rival
    from glossary.glossary import Glossary
    from search.corpus import Corpus

LIMIT = 10
_REASONS = ("synonyms", "concepts", "variant", "alignment", "quotation")
# Orange where someone has to choose; grey what explains itself. Always with a mark and the word.
_MARKS = {
    "rival synonyms": ("⇄", "orange3"),
    "different concepts": ("≠", "orange3"),
    "abbreviation or variant": ("≈", "bright_black"),
    "alignment error": ("⚠", "yellow"),
    "fixed quotation": ("❝", "bright_black"),
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("conflicts")(conflicts)


def conflicts(
    terms: Annotated[
        list[str] | None, typer.Argument(metavar="[TERM]...", help="Only these terms, in the glossary or not.")
    ] = None,
    reason: Annotated[
        str,
        typer.Option("--reason", help="Only: synonyms, concepts, variant, alignment, quotation. With --dismiss: why."),
    ] = "",
    status: Status = None,
    language: Annotated[
        Literal["zh", "en"] | None, typer.Option("--in", help="Only terms of this language, with rivals in the other.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many; 10 without.")] = LIMIT,
    all_: Annotated[bool, typer.Option("--all", help="Those that are settled too.")] = False,
    dismiss: Annotated[
        list[str] | None, typer.Option("--dismiss", metavar="KEY", help="Settle a conflict; repeatable.")
    ] = None,
    recall: Annotated[
        list[str] | None, typer.Option("--recall", metavar="KEY", help="Bring back what was settled; repeatable.")
    ] = None,
    sample: Annotated[int, typer.Option("--sample", min=10, help="Pairs of a term that are read; 200 without.")] = 200,
    user: User = "",
    db: Db = None,
    model: Model = "",
    json: AsJson = False,
) -> None:
    """Terms with several renderings, each with the reason that speaks for it and two telling pairs."""
    from align.errors import InputError
    from glossary.concepts import Workflow
    from glossary.conflicts.inbox import Wanted
    from search.corpus import Corpus

    if recall:
        _recall(recall, reason, user, db)
        if not dismiss:
            return
    if dismiss and not reason.strip():
        raise InputError("settling a conflict needs a reason; give one with --reason.")
    chosen = Workflow(status) if status else None
    wanted = Wanted(tuple(terms or ()), None if dismiss else _reason(reason), chosen, language, all_)
    wanted = replace(wanted, all=True, keys=tuple(dismiss)) if dismiss else wanted
    with opened(db, user, read_only=not dismiss, create=False) as glossary, Corpus(glossary.database) as corpus:
        if dismiss:
            _dismiss(corpus, glossary, wanted, dismiss, reason, sample, model)
            return
        found = islice(_found(corpus, glossary, wanted, sample, model), limit)
        if json:
            terminal.emit([_json(list(found))])
        else:
            _show(found, limit)


def _found(corpus: Corpus, glossary: Glossary, wanted: Wanted, sample: int, model: str) -> Iterator[Conflict]:
    """The conflicts one after the other, with a bar while the texts are read."""
    from glossary.conflicts.inbox import look, waiting
    from search.precedents.locator import locator_of

    pairs = 0 if wanted.terms else corpus.pair_count()
    with terminal.bar(max(1, pairs), "reading") as step:
        found = waiting(corpus, glossary, wanted, step)
    if not found.terms:
        return
    say = terminal.progress()
    if say and not wanted.terms:
        terms = f"{len(found.terms):,} {'term' if len(found.terms) == 1 else 'terms'}"
        say(f"{terms} of the glossary may have another rendering; those with most places come first")
    yield from look(corpus, glossary, locator_of(corpus, load_encoder(model)), found, wanted, sample)


def _reason(name: str) -> Reason | None:
    from align.errors import InputError
    from glossary.conflicts.records import Reason

    if not name:
        return None
    for short, one in zip(_REASONS, Reason, strict=True):
        if name.casefold() in (short, str(one)):
            return one
    raise InputError(f"“{name}” is no reason of a conflict; there are {', '.join(_REASONS)}.")


def _dismiss(
    corpus: Corpus, glossary: Glossary, wanted: Wanted, keys: list[str], reason: str, sample: int, model: str
) -> None:
    """Settle conflicts: looked for until all the keys have been seen."""
    from glossary.conflicts.settling import dismiss
    from glossary.dismissals import Dismissals

    left = set(keys)
    seen: list[Conflict] = []
    for conflict in _found(corpus, glossary, wanted, sample, model):
        if conflict.key in left:
            seen.append(conflict)
            left.remove(conflict.key)
        if not left:
            break
    done = dismiss(Dismissals(glossary.database, glossary.user), seen, keys, reason)
    for one in done:
        terminal.note(f"settled: {one.term} ({' / '.join(rival.text for rival in one.rivals)})")


def _recall(keys: list[str], reason: str, user: str, db: str | None) -> None:
    from glossary.dismissals import Dismissals

    with Dismissals.open(db, user, create=False) as dismissals:
        for one in dismissals.recall(keys, reason):
            terminal.note(f"no longer settled: {one.about}")


def _show(found: Iterator[Conflict], limit: int) -> None:
    from rich.text import Text

    from cli.passages import coloured, drawn

    count = 0
    for conflict in found:
        count += 1
        terminal.emit(drawn([*_lines(conflict, coloured()), Text()]))
    if not count:
        terminal.note("no conflicts; every term that occurs has one rendering, or they are settled (--all shows them)")
    elif count == limit:
        terminal.note("there may be more; --limit shows them")


def _lines(conflict: Conflict, colour: bool) -> Iterator[Text]:
    """The term and the reason, a line a rival with what spoke for it, and the telling pairs."""
    from rich.text import Text

    from align.writers.escapes import visible
    from cli.passages import GREY

    mark, style = _MARKS[str(conflict.reason)]
    head = Text(f"{mark} ", style=style).append(visible(conflict.term), style="bold")
    head.append(f"  {conflict.reason}", style=style).append(f"  {conflict.verdict.confidence:.2f}", style=GREY)
    yield head.append(f"  {conflict.occurrences:,} places · {conflict.key}", style=GREY)
    for one in filter(None, (conflict.back, conflict.settled)):
        yield Text(f"  ↩ {visible(one)}", style=GREY)
    for rival in conflict.rivals:
        yield from _rival_lines(rival, conflict, colour)
    for point in conflict.turning_points:
        yield Text(f"  ↗ {visible(point.sentence)}", style="bold")


def _rival_lines(rival: Rival, conflict: Conflict, colour: bool) -> Iterator[Text]:
    from rich.text import Text

    from align.writers.escapes import visible
    from cli.passages import GREY, HIT, PARTNER, excerpt, provenance

    places = f"{rival.count} in {rival.documents} documents" if rival.count else "in no pair"
    line = Text("  ").append(visible(rival.text), style="bold").append(f"  {places}")
    facts = " · ".join(fact for fact in (rival.years, ", ".join(rival.concepts), rival.status) if fact)
    yield line.append(f"  {facts}" if facts else "", style=GREY)
    if rival.verdict:
        mark, style = _MARKS[str(rival.verdict.reason)]
        said = Text(f"    {mark} {rival.verdict.reason}", style=style)
        yield said.append(f": {visible('; '.join(rival.verdict.because))}", style=GREY)
    if rival.telling:
        shown = rival.telling
        first, second = (conflict.language, conflict.other)
        spans = {"zh": shown.zh_span, "en": shown.en_span}
        yield excerpt(shown.pair.text(first), (spans[first],), first, HIT, colour)
        yield excerpt(shown.pair.text(second), (spans[second],), second, PARTNER, colour)
        yield provenance(shown.pair, shown.confidence)


def _json(found: list[Conflict]) -> str:
    from cli.report import as_json

    return as_json({"conflicts": [_conflict_json(one) for one in found]})


def _conflict_json(conflict: Conflict) -> dict[str, Any]:
    return {
        "key": conflict.key,
        "term": conflict.term,
        "lang": conflict.language,
        "reason": str(conflict.reason),
        "confidence": conflict.verdict.confidence,
        "concepts": list(conflict.concepts),
        "occurrences": conflict.occurrences,
        "looked_at": conflict.looked_at,
        "settled": conflict.settled,
        "back": conflict.back,
        "turning_points": [point.sentence for point in conflict.turning_points],
        "rivals": [_rival_json(rival) for rival in conflict.rivals],
    }


def _rival_json(rival: Rival) -> dict[str, Any]:
    first, last = rival.rendering.dates if rival.rendering else ("", "")
    shown, verdict = rival.telling, rival.verdict
    return {
        "text": rival.text,
        "count": rival.count,
        "documents": rival.documents,
        "first_date": first,
        "last_date": last,
        "confidence": round(rival.confidence, 4),
        "concepts": list(rival.concepts),
        "status": rival.status,
        "reason": str(verdict.reason) if verdict else None,
        "reason_confidence": verdict.confidence if verdict else None,
        "because": list(verdict.because) if verdict else [],
        "telling": {
            "pair_id": shown.pair.id,
            "symbol": shown.pair.symbol,
            "date": shown.pair.date,
            "zh": shown.pair.record.zh_text,
            "en": shown.pair.record.en_text,
            "zh_span": list(shown.zh_span),
            "en_span": list(shown.en_span),
            "confidence": round(shown.confidence, 4),
        }
        if shown
        else None,
    }
