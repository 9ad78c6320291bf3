"""``make app``: align two documents in the browser, with the functions that the command line calls."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import streamlit as st

from align import AlignmentTable, align_files
from align.errors import DuizhaoError
from align.writers import FORMATS, dumps
from align.writers.summary import summarise
from align.writers.tmx import tag_of_chinese
from models import load
from ui.facing import facing
from ui.words import TONGUES, Tongue, say

if TYPE_CHECKING:
    from streamlit.runtime.uploaded_file_manager import UploadedFile

SAMPLES = Path(__file__).parent / "samples"
LANGUAGE = "Language of this page · 界面语言"  # for screen readers
NAME = "alignment"  # of the file that is downloaded, where the documents have no symbol


def main() -> None:
    """The page, from top to bottom."""
    st.set_page_config(page_title="duizhao", layout="wide")
    heading, switch = st.columns([5, 1], vertical_alignment="bottom")
    with switch:
        chosen = st.segmented_control(LANGUAGE, TONGUES, default="English", key="tongue", label_visibility="collapsed")
    tongue: Tongue = chosen or "English"
    heading.subheader(say("title", tongue), anchor=False)
    choose(tongue)
    if "problem" in st.session_state:
        st.error(st.session_state["problem"], icon=":material/error:")
    elif "table" in st.session_state:
        show(st.session_state["table"], st.session_state["notes"], tongue)
    else:
        st.info(say("welcome", tongue), icon=":material/description:")


def choose(tongue: Tongue) -> None:
    """Take two files or the sample, and align them; the table or the problem goes into the session."""
    left, right = st.columns(2)
    zh = left.file_uploader(say("zh", tongue), key="zh")
    en = right.file_uploader(say("en", tongue), key="en")
    buttons = st.container(horizontal=True)
    start = buttons.button(say("align", tongue), type="primary", icon=":material/compare_arrows:", key="align")
    sample = buttons.button(say("sample", tongue), icon=":material/description:", key="sample")
    if sample:
        keep(SAMPLES / "resolution.zh.docx", SAMPLES / "resolution.en.docx", tongue)
    elif start and zh and en:
        with TemporaryDirectory() as folder:
            keep(saved(zh, Path(folder, "zh")), saved(en, Path(folder, "en")), tongue)
    elif start:
        forget()
        st.session_state["problem"] = say("two", tongue)


def keep(zh: Path, en: Path, tongue: Tongue) -> None:
    """Align two files into the session; a problem that the user can mend is kept as its sentence."""
    forget()
    try:
        with st.spinner(say("working", tongue)):
            st.session_state["table"], st.session_state["notes"] = align_files(zh, en, load())
    except DuizhaoError as error:
        st.session_state["problem"] = str(error)


def forget() -> None:
    """Drop what an earlier alignment left in the session."""
    for key in ("table", "notes", "problem"):
        st.session_state.pop(key, None)


def saved(upload: UploadedFile, folder: Path) -> Path:
    """An uploaded file on the disk under its own name, and no path that the name may hold."""
    folder.mkdir()
    path = folder / (Path(upload.name.replace("\\", "/")).name or "document")
    path.write_bytes(upload.getbuffer())
    return path


def show(table: AlignmentTable, notes: tuple[str, ...], tongue: Tongue) -> None:
    """Counts, downloads, and the facing texts."""
    for note in notes:
        st.warning(note, icon=":material/info:")
    counts = summarise(table)
    sizes = {"zh": counts.zh_units, "en": counts.en_units, "linked": counts.linked, "doubtful": counts.doubtful}
    st.markdown(say("paragraphs", tongue, **sizes, zh_only=counts.zh_only, en_only=counts.en_only))
    row = st.container(horizontal=True, vertical_alignment="bottom")
    first = row.toggle(say("doubtful", tongue), disabled=not counts.doubtful, key="doubtful")
    download(row, table, tongue)
    records = sorted(table.records, key=lambda record: not record.doubtful) if first else table.records
    st.html(facing(records, tag_of_chinese(table.provenance), tongue))
    st.caption(table.signature)


def download(row: st.delta_generator.DeltaGenerator, table: AlignmentTable, tongue: Tongue) -> None:
    """One format at a time, so that only what is asked for is made."""
    chosen = row.segmented_control(say("format", tongue), list(FORMATS), default="html", key="format")
    format_ = FORMATS[chosen or "html"]
    name = table.provenance.symbol.replace("/", "_") or NAME
    row.download_button(
        say("download", tongue),
        data=dumps(table, format_.name),
        file_name=f"{name}{format_.extensions[0]}",
        mime=format_.media_type,
        icon=":material/download:",
        on_click="ignore",
        key="download",
    )


main()
