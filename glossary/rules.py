"""Who may do what, which decision may follow which, and what holds for every concept that is stored: the tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

import regex

from align.writers.escapes import visible
from glossary.comparing import alike, content
from glossary.concepts import Concept, Term, Usage, Workflow
from glossary.errors import GlossaryError


class Role(StrEnum):
    """What a person is to the glossary."""

    READER = "reader"
    TRANSLATOR = "translator"
    TERMINOLOGIST = "terminologist"
    ADMINISTRATOR = "administrator"


class Deed(StrEnum):
    """What may or may not be done."""

    READ = "read"
    COMMENT = "comment"
    SUGGEST = "suggest"  # new concepts, and changes of what is only suggested yet
    DECIDE = "decide"  # everything else about concepts
    ADD = "add"  # documents to the corpus, and corrections of alignments
    REMOVE = "remove"  # documents from the corpus
    ADMINISTER = "administer"  # roles


MAY: Mapping[Role, frozenset[Deed]] = {
    Role.READER: frozenset({Deed.READ}),
    Role.TRANSLATOR: frozenset({Deed.READ, Deed.COMMENT, Deed.SUGGEST, Deed.ADD}),
    Role.TERMINOLOGIST: frozenset({Deed.READ, Deed.COMMENT, Deed.SUGGEST, Deed.DECIDE, Deed.ADD, Deed.REMOVE}),
    Role.ADMINISTRATOR: frozenset(Deed),
}
ALONE = Role.ADMINISTRATOR  # everyone's, as long as nobody has been given a role
NEWCOMER = Role.TRANSLATOR  # whoever has been given none, once others have: anyone may suggest

_C, _P, _I = Workflow.CANDIDATE, Workflow.PROPOSED, Workflow.IN_REVIEW
_A, _R, _T = Workflow.APPROVED, Workflow.REJECTED, Workflow.RETIRED
# From each status to those that may follow, and the deed that it is.
TRANSITIONS: Mapping[Workflow, Mapping[Workflow, Deed]] = {
    _C: {_P: Deed.SUGGEST, _I: Deed.DECIDE, _A: Deed.DECIDE, _R: Deed.DECIDE},
    _P: {_I: Deed.DECIDE, _A: Deed.DECIDE, _R: Deed.DECIDE},
    _I: {_P: Deed.DECIDE, _A: Deed.DECIDE, _R: Deed.DECIDE},
    _A: {_I: Deed.DECIDE, _T: Deed.DECIDE},
    _R: {_C: Deed.DECIDE, _P: Deed.SUGGEST, _I: Deed.DECIDE},
    _T: {_P: Deed.SUGGEST, _I: Deed.DECIDE},
}
_OPEN = (_C, _P)  # statuses in which anyone who may suggest may also change the words
USABLE = (Usage.PREFERRED, Usage.ADMITTED, Usage.NONE)
LONGEST = 2000  # characters of a term
_LANGUAGE = regex.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,6}")  # the shape of a BCP 47 tag
_BREAK = regex.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


def status_of(concept: Concept, language: str) -> Workflow:
    """How far the decision about a concept is in a language."""
    return concept.workflow.get(language, Workflow.CANDIDATE)


def languages_of(concept: Concept) -> tuple[str, ...]:
    """The languages in which it has terms, in the order of those."""
    return tuple(dict.fromkeys(term.language for term in concept.terms))


def settled(before: Concept | None, after: Concept) -> Concept:
    """A concept as it is stored after a change: a status for each language of its terms, approval re-opened by edits.

    Raises GlossaryError in one sentence where something in it cannot be stored.
    """
    tidy = replace(after, terms=tuple(replace(term, text=term.text.strip()) for term in after.terms))
    workflow = {language: status_of(tidy, language) for language in languages_of(tidy)}
    if before is not None:
        shared = (before.subject, before.note) != (tidy.subject, tidy.note)
        for language, status in workflow.items():
            approved = status == status_of(before, language) == Workflow.APPROVED
            if approved and (shared or content(before, language) != content(tidy, language)):
                workflow[language] = Workflow.IN_REVIEW
    tidy = replace(tidy, workflow=workflow)
    check(tidy)
    return tidy


def check(concept: Concept) -> None:
    """Raise GlossaryError where a concept breaks a rule that holds for all."""
    name = label(concept)
    if not concept.terms:
        raise GlossaryError(f"{name} has no term; a concept needs at least one, so give one or reject the concept.")
    for term in concept.terms:
        _check_term(name, term)
    given = [term.id for term in concept.terms if term.id]
    if len(given) != len(set(given)):
        twice = next(k for k in given if given.count(k) > 1)
        raise GlossaryError(f"{name} has two terms with the id {twice}; give each an id of its own.")
    for language, status in concept.workflow.items():
        preferred = [term.text for term in concept.of(language) if term.usage is Usage.PREFERRED]
        if status is Workflow.APPROVED and len(preferred) > 1:
            raise GlossaryError(
                f"{name} has {len(preferred)} preferred terms in {language} ({'; '.join(preferred)[:200]}); "
                "an approved concept has one, so admit the others first."
            )


def _check_term(name: str, term: Term) -> None:
    if not term.text:
        raise GlossaryError(f"{name} has an empty term in {term.language or 'no language'}; give it words.")
    if len(term.text) > LONGEST:
        raise GlossaryError(
            f"{name} has a term of {len(term.text)} characters in {term.language}; shorten it to {LONGEST} at most."
        )
    if _BREAK.search(term.text):
        raise GlossaryError(f"{name} has a line break or control character in “{_shown(term.text)}”; take it out.")
    if not _LANGUAGE.fullmatch(term.language):
        raise GlossaryError(
            f"{name} has a term in “{_shown(term.language)}”, which is no code of a language; write zh, zh-Hant or en."
        )
    for one in term.evidence:
        for text, (start, end) in ((one.zh, one.zh_span), (one.en, one.en_span)):
            if not 0 <= start <= end <= len(text):
                raise GlossaryError(
                    f"the evidence of “{_shown(term.text)}” in pair {one.pair} marks characters {start} to {end} "
                    f"of a text of {len(text)}; mark a place within it."
                )


def check_transitions(before: Concept | None, after: Concept) -> None:
    """Raise GlossaryError where a decision does not follow on the one before it."""
    if before is None:
        return
    for language, new in after.workflow.items():
        old = status_of(before, language)
        if new is not old and new not in TRANSITIONS[old]:
            possible = " or ".join(words(status) for status in TRANSITIONS[old])
            raise GlossaryError(
                f"{label(before)} is {words(old)} in {language} and cannot become {words(new)}; "
                f"it can become {possible}."
            )


def deeds(before: Concept | None, after: Concept | None) -> frozenset[Deed]:
    """What must be allowed to whoever makes this of that."""
    if after is None:
        return frozenset({Deed.DECIDE})
    if before is None:
        settled_ones = [status for status in after.workflow.values() if status not in _OPEN]
        return frozenset({Deed.DECIDE if settled_ones else Deed.SUGGEST})
    found = {
        TRANSITIONS[status_of(before, language)].get(new, Deed.DECIDE)
        for language, new in after.workflow.items()
        if new is not status_of(before, language)
    }
    for language in {*languages_of(before), *languages_of(after)}:
        if content(before, language) != content(after, language):
            found.add(Deed.SUGGEST if status_of(before, language) in _OPEN else Deed.DECIDE)
    if (not found and not alike(before, after)) or (before.subject, before.note) != (after.subject, after.note):
        statuses = {status_of(before, language) for language in languages_of(before)}
        found.add(Deed.SUGGEST if statuses <= set(_OPEN) else Deed.DECIDE)
    return frozenset(found)


def label(concept: Concept) -> str:
    """A concept in a message: its id and its first term."""
    first = _shown(concept.terms[0].text) if concept.terms else ""
    return f"{concept.id} ({first})" if concept.id and first else concept.id or f"the concept “{first}”"


def words(status: Workflow) -> str:
    """A status in a sentence."""
    return str(status).replace("-", " ")


def _shown(text: str) -> str:
    line = visible(" ".join(text.split()))
    return line if len(line) <= 60 else f"{line[:60]}…"
