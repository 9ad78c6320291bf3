"""What is said of findings, in English and Chinese: a sentence each, names of kinds and levels, icons."""

from __future__ import annotations

from typing import Literal

from glossary.checking.findings import Finding, Kind, Level

Language = Literal["en", "zh"]
NAMES: dict[Kind, tuple[str, str]] = {
    Kind.TERM: ("approved term not used", "未用核准术语"),
    Kind.FORBIDDEN: ("forbidden term", "使用禁用术语"),
    Kind.CONSISTENCY: ("rendered differently", "译法不一致"),
    Kind.NUMBER: ("number differs", "数字不符"),
    Kind.DATE: ("date differs", "日期不符"),
    Kind.SYMBOL: ("symbol differs", "文号不符"),
    Kind.FOOTNOTE: ("note differs", "脚注不符"),
    Kind.QUOTATION: ("not the official wording", "与正式文本措辞不同"),
}
LEVELS: dict[Level, tuple[str, str]] = {
    Level.ERROR: ("error", "错误"),
    Level.WARNING: ("warning", "警告"),
    Level.NOTE: ("to look at", "供核对"),
}
ICONS: dict[Level, str] = {Level.ERROR: "✕", Level.WARNING: "!", Level.NOTE: "?"}
RULES: dict[Kind, str] = {
    Kind.TERM: "The original has a term of an approved glossary entry and the translation none of its usable terms.",
    Kind.FORBIDDEN: "The translation has a term that the glossary says is deprecated or superseded.",
    Kind.CONSISTENCY: "Words of the original are rendered otherwise than elsewhere in the document.",
    Kind.NUMBER: "A number stands in one language and not in the other.",
    Kind.DATE: "A date or time stands in one language and not in the other.",
    Kind.SYMBOL: "A document symbol or resolution number stands in one language and not in the other.",
    Kind.FOOTNOTE: "A reference to a note stands in one language and not in the other.",
    Kind.QUOTATION: "An adopted text is quoted in the original and not in its official wording in the translation.",
}
_BOTH: dict[Kind, tuple[str, str]] = {
    Kind.TERM: (
        "“{about}” is “{found}” here; approved is “{expected}”.",
        "“{about}”此处作“{found}”，核准译法为“{expected}”。",
    ),
    Kind.FORBIDDEN: ("“{found}” is not to be used; use “{expected}”.", "“{found}”不宜使用，应作“{expected}”。"),
    Kind.CONSISTENCY: (
        "“{about}” is “{found}” here and “{expected}” elsewhere (paragraph {source}).",
        "“{about}”此处作“{found}”，他处作“{expected}”(第{source}段)。",
    ),
    Kind.QUOTATION: ("{source} has: “{expected}”; here: “{found}”.", "{source}的措辞为“{expected}”，此处为“{found}”。"),
}
_FIGURES = ("the original has {expected}, the translation {found}.", "原文为{expected}，译文为{found}。")
_MISSING = ("{expected} of the original is missing in the translation.", "译文缺少原文的{expected}。")
_ADDED = ("{found} stands in the translation alone.", "{found}仅见于译文。")
_NOT_THERE = (
    "“{about}” has the approved rendering “{expected}”, which is not in this paragraph; "
    "what stands instead could not be told.",
    "“{about}”的核准译法“{expected}”未见于本段，无法确定所用译法。",
)
_LONGEST = 120


def message(finding: Finding, language: Language = "en") -> str:
    """What is the matter, in a sentence."""
    parts = {
        "about": short(finding.about),
        "expected": short(finding.expected[0] if finding.expected else ""),
        "found": short(finding.found),
        "source": finding.source,
    }
    text = _template(finding)[language == "zh"].format(**parts)
    return text[:1].upper() + text[1:] if language == "en" else text


def short(text: str) -> str:
    """A text in one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def rendered(finding: Finding) -> tuple[str, ...]:
    """The other renderings that are approved too."""
    return finding.expected[1:] if finding.kind is Kind.TERM else ()


def _template(finding: Finding) -> tuple[str, str]:
    if finding.kind is Kind.TERM and not finding.found:
        return _NOT_THERE
    if finding.kind in _BOTH:
        return _BOTH[finding.kind]
    if not finding.found:
        return _MISSING
    return _FIGURES if finding.expected else _ADDED
