"""Who asks: ``$DUIZHAO_USER``, or whoever is logged in. Roles keep order among colleagues; they are no locks."""

from __future__ import annotations

import getpass
import os

from glossary.errors import GlossaryError

_LONGEST = 100


def current_user(name: str = "") -> str:
    """The name under which changes are recorded; raises GlossaryError where it is unknown or no name."""
    found = (name or os.environ.get("DUIZHAO_USER", "") or _login()).strip()
    if not found:
        raise GlossaryError("nobody is logged in here; say who you are with --user NAME or $DUIZHAO_USER.")
    if len(found) > _LONGEST or not found.isprintable():
        raise GlossaryError(f"“{found[:40]}” is no user's name; give one of up to {_LONGEST} visible characters.")
    return found


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # an id without a name, as in containers
        return ""
