"""What the address of the page says: which view, which concept, what is asked for; a colleague needs no more."""

from __future__ import annotations

from dataclasses import dataclass, fields
from urllib.parse import urlencode

from glossary.browsing import Order
from glossary.concepts import Usage, Workflow
from glossary.reading import Query

_NONE = "none"  # the usage that nobody has said yet, in an address
_NAMES = {"language": "in"}  # where the address has another word for it


@dataclass(frozen=True, slots=True)
class Address:
    """The address as it was read; "" for what is not in it. ``edit`` is the version that is being edited."""

    view: str = ""
    concept: str = ""
    edit: str = ""
    draft: str = ""
    find: str = ""
    language: str = ""
    status: str = ""
    usage: str = ""
    subject: str = ""
    sort: str = ""
    start: str = ""
    at: str = ""
    zh: str = ""
    en: str = ""

    @property
    def query(self) -> Query:
        """Which concepts it asks for; what makes no sense asks for nothing."""
        status = Workflow(self.status) if self.status in list(Workflow) else None
        usage = Usage.NONE if self.usage == _NONE else Usage(self.usage) if self.usage in USAGES else None
        return Query(self.find.strip(), self.language, status, usage, self.subject)

    @property
    def order(self) -> Order:
        """In which order."""
        return Order(self.sort) if self.sort in list(Order) else Order.ENTERED

    @property
    def begin(self) -> int:
        """From which concept on, 0 for the first."""
        return int(self.start) - 1 if self.start.isascii() and self.start.isdecimal() and len(self.start) < 10 else 0


USAGES = ("preferred", "admitted", "deprecated", "superseded", _NONE)


def read() -> Address:
    """The address of the page now."""
    import streamlit as st

    return Address(**{one.name: st.query_params.get(_NAMES.get(one.name, one.name), "") for one in fields(Address)})


def write(**changes: str) -> None:
    """Change it; "" takes a part away."""
    import streamlit as st

    for name, value in changes.items():
        key = _NAMES.get(name, name)
        if value:
            st.query_params[key] = value
        elif key in st.query_params:
            del st.query_params[key]


def go(**changes: str) -> None:
    """Change it, and draw the page anew."""
    import streamlit as st

    write(**changes)
    st.rerun()


def link(concept: str) -> str:
    """The address of a concept's own page."""
    return "/glossary?" + urlencode({"concept": concept})


def bound(key: str, value: str) -> None:
    """Give a widget the value that the address has, where that came from elsewhere than from the widget."""
    import streamlit as st

    seen = f"{key}_seen"
    if st.session_state.get(seen) != value or key not in st.session_state:
        st.session_state[key] = value
    st.session_state[seen] = value
