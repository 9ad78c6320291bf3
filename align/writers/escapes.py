"""Characters that XML cannot hold, written so that they can be seen and read back.

XML 1.0 (section 2.2) has no place for most control characters, lone surrogates, U+FFFE and U+FFFF. Office Open XML
writes them as ``_x0007_`` (ECMA-376 part 1, 22.9.2.19, ST_Xstring), and spreadsheets show them decoded; TMX has no
scheme of its own and takes the same one. Text that looks like such an escape gets its ``x`` escaped: a literal
``_x0041_`` becomes ``__x0078_0041_``. (The standard escapes the underscore, as ``_x005F_``; openpyxl deletes that
sequence on reading, and the ``x`` says the same to every reader.) A carriage return is escaped too, because XML
parsers turn a bare one into a line feed.
"""

from __future__ import annotations

import re

_XML_ILLEGAL = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_TO_ESCAPE = re.compile(f"[{_XML_ILLEGAL}\r]|x(?=[0-9A-Fa-f]{{4}}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_ILLEGAL = re.compile(f"[{_XML_ILLEGAL}\r]")
_JSON_UNSAFE = re.compile(f"[{_XML_ILLEGAL}<>&\x7f-\x9f\u2028\u2029]")
_REPLACEMENT = "\ufffd"


def escape(text: str) -> str:
    """Replace what XML cannot hold by ``_xHHHH_``; ``unescape`` gives the text back exactly."""
    return _TO_ESCAPE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescape(text: str) -> str:
    """Undo ``escape``."""
    if "_x" not in text:  # as in nearly all, and a million are read
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def escape_stretch(text: str, start: int, end: int) -> str:
    """``text[start:end]`` as it stands in the escaped whole, so that stretches joined together read back.

    Escaped each by itself they might not: ``_x00`` and ``41_`` are no escapes, but ``_x0041_`` is one.
    """
    written, at = [], start
    # Five characters after the end decide whether an "x" before it must be escaped.
    for found in _TO_ESCAPE.finditer(text, start, min(end + 5, len(text))):
        if found.start() >= end:
            break
        written += [text[at : found.start()], f"_x{ord(found[0]):04X}_"]
        at = found.end()
    return "".join([*written, text[at:end]])


def split_illegal(text: str) -> list[tuple[str, str]]:
    """Cut ``text`` into (legal stretch, the illegal character after it) pairs; the last character is ""."""
    pieces: list[tuple[str, str]] = []
    start = 0
    for found in _ILLEGAL.finditer(text):
        pieces.append((text[start : found.start()], found[0]))
        start = found.end()
    pieces.append((text[start:], ""))
    return pieces


def visible(text: str) -> str:
    """Show each control character by its picture (U+2400 ff.), for pages and tables; the length stays the same."""
    return "".join(map(_picture, text)) if _needs_picture(text) else text


def json_in_markup(text: str) -> str:
    """Make JSON text safe inside an XML or HTML element: what markup would read is written as a JSON escape.

    The result parses to the same value, since such characters stand only inside JSON strings.
    """
    return _JSON_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _needs_picture(text: str) -> bool:
    return not text.isprintable()


def _picture(character: str) -> str:
    code = ord(character)
    if character in "\n\t":
        return character
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0x80 <= code < 0xA0 or 0xD800 <= code < 0xE000 or code in (0xFFFE, 0xFFFF):
        return _REPLACEMENT
    return character
