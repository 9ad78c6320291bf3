"""Statuses, types and parts of speech in all their spellings, and how they are written in TBX and in tables.

A spelling that says more than the glossary can ("acronym", "standardizedTerm") is kept as an ``Extra`` beside the
value that it stands for, and written back as long as that value is still the term's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

from glossary.concepts import Extra, TermType, Usage

_T = TypeVar("_T")

_USAGES = {
    Usage.PREFERRED: "preferred preferredterm main 首选 首選 推荐",
    Usage.ADMITTED: "admitted admittedterm 可用 许用 允许",
    Usage.DEPRECATED: "deprecated deprecatedterm notrecommended 不推荐 不推薦",
    Usage.SUPERSEDED: "superseded supersededterm 已过时 过时",
}
_FINER_USAGES = {
    Usage.PREFERRED: "standardized standardizedterm legal legalterm regulated regulatedterm recommended approved",
    Usage.ADMITTED: "accepted acceptable permitted allowed alternative synonym",
    Usage.DEPRECATED: "forbidden nonstandard donotuse avoid prohibited rejected 禁用",
    Usage.SUPERSEDED: "obsolete obsoleteterm outdated archaic historical",
}
_TYPES = {
    TermType.FULL_FORM: "fullform 全称",
    TermType.SHORT_FORM: "shortform 简称",
    TermType.ABBREVIATION: "abbreviation 缩写 缩略语",
    TermType.VARIANT: "variant 变体",
}
_FINER_TYPES = {
    TermType.FULL_FORM: "expandedform entryterm",
    TermType.SHORT_FORM: "clippedterm shortenedform",
    TermType.ABBREVIATION: "acronym initialism abbreviatedform abbr",
    TermType.VARIANT: "synonym spellingvariant orthographicalvariant transliteratedform transcribedform",
}
_PARTS = {
    "noun": "noun n 名词",
    "verb": "verb v 动词",
    "adjective": "adjective adj 形容词",
    "adverb": "adverb adv 副词",
    "other": "other 其他",
}
_FINER_PARTS = {
    "noun": "propernoun nounphrase np commonnoun nom substantiv 名詞 专名",
    "verb": "verbphrase transitiveverb intransitiveverb 動詞",
    "adjective": "adjectivephrase adjectif 形容詞",
    "adverb": "adverbphrase adverbe 副詞",
}


def _by_name(groups: dict[_T, str]) -> dict[str, _T]:
    return {name: value for value, names in groups.items() for name in names.split()}


_USAGE_NAMES, _FINER_USAGE_NAMES = _by_name(_USAGES), _by_name(_FINER_USAGES)
_TYPE_NAMES, _FINER_TYPE_NAMES = _by_name(_TYPES), _by_name(_FINER_TYPES)
_PART_NAMES, _FINER_PART_NAMES = _by_name(_PARTS), _by_name(_FINER_PARTS)
_NOT_WORD = re.compile(r"[\W_]+")
TBX_USAGE = {usage: f"{usage.value}Term-admn-sts" for usage in _USAGES}
TBX_TYPE = {
    TermType.FULL_FORM: "fullForm",
    TermType.SHORT_FORM: "shortForm",
    TermType.ABBREVIATION: "abbreviation",
    TermType.VARIANT: "variant",
}


def _plain(text: str) -> str:
    return _NOT_WORD.sub("", text.casefold().replace("-admn-sts", ""))


def usage_of(text: str) -> tuple[Usage, bool]:
    """The usage that a spelling stands for, and whether it says just that; (NONE, False) for an unknown one."""
    plain = _plain(text)
    if not plain or plain in _USAGE_NAMES:
        return _USAGE_NAMES.get(plain, Usage.NONE), True
    return _FINER_USAGE_NAMES.get(plain, Usage.NONE), False


def type_of(text: str) -> tuple[TermType, bool]:
    """The same for a term's type."""
    plain = _plain(text)
    if not plain or plain in _TYPE_NAMES:
        return _TYPE_NAMES.get(plain, TermType.NONE), True
    return _FINER_TYPE_NAMES.get(plain, TermType.NONE), False


def part_of_speech_of(text: str) -> tuple[str, bool]:
    """The same for a part of speech; an unknown one is "other"."""
    plain = _plain(text)
    if not plain or plain in _PART_NAMES:
        return _PART_NAMES.get(plain, ""), True
    return _FINER_PART_NAMES.get(plain, "other"), False


def original_or(
    value: str, written: str, name: str, extras: tuple[Extra, ...], read: Callable[[str], tuple[str, bool]]
) -> str:
    """What to write for ``value``: the file's own spelling in ``extras`` if it still means that, else ``written``."""
    return next((extra.value for extra in extras if extra.name == name and read(extra.value)[0] == value), written)
