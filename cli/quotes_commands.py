"""``duizhao quotes`` and ``duizhao eval quotes``: what a draft quotes, and how surely that is found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli import terminal
from cli.filters import Body, MinConfidence, Status, Symbol, Type, Years, filters
from cli.models_commands import Model, load_encoder
from cli.opening import AsJson, Db, Vectors, index_of, told

if TYPE_CHECKING:
    from align.document import Language
    from models.encoder import Encoder
    from search.corpus import Corpus
    from search.index.contract import VectorIndex
    from search.quotations.tracing import Traced
    from search.records import Filters

_TOP = 3


def quotes(
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="A passage of a draft.")] = None,
    file: Annotated[Path | None, typer.Option("--file", help="A whole draft, of any kind that is read.")] = None,
    language: Annotated[
        Literal["zh", "en"] | None, typer.Option("--in", help="The draft's language; seen from it without.")
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, help="How many sources of each quoted place.")] = _TOP,
    min_likeness: Annotated[
        float | None, typer.Option("--min-likeness", min=0.0, max=1.0, help="How like a source must be; 0.6 without.")
    ] = None,
    earliest: Annotated[
        bool, typer.Option("--earliest", help="The earliest adopted source first, not the likeliest.")
    ] = False,
    symbol: Symbol = "",
    body: Body = "",
    type_: Type = "",
    years: Years = "",
    status: Status = "",
    min_confidence: MinConfidence = 0.0,
    db: Db = None,
    vectors: Vectors = "",
    model: Model = "",
    json: AsJson = False,
) -> None:
    """Mark what a draft quotes of the corpus, with the official wording in the other language and what differs."""
    from cli import quotes_report
    from search.corpus import Corpus
    from search.quotations.tracing import earliest_adopted, order, quoted_passages

    draft, its_language = _draft(text, file, language)
    wanted = filters(symbol, body, type_, years, status, min_confidence)
    with Corpus.open(db, read_only=True) as corpus:
        encoder = load_encoder(model)
        traced = _trace(draft, its_language, corpus, encoder, index_of(corpus, encoder, vectors), wanted, min_likeness)
    passages = quoted_passages(traced.quotations, earliest_adopted if earliest else order)
    report = quotes_report
    terminal.emit([report.quotes_json(traced, passages, top)] if json else report.quotes_text(traced, passages, top))


def eval_quotes(
    places: Annotated[
        list[Path],
        typer.Argument(
            metavar="FOLDER|FILES", help="Texts: TSV with id, zh, en; folders of pairs.tsv, zh.txt and en.txt, or gold."
        ),
    ],
    gold: Annotated[
        Path | None, typer.Option("--gold", help="Judgements: TSV with language, draft, source, quoted.")
    ] = None,
    planted: Annotated[
        int, typer.Option("--planted", min=0, help="Made-up drafts of each kind and language; 25 without.")
    ] = 25,
    json: AsJson = False,
    model: Model = "",
) -> None:
    """Recall and precision of the tracing of quotations, real ones and planted ones."""
    from cli import quotes_report
    from search.quotations.evaluate import evaluate_quotes
    from search.quotations.sets import read_judgements, read_quote_texts

    judged = read_judgements(gold) if gold else ()
    result = evaluate_quotes(read_quote_texts(places), judged, load_encoder(model), planted)
    report = quotes_report
    terminal.emit([report.scores_json(result)] if json else report.scores_text(result))


def _draft(text: str | None, file: Path | None, language: Language | None) -> tuple[str, Language]:
    """The draft's text and language; raises InputError where it is not one text in Chinese or English."""
    from align.errors import InputError
    from align.language import detect
    from align.readers import read

    if (text is None) == (file is None):
        raise InputError("give a passage of a draft, or a whole one with --file FILE.")
    if file is not None:
        document = read(file, language)
        return "\n\n".join(paragraph.text for paragraph in document.paragraphs), document.language
    draft = text or ""
    if not draft.strip():
        raise InputError("the passage is empty: give some words of a draft.")
    found = language or detect(draft).language
    if found is None:
        raise InputError("the passage is not clearly Chinese or English: say with --in zh or --in en.")
    return draft, found


def _trace(
    draft: str,
    language: Language,
    corpus: Corpus,
    encoder: Encoder,
    index: VectorIndex,
    wanted: Filters,
    min_likeness: float | None,
) -> Traced:
    from search.index.keeping import bring_up_to_date
    from search.locating.word_encoder import word_encoder
    from search.quotations.sources import CorpusSource
    from search.quotations.tracing import LEAST_LIKENESS, Tracer, trace
    from search.quotations.wording import Wording
    from search.settings import read_search_settings

    try:
        bring_up_to_date(index, corpus, encoder, told)
        source = CorpusSource(corpus, encoder, index, wanted)
        least = LEAST_LIKENESS if min_likeness is None else min_likeness
        tracer = Tracer(source, Wording(word_encoder(encoder)).of, least, authority=read_search_settings().authority)
        return trace(draft, language, tracer, encoder.name)
    finally:
        index.close()
