"""What an extraction said of a candidate, kept with the concept that was made of it: both terms as found, numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

from glossary.concepts import Concept, Extra
from glossary.extraction.candidates import Candidate, Competitor
from search.locating.locator import rendering_key

KIND = "extraction"  # of an ``Extra``
PairKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Figures:
    """A candidate as it was found (see ``Candidate``), by which extraction, in which state of which corpus."""

    zh: str
    en: str
    score: float
    frequency: int
    zh_frequency: int
    pairs: int
    association: float
    share: float
    signature: str = ""
    state: int = 0
    corpus: str = ""
    competitors: tuple[Competitor, ...] = ()

    @classmethod
    def of(cls, one: Candidate, signature: str = "", state: int = 0, corpus: str = "") -> Figures:
        """Those of a candidate."""
        return cls(
            one.zh,
            one.en,
            one.score,
            one.frequency,
            one.zh_frequency,
            one.pairs,
            one.association,
            one.share,
            signature,
            state,
            corpus,
            one.competitors,
        )

    @classmethod
    def kept_with(cls, concept: Concept) -> Figures | None:
        """Those that are kept with a concept; of one that was merged of several candidates, the first's.

        None where it did not come from an extraction, or what is kept cannot be read.
        """
        kept: dict[str, Extra] = {}
        for extra in concept.extras:
            if extra.kind == KIND:
                kept.setdefault(extra.name, extra)
        pairs = candidates_in(concept)
        values = [_number(kept[name].value) if name in kept else None for name in _NUMBERS]
        numbers = [value for value in values if value is not None]
        if not pairs or len(numbers) < len(values):
            return None
        score, association, share, *counts = numbers
        frequency, zh_frequency, holding, state = map(int, counts)
        return cls(
            *pairs[0],
            score,
            frequency,
            zh_frequency,
            holding,
            association,
            share,
            kept["signature"].value if "signature" in kept else "",
            state,
            dict(kept["state"].attributes).get("corpus", ""),
            _competitors(concept),
        )

    def extras(self) -> tuple[Extra, ...]:
        """As they are kept."""
        return (
            Extra(KIND, "candidate", self.en, (("zh", self.zh),)),
            *(Extra(KIND, name, _written(getattr(self, name))) for name in _NUMBERS[:-1]),
            Extra(KIND, "state", str(self.state), (("corpus", self.corpus),)),
            Extra(KIND, "signature", self.signature),
            *(Extra(KIND, "competitor", other.zh, (("count", str(other.count)),)) for other in self.competitors),
        )


_NUMBERS = ("score", "association", "share", "frequency", "zh_frequency", "pairs", "state")


def pair_key(zh: str, en: str) -> PairKey:
    """What the same pair of terms has in common however it is written: case, script, spacing, article, plural."""
    return rendering_key(zh, "zh"), rendering_key(en, "en")


def candidates_in(concept: Concept) -> list[tuple[str, str]]:
    """The pairs of terms (Chinese, English) that extractions found, and that the concept was made of."""
    found = []
    for extra in concept.extras:
        zh = dict(extra.attributes).get("zh", "")
        if extra.kind == KIND and extra.name == "candidate" and zh:
            found.append((zh, extra.value))
    return found


def renewed(concept: Concept, figures: Figures) -> tuple[Extra, ...]:
    """All that is kept with a concept, with these figures for the earlier ones; what it was made of stays known."""
    new = figures.extras()
    others = tuple(extra for extra in concept.extras if extra.kind != KIND)
    made_of = tuple(extra for extra in concept.extras if (extra.kind, extra.name) == (KIND, "candidate"))
    return (*others, *new, *(extra for extra in made_of if extra not in new))


def _competitors(concept: Concept) -> tuple[Competitor, ...]:
    found = [extra for extra in concept.extras if (extra.kind, extra.name) == (KIND, "competitor")]
    return tuple(Competitor(one.value, int(_number(dict(one.attributes).get("count", "")) or 0)) for one in found)


def _written(number: float) -> str:
    return str(number) if isinstance(number, int) else f"{number:.6g}"


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
