"""Names of languages on screen."""

from __future__ import annotations

from ui.words import Words

NAMED = ("zh", "zh-Hant", "en", "fr", "es", "ru", "ar", "de", "ja", "ko", "pt")


def language_name(code: str, words: Words) -> str:
    """The name of a language, or its code where it has none here."""
    return words(f"l_{code}") if code in NAMED else code


def tag(code: str) -> str:
    """The language tag for fonts and screen readers."""
    return "zh-Hans" if code == "zh" else code
