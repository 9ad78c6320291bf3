"""Text that carries its footnote references: every change of the text moves their offsets along."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import regex

from align.document import FootnoteReference

Replacement = str | Callable[[regex.Match[str]], str]


@dataclass(frozen=True, slots=True)
class RichText:
    """A text and the references that stood in it, each with its code-point offset into ``text``, ascending."""

    text: str
    references: tuple[FootnoteReference, ...] = ()

    def substitute(self, pattern: regex.Pattern[str], replacement: Replacement) -> RichText:
        """Replace every match of ``pattern``; a reference inside a match moves to the replacement's start."""
        edits = [
            (match.start(), match.end(), replacement if isinstance(replacement, str) else replacement(match))
            for match in pattern.finditer(self.text)
        ]
        return self._edited(edits) if edits else self

    def unwrap(self, pattern: regex.Pattern[str], group: int, wanted: Callable[[regex.Match[str]], bool]) -> RichText:
        """Keep of each wanted match only its ``group``, with the references inside it where they stand."""
        edits: list[tuple[int, int, str]] = []
        for match in pattern.finditer(self.text):
            if wanted(match):
                edits.append((match.start(), match.start(group), ""))
                edits.append((match.end(group), match.end(), ""))
        return self._edited(edits) if edits else self

    def lift(self, pattern: regex.Pattern[str], marks: Callable[[regex.Match[str]], tuple[str, ...]]) -> RichText:
        """Take references out of the text: ``marks`` gives a match's marks, or none where it is no reference."""
        edits: list[tuple[int, int, str]] = []
        lifted: list[FootnoteReference] = []
        for match in pattern.finditer(self.text):
            found = marks(match)
            if found:
                edits.append((match.start(), match.end(), ""))
                lifted.extend(FootnoteReference(mark, match.start()) for mark in found)
        if not edits:
            return self
        merged = sorted((*self.references, *lifted), key=lambda reference: reference.offset)
        return RichText(self.text, tuple(merged))._edited(edits)

    def after(self, start: int) -> RichText:
        """The text from ``start`` on; references before it move to its beginning."""
        return RichText(self.text[start:], self._moved(lambda offset: max(offset - start, 0)))

    def split(self, at: int) -> tuple[RichText, RichText]:
        """The text before and from ``at``; a reference that stands there goes with the second."""
        first = tuple(reference for reference in self.references if reference.offset < at)
        second = self.references[len(first) :]
        rest = RichText(self.text, second).after(at)
        return RichText(self.text[:at], first), rest

    def strip(self) -> RichText:
        """The text without outer white space; references beyond its ends move to them."""
        text = self.text.strip()
        if len(text) == len(self.text):
            return self
        lead = len(self.text) - len(self.text.lstrip())
        return RichText(text, self._moved(lambda offset: min(max(offset - lead, 0), len(text))))

    def join(self, other: RichText, separator: str = "") -> RichText:
        """This text followed by ``other``."""
        base = len(self.text) + len(separator)
        moved = other._moved(lambda offset: offset + base)
        return RichText(self.text + separator + other.text, self.references + moved)

    def _moved(self, move: Callable[[int], int]) -> tuple[FootnoteReference, ...]:
        return tuple(FootnoteReference(reference.mark, move(reference.offset)) for reference in self.references)

    def _edited(self, edits: Iterable[tuple[int, int, str]]) -> RichText:
        parts: list[str] = []
        offsets = [reference.offset for reference in self.references]
        moved = list(offsets)
        position = shift = 0
        for start, end, new in edits:
            parts.extend((self.text[position:start], new))
            for index, offset in enumerate(offsets):
                if start < offset < end:
                    moved[index] = start + shift
                elif offset >= end:
                    moved[index] = offset + shift + len(new) - (end - start)
            position = end
            shift += len(new) - (end - start)
        parts.append(self.text[position:])
        references = (
            FootnoteReference(reference.mark, offset) for reference, offset in zip(self.references, moved, strict=True)
        )
        return RichText("".join(parts), tuple(references))
