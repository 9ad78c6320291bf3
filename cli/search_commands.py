"""``duizhao search``: one box, either language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli import terminal
from cli.filters import Body, MinConfidence, Status, Symbol, Type, Years, filters
from cli.models_commands import Model, load_encoder
from cli.opening import Db, Vectors, index_of, told

if TYPE_CHECKING:
    from search.hits import Results
    from search.lookup.question import How


def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A term, a phrase, a sentence or a paragraph.")],
    side: Annotated[
        Literal["zh", "en", "both"], typer.Option("--in", help="Look in the Chinese texts, the English ones, or both.")
    ] = "both",
    mode: Annotated[
        Literal["all", "exact", "fuzzy", "meaning"],
        typer.Option("--mode", help="Look for the phrase itself, for like texts, for the meaning, or for all of it."),
    ] = "all",
    symbol: Symbol = "",
    body: Body = "",
    type_: Type = "",
    years: Years = "",
    status: Status = "",
    min_confidence: MinConfidence = 0.0,
    rank: Annotated[
        Literal["meaning", "authority", "recent"], typer.Option("--rank", help="What counts most in the order.")
    ] = "meaning",
    top: Annotated[int, typer.Option("--top", min=1, max=1000, help="How many hits.")] = 10,
    context: Annotated[int, typer.Option("--context", min=0, max=20, help="Paragraphs before and after each hit.")] = 0,
    whole: Annotated[
        bool, typer.Option("--whole", help="Show whole paragraphs, not only the part around the match.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write the hits to a file: .xlsx, .csv, .docx or .tmx.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    db: Db = None,
    vectors: Vectors = "",
    model: Model = "",
) -> None:
    """Find paragraphs in both languages: by the phrase, by likeness, by meaning."""
    from cli import passages, search_report
    from search.exports import check, write_results
    from search.lookup.question import How

    wanted = filters(symbol, body, type_, years, status, min_confidence)
    if output is not None:
        check(output)
    how = How(mode, side, wanted, top, rank, context)
    results = _ask(text, how, db, vectors, model)
    if output is not None:
        write_results(results, output)
        terminal.warn(results.notes)
        terminal.note(f"{len(results.hits)} {'hit' if len(results.hits) == 1 else 'hits'} written to {output}")
    if json:
        terminal.emit([search_report.results_json(results)])
    elif output is None:
        terminal.emit(passages.drawn(search_report.results_text(results, passages.coloured(), whole)))


def _ask(text: str, how: How, db: str | None, vectors: str, model: str) -> Results:
    from search.corpus import Corpus
    from search.lookup.engine import Lookup
    from search.settings import read_search_settings

    settings = read_search_settings()
    with Corpus.open(db, read_only=True) as corpus:
        encoder = load_encoder(model)
        index = index_of(corpus, encoder, vectors)
        return Lookup(corpus, index, encoder, settings.authority).search(text, how, told)


def eval_search(
    folder: Annotated[Path, typer.Argument(help="Folder of NAME.zh, NAME.en (a unit a line) and NAME.gold.")],
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    model: Model = "",
) -> None:
    """How often a paragraph finds its translation first, among all paragraphs of the other language."""
    from cli import search_report
    from search.evaluate_search import evaluate_search

    result = evaluate_search(folder, load_encoder(model))
    terminal.emit([search_report.scores_json(result)] if json else search_report.scores_text(result))
