"""Many at once: what the filters leave, single ones taken out, exactly what would change, one button, one undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from models.errors import DuizhaoError
from ui.frame import again
from ui.live import live
from ui.parts import literal, safe
from ui.review import deciding, state
from ui.review.bar import said
from ui.review.candidate import overall_badge

if TYPE_CHECKING:
    from collections.abc import Mapping

    from glossary.concepts import Concept, Workflow
    from glossary.planning import Draft, Plan
    from ui.review.state import View

LISTED = 300
_ACTIONS = ("approved", "rejected", "in-review", "proposed")


def draw_bulk(view: View) -> None:
    """Draw it in place of the candidate."""
    import streamlit as st

    from glossary.concepts import Workflow
    from glossary.planning import deciding as planned

    words, out = view.words, left_out()
    st.html(f'<h2 class="dz-rv-terms">{words("bulk_title")}</h2><div class="dz-quiet">{words("bulk_how")}</div>')
    concepts = [view.holdings.entries[k].concept for k in view.waiting]
    chosen = [one for one in concepts if one.id not in out]
    status = Workflow(_draw_action(view))
    plan: Plan | None = None
    try:
        plan = planned(chosen, status)
    except DuizhaoError as error:
        st.error(literal(str(error)), icon=":material/error:")
    _draw_table(view, concepts, out, plan)
    _draw_buttons(view, chosen if plan else [], status)


def left_out() -> set[str]:
    """The concepts that were taken out of what the filters leave."""
    out: set[str] = state.memory().setdefault("rv_left_out", set())
    return out


def _draw_action(view: View) -> str:
    import streamlit as st

    from glossary.rules import Deed

    words = view.words
    actions = _ACTIONS if view.may(Deed.DECIDE) or not view.may(Deed.SUGGEST) else ("proposed",)
    left, right = st.columns([1, 2])
    with left:
        action = st.selectbox(words("action"), actions, format_func=lambda one: words(f"to_{one}"), key="rv_action")
    with right:
        st.text_input(words("optional_reason"), key="rv_bulk_reason")
    return str(action)


def _draw_table(view: View, concepts: Sequence[Concept], out: set[str], plan: Plan | None) -> None:
    keys = {"u": "rv_undo", "/": "rv_find", "?": "rv_help", "Escape": "rv_bulk_close"}
    act = live(table(view, concepts, out, plan), key="rv_bulk_table", keys=keys)
    if not act:
        return
    if act.get("act") == "toggle":
        out ^= {act.get("id", "")}
    elif act.get("act") == "all":
        out.clear()
    elif act.get("act") == "none":
        out |= {one.id for one in concepts}
    again()


def table(view: View, concepts: Sequence[Concept], out: set[str], plan: Plan | None) -> str:
    """What may be chosen, as HTML: a row a concept with a box to tick, and exactly what would become of it."""
    words = view.words
    drafts = {draft.before.id: draft for draft in (plan.drafts if plan else ()) if draft.before is not None}
    rows = "".join(_row(view, one, one.id not in out, drafts.get(one.id)) for one in concepts[:LISTED])
    n = sum(one.id not in out for one in concepts)
    more = len(concepts) - LISTED
    under = f'<div class="dz-quiet">{words("and_more", n=more)}</div>' if more > 0 else ""
    notes = "".join(f'<div class="dz-conflict">▲ {safe(one)}</div>' for one in (plan.notes[:5] if plan else ()))
    heads = ("col_chosen", "col_zh", "col_en", "col_score", "col_before", "col_after", "col_usage")
    return (
        f'<div class="dz-rv-line"><b>{words("chosen", n=n, total=len(concepts))}</b>'
        f'<button class="dz-do" data-act="all">{words("all")}</button>'
        f'<button class="dz-do" data-act="none">{words("none")}</button></div>{notes}'
        f'<table class="dz-rv-table"><thead><tr>{"".join(f"<th>{words(one)}</th>" for one in heads)}</tr></thead>'
        f"<tbody>{rows}</tbody></table>{under}"
    )


def _row(view: View, concept: Concept, ticked: bool, draft: Draft | None) -> str:
    from glossary.candidates.showing import text_of

    score = view.order.scores.get(concept.id)
    told = f"{score:.2f}" if score is not None else "—"
    zh, en = text_of(concept, "zh"), text_of(concept, "en")
    after = draft.after if draft else None
    becomes = overall_badge(after, view.words) if after else "—"
    return (
        f'<tr><td><button class="dz-do dz-rv-check" role="checkbox" aria-checked="{str(ticked).lower()}" '
        f'aria-label="{view.words("toggle")} {safe(zh or en)}" data-act="toggle" data-id="{safe(concept.id)}">'
        f"{'✓' if ticked else '&nbsp;'}</button></td>"
        f'<td lang="zh-Hans">{safe(zh)}</td><td lang="en">{safe(en)}</td><td class="dz-rv-figure">{told}</td>'
        f"<td>{overall_badge(concept, view.words)}</td><td>{becomes}</td>"
        f"<td>{_usages(view, concept, after) if after else ''}</td></tr>"
    )


def _usages(view: View, before: Concept, after: Concept) -> str:
    """What each changed term would be used for."""
    old: Mapping[str, str] = {term.id: term.usage for term in before.terms}
    new = [term for term in after.terms if old.get(term.id) != term.usage]
    several = len({term.usage for term in new}) > 1
    told = (
        f"{safe(term.text)} {view.words(f'u_{term.usage}')}" if several else view.words(f"u_{term.usage}")
        for term in new
    )
    return ", ".join(dict.fromkeys(told))


def _draw_buttons(view: View, chosen: Sequence[Concept], status: Workflow) -> None:
    import streamlit as st

    words = view.words
    barred = _barred(view, status) or ("" if chosen else words("none_chosen"))
    last = view.holdings.last_decision(view.glossary.user)
    with st.container(key="rv_bar"), st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            words("carry_out", what=words(f"to_{status}"), n=len(chosen)),
            key="rv_carry_out",
            type="primary",
            disabled=bool(barred),
            help=barred or None,
            on_click=carry_out,
            args=(view, tuple(chosen), status),
        )
        st.button(f"{words('undo')} `U`", key="rv_undo", disabled=last is None, on_click=undo, args=(view,))
        st.button(f"{words('bulk_close')} `Esc`", key="rv_bulk_close", type="tertiary", on_click=state.set_mode)
        st.html(said(), width="stretch")


def _barred(view: View, action: str) -> str:
    from glossary.rules import Deed

    if view.may(Deed.DECIDE) or (action == "proposed" and view.may(Deed.SUGGEST)):
        return ""
    key = "may_not_decide" if view.may(Deed.SUGGEST) else "may_not_suggest"
    return view.words(key, role=view.words(view.role))


def carry_out(view: View, chosen: tuple[Concept, ...], status: Workflow) -> None:
    """Decide, for the reason that stands in the field now."""
    deciding.decide_all(view, chosen, status, str(state.memory().get("rv_bulk_reason", "")))


def undo(view: View) -> None:
    """Take all of it back, and stay here."""
    deciding.undo(view)
    state.set_mode("bulk")
    state.memory().pop("rv_order", None)
