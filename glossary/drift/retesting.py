"""Approved entries tested by new documents: one pass over the new texts, and a closer look only at what is amiss.

Costs nothing where no entry is approved: the model is asked for only where a term stands in a new pair without any of
its approved renderings.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from align.document import Language
from glossary.concepts import Concept, Workflow
from glossary.conflicts.detail import DROPPED
from glossary.conflicts.forms import same_name, shortened, trimmed
from glossary.conflicts.sample import Sample
from glossary.drift.alerts import store
from glossary.drift.entries import Tested, entries
from glossary.drift.records import Alert, AlertKind, Shown
from glossary.glossary import Glossary
from glossary.matching import Match, TermMatcher
from glossary.reading import Query
from search.corpus import Corpus
from search.folding import folded
from search.locating.locator import Locator
from search.precedents.evidence import Evidence
from search.precedents.look_up import look_up_term, question
from search.precedents.question import date_of
from search.precedents.renderings import group_key
from search.records import Filters, StoredPair

LEAST = 3  # pairs that hold a term, before it is said that its rendering is used no more
USUAL = 0.5  # of the earlier pairs that had it
EARLIER = 60  # earlier pairs of a term that are read, the newest
STUDIED = 60  # new pairs of a term that are looked at closely
SURE = 0.5  # confidence of another rendering, for an alert
SHOWN = 5  # pairs of an alert that are kept with their texts; of the others the id
Load = Callable[[], Locator]


def retest(
    glossary: Glossary, corpus: Corpus, documents: Collection[int], load: Load, original: Language = "en"
) -> tuple[Alert, ...]:
    """Test the approved entries by these documents of the corpus; the alerts that they raise, and that are stored.

    Alerts that are known, by the same pairs, are not raised again. ``load`` gives the locator once it is needed.
    """
    approved = glossary.list(Query(status=Workflow.APPROVED))
    wanted = entries(approved, original)
    if not wanted or not documents:
        return ()
    matcher = TermMatcher.of(_known(glossary), original)
    tested = {name: Tested(entry) for name, entry in wanted.items()}
    for document in documents:
        _read(corpus.pairs(Filters(document=document, linked=True)), matcher, tested, original)
    found = [alert for one in tested.values() for alert in _alerts(one, corpus, set(documents), load, original)]
    return store(glossary, found) if found else ()


def _known(glossary: Glossary) -> Iterator[Concept]:
    """All concepts that nobody has rejected: a term is not tested inside a longer one."""
    for concept in glossary.concepts():
        if set(concept.workflow.values()) - set(DROPPED) or not concept.workflow:
            yield concept


def _read(pairs: Iterable[StoredPair], matcher: TermMatcher, tested: dict[str, Tested], original: Language) -> None:
    for pair in pairs:
        text = pair.text(original)
        done: set[str] = set()
        found = matcher.find(text)
        for match in found:
            if match.concept in tested and match.concept not in done and not _anothers(match, found, pair, tested):
                done.add(match.concept)
                tested[match.concept].see(pair, (match.start, match.end), match.term.text)


def _anothers(match: Match, found: Iterable[Match], pair: StoredPair, tested: Mapping[str, Tested]) -> bool:
    """Whether the text renders another approved concept of the same words, and not this one."""
    entry = tested[match.concept].entry
    text = pair.text(entry.language)
    return not entry.used(text) and any(
        tested[other.concept].entry.used(text)
        for other in found
        if other.concept in tested
        and other.concept != match.concept
        and (other.start, other.end) == (match.start, match.end)
    )


def _alerts(
    tested: Tested, corpus: Corpus, documents: Collection[int], load: Load, original: Language
) -> Iterator[Alert]:
    yield from _forbidden(tested, original)
    if not tested.bare:
        return
    words = Counter(one[2] for one in tested.bare).most_common(1)[0][0]
    closer = _Closer.look(tested, words, corpus, documents, load(), original)
    if not tested.used and len(tested.bare) >= LEAST and closer.usual:
        yield _alert(AlertKind.UNUSED, tested, words, "", closer.note, [closer.shown(one) for one in tested.bare])
        return
    by_rendering: dict[str, list[Evidence]] = defaultdict(list)
    for evidence in closer.others:
        by_rendering[group_key(evidence.text, tested.entry.language)].append(evidence)
    for some in by_rendering.values():
        subject = Counter(one.text for one in some).most_common(1)[0][0]
        yield _alert(AlertKind.COUNTER, tested, words, subject, "", [_shown(one) for one in some])


def _forbidden(tested: Tested, original: Language) -> Iterator[Alert]:
    by_term: dict[str, list[Shown]] = defaultdict(list)
    words: dict[str, str] = {}
    for pair, place, term_words, term, where in tested.forbidden:
        spans = (where, place) if original == "en" else (place, where)
        words.setdefault(term.text, term_words)
        by_term[term.text].append(_pair_shown(pair, *spans, pair.record.confidence))
    for text, some in by_term.items():
        yield _alert(AlertKind.DEPRECATED, tested, words[text], text, "", some)


@dataclass(frozen=True)
class _Closer:
    """What the locator finds in the bare pairs, beside earlier ones that show how it was."""

    located: dict[int, Evidence]
    others: list[Evidence]
    earlier: int
    earlier_used: int
    original: Language

    @classmethod
    def look(
        cls,
        tested: Tested,
        words: str,
        corpus: Corpus,
        documents: Collection[int],
        locator: Locator,
        original: Language,
    ) -> _Closer:
        new = [one[0] for one in tested.bare[:STUDIED]]
        before = _before(corpus, words, original, documents)
        sample = Sample(corpus.database, (*before, *new))
        result = look_up_term(sample, locator, question(words, original))
        chosen = {pair.id for pair in new}
        shown = [one for rendering in result.renderings for one in rendering.evidence if one.pair.id in chosen]
        language = tested.entry.language
        used = sum(bool(tested.entry.used(pair.text(language))) for pair in before)
        others = [one for one in shown if one.confidence >= SURE and _another(one.text, tested, words)]
        return cls({one.pair.id: one for one in shown}, others, len(before), used, original)

    @property
    def usual(self) -> bool:
        """Whether the preferred term was the usual one."""
        return self.earlier_used >= LEAST and self.earlier_used >= USUAL * self.earlier

    @property
    def note(self) -> str:
        """How it was, in words."""
        return f"earlier it was in {self.earlier_used} of {self.earlier}"

    def shown(self, bare: tuple[StoredPair, tuple[int, int], str]) -> Shown:
        """A bare pair, with what stands there instead where that was found."""
        pair, place, _ = bare
        if pair.id in self.located and self.located[pair.id].confidence >= SURE:
            return _shown(self.located[pair.id])
        spans = ((0, 0), place) if self.original == "en" else (place, (0, 0))
        return _pair_shown(pair, *spans, pair.record.confidence)


def _before(corpus: Corpus, words: str, original: Language, documents: Collection[int]) -> list[StoredPair]:
    """The newest earlier pairs that hold the term, of both languages."""
    found: list[StoredPair] = []
    holding = corpus.containing(words, original, Filters(linked=True), newest_first=True)
    for pair in holding:
        if pair.document not in documents:
            found.append(pair)
        if len(found) == EARLIER:
            break
    return found


def _another(text: str, tested: Tested, words: str) -> bool:
    """Whether a rendering is none of the entry's own, in whatever form, nor the term itself left as it is."""
    if folded(text) == folded(words):
        return False
    language = tested.entry.language
    return not any(
        same_name(text, own, language) or shortened(text, own, language) or trimmed(text, own, language)
        for own in tested.entry.texts
    )


def _alert(kind: AlertKind, tested: Tested, words: str, subject: str, note: str, evidence: Sequence[Shown]) -> Alert:
    entry = tested.entry
    pairs = tuple(dict.fromkeys(shown.pair for shown in evidence))
    documents = tuple(dict.fromkeys(shown.symbol for shown in evidence))
    some = tuple(evidence[:SHOWN])
    return Alert(
        kind, entry.concept, entry.language, words, entry.preferred.text, subject, note, pairs, documents, some
    )


def _shown(one: Evidence) -> Shown:
    return _pair_shown(one.pair, one.zh_span, one.en_span, one.confidence)


def _pair_shown(pair: StoredPair, zh_span: tuple[int, int], en_span: tuple[int, int], confidence: float) -> Shown:
    record = pair.record
    name = pair.symbol or f"#{pair.document}"  # by which the corpus knows what has no symbol
    return Shown(pair.id, name, date_of(pair), record.zh_text, record.en_text, zh_span, en_span, round(confidence, 4))
