"""Running text as it is gathered from a file's inline mark-up: white space folded, references kept by their offset."""

from __future__ import annotations

import re

from align.document import FootnoteReference
from align.readers.wrapping import needs_space

_SPACES = re.compile(r"[ \t\n\r\f\v]+")
_STRIPPED = " \t\n\r\f\v\u3000\u00a0\u2003\u2002"
_DROPPED = str.maketrans("", "", "\u00ad\ufeff\u200b")  # soft hyphen, byte order mark, zero-width space
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUPERSCRIPT_DIGITS = re.compile(r"\s*\d{1,3}\s*")


class InlineText:
    """Gathers one paragraph's text and its footnote references; `take` hands both over and starts again."""

    def __init__(self) -> None:
        self._pieces: list[str | FootnoteReference] = []
        self._line_ended = False

    def add(self, text: str | None) -> None:
        """Append running text; soft hyphens and zero-width characters are dropped."""
        if not text:
            return
        if self._line_ended and text.strip(_STRIPPED):
            self._line_ended = False
            before, after = self._tail(), text.lstrip(_STRIPPED)
            self._pieces.append(" " if before and needs_space(before, after) else "")
        self._pieces.append(text.translate(_DROPPED))

    def refer(self, mark: str) -> None:
        """Note that a reference to the note ``mark`` stands here."""
        self._pieces.append(FootnoteReference(mark, 0))

    def add_break(self) -> None:
        """Append the end of a line within a paragraph: a space, but none between Han characters."""
        self._line_ended = True

    def _tail(self) -> str:
        """Return the end of the text gathered so far."""
        texts = (piece.rstrip(_STRIPPED) for piece in reversed(self._pieces) if isinstance(piece, str))
        return next((text for text in texts if text), "")

    def __bool__(self) -> bool:
        return any(not isinstance(piece, str) or piece.strip(_STRIPPED) for piece in self._pieces)

    def take(self) -> tuple[str, tuple[FootnoteReference, ...]]:
        """Return the text without space at its ends, and the references with their code-point offsets in it."""
        text, references = "", []
        for piece in self._pieces:
            if isinstance(piece, str):
                folded = _SPACES.sub(" ", piece)
                text += folded[1:] if text.endswith(" ") and folded.startswith(" ") else folded
            else:
                references.append((piece.mark, len(text)))
        self._pieces.clear()
        self._line_ended = False
        start = len(text) - len(text.lstrip(_STRIPPED))
        text = text.strip(_STRIPPED)
        return text, tuple(FootnoteReference(mark, min(max(at - start, 0), len(text))) for mark, at in references)


def superscript(text: str) -> str:
    """Return digits that a file raises as superscript digits ("1" → "¹"); other raised text stays as it is."""
    return text.translate(_SUPERSCRIPTS) if _SUPERSCRIPT_DIGITS.fullmatch(text) else text
