"""What the commands of the glossary say: concepts, changes and history as lines for the eye or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from align.writers.escapes import visible
from cli.passages import GREY
from cli.report import as_json

if TYPE_CHECKING:
    from rich.text import Text

    from glossary.concepts import Concept, Term
    from glossary.duplicates import Similar
    from glossary.errors import StaleEditError
    from glossary.log import Event
    from glossary.people import Roles
    from glossary.planning import Plan
    from glossary.rules import Role

    Likes = Mapping[tuple[str, str], Sequence[Similar]]

# Grey candidate, yellow proposed and in review, green approved; always with a mark and the word.
_STATUS = {
    "candidate": ("○", GREY),
    "proposed": ("◔", "yellow"),
    "in-review": ("◑", "yellow"),
    "approved": ("●", "green"),
    "rejected": ("✕", GREY),
    "retired": ("–", GREY),
}
_USAGE = {"deprecated": ("deprecated (forbidden)", "red"), "superseded": ("superseded", GREY)}
_BEFORE, _WIDEST = 4, 44  # columns before a language; of a term before its usage
_EVIDENCE = 3  # lines of evidence a term
_LONGEST = 160  # characters of a value that is shown


def concept_lines(found: Sequence[Concept], total: int) -> Iterator[Text]:
    """A line a concept: id, status, its terms, subject."""
    from rich.text import Text

    width = max((len(concept.id) for concept in found), default=0)
    for concept in found:
        line = Text(f"{concept.id:{width}}  ")
        line.append(*_statuses(concept))
        line.append("  " + visible(" · ".join(_leading(concept))))
        if concept.subject:
            line.append(f"  {visible(concept.subject)}", style=GREY)
        yield line
    if len(found) < total:
        yield Text(f"and {total - len(found)} more; --limit shows them", style=GREY)


def concept_text(concept: Concept) -> Iterator[Text]:
    """A concept like an entry of a dictionary: by language its status, definitions, terms with their evidence."""
    from rich.text import Text

    head = Text(concept.id, style="bold").append(f"  version {concept.version}", style=GREY)
    yield head.append(f"  {visible(concept.subject)}" if concept.subject else "", style="")
    if concept.note:
        yield Text(f"note: {visible(concept.note)}")
    for language in dict.fromkeys([*concept.workflow, *(one.language for one in concept.definitions)]):
        yield Text()
        line = Text(f"{language}  ", style="bold")
        if language in concept.workflow:
            line.append(*_status(concept.workflow[language]))
        yield line
        for one in concept.definitions:
            if one.language == language:
                line = Text(" " * _BEFORE + visible(one.text))
                yield line.append(f" ({visible(one.source)})" if one.source else "", style=GREY)
        for term in concept.of(language):
            yield from _term_lines(term)


def concept_json(concept: Concept) -> dict[str, Any]:
    """The same for programs."""
    from glossary.encoding import concept_data

    return {"version": concept.version, **concept_data(concept)}


def plan_lines(plan: Plan) -> Iterator[Text]:
    """What a change would do, concept by concept."""
    from rich.text import Text

    from glossary.comparing import changes

    for draft in plan.drafts:
        one = draft.after or draft.before
        assert one is not None
        name = one.id or (draft.before.id if draft.before else "new")
        what = "goes" if draft.after is None else ""
        yield Text(f"{name}  {visible(' · '.join(_leading(one)))}  {what}".rstrip())
        if draft.before is not None and draft.after is not None:
            yield from _changes(changes(draft.before, draft.after))
    count = len(plan.drafts)
    yield Text(f"{count} {'concept' if count == 1 else 'concepts'}; nothing is changed yet", style=GREY)


def stale_lines(error: StaleEditError) -> Iterator[str]:
    """Both changes of a concept that was changed meanwhile, and what to do."""
    from glossary.comparing import changes

    for whose, version in (("theirs", error.theirs), ("yours", error.mine)):
        for one in changes(error.base, version) if error.base and version else ():
            yield f"{whose}: {one.field}: {_value(one.before)} → {_value(one.after)}"
    yield "give --merge to have both, where they are about different things"


def event_lines(events: Iterable[Event]) -> Iterator[Text]:
    """The log: number, day and time, who, what, why; below it the fields that changed."""
    from rich.text import Text

    for event in events:
        line = Text(f"{event.id:5}  {event.time[:16].replace('T', ' ')}  ", style=GREY)
        line.append(f"{visible(event.user)} ", style="bold")
        line.append(f"{event.action} {event.concept}".rstrip())
        if event.version is not None:
            line.append(f" → version {event.version}" if event.after else " → gone", style=GREY)
        if event.undoes is not None:
            line.append(f" (takes back {event.undoes})", style=GREY)
        if event.batch != event.id:
            line.append(f" (part of {event.batch})", style=GREY)
        yield line
        if event.reason:
            yield Text(f"       “{visible(event.reason)}”")
        if event.before is not None and event.after is not None:
            yield from _changes(event.changes)
        elif event.after is not None:
            yield Text("       " + visible(" · ".join(_leading(event.after))), style=GREY)


def event_json(event: Event) -> dict[str, Any]:
    """An event for programs."""
    return {
        "id": event.id,
        "time": event.time,
        "user": event.user,
        "role": str(event.role),
        "action": event.action,
        "concept": event.concept or None,
        "version": event.version,
        "before": concept_json(event.before) if event.before else None,
        "after": concept_json(event.after) if event.after else None,
        "reason": event.reason,
        "batch": event.batch,
        "undoes": event.undoes,
    }


def done_lines(events: Sequence[Event]) -> Iterator[Text]:
    """What became of each concept that was changed."""
    from rich.text import Text

    for event in events:
        one = event.after or event.before
        assert one is not None
        line = Text(f"{event.concept}  ")
        line.append(*(_statuses(one) if event.after else ("gone", GREY)))
        yield line.append("  " + visible(" · ".join(_leading(one))))
    if not events:
        yield Text("nothing to change: it is so already")
        return
    yield Text(f"event {events[0].batch}; “duizhao glossary undo” takes it back", style=GREY)


def plan_json(plan: Plan) -> str:
    """A preview for programs."""
    drafts = [
        {
            "before": concept_json(draft.before) if draft.before else None,
            "after": concept_json(draft.after) if draft.after else None,
        }
        for draft in plan.drafts
    ]
    return as_json({"action": plan.action, "changes": drafts, "notes": list(plan.notes)})


def similar_lines(found: Likes) -> Iterator[str]:
    """Warnings of terms that may be there already, a sentence each."""
    for (_, text), likes in found.items():
        for one in likes[:3]:
            what = "is a term of" if one.likeness == "same" else f"differs in {one.likeness} only from “{one.text}” of"
            what = what if one.likeness != "spelling" else f"is spelt much like “{one.text}” of"
            yield f"“{text}” {what} {one.concept}"
        if len(likes) > 3:
            yield f"“{text}” is like {len(likes) - 3} more terms"


def similar_json(found: Likes) -> list[dict[str, str]]:
    """The same for programs."""
    return [
        {"text": text, "concept": one.concept, "term": one.term, "like": one.text, "differs_in": str(one.likeness)}
        for (_, text), likes in found.items()
        for one in likes
    ]


def role_lines(roles: Roles, user: str, role: Role) -> Iterator[Text]:
    """Who may do what."""
    from rich.text import Text

    for name, given in roles.given.items():
        yield Text(f"{visible(name)}: {given}")
    if not roles:
        yield Text("nobody has been given a role, so everyone is an administrator", style=GREY)
    else:
        yield Text(f"all others are {roles.others}s; you are {visible(user)}, {role}", style=GREY)


def _term_lines(term: Term) -> Iterator[Text]:
    from rich.cells import cell_len
    from rich.text import Text

    shown = visible(term.text)
    line = Text(" " * _BEFORE + shown + " " * (_WIDEST - cell_len(shown)))
    usage, style = _USAGE.get(term.usage, (str(term.usage), "bold" if term.usage == "preferred" else ""))
    line.append(f"  {usage}" if usage else "", style=style)
    facts = [str(term.type), term.part_of_speech, term.source, term.id]
    yield line.append("  " + visible(" · ".join(fact for fact in facts if fact)), style=GREY)
    if term.note:
        yield Text(" " * 2 * _BEFORE + visible(term.note))
    for one in term.evidence[:_EVIDENCE]:
        zh, en = one.zh[slice(*one.zh_span)], one.en[slice(*one.en_span)]
        yield Text(" " * 2 * _BEFORE + visible(f"{one.symbol} · pair {one.pair}: {zh} · {en}"), style=GREY)
    if len(term.evidence) > _EVIDENCE:
        yield Text(" " * 2 * _BEFORE + f"and {len(term.evidence) - _EVIDENCE} more pairs", style=GREY)


def _changes(found: Iterable[Any]) -> Iterator[Text]:
    from rich.text import Text

    for one in found:
        before, after = _value(one.before), _value(one.after)
        yield Text(f"       {one.field}: ", style=GREY).append(visible(f"{before} → {after}"))


def _value(value: Any) -> str:
    if value is None:
        return "–"
    text = f"({len(value)})" if isinstance(value, tuple) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _leading(concept: Concept) -> list[str]:
    """The most important term of each language."""
    order = ["preferred", "", "admitted", "superseded", "deprecated"]
    languages = dict.fromkeys(term.language for term in concept.terms)
    return [min(concept.of(k), key=lambda term: order.index(term.usage)).text for k in languages]


def _statuses(concept: Concept) -> tuple[str, str]:
    """One status for a line; where languages differ, each with its own."""
    found = set(concept.workflow.values())
    if len(found) == 1:
        return _status(found.pop())
    parts = (f"{language} {_status(status)[0]}" for language, status in concept.workflow.items())
    return ", ".join(parts), "yellow"


def _status(status: str) -> tuple[str, str]:
    mark, style = _STATUS[status]
    return f"{mark} {status.replace('-', ' ')}", style
