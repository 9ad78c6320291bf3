"""Which document a text belongs to: its symbol says so, else its content, else its file's name."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import regex

from align.document import Document
from align.readers.language_codes import language_of
from align.table import AlignmentTable

_MARK = r"(?:(?:zh|en)[-_](?:hans|hant|cn|tw|hk|mo|sg|us|gb)|[a-z]{2,8}|[\p{Han}]{1,4})"
_LAST = regex.compile(rf"^(.+?)[._\-\s(（]+({_MARK})[)）]?$", regex.IGNORECASE)
_FIRST = regex.compile(rf"^({_MARK})[._\-\s]+(.+)$", regex.IGNORECASE)
_UN_LETTER = regex.compile(r"^(.*\d.*)[-_](C|E)$")  # the United Nations' own: N1248645-C, A_75_5-E
_SCRIPTS = ("hans", "hant", "cn", "tw", "hk", "mo", "sg", "us", "gb")


def without_language(stem: str) -> str:
    """A file name's stem without marks of language: "A_RES_67_189.zh" and "en_A_RES_67_189" are "A_RES_67_189".

    The result is empty where the stem is nothing but such a mark.
    """
    if _is_mark(stem):
        return ""
    letter = _UN_LETTER.match(stem)
    if letter is not None:
        return str(letter[1])
    for pattern, name, mark in ((_LAST, 1, 2), (_FIRST, 2, 1)):
        found = pattern.match(stem)
        if found is not None and _is_mark(found[mark]):
            return str(found[name])
    return stem


def name_of(path: Path) -> str:
    """What a document is called by its file, or by its folder where the file is called only by a language."""
    name = without_language(path.name[: -len(path.suffix)] if path.suffix and path.stem else path.name)
    return name or without_language(path.absolute().parent.name) or path.stem


def text_hash(document: Document | None) -> str:
    """Of a document's paragraphs as read; "" where there is none."""
    if document is None:
        return ""
    return digest(text for paragraph in document.paragraphs for text in (paragraph.number, paragraph.text))


def content_hash(table: AlignmentTable, zh: Document | None, en: Document | None) -> str:
    """Of all that is handed in to be stored: the same again changes nothing."""
    parts: list[str] = [table.signature, table.level, json.dumps(asdict(table.provenance), sort_keys=True)]
    parts.extend(repr(record) for record in table.records)
    for document in (zh, en):
        parts.append(text_hash(document))
        parts.extend(repr(paragraph) for paragraph in (document.paragraphs if document else ()))
    return digest(parts)


def digest(parts: Iterable[str]) -> str:
    """SHA-256 of some texts, each apart from the next; 64 hexadecimal digits."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        found.update(len(data).to_bytes(8, "big"))
        found.update(data)
    return found.hexdigest()


def _is_mark(word: str) -> bool:
    """Whether a word of a file's name is a language and nothing else."""
    parts = regex.split(r"[-_.]", word.lower())
    return language_of(parts[0]) is not None and all(part in _SCRIPTS for part in parts[1:])
