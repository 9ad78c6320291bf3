"""Where a reviewer is: what the address says, the order of their queue, and what one run of the page draws."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from glossary.candidates.choosing import Order, Wanted
    from glossary.candidates.stock import Entry, Holdings, Stock
    from glossary.glossary import Glossary
    from glossary.rules import Deed, Role
    from search.corpus import Corpus
    from ui.resources import Resources
    from ui.words import Words

MOST_LATER = 200  # put off, as the address is of limited length
MODES = ("edit", "merge", "reason", "bulk", "extract")
FILTERS = ("find", "subject", "source", "score", "status", "lang")


@dataclass(frozen=True)
class View:
    """What one run draws: who is there, the glossary as of now, the queue, the concept that the address names."""

    shared: Resources
    glossary: Glossary
    role: Role
    holdings: Holdings
    order: Order
    waiting: tuple[str, ...]
    chosen: str
    words: Words

    @property
    def entry(self) -> Entry | None:
        """The concept that is shown; None where it is gone, or nothing waits."""
        return self.holdings.entries.get(self.chosen)

    @property
    def corpus(self) -> Corpus:
        """The corpus, for reading."""
        return self.shared.corpus

    @property
    def waits(self) -> bool:
        """Whether the concept that is shown waits for a decision."""
        from glossary.candidates.choosing import Wanted

        return self.entry is not None and Wanted().waits(self.entry.concept)

    def may(self, deed: Deed) -> bool:
        """Whether the role of whoever is there allows this."""
        from glossary.rules import MAY

        return deed in MAY[self.role]


def look(words: Words) -> View:
    """What to draw now. Raises CorpusError, GlossaryError."""
    from ui.frame import opened

    shared, glossary = opened()
    holdings = _stock(shared.database.place).now(glossary)
    order = order_of(holdings)
    session = memory()
    waiting = order.waiting(holdings, later())
    chosen = _chosen(session, order, waiting)
    session["rv_waiting"] = waiting
    return View(shared, glossary, glossary.role, holdings, order, waiting, chosen, words)


def order_of(holdings: Holdings) -> Order:
    """The queue of this session, put in order when its filters change or someone asks for it."""
    from glossary.candidates.choosing import in_order

    session, asked = memory(), wanted()
    order: Order | None = session.get("rv_order")
    if order is None or order.wanted != asked:
        order = in_order(holdings, asked)
        session["rv_order"] = order
    return order


def wanted() -> Wanted:
    """The filters that the address has; what it cannot mean asks for nothing."""
    from glossary.candidates.choosing import WAITING, Source, Wanted

    given = {name: parameter(name) for name in FILTERS}
    statuses = tuple(one for one in WAITING if one in given["status"].split("."))
    source = given["source"] if given["source"] in list(Source) else ""
    language = given["lang"] if given["lang"] in ("zh", "en") else ""
    low, high = scores(given["score"])
    return Wanted(given["find"], given["subject"], source, low, high, statuses or WAITING, language)


def scores(text: str) -> tuple[float, float]:
    """The least and the greatest score of the address, "0.20-0.85"."""
    try:
        low, high = (float(part) for part in text.split("-"))
    except ValueError:
        return 0.0, 1.0
    return (low, high) if 0.0 <= low <= high <= 1.0 else (0.0, 1.0)


def later() -> list[str]:
    """The concepts that were put off, in that order."""
    return [f"c{number}" for number in parameter("later").split("-") if number.isdecimal() and number.isascii()]


def put_off(identifier: str, back: bool = False) -> None:
    """Put a concept at the end of the queue, or (``back``) where it was."""
    others = [one for one in later() if one != identifier]
    kept = others if back else [*others, identifier][-MOST_LATER:]
    set_parameter("later", "-".join(one[1:] for one in kept))


def parameter(name: str) -> str:
    """What the address says."""
    import streamlit as st

    return str(st.query_params.get(name, ""))


def set_parameter(name: str, value: str) -> None:
    """Say it in the address; what is empty goes."""
    import streamlit as st

    if value:
        st.query_params[name] = value
    elif name in st.query_params:
        del st.query_params[name]


def mode() -> str:
    """What is open besides the candidate: one of ``MODES``, or ""."""
    return parameter("do") if parameter("do") in MODES else ""


def set_mode(name: str = "") -> None:
    """Open it, or close what is open."""
    set_parameter("do", name)
    set_parameter("draft", "")  # named again where a form is open into which something was typed


def go(identifier: str) -> None:
    """Show a concept, and nothing that was open for another."""
    session = memory()
    for name in ("rv_choice", "rv_stale", "rv_problem"):
        session.pop(name, None)
    set_mode()
    set_parameter("c", identifier)


def onward(identifier: str) -> None:
    """After a decision on a concept: the next one that waits."""
    others = beside(identifier)
    go(others[1])
    memory()["rv_onward"] = identifier


def reorder() -> None:
    """Put the queue in order anew, by what was decided meanwhile, and begin with the first."""
    memory().pop("rv_order", None)
    go("")


def start_over() -> None:
    """Begin with the first of what is asked for now; what is open for many stays open."""
    kept = mode()
    go("")
    set_mode(kept if kept == "bulk" else "")


def beside(identifier: str) -> tuple[str, str]:
    """The concepts before and after one, in the queue as it was drawn, round at its ends; "" for none."""
    waiting: tuple[str, ...] = memory().get("rv_waiting", ())
    if identifier not in waiting:
        return (waiting[-1], waiting[0]) if waiting else ("", "")
    at = waiting.index(identifier)
    before, after = waiting[at - 1], waiting[(at + 1) % len(waiting)]
    return ("" if before == identifier else before, "" if after == identifier else after)


def memory() -> MutableMapping[str, Any]:
    """What this session knows besides the address."""
    import streamlit as st

    session: MutableMapping[str, Any] = st.session_state  # type: ignore[assignment]
    return session


def _chosen(session: MutableMapping[str, Any], order: Order, waiting: tuple[str, ...]) -> str:
    """The concept to show: that of the address; but where the way there was a decision, one that waits still."""
    came = session.pop("rv_onward", "")
    asked = parameter("c")
    moved = bool(came) and asked not in waiting  # someone else was faster
    if waiting and (not asked or moved):
        asked = waiting[0]
        if came in order.ids:
            behind = set(order.ids[order.ids.index(came) :])
            asked = next((one for one in waiting if one in behind), waiting[0])
        set_parameter("c", asked)
    elif moved:
        asked = ""
        set_parameter("c", "")
    return asked


def _stock(place: str) -> Stock:
    """The glossary in memory, one for all sessions of this process."""
    import streamlit as st

    @st.cache_resource(show_spinner=False)
    def opened(where: str) -> Stock:
        from glossary.candidates.stock import Stock

        return Stock(where)

    return opened(place)
