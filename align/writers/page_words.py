"""The page's own words as elements that its script can say in the other language."""

from __future__ import annotations

from html import escape

from align.writers.words import PAGE_WORDS


def english(key: str, count: int | str | None = None) -> str:
    """The English word for ``key``, with its count put in."""
    one = f"{key}_one"
    text = PAGE_WORDS[one if count == 1 and one in PAGE_WORDS else key][0]
    return text.replace("{n}", f"{count:,}" if isinstance(count, int) else str(count))


def said(key: str, count: int | str | None = None) -> str:
    """A <span> that says ``key`` in English until the script says it in Chinese."""
    return f"<span {attributes('w', key, count)}>{escape(english(key, count))}</span>"


def tooltip(key: str, count: int | str | None = None) -> str:
    """The ``title`` attribute for ``key``, with what the script needs to say it in Chinese."""
    return f'title="{escape(english(key, count))}" {attributes("wt", key, count)}'


def attributes(kind: str, key: str, count: int | str | None) -> str:
    """The data attributes that name a word and its count."""
    shown = f"{count:,}" if isinstance(count, int) else count
    return f'data-{kind}="{key}"' + ("" if shown is None else f' data-n="{escape(shown)}"')
