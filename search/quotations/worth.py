"""Whether a run of words that two texts share is a quotation, or only a name or a formula that many texts use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from align.document import Language
from align.sentences import split
from search.quotations.local_alignment import Weighed
from search.quotations.rarity import NAME_SHARE

# What a quotation must say, in nats: a part of a sentence about a dozen English words or twenty Chinese characters
# that are no formula; a whole sentence, which can hardly be a phrase of its language, less. What is quoted in several
# parts counts together, each part by itself at least the last. Chosen on the half "dev" of benchmarks/quotes_gold.tsv.
OF_A_PART: Final[Mapping[Language, float]] = {"en": 50.0, "zh": 64.0}
OF_A_WHOLE: Final[Mapping[Language, float]] = {"en": 28.0, "zh": 40.0}
OF_A_PIECE: Final[Mapping[Language, float]] = {"en": 24.0, "zh": 28.0}
_LITTLE = 0.3  # of its sentence; up to this it is but a part


def least_information(language: Language, covered: float = 1.0) -> float:
    """What a quotation must say that covers this share, in [0, 1], of the sentences that it stands in."""
    share = max(0.0, (covered - _LITTLE) / (1 - _LITTLE))
    return OF_A_PART[language] - share * (OF_A_PART[language] - OF_A_WHOLE[language])


def covered(text: Weighed, place: tuple[int, int], language: Language) -> float:
    """The share in [0, 1] that a place (code points) has of what the sentences say that it touches."""
    starts, ends = np.array(text.tokens.starts), np.array(text.tokens.ends)
    touched = [span for span in split(text.tokens.text, language) if span.start < place[1] and place[0] < span.end]
    if not touched:
        return 1.0
    inside = (starts >= place[0]) & (ends <= place[1])
    around = (starts >= touched[0].start) & (ends <= touched[-1].end)
    whole = float(text.weights[around].sum())
    return min(1.0, float(text.weights[inside].sum()) / whole) if whole else 1.0


def without_names(information: float, wording: Weighed, place: tuple[int, int]) -> float:
    """What a Chinese quotation says, with names weighed as in English, which shows by its capitals what is a name.

    ``wording`` is the English text, ``place`` what of it renders the quotation.
    """
    starts, ends = np.array(wording.tokens.starts), np.array(wording.tokens.ends)
    inside = (starts >= place[0]) & (ends <= place[1])
    named = np.array(wording.tokens.named)
    names = float(wording.weights[inside & named].sum()) / NAME_SHARE
    others = float(wording.weights[inside & ~named].sum())
    share = names / (names + others) if names else 0.0
    return information * (1 - (1 - NAME_SHARE) * share)
