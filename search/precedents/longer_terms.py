"""Longer names that a term is only a part of, and is not counted inside: 刑警组织 is no term inside 国际刑警组织.

A longer name is one that was given; one that the pairs define in brackets themselves; or one that comes again and
again around the term. The last two only where the name's rendering is that of the term and says all of the name, so
that what it has more adds nothing of its own: 战斗人员 is a term inside 外国恐怖主义战斗人员, "fighters" in "foreign
terrorist fighters"; so is 会员国 inside 敦促会员国, whatever else stands for the verb.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import regex

from align.document import Language
from models.encoder import WordEncoder
from search.folding import folded
from search.locating.boundaries import ARTICLES, LINKS, OTHERS, ZH_CONNECTING, ZH_OTHERS
from search.locating.locator import Located
from search.precedents.defined_names import defined_names
from search.precedents.places import Place, Sought, within
from search.precedents.question import Holding, Question
from search.precedents.word_meaning import meanings

REACH = 8  # characters or words that a longer name has more
OFTEN = 3  # pairs
LOOKED_AT = 400  # pairs whose contexts are counted
COMPARED = 1000  # pairs in which a name is looked for, to see how many of the term's it has
JUDGED = 20  # pairs in which the renderings of name and term are compared
CANDIDATES = 6
SAME = 0.6  # of these pairs, where both have the same rendering
MOSTLY = 0.5  # of the pairs that hold the term
UNKNOWN = 0.45  # cosine of a term and its rendering below which the encoder knows nothing of them: an acronym, say
_ZH_STOPS = ZH_CONNECTING | ZH_OTHERS | frozenset("在于对为以由被把从向将使让给请促吁经据按每某两多少有无未非首新前后")
_EN_STOPS = ARTICLES | LINKS | OTHERS

Locate = Callable[[Sequence[Holding]], Mapping[int, Sequence[Located]]]


@dataclass(frozen=True, slots=True)
class Judge:
    """What a name is judged by: where the term's renderings are, a way to find those of the name, what texts mean."""

    located: Mapping[int, Sequence[Located]]
    locate: Locate
    encoder: WordEncoder


@dataclass(frozen=True, slots=True)
class LongerTerm:
    """A longer name and how many occurrences inside it were counted apart."""

    text: str
    count: int


@dataclass(frozen=True)
class Apart:
    """What is counted apart: the longer names, each as it is sought."""

    names: tuple[tuple[str, Sought], ...] = ()

    def left(self, held: Holding) -> tuple[Place, ...]:
        """The places of the term that are in no longer name."""
        longer = [place for _, sought in self.names for place in sought.places(held.text)]
        return tuple(place for place in held.places if not within(place, longer))

    def counts(self, holdings: Sequence[Holding]) -> tuple[LongerTerm, ...]:
        """How many occurrences are inside each name, that with most first; inside two, the longer one has it."""
        counts: Counter[str] = Counter()
        for held in holdings:
            places = [(name, sought.places(held.text)) for name, sought in self.names]
            for place in held.places:
                inside = [name for name, found in places if within(place, found)]
                if inside:
                    counts[max(inside, key=len)] += 1
        return tuple(LongerTerm(name, count) for name, count in counts.most_common())


def find_longer(asked: Question, holdings: Sequence[Holding], judge: Judge) -> Apart:
    """The longer names among the pairs that hold the term; none where it is counted inside them all the same."""
    if asked.inside:
        return Apart()
    given = {name: Sought.make(name, asked.language) for name in asked.longer if _longer(asked, name)}
    sample = holdings[:: max(1, len(holdings) // LOOKED_AT)]
    candidates = [*_defined(asked, sample), *_recurring(asked, sample)]
    names = dict(given)
    for name in candidates:
        if len(names) >= len(given) + CANDIDATES:
            break
        sought = Sought.make(name, asked.language)
        if name not in names and _one_name(asked.term, name, sought, holdings, judge):
            names[name] = sought
    return Apart(tuple(names.items()))


def _longer(asked: Question, name: str) -> bool:
    mine, theirs = folded(asked.term), folded(name)
    return mine != theirs and bool(Sought.make(asked.term, asked.language).places(name))


def _defined(asked: Question, holdings: Sequence[Holding]) -> list[str]:
    """Names with the term in them that the pairs define in brackets, the most frequent first."""
    counts: Counter[str] = Counter()
    for held in holdings:
        for pair in defined_names(held.text, asked.language):
            counts.update(" ".join(name.split()) for name in pair if _longer(asked, name))
    return [name for name, _ in counts.most_common(CANDIDATES)]


def _recurring(asked: Question, holdings: Sequence[Holding]) -> list[str]:
    """Runs of text around the term that recur, each the longest that recurs so often, the most frequent first."""
    counts: Counter[str] = Counter()
    total = 0
    for held in holdings:
        around = {name for place in held.places for name in _around(held.text, place, asked.language)}
        total += 1
        counts.update(around)
    least = max(2, min(OFTEN, MOSTLY * total))
    often = {name: count for name, count in counts.items() if count >= least}
    closed = [
        name
        for name, count in often.items()
        if not any(name in other and name != other and often[other] >= count for other in often)
    ]
    return sorted(closed, key=lambda name: (-often[name], -len(name)))[:CANDIDATES]


def _around(text: str, place: Place, language: Language) -> Iterator[str]:
    """The term with up to ``REACH`` characters or words more on either side, no mark or function word among them."""
    if language == "zh":
        left = _han(reversed(text[max(0, place[0] - 2 * REACH) : place[0]]))
        right = _han(iter(text[place[1] : place[1] + 2 * REACH]))
        glue = ""
    else:
        left = _latin(reversed(regex.findall(r"\w+|[^\w\s]", text[max(0, place[0] - 120) : place[0]])))
        right = _latin(iter(regex.findall(r"\w+|[^\w\s]", text[place[1] : place[1] + 120])))
        glue = " "
    term = " ".join(text[slice(*place)].split())
    for a in range(len(left) + 1):
        for b in range(min(len(right), REACH - a) + 1):
            if a or b:
                yield glue.join([*reversed(left[:a]), term, *right[:b]])


def _han(characters: Iterator[str]) -> list[str]:
    found: list[str] = []
    for character in characters:
        if character.isspace():
            continue
        if len(found) == REACH or character in _ZH_STOPS or not regex.match(r"\p{Han}", character):
            break
        found.append(character)
    return found


def _latin(words: Iterator[str]) -> list[str]:
    found: list[str] = []
    for word in words:
        if len(found) == REACH or not word[0].isalnum() or word.lower() in _EN_STOPS:
            break
        found.append(word)
    return found


def _one_name(term: str, name: str, sought: Sought, holdings: Sequence[Holding], judge: Judge) -> bool:
    """Whether name and term have one rendering in most of the pairs where the term stands in the name only."""
    inside = []
    holdings = holdings[:: max(1, len(holdings) // COMPARED)]
    for held in holdings:
        places = sought.places(held.text)
        if places and all(within(place, places) for place in held.places):
            inside.append(Holding(held.pair, held.text, places))
    mostly = len(inside) >= MOSTLY * len(holdings)
    linked = [held for held in inside if judge.located.get(held.pair.id)]
    if not linked:  # no other language to ask
        return mostly
    linked = linked[:: max(1, len(linked) // JUDGED)]
    renderings = {place.text for held in linked for place in judge.located[held.pair.id]}
    meant = _meant(term, name, sorted(renderings), mostly, judge.encoder)
    if not meant:  # whichever it is, so that there is no need to look for it
        return False
    found = judge.locate(linked)
    same = [place for held in linked for place in _same(found.get(held.pair.id, ()), judge.located[held.pair.id])]
    if len(same) < SAME * len(linked):
        return False
    return Counter(place.text for place in same).most_common(1)[0][0] in meant


def _meant(term: str, name: str, renderings: Sequence[str], mostly: bool, encoder: WordEncoder) -> set[str]:
    """The renderings that say all of the name, rather than of the term; ``mostly``: the term stands in hardly else."""
    part, whole, *others = meanings([term, name, *renderings], encoder)
    return {
        text
        for text, vector in zip(renderings, others, strict=True)
        if whole @ vector > part @ vector or (mostly and part @ vector < UNKNOWN)
    }


def _same(first: Sequence[Located], second: Sequence[Located]) -> list[Located]:
    spans = {place.span for place in second}
    return [place for place in first if place.span in spans][:1]
