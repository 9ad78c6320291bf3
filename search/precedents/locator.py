"""The locator of a corpus: what all its pairs, or a fair sample of them, say of their words."""

from __future__ import annotations

from models.encoder import Encoder
from search.corpus import Corpus
from search.derived import words_of
from search.locating.locator import Locator
from search.locating.statistics_file import Progress, statistics_for
from search.locating.word_encoder import word_encoder


def locator_of(corpus: Corpus, encoder: Encoder, progress: Progress | None = None) -> Locator:
    """A locator with what is kept of the corpus for this model, or is learnt now and kept.

    Raises ModelError where the model's vectors are not sums of its tokens'.
    """
    return Locator(statistics_for(corpus, word_encoder(encoder), words_of(corpus, encoder.name), progress))
