"""Lists of the page “Align” as HTML: what came of files, and the drafts that are worked on. All text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from search.drafts import Listed
from ui.alignment.jobs import Result
from ui.parts import safe
from ui.words import Words


def results_html(results: Sequence[Result], words: Words) -> str:
    """What came of each file or pair of files, in their order."""
    return f'<ul class="al-list">{"".join(_result(result, k, words) for k, result in enumerate(results))}</ul>'


def drafts_html(drafts: Iterable[Listed], words: Words, may_edit: bool = True) -> str:
    """The drafts, each to be opened or discarded."""
    return f'<ul class="al-list">{"".join(_draft(draft, words, may_edit) for draft in drafts)}</ul>'


def _result(result: Result, k: int, words: Words) -> str:
    said, action = "", ""
    if result.draft is not None:
        said, action = f"✓ {words('aligned')}", _button("open", words("open"), k=k)
    elif result.problem:
        said = f'<span class="al-wrong">▲ {safe(result.problem)}</span>'
        action = _button("force", words("force"), k=k) if result.forcible else ""
    elif result.alone:
        said = f'<span class="al-wrong">▲ {words("alone")}</span>'
    elif result.left_out:
        why = result.left_out.removeprefix(f"{result.label}: ")  # its name stands before it already
        said = f'<span class="al-wrong">▲ {words("left_out", why=safe(why))}</span>'
    elif result.pairs:
        said = words("are_pairs", n=result.pairs)
        action = f"✓ {words('in_corpus')}" if result.added else _button("add", words("add_pairs"), k=k)
    notes = "".join(f'<div class="al-what">{safe(note)}</div>' for note in result.notes)
    return (
        f'<li><span class="al-name">{safe(result.label)}</span><span class="al-what">{said}</span>'
        f'<span class="al-end">{action}</span>{notes}</li>'
    )


def _draft(draft: Listed, words: Words, may_edit: bool) -> str:
    time = draft.changed[:16].replace("T", " ")
    said = words("draft_counts", rows=draft.rows, doubtful=draft.doubtful, edits=draft.edits, time=f"{time} UTC")
    discard = _button("discard", words("discard"), id=draft.id) if may_edit else ""
    name = _button("open", safe(draft.label) or f"#{draft.id}", css="al-open", id=draft.id)
    return f'<li>{name}<span class="al-what">{said}</span><span class="al-end">{discard}</span></li>'


def _button(act: str, label: str, *, css: str = "", **data: int) -> str:
    """A thing to press; ``label`` is HTML."""
    values = "".join(f' data-{name}="{value}"' for name, value in data.items())
    return f'<button type="button" class="{f"dz-do {css}".strip()}" data-act="{escape(act)}"{values}>{label}</button>'
