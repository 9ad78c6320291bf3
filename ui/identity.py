"""Who uses the app: whoever is signed in with the organisation's account, or whoever started it, where nobody can."""

from __future__ import annotations

from typing import Any


def needs_login() -> bool:
    """Whether the app's secrets set up signing in (OpenID Connect), and this visitor has not done so."""
    import streamlit as st

    return login_configured() and not bool(getattr(st.user, "is_logged_in", False))


def login_configured() -> bool:
    """Whether the app's secrets set up signing in."""
    import streamlit as st
    from streamlit.errors import StreamlitSecretNotFoundError

    try:
        return "auth" in st.secrets
    except StreamlitSecretNotFoundError:
        return False


def who() -> str:
    """The name under which changes are recorded; "" for whoever started the app."""
    import streamlit as st

    if not login_configured():
        return ""
    user: Any = st.user
    return str(user.get("email") or user.get("preferred_username") or user.get("sub") or "")
