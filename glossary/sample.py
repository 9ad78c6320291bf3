"""The sample: made-up documents of ten years in both languages, a small glossary, and candidates that wait for review.

It is what an empty corpus is offered, and what ``make demo`` leaves behind. Its files are those of ``samples/``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from glossary.desk import Desk
from glossary.errors import GlossaryError
from glossary.glossary import Glossary
from glossary.rules import Deed

if TYPE_CHECKING:
    from models.encoder import Encoder
    from search.corpus import Corpus
    from search.database import Database
    from search.locating.locator import Locator

FOLDER = Path(__file__).parents[1] / "samples"
DOCUMENTS = "documents"  # the folder in it with NAME.zh.txt and NAME.en.txt
GLOSSARY = "glossary.csv"
TOP = 85  # candidates that are looked at; what the glossary has already is not stored
_REASON = "the sample"
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sample:
    """What there is after the sample was loaded: documents that were new, concepts imported, candidates stored."""

    documents: int
    concepts: int
    candidates: int


def load_sample(database: Database, user: str, encoder: Encoder, progress: Told | None = None) -> Sample:
    """Add the sample's documents, glossary and candidates; what is there already stays as it is.

    ``progress`` is told in a few words what is being done. Raises NotAllowedError before anything is written where
    the role does not allow it; GlossaryError, InputError, CorpusError as what it calls does.
    """
    desk, told = Desk(database, user), progress or _silent
    desk.require(Deed.ADD, "add to the corpus")
    desk.require(Deed.DECIDE, "load the sample, whose glossary has approved entries")
    from search.precedents.locator import locator_of

    documents = _add_documents(desk, encoder, told)
    told("glossary")
    glossary, corpus = Glossary(database, user), desk.corpus
    concepts = _import(glossary)
    told("words")
    locator = locator_of(corpus, encoder)
    told("candidates")
    candidates = _extract(glossary, corpus, encoder, locator)
    _retest(glossary, corpus, locator)
    return Sample(len(documents), concepts, candidates)


def pairs_of_files() -> list[tuple[Path, Path]]:
    """The sample's documents, Chinese and English, in the order of their names. Raises GlossaryError without them."""
    found = [
        (zh, zh.with_name(zh.name.replace(".zh.", ".en."))) for zh in sorted((FOLDER / DOCUMENTS).glob("*.zh.txt"))
    ]
    if not found:
        raise GlossaryError(f"the sample is not part of this installation: there are no documents in {FOLDER}.")
    return found


def _add_documents(desk: Desk, encoder: Encoder, told: Told) -> list[int]:
    """The ids of the documents that are new."""
    from search.adding import How

    how = How(lambda: encoder)
    new = []
    for zh, en in pairs_of_files():
        told(zh.name.partition(".")[0].replace("_", "/"))
        outcome = desk.add_files([str(zh), str(en)], how)
        new += [one.document for one in outcome.added if one.change != "unchanged"]
    return new


def _import(glossary: Glossary) -> int:
    """Import the glossary; where it is changed here already, that is kept. How many concepts were new or changed."""
    from glossary.exchange import read_glossary
    from glossary.exchange.preview import Choice, State, apply, preview

    found = read_glossary(FOLDER / GLOSSARY)
    plan = preview(found.concepts, list(glossary.concepts()))
    wanted = apply(plan, {item.number: Choice.MINE for item in plan.of(State.CONFLICT)})
    return len(glossary.save_all(wanted, _REASON))


def _extract(glossary: Glossary, corpus: Corpus, encoder: Encoder, locator: Locator) -> int:
    """Store the likeliest candidates that the glossary does not know; how many those were."""
    from glossary.candidates import queue
    from glossary.extraction.extract import extract
    from search.locating.word_statistics import TextPair
    from search.records import Filters

    pairs = [TextPair(str(number), zh, en) for number, zh, en in corpus.texts(corpus.ids(Filters(linked=True)))]
    found = extract(pairs, encoder, TOP, locator.known)
    sorted_out = queue.sort_out(glossary, corpus, found.candidates)
    return len(queue.store(glossary, corpus, sorted_out, found.signature, _REASON).events)


def _retest(glossary: Glossary, corpus: Corpus, locator: Locator) -> None:
    """Test the approved entries by the documents, so that the page of alerts has something to show."""
    from glossary.drift.retesting import retest

    retest(glossary, corpus, [document.id for document in corpus.list()], lambda: locator)


def _silent(_: str) -> None:
    """Tell nobody."""
