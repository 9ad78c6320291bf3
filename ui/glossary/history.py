"""What was done to a concept, in HTML: who, when, what, why, what changed by it, and how to take it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from glossary.log import COMMENT, Event
from ui.glossary.fields import told
from ui.parts import safe
from ui.words import Words

ACTIONS = frozenset(
    "extract add propose edit review approve reject retire reconsider merge split undo restore import unpack".split()
)


def action_name(action: str, words: Words) -> str:
    """What a change is called."""
    return words(f"a_{action}") if action in ACTIONS else action


def when(time: str) -> str:
    """Day and minute of a time as it is stored (ISO 8601, UTC)."""
    return time[:16].replace("T", " ")


def comments(events: Iterable[Event]) -> str:
    """What people have said, oldest first."""
    said = [event for event in events if event.action == COMMENT]
    return "".join(
        f'<div class="gl-comment"><div class="dz-from"><b>{safe(one.user)}</b> · {when(one.time)} UTC</div>'
        f"<div>{safe(one.reason)}</div></div>"
        for one in said
    )


def history(events: Sequence[Event], words: Words, now: int, may: bool) -> str:
    """All changes, the newest first; ``now`` is the version that the concept has, ``may`` whether one may take back."""
    changed = [event for event in events if event.version is not None]
    undone = {event.undoes for event in changed if event.undoes}
    items = (_event(one, words, now, may, one.id in undone) for one in reversed(changed))
    return f'<ol class="gl-history">{"".join(items)}</ol>'


def _event(event: Event, words: Words, now: int, may: bool, undone: bool) -> str:
    number = words("version", n=event.version) if event.after else words("gone")
    undoes = f" · {words('takes_back', n=event.undoes)}" if event.undoes else ""
    why = f'<div class="gl-why">“{safe(event.reason)}”</div>' if event.reason else ""
    found = [one for one in event.changes if event.before or one.field.startswith(("term/", "definition/"))]
    lines = "".join(f"<li>{line}</li>" for line in told(found, (event.before, event.after), words))
    restore = event.after is not None and event.version != now and may
    buttons = (_button("restore", str(event.version), words("restore"))) if restore else ""
    buttons += _button("undo", str(event.id), words("take_back")) if may and not undone else ""
    struck = f" · {words('was_undone')}" if undone else ""
    return (
        f"<li><div><b>{safe(event.user)}</b> {safe(action_name(event.action, words))} "
        f'<span class="dz-from">{when(event.time)} UTC · {number}{undoes}{struck}</span> {buttons}</div>'
        f"{why}<ul>{lines}</ul></li>"
    )


def _button(act: str, which: str, text: str) -> str:
    return f'<button class="dz-do" data-act="{act}" data-which="{which}">{safe(text)}</button>'
