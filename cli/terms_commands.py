"""``duizhao eval terms`` and ``duizhao eval words``: how well renderings and words are found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import terminal
from cli.models_commands import Model, load_encoder
from cli.opening import AsJson
from cli.report import as_json

if TYPE_CHECKING:
    from search.locating.evaluate_terms import TermEvaluation
    from search.locating.evaluate_words import WordEvaluation


def eval_terms(
    terms: Annotated[
        Path, typer.Argument(help="TSV with the columns zh, en, pair_id: a term marked in both languages.")
    ],
    pairs: Annotated[
        Path, typer.Argument(help="TSV with the columns id, zh, en: the pairs, which are the corpus too.")
    ],
    json: AsJson = False,
    model: Model = "",
) -> None:
    """How often a term's rendering is located exactly, from either language."""
    from search.locating.evaluate_terms import evaluate_terms, read_pairs_table, read_terms_table

    result = evaluate_terms(read_terms_table(terms), read_pairs_table(pairs), load_encoder(model))
    terminal.emit([_terms_json(result)] if json else _terms_text(result))


def eval_words(
    zh: Annotated[Path, typer.Argument(help="Chinese sentences, one a line, words parted by spaces.")],
    en: Annotated[Path, typer.Argument(help="Their English translations, line by line.")],
    links: Annotated[Path, typer.Argument(help="Gold links a line: i-j sure, i-j-P possible, counted from 0.")],
    json: AsJson = False,
    model: Model = "",
) -> None:
    """The error rate of the alignment of words (AER) against links made by hand."""
    from search.locating.evaluate_words import evaluate_words, read_word_gold

    result = evaluate_words(read_word_gold(zh, en, links), load_encoder(model))
    terminal.emit([_words_json(result)] if json else _words_text(result))


def _terms_values(result: TermEvaluation) -> dict[str, float]:
    return {
        "exact_zh_en": result.exact_zh_en,
        "exact_en_zh": result.exact_en_zh,
        "overlap_zh_en": result.overlap_zh_en,
        "overlap_en_zh": result.overlap_en_zh,
    }


def _terms_text(result: TermEvaluation) -> Iterator[str]:
    for name, value in _terms_values(result).items():
        yield f"{name:15}  {value:.4f}"
    yield f"occurrences      {result.count}"
    yield result.signature


def _terms_json(result: TermEvaluation) -> str:
    values = {name: round(value, 5) for name, value in _terms_values(result).items()}
    return as_json({"signature": result.signature, "n": result.count, **values})


def _words_values(result: WordEvaluation) -> dict[str, float]:
    return {"aer": result.aer, "precision": result.precision, "recall": result.recall}


def _words_text(result: WordEvaluation) -> Iterator[str]:
    for name, value in _words_values(result).items():
        yield f"{name:10}  {value:.4f}"
    yield f"links       {result.proposed} found, {result.sure} sure"
    yield result.signature


def _words_json(result: WordEvaluation) -> str:
    values = {name: round(value, 5) for name, value in _words_values(result).items()}
    return as_json({"signature": result.signature, **values})
