"""The corpus at a glance: a few numbers, four charts, the list of documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.address import choice
from ui.corpus.listing import ORDERS, PAGE, UNKNOWN, Choice, chosen, numbers, rows, year_of
from ui.live import live

if TYPE_CHECKING:
    from glossary.desk import Desk
    from search.records import Stats, StoredDocument
    from ui.resources import Resources
    from ui.words import Words

_ANY = ""


def head(shared: Resources, stats: Stats, words: Words) -> None:
    """The numbers, the model in use, where things are, the last change."""
    import streamlit as st

    from models.choice import choose
    from models.settings import read_settings
    from search.derived import folder_of

    counts = {
        "documents": stats.documents,
        "pairs": stats.pairs,
        "checked": stats.checked,
        "doubtful": stats.doubtful,
        "one_sided": stats.one_sided,
    }
    last = max((one.changed for one in documents_of(shared)), default="")
    facts = [words("model", name=choose("", read_settings()).name), words("database", place=stats.place)]
    vectors = shared.settings.vectors.rpartition("@")[2] or str(folder_of(shared.corpus))  # never a password
    facts.append(words("vectors", place=vectors))
    if last:
        facts.append(words("changed", time=last[:16].replace("T", " ")))
    st.html(numbers(counts, facts, words))


def documents_of(shared: Resources) -> tuple[StoredDocument, ...]:
    """All documents, read once for each state of the corpus. Raises CorpusError."""
    import streamlit as st

    @st.cache_resource(show_spinner=False, max_entries=4)
    def listed(corpus: str, state: int) -> tuple[StoredDocument, ...]:
        del corpus, state
        return shared.corpus.list()

    return listed(shared.corpus.name, shared.corpus.state)


def overview(shared: Resources, desk: Desk, stats: Stats, words: Words) -> None:
    """Draw it; the charts last, into the room that is kept for them."""
    import streamlit as st

    from ui.corpus.charts import draw, figures
    from ui.corpus.removing import offer_to_put_back
    from ui.frame import plainly

    offer_to_put_back(desk, words)
    place = st.container(key="co_charts", horizontal=True, gap="small")
    place.html("<span></span>")  # so that it is there, and has its height, before the charts are

    @st.fragment
    def documents() -> None:
        with plainly():
            _documents(shared, words)

    documents()
    with place:
        draw(figures(shared, stats, words), words)


def _documents(shared: Resources, words: Words) -> None:
    import streamlit as st

    every = documents_of(shared)
    found = chosen(every, _choice(every, words))
    pages = max((len(found) + PAGE - 1) // PAGE, 1)
    page = min(page_number(), pages - 1)
    said = words("found_one") if len(found) == 1 else words("found", n=len(found))
    shown = found[page * PAGE : (page + 1) * PAGE]
    act = None
    if shown:
        doubtful = shared.corpus.first_doubtful([one.id for one in shown if one.doubtful])
        act = live(rows(shown, doubtful, words), key="co_list", keys={"/": "find"})
    else:
        st.html(f'<p class="dz-quiet">{words("none_found")}</p>')
    if pages > 1:
        pager(page, pages, (page * PAGE + 1, page * PAGE + len(shown), len(found)), words)
    elif shown:
        st.caption(said)
    if act and act.get("act") == "open":
        st.query_params.from_dict({"document": act.get("id", "")})
        st.rerun()


def _choice(every: tuple[StoredDocument, ...], words: Words) -> Choice:
    """The filters, which stand in the address."""
    import streamlit as st

    types = sorted({one.type for one in every})
    bodies = sorted({one.provenance.body for one in every if one.provenance.body})
    years = sorted({year_of(one) for one in every}, reverse=True)
    with st.container(horizontal=True, vertical_alignment="bottom", key="co_filters"):
        find = st.text_input(
            words("find"), key="find", bind="query-params", placeholder=words("find"), label_visibility="collapsed"
        )
        kind = _select(words, "type", types)
        body = _select(words, "body", bodies)
        year = _select(words, "year", years)
        order = choice(
            "order",
            "co_order",
            ORDERS,
            lambda: st.selectbox(
                words("order"),
                ORDERS,
                format_func=lambda name: words(f"o_{name}"),
                key="co_order",
                label_visibility="collapsed",
                width=170,
            ),
        )
    return Choice(find or "", kind, body, year, order)


def _select(words: Words, name: str, options: list[str]) -> str:
    import streamlit as st

    return choice(
        name,
        f"co_{name}",
        [_ANY, *options],
        lambda: st.selectbox(
            words(name),
            [_ANY, *options],
            format_func=lambda value: value.replace(UNKNOWN, words("unknown")) if value else words(f"any_{name}"),
            key=f"co_{name}",
            label_visibility="collapsed",
            width=150,
        ),
    )


def page_number() -> int:
    """The page that the address names, from 0."""
    import streamlit as st

    written = st.query_params.get("page", "1")
    return max(int(written) - 1, 0) if written.isdecimal() and len(written) < 7 else 0


def pager(page: int, pages: int, counts: tuple[int, int, int], words: Words) -> None:
    """Previous and next, and where one is: first, last, of how many."""
    import streamlit as st

    with st.container(horizontal=True, horizontal_alignment="center", vertical_alignment="center"):
        back = st.button(words("earlier"), key="co_earlier", disabled=page == 0, icon=":material/chevron_left:")
        st.caption(words("pager", first=counts[0], last=counts[1], n=counts[2]), width="content")
        on = st.button(words("later"), key="co_later", disabled=page >= pages - 1, icon=":material/chevron_right:")
    if back or on:
        st.query_params["page"] = str(page + (2 if on else 0))
        st.rerun(scope="fragment")
