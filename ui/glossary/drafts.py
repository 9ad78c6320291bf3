"""Forms that are being filled in: kept by the process for as long as it runs, so that a reload loses nothing."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from ui.glossary.form import Form

MOST = 500  # forms that are kept, the newest


@dataclass
class Drafts:
    """Forms by a name that nobody can guess, which stands in the address of the page."""

    _forms: OrderedDict[str, Form] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def new(self, form: Form) -> str:
        """Keep a form; its name."""
        name = secrets.token_urlsafe(9)
        self.keep(name, form)
        return name

    def keep(self, name: str, form: Form) -> None:
        """Keep what stands in a form now."""
        with self._lock:
            self._forms[name] = form
            self._forms.move_to_end(name)
            while len(self._forms) > MOST:
                self._forms.popitem(last=False)

    def get(self, name: str) -> Form | None:
        """A form that was kept."""
        with self._lock:
            return self._forms.get(name)

    def forget(self, name: str) -> None:
        """It was saved, or given up."""
        with self._lock:
            self._forms.pop(name, None)


def drafts() -> Drafts:
    """Those of this process."""
    import streamlit as st

    @st.cache_resource(show_spinner=False)
    def kept() -> Drafts:
        return Drafts()

    return kept()
