"""The look-up: several ways to find pairs, one order, and the matched parts marked on both sides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

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
from search.lookup.question import LONGEST, How, language_of
from search.lookup.ranking import Standing, fuse, standing
from search.lookup.ways import Found, Way, alike, exact, meaning
from search.records import Filters, StoredPair
from search.settings import LADDER

# Whoever types a phrase looks for it first.
WEIGHTS: Mapping[str, float] = {"exact": 2.0, "fuzzy": 1.0, "meaning": 1.0}


@dataclass(frozen=True)
class Lookup:
    """A corpus that can be asked. ``ladder``: the authority in [0, 1] of each type of document."""

    corpus: Corpus
    index: VectorIndex
    encoder: Encoder
    ladder: Mapping[str, float] = field(default_factory=lambda: LADDER)

    def refresh(self, progress: Progress | None = None) -> None:
        """Bring the index up to date with the corpus; ``search`` does so too, without telling how far it is."""
        bring_up_to_date(self.index, self.corpus, self.encoder, progress)

    def search(self, query: str, how: How | None = None) -> Results:
        """Answer a question in either language, the matched parts marked; raises CorpusError in one sentence."""
        how = how or How()
        found = self.find(query, how)
        marker = Marker(query.strip()[:LONGEST], found.language, self.encoder)
        hits = [self._with_context(hit, how.context) for hit in marker.mark(found.hits)]
        return replace(found, hits=tuple(hits))

    def find(self, query: str, how: How | None = None) -> Results:
        """The same without marks and neighbours, which take longer than finding."""
        how = how or How()
        self.refresh()
        try:
            return self._find(query, how)
        except DamagedIndexError:  # it is derived: make it anew
            self.index.clear()
            self.refresh()
            return self._find(query, how)

    def _find(self, query: str, how: How) -> Results:
        text = query.strip()[:LONGEST]
        language = language_of(text)
        notes = (f"Only the first {LONGEST} characters were looked up.",) if len(query.strip()) > LONGEST else ()
        this_year = datetime.now(UTC).year
        found = Found(self.corpus)
        ways = self._ways(text, language, how, found, this_year)
        rankings = [(way.ranking, WEIGHTS[way.name]) for way in ways]
        hits = []
        for number, score in fuse(rankings).items():
            pair = found.pairs[number]
            stands = standing(pair, self.ladder, this_year)
            hits.append(Hit(pair, score * stands.factor(how.rank), why=_why(number, ways, stands)))
        hits.sort(key=lambda hit: (-hit.score, hit.pair.id))
        return Results(query, language, tuple(hits[: how.top]), self._signature(how), notes)

    def _ways(self, text: str, language: Language, how: How, found: Found, this_year: int) -> list[Way]:
        """The rankings that the mode asks for; without those that found nothing."""

        def worth(pair: StoredPair) -> float:
            return standing(pair, self.ladder, this_year).factor("authority")

        ways: list[Way] = []
        phrase = exact(text, language, how, found, worth) if how.mode in ("all", "exact") and text else None
        if phrase is not None:
            ways.append(phrase)
        if how.mode != "exact":
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

    def _signature(self, how: How) -> str:
        covered = self.index.covered()
        return signature(
            corpus=self.corpus.name[:8],
            state=str(covered.state if covered else ""),
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
