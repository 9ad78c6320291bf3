"""``duizhao extract`` and ``duizhao eval extract``: candidates for the glossary, and how many of the right ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli import terminal
from cli.filters import Body, MinConfidence, Status, Symbol, Type, Years, filters
from cli.glossary_options import Reason, User, opened
from cli.models_commands import Model, load_encoder
from cli.opening import AsJson, Db

if TYPE_CHECKING:
    from glossary.extraction.candidates import Extraction
    from search.corpus import Corpus
    from search.records import Filters

Progress = Callable[[int, int], None]


def extract(
    symbol: Symbol = "",
    body: Body = "",
    type_: Type = "",
    years: Years = "",
    status: Status = "",
    min_confidence: MinConfidence = 0.0,
    top: Annotated[int, typer.Option("--top", min=1, help="How many candidates are looked at; 200 without.")] = 200,
    store: Annotated[bool, typer.Option("--store", help="Put those that are new into the glossary.")] = False,
    reason: Reason = "",
    user: User = "",
    json: AsJson = False,
    db: Db = None,
    model: Model = "",
) -> None:
    """Bilingual candidates for the glossary that it does not have yet, the likeliest first.

    From the corpus or part of it. What was rejected comes back only where its evidence has changed.
    """
    from cli import extract_report
    from glossary.candidates import queue
    from glossary.candidates.learning import decisions, learn
    from search.corpus import Corpus

    wanted = filters(symbol, body, type_, years, status, min_confidence)
    with opened(db, user, read_only=not store, create=False) as glossary, Corpus(glossary.database) as corpus:
        found = _extracted(corpus, wanted, top, model)
        learned = learn(decisions(glossary.concepts()))
        sorted_out = queue.sort_out(glossary, corpus, found.candidates, learned)
        stored = queue.store(glossary, corpus, sorted_out, found.signature, reason) if store else None
    outcome = extract_report.Outcome(found, sorted_out, learned.decisions, stored)
    if json:
        terminal.emit([extract_report.as_data(outcome)])
    else:
        terminal.emit(extract_report.drawn_table(outcome))
        for sentence in extract_report.sentences(outcome):
            terminal.note(sentence)


def eval_extract(
    terms: Annotated[Path, typer.Argument(help="TSV with the columns zh, en, pair_id: marked terms.")],
    pairs: Annotated[Path, typer.Argument(help="TSV with the columns id, zh, en: the pairs to extract from.")],
    top: Annotated[int, typer.Option("--top", min=1, help="How many candidates are looked at; 600 without.")] = 600,
    json: AsJson = False,
    model: Model = "",
) -> None:
    """How many marked terms are among the first candidates, and how many of n-grams ranked by logDice."""
    from cli import extract_report
    from glossary.extraction.evaluate import evaluate_extraction
    from search.locating.evaluate_terms import read_pairs_table, read_terms_table

    result = evaluate_extraction(read_terms_table(terms), read_pairs_table(pairs), load_encoder(model), top)
    report = extract_report
    terminal.emit([report.evaluation_json(result)] if json else report.evaluation_text(result))


def _extracted(corpus: Corpus, wanted: Filters, top: int, model: str) -> Extraction:
    """The candidates of the pairs that are meant; what was located is kept, so that a second run need not."""
    from glossary.candidates.finding import find_candidates
    from search.precedents.locator import locator_of

    encoder = load_encoder(model)
    with bars("learning words") as told:
        known = locator_of(corpus, encoder, told).known
    with bars("reading pairs", "looking up terms") as told:
        return find_candidates(corpus, encoder, wanted, top, known, told)


@contextmanager
def bars(*names: str) -> Iterator[Progress]:
    """A progress bar for each stage of work that says how much of what is done; a stage begins where less is done."""
    with ExitStack() as stack:
        waiting = list(names)
        step: Callable[[], object] = str  # none yet
        last = -1

        def told(done: int, total: int) -> None:
            nonlocal step, last
            if waiting and (last < 0 or done < last):
                stack.close()
                step, last = stack.enter_context(terminal.bar(total, waiting.pop(0))), 0
            for _ in range(done - last):
                step()
            last = max(done, last)

        yield told
