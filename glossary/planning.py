"""Changes thought out before they are made: what would become of each concept, to be shown and then carried out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from glossary.concepts import Concept, Term, Usage, Workflow
from glossary.errors import GlossaryError
from glossary.rules import USABLE, check_transitions, label, languages_of, settled, status_of

_ACTIONS = {
    Workflow.CANDIDATE: "reconsider",
    Workflow.PROPOSED: "propose",
    Workflow.IN_REVIEW: "review",
    Workflow.APPROVED: "approve",
    Workflow.REJECTED: "reject",
    Workflow.RETIRED: "retire",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What one concept is, and what it would become: None before for a new one, after for one that goes.

    ``undoes`` is the event that it takes back. ``exact`` is a state that was stored before and comes back as it was.
    """

    before: Concept | None
    after: Concept | None
    undoes: int | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A change of any number of concepts, all or none of it; ``notes`` are sentences for whoever decides about it."""

    action: str
    drafts: tuple[Draft, ...]
    notes: tuple[str, ...] = ()


def as_new(concept: Concept, status: Workflow | None = None) -> Concept:
    """A concept that gets ids of the glossary when it is stored; with this status in all its languages, if given."""
    terms = tuple(replace(term, id="") for term in concept.terms)
    new = replace(concept, id="", version=0, terms=terms)
    return replace(new, workflow=dict.fromkeys(languages_of(new), status)) if status else new


def adding(concepts: Iterable[Concept], action: str = "add", status: Workflow | None = None) -> Plan:
    """New concepts."""
    return Plan(action, tuple(Draft(None, settled(None, as_new(concept, status))) for concept in concepts))


def editing(pairs: Iterable[tuple[Concept, Concept]], action: str = "edit") -> Plan:
    """Concepts as they were read, each with what it is to become; new terms get ids when stored."""
    drafts = []
    for before, after in pairs:
        known = {term.id for term in before.terms}
        terms = tuple(term if term.id in known else replace(term, id="") for term in after.terms)
        new = settled(before, replace(after, id=before.id, version=before.version, terms=terms))
        check_transitions(before, new)
        drafts.append(Draft(before, new))
    return Plan(action, tuple(drafts))


def deciding(
    concepts: Iterable[Concept], status: Workflow, languages: Collection[str] = (), action: str | None = None
) -> Plan:
    """Concepts given a status in these languages, or in all of theirs; those that have it already are left as they are.

    Raises GlossaryError where the status cannot follow on the one before, or a concept has no term in a language.
    """
    drafts = []
    notes = []
    for concept in concepts:
        for language in languages:
            if not concept.of(language):
                raise GlossaryError(f"{label(concept)} has no term in {language}; add one before deciding about it.")
        decided = languages or languages_of(concept)
        after = replace(concept, workflow={**concept.workflow, **dict.fromkeys(decided, status)})
        if status is Workflow.APPROVED:
            for language in decided:
                after, note = with_preferred(after, language)
                notes += [note] if note else []
        after = settled(concept, after)
        check_transitions(concept, after)
        drafts.append(Draft(concept, after))
    return Plan(action or _ACTIONS[status], tuple(drafts), tuple(notes))


def merging(keep: Concept, others: Sequence[Concept]) -> Plan:
    """All that other concepts have, put into one; they go.

    A term that both have becomes one, with the evidence of both. What is preferred, the subject and the note of the
    kept one hold; a preferred term of another is admitted, and its other words stand where the kept one has none.
    """
    if keep.id in {other.id for other in others} or len({other.id for other in others}) < len(others) or not others:
        raise GlossaryError("name at least two concepts to merge, each of them once.")
    merged = keep
    for other in others:
        merged = _absorb(merged, other)
    merged = settled(keep, merged)
    return Plan("merge", (Draft(keep, merged), *(Draft(other, None) for other in others)))


def splitting(concept: Concept, terms: Collection[str]) -> Plan:
    """Some terms of a concept moved to a new one with the same subject and status; approval is re-opened in both."""
    unknown = [k for k in terms if k not in {term.id for term in concept.terms}]
    if unknown:
        raise GlossaryError(
            f"{label(concept)} has no term {unknown[0]}; “duizhao glossary show {concept.id}” lists them."
        )
    moved = tuple(term for term in concept.terms if term.id in terms)
    stay = tuple(term for term in concept.terms if term.id not in terms)
    if not moved or not stay:
        raise GlossaryError(f"{label(concept)} can only be split where some terms go and some stay; name some of them.")
    touched = {term.language for term in moved}
    reopened = {
        language: Workflow.IN_REVIEW if status is Workflow.APPROVED else status
        for language, status in concept.workflow.items()
        if language in touched
    }
    new = settled(None, Concept("", concept.subject, terms=moved, workflow=reopened))
    left = settled(concept, replace(concept, terms=stay))
    return Plan("split", (Draft(concept, left), Draft(None, new)))


def with_preferred(concept: Concept, language: str) -> tuple[Concept, str]:
    """The only usable term of a language becomes its preferred one; of several a person must choose, which is noted."""
    terms = concept.of(language)
    usable = [term for term in terms if term.usage in USABLE]
    if any(term.usage is Usage.PREFERRED for term in terms):
        return concept, ""
    if len(usable) != 1:
        how = "several terms" if usable else "no usable term"
        return concept, f"{label(concept)} has {how} in {language} and none is preferred; choose with “edit --prefer”."
    chosen = replace(usable[0], usage=Usage.PREFERRED)
    return replace(concept, terms=tuple(chosen if term is usable[0] else term for term in concept.terms)), ""


def _absorb(keep: Concept, other: Concept) -> Concept:
    terms = list(keep.terms)
    for term in other.terms:
        same = next((k for k, one in enumerate(terms) if (one.language, one.text) == (term.language, term.text)), None)
        if same is not None:
            terms[same] = _one_term(terms[same], term)
            continue
        rival = any(one.language == term.language and one.usage is Usage.PREFERRED for one in terms)
        rival = rival and term.usage is Usage.PREFERRED
        terms.append(replace(term, usage=Usage.ADMITTED) if rival else term)
    new = {language: status_of(other, language) for language in languages_of(other) if not keep.of(language)}
    return replace(
        keep,
        subject=keep.subject or other.subject,
        note=keep.note or other.note,
        definitions=tuple(dict.fromkeys((*keep.definitions, *other.definitions))),
        terms=tuple(terms),
        workflow={**keep.workflow, **new},
        origins=tuple(dict.fromkeys((*keep.origins, *other.origins))),
        extras=tuple(dict.fromkeys((*keep.extras, *other.extras))),
    )


def _one_term(keep: Term, other: Term) -> Term:
    return replace(
        keep,
        usage=keep.usage or other.usage,
        type=keep.type or other.type,
        part_of_speech=keep.part_of_speech or other.part_of_speech,
        source=keep.source or other.source,
        note=keep.note or other.note,
        evidence=tuple(dict.fromkeys((*keep.evidence, *other.evidence))),
        extras=tuple(dict.fromkeys((*keep.extras, *other.extras))),
    )
