"""``duizhao glossary``: concepts, decisions about them, and all that was ever done to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli import glossary_conflicts, glossary_decisions, glossary_drift, glossary_exchange, glossary_packs, terminal
from cli import glossary_report as report
from cli.glossary_options import (
    Concepts,
    DryRun,
    How,
    Language,
    Reason,
    Status,
    Subject,
    UsageName,
    User,
    Version,
    Which,
    Words,
    opened,
)
from cli.opening import AsJson, Db
from cli.passages import drawn
from cli.report import as_json

if TYPE_CHECKING:
    from glossary.concepts import Concept
    from glossary.glossary import Glossary
    from glossary.instructions import Instructions

app = typer.Typer(help="See, propose and decide what terms stand for.", no_args_is_help=True)
glossary_decisions.register(app)
glossary_exchange.register(app)
glossary_conflicts.register(app)
glossary_drift.register(app)
glossary_packs.register(app)


@app.command("list")
def list_(
    text: Annotated[str, typer.Argument(help="Part of a term, in any script and case; all without.")] = "",
    language: Language = "",
    status: Status = None,
    usage: Annotated[UsageName | None, typer.Option("--usage", help="With a term of this usage.")] = None,
    subject: Subject = "",
    limit: Annotated[int, typer.Option("--limit", min=0, max=10**9, help="At most this many; 0 for all.")] = 50,
    db: Db = None,
    json: AsJson = False,
) -> None:
    """List concepts: id, status, terms, subject; those closest to a text first."""
    from glossary.concepts import Usage, Workflow
    from glossary.reading import Query

    own = Workflow(status) if status else None
    query = Query(text, language, own, Usage(usage) if usage else None, subject, limit)
    with opened(db, read_only=True) as glossary:
        found = glossary.list(query)
        total = glossary.count(Query(text, language, own, query.usage, subject)) if limit else len(found)
    if json:
        terminal.emit([as_json([report.concept_json(concept) for concept in found])])
    else:
        terminal.emit(drawn(report.concept_lines(found, total)))


@app.command()
def show(concept: Which, version: Version = 0, db: Db = None, json: AsJson = False) -> None:
    """Show a concept: terms by language with usage and evidence, definitions, status."""
    with opened(db, read_only=True) as glossary:
        found = glossary.version(concept, version) if version else glossary.find(concept)
    terminal.emit([as_json(report.concept_json(found))] if json else drawn(report.concept_text(found)))


@app.command()
def propose(
    concepts: Concepts = None,
    zh: Annotated[list[str] | None, typer.Option("--zh", help="A Chinese term of a new concept; repeatable.")] = None,
    en: Annotated[list[str] | None, typer.Option("--en", help="An English term of it; repeatable.")] = None,
    term: Annotated[
        list[str] | None, typer.Option("--term", help="A term in another language, as zh-Hant:WORDS; repeatable.")
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="As in “glossary edit”; repeatable.")
    ] = None,
    dry_run: DryRun = False,
    reason: Reason = "",
    user: User = "",
    db: Db = None,
    json: AsJson = False,
) -> None:
    """Propose a new concept with its terms, or candidates that are there; warns of terms that are there already."""
    from align.errors import InputError
    from glossary.concepts import Concept, Workflow
    from glossary.instructions import Instructions, new_terms
    from glossary.planning import adding

    how = How(user, reason, db, json, dry_run)
    given = [*(f"zh:{one}" for one in zh or ()), *(f"en:{one}" for one in en or ()), *(term or ())]
    if bool(given) == bool(concepts):
        raise InputError("give the terms of a new concept with --zh and --en, or concepts that are there by their ids.")
    if concepts:
        with how.open() as glossary:
            glossary_decisions.decide(glossary, glossary.find_all(concepts), "proposed", (), how)
        return
    terms = new_terms(given)
    new = Instructions(set=set_ or ()).applied(Concept("", terms=terms))
    with how.open(create=True) as glossary:
        likes = glossary.warnings(terms)
        terminal.warn(report.similar_lines(likes))
        plan = adding([new], "propose", Workflow.PROPOSED)
        how.carry_out(glossary, plan, {"similar": report.similar_json(likes)})


@app.command()
def edit(
    concept: Which,
    add: Annotated[list[str] | None, typer.Option("--add", metavar="LANGUAGE:WORDS", help="A new term.")] = None,
    remove: Words = None,
    prefer: Words = None,
    admit: Words = None,
    deprecate: Words = None,
    supersede: Words = None,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="subject, note, definition.en, definition.en.source, or of a term t5.text, .usage, .type, "
            ".part_of_speech, .source, .note; repeatable.",
        ),
    ] = None,
    version: Version = 0,
    merge: Annotated[
        bool, typer.Option("--merge", help="Where someone has changed it since that version, merge both changes.")
    ] = False,
    mine: Annotated[
        list[str] | None,
        typer.Option("--mine", metavar="FIELD", help="Where both have changed this field, take yours; repeatable."),
    ] = None,
    dry_run: DryRun = False,
    reason: Reason = "",
    user: User = "",
    db: Db = None,
    json: AsJson = False,
) -> None:
    """Change a concept; in a language in which it was approved that re-opens it."""
    from align.errors import InputError
    from glossary.errors import StaleEditError
    from glossary.instructions import Instructions, new_terms

    orders = [list(one or ()) for one in (add, remove, prefer, admit, deprecate, supersede, set_)]
    if not any(orders):
        raise InputError("nothing is to be changed; give --add, --remove, --prefer, --deprecate or --set.")
    how = How(user, reason, db, json, dry_run)
    with how.open() as glossary:
        wanted = _edited(glossary, glossary.find(concept), version, Instructions(*orders), merge, mine or ())
        likes = glossary.warnings(new_terms(orders[0]), besides=wanted.id)
        terminal.warn(report.similar_lines(likes))
        try:
            plan = glossary.plan_saving([wanted])
        except StaleEditError as error:
            terminal.warn(report.stale_lines(error))
            raise
        how.carry_out(glossary, plan, {"similar": report.similar_json(likes)})


@app.command()
def merge(
    concept: Which,
    others: Annotated[list[str], typer.Argument(metavar="OTHER...", help="Concepts that go into the first.")],
    dry_run: DryRun = False,
    reason: Reason = "",
    user: User = "",
    db: Db = None,
    json: AsJson = False,
) -> None:
    """Put all that other concepts have into the first; they go, and “undo” brings them back."""
    from glossary.planning import merging

    how = How(user, reason, db, json, dry_run)
    with how.open() as glossary:
        keep, *rest = glossary.find_all([concept, *others])
        how.carry_out(glossary, merging(keep, rest))


@app.command()
def split(
    concept: Which,
    terms: Annotated[list[str], typer.Argument(metavar="TERM...", help="Terms, by id or words, that go.")],
    dry_run: DryRun = False,
    reason: Reason = "",
    user: User = "",
    db: Db = None,
    json: AsJson = False,
) -> None:
    """Move some terms of a concept to a new one."""
    from glossary.instructions import find_term
    from glossary.planning import splitting

    how = How(user, reason, db, json, dry_run)
    with how.open() as glossary:
        found = glossary.find(concept)
        how.carry_out(glossary, splitting(found, [find_term(found, which).id for which in terms]))


@app.command()
def comment(
    concept: Which,
    words: Annotated[str, typer.Argument(help="What to say; it stands in the history.")],
    user: User = "",
    db: Db = None,
) -> None:
    """Say something about a concept."""
    with opened(db, user, create=False) as glossary:
        glossary.comment(concept, words)


@app.command()
def history(
    concept: Annotated[str, typer.Argument(metavar="[CONCEPT]", help="One concept; all of them without.")] = "",
    limit: Annotated[int, typer.Option("--limit", min=0, max=10**9, help="The last so many events; 0 for all.")] = 50,
    db: Db = None,
    json: AsJson = False,
) -> None:
    """Show who did what, when and why, and what changed by it; oldest first."""
    with opened(db, read_only=True) as glossary:
        events = glossary.history(concept) if concept or not limit else glossary.latest(limit)
    events = events[-limit:] if limit else events
    if json:
        terminal.emit([as_json([report.event_json(event) for event in events])])
    else:
        terminal.emit(drawn(report.event_lines(events)))


@app.command()
def undo(
    event: Annotated[int | None, typer.Argument(help="The number of an event; your last change without.")] = None,
    only: Annotated[
        bool, typer.Option("--only", help="This event alone, not the whole change that it is part of.")
    ] = False,
    reason: Reason = "",
    user: User = "",
    db: Db = None,
    json: AsJson = False,
) -> None:
    """Take back a change by its opposite; undoing an undo does it again."""
    how = How(user, reason, db, json)
    with how.open() as glossary:
        how.tell(glossary.undo(event, only, reason))


@app.command()
def restore(
    concept: Which,
    version: Annotated[int, typer.Argument(min=1, help="The version that it is to be like.")],
    reason: Reason = "",
    user: User = "",
    db: Db = None,
    json: AsJson = False,
) -> None:
    """Bring a concept back to what it was in a version; one that is gone too."""
    with opened(db, user, create=False) as glossary:
        found = glossary.restore(concept, version, reason)
    terminal.emit([as_json(report.concept_json(found))] if json else drawn(report.concept_text(found)))


@app.command()
def roles(
    person: Annotated[str, typer.Argument(metavar="[USER]", help="Whom to give a role.")] = "",
    role: Annotated[
        Literal["reader", "translator", "terminologist", "administrator"] | None, typer.Argument(help="Which one.")
    ] = None,
    reason: Reason = "",
    user: User = "",
    db: Db = None,
    json: AsJson = False,
) -> None:
    """Show who may do what, or give someone a role."""
    from align.errors import InputError
    from glossary.rules import Role

    if bool(person) != bool(role):
        raise InputError("give a user and a role: reader, translator, terminologist or administrator.")
    with opened(db, user) as glossary:
        if role and glossary.set_role(person, Role(role), reason):
            terminal.note(f"{glossary.user} is an administrator now, so that someone can give roles.")
        given = glossary.roles()
        lines = list(report.role_lines(given, glossary.user, glossary.role))
    terminal.emit([as_json({name: str(one) for name, one in given.given.items()})] if json else drawn(lines))


def _edited(
    glossary: Glossary, now: Concept, version: int, orders: Instructions, merge: bool, mine: Sequence[str]
) -> Concept:
    """The concept as it is to be stored; where it has changed since the version that was read, both changes merged."""
    from glossary.comparing import three_way
    from glossary.errors import GlossaryError

    base = glossary.version(now.id, version) if version and version != now.version else now
    wanted = orders.applied(base)
    if base is now or not merge:
        return wanted
    merged = three_way(base, wanted, now, mine)
    open_ = [conflict for conflict in merged.conflicts if conflict.field not in mine]
    for conflict in open_:
        terminal.note(f"{conflict.field}: was “{conflict.base}”, yours “{conflict.mine}”, theirs “{conflict.theirs}”")
    if open_:
        fields = ", ".join(conflict.field for conflict in open_)
        raise GlossaryError(
            f"{now.id} was changed in the same places since version {version} ({fields}); "
            "take yours with --mine FIELD, or edit the last version."
        )
    return merged.concept
