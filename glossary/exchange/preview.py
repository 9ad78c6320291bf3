"""An import before it happens: which concept of the glossary an incoming one is, and what it would change.

Matched by the id that the file's own program gave (if the two share a term), else by equal preferred terms. Two
entries that one file keeps apart by their ids are never matched with one concept. Everything here is a pure function:
``apply`` returns what the store is to write. Importing the same file again with the same choices changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from glossary.concepts import Concept, Usage
from glossary.exchange.merging import Difference, merged
from search.folding import folded


class State(StrEnum):
    """What an import would do to a concept."""

    ADDED = "added"
    UNCHANGED = "unchanged"
    CHANGED = "changed"
    CONFLICT = "in conflict"


class Choice(StrEnum):
    """What to do with an incoming concept."""

    MINE = "keep mine"
    THEIRS = "take theirs"
    BOTH = "both"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Item:
    """An incoming concept, the concept of the glossary that it is (None if it is new), and how the two differ."""

    number: int
    incoming: Concept
    existing: Concept | None
    state: State
    differences: tuple[Difference, ...] = ()

    @property
    def contradictions(self) -> tuple[Difference, ...]:
        """The differences that need a choice."""
        return tuple(one for one in self.differences if one.contradicts)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, one item an incoming concept, in the file's order."""

    items: tuple[Item, ...]

    def of(self, state: State) -> tuple[Item, ...]:
        """The items of a state."""
        return tuple(item for item in self.items if item.state is state)

    @property
    def counts(self) -> dict[State, int]:
        """How many concepts would be added, unchanged, changed and in conflict."""
        return {state: len(self.of(state)) for state in State}


@dataclass(slots=True)
class _Known:
    """The glossary by what its concepts are found by."""

    concepts: Sequence[Concept]
    by_origin: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    by_term: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))
    preferred: list[dict[str, str]] = field(default_factory=list)
    schemes: list[dict[str, set[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for at, concept in enumerate(self.concepts):
            for origin in dict.fromkeys((*concept.origins, ("duizhao", concept.id))):
                self.by_origin[origin].append(at)
            self.preferred.append(_preferred(concept))
            self.schemes.append(_schemes(concept))
            for key in self.preferred[at].items():
                self.by_term[key].append(at)


def preview(incoming: Iterable[Concept], existing: Sequence[Concept]) -> Plan:
    """Say of each incoming concept what it would do to the glossary; entries of one content count once.

    A concept of the glossary is matched with one incoming concept at most: first by ids, then where all preferred
    terms are the same, then where some are.
    """
    known = _Known(existing)
    concepts = _once(incoming)
    found: dict[int, int] = {}
    claimed: set[int] = set()
    for find in (_by_origin, _by_all_terms, _by_some_terms):
        for number, concept in enumerate(concepts):
            at = find(concept, known, claimed) if number not in found else None
            if at is not None:
                found[number] = at
                claimed.add(at)
        if find is _by_all_terms:
            full = set(found)
    items = (
        _item(number, concept, existing[found[number]] if number in found else None, number in full)
        for number, concept in enumerate(concepts)
    )
    return Plan(tuple(items))


def apply(plan: Plan, choices: Mapping[int, Choice] | None = None) -> tuple[Concept, ...]:
    """The concepts to write, as changed from the glossary; new ones have no id and version 0.

    ``choices`` are by the item's number; where there is none, what is new is added, what only adds is merged in, and
    of what contradicts mine is kept. *Keep mine* and *skip* change nothing; *both* adds an entry beside mine.
    """
    chosen = choices or {}
    results: dict[str, Concept] = {}
    before: dict[str, Concept] = {}
    added: list[Concept] = []
    for item in plan.items:
        choice = chosen.get(item.number)
        if item.existing is None or choice is Choice.BOTH:
            if choice not in (Choice.SKIP, Choice.MINE) and item.state is not State.UNCHANGED:
                added.append(_new(item.incoming))
            continue
        if choice in (Choice.SKIP, Choice.MINE) or (choice is None and item.state is State.CONFLICT):
            continue
        mine = results.get(item.existing.id, item.existing)
        before[item.existing.id] = item.existing
        results[item.existing.id], _ = merged(mine, item.incoming, take=choice is Choice.THEIRS)
    changed = [concept for name, concept in results.items() if concept != before[name]]
    return (*changed, *added)


def _new(concept: Concept) -> Concept:
    """A concept as a new one: the store gives the ids."""
    return replace(concept, id="", version=0, terms=tuple(replace(term, id="") for term in concept.terms))


def _item(number: int, incoming: Concept, existing: Concept | None, full: bool) -> Item:
    if existing is None:
        return Item(number, incoming, None, State.ADDED)
    result, differences = merged(existing, incoming, take=False)
    if not full or any(one.contradicts for one in differences):
        return Item(number, incoming, existing, State.CONFLICT, differences or _rivals(existing, incoming))
    return Item(number, incoming, existing, State.UNCHANGED if result == existing else State.CHANGED, differences)


def _rivals(mine: Concept, theirs: Concept) -> tuple[Difference, ...]:
    """The preferred terms that differ, where nothing else does."""
    own = _preferred_texts(mine)
    others = _preferred_texts(theirs)
    return tuple(
        Difference(f"preferred term ({language})", own[language], text)
        for language, text in others.items()
        if language in own and own[language] != text
    )


def _once(incoming: Iterable[Concept]) -> list[Concept]:
    """Incoming concepts; those that no id keeps apart and whose preferred terms are all equal are one."""
    found: dict[object, Concept] = {}
    for number, concept in enumerate(incoming):
        key: object = number if concept.origins else tuple(sorted(_preferred(concept).items()))
        found[key] = merged(found[key], concept, take=False)[0] if key in found else concept
    return list(found.values())


def _by_origin(concept: Concept, known: _Known, claimed: set[int]) -> int | None:
    """The concept that has one of its origins and shares a term with it; most terms first."""
    words = _words(concept)
    candidates = {at for origin in concept.origins for at in known.by_origin.get(origin, ())} - claimed
    shared = [(len(words & _words(known.concepts[at])), -at) for at in candidates]
    best = max(shared, default=(0, 0))
    return -best[1] if best[0] else None


def _by_all_terms(concept: Concept, known: _Known, claimed: set[int]) -> int | None:
    """The concept with the same preferred terms in all languages that both have."""
    return _by_terms(concept, known, claimed, everywhere=True)


def _by_some_terms(concept: Concept, known: _Known, claimed: set[int]) -> int | None:
    """The concept with the same preferred term in some language."""
    return _by_terms(concept, known, claimed, everywhere=False)


def _by_terms(concept: Concept, known: _Known, claimed: set[int], everywhere: bool) -> int | None:
    own, schemes = _preferred(concept), _schemes(concept)
    counts: dict[int, int] = defaultdict(int)
    for key in own.items():
        for at in known.by_term.get(key, ()):
            counts[at] += 1
    ranked: list[tuple[bool, int, int]] = []
    for at, count in counts.items():
        agrees = count == len(own.keys() & known.preferred[at].keys())
        if at not in claimed and agrees is everywhere and not _kept_apart(schemes, known.schemes[at]):
            # Of several, the one that already says all this: what "both" has added is found again.
            ranked.append((not merged(known.concepts[at], concept, take=False)[1], count, -at))
    return -max(ranked)[2] if ranked else None


def _kept_apart(one: Mapping[str, set[str]], other: Mapping[str, set[str]]) -> bool:
    """Whether a file that has both gives them different ids."""
    return any(not one[scheme] & other[scheme] for scheme in one.keys() & other.keys())


def _schemes(concept: Concept) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for scheme, known in concept.origins:
        found[scheme].add(known)
    return found


def _words(concept: Concept) -> set[tuple[str, str]]:
    return {(term.language, folded(term.text)) for term in concept.terms}


def _preferred(concept: Concept) -> dict[str, str]:
    return {language: folded(text) for language, text in _preferred_texts(concept).items()}


def _preferred_texts(concept: Concept) -> dict[str, str]:
    """The preferred term by language: the first marked so, else the first that is not discouraged, else the first."""
    found: dict[str, tuple[int, str]] = {}
    for term in concept.terms:
        rank = {Usage.PREFERRED: 0, Usage.DEPRECATED: 2, Usage.SUPERSEDED: 2}.get(term.usage, 1)
        if term.language not in found or rank < found[term.language][0]:
            found[term.language] = (rank, term.text)
    return {language: text for language, (_, text) in found.items()}
