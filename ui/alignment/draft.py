"""A draft: its counts, the facing texts with every correction, downloads, and its way into the corpus."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from align.writers.summary import summarise
from align.writers.tmx import tag_of_chinese
from glossary.rules import Deed
from models.errors import DuizhaoError
from search.errors import DocumentChangedError, NotInCorpusError, StaleDraftError
from ui.alignment.accepting import accept
from ui.alignment.acts import Place, step, within
from ui.alignment.facing import KEYS, Facing
from ui.frame import plainly
from ui.live import clicked, live
from ui.parts import literal, safe

if TYPE_CHECKING:
    from align.editing_session import Session
    from glossary.desk import Desk
    from search.drafts import Draft
    from ui.live import Act
    from ui.resources import Resources
    from ui.words import Words

_FACING = "al_facing"
_DRAFT = "al_draft"  # the draft as this session saw it last
_PLACE = "al_place"
_TOLD = "al_told"  # what could not be done, until the next act
_TURN = "al_turn"  # how many acts there were: the current row is scrolled to after each
_STALE = "al_stale"  # what accepting would overwrite


def show(number: int, shared: Resources, desk: Desk, words: Words) -> None:
    """Draw a draft. Raises NotInCorpusError where it is gone."""
    import streamlit as st

    opened: Draft | None = st.session_state.get(_DRAFT)
    if opened is None or opened.id != number:
        _take(desk.open_draft(number), Place(_row_asked()))
    st.fragment(_body)(shared, desk, words)


def forget() -> None:
    """Let go of the draft in this session; it stays in the database."""
    import streamlit as st

    for name in (_DRAFT, _PLACE, _TOLD, _STALE):
        st.session_state.pop(name, None)


def _take(draft: Draft, place: Place) -> None:
    import streamlit as st

    st.session_state[_DRAFT] = draft
    st.session_state[_PLACE] = within(draft.session, place)
    st.session_state.pop(_STALE, None)


def _row_asked() -> int:
    """The row that the address names, counted from 1 there."""
    import streamlit as st

    text = st.query_params.get("row", "1")
    return int(text) - 1 if text.isdecimal() and 0 < len(text) < 9 else 0


def _body(shared: Resources, desk: Desk, words: Words) -> None:
    import streamlit as st

    act = clicked(_FACING)
    if act:  # done before anything is drawn, so that everything is drawn once
        _do(act, desk)
    draft: Draft = st.session_state[_DRAFT]
    place: Place = st.session_state[_PLACE]
    may_edit = desk.may(Deed.ADD)
    top = st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute")
    _head(top, draft, words)
    # in a container of their own, so that on a narrow page they go to the next line together
    beside = top.container(horizontal=True, vertical_alignment="center", width="content")
    _buttons(beside, draft, shared, desk, words, may_edit)
    if st.session_state.get(_TOLD):
        st.warning(literal(st.session_state[_TOLD]), icon=":material/info:")
    for note in draft.base.notes if not draft.session.edits else ():
        st.warning(literal(note), icon=":material/info:")
    chinese = tag_of_chinese(draft.base.table.provenance)
    html = Facing(draft.session, place, chinese, words, may_edit).html()
    turn = st.session_state.get(_TURN, 0)
    live(html, key=_FACING, keys=KEYS, goto=f"al-row-{place.row}#{turn}" if turn or place.row else "")


def _do(act: Act, desk: Desk) -> None:
    """Do what was asked for, and keep it."""
    import streamlit as st

    draft: Draft = st.session_state[_DRAFT]
    place: Place = st.session_state[_PLACE]
    st.session_state[_TOLD] = ""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
    try:
        after = step(act, draft.session, place)
        if after.session is not draft.session:
            draft = desk.save_draft(draft, after.session)
        _take(draft, after.place)
        st.query_params["row"] = str(after.place.row + 1)
    except StaleDraftError as error:
        st.session_state[_TOLD] = str(error)
        _reload(draft, place, desk)
    except DuizhaoError as error:
        st.session_state[_TOLD] = str(error)


def _reload(draft: Draft, place: Place, desk: Desk) -> None:
    """The draft as someone else has left it; where it is gone, what is shown stays."""
    try:
        _take(desk.open_draft(draft.id), place)
    except NotInCorpusError:
        return


def _head(place: Any, draft: Draft, words: Words) -> None:
    provenance = draft.base.table.provenance
    said = [provenance.title_en, provenance.title_zh, f"{provenance.zh_source} ↔ {provenance.en_source}"]
    if draft.user != draft.editor:
        said.append(words("begun_by", user=draft.user))
    small = " · ".join(safe(text) for text in said if text.strip(" ↔"))
    counted = counts_html(draft.session, words)
    place.html(f'<div class="al-title">{safe(draft.base.label)}<small>{small}</small></div>{counted}')


def counts_html(session: Session, words: Words) -> str:
    """The counts of the draft as it is, in a line."""
    found = summarise(session.table)
    line = words(
        "counts" if session.base.level == "paragraph" else "counts_sentences",
        zh=found.zh_units,
        en=found.en_units,
        linked=found.linked,
        zh_only=found.zh_only,
        en_only=found.en_only,
        doubtful=found.doubtful,
        checked=found.checked,
    )
    aside = words("counts_aside", n=session.aside) if session.aside else ""
    return f'<p class="al-counts" role="status">{escape(line + aside)}</p>'


def _buttons(place: Any, draft: Draft, shared: Resources, desk: Desk, words: Words, may_edit: bool) -> None:
    import streamlit as st

    if place.button(
        words("accept"),
        type="primary",
        icon=":material/library_add_check:",
        key="al_accept",
        disabled=not may_edit,
        help=None if may_edit else words("reader_only"),
    ):
        _accept(draft, shared, desk, words, over=False)
    _download(place.popover(words("download"), icon=":material/download:"), draft, words)
    if place.button(words("all_drafts"), type="tertiary", icon=":material/arrow_back:", key="al_back"):
        forget()
        st.query_params.clear()
        st.rerun()
    if st.session_state.get(_STALE):
        st.error(literal(st.session_state[_STALE]), icon=":material/error:")
        if st.button(words("over"), key="al_over"):
            _accept(draft, shared, desk, words, over=True)


def _accept(draft: Draft, shared: Resources, desk: Desk, words: Words, over: bool) -> None:
    import streamlit as st

    with plainly():
        try:
            with st.spinner(words("accepting")):
                document = accept(draft, shared, desk, words, over)
        except DocumentChangedError as error:
            st.session_state[_STALE] = str(error)
            st.rerun()
        forget()
        st.query_params.from_dict({"accepted": str(document)})
        st.rerun()


def _download(place: Any, draft: Draft, words: Words) -> None:
    """One format at a time, made only when it is asked for."""
    from align.writers import FORMATS, dumps

    chosen = place.segmented_control(words("format"), list(FORMATS), default="html", key="al_format", required=True)
    format_ = FORMATS[chosen or "html"]
    table = draft.session.table
    name = table.provenance.symbol.replace("/", "_") or draft.base.name or "alignment"
    place.download_button(
        words("download_as"),
        data=lambda: dumps(table, format_.name),
        file_name=f"{name}{format_.extensions[0]}",
        mime=format_.media_type,
        icon=":material/download:",
        on_click="ignore",
        key="al_download",
    )
