"""JSON: everything that the glossary knows of a concept, evidence and workflow included."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from align.readers.limits import MAX_PAIRS_BYTES, read_bytes
from align.signature import VERSION
from glossary.concepts import Concept
from glossary.errors import ExchangeError
from glossary.exchange.contracts import GlossaryFile, Notes, Written
from glossary.exchange.languages import NONE
from glossary.exchange.plain_fields import concept_from, plain

_NAME = "duizhao-glossary"
_VERSION = 1


def read(path: Path, languages: Mapping[str, str] = NONE) -> GlossaryFile:
    """The concepts of a file that ``dump`` wrote; raises ExchangeError naming the entry and the field."""
    data = read_bytes(path, MAX_PAIRS_BYTES)
    notes = Notes(path.name, languages)
    concepts = loads(data, path.name)
    concepts = tuple(_renamed(concept, notes) for concept in concepts) if languages else concepts
    kept = tuple(concept for concept in concepts if concept.terms)
    for concept in concepts:
        if not concept.terms:
            notes.count("one entry without a term was left out", "{n} entries without a term were left out", concept.id)
    if not kept:
        raise ExchangeError(f"{path.name}: there is not one term in it; check that the right file was exported.")
    return GlossaryFile(kept, path.name, "json", notes.sentences())


def _renamed(concept: Concept, notes: Notes) -> Concept:
    return replace(
        concept,
        definitions=tuple(replace(one, language=notes.renamed(one.language)) for one in concept.definitions),
        terms=tuple(replace(term, language=notes.renamed(term.language)) for term in concept.terms),
        workflow={notes.renamed(language): status for language, status in concept.workflow.items()},
    )


def dump(concepts: tuple[Concept, ...]) -> Written:
    """All of the concepts, as one object."""
    return Written(dumps(concepts))


def dumps(concepts: Iterable[Concept], indent: int | None = 1) -> bytes:
    """The same as bytes; lone surrogates are JSON escapes."""
    whole = {"format": _NAME, "version": _VERSION, "generator": f"duizhao {VERSION}"}
    text = json.dumps({**whole, "concepts": [plain(one) for one in concepts]}, ensure_ascii=False, indent=indent)
    try:
        return f"{text}\n".encode()
    except UnicodeEncodeError:
        return f"{json.dumps({**whole, 'concepts': [plain(one) for one in concepts]}, indent=indent)}\n".encode()


def loads(data: bytes, source: str) -> tuple[Concept, ...]:
    """Undo ``dumps``; ``source`` names the data in errors. Raises ExchangeError."""
    try:
        whole: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise ExchangeError(f"{source}: this is not JSON{where}; export the glossary again.") from None
    if not isinstance(whole, dict) or whole.get("format") != _NAME or not isinstance(whole.get("concepts"), list):
        raise ExchangeError(f"{source}: this is no glossary that duizhao wrote; of JSON files, only those are read.")
    if whole.get("version") != _VERSION:
        raise ExchangeError(f"{source}: a later version of duizhao wrote it; read it with that version.")
    return tuple(concept_from(one, f"{source}, entry {k}") for k, one in enumerate(whole["concepts"], 1))
