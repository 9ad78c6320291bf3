"""Ids that XML takes (xs:ID: a letter or underscore first, then letters, digits, ``. - _``), and back."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_PREFIX = "id-"
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]")
_ESCAPED = re.compile(r"_([0-9a-f]+)_")


def to_xml(name: str) -> str:
    """``name`` as an xs:ID: itself where it is one, else behind ``id-`` with what is not allowed as ``_hex_``."""
    if _PLAIN.fullmatch(name) and not name.startswith(_PREFIX):
        return name
    return _PREFIX + _UNSAFE.sub(lambda found: f"_{ord(found[0]):x}_", name)


def from_xml(name: str) -> str:
    """Undo ``to_xml``; an id that it never makes stays as it is."""
    if not name.startswith(_PREFIX):
        return name
    found = _ESCAPED.sub(_character, name.removeprefix(_PREFIX))
    return found if found and to_xml(found) == name else name


def unique(name: str, taken: set[str]) -> str:
    """``name``, or with the first number behind it that no one has; it is ``taken`` from then on."""
    found, number = name, 1
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found)
    return found


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16)
    return chr(code) if code < 0x110000 else found[0]
