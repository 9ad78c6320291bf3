"""Choosing files, aligning them one after another, and the drafts that are worked on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from align.table import Level
from glossary.rules import Deed
from ui.alignment.jobs import Queue, Result, Task, add_pairs, done, planned
from ui.alignment.listing import drafts_html, results_html
from ui.frame import notice, plainly
from ui.live import live
from ui.parts import literal

if TYPE_CHECKING:
    from glossary.desk import Desk
    from search.uploads import Upload
    from ui.resources import Resources
    from ui.words import Words

SAMPLES = Path(__file__).parents[2] / "samples"
_QUEUE = "al_queue"
_DROPPED = "al_dropped"  # number and label of the draft that was discarded last
_ROUND = "al_round"  # a new uploader, empty, when its files are taken


def start(shared: Resources, desk: Desk, words: Words) -> None:
    """The page without a draft."""
    import streamlit as st

    queue: Queue = st.session_state.get(_QUEUE, Queue())
    may_add = desk.may(Deed.ADD)
    st.subheader(words("title"), anchor=False)
    if not may_add:
        st.info(words("reader_only"), icon=":material/lock:")
    elif not queue.waiting:
        _choose(words)
    if queue.waiting:
        _work(queue, shared, desk, words)
    elif len(queue.done) == 1 and queue.done[0].draft is not None:
        st.session_state[_QUEUE] = Queue()
        open_draft(queue.done[0].draft)
    _results(queue, shared, desk, words)
    _drafts(desk, words)


def open_draft(number: int) -> None:
    """Show a draft, at its beginning."""
    import streamlit as st

    st.query_params.from_dict({"draft": str(number)})
    st.rerun()


def _choose(words: Words) -> None:
    import streamlit as st

    from search.uploads import Upload

    said = words("welcome")
    key = f"al_files_{st.session_state.get(_ROUND, 0)}"
    files = st.file_uploader(said, accept_multiple_files=True, key=key)
    row = st.container(horizontal=True, vertical_alignment="center")
    pressed = row.button(words("align_button"), type="primary", icon=":material/compare_arrows:", key="al_align")
    sampled = row.button(words("sample"), icon=":material/description:", key="al_sample") if SAMPLES.is_dir() else False
    levels: list[Level] = ["paragraph", "sentence"]
    row.segmented_control(
        words("level"),
        levels,
        default=None if "al_level" in st.session_state else "paragraph",
        format_func=lambda level: words(f"{level}_level"),
        key="al_level",
        required=True,
        label_visibility="collapsed",
    )
    if sampled:
        names = [SAMPLES / f"resolution.{language}.docx" for language in ("zh", "en")]
        _take([Upload(path.name, path.read_bytes()) for path in names], words)
    elif pressed and files:
        _take([Upload(file.name, file.getvalue()) for file in files], words)
    elif pressed:
        st.warning(words("two"), icon=":material/info:")


def _take(uploads: list[Upload], words: Words) -> None:
    """Put files into the queue."""
    import streamlit as st

    with plainly(), st.spinner(words("planning")):
        st.session_state[_QUEUE] = planned(uploads)
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
        st.session_state["al_level_now"] = st.session_state.get("al_level") or "paragraph"
        st.rerun()


def _work(queue: Queue, shared: Resources, desk: Desk, words: Words) -> None:
    """Do the next task, and begin anew. Whoever presses “Stop” interrupts it here."""
    import streamlit as st

    at, total = len(queue.done), max(queue.total, 1)
    task = queue.waiting[0]
    said = literal(words("working", k=at + 1, n=total, name=task.label))
    bar = st.progress(at / total, text=said)
    if st.button(words("stop"), icon=":material/stop_circle:", key="al_stop"):
        st.session_state[_QUEUE] = queue.stopped()
        notice(words("stopped"))
        st.rerun()
    level: Level = st.session_state.get("al_level_now", "paragraph")

    def told(text: str) -> None:
        bar.progress(at / total, text=f"{said} — {literal(text)}")

    with plainly():
        result = done(
            task,
            desk,
            lambda: shared.encoder,
            level,
            told,
        )
        st.session_state[_QUEUE] = queue.after(result)
        st.rerun()
    st.session_state[_QUEUE] = queue.stopped()  # what is wrong with the database or the model is wrong for all


def _results(queue: Queue, shared: Resources, desk: Desk, words: Words) -> None:
    """What came of the files, each with what can be done next."""
    import streamlit as st

    if not queue.done:
        return
    st.markdown(f"**{words('results')}**")
    act = live(results_html(queue.done, words), key="al_results")
    if not queue.waiting and st.button(words("clear"), type="tertiary", key="al_clear"):
        st.session_state[_QUEUE] = Queue()
        st.rerun()
    if act is None or not act.get("k", "").isdecimal() or int(act["k"]) >= len(queue.done):
        return
    number = int(act["k"])
    result: Result = queue.done[number]
    if act["act"] == "open" and result.draft is not None:
        open_draft(result.draft)
    elif act["act"] == "force":
        st.session_state[_QUEUE] = queue.again(number)
        st.rerun()
    elif act["act"] == "add" and result.task is not None:
        _add(result.task, number, queue, shared, desk, words)


def _add(task: Task, number: int, queue: Queue, shared: Resources, desk: Desk, words: Words) -> None:
    import streamlit as st

    with plainly(), st.spinner(words("accepting")):
        add_pairs(task, desk, lambda: shared.encoder)
        shared.refresh()
        st.session_state[_QUEUE] = queue.with_added(number)
        st.rerun()


def _drafts(desk: Desk, words: Words) -> None:
    """The user's drafts, and the one that was just discarded."""
    import streamlit as st

    dropped = st.session_state.get(_DROPPED)
    if dropped:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(words("discarded", name=literal(dropped[1])), width="content")
            if st.button(words("bring_back"), type="tertiary", icon=":material/undo:", key="al_restore"):
                with plainly():
                    desk.restore_draft(dropped[0])
                del st.session_state[_DROPPED]
                st.rerun()
    listed = desk.drafts
    if not listed:
        return
    st.markdown(f"**{words('drafts')}**")
    act = live(drafts_html(listed, words, desk.may(Deed.ADD)), key="al_drafts")
    names = {str(one.id): one.label for one in listed}
    if act is None or act.get("id") not in names:
        return
    number = int(act["id"])
    if act["act"] == "open":
        open_draft(number)
    with plainly():
        desk.drop_draft(number)
        st.session_state[_DROPPED] = (number, names[act["id"]])
        st.rerun()
