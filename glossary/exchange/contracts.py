"""What reading a glossary gives, and what writing one takes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from glossary.concepts import Concept
from glossary.exchange.languages import NONE, plain_code, recognised, tag_of


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """The concepts of a file, at least one; its name, its format, and what was mapped or left out, in sentences.

    A concept's id is the one that the file gives it, made unique within the file; ``origins`` has it too, behind the
    file's name. Where the file gives none, the id counts the entries, and there is no origin.
    """

    concepts: tuple[Concept, ...]
    source: str
    format: str
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A glossary in a format, and what the format has no place for or what was neutralised, in sentences."""

    data: bytes
    notes: tuple[str, ...] = ()


class Reader(Protocol):
    """A module that reads a format."""

    def read(self, path: Path, languages: Mapping[str, str] = NONE) -> GlossaryFile:
        """The concepts of a file, at least one; ``languages`` says what its codes stand for (``language_map``)."""


class Writer(Protocol):
    """A module that writes a format."""

    def dump(self, concepts: tuple[Concept, ...]) -> Written:
        """The concepts in this format."""


@dataclass(slots=True)
class Notes:
    """Gathers what is to be said of a file, each thing once with its count."""

    source: str
    languages: Mapping[str, str] = field(default_factory=lambda: NONE)
    _codes: Counter[tuple[str, str]] = field(default_factory=Counter)
    _unknown: Counter[str] = field(default_factory=Counter)
    _used: set[str] = field(default_factory=set)
    _others: Counter[tuple[str, str]] = field(default_factory=Counter)
    _places: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def language(self, code: str) -> str:
        """The tag for a language code of the file, remembering where they differ."""
        tag = self._said(code) or self.renamed(tag_of(code))
        if tag != code:
            self._codes[(code, tag)] += 1
        if not recognised(tag):
            self._unknown[code or tag] += 1
        return tag

    def renamed(self, tag: str) -> str:
        """What the user says that a tag stands for, else the tag."""
        return self._said(tag) or tag

    def heading(self, text: str) -> str:
        """A column's heading with the codes and names in it that the user says what they stand for put as tags."""
        if whole := self._said(text):
            return whole
        for code, tag in self.languages.items():
            text, count = re.subn(rf"(?<![^\W_]){re.escape(code)}(?![^\W_])", tag, text, flags=re.IGNORECASE)
            self._used |= {code} if count else set()
        return text

    def _said(self, code: str) -> str:
        key = plain_code(code)
        if key not in self.languages:
            return ""
        self._used.add(key)
        return self.languages[key]

    def count(self, one: str, many: str, place: str = "") -> None:
        """Count an event; ``many`` has ``{n}`` for the number. ``place`` is named for the first five."""
        key = (one, many)
        self._others[key] += 1
        places = self._places.setdefault(key, [])
        if place and len(places) < 5 and place not in places:
            places.append(place)

    def sentences(self) -> tuple[str, ...]:
        """All that was counted, in plain sentences that name the file."""
        found = []
        if self._codes:
            pairs = (f"{_quoted(code)} → {tag} ({count:,}×)" for (code, tag), count in self._codes.most_common(12))
            found.append(f"{self.source}: language codes were mapped: {', '.join(pairs)}.")
        if self._unknown:
            codes = ", ".join(f"{_quoted(code)} ({count:,}×)" for code, count in self._unknown.most_common(12))
            example = f"--language-map {self._unknown.most_common(1)[0][0][:30]}=zh"
            found.append(f"{self.source}: unknown language codes: {codes}; say what they stand for, as in {example}.")
        for code in self.languages.keys() - self._used:
            found.append(f"{self.source}: no language of it is called {_quoted(code)}.")
        for (one, many), count in self._others.items():
            places = self._places[(one, many)]
            where = f" ({', '.join(places)}{', …' if count > len(places) else ''})" if places else ""
            found.append(f"{self.source}: {one if count == 1 else many.format(n=f'{count:,}')}{where}.")
        return tuple(found)


def _quoted(code: str) -> str:
    return f"“{code[:30]}”"
