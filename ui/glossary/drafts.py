"""Forms that are being filled in: kept by the process for as long as it runs, so that a reload loses nothing."""

from __future__ import annotations

from ui.glossary.form import Form
from ui.kept import Kept

MOST = 500  # forms that are kept, the newest


def drafts() -> Kept[Form]:
    """Those of this process."""
    import streamlit as st

    @st.cache_resource(show_spinner=False)
    def kept() -> Kept[Form]:
        return Kept(MOST)

    return kept()
