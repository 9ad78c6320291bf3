"""Files into the corpus, with what came of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.parts import literal, safe

if TYPE_CHECKING:
    from glossary.desk import Desk
    from search.folders import Done
    from search.records import Added
    from search.uploads import Upload
    from ui.resources import Resources
    from ui.words import Words

_LINES = "co_lines"  # what came of the files that were added last


@dataclass(frozen=True, slots=True)
class Line:
    """What came of a file: the document, where there is one, its name, and what is to be told."""

    label: str
    said: str
    document: int | None = None
    failed: bool = False


def adding(shared: Resources, desk: Desk, words: Words) -> None:
    """The form, the work, and what came of it."""
    import streamlit as st

    from glossary.rules import Deed
    from search.uploads import Upload
    from ui.frame import plainly
    from ui.live import live

    may = desk.may(Deed.ADD)
    st.html(f'<p class="dz-co-lead">{safe(words("add_lead"))}</p>')
    files = st.file_uploader(words("add_files"), accept_multiple_files=True, key="co_files", disabled=not may)
    force = st.checkbox(words("add_force"), key="co_force", disabled=not may)
    helped = None if may else words("may_not_add")
    if st.button(words("add_run"), type="primary", key="co_add", disabled=not may, help=helped):
        if not files:
            st.warning(words("add_none"), icon=":material/info:")
        else:
            st.session_state[_LINES] = []
            with plainly():
                _add(shared, desk, [Upload(one.name, one.getvalue()) for one in files], force, words)
    lines = st.session_state.get(_LINES, ())
    if lines:
        act = live(lines_html(lines), key="co_added")
        if act and act.get("act") == "open":
            st.query_params.from_dict({"document": act.get("id", "")})
            st.rerun()


def _add(shared: Resources, desk: Desk, uploads: Sequence[Upload], force: bool, words: Words) -> None:
    """Add them, one document after the other. Raises NotAllowedError, InputError, CorpusError."""
    import streamlit as st

    from search.adding import How
    from search.uploads import laid_down, plan_uploads

    added: list[Added] = []
    place = st.empty()
    with place.container():
        bar = st.progress(0.0, words("planning"))
        st.button(words("stop"), key="co_stop", icon=":material/stop_circle:", help=words("stop_help"))
        with laid_down(uploads) as paths:
            plan = plan_uploads(paths)
            st.session_state[_LINES] = [Line(f.name, f"{words('a_left_out')}: {why}") for f, why in plan.left_out]
            total = len(plan.jobs)
            label = plan.jobs[0].label
            how = How(lambda: shared.encoder, force=force)
            bar.progress(0.0, literal(words("adding", k=1, n=total, name=label)))
            for k, done in enumerate(desk.work_through(plan, how), start=1):
                st.session_state[_LINES] = [*st.session_state[_LINES], *lines_of(done, words)]
                added += done.outcome.added if done.outcome else ()
                bar.progress(k / total, literal(words("adding", k=min(k + 1, total), n=total, name=done.job.label)))
        _after(shared, desk, added, bar.progress, words)
    place.empty()


def _after(shared: Resources, desk: Desk, added: Sequence[Added], tell: object, words: Words) -> None:
    """What follows on new documents: the vectors, and the approved entries tested by them."""
    import streamlit as st

    assert callable(tell)
    if not added:
        return
    tell(1.0, words("preparing"))
    shared.refresh()
    alerts = desk.retest(added, lambda: shared.locator)
    if alerts:
        said = Line("", words("drift", n=len(alerts)), failed=True)
        st.session_state[_LINES] = [*st.session_state[_LINES], said]


def lines_of(done: Done, words: Words) -> list[Line]:
    """What is told of a job."""
    if done.outcome is None:
        return [Line(done.job.label, f"{words('a_failed')}: {done.problem}", failed=True)]
    lines = []
    for one in done.outcome.added:
        said = [words(f"a_{one.change}"), words("a_pairs", n=one.pairs)]
        said += [words("a_kept", n=one.kept)] if one.kept else []
        said += [words("a_lost", n=len(one.lost))] if one.lost else []
        lines.append(Line(one.label, " · ".join(said), one.document))
    return [*lines, *(Line(done.job.label, note) for note in done.outcome.notes)]


def lines_html(lines: Sequence[Line]) -> str:
    """The lines, each with a way to its document."""
    return f'<ul class="dz-co-lines">{"".join(_line(one) for one in lines)}</ul>'


def _line(one: Line) -> str:
    name = f"<b>{safe(one.label)}</b>"
    if one.document is not None:
        name = f'<button class="dz-do" data-act="open" data-id="{one.document}">{safe(one.label)}</button>'
    sign = '<span aria-hidden="true">▲</span> ' if one.failed else ""
    return f"<li{' class=dz-co-failed' if one.failed else ''}>{sign}{name} {safe(one.said)}</li>"
