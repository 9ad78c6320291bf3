"""Who asks, and what they may do: the role from the settings file, or else from the database.

The name is ``$DUIZHAO_USER``, whoever is logged in, or the e-mail address of an account. Whoever can write the database
or the settings can call themselves what they like; where people come in by the app alone, roles are locks.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from glossary.errors import GlossaryError, NotAllowedError
from glossary.rules import ALONE, NEWCOMER, Role
from models.settings import settings_file, table

_LONGEST = 100
_DEFAULT = "default"  # the key of [roles] that is nobody's name


@dataclass(frozen=True, slots=True)
class Roles:
    """Who has which role, and who has been given none: ``default``, which None leaves to the rules."""

    given: Mapping[str, Role] = field(default_factory=dict)
    default: Role | None = None

    def __bool__(self) -> bool:
        """Whether anything is settled; as long as nothing is, everyone has a glossary to themselves."""
        return bool(self.given) or self.default is not None

    @property
    def others(self) -> Role:
        """The role of whoever has been given none."""
        return self.default or (NEWCOMER if self else ALONE)

    def of(self, user: str) -> Role:
        """The role of a person."""
        return self.given.get(named(user), self.others)


def current_user(name: str = "") -> str:
    """The name under which changes are recorded; raises GlossaryError where it is unknown or no name."""
    found = named(name or os.environ.get("DUIZHAO_USER", "") or _login())
    if not found:
        raise GlossaryError("nobody is logged in here; say who you are with --user NAME or $DUIZHAO_USER.")
    if len(found) > _LONGEST or not found.isprintable():
        raise GlossaryError(f"“{found[:40]}” is no user's name; give one of up to {_LONGEST} visible characters.")
    return found


def signed_in(email: object, verified: object = True) -> str:
    """The name of whoever signed in with an account, by what its provider says of it.

    Never anyone else's: raises NotAllowedError where it says no address, or that it has not made sure of it.
    """
    address = named(email) if isinstance(email, str) else ""
    if "@" not in address:
        raise NotAllowedError(
            "the account that you signed in with has no e-mail address, by which people are known here; ask whoever "
            "runs this program to let the provider send it (the scope and claim “email”)."
        )
    if str(verified).strip().lower() != "true":
        raise NotAllowedError(
            f"the provider of the account has not verified that {address[:_LONGEST]} is yours; confirm the address "
            "there and sign in again."
        )
    return current_user(address)


def settled_roles() -> Roles:
    """The roles of the settings file; raises GlossaryError or ModelError where it cannot be understood.

    [roles]
    default = "reader"
    "anna@example.org" = "terminologist"
    """
    given = {named(name): _role(name, value) for name, value in table("roles").items()}
    default = given.pop(_DEFAULT, None)
    return Roles(given, default)


def all_roles(stored: Mapping[str, Role]) -> Roles:
    """The roles of the settings file above those that are stored in the database."""
    settled = settled_roles()
    return Roles({**{named(name): role for name, role in stored.items()}, **settled.given}, settled.default)


def named(name: str) -> str:
    """A name as it is compared: of an e-mail address, in small letters."""
    plain = name.strip()
    return plain.lower() if "@" in plain else plain


def _role(name: str, value: object) -> Role:
    try:
        return Role(value)  # type: ignore[arg-type]  # whatever the file has
    except ValueError:
        possible = ", ".join(list(Role)[:-1])
        raise GlossaryError(
            f"{settings_file()} gives “{name[:_LONGEST]}” the role {value!r}, which is none: there are {possible} and "
            f"{list(Role)[-1]}."
        ) from None


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):  # an id without a name, as in containers
        return ""
