"""A corpus for the benchmark of the app: pairs of the training data, a glossary of the size of the UN's, candidates."""

from __future__ import annotations

from pathlib import Path

from benchmarks.scale_pairs import files
from benchmarks.texts import SHARED
from glossary.candidates.queue import sort_out, store
from glossary.concepts import Workflow
from glossary.exchange import read_glossary
from glossary.exchange.preview import apply, preview
from glossary.extraction.extract import extract
from glossary.glossary import Glossary
from models import load_embedded
from search.corpus import Corpus
from search.index.choosing import open_index
from search.index.keeping import bring_up_to_date
from search.locating.word_statistics import TextPair
from search.precedents.locator import locator_of
from search.records import Filters

PAIRS = 100_000
CANDIDATES = 300
EXTRACTED = 1_500  # pairs from which candidates are taken
USER = "anna"


def build(database: Path, pairs: int = PAIRS) -> int:
    """Make the corpus with its vectors, the glossary and what waits for review; how many candidates wait."""
    encoder = load_embedded()
    with Corpus.open(database) as corpus:
        for file in files(pairs):
            corpus.add_pairs(file)
        bring_up_to_date(open_index(corpus, encoder.name), corpus, encoder)
        glossary = Glossary(corpus.database, USER)
        found = read_glossary(SHARED / "un" / "unbis_thesaurus.tsv")
        glossary.save_all(apply(preview(found.concepts, []), {}))
        glossary.decide(glossary.list(), Workflow.APPROVED)
        known = locator_of(corpus, encoder).known
        some = corpus.texts(corpus.ids(Filters(linked=True))[:EXTRACTED])
        texts = [TextPair(str(number), zh, en) for number, zh, en in some]
        candidates = extract(texts, encoder, CANDIDATES, known).candidates
        return len(store(glossary, corpus, sort_out(glossary, corpus, candidates)).events)
