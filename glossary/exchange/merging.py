"""What another version of a concept adds to it, and where the two contradict each other.

Nothing is lost: what only one of them says is kept. Where both say something different, ``mine`` stays and the
difference is a contradiction, or, if theirs is to be taken, it is replaced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from glossary.concepts import Concept, Definition, Extra, Term, Usage
from search.folding import folded

_T = TypeVar("_T")
_TERM_FIELDS = ("text", "usage", "type", "part_of_speech", "source", "note")


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which an incoming concept differs: ``mine`` is "" where it only adds something."""

    field: str
    mine: str
    theirs: str

    @property
    def contradicts(self) -> bool:
        """Whether both say something, and not the same."""
        return bool(self.mine)


@dataclass(slots=True)
class Merge:
    """A merge of two concepts under way; ``take`` says that theirs counts where they contradict each other."""

    take: bool
    differences: list[Difference] = field(default_factory=list)

    def concepts(self, mine: Concept, theirs: Concept) -> Concept:
        """The merged concept; ids, workflow and version are mine."""
        merged = replace(
            mine,
            subject=self._text("subject field", mine.subject, theirs.subject),
            definitions=self._definitions(mine.definitions, theirs.definitions),
            note=self._text("note", mine.note, theirs.note),
            terms=self._terms(mine.terms, theirs.terms),
            extras=self._extras("", mine.extras, theirs.extras),
        )
        if merged != mine:
            return replace(merged, origins=tuple(dict.fromkeys((*mine.origins, *theirs.origins))))
        return merged

    def _text(self, name: str, mine: str, theirs: str) -> str:
        if not theirs or theirs == mine:
            return mine
        self.differences.append(Difference(name, str(mine), str(theirs)))
        return theirs if self.take or not mine else mine

    def _definitions(self, mine: tuple[Definition, ...], theirs: tuple[Definition, ...]) -> tuple[Definition, ...]:
        """Language by language: mine in their order, then what is in languages that I have not."""
        result: list[Definition] = []
        for language in dict.fromkeys(one.language for one in (*mine, *theirs)):
            own = [one for one in mine if one.language == language]
            other = [one for one in dict.fromkeys(theirs) if one.language == language]
            result += self._of_language(f"definition ({language})", own, other)
        same = len(result) == len(mine) and all(one in result for one in mine)
        return mine if same else tuple(result)

    def _of_language(self, name: str, mine: list[Definition], theirs: list[Definition]) -> list[Definition]:
        known = {one.text: one for one in theirs}
        fresh = [one for one in theirs if one.text not in {own.text for own in mine}]
        for one in fresh:
            self.differences.append(Difference(name, mine[0].text if mine else "", one.text))
        if not mine or (fresh and self.take):
            return theirs
        return [
            replace(one, source=self._text(f"source of the {name}", one.source, known[one.text].source))
            if one.text in known
            else one
            for one in mine
        ]

    def _terms(self, mine: tuple[Term, ...], theirs: tuple[Term, ...]) -> tuple[Term, ...]:
        partners = _partners(mine, theirs)
        result = list(mine)
        for k, term in enumerate(theirs):
            at = partners.get(k)
            if at is not None:
                result[at] = self._term(mine[at], term)
            else:
                self.differences.append(Difference(f"term ({term.language})", "", term.text))
                result.append(replace(term, id=""))
        return tuple(self._one_preferred(mine, theirs, result))

    def _one_preferred(self, mine: tuple[Term, ...], theirs: tuple[Term, ...], result: list[Term]) -> list[Term]:
        """Of two preferred terms in a language, one from each side, the other is admitted."""
        for language in dict.fromkeys(term.language for term in theirs):
            own = [k for k, term in enumerate(mine) if _is_preferred(term, language)]
            now = [k for k, term in enumerate(result) if _is_preferred(term, language)]
            named = {folded(term.text) for term in theirs if _is_preferred(term, language)}
            fresh = [k for k in now if k not in own]
            if not own or not fresh:
                continue
            name = f"preferred term ({language})"
            self.differences.append(Difference(name, mine[own[0]].text, result[fresh[0]].text))
            keep = [k for k in now if folded(result[k].text) in named][:1] if self.take else own
            for k in now:
                if k not in keep:
                    result[k] = replace(result[k], usage=Usage.ADMITTED)
        return result

    def _term(self, mine: Term, theirs: Term) -> Term:
        values: dict[str, Any] = {
            name: self._text(f"{mine.text}: {name.replace('_', ' ')}", getattr(mine, name), getattr(theirs, name))
            for name in _TERM_FIELDS
        }
        evidence = tuple(dict.fromkeys((*mine.evidence, *theirs.evidence)))
        extras = self._extras(f"{mine.text}: ", mine.extras, theirs.extras)
        return replace(mine, evidence=evidence, extras=extras, **values)

    def _extras(self, prefix: str, mine: tuple[Extra, ...], theirs: tuple[Extra, ...]) -> tuple[Extra, ...]:
        added = [extra for extra in dict.fromkeys(theirs) if extra not in mine]
        self.differences.extend(Difference(f"{prefix}{extra.name}", "", extra.value or extra.name) for extra in added)
        return (*mine, *added)


def merged(mine: Concept, theirs: Concept, take: bool) -> tuple[Concept, tuple[Difference, ...]]:
    """Mine with what theirs adds, and all differences; ``take`` replaces mine where the two contradict each other."""
    merge = Merge(take)
    return merge.concepts(mine, theirs), tuple(merge.differences)


def _partners(mine: tuple[Term, ...], theirs: tuple[Term, ...]) -> dict[int, int]:
    """Which of my terms is which of theirs: the very same first, then the same text, then one that folds the same."""
    found: dict[int, int] = {}
    tests: tuple[Callable[[Term, Term], bool], ...] = (_covers, _same_text, _same_folded)
    for test in tests:
        for k, term in enumerate(theirs):
            if k in found:
                continue
            used = set(found.values())
            at = next((at for at, one in enumerate(mine) if at not in used and test(one, term)), None)
            if at is not None:
                found[k] = at
    return found


def _covers(mine: Term, theirs: Term) -> bool:
    """Whether mine says all that theirs does."""
    if not _same_text(mine, theirs):
        return False
    return all(getattr(theirs, name) in ("", getattr(mine, name)) for name in _TERM_FIELDS) and _within(
        theirs.extras, mine.extras
    )


def _within(some: Iterable[_T], all_: Iterable[_T]) -> bool:
    known = list(all_)
    return all(one in known for one in some)


def _same_text(mine: Term, theirs: Term) -> bool:
    return (mine.language, mine.text) == (theirs.language, theirs.text)


def _same_folded(mine: Term, theirs: Term) -> bool:
    return mine.language == theirs.language and folded(mine.text) == folded(theirs.text)


def _is_preferred(term: Term, language: str) -> bool:
    return term.language == language and term.usage is Usage.PREFERRED
