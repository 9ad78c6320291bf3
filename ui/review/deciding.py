"""What the buttons and keys of the page do: each a decision on the concept as it was drawn, then the next one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING

from glossary.errors import StaleEditError
from models.errors import DuizhaoError
from ui.review import state
from ui.review import typed as kept

if TYPE_CHECKING:
    from glossary.concepts import Concept, Workflow
    from ui.review.state import View


@dataclass(frozen=True, slots=True)
class Stale:
    """What kept a decision from being stored: someone else's, on the version after this one of a concept."""

    sentence: str
    concept: str
    version: int


def plainly_done(act: Callable[..., None]) -> Callable[..., None]:
    """A callback that keeps what goes wrong as a sentence for the page to show."""

    @wraps(act)
    def done(*given: object, **named: object) -> None:
        session = state.memory()
        for name in ("rv_problem", "rv_stale", "rv_said"):
            session.pop(name, None)
        try:
            act(*given, **named)
        except StaleEditError as error:
            seen = error.base or session.get("rv_shown")
            session["rv_stale"] = Stale(str(error), seen.id if seen else "", seen.version if seen else 0)
        except DuizhaoError as error:
            session["rv_problem"] = str(error)

    return done


def as_chosen(view: View, concept: Concept) -> Concept:
    """The concept with the rendering that was chosen for it, if one was."""
    from glossary.candidates.showing import reworded

    text = choice(concept.id)
    return reworded(view.corpus, concept, text) if text else concept


def choice(identifier: str) -> str:
    """The rendering that was chosen for a concept, "" for its own."""
    chosen: tuple[str, str] = state.memory().get("rv_choice", ("", ""))
    return chosen[1] if chosen[0] == identifier else ""


def choose(identifier: str, text: str) -> None:
    """Choose a rendering; nothing is stored until it is approved."""
    state.memory()["rv_choice"] = (identifier, text)


@plainly_done
def approve(view: View, concept: Concept, told: str = "approved") -> None:
    """Approve it, with the chosen rendering."""
    from glossary.concepts import Workflow

    changed = as_chosen(view, concept)
    _decide(view, concept, changed, Workflow.APPROVED, told)


@plainly_done
def reject(view: View, concept: Concept, reason: str = "") -> None:
    """Reject it, for a reason or none."""
    from glossary.concepts import Workflow

    _decide(view, concept, concept, Workflow.REJECTED, "rejected", reason)


@plainly_done
def reject_as_typed(view: View, concept: Concept) -> None:
    """Reject it for the reason that was typed."""
    from glossary.concepts import Workflow

    reason = str(state.memory().get("rv_reason", ""))
    _decide(view, concept, concept, Workflow.REJECTED, "rejected", reason)


@plainly_done
def propose(view: View, concept: Concept) -> None:
    """Propose it to those who may decide, with the chosen rendering."""
    from glossary.concepts import Workflow

    _decide(view, concept, as_chosen(view, concept), Workflow.PROPOSED, "proposed")


@plainly_done
def defer(view: View, concept: Concept) -> None:
    """Put it at the end of the queue; nothing is stored."""
    after = state.beside(concept.id)[1] or concept.id
    state.put_off(concept.id)
    state.go(after)
    state.memory()["rv_put_off"] = concept.id
    say(view.words("put_off", name=_name(concept)))


@plainly_done
def move(view: View, by: int) -> None:
    """Show the next concept, or (-1) the one before."""
    found = state.beside(view.chosen)[0 if by < 0 else 1]
    if found:
        state.go(found)
        state.memory()["rv_onward"] = view.chosen  # someone else may have decided on it since


@plainly_done
def undo(view: View) -> None:
    """Take back the last thing that this reviewer did, and show what it was about."""
    session = state.memory()
    if put_off := session.pop("rv_put_off", ""):
        state.put_off(put_off, back=True)
        state.go(put_off)
        say(view.words("back_again"))
        return
    last = view.holdings.last_decision(view.glossary.user)
    if last is None:
        return
    about = view.holdings.decided_in(last.batch)
    view.glossary.undo(last.id)
    first = about[0] if about else last.concept
    session["rv_order"] = view.order.with_first(first)
    state.go(first)
    what = view.words(f"did_{last.action}")
    several = len(about) > 1 and last.action != "merge"
    say(
        view.words("undone_all", what=what, n=len(about))
        if several
        else view.words("undone_what", what=what, name=last.name)
    )


@plainly_done
def merge(view: View, keep: Concept, concept: Concept) -> None:
    """Put all that it has into another concept."""
    view.glossary.merge(keep, [concept])
    _done(view, concept, "merged", into=keep.id)


@plainly_done
def store(view: View, concept: Concept, typed: Callable[[], Concept], approved: bool) -> None:
    """Store what was typed; with ``approved``, approve it in the same change."""
    from glossary.concepts import Workflow

    edited = typed()
    if approved:
        _decide(view, concept, edited, Workflow.APPROVED, "approved")
        kept.forget(concept)
        return
    view.glossary.save(edited)
    kept.forget(concept)
    state.memory().pop("rv_put_off", None)
    state.go(concept.id)
    say(view.words("saved", name=_name(edited)))


@plainly_done
def decide_all(view: View, concepts: Sequence[Concept], status: Workflow, reason: str = "") -> None:
    """Give many concepts a status, as they were drawn, in one change with one undo."""
    done = view.glossary.decide(concepts, status, reason=reason)
    state.memory().pop("rv_put_off", None)
    say(view.words("all_done", n=len(done), what=view.words(f"now_{status}")))


@plainly_done
def open_mode(name: str) -> None:
    """Open what is not the candidate itself, or close it where it is open."""
    state.set_mode("" if state.mode() == name else name)


def _decide(view: View, read: Concept, changed: Concept, status: Workflow, told: str, reason: str = "") -> None:
    """Store a decision, and what was reworded with it, as one event; show the next."""
    from glossary.planning import deciding

    plan = deciding([changed], status)
    after = plan.drafts[0].after
    if changed is read or after is None:
        view.glossary.carry_out(plan, reason)
    else:
        view.glossary.save_all([after], reason, plan.action)
    _done(view, changed, told)
    if plan.notes:
        say(" ".join(plan.notes))


def say(text: str) -> None:
    """What was done, for the line beside the buttons."""
    state.memory()["rv_said"] = text


def _done(view: View, concept: Concept, told: str, **values: object) -> None:
    state.put_off(concept.id, back=True)
    state.onward(concept.id)
    state.memory().pop("rv_put_off", None)
    say(view.words(told, name=_name(concept), **values))


def _name(concept: Concept) -> str:
    return concept.terms[0].text if concept.terms else concept.id
