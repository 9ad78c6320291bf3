"""A document of the corpus: where it comes from, its pairs face to face, what can be done with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from html import escape
from itertools import islice
from typing import TYPE_CHECKING

from align.table import BeadKind
from ui.address import choice
from ui.corpus.overview import page_number, pager
from ui.live import live
from ui.parts import confidence_class, running, safe, tag_of

if TYPE_CHECKING:
    from glossary.desk import Desk
    from search.records import StoredDocument, StoredPair
    from ui.resources import Resources
    from ui.words import Words

PAGE = 50
SHOWN = ("all", "doubtful", "unchecked")


def document_page(shared: Resources, desk: Desk, which: str, words: Words) -> None:
    """Draw it. Raises NotInCorpusError."""
    import streamlit as st

    from ui.frame import plainly

    found = shared.corpus.find(f"#{which}" if which.isdecimal() else which)
    if st.button(words("back"), key="co_back", type="tertiary", icon=":material/arrow_back:"):
        st.query_params.clear()
        st.rerun()
    st.html(heading(found, words))
    with plainly():
        _actions(shared, desk, found, words)

    @st.fragment
    def pairs() -> None:
        with plainly():
            _pairs(shared, desk, found.id, words)

    pairs()


def heading(document: StoredDocument, words: Words) -> str:
    """Symbol, both titles, where the document comes from."""
    from_ = document.provenance
    zh = (
        f'<p class="dz-text" lang="{tag_of("zh", from_.zh_script)}">{safe(from_.title_zh)}</p>'
        if from_.title_zh
        else ""
    )
    en = f'<p class="dz-text" lang="en">{safe(from_.title_en)}</p>' if from_.title_en else ""
    files = " · ".join(dict.fromkeys(one for one in (from_.zh_source, from_.en_source) if one))
    facts = [
        from_.date,
        from_.body,
        words("session", session=from_.session) if from_.session else "",
        words("item", item=from_.agenda_item) if from_.agenda_item else "",
        document.type,
        words("of_pairs") if document.origin == "pairs" else "",
        words("files", files=files) if files else "",
    ]
    made = safe(words("made_by", signature=document.signature))
    shown = " · ".join(safe(fact) for fact in facts if fact)
    counts = {"pairs": document.linked, "checked": document.checked, "doubtful": document.doubtful}
    counts["one_sided"] = document.pairs - document.linked
    told = "".join(f"<span><b>{n:,}</b> {safe(words(f'n_{name}'))}</span>" for name, n in counts.items())
    return (
        f'<h3 class="dz-co-label">{safe(document.label)}</h3><div class="dz-pair dz-co-titles">{zh}{en}</div>'
        f'<p class="dz-co-facts" title="{escape(made)}">{shown}</p><p class="dz-co-counts">{told}</p>'
    )


def _actions(shared: Resources, desk: Desk, document: StoredDocument, words: Words) -> None:
    import streamlit as st

    from glossary.rules import Deed
    from ui.corpus.removing import remove

    with st.container(horizontal=True, vertical_alignment="center", key="co_actions"):
        st.html(
            f'<a class="dz-co-link" target="_self" href="/align?document={document.id}">{safe(words("correct"))}</a>',
            width="content",
        )
        with st.popover(words("download"), icon=":material/download:"):
            _downloads(shared, document)
        may = desk.may(Deed.REMOVE)
        helped = words("remove_help" if may else "may_not_remove")
        if st.button(words("remove"), key="co_remove", icon=":material/delete:", disabled=not may, help=helped):
            remove(desk, document)


def _downloads(shared: Resources, document: StoredDocument) -> None:
    import streamlit as st

    from align.writers import FORMATS

    stem = re.sub(r"[^\w.-]+", "_", document.label)[:80].strip("._") or "document"
    for one in FORMATS.values():
        st.download_button(
            f"{one.extensions[0]} · {one.name}",
            partial(_written, shared, document.id, one.name),
            f"{stem}{one.extensions[0]}",
            key=f"co_as_{one.name}",
            type="tertiary",
            on_click="ignore",
        )


def _written(shared: Resources, document: int, name: str) -> bytes:
    from align.writers import dumps

    return dumps(shared.corpus.table(document), name)


def _pairs(shared: Resources, desk: Desk, document: int, words: Words) -> None:
    """The pairs, a page at a time, and marking them as checked."""
    import streamlit as st

    from glossary.rules import Deed
    from search.records import Filters

    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        which = choice(
            "show",
            "co_show",
            SHOWN,
            lambda: st.segmented_control(
                words("show"),
                SHOWN,
                format_func=lambda name: words(f"s_{name}"),
                key="co_show",
                required=True,
                label_visibility="collapsed",
            ),
        )
        place = st.container(width="content")
    found = [one for one in shared.corpus.pairs(Filters(document=document)) if wanted(one, which)]
    pages = max((len(found) + PAGE - 1) // PAGE, 1)
    page = min(page_number(), pages - 1)
    shown = list(islice(found, page * PAGE, (page + 1) * PAGE))
    may = desk.may(Deed.ADD)
    _check_page(desk, shown, may, place, words)
    act = live(pairs_html(shown, may, words), key="co_pairs") if shown else None
    if not shown:
        st.html(f'<p class="dz-quiet">{safe(words("nothing_left"))}</p>')
    if pages > 1:
        pager(page, pages, (page * PAGE + 1, page * PAGE + len(shown), len(found)), words)
    if act and act.get("act") in ("check", "uncheck"):
        checked = act["act"] == "check"
        _mark(desk, [int(act["id"])], "checked" if checked else "automatic", words)


def _check_page(desk: Desk, shown: Sequence[StoredPair], may: bool, place: object, words: Words) -> None:
    import streamlit as st
    from streamlit.delta_generator import DeltaGenerator

    assert isinstance(place, DeltaGenerator)
    undo = [number for number in st.session_state.get("co_marked", ()) if any(one.id == number for one in shown)]
    rest = [one.id for one in shown if one.record.status != "checked" and _linked(one)]
    with place.container(horizontal=True, vertical_alignment="center"):
        if undo and st.button(words("undo"), key="co_unmark", icon=":material/undo:"):
            st.session_state["co_marked"] = []
            _mark(desk, undo, "automatic", words)
        helped = None if may else words("may_not_add")
        if rest and st.button(words("check_page", n=len(rest)), key="co_check", disabled=not may, help=helped):
            st.session_state["co_marked"] = rest
            _mark(desk, rest, "checked", words)


def _mark(desk: Desk, pairs: Sequence[int], status: str, words: Words) -> None:
    import streamlit as st

    from ui.frame import notice

    desk.set_status(pairs, status)
    notice(words("marked" if status == "checked" else "unmarked"))
    st.rerun()


def wanted(pair: StoredPair, which: str) -> bool:
    """Whether a pair is of those: "all", "doubtful", "unchecked"."""
    if which == "all":
        return True
    return _linked(pair) and (pair.record.doubtful if which == "doubtful" else pair.record.status != "checked")


def _linked(pair: StoredPair) -> bool:
    return pair.record.kind not in (BeadKind.ZH_ONLY, BeadKind.EN_ONLY)


def pairs_html(pairs: Sequence[StoredPair], may: bool, words: Words) -> str:
    """The pairs face to face, each with how far it may be relied on and what can be done about it."""
    return f'<div class="dz-co-pairs-list">{"".join(_pair(one, may, words) for one in pairs)}</div>'


def _pair(pair: StoredPair, may: bool, words: Words) -> str:
    record = pair.record
    zh = running(record.zh_text, "zh-Hans") if record.zh_text else _missing(words)
    en = running(record.en_text, "en") if record.en_text else _missing(words)
    sides = zh + en if words.tongue == "zh" else en + zh
    return (
        f'<article class="dz-co-pair {confidence_class(record)}" id="{pair.id}"><div class="dz-pair">{sides}</div>'
        f'<div class="dz-from">{_status(pair, may, words)}</div></article>'
    )


def _missing(words: Words) -> str:
    return f'<div class="dz-quiet">{safe(words("n_one_sided"))}</div>'


def _status(pair: StoredPair, may: bool, words: Words) -> str:
    from align.writers.summary import verdict

    record = pair.record
    number = f"{words('paragraph')} {safe(record.number)}" if record.number else ""
    sure = f"{record.confidence:.2f}" if _linked(pair) else ""
    said = " · ".join(part for part in (number, words(f"v_{verdict(record)}"), sure) if part)
    acts = ""
    if _linked(pair) and may:
        act, word = ("uncheck", "unmark") if record.status == "checked" else ("check", "mark")
        acts = f'<button class="dz-do" data-act="{act}" data-id="{pair.id}">{safe(words(word))}</button>'
    fix = f'<a target="_self" href="/align?document={pair.document}#{pair.id}">{safe(words("fix"))}</a>'
    return f"{said} {acts} {fix}"
