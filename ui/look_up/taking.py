"""What can be taken along as a file: the hits, all evidence of a term, the picture of its renderings over time.

A file is made when it is asked for, not when the page is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from ui.look_up.answers import all_evidence, as_results
from ui.look_up.summary import counted
from ui.look_up.timeline import has_timeline

if TYPE_CHECKING:
    from search.hits import Results
    from search.precedents.evidence import TermResult
    from ui.words import Words

_PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


def hits(results: Results, words: Words) -> None:
    """The hits that are shown, in every format."""
    import streamlit as st

    st.caption(words("export_these", paragraphs=counted("paragraphs", len(results.hits), words)))
    _formats(lambda: results, "hits", words)


def term(result: TermResult, words: Words) -> None:
    """All evidence of a term, and the picture; nothing where it was never rendered."""
    import streamlit as st

    if not result.count:
        return
    with st.popover(words("take", n=result.count), icon=":material/download:", type="tertiary", key="la_take"):
        st.caption(words("export_all"))
        _formats(lambda: as_results(all_evidence(result), result), "all", words)
        if has_timeline(result):
            st.caption(words("export_picture"))
            _pictures(result, words)


def _formats(results: Callable[[], Results], which: str, words: Words) -> None:
    import streamlit as st

    from search.exports import FORMATS

    with st.container(horizontal=True):
        for name, one in FORMATS.items():
            st.download_button(
                words(f"x_{name}"),
                partial(_dump, results, name),
                f"duizhao{one.extensions[0]}",
                one.media_type,
                key=f"la_x_{which}_{name}",
                on_click="ignore",
            )


def _dump(results: Callable[[], Results], name: str) -> bytes:
    from search.exports import dump_results

    return dump_results(results(), name)


def _pictures(result: TermResult, words: Words) -> None:
    import streamlit as st

    with st.container(horizontal=True):
        for kind, media_type in _PICTURES.items():
            st.download_button(
                words(f"x_{kind}"),
                partial(_picture, result, kind),
                f"duizhao.{kind}",
                media_type,
                key=f"la_x_picture_{kind}",
                on_click="ignore",
            )


def _picture(result: TermResult, kind: str) -> bytes:
    from search.precedents.timeline_chart import picture

    return picture(result, kind)
