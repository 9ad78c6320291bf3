"""A review pack that came back: what the reviewer changed, decided and said, and what contradicts later changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.exchange.unpacking import comment
from glossary.exchange.unpacking import unpacking as unpack
from glossary.rules import MAY, Deed
from ui.frame import notice, plainly
from ui.glossary.entries import both
from ui.glossary.fields import field_name, told, value
from ui.glossary.history import when
from ui.glossary.languages import language_name
from ui.parts import literal, safe, workflow_badge

if TYPE_CHECKING:
    from glossary.comparing import Conflict
    from glossary.concepts import Concept
    from glossary.exchange.review import ReviewItem
    from glossary.exchange.review_pack import ReviewPack
    from glossary.exchange.unpacking import Unpacking
    from glossary.glossary import Glossary
    from ui.words import Words

SHOWN = 100  # concepts


def draw(glossary: Glossary, pack: ReviewPack, words: Words) -> None:
    """The report, a choice for what contradicts, and one button that takes it all."""
    import streamlit as st

    key = f"gl_wins_{pack.source}"
    chosen = frozenset(st.session_state.get(key, ()))
    review = unpack(glossary, pack)
    possible = {f"{item.concept.id}/{one.field}" for item in review.report.items for one in item.conflicts}
    review = unpack(glossary, pack, sorted(chosen & possible))
    for one in pack.warnings:
        st.caption(literal(one))
    items = sorted(review.report.items, key=lambda item: not (item.conflicts or item.gone))
    said = words("pack_counts", changed=len(review.report.concepts), open=len(review.report.conflicts))
    st.html(f'<div class="gl-counts" role="status"><b>{safe(pack.source)}</b> {said}</div>')
    wins = {name for item in items[:SHOWN] for name in _item(review, item, chosen, words)}
    if wins != chosen & possible:
        st.session_state[key] = sorted(wins)
        st.rerun()
    _take(glossary, pack, review, words)


def _take(glossary: Glossary, pack: ReviewPack, review: Unpacking, words: Words) -> None:
    import streamlit as st

    said = any(item.comments and item.concept.id for item in review.report.items)
    if not review.plan.drafts and not said:
        st.html(f'<div class="gl-empty">{words("import_nothing")}</div>')
        return
    may = Deed.SUGGEST in MAY[glossary.role]
    if st.button(words("pack_take"), key="gl_unpack", type="primary", disabled=not may):
        with plainly():
            done = glossary.carry_out(review.plan, f"review of {pack.source}")
            comments = comment(glossary, pack, review.report.items)
            st.session_state["gl_imported"] = (done[0].batch, pack.source) if done else None
            notice(words("pack_taken", n=len(done), comments=comments) if done or comments else words("import_nothing"))
            st.rerun()


def _item(review: Unpacking, item: ReviewItem, chosen: frozenset[str], words: Words) -> list[str]:
    """One concept; the names of the conflicts in which the reviewer's version shall hold."""
    import streamlit as st

    st.html(item_html(review, item, words))
    wins = []
    for one in item.conflicts:
        name = f"{item.concept.id}/{one.field}"
        labels = {
            "here": literal(words("kept_here", text=value(one.field, one.theirs, words))),
            "reviewer": literal(words("reviewers", text=value(one.field, one.mine, words))),
        }
        st.html(f'<div class="gl-choose">{_conflict(review, item, one, words)}</div>')
        picked = st.radio(
            name,
            list(labels),
            int(name in chosen),
            format_func=labels.__getitem__,
            key=f"gl_win_{name}",
            label_visibility="collapsed",
        )
        wins += [name] if picked == "reviewer" else []
    return wins


def _conflict(review: Unpacking, item: ReviewItem, one: Conflict, words: Words) -> str:
    event = review.last(item.concept.id, one.field)
    who = words("last_change", who=event.user, when=when(event.time)) if event else ""
    was = words("was", text=value(one.field, one.base, words))
    name = field_name(one.field, (item.concept,), words)
    return f'<b>≠ {safe(name)}</b> <span class="dz-quiet">{safe(was)} · {safe(who)}</span>'


def item_html(review: Unpacking, item: ReviewItem, words: Words) -> str:
    """What the glossary gets of one concept, what was decided and said."""
    concept = item.concept
    lines = [] if item.gone else list(told(item.taken, (concept, *_before(review, item)), words))
    decided = (f"{safe(language_name(k, words))} {workflow_badge(status, words)}" for k, status in item.decisions)
    lines += [f"{words('reviewer_said')} {one}" for one in decided]
    lines += [
        f"» {safe(language_name(k, words))} “{safe(said)}”" if k else f"» “{safe(said)}”" for k, said in item.comments
    ]
    lines += [f'<span class="dz-conflict">⚠ {safe(note)}</span>' for note in item.notes]
    lines += [f'<span class="dz-conflict">✕ {words("pack_gone")}</span>'] if item.gone else []
    shown = "".join(f"<li>{line}</li>" for line in lines)
    return (
        f'<div class="gl-differs"><div>{safe(concept.id or words("new"))} {both(concept)}</div><ul>{shown}</ul></div>'
    )


def _before(review: Unpacking, item: ReviewItem) -> list[Concept]:
    return [draft.before for draft in review.plan.drafts if draft.before and draft.before.id == item.concept.id]
