"""``duizhao term``: the precedents of a term."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from cli import terminal
from cli.filters import Body, MinConfidence, Status, Symbol, Type, Years, filters
from cli.models_commands import Model, load_encoder
from cli.opening import Db

_TOP, _LINES = 10, 3


def term(
    term: Annotated[str, typer.Argument(metavar="TERM", help="A term in Chinese or English.")],
    language: Annotated[
        Literal["zh", "en"] | None, typer.Option("--in", "--lang", help="The term's language; seen from it without.")
    ] = None,
    symbol: Symbol = "",
    body: Body = "",
    type_: Type = "",
    years: Years = "",
    status: Status = "",
    min_confidence: MinConfidence = 0.0,
    longer: Annotated[
        list[str] | None, typer.Option("--longer", help="A longer term that it is not counted inside; repeatable.")
    ] = None,
    inside: Annotated[bool, typer.Option("--inside", help="Count it inside longer names too.")] = False,
    top: Annotated[int | None, typer.Option("--top", min=1, help="How many renderings; 10 without.")] = None,
    evidence: Annotated[
        int | None, typer.Option("--evidence", min=0, help="How many lines of evidence for each; 3 without.")
    ] = None,
    plot: Annotated[
        Path | None, typer.Option("--plot", help="Draw its renderings over time: a .svg or .png file.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, with all renderings and all evidence.")] = False,
    db: Db = None,
    model: Model = "",
) -> None:
    """How a term was rendered before: by whom, how often, how recently, how surely, and since when."""
    from cli import passages, term_report
    from search.corpus import Corpus
    from search.precedents.locator import locator_of
    from search.precedents.look_up import look_up_term, question
    from search.precedents.timeline_chart import check_plot, write_plot
    from search.settings import read_search_settings

    wanted = filters(symbol, body, type_, years, status, min_confidence)
    asked = question(term, language, wanted, longer or (), inside)
    if plot is not None:
        check_plot(plot)
    with Corpus.open(db, read_only=True) as corpus:
        locator = locator_of(corpus, load_encoder(model))
        result = look_up_term(corpus, locator, asked, read_search_settings().authority)
    if json:
        terminal.emit([term_report.term_json(result, top, evidence)])
    else:
        lines = _LINES if evidence is None else evidence
        terminal.emit(passages.drawn(term_report.term_text(result, top or _TOP, lines, passages.coloured())))
    if plot is not None:
        write_plot(result, plot)
        terminal.note(f"drawn in {plot}")
