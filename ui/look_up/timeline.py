"""The renderings over the years: the finding as a sentence, the picture, the same as a table."""

from __future__ import annotations

import base64
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from search.precedents.timeline_look import DARK, LIGHT, Look
from ui.live import live
from ui.look_up.summary import table_html, turning_html, years_of

if TYPE_CHECKING:
    from search.precedents.evidence import TermResult
    from search.precedents.question import Question
    from ui.look_up.answers import Answers
    from ui.words import Words

STRIP = Look(width=780, height=96, titled=False, bodies=False)


def has_timeline(result: TermResult) -> bool:
    """Whether there is something to draw: of one year, or one rendering, the renderings themselves say all."""
    return len(result.renderings) > 1 and len(years_of(result)) > 1


def look(dark: bool, words: Words) -> Look:
    """A strip across the page, in the colours of the page."""
    return replace(STRIP, palette=DARK if dark else LIGHT, share=words("share"), occurrences=words("occurrences"))


def head_html(result: TermResult, words: Words) -> str:
    """The finding, or what the picture below shows; "" where there is none."""
    if not has_timeline(result):
        return ""
    label = f'<div class="la-label">{words("over_time")}</div>'
    return turning_html(result.turning_points, words) or label


def draw(answers: Answers, result: TermResult, term: Question, words: Words) -> None:
    """The picture and its table. The first one of a process takes a second, so that it is drawn last."""
    import streamlit as st

    dark = getattr(st.context.theme, "type", None) == "dark"
    svg = answers.picture(result, term, look(dark, words))
    live(picture_html(svg, words("picture", term=result.query)) + table_html(result, words), key="la_picture_live")


def picture_html(svg: bytes, said: str) -> str:
    """The picture as an image, in which nothing runs; ``said`` is what it shows, for who cannot see it."""
    data = base64.b64encode(svg).decode("ascii")
    return f'<img class="la-image" src="data:image/svg+xml;base64,{data}" alt="{escape(said)}">'
