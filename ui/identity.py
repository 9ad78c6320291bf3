"""Who uses the app: whoever is signed in with the organisation's account, or whoever started it, where nobody can."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from glossary.errors import NotAllowedError
from glossary.people import current_user, signed_in


def login_configured() -> bool:
    """Whether the app's secrets set up signing in (OpenID Connect).

    Raises NotAllowedError where they are there and cannot be read: that must not open the app to everyone.
    """
    return _auth() is not None


def needs_login() -> bool:
    """Whether one signs in here, and this visitor has not done so. Raises NotAllowedError as above."""
    import streamlit as st

    return login_configured() and not bool(getattr(st.user, "is_logged_in", False))


def providers() -> tuple[str, ...]:
    """The names of those with whom one may sign in, where the secrets name several; else the one without a name."""
    auth = _auth() or {}
    return tuple(name for name, value in auth.items() if isinstance(value, Mapping)) or ("",)


def who() -> str:
    """The name under which changes are recorded; where one signs in, the e-mail address of the account.

    Raises NotAllowedError where the account has none, or one that is not verified; GlossaryError where nobody is known.
    """
    import streamlit as st

    if not login_configured():
        return current_user()
    if needs_login():
        raise NotAllowedError("nobody has signed in here; sign in first.")
    user: Any = st.user
    return signed_in(user.get("email"), user.get("email_verified", True))


def _auth() -> Mapping[str, Any] | None:
    """What the secrets say of signing in; None where nothing."""
    import streamlit as st
    from streamlit import config
    from streamlit.errors import StreamlitSecretNotFoundError

    try:
        return st.secrets.get("auth")
    except StreamlitSecretNotFoundError as error:
        there = [place for place in config.get_option("secrets.files") if _may_be_there(Path(place))]
        if not there:
            return None
        raise _unreadable(there[0]) from error
    except OSError as error:
        raise _unreadable(str(error.filename)) from error


def _may_be_there(place: Path) -> bool:
    """Whether there is a file, a link that leads nowhere, or something that this user may not look at."""
    try:
        place.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _unreadable(place: str) -> NotAllowedError:
    return NotAllowedError(f"{place} cannot be read, and it may say who must sign in here; mend or remove the file.")
