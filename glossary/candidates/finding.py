"""An extraction from the corpus, or part of it, that goes on where an earlier one was stopped."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from glossary.candidates.journal import journal_of
from glossary.candidates.look_ups import KeptLookUps
from search.corpus import Corpus
from search.records import Filters

if TYPE_CHECKING:
    from glossary.extraction.candidates import Extraction
    from glossary.extraction.survey import Progress
    from models.encoder import Encoder
    from search.locating.word_statistics import Statistics


def find_candidates(
    corpus: Corpus, encoder: Encoder, wanted: Filters, top: int, known: Statistics, progress: Progress
) -> Extraction:
    """The ``top`` likeliest candidates of the pairs that are meant; ``known`` is what the corpus says of its words.

    ``progress`` is told how many of the pairs, and then how many of the terms, are done. What was located is kept at
    once, so that a second run need not do it again.
    """
    from glossary.extraction.extract import extract, stride
    from search.locating.word_statistics import TextPair

    both = replace(wanted, linked=True)
    ids = corpus.ids(both)
    pairs = [TextPair(str(number), zh, en) for number, zh, en in corpus.texts(ids[:: stride(len(ids))])]
    words = f"{known.pairs} of {known.corpus_pairs}"
    with journal_of(corpus, encoder.name, both, words) as journal:
        return extract(pairs, encoder, top, known, progress, KeptLookUps(journal), len(ids))
