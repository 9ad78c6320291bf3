"""Fields of concepts and their values in words: what a change was, for history, merging and imports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from glossary.comparing import FieldChange
from glossary.concepts import Concept, Usage, Workflow
from ui.glossary.languages import language_name
from ui.parts import safe
from ui.words import Words

LONGEST = 200  # characters of a value
_NEVER = ("terms",)  # the order of terms: no one asks for it
_KINDS = ("full-form", "short-form", "abbreviation", "variant")
_PARTS = ("noun", "verb", "adjective", "adverb", "other")


def field_name(field: str, known: Iterable[Concept | None], words: Words) -> str:
    """A field as people call it; ``known`` are concepts in which its term may be named."""
    parts = field.split("/")
    if parts[0] == "workflow":
        return words("f_workflow", language=language_name(parts[1], words))
    if parts[0] == "definition":
        return words("f_source" if parts[-1] == "source" else "f_definition", language=language_name(parts[1], words))
    if parts[0] == "term":
        text = next((term.text for one in known if one for term in one.terms if term.id == parts[1]), parts[1])
        return words("f_term", text=text) if len(parts) < 3 else words(f"f_term_{parts[2]}", text=text)
    return words(f"f_{parts[0]}")


def value(field: str, given: Any, words: Words) -> str:
    """A value as people say it: what something is used for, a status, how many of a list, or the words themselves."""
    if given is None or given == "":
        return words("none")
    if isinstance(given, tuple):
        return words("so_many", n=len(given))
    if isinstance(given, Workflow):
        return words(f"w_{given}")
    if isinstance(given, Usage):
        return words(f"u_{given}")
    if field.endswith("/type") and given in _KINDS:
        return words(f"k_{given}")
    if field.endswith("/part_of_speech") and given in _PARTS:
        return words(f"p_{given}")
    if field.endswith("/language"):
        return language_name(str(given), words)
    text = str(given)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def told(found: Sequence[FieldChange], known: Iterable[Concept | None], words: Words) -> Iterator[str]:
    """Changes as lines of HTML; a term that came or went is one line."""
    concepts = list(known)
    whole = {
        one.field.split("/")[1]: one
        for one in found
        if one.field.startswith("term/") and one.field.endswith("/text") and None in (one.before, one.after)
    }
    for one in found:
        name = one.field.split("/")[1] if one.field.startswith("term/") else ""
        if name in whole:
            if one is whole[name]:
                yield _term(one, [other for other in found if other.field.startswith(f"term/{name}/")], words)
        elif one.field not in _NEVER:
            before = f"<del>{safe(value(one.field, one.before, words))}</del> → " if one.before is not None else ""
            after = safe(value(one.field, one.after, words))
            label = safe(field_name(one.field, concepts, words))
            yield f'<span class="gl-field">{label}</span> {before}<ins>{after}</ins>'


def _term(change: FieldChange, all_: Sequence[FieldChange], words: Words) -> str:
    new = change.before is None
    kept = {other.field.split("/")[2]: other.after if new else other.before for other in all_}
    said = [value(f"term/x/{key}", kept[key], words) for key in ("language", "usage", "type") if kept.get(key)]
    text = safe(str(change.after if new else change.before))
    label = safe(words("term_added" if new else "term_removed"))
    facts = f" ({safe(', '.join(said))})" if said else ""
    return f'<span class="gl-field">{label}</span> <{"ins" if new else "del"}>{text}</{"ins" if new else "del"}>{facts}'
