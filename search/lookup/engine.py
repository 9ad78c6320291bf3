"""The look-up: several ways to find pairs, one order, and the matched parts marked on both sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from align.document import Language
from align.signature import signature
from models.encoder import Encoder
from search.corpus import Corpus
from search.errors import DamagedIndexError
from search.hits import Hit, Results
from search.index.contract import Ids, VectorIndex
from search.index.keeping import Progress, bring_up_to_date
from search.locating.words import cut
from search.lookup.marks import Marker
from search.lookup.partners import locator_at_hand
from search.lookup.question import How, asked, has_words, language_of, remarks
from search.lookup.ranking import Standing, fuse, placed, standing
from search.lookup.ways import Found, Way, alike, exact, meaning
from search.records import Filters, StoredPair
from search.settings import LADDER

if TYPE_CHECKING:
    from search.locating.locator import Locator

# Whoever types a phrase looks for it first.
WEIGHTS: Mapping[str, float] = {"exact": 2.0, "fuzzy": 1.0, "meaning": 1.0}


@dataclass(frozen=True)
class Lookup:
    """A corpus that can be asked. ``ladder``: the authority in [0, 1] of each type of document."""

    corpus: Corpus
    index: VectorIndex
    encoder: Encoder
    ladder: Mapping[str, float] = field(default_factory=lambda: LADDER)
    _locators: dict[int, Locator | None] = field(default_factory=dict, repr=False, compare=False)  # by state

    def refresh(self, progress: Progress | None = None) -> None:
        """Bring the index up to date with the corpus, as every search by meaning or likeness does first."""
        try:
            bring_up_to_date(self.index, self.corpus, self.encoder, progress)
        except DamagedIndexError:  # it is derived: make it anew
            self.index.clear()
            bring_up_to_date(self.index, self.corpus, self.encoder, progress)

    def search(self, query: str, how: How | None = None, progress: Progress | None = None) -> Results:
        """Answer a question in either language, the matched parts marked; raises CorpusError in one sentence.

        ``progress`` hears how far the index is, where it must be brought up to date.
        """
        how = how or How()
        found = self.find(query, how, progress)
        marker = Marker(asked(query), found.language, self.encoder, self._locator)
        hits = [self._with_context(hit, how.context) for hit in marker.mark(found.hits)]
        return replace(found, hits=tuple(hits))

    def find(self, query: str, how: How | None = None, progress: Progress | None = None) -> Results:
        """The same without marks and neighbours, which take longer than finding."""
        how = how or How()
        if how.mode == "exact":  # asks no vectors
            return self._find(query, how)
        self.refresh(progress)
        try:
            return self._find(query, how)
        except DamagedIndexError:
            self.index.clear()
            self.refresh(progress)
            return self._find(query, how)

    def _find(self, query: str, how: How) -> Results:
        text = asked(query)
        language = language_of(text)
        this_year = datetime.now(UTC).year
        found = Found(self.corpus)
        ways = self._ways(text, language, how, found, this_year) if text else []
        stands = {number: standing(pair, self.ladder, this_year) for number, pair in found.pairs.items()}
        phrase = {number for way in ways if way.name == "exact" for number in way.values}
        fused = fuse([(way.ranking, WEIGHTS[way.name]) for way in ways])
        scores = {
            number: placed(score * stands[number].factor(how.rank), number in phrase) for number, score in fused.items()
        }
        best = sorted(scores, key=lambda number: (-scores[number], number))[: how.top]
        hits = [Hit(found.pairs[k], scores[k], why=_why(k, ways, stands[k])) for k in best]
        return Results(query, language, tuple(hits), self._signature(how), remarks(query))

    def _ways(self, text: str, language: Language, how: How, found: Found, this_year: int) -> list[Way]:
        """The rankings that the mode asks for; without those that found nothing."""

        def worth(pair: StoredPair) -> float:
            return standing(pair, self.ladder, this_year).factor("recent" if how.rank == "recent" else "authority")

        ways: list[Way] = []
        phrase = exact(text, language, how, found, worth) if how.mode in ("all", "exact") else None
        if phrase is not None:
            ways.append(phrase)
        if how.mode != "exact" and has_words(text):
            near = meaning(text, self.encoder, how, self.index, self._only(how.filters), found)
            if how.mode != "fuzzy":
                ways.extend(near.values())
            if how.mode != "meaning" and language in near:
                candidates = list(dict.fromkeys([*near[language].ranking, *(phrase.ranking if phrase else ())]))
                ways.append(alike(cut(text, language), language, candidates, found))
        return [way for way in ways if way.values]

    def _only(self, filters: Filters) -> Ids | None:
        return None if filters == Filters() else self.corpus.ids(filters)

    def _with_context(self, hit: Hit, count: int) -> Hit:
        return replace(hit, neighbours=self.corpus.neighbours(hit.pair, count)) if count else hit

    def _locator(self) -> Locator | None:
        state = self.corpus.state
        if state in self._locators:
            return self._locators.get(state)
        found = locator_at_hand(self.corpus, self.encoder)  # another thread may clear what is known meanwhile
        self._locators.clear()
        self._locators[state] = found
        return found

    def _signature(self, how: How) -> str:
        covered = None if how.mode == "exact" else self.index.covered()
        return signature(
            corpus=self.corpus.name[:8],
            state=str(covered.state if covered else self.corpus.state),
            model=self.encoder.name,
            mode=how.mode,
            side=how.side,
            rank=how.rank,
        )


def _why(number: int, ways: list[Way], stands: Standing) -> dict[str, float]:
    """What the score is made of; of meaning the better of the two languages."""
    why: dict[str, float] = {}
    for way in ways:
        if number in way.values:
            why[way.name] = round(max(why.get(way.name, 0.0), way.values[number]), 4)
    return why | {"authority": round(stands.authority, 4), "recency": round(stands.recency, 4)}
