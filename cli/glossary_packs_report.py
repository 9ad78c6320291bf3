"""What came of a review: by concept what is taken, what contradicts, who else was there; for the eye or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from align.writers.escapes import visible
from cli.passages import GREY
from cli.report import as_json

if TYPE_CHECKING:
    from rich.text import Text

    from glossary.comparing import Conflict, FieldChange
    from glossary.exchange.review import ReviewItem
    from glossary.exchange.unpacking import Unpacking
    from glossary.log import Event

SHOWN = 100  # concepts that are shown
_LONGEST = 80  # characters of a value


def lines(review: Unpacking, events: Sequence[Event], dry_run: bool) -> Iterator[Text]:
    """A block for each concept, and a line that counts; ``events`` are what was done, none in a dry run."""
    from rich.text import Text

    items = sorted(review.report.items, key=lambda item: not (item.open or item.gone))
    for item in items[:SHOWN]:
        yield from _block(review, item)
    if len(items) > SHOWN:
        yield Text(f"and {len(items) - SHOWN} more; --json has all", style=GREY)
    verb = "would be done: " if dry_run else ""
    yield Text(verb + ", ".join(f"{count:,} {what}" for what, count in _counts(review).items()))
    if dry_run:
        yield Text("nothing is changed yet", style=GREY)
    elif events:
        yield Text(f"event {events[0].batch}; “duizhao glossary undo” takes it back", style=GREY)
    else:
        yield Text("nothing to change: it is so already", style=GREY)


def as_text(review: Unpacking, events: Sequence[Event], dry_run: bool) -> str:
    """The same for programs, as JSON."""
    return as_json(
        {
            "dry_run": dry_run,
            **_counts(review),
            "event": events[0].batch if events else None,
            "concepts": [_item_json(review, item) for item in review.report.items],
        }
    )


def _counts(review: Unpacking) -> dict[str, int]:
    concepts = review.report.concepts
    return {
        "changed": sum(bool(one.version) for one in concepts),
        "new": sum(not one.version for one in concepts),
        "contradicting": sum(bool(item.open) for item in review.report.items),
        "gone": sum(item.gone for item in review.report.items),
    }


def _block(review: Unpacking, item: ReviewItem) -> Iterator[Text]:
    from rich.text import Text

    concept = item.concept
    words = " · ".join(_leading(item))
    yield Text(f"{concept.id or 'new'}  ", style="bold").append(visible(words))
    for conflict in item.conflicts:
        yield from _conflict(review, concept.id, conflict, conflict.field in item.won)
    if item.gone:
        last = review.meanwhile.get(concept.id, ())[-1:]
        who = f" ({_who(last[0])}, event {last[0].id})" if last else ""
        yield Text(f"  ✕ gone from the glossary{who}; the review of it was not taken", style="orange3")
    if not item.gone:
        yield from (Text("  ✎ ", style="green").append(visible(line)) for line in _told(item.taken))
    for event in () if item.gone else review.meanwhile.get(concept.id, ()):
        fields = "; ".join(_told(event.changes)) or event.action
        yield Text(f"  ↺ meanwhile {visible(f'{_who(event)}, {event.action}: {_short(fields)}')}", style=GREY)
    for language, said in item.comments:
        yield Text("  » ", style=GREY).append(visible(f"{language}: “{said}”" if language else f"“{said}”"))
    for note in item.notes:
        yield Text("  ! ", style="yellow").append(visible(note))
    if item.changes and not item.taken and not item.conflicts and not item.gone and not item.notes:
        yield Text("  = all of it is so already", style=GREY)


def _conflict(review: Unpacking, concept: str, conflict: Conflict, won: bool) -> Iterator[Text]:
    from rich.text import Text

    event = review.last(concept, conflict.field)
    now, who = _quoted(conflict.theirs), f" ({_who(event)})" if event else ""
    line = f"{conflict.field}: was {_quoted(conflict.base)}, here {now}{who}, reviewer {_quoted(conflict.mine)}"
    if conflict.base == conflict.theirs:
        line = f"{conflict.field}: {conflict.mine} by the reviewer, but its words have been changed meanwhile"
    yield Text("  ≠ ", style="orange3").append(visible(line))
    how = (
        "the reviewer's is taken" if won else f"kept as here; --theirs {concept}/{conflict.field} takes the reviewer's"
    )
    yield Text(f"    {how}", style=GREY)


def _told(found: Iterable[FieldChange]) -> Iterator[str]:
    """Changes of fields, a line each; terms that come or go in one line with their words."""
    changes = list(found)
    texts = {one.field.split("/")[1]: one for one in changes if one.field.startswith("term/") and _is_text(one)}
    whole = {name: one for name, one in texts.items() if one.before is None or one.after is None}
    for one in changes:
        name = one.field.split("/")[1] if one.field.startswith("term/") else ""
        if name not in whole:
            if one.field != "terms":
                yield f"{one.field}: {_value(one.before)} → {_value(one.after)}"
        elif one is whole[name]:
            new = one.before is None
            also = {
                other.field.split("/")[2]: other.after if new else other.before for other in _of_term(changes, name)
            }
            said = ", ".join(str(also[key]) for key in ("language", "usage", "type") if also.get(key))
            yield f"{'new term' if new else 'term removed'} {_quoted(one.after or one.before)} ({said})"


def _of_term(changes: Sequence[FieldChange], term: str) -> list[FieldChange]:
    """Those changes that are of one term."""
    return [one for one in changes if one.field.startswith(f"term/{term}/")]


def _is_text(change: FieldChange) -> bool:
    return change.field.endswith("/text")


def _leading(item: ReviewItem) -> list[str]:
    terms = item.concept.terms
    return [next(t.text for t in terms if t.language == k) for k in dict.fromkeys(term.language for term in terms)]


def _who(event: Event) -> str:
    return f"{event.user}, {event.time[:10]}"


def _value(value: Any) -> str:
    if value is None:
        return "–"
    return _short(f"({len(value)})" if isinstance(value, tuple) else str(value))


def _quoted(value: Any) -> str:
    return "–" if value is None or isinstance(value, tuple) else f"“{_short(str(value))}”"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _item_json(review: Unpacking, item: ReviewItem) -> dict[str, Any]:
    def by(field: str) -> dict[str, Any] | None:
        event = review.last(item.concept.id, field)
        return {"user": event.user, "time": event.time, "event": event.id} if event else None

    return {
        "concept": item.concept.id or None,
        "terms": _leading(item),
        "reviewer": [_change_json(one) for one in item.changes],
        "taken": [_change_json(one) for one in item.taken],
        "conflicts": [
            {
                "field": one.field,
                "sent": _plain(one.base),
                "glossary": _plain(one.theirs),
                "reviewer": _plain(one.mine),
                "changed_by": by(one.field),
                "kept": "reviewer" if one.field in item.won else "glossary",
            }
            for one in item.conflicts
        ],
        "decisions": {language: str(status) for language, status in item.decisions},
        "comments": [{"language": language, "text": text} for language, text in item.comments],
        "notes": list(item.notes),
        "gone": item.gone,
        "meanwhile": [
            {
                "user": event.user,
                "time": event.time,
                "event": event.id,
                "changes": [_change_json(one) for one in event.changes],
            }
            for event in review.meanwhile.get(item.concept.id, ())
        ],
    }


def _change_json(change: FieldChange) -> dict[str, Any]:
    return {"field": change.field, "before": _plain(change.before), "after": _plain(change.after)}


def _plain(value: Any) -> Any:
    """A value as JSON has it: of lists of evidence, origins and kept fields their number."""
    return len(value) if isinstance(value, tuple) else value
