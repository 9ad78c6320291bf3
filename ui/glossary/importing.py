"""A file of terms comes in: what it would change is shown, conflicts are decided, then all of it is one change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glossary.exchange import read_glossary
from glossary.exchange.languages import language_map, recognised
from glossary.exchange.preview import Choice, Plan, State, apply, preview
from glossary.exchange.review_pack import is_review, read_review
from glossary.rules import MAY, Deed
from search.uploads import Upload, laid_down
from ui.frame import notice, plainly
from ui.glossary import deciding, unpacking
from ui.glossary.address import Address
from ui.glossary.differences import conflict_rows
from ui.glossary.languages import NAMED, language_name
from ui.parts import literal, safe

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from glossary.exchange import GlossaryFile
    from glossary.exchange.review_pack import ReviewPack
    from glossary.glossary import Glossary
    from ui.resources import Resources
    from ui.words import Words

TYPES = ("tbx", "martif", "xml", "csv", "tsv", "tab", "xlsx", "utx", "txt", "utf8", "json")
CHOICES = (Choice.MINE, Choice.THEIRS, Choice.BOTH, Choice.SKIP)
_DONE = "gl_imported"  # the last import of this session: the event, for its undo, and the file


def draw(shared: Resources, glossary: Glossary, at: Address, words: Words) -> None:  # noqa: ARG001 - as all views
    """Draw the view."""
    import streamlit as st

    st.html(f'<div class="dz-quiet">{words("import_what")}</div>')
    uploaded = st.file_uploader(words("import_file"), type=TYPES, key="gl_file", label_visibility="collapsed")
    _undo(glossary, words)
    if uploaded is None:
        return
    with plainly(), st.spinner(words("reading")):
        languages = _language_map(uploaded)
        held = _read(uploaded, languages)
        if isinstance(held, tuple):
            unpacking.draw(glossary, held[0], words)
        else:
            _warnings(held.warnings)
            _unknown(held, uploaded, words)
            _plan(glossary, held, uploaded.file_id, words)


def _read(uploaded: UploadedFile, languages: dict[str, str]) -> GlossaryFile | tuple[ReviewPack]:
    """The file, read once for a session. Raises ExchangeError, UnreadableFileError."""
    import streamlit as st

    key = (uploaded.file_id, tuple(sorted(languages.items())))
    held = st.session_state.get("gl_read_file")
    if held and held[0] == key:
        return held[1]  # type: ignore[no-any-return]
    with laid_down([Upload(uploaded.name, uploaded.getvalue())]) as (path,):
        found = (read_review(path),) if is_review(path) else read_glossary(path, None, languages)
    st.session_state["gl_read_file"] = key, found
    return found


def _warnings(sentences: tuple[str, ...]) -> None:
    """What the reader mapped or left out; what was mapped only is no warning."""
    import streamlit as st

    for one in sentences:
        quiet = ": language codes were mapped: " in one
        said = one.partition("; say what they stand for")[0]  # the hint names an option of the command line
        if quiet:
            st.caption(literal(said))
        else:
            st.warning(literal(said), icon=":material/warning:")


def _codes(found: GlossaryFile) -> list[str]:
    """Languages of a file that nobody knows."""
    spoken = dict.fromkeys(term.language for concept in found.concepts for term in concept.terms)
    return [code for code in spoken if not recognised(code)]


def _language_map(uploaded: UploadedFile) -> dict[str, str]:
    """What was said of the codes of this file."""
    import streamlit as st

    said: dict[str, str] = st.session_state.get(f"gl_map_{uploaded.file_id}", {})
    return language_map(f"{code}={name}" for code, name in said.items() if name)


def _unknown(found: GlossaryFile, uploaded: UploadedFile, words: Words) -> None:
    """Ask what an unknown code stands for."""
    import streamlit as st

    name = f"gl_map_{uploaded.file_id}"
    said: dict[str, str] = st.session_state.get(name, {})
    for code in dict.fromkeys([*said, *_codes(found)]):
        chosen = st.selectbox(
            words("code_is", code=literal(code)),
            ["", *NAMED],
            (["", *NAMED]).index(said.get(code, "")),
            format_func=lambda one: language_name(one, words) if one else words("leave_code"),
            key=f"{name}_{code}",
            width=320,
        )
        if chosen != said.get(code, ""):
            st.session_state[name] = {**said, code: chosen}
            st.rerun()


def _plan(glossary: Glossary, found: GlossaryFile, file: str, words: Words) -> None:
    import streamlit as st

    plan = preview(found.concepts, list(glossary.concepts()))
    counts = plan.counts
    shown = " · ".join(
        f'<span class="gl-count gl-s-{name}"><b>{count:,}</b> {words(f"state_{name}")}</span>'
        for name, count in ((state.name.casefold(), count) for state, count in counts.items())
    )
    st.html(f'<div class="gl-counts" role="status"><b>{safe(found.source)}</b> {shown}</div>')
    if counts[State.ADDED] + counts[State.CHANGED] + counts[State.CONFLICT] == 0:
        st.html(f'<div class="gl-empty">{words("import_nothing")}</div>')
        return
    st.fragment(_decide)(glossary, plan, found.source, file, words)


def _decide(glossary: Glossary, plan: Plan, source: str, file: str, words: Words) -> None:
    """What is kept where the file contradicts the glossary, and the button that does it all."""
    import streamlit as st

    chosen: dict[int, Choice] = {}
    contradicting = plan.of(State.CONFLICT)
    if contradicting:
        with st.container(horizontal=True, vertical_alignment="bottom"):
            for_all = st.selectbox(
                words("for_all"),
                CHOICES,
                format_func=lambda one: words(f"choice_{one.name.casefold()}"),
                key=f"gl_all_{file}",
                width=320,
            )
            # What it will do stands above the rows, however many there are.
            place = st.container(horizontal=True, vertical_alignment="center", gap="small")
        chosen = conflict_rows(contradicting, for_all, file, words)
    else:
        place = st.container(horizontal=True, vertical_alignment="center", gap="small")
    wanted = apply(plan, chosen)
    new = sum(not one.version for one in wanted)
    may = Deed.SUGGEST in MAY[glossary.role]
    with place:
        done = st.button(words("import_do"), key="gl_import", type="primary", disabled=not may or not wanted)
        st.html(f'<div class="dz-quiet">{words("will_do", new=new, changed=len(wanted) - new)}</div>')
        if done:
            with plainly(), st.spinner(words("importing")):
                stored = glossary.save_all(wanted, f"import of {source}")
                st.session_state[_DONE] = (stored[0].batch, source) if stored else None
                notice(words("imported", new=new, changed=len(wanted) - new))
                st.rerun()


def _undo(glossary: Glossary, words: Words) -> None:
    """The last import of this session is one change, and taken back by one button."""
    import streamlit as st

    done = st.session_state.get(_DONE)
    if not done:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<div class="dz-quiet">{words("last_import", source=safe(done[1]))}</div>')
        if st.button(words("undo_import"), key="gl_undo_import", icon=":material/undo:", type="tertiary"):
            with plainly():
                deciding.undo(glossary, done[0], words, only=False)
                del st.session_state[_DONE]
                st.rerun()
