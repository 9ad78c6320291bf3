"""All that look-ups are answered from, made anew from the stored texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.derived import forget_words
from search.index.keeping import Kept, Progress, bring_up_to_date

if TYPE_CHECKING:
    from models.encoder import Encoder
    from search.corpus import Corpus
    from search.index.contract import VectorIndex


def rebuild(corpus: Corpus, encoder: Encoder, index: VectorIndex, progress: Progress | None = None) -> Kept:
    """The index of phrases, the vectors, what is known of the words. Raises CorpusError."""
    corpus.rebuild_phrase_index()
    index.clear()
    kept = bring_up_to_date(index, corpus, encoder, progress)
    forget_words(corpus, encoder.name)
    return kept
