"""Language codes and names as files from elsewhere write them, mapped to the two languages of this program."""

from __future__ import annotations

import re

from align.document import Language

_CHINESE = frozenset(
    "zh cmn chi zho cn chs cht chinese mandarin 中文 汉语 漢語 华语 中 简体中文 繁体中文 繁體中文 简体 繁體".split()
)
_ENGLISH = frozenset("en eng english 英文 英语 英語 英".split())
_SEPARATORS = re.compile(r"[\s_\-./()（）:]+")


def language_of(code: str) -> Language | None:
    """Return "zh" or "en" for a code or a name ("zh-Hans-CN", "ZH_TW", "en-US", "English"), None for any other."""
    parts = _SEPARATORS.split(code.strip().lower())
    first = next((part for part in parts if part), "")
    if first in _CHINESE:
        return "zh"
    return "en" if first in _ENGLISH else None


def language_in_header(header: str) -> Language | None:
    """Return the language that a column's heading names ("zh_pref", "Target (Chinese)"), None unless just one."""
    words = set(_SEPARATORS.split(header.strip().lower()))
    chinese, english = bool(words & _CHINESE), bool(words & _ENGLISH)
    if chinese == english:
        return None
    return "zh" if chinese else "en"
